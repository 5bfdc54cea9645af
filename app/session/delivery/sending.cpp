// Sending: where to, how far, what came of it.
#include "app/session/delivery/rules.hpp"

namespace app::session {

void Delivery::on(Home&, OpenSend&) {
    open();
}

void Delivery::on(BundleLost& lost, OpenSend&) {
    if (!s_.waits() && lost.can_send) open();
}

void Delivery::on(TestRecord& test, OpenSend&) {
    if (!s_.waits() && test.sealed) open();
}

void Delivery::open() {
    show<Send>();
    want(FindPlaces{}, Pending::FindPlaces);
}

void Delivery::on(Send& sending, LookForPlaces&) {
    if (s_.waits()) return;
    sending.failed.reset();
    want(FindPlaces{}, Pending::FindPlaces);
}

void Delivery::on(Send& sending, PlacesFound& event) {
    came(Pending::FindPlaces);
    sending.places = std::move(event.places);
}

void Delivery::on(Send& sending, PlacesNotFound& event) {
    came(Pending::FindPlaces);
    s_.touched = s_.now.steady;
    sending.failed = event.error;
}

void Delivery::on(Send& sending, SendTo& event) {
    if (something_goes(s_)) send(sending, event.place, false);
}

void Delivery::on(Send& sending, SendAgain& event) {
    if (s_.counts().batches > 0) send(sending, event.place, true);
}

void Delivery::send(Send& sending, std::size_t place, bool again) {
    if (s_.exporting() || sending_waits(s_) || place >= sending.places.size()) return;
    if (sending.places[place].read_only) return;
    sending.done = 0;
    sending.total = 0;
    sending.sent.reset();
    sending.failed.reset();
    want(Export{sending.places[place], again}, Pending::Export);
}

void Delivery::on(Send&, CancelSending&) {
    if (s_.waits(Pending::Export)) want(StopExport{}, Pending::StopExport);
}

void Delivery::on(Send& sending, SendProgress& event) {
    if (!s_.exporting()) return;
    sending.done = event.done;
    sending.total = event.total;
}

void Delivery::on(Sent& event) {
    if (s_.setup) s_.setup->counts = event.counts;
    if (s_.lost_bundle) s_.lost_bundle->counts = event.counts;
    auto* sending = at<Send>();
    if (sending == nullptr) return;
    if (s_.exporting()) s_.screen.pending = Pending::Nothing;
    s_.touched = s_.now.steady;  // the outcome is there to be read
    sending->sent = std::move(event);
}

void Delivery::on(Send& sending, SendFailed& event) {
    s_.screen.pending = Pending::Nothing;
    s_.touched = s_.now.steady;
    sending.failed = event.error;
}

void Delivery::on(Send&, Back&) {
    if (s_.exporting()) return;
    if (s_.lost_bundle) return show(*s_.lost_bundle);
    // Nobody is in: the device has just been set up, and what goes is its test.
    if (!s_.worker) return show(TestRecord{{}, true, std::nullopt});
    show<Home>();
}

}  // namespace app::session
