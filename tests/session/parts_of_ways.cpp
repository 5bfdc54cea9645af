#include "tests/session/ways.hpp"

namespace test {

/// As the shift lead.
void open_people(Rig& r) {
    r.unlock();
    r.send(session::ChooseWorker{{3}});
    for (int i = 0; i < 6; ++i) r.send(session::PinDigit{1});
    r.send(session::PinSubmit{});
    r.send(session::PinChecked{{3}, model::SignedIn{{{3}, model::Role::ShiftLead}}});
    r.send(session::OpenSettings{});
    r.send(session::OpenPeople{});
}

session::BundleLost lost_bundle() {
    session::BundleLost lost;
    lost.counts.waiting = 3;
    lost.sequence = 7;
    lost.can_send = true;
    return lost;
}

model::News brought_news() {
    model::News news;
    news.id = "cafe";
    news.bundle.emplace().sequence = 8;
    news.folders = 1;
    return news;
}

session::Setup newer_setup() {
    auto made = setup();
    auto bundle = *made.bundle;
    bundle.version.sequence = 8;
    made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    return made;
}

void show_news(Rig& r) {
    open_people(r);
    r.send(session::Back{});
    r.send(session::Back{});
    r.send(session::OpenSend{});
    r.send(session::OpenReceive{});
    r.send(session::NewsFound{brought_news()});
}

session::Asked asked() {
    return {"8436f09f.amparo-request", std::string("radio-hotel-canal-zinc-yoga-plaza-metro-solar")};
}

void not_set_up(Rig& r) {
    r.effects = session::begin(r.state, r.now);
    r.switched_on = true;
    r.send(session::NoDevice{});
}

void first_words(Rig& r) {
    not_set_up(r);
    r.send(session::Next{});
    r.send(session::FirstWords{fresh_words(session::KeyUse::First)});
}

void made_and_asks(Rig& r) {
    first_words(r);
    r.send(session::WroteWords{});
    r.type_words(new_eight);
    r.send(session::SubmitWords{});
    r.send(session::DeviceMade{});
    r.send(session::PlacesFound{{{"/media/stick", true, false, 1U << 30}, {"/media/locked", true, true, 0}}});
}

void compare(Rig& r) {
    made_and_asks(r);
    r.send(session::AskAt{0});
    r.send(session::RequestWritten{asked()});
}

void bring_back(Rig& r) {
    compare(r);
    r.send(session::SayWords{true});
}

void first_lead_of_new(Rig& r) {
    bring_back(r);
    r.send(session::Retry{});
    auto made = setup();
    made.workers.clear();
    made.counts = {};
    r.send(session::DeviceEnrolled{std::move(made)});
    for (int step = 0; step < 3; ++step) {
        if (step > 0)
            for (int i = 0; i < 6; ++i) r.send(session::PinDigit{1});
        r.send(session::PinSubmit{});
    }
    r.send(session::WorkerSaved{{{{1}, model::Role::ShiftLead}}, {}});
}

session::FreshWords fresh_words(session::KeyUse use) {
    auto words = crypto::canonical_passphrase(ready(), crypto::as_bytes(new_eight));
    REQUIRE(words);
    return {use, 1, true, std::move(*words)};
}

void open_keys(Rig& r) {
    open_people(r);
    r.send(session::Back{});
    r.send(session::OpenDeviceKeys{});
}

void make_words(Rig& r) {
    open_keys(r);
    r.send(session::ChangeWords{});
    r.send(session::Retry{});
    r.send(session::WordsMade{fresh_words()});
}

}  // namespace test
