#include "app/kiosk/people.hpp"

#include <algorithm>

#include "app/device/noting.hpp"

namespace app::kiosk {

namespace {

using session::PeopleError;

/// `refused` is what the store's rules forbid in the call at hand.
PeopleError fault_of(store::Error error, PeopleError refused) noexcept {
    switch (error) {
        case store::Error::Refused:
            return refused;
        case store::Error::Input:
            return PeopleError::Number;
        case store::Error::NotFound:
            return PeopleError::Gone;
        case store::Error::NoSpace:
            return PeopleError::NoRoom;
        case store::Error::ReadOnly:
            return PeopleError::ReadOnly;
        case store::Error::Memory:
            return PeopleError::Memory;
        case store::Error::Missing:
        case store::Error::Exists:
        case store::Error::InUse:
        case store::Error::WrongKey:
        case store::Error::Damaged:
        case store::Error::Unreadable:
        case store::Error::RolledBack:
        case store::Error::Io:
        case store::Error::Library:
        case store::Error::Newer:
        case store::Error::Foreign:
        case store::Error::NotPlain:
        case store::Error::Internal:
            return PeopleError::Other;
    }
    return PeopleError::Other;
}

/// The answer that tells who may sign in now.
template <class Answer>
tl::expected<Answer, PeopleError> everybody(Device& device, const store::Result<void>& done, PeopleError refused) {
    if (!done) return tl::unexpected(fault_of(done.error(), refused));
    auto workers = device.store->workers();
    if (!workers) return tl::unexpected(fault_of(workers.error(), refused));
    auto removed = device.store->removed_workers();
    if (!removed) return tl::unexpected(fault_of(removed.error(), refused));
    return Answer{std::move(*workers), std::move(*removed)};
}

exchange::AuditDetail done_to(const Device& device, store::WorkerNumber number) {
    exchange::AuditDetail detail;
    detail.worker = device.worker;
    detail.subject = number.value;
    return detail;
}

}  // namespace

tl::expected<session::WorkerSaved, PeopleError> add_worker(crypto::SodiumReady ready, Device& device,
                                                           const session::SaveWorker& order) {
    if (order.first_lead) {
        const auto workers = device.store->workers();
        const auto leads = [](const auto& worker) { return worker.role == store::Role::ShiftLead; };
        if (!workers || order.worker.role != store::Role::ShiftLead ||
            std::any_of(workers->begin(), workers->end(), leads))
            return tl::unexpected(PeopleError::Other);
    }
    const auto done = device.store->add_worker(order.worker, order.pin);
    if (done)
        device::note(ready, device, order.first_lead ? exchange::AuditType::LeadMade : exchange::AuditType::WorkerAdded,
                     done_to(device, order.worker.number));
    const auto removed = device.store->removed_workers();
    const bool before = removed && std::find(removed->begin(), removed->end(), order.worker.number) != removed->end();
    return everybody<session::WorkerSaved>(device, done, before ? PeopleError::Removed : PeopleError::Taken);
}

tl::expected<session::WorkerRemoved, PeopleError> remove_worker(crypto::SodiumReady ready, Device& device,
                                                                const session::DropWorker& order) {
    const auto done = device.store->remove_worker(order.number);
    if (done) device::note(ready, device, exchange::AuditType::WorkerRemoved, done_to(device, order.number));
    return everybody<session::WorkerRemoved>(device, done, PeopleError::LastLead);
}

tl::expected<session::PinChanged, PeopleError> change_pin(crypto::SodiumReady ready, Device& device,
                                                          const session::ChangePin& order) {
    if (auto done = device.store->change_pin(order.number, order.pin); !done)
        return tl::unexpected(fault_of(done.error(), PeopleError::Other));
    exchange::AuditDetail who;
    who.worker = order.number.value;
    device::note(ready, device, exchange::AuditType::PinChanged, who);
    return session::PinChanged{order.number};
}

}  // namespace app::kiosk
