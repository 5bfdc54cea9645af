// Opening, creating, and the one safe order of saving.
#include "app/store/store.hpp"

#include "app/store/inside.hpp"
#include "app/store/schema.hpp"
#include "crypto/try.hpp"

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

Result<std::unique_ptr<Store>> open_whole(crypto::SodiumReady ready, const std::filesystem::path& file,
                                          const crypto::SecretBytes& key) {
    database::DatabaseOptions options;
    options.hold_migrations = true;
    AMPARO_TRY(database, database::Database::open(ready, file, key, schema::migrations, schema::expected, options));
    AMPARO_TRY(summary, Summary::make(ready, key));
    AMPARO_DO(summary.verify(database));
    return std::make_unique<Store>(ready, std::move(database), std::move(summary));
}

}  // namespace detail

Result<std::unique_ptr<Store>> create_store(crypto::SodiumReady ready, const StateFolder& folder,
                                            const crypto::SecretBytes& key) {
    auto database = database::Database::create(ready, folder.database(), key, schema::migrations);
    if (!database) return tl::unexpected(database.error());
    AMPARO_TRY(summary, detail::Summary::make(ready, key));
    AMPARO_TRY(transaction, database::Transaction::begin(*database));
    AMPARO_DO(summary.start(*database));
    AMPARO_DO(transaction.commit());
    return std::make_unique<Store>(ready, std::move(*database), std::move(summary));
}

Result<std::unique_ptr<Store>> open_store(crypto::SodiumReady ready, const StateFolder& folder,
                                          const crypto::SecretBytes& key, const Accepted& accepted) {
    AMPARO_TRY(store, detail::open_whole(ready, folder.database(), key));
    if (accepted && !accepted(*store)) return tl::unexpected(Error::Refused);
    AMPARO_DO(store->keep_migrations());
    store->release_memory();
    return store;
}

Result<RowId> save_revision(crypto::SodiumReady ready, Store& store, std::string_view record, std::uint32_t revision,
                            const crypto::Sealed& sealed, ByteView draft) {
    auto id = store.insert(record, revision, sealed.bytes, draft);
    if (!id) return id;
    AMPARO_TRY(kept, store.read(*id));
    if (auto good = crypto::verify_sealed(ready, kept, sealed.file_key, sealed.stanzas); !good) {
        static_cast<void>(store.discard(*id));  // the earlier revision is still there and stays
        return tl::unexpected(Error::Damaged);
    }
    AMPARO_DO(store.delete_older(record, revision));
    return id;
}

}  // namespace app::store
