// Where a start leads when something that can be made anew was lost: the bundle, or whoever leads the shift.
#include <algorithm>

#include "app/session/entry/rules.hpp"

namespace app::session {

void Entry::on(UnlockedWithoutBundle& event) {
    if (!unlocking()) return;
    s_.lost_bundle = event.lost;
    show(std::move(event.lost));
}

void Entry::on(BundleLost& lost, Retry&) {
    if (s_.waits()) return;
    lost.failed.reset();
    want(FindBundle{}, Pending::FindBundle);
}

void Entry::on(BundleLost& lost, BundleNotFound& event) {
    if (came(Pending::FindBundle)) lost.failed = event.error;
}

void Entry::take_in(Setup setup) {
    s_.setup = std::move(setup);
    s_.lost_bundle.reset();
    s_.text_percent = s_.setup->text_percent;
    s_.theme = s_.setup->theme;
}

void Entry::open(Setup setup) {
    take_in(std::move(setup));
    show_opened();
}

void Entry::show_opened() {
    if (s_.lost_bundle) return show(*s_.lost_bundle);
    if (!s_.setup) return show(Problem{DeviceError::Other, true});
    const auto leads = [](const auto& worker) { return worker.role == model::Role::ShiftLead; };
    const auto& workers = s_.setup->workers;
    if (std::any_of(workers.begin(), workers.end(), leads)) return show<Who>();
    // Right after somebody showed a key of the device, and only then.
    staff_.start_adding(true);
    s_.touched = s_.now.steady;
}

void Entry::end_first_lead() {
    want(ForgetScreen{});
    s_.setup.reset();
    show<ChoosingSlot>();
}

}  // namespace app::session
