#include "app/kiosk/people.hpp"

namespace app::kiosk {

namespace {

using session::PeopleFault;

/// `refused` is what the store's rules forbid in the call at hand.
PeopleFault fault_of(store::Error error, PeopleFault refused) noexcept {
    switch (error) {
        case store::Error::Refused:
            return refused;
        case store::Error::Input:
            return PeopleFault::Number;
        case store::Error::NotFound:
            return PeopleFault::Gone;
        case store::Error::NoSpace:
            return PeopleFault::NoRoom;
        case store::Error::ReadOnly:
            return PeopleFault::ReadOnly;
        case store::Error::Memory:
            return PeopleFault::Memory;
        case store::Error::Missing:
        case store::Error::Exists:
        case store::Error::InUse:
        case store::Error::WrongKey:
        case store::Error::Damaged:
        case store::Error::RolledBack:
        case store::Error::Io:
        case store::Error::Library:
        case store::Error::Newer:
        case store::Error::Internal:
            return PeopleFault::Other;
    }
    return PeopleFault::Other;
}

tl::expected<session::PeopleChanged, PeopleFault> everybody(Device& device, const store::Result<void>& done,
                                                            PeopleFault refused) {
    if (!done) return tl::unexpected(fault_of(done.error(), refused));
    auto workers = device.store->workers();
    if (!workers) return tl::unexpected(fault_of(workers.error(), refused));
    return session::PeopleChanged{std::move(*workers)};
}

}  // namespace

tl::expected<session::PeopleChanged, PeopleFault> add_worker(Device& device, const session::SaveWorker& order) {
    return everybody(device, device.store->add_worker(order.worker, order.pin), PeopleFault::Taken);
}

tl::expected<session::PeopleChanged, PeopleFault> remove_worker(Device& device, const session::DropWorker& order) {
    return everybody(device, device.store->remove_worker(order.number), PeopleFault::LastLead);
}

tl::expected<session::PinChanged, PeopleFault> change_pin(Device& device, const session::ChangePin& order) {
    if (auto done = device.store->change_pin(order.number, order.pin); !done)
        return tl::unexpected(fault_of(done.error(), PeopleFault::Other));
    return session::PinChanged{order.number};
}

}  // namespace app::kiosk
