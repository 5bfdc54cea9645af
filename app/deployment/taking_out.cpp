#include "app/deployment/taking_out.hpp"

#include "app/deployment/files.hpp"
#include "app/device/audit.hpp"
#include "app/device/sending.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;
namespace {

struct Taking {
    crypto::SodiumReady ready;
    OpenDevice& device;
    std::chrono::sys_days today;
    const BatchPerson& person;
    std::uint64_t records = 0;
    bool again = false;

    void written(const store::FrozenBatch& frozen, const exchange::WrittenBatch& batch) {
        records += frozen.rows.size();
        exchange::AuditDetail which;
        which.number = frozen.sequence;
        const auto type = again ? exchange::AuditType::BatchAgain : exchange::AuditType::BatchMade;
        const auto noted =
            device::append_audit(ready, *device.unlocked.store, device.recipients, {type, today, std::move(which)});
        if (!noted) person.tell(NotNoted{});
        person.written(batch.path);
    }

    [[nodiscard]] exchange::Result<void> send(const fs::path& folder) {
        auto& store = *device.unlocked.store;
        // Before a batch is planned, so that this very batch says why the device is in another epoch.
        if (!device::tell_repair(ready, store, device.recipients, today)) person.tell(NotNoted{});
        device::Sender sender(
            ready, {store, device.enrolled.enrolment.device, device.enrolled.signed_certificate, device.recipients},
            folder, [this](std::uint64_t, std::uint64_t) { return person.going_on(); },
            [this](const auto& frozen, const auto& batch) { written(frozen, batch); });
        const auto before = store.outbox().kept_batches();
        if (!before) return exchange::failed(exchange::Error::Content, exchange::Reason::Store);
        again = true;
        for (const auto& key : *before) AMPARO_DO(sender.send_again(key));
        again = false;
        return sender.send_waiting({});
    }
};

}  // namespace

Result<std::uint64_t> take_batches(crypto::SodiumReady ready, OpenDevice& device, const fs::path& folder,
                                   std::chrono::sys_days today, const BatchPerson& person) {
    Taking taking{ready, device, today, person};
    AMPARO_DO(about(folder.string(), taking.send(folder)));
    return taking.records;
}

Result<TakenOut> take_sealed(store::Store& store, const fs::path& state, const fs::path& folder,
                             const GoingOn& going_on) {
    AMPARO_TRY(const kept, about(state.string(), store.records().kept_rows()));
    TakenOut taken{0, kept.odd};
    for (const auto& row : kept.rows) {
        if (!going_on())
            return failed(exchange::Failure{exchange::Error::Cancelled, {exchange::Reason::Stopped}}, folder.string());
        const auto sealed = store.records().read(row.id);
        store.release_memory();
        if (!sealed) {
            ++taken.lost;
            continue;
        }
        AMPARO_DO(write_new(folder / (row.name + ".age"), *sealed));
        ++taken.records;
    }
    return taken;
}

}  // namespace app::deployment
