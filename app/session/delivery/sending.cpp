// Sending: where to, how far, what came of it.
#include "app/session/machine.hpp"

namespace app::session {

void Machine::on(OpenSend&) {
    const auto* lost = at<BundleLost>();
    if (at<Home>() == nullptr && (lost == nullptr || s_.waits(Pending::FindBundle) || !lost->can_send)) return;
    show<Send>();
    want(FindPlaces{}, Pending::FindPlaces);
}

void Machine::on(LookForPlaces&) {
    auto* sending = at<Send>();
    if (sending == nullptr || s_.waits()) return;
    sending->failed.reset();
    want(FindPlaces{}, Pending::FindPlaces);
}

void Machine::on(PlacesFound& event) {
    auto* sending = at<Send>();
    if (sending == nullptr) return;
    came(Pending::FindPlaces);
    sending->places = std::move(event.places);
}

void Machine::on(PlacesNotFound& event) {
    auto* sending = at<Send>();
    if (sending == nullptr) return;
    came(Pending::FindPlaces);
    s_.touched = now_.steady;
    sending->failed = event.fault;
}

void Machine::on(SendTo& event) {
    if (s_.counts().waiting == 0) return;
    send(event.place, false);
}

void Machine::on(SendAgain& event) {
    if (s_.counts().batches == 0) return;
    send(event.place, true);
}

void Machine::send(std::size_t place, bool again) {
    auto* sending = at<Send>();
    if (sending == nullptr || s_.exporting() || place >= sending->places.size()) return;
    if (sending->places[place].read_only) return;
    sending->done = 0;
    sending->total = 0;
    sending->sent.reset();
    sending->failed.reset();
    want(Export{sending->places[place], again}, Pending::Export);
}

void Machine::on(CancelSending&) {
    if (s_.waits(Pending::Export)) want(StopExport{}, Pending::StopExport);
}

void Machine::on(SendProgress& event) {
    auto* sending = at<Send>();
    if (sending == nullptr || !s_.exporting()) return;
    sending->done = event.done;
    sending->total = event.total;
}

void Machine::on(Sent& event) {
    if (s_.setup) s_.setup->counts = event.counts;
    if (s_.lost_bundle) s_.lost_bundle->counts = event.counts;
    auto* sending = at<Send>();
    if (sending == nullptr) return;
    if (s_.exporting()) s_.screen.pending = Pending::Nothing;
    s_.touched = now_.steady;  // the outcome is there to be read
    sending->sent = std::move(event);
}

void Machine::on(SendFailed& event) {
    auto* sending = at<Send>();
    if (sending == nullptr) return;
    s_.screen.pending = Pending::Nothing;
    s_.touched = now_.steady;
    sending->failed = event.fault;
}

}  // namespace app::session
