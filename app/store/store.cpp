#include "app/store/store.hpp"

#include <algorithm>

#include "app/store/inside.hpp"
#include "app/store/repair.hpp"
#include "app/store/schema.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

constexpr std::string_view repairs_value = "repair.of";

}  // namespace

namespace detail {

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

Result<void> Store::after_repair(const detail::AfterRepair& after) {
    return tables_.change([&]() -> Result<void> {
        AMPARO_DO(audit_.begin_at(after.audit, after.audit_sent));
        if (after.epoch > 0) {
            AMPARO_DO(tables_.put("device.epoch", after.epoch));
            // A key slot that is only thought to be in use does no harm, one that is forgotten would be given away.
            AMPARO_TRY(const slots, tables_.value("setting.key_slots"));
            if (!slots) AMPARO_DO(tables_.put("setting.key_slots", crypto::as_bytes("0 1 2 3 4 5 6 7")));
        }
        if (after.bundle_sequence > 0) AMPARO_DO(tables_.put("bundle.sequence", after.bundle_sequence));
        AMPARO_DO(tables_.put(repairs_value, after.damaged));
        return tables_.put("setting." + std::string(repair_setting), crypto::as_bytes(after.note));
    });
}

Result<bool> Store::repairs(const Digest& damaged) {
    AMPARO_TRY(const known, tables_.value(repairs_value));
    return known && std::equal(damaged.begin(), damaged.end(), known->begin(), known->end());
}

}  // namespace app::store
