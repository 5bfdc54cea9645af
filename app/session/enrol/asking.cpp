// The request on a stick, and its words.
#include "app/session/enrol/rules.hpp"

namespace app::session {

void Enrol::ask(bool again, std::optional<Asked> asked) {
    show(Asking{again, std::move(asked), {}, std::nullopt});
    want(FindPlaces{}, Pending::FindPlaces);
}

void Enrol::on(Settings&, OpenEnrolling&) {
    if (!s_.leads()) return show<NotAllowed>();
    ask(true, std::nullopt);
}

void Enrol::on(Asking& screen, LookForPlaces&) {
    if (s_.waits()) return;
    screen.failed.reset();
    want(FindPlaces{}, Pending::FindPlaces);
}

void Enrol::on(Asking& screen, PlacesFound& event) {
    if (came(Pending::FindPlaces)) screen.places = std::move(event.places);
}

void Enrol::on(Asking& screen, PlacesNotFound& event) {
    if (came(Pending::FindPlaces)) screen.failed = event.error;
}

void Enrol::on(Asking& screen, AskAt& event) {
    if (s_.waits() || event.place >= screen.places.size() || screen.places[event.place].read_only) return;
    screen.failed.reset();
    want(WriteRequest{screen.places[event.place]}, Pending::WriteRequest);
}

void Enrol::on(Asking& screen, CompareAgain&) {
    if (!s_.waits(Pending::WriteRequest) && screen.asked) show(Comparing{screen.again, std::move(*screen.asked)});
}

void Enrol::on(Asking& screen, RequestWritten& event) {
    if (!came(Pending::WriteRequest)) return;
    s_.touched = s_.now.steady;  // the words are there to be compared
    show(Comparing{screen.again, std::move(event.asked)});
}

void Enrol::on(Asking& screen, RequestNotWritten& event) {
    if (!came(Pending::WriteRequest)) return;
    s_.touched = s_.now.steady;
    screen.failed = event.error;
}

void Enrol::on(Asking& screen, Back&) {
    if (screen.again && !s_.waits(Pending::WriteRequest)) show<Settings>();
}

void Enrol::on(Comparing& screen, SayWords& event) {
    if (!event.same) return show(WordsDiffer{screen.again});
    show(BringingBack{screen.again, std::move(screen.asked), std::nullopt});
}

void Enrol::on(Comparing& screen, Back&) {
    ask(screen.again, std::move(screen.asked));
}

/// A new request: the words of the old one are not asked for any more.
void Enrol::on(WordsDiffer& screen, Next&) {
    ask(screen.again, std::nullopt);
}

}  // namespace app::session
