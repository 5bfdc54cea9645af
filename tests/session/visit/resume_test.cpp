// An interview that broke off: what is kept to go on from, for whom it is offered, and every way in which it ends.
#include "app/session/visit/draft.hpp"
#include "tests/session/support.hpp"

using namespace test;

namespace {

using session::Resuming;

session::Setup resuming_setup(const std::function<session::Setup()>& make = [] { return setup(); }) {
    auto made = make();
    made.resuming = Resuming::On;
    return made;
}

Rig& resuming(Rig& rig) {
    rig.make_setup = [] { return resuming_setup(); };
    return rig;
}

/// The draft of the last page that was handed over for sealing; empty when there was none.
crypto::SecretBytes last_draft(Rig& rig) {
    auto* sealed = rig.last<session::SealRecord>();
    REQUIRE(sealed != nullptr);
    return std::move(sealed->draft);
}

std::vector<std::unique_ptr<crypto::LockedArena>> arenas(std::size_t count = 1) {
    std::vector<std::unique_ptr<crypto::LockedArena>> made;
    for (std::size_t i = 0; i < count; ++i) made.push_back(std::move(origin('z').arena));
    return made;
}

/// The program was started again: worker 1 signs in and is told that there is something to go on with.
void start_again(Rig& rig, bool resumable = true) {
    rig.unlock();
    rig.send(session::ChooseWorker{{1}});
    for (int i = 0; i < 6; ++i) rig.send(session::PinDigit{1});
    rig.send(session::PinSubmit{});
    rig.send(session::PinChecked{{1}, model::SignedIn{{{1}, model::Role::Shelter}}, resumable});
    REQUIRE(rig.screen() == "Home");
}

void go_on_with(Rig& rig, crypto::SecretBytes draft, std::size_t forms = 1) {
    rig.send(session::ContinueInterview{});
    REQUIRE(rig.last<session::Resume>() != nullptr);
    rig.send(session::Resumed{std::move(draft), arenas(forms)});
}

/// Two pages in: what was said is in a draft.
crypto::SecretBytes broken_off() {
    Rig rig;
    resuming(rig).begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    rig.type("words", "hola");
    rig.send(session::Next{});
    return last_draft(rig);
}

}  // namespace

TEST_CASE("Each sealed page of an interview that two go through together leaves something to go on from") {
    Rig rig;
    resuming(rig).begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    const auto draft = last_draft(rig);
    REQUIRE_FALSE(draft.empty());
    const auto owner = session::draft_owner(draft.view());
    REQUIRE(owner);
    CHECK(owner->worker.number == model::WorkerNumber{1});
    CHECK(owner->worker.role == model::Role::Shelter);
    CHECK(owner->forms == 1);
    CHECK(owner->bundle == rig.state.setup->bundle->version.sequence);
}

TEST_CASE("Nothing is left to go on from when somebody answers alone, in practice, in a flag, or where it is off") {
    const auto after_a_page = [](const std::function<void(Rig&)>& begin) {
        Rig rig;
        begin(rig);
        rig.choose("danger_now", "yes");
        rig.send(session::Next{});
        return last_draft(rig).empty();
    };
    CHECK_FALSE(after_a_page([](Rig& r) { resuming(r).begin(); }));  // the control
    CHECK(after_a_page([](Rig& r) { resuming(r).begin(session::Mode::Private); }));
    CHECK(after_a_page([](Rig& r) { resuming(r).brief(session::Purpose::Training); }));
    CHECK(after_a_page([](Rig& r) { resuming(r).brief(session::Purpose::Observation); }));
    for (const auto off : {Resuming::OffByPolicy, Resuming::OffBySystem})
        CHECK(after_a_page([off](Rig& r) {
            r.make_setup = [off] {
                auto made = setup();
                made.resuming = off;
                return made;
            };
            r.begin();
        }));
}

TEST_CASE("Going on comes back to the same page with everything said, under the same record and the next revision") {
    Rig rig;
    resuming(rig);
    start_again(rig);
    CHECK(rig.state.resumable);
    go_on_with(rig, broken_off());
    REQUIRE(rig.screen() == "Question");
    CHECK(rig.state.language == locales::Language::Es);
    const auto& interview = rig.state.screening->interview();
    CHECK(interview.name(interview.page().nodes[0]) == "number");
    rig.type("number", "4");
    rig.send(session::Next{});
    const auto record = rig.record();
    CHECK(says(record, R"("record":")" + std::string(32, 'a')));
    CHECK(says(record, R"("revision":3)"));
    CHECK(says(record, R"("name":"words","state":"answered","value":"hola")"));
    CHECK(says(record, R"("name":"danger_now","state":"answered","value":"yes")"));
    CHECK(says(record, R"("answer":"given")"));
    CHECK_FALSE(last_draft(rig).empty());
}

TEST_CASE("What broke off at the end of the questions comes back to the review") {
    Rig first;
    resuming(first).begin().answer_all();
    Rig rig;
    resuming(rig);
    start_again(rig);
    go_on_with(rig, last_draft(first));
    CHECK(rig.screen() == "Review");
}

TEST_CASE("A visit of two forms comes back whole, and taking it back takes back both") {
    Rig first;
    first.first_contact();
    first.state.setup->resuming = Resuming::On;
    first.send(session::SayLonger{true});
    CHECK_FALSE(last_draft(first).empty());
    first.stored();
    first.send(session::Prepared{origin('b')});
    REQUIRE(first.screen() == "Question");
    first.send(session::SayState{first.state.screening->interview().page().nodes[0], engine::AnswerState::Skipped});
    auto draft = last_draft(first);
    REQUIRE(session::draft_owner(draft.view())->forms == 2);

    Rig rig;
    rig.make_setup = [] { return resuming_setup(visit_setup); };
    start_again(rig);
    go_on_with(rig, std::move(draft), 2);
    REQUIRE(rig.state.screening);
    REQUIRE(rig.state.screening->before);
    CHECK(rig.state.screening->before->origin().record == std::string(32, 'a'));
    CHECK(rig.state.screening->before->finished);
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    REQUIRE(rig.last<session::Withdraw>()->record == std::string(32, 'b'));
    rig.send(session::Erased{std::string(32, 'b'), {}});
    CHECK(rig.last<session::Withdraw>()->record == std::string(32, 'a'));
}

TEST_CASE("Every end of an interview drops what could be gone on from, and erasing does so before it erases") {
    struct End {
        std::string_view name;
        std::function<void(Rig&)> go;
    };
    const std::vector<End> ends{
        {"quick exit", [](Rig& r) { r.send(session::QuickExit{}); }},
        {"window closed", [](Rig& r) { r.send(session::CloseWindow{}); }},
        {"kept",
         [](Rig& r) {
             r.send(session::Leave{});
             r.send(session::KeepWhatWasSaid{});
             r.stored();
         }},
        {"erased",
         [](Rig& r) {
             r.send(session::Leave{});
             r.send(session::EraseWhatWasSaid{});
         }},
        {"idle",
         [](Rig& r) {
             r.idle();
             r.idle();
             REQUIRE(r.count<session::DropDraft>() == 0);  // its worker may still come back
             r.pass(session::neutral_grace);
             r.send(session::Tick{});
         }},
        {"sealed",
         [](Rig& r) {
             for (int i = 0; i < 4; ++i)
                 r.say(r.state.screening->interview().name(r.state.screening->interview().page().nodes[0]),
                       engine::AnswerState::Skipped);
             r.send(session::FinishReview{});
             r.send(session::PersonDone{});
             r.send(session::SealNow{});
             r.stored();
         }},
    };
    for (const auto& end : ends) {
        INFO(end.name);
        Rig rig;
        resuming(rig).begin();
        rig.choose("danger_now", "yes");
        rig.send(session::Next{});
        rig.effects.clear();
        end.go(rig);
        REQUIRE(rig.count<session::DropDraft>() >= 1);
        if (end.name != "erased") continue;
        for (const auto& effect : rig.effects) {
            REQUIRE_FALSE(std::holds_alternative<session::Withdraw>(effect));
            if (std::holds_alternative<session::DropDraft>(effect)) break;
        }
    }
}

TEST_CASE("Whoever begins something else has decided: what broke off is dropped") {
    for (const bool flag : {false, true}) {
        Rig rig;
        resuming(rig);
        start_again(rig);
        rig.effects.clear();
        if (flag) {
            rig.send(session::QuickFlag{});
            rig.send(session::BeginBriefed{});
        } else {
            rig.send(session::NewScreening{});
            rig.send(session::PickLanguage{locales::Language::En});
            rig.send(session::SayPrivacy{true});
            rig.send(session::ChooseMode{session::Mode::Assisted});
            CHECK(rig.count<session::DropDraft>() == 0);  // nothing was begun yet: Back and Continue still work
            rig.say_yes();
        }
        CHECK(rig.count<session::DropDraft>() == 1);
        CHECK_FALSE(rig.state.resumable);
    }
}

TEST_CASE("Nothing is offered to another worker, and nothing can be gone on with unasked") {
    Rig rig;
    resuming(rig);
    start_again(rig, false);
    CHECK_FALSE(rig.state.resumable);
    rig.send(session::ContinueInterview{});
    CHECK(rig.last<session::Resume>() == nullptr);
    rig.send(session::Resumed{broken_off(), arenas()});
    CHECK(rig.screen() == "Home");
    CHECK_FALSE(rig.state.screening);
}

TEST_CASE("Locking forgets the offer until the PIN is asked again") {
    Rig rig;
    resuming(rig);
    start_again(rig);
    rig.send(session::QuickExit{});
    CHECK_FALSE(rig.state.resumable);
    rig.come_back();
    rig.send(session::ContinueInterview{});
    CHECK(rig.last<session::Resume>() == nullptr);
}

TEST_CASE("When its time is over home says so; when memory is short it can be tried again") {
    Rig rig;
    resuming(rig);
    start_again(rig);
    rig.send(session::ContinueInterview{});
    rig.effects.clear();
    rig.send(session::ContinueInterview{});  // a second tap asks nothing twice
    CHECK(rig.effects.empty());
    rig.send(session::ResumeFailed{session::DeviceError::LockedMemory});
    CHECK(rig.state.resumable);
    REQUIRE(std::get<session::Home>(rig.state.screen).not_resumed);
    rig.send(session::ContinueInterview{});
    rig.send(session::ResumeFailed{});
    CHECK_FALSE(rig.state.resumable);
    CHECK_FALSE(std::get<session::Home>(rig.state.screen).not_resumed->error);
}

TEST_CASE("A draft of another bundle, form, worker or role is not restored, and is dropped") {
    const auto refused = [](const std::function<void(session::Setup&)>& change,
                            model::Role role = model::Role::Shelter) {
        Rig rig(role);
        rig.make_setup = [change] {
            auto made = resuming_setup();
            change(made);
            return made;
        };
        rig.unlock();
        rig.send(session::ChooseWorker{{1}});
        for (int i = 0; i < 6; ++i) rig.send(session::PinDigit{1});
        rig.send(session::PinSubmit{});
        rig.send(session::PinChecked{{1}, model::SignedIn{{{1}, role}}, true});
        rig.send(session::ContinueInterview{});
        rig.effects.clear();
        rig.send(session::Resumed{broken_off(), arenas()});
        CHECK(rig.screen() == "Home");
        return !rig.state.screening && rig.count<session::DropDraft>() == 1;
    };
    const auto changed = [](auto change) {
        return [change](session::Setup& made) {
            auto bundle = *made.bundle;
            change(bundle);
            made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
        };
    };
    CHECK(refused(changed([](exchange::Bundle& b) { ++b.version.sequence; })));
    CHECK(refused(changed([](exchange::Bundle& b) { b.forms.front().sha256[0] ^= std::byte{1}; })));
    CHECK(refused(changed([](exchange::Bundle& b) { b.forms.front().id = "other"; })));
    CHECK(refused([](session::Setup&) {}, model::Role::ShiftLead));
}

TEST_CASE("A draft that was cut is no draft, and changed bytes restore nothing that could not have been said") {
    const auto draft = broken_off();
    const auto made = setup();
    const auto& bundle = *made.bundle;
    for (std::size_t size = 0; size < draft.size(); ++size)
        CHECK_FALSE(session::restore_draft(draft.view().first(size), bundle, arenas()));
    for (std::size_t i = 0; i < draft.size(); ++i) {
        auto changed = crypto::SecretBytes::copy_of(ready(), draft.view());
        REQUIRE(changed);
        changed->writable()[i] ^= std::byte{0x41};
        if (const auto restored = session::restore_draft(changed->view(), bundle, arenas()))
            CHECK(session::may_resume(restored->screening));
    }
    CHECK_FALSE(session::restore_draft(draft.view(), bundle, arenas(2)));
    CHECK_FALSE(session::restore_draft(draft.view(), bundle, {}));
}
