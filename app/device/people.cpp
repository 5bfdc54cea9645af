#include "app/device/people.hpp"

#include <algorithm>

#include "app/device/noting.hpp"

namespace app::device {

namespace {

using model::PeopleError;

/// `refused` is what the store's rules forbid in the call at hand.
PeopleError people_error_of(store::Error error, PeopleError refused) noexcept {
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

tl::expected<model::Workers, PeopleError> everybody(Device& device, const store::Result<void>& done,
                                                    PeopleError refused) {
    if (!done) return tl::unexpected(people_error_of(done.error(), refused));
    auto workers = device.store->people().workers();
    if (!workers) return tl::unexpected(people_error_of(workers.error(), refused));
    auto removed = device.store->people().removed();
    if (!removed) return tl::unexpected(people_error_of(removed.error(), refused));
    return model::Workers{std::move(*workers), std::move(*removed)};
}

exchange::AuditDetail done_to(const Device& device, store::WorkerNumber number) {
    exchange::AuditDetail detail;
    detail.worker = device.worker;
    detail.subject = number.value;
    return detail;
}

}  // namespace

tl::expected<model::Workers, PeopleError> add_worker(crypto::SodiumReady ready, Device& device,
                                                     const model::Worker& worker, const crypto::SecretBytes& pin,
                                                     bool first_lead) {
    if (first_lead) {
        const auto workers = device.store->people().workers();
        const auto leads = [](const auto& one) { return one.role == model::Role::ShiftLead; };
        if (!workers || !leads(worker) || std::any_of(workers->begin(), workers->end(), leads))
            return tl::unexpected(PeopleError::Other);
    }
    const auto done = device.store->people().add(worker, pin);
    if (done)
        note(ready, device, first_lead ? exchange::AuditType::LeadMade : exchange::AuditType::WorkerAdded,
             done_to(device, worker.number));
    const auto removed = device.store->people().removed();
    const bool before = removed && std::find(removed->begin(), removed->end(), worker.number) != removed->end();
    return everybody(device, done, before ? PeopleError::Removed : PeopleError::Taken);
}

tl::expected<model::Workers, PeopleError> remove_worker(crypto::SodiumReady ready, Device& device,
                                                        model::WorkerNumber number) {
    const auto done = device.store->people().remove(number);
    if (done) note(ready, device, exchange::AuditType::WorkerRemoved, done_to(device, number));
    return everybody(device, done, PeopleError::LastLead);
}

tl::expected<void, PeopleError> change_pin(crypto::SodiumReady ready, Device& device, model::WorkerNumber number,
                                           const crypto::SecretBytes& pin) {
    if (auto done = device.store->people().change_pin(number, pin); !done)
        return tl::unexpected(people_error_of(done.error(), PeopleError::Other));
    exchange::AuditDetail who;
    who.worker = number.value;
    note(ready, device, exchange::AuditType::PinChanged, who);
    return {};
}

}  // namespace app::device
