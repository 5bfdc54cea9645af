// Receiving: what was brought is looked for and shown; the shift lead says whether it is taken.
#include "app/session/delivery/rules.hpp"

namespace app::session {

void Delivery::on(Send&, OpenReceive&) {
    if (!s_.exporting()) open_receive();
}

void Delivery::on(Settings&, OpenReceive&) {
    open_receive();
}

/// Only where somebody is signed in and no screening is open: what is taken holds from the next one on.
void Delivery::open_receive() {
    if (!s_.setup || !s_.worker || s_.screening) return;
    show<Receive>();
    want(LookForNews{}, Pending::LookForNews);
}

void Delivery::on(Receive&, LookAgain&) {
    if (s_.waits()) return;
    open_receive();
}

// Whatever is shown: receipts that were found have been taken in.
void Delivery::on(NewsFound& event) {
    if (event.counts && s_.setup) s_.setup->counts = *event.counts;
    auto* receive = at<Receive>();
    if (receive == nullptr || !came(Pending::LookForNews)) return;
    s_.touched = s_.now.steady;
    receive->news = std::move(event.news);
}

void Delivery::on(Receive& receive, NewsNotFound& event) {
    if (!came(Pending::LookForNews)) return;
    s_.touched = s_.now.steady;
    receive.failed = event.error;
}

void Delivery::on(Receive& receive, AcceptShown&) {
    if (s_.waits() || receive.taken || !may_accept(s_) || !receive.news || !receive.news->any()) return;
    receive.failed.reset();
    s_.outlasting.add(Pending::AcceptNews);
    want(AcceptNews{receive.news->id}, Pending::AcceptNews);
}

// Whatever is shown: the device works with it from now on. Nobody can have begun a screening meanwhile, because the
// PIN of whoever comes back is checked after it.
void Delivery::on(NewsTaken& event) {
    if (!s_.outlasting.drop(Pending::AcceptNews) || !s_.setup) return;
    const auto number = [](const Setup& setup) { return setup.bundle ? setup.bundle->version.sequence : 0; };
    if (number(event.setup) != number(*s_.setup)) s_.resumable = false;
    s_.setup = std::move(event.setup);
    auto* receive = at<Receive>();
    if (receive == nullptr) return;
    came(Pending::AcceptNews);
    s_.touched = s_.now.steady;
    receive->taken = true;
    receive->failed = event.failed;
}

void Delivery::on(NewsNotTaken& event) {
    if (!s_.outlasting.drop(Pending::AcceptNews)) return;
    auto* receive = at<Receive>();
    if (receive == nullptr) return;
    came(Pending::AcceptNews);
    s_.touched = s_.now.steady;
    receive->failed = event.error;
}

void Delivery::on(Receive&, Back&) {
    if (!s_.waits(Pending::AcceptNews)) show<Home>();
}

}  // namespace app::session
