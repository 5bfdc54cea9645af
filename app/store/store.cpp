// Opening, creating, and the one safe order of saving.
#include "app/store/store.hpp"

#include "app/store/schema.hpp"
#include "app/store/sql_store.hpp"

namespace app::store {
namespace detail {

Error error_of(crypto::Error error) noexcept {
    switch (error) {
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
            return Error::Memory;
        case crypto::Error::Input:
        case crypto::Error::TooMany:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::WorkFactor:
            return Error::Input;
        case crypto::Error::Malformed:
        case crypto::Error::Header:
        case crypto::Error::Mac:
        case crypto::Error::Payload:
        case crypto::Error::Signature:
            return Error::Damaged;
        case crypto::Error::NoMatch:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
            return Error::WrongKey;
        case crypto::Error::SelfTest:
            return Error::Internal;
    }
    return Error::Internal;
}

bool is_record_id(std::string_view text) noexcept {
    constexpr std::size_t digits = 32;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<std::unique_ptr<SqlStore>> open_whole(crypto::SodiumReady ready, const std::filesystem::path& file,
                                             const crypto::SecretBytes& key) {
    database::DatabaseOptions options;
    options.hold_migrations = true;
    auto database = database::Database::open(ready, file, key, schema::migrations, schema::expected, options);
    if (!database) return tl::unexpected(database.error());
    auto summary = Summary::make(ready, key);
    if (!summary) return tl::unexpected(summary.error());
    if (auto same = summary->verify(*database); !same) return tl::unexpected(same.error());
    return std::make_unique<SqlStore>(ready, std::move(*database), std::move(*summary));
}

}  // namespace detail

Result<std::unique_ptr<Store>> create_store(crypto::SodiumReady ready, const StateFolder& folder,
                                            const crypto::SecretBytes& key) {
    auto database = database::Database::create(ready, folder.database(), key, schema::migrations);
    if (!database) return tl::unexpected(database.error());
    auto summary = detail::Summary::make(ready, key);
    if (!summary) return tl::unexpected(summary.error());
    auto transaction = database::Transaction::begin(*database);
    if (!transaction) return tl::unexpected(transaction.error());
    if (auto started = summary->start(*database); !started) return tl::unexpected(started.error());
    if (auto done = transaction->commit(); !done) return tl::unexpected(done.error());
    return std::make_unique<detail::SqlStore>(ready, std::move(*database), std::move(*summary));
}

Result<std::unique_ptr<Store>> open_store(crypto::SodiumReady ready, const StateFolder& folder,
                                          const crypto::SecretBytes& key, const Accepted& accepted) {
    auto store = detail::open_whole(ready, folder.database(), key);
    if (!store) return tl::unexpected(store.error());
    if (accepted && !accepted(**store)) return tl::unexpected(Error::Refused);
    if (auto kept = (*store)->keep_migrations(); !kept) return tl::unexpected(kept.error());
    (*store)->release_memory();
    return std::move(*store);
}

Result<RowId> save_revision(crypto::SodiumReady ready, Store& store, std::string_view record, std::uint32_t revision,
                            const crypto::Sealed& sealed, ByteView draft) {
    auto id = store.insert(record, revision, sealed.bytes, draft);
    if (!id) return id;
    auto kept = store.read(*id);
    if (!kept) return tl::unexpected(kept.error());
    if (auto good = crypto::verify_sealed(ready, *kept, sealed.file_key, sealed.stanzas); !good) {
        static_cast<void>(store.discard(*id));  // the earlier revision is still there and stays
        return tl::unexpected(Error::Damaged);
    }
    auto deleted = store.delete_older(record, revision);
    if (!deleted) return tl::unexpected(deleted.error());
    return id;
}

}  // namespace app::store
