// From a device that is not there to one that works: made, enrolled, and tried out with the coordinators.
#include "app/session/enrol/rules.hpp"

namespace app::session {

void Enrol::on(NoDevice&) {
    if (entry_.unlocking()) show<NotSetUp>();
}

void Enrol::on(UnlockedNotEnrolled& event) {
    if (entry_.unlocking()) ask(false, std::move(event.asked));
}

void Enrol::on(NotSetUp& screen, Next&) {
    if (s_.waits()) return;
    screen.failed.reset();
    want(MakeFirstWords{}, Pending::MakeFirstWords);
}

void Enrol::on(NotSetUp&, FirstWords& event) {
    if (!came(Pending::MakeFirstWords)) return;
    s_.touched = s_.now.steady;
    show(NewWords{std::move(event.fresh)});
}

void Enrol::on(NotSetUp& screen, NoFirstWords& event) {
    if (came(Pending::MakeFirstWords)) screen.failed = event.error;
}

void Enrol::on(SavingWords&, DeviceMade&) {
    if (came(Pending::MakeDevice)) ask(false, std::nullopt);
}

void Enrol::on(SavingWords&, DeviceNotMade& event) {
    if (came(Pending::MakeDevice)) show(NotSetUp{event.error});
}

void Enrol::on(BringingBack& screen, Retry&) {
    if (s_.waits() || screen.again) return;
    screen.failed.reset();
    want(EnrolDevice{}, Pending::EnrolDevice);
}

/// Who has a device enrolled anew takes the certificate in where everything is received.
void Enrol::on(BringingBack& screen, Next&) {
    if (screen.again) show<Settings>();
}

void Enrol::on(BringingBack& screen, Back&) {
    if (!s_.waits()) show(Comparing{screen.again, std::move(screen.asked)});
}

void Enrol::on(BringingBack&, DeviceEnrolled& event) {
    if (came(Pending::EnrolDevice)) entry_.open(std::move(event.setup));
}

void Enrol::on(BringingBack& screen, DeviceNotEnrolled& event) {
    if (came(Pending::EnrolDevice)) screen.failed = event.error;
}

void Enrol::on(TestRecord& screen, Retry&) {
    if (s_.waits() || screen.sealed) return;
    screen.failed.reset();
    want(SealTest{screen.worker}, Pending::SealTest);
}

void Enrol::on(TestRecord&, Next&) {
    if (!s_.waits()) show<Who>();
}

void Enrol::on(TestSealed& event) {
    if (s_.setup) s_.setup->counts = event.counts;
    if (auto* screen = at<TestRecord>(); screen != nullptr && came(Pending::SealTest)) screen->sealed = true;
}

void Enrol::on(TestRecord& screen, TestNotSealed& event) {
    if (came(Pending::SealTest)) screen.failed = event.error;
}

}  // namespace app::session
