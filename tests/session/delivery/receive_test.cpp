// Receiving: what was brought is shown to anybody, and taken only when the shift lead says so and nothing is open;
// and what the end of the certificate means.
#include "app/session/update.hpp"
#include "tests/session/ways.hpp"

using namespace test;

namespace {

const session::Receive& receive(const Rig& rig) {
    return std::get<session::Receive>(rig.state.screen);
}

Rig& at_sending(Rig& rig, std::uint64_t waiting = 0) {
    rig.sign_in();
    rig.state.setup->counts.waiting = waiting;
    rig.state.setup->counts.batches = 1;
    rig.send(session::OpenSend{});
    rig.send(session::PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    rig.effects.clear();
    return rig;
}

void certificate_ends_in(Rig& rig, int days) {
    rig.state.setup->certificate_end = std::chrono::sys_days(rig.now.local_day) + std::chrono::days(days);
}

}  // namespace

TEST_CASE("News are looked for once, shown, and taken by the shift lead as they were shown") {
    Rig rig;
    open_people(rig);
    rig.send(session::Back{});
    rig.send(session::OpenReceive{});
    rig.send(session::OpenReceive{});
    rig.send(session::LookAgain{});
    CHECK(rig.count<session::LookForNews>() == 1);
    rig.send(session::AcceptShown{});  // nothing is shown yet
    CHECK(rig.count<session::AcceptNews>() == 0);
    rig.send(session::NewsFound{brought_news()});
    REQUIRE(receive(rig).news);
    rig.send(session::AcceptShown{});
    rig.send(session::AcceptShown{});
    REQUIRE(rig.count<session::AcceptNews>() == 1);
    CHECK(rig.last<session::AcceptNews>()->id == "cafe");
    rig.send(session::Back{});
    CHECK(rig.screen() == "Receive");
    rig.send(session::NewsTaken{newer_setup(), std::nullopt});
    CHECK(receive(rig).taken);
    CHECK(rig.state.setup->bundle->version.sequence == 8);
    rig.send(session::AcceptShown{});
    CHECK(rig.count<session::AcceptNews>() == 1);
    rig.send(session::Back{});
    CHECK(rig.screen() == "Home");
}

TEST_CASE("A worker sees what was brought and cannot take it") {
    for (const auto role : {model::Role::Shelter, model::Role::Border}) {
        Rig rig(role);
        at_sending(rig);
        rig.send(session::OpenReceive{});
        rig.send(session::NewsFound{brought_news()});
        CHECK(receive(rig).news->any());
        rig.send(session::AcceptShown{});
        CHECK(rig.count<session::AcceptNews>() == 0);
    }
}

TEST_CASE("Nothing is taken while something that was said is not on the medium") {
    Rig rig;
    show_news(rig);
    CHECK(session::may_accept(rig.state));
    rig.state.outlasting.add(session::Pending::Prepare);
    CHECK_FALSE(session::may_accept(rig.state));
    rig.send(session::AcceptShown{});
    CHECK(rig.count<session::AcceptNews>() == 0);
}

TEST_CASE("Receiving cannot be reached from an open screening, nor where nobody is signed in") {
    Rig open;
    open.begin();
    open.send(session::OpenReceive{});
    CHECK(open.count<session::LookForNews>() == 0);
    Rig lost;
    lost.effects = session::begin(lost.state, lost.now);
    lost.switched_on = true;
    lost.send(session::UnlockedWithoutBundle{lost_bundle()});
    lost.send(session::OpenSend{});
    lost.send(session::OpenReceive{});
    CHECK(lost.screen() == "Send");
    CHECK(lost.count<session::LookForNews>() == 0);
}

TEST_CASE("What could not be taken is said, the device works on as it was, and it can be tried again") {
    Rig rig;
    show_news(rig);
    const auto before = rig.state.setup->bundle;
    rig.send(session::AcceptShown{});
    rig.send(session::NewsNotTaken{session::DeviceError::NoRoom});
    CHECK(receive(rig).failed == session::DeviceError::NoRoom);
    CHECK(rig.state.setup->bundle == before);
    rig.send(session::AcceptShown{});
    CHECK(rig.count<session::AcceptNews>() == 2);
}

TEST_CASE("A screen that was left does not keep the device from working with what was taken") {
    Rig rig;
    show_news(rig);
    rig.send(session::AcceptShown{});
    rig.send(session::QuickExit{});
    CHECK(rig.screen() == "Clock");
    rig.send(session::NewsTaken{newer_setup(), std::nullopt});
    CHECK(rig.state.setup->bundle->version.sequence == 8);
    CHECK(rig.screen() == "Clock");
    rig.send(session::NewsTaken{setup(), std::nullopt});  // nobody asked for that
    CHECK(rig.state.setup->bundle->version.sequence == 8);
}

TEST_CASE("The end of the certificate is near a month ahead, and has come only after its last day") {
    Rig rig;
    rig.sign_in();
    const auto lasting = [&rig](int days) {
        certificate_ends_in(rig, days);
        return session::certificate_lasting(rig.state);
    };
    CHECK(lasting(32) == session::Lasting::Long);
    CHECK(lasting(31) == session::Lasting::Ending);
    CHECK(lasting(0) == session::Lasting::Ending);
    CHECK(lasting(-1) == session::Lasting::Ended);
    rig.now.local_day = std::chrono::sys_days(rig.now.local_day) - std::chrono::days(400);
    rig.send(session::Tick{});
    CHECK(session::certificate_lasting(rig.state) == session::Lasting::Long);
}

TEST_CASE("After the certificate's last day screenings go on, sending waits, and a newer one lets it go on") {
    Rig rig;
    at_sending(rig, 2);
    certificate_ends_in(rig, -1);
    rig.send(session::SendTo{0});
    rig.send(session::SendAgain{0});
    CHECK(rig.effects.empty());
    CHECK(session::sending_waits(rig.state));
    rig.send(session::Back{});
    rig.send(session::NewScreening{});
    CHECK(rig.screen() == "PickingLanguage");
    Rig last_day;
    at_sending(last_day, 2);
    certificate_ends_in(last_day, 0);
    last_day.send(session::SendTo{0});
    CHECK(last_day.count<session::Export>() == 1);

    Rig renewed;
    show_news(renewed);
    certificate_ends_in(renewed, -1);
    renewed.send(session::AcceptShown{});
    auto next = setup();
    next.counts.waiting = 2;
    next.certificate_end = std::chrono::sys_days(renewed.now.local_day) + std::chrono::days(800);
    renewed.send(session::NewsTaken{std::move(next), std::nullopt});
    renewed.send(session::Back{});
    renewed.send(session::OpenSend{});
    renewed.send(session::PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    renewed.send(session::SendTo{0});
    CHECK(renewed.count<session::Export>() == 1);
}

TEST_CASE("On a device that its bundle revokes nothing begins, sending waits, and a later bundle takes it in again") {
    const auto with_revoked = [](std::vector<std::string> devices) {
        auto made = newer_setup();
        auto bundle = *made.bundle;
        bundle.revoked = std::move(devices);
        made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
        made.counts.waiting = 2;
        made.counts.batches = 1;
        return made;
    };
    const auto begins = [](Rig& rig) {
        rig.effects.clear();
        const auto at = [&rig](auto input) {
            rig.send(std::move(input));
            return rig.screen() != "Home";
        };
        const bool any = at(session::NewScreening{}) || at(session::QuickFlag{}) || at(session::Train{});
        CHECK(rig.effects.empty());
        return any;
    };
    Rig rig;
    show_news(rig);
    rig.send(session::AcceptShown{});
    rig.send(session::NewsTaken{with_revoked({setup().device}), std::nullopt});
    CHECK(session::revoked(rig.state));
    rig.send(session::Back{});
    REQUIRE(rig.screen() == "Home");
    CHECK_FALSE(begins(rig));
    rig.send(session::OpenSend{});
    rig.send(session::PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    rig.send(session::SendTo{0});
    rig.send(session::SendAgain{0});
    CHECK(rig.count<session::Export>() == 0);
    rig.send(session::OpenReceive{});
    CHECK(rig.count<session::LookForNews>() == 1);
    rig.send(session::NewsFound{brought_news()});
    rig.send(session::AcceptShown{});
    rig.send(session::NewsTaken{with_revoked({std::string(32, '0')}), std::nullopt});
    CHECK_FALSE(session::revoked(rig.state));
    rig.send(session::Back{});
    rig.send(session::OpenSend{});
    rig.send(session::PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    rig.send(session::SendTo{0});
    CHECK(rig.count<session::Export>() == 1);
    rig.send(session::SendFailed{session::SendError::Gone});
    rig.send(session::Back{});
    CHECK(begins(rig));
}

TEST_CASE("An interview that is open on a device that is revoked is finished and sealed") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    auto bundle = *rig.state.setup->bundle;
    bundle.revoked = {rig.state.setup->device};
    rig.state.setup->bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    rig.effects.clear();
    rig.send(session::Leave{});
    rig.send(session::KeepWhatWasSaid{});
    CHECK(rig.count<session::SealRecord>() == 1);
}

TEST_CASE("Where the bundle was lost what is sealed leaves, whatever the certificate says") {
    Rig rig;
    rig.effects = session::begin(rig.state, rig.now);
    rig.switched_on = true;
    rig.send(session::UnlockedWithoutBundle{lost_bundle()});
    rig.send(session::OpenSend{});
    rig.send(session::PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    rig.send(session::SendTo{0});
    CHECK(rig.count<session::Export>() == 1);
}

TEST_CASE("Receipts that were found are counted for whoever is signed in, and nobody has to agree") {
    model::News news;
    news.folders = 1;
    news.receipts.confirmed = 2;
    const model::Counts after{1, 0, 2, 0, 0};
    for (const auto role : {model::Role::Shelter, model::Role::Border, model::Role::ShiftLead}) {
        Rig rig(role);
        at_sending(rig);
        rig.send(session::OpenReceive{});
        rig.send(session::NewsFound{news, after});
        CHECK(receive(rig).news->receipts.confirmed == 2);
        CHECK_FALSE(receive(rig).news->any());
        CHECK(rig.state.setup->counts.confirmed() == 2);
        CHECK(rig.state.setup->counts.waiting == 1);
        rig.send(session::AcceptShown{});
        CHECK(rig.count<session::AcceptNews>() == 0);
    }
}

TEST_CASE("Receipts that were taken in count although the screen was left meanwhile") {
    Rig rig;
    at_sending(rig);
    rig.send(session::OpenReceive{});
    rig.send(session::QuickExit{});
    rig.send(session::NewsFound{{}, model::Counts{0, 0, 2, 0, 0}});
    CHECK(rig.screen() == "Clock");
    CHECK(rig.state.setup->counts.confirmed() == 2);
}

TEST_CASE("Receipts beside a batch that was sent are counted with it") {
    Rig rig;
    at_sending(rig, 1);
    rig.send(session::SendTo{0});
    session::Sent sent{"b-0123456789abcdef.age", 9, 1, model::Counts{0, 1, 4, 1, 3}};
    sent.receipts.confirmed = 4;
    rig.send(std::move(sent));
    CHECK(rig.state.setup->counts.confirmed() == 7);
    CHECK(rig.state.setup->counts.batched == 1);
    CHECK(std::get<session::Send>(rig.state.screen).sent->receipts.confirmed == 4);
}
