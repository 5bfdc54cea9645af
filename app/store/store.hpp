#pragma once
// What a kiosk keeps between two moments, part by part: people, records, batches, receipts, audit, device, bundle and
// settings. No SQL shows here, and nothing here can open a sealed record. Used from one thread at a time. Every change
// is on the medium when its function returns; a failed change leaves everything as it was. What is allowed is said by
// pin_rules, keeping_rules and receipt_rules.

#include <functional>
#include <memory>
#include <utility>

#include "app/store/audit.hpp"
#include "app/store/bundle.hpp"
#include "app/store/clock.hpp"
#include "app/store/device.hpp"
#include "app/store/outbox.hpp"
#include "app/store/people.hpp"
#include "app/store/receipts.hpp"
#include "app/store/records.hpp"
#include "app/store/settings.hpp"
#include "app/store/state_folder.hpp"
#include "app/store/tables.hpp"

namespace app::store {

namespace detail {
struct AfterRepair;
}

class Store {
  public:
    /// Of a database that create_store() or open_store() has looked at.
    Store(crypto::SodiumReady ready, database::Database database, detail::Summary summary) noexcept
        : tables_(ready, std::move(database), std::move(summary)) {}
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;

    [[nodiscard]] People& people() noexcept { return people_; }
    [[nodiscard]] Records& records() noexcept { return records_; }
    [[nodiscard]] Outbox& outbox() noexcept { return outbox_; }
    [[nodiscard]] Receipts& receipts() noexcept { return receipts_; }
    [[nodiscard]] Audit& audit() noexcept { return audit_; }
    [[nodiscard]] Device& device() noexcept { return device_; }
    [[nodiscard]] Bundle& bundle() noexcept { return bundle_; }
    [[nodiscard]] Settings& settings() noexcept { return settings_; }
    [[nodiscard]] DeviceClock& clock() noexcept { return clock_; }

    /// Gives back cached pages; done after every seal, and to be called when locking.
    void release_memory() noexcept { tables_.database().release_memory(); }

    // -- repairing and starting, inside app/store only
    /// A new database that was filled from a damaged one begins to be a store of its own.
    [[nodiscard]] Result<void> after_repair(const detail::AfterRepair& after);
    /// Whether this store was made by a repair of the database with this digest.
    [[nodiscard]] Result<bool> repairs(const Digest& damaged);
    /// As database::Database::keep_migrations().
    [[nodiscard]] Result<void> keep_migrations() { return tables_.database().keep_migrations(); }

  private:
    detail::Tables tables_;
    DeviceClock clock_{tables_};
    People people_{tables_, clock_};
    Records records_{tables_};
    Outbox outbox_{tables_};
    Receipts receipts_{tables_};
    Audit audit_{tables_};
    Device device_{tables_};
    Bundle bundle_{tables_};
    Settings settings_{tables_};
};

/// Looks at an open store, without writing to it, before anything in its folder is changed. False: nothing is.
using Accepted = std::function<bool(Store&)>;

/// A new, empty store in `folder`. The key has 32 bytes and is not kept beyond what SQLCipher needs.
/// Errors: Exists, ReadOnly, NoSpace, Io, Library, Memory, Input.
[[nodiscard]] Result<std::unique_ptr<Store>> create_store(crypto::SodiumReady ready, const StateFolder& folder,
                                                          const crypto::SecretBytes& key);
/// Every page authenticated, every structure checked, the schema as expected, the summary of all security state equal.
/// What an older schema lacks is added when `accepted` agrees. Errors: Missing, InUse, WrongKey, Damaged, RolledBack,
/// Refused (`accepted` said no), ReadOnly, NoSpace, Io, Library, Newer, Memory, Input.
[[nodiscard]] Result<std::unique_ptr<Store>> open_store(crypto::SodiumReady ready, const StateFolder& folder,
                                                        const crypto::SecretBytes& key, const Accepted& accepted = {});

}  // namespace app::store
