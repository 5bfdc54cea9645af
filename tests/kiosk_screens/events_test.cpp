#include <catch2/catch_all.hpp>

#include "tests/kiosk_screens/stage.hpp"

namespace {

using namespace app::session;

/// What a screen says when one thing on it is touched.
template <class E>
bool says(std::string_view screen, std::string_view key) {
    stage::Stage stage;
    const auto texts = stage::words("es");
    const auto state = stage::state_of(stage.ready(), screen);
    (void)stage.draw(state, texts);
    const auto said = stage.tap(state, texts, key);
    return said.size() == 1 && std::holds_alternative<E>(said.front());
}

}  // namespace

TEST_CASE("What is touched is what is said") {
    CHECK(says<NewScreening>("home", "home.new"));
    CHECK(says<Next>("set_up", "set_up.begin"));
    CHECK(says<AskAt>("asking", "asking.to.1"));
    CHECK(says<CompareAgain>("asking.before", "asking.before"));
    CHECK(says<SayWords>("compare", "compare.same"));
    CHECK(says<SayWords>("compare", "compare.differ"));
    CHECK(says<Next>("differ", "differ.anew"));
    CHECK(says<Retry>("back", "back.look"));
    CHECK(says<Next>("back.again", "back.done"));
    CHECK(says<OpenSend>("test_record", "test_record.send"));
    CHECK(says<Next>("test_record", "test_record.later"));
    CHECK(says<Retry>("test_record.failed", "test_record.retry"));
    CHECK(says<Next>("test_record.sent", "test_record.done"));
    CHECK(says<OpenEnrolling>("settings", "settings.enrol"));
    CHECK(says<QuickFlag>("home", "home.flag"));
    CHECK(says<Train>("home", "home.train"));
    CHECK(says<BeginBriefed>("briefing.flag", "briefing.start"));
    CHECK(says<Back>("briefing.practice", "briefing.back"));
    CHECK(says<SayLonger>("longer.adult", "longer.yes"));
    CHECK(says<SayLonger>("longer.teen", "longer.no"));
    CHECK(says<OpenSend>("home", "home.send"));
    CHECK(says<Leave>("home", "header.lock"));
    CHECK(says<Leave>("question.danger_now", "header.leave"));
    CHECK(says<ChooseLanguage>("question.danger_now", "header.language.en"));
    CHECK(says<NextTextSize>("question.danger_now", "header.size"));
    CHECK(says<TapChoice>("question.danger_now", "choice.danger_now.no"));
    CHECK(says<SayState>("question.danger_now", "skip.danger_now"));
    CHECK(says<Next>("question.danger_now", "question.next"));
    CHECK(says<Back>("question.danger_now", "question.back"));
    CHECK(says<JumpTo>("review", "review.danger_now"));
    CHECK(says<FinishReview>("review", "review.finish"));
    CHECK(says<AddInstance>("more", "more.add"));
    CHECK(says<RemoveInstance>("more", "more.remove.2"));
    CHECK(says<Next>("more", "question.next"));
    CHECK(says<Back>("more", "question.back"));
    CHECK(says<AddInstance>("more.none", "more.add"));
    CHECK(says<RemoveInstance>("more.removing", "removing.remove"));
    CHECK(says<Back>("more.removing", "removing.keep"));
    CHECK(says<SayState>("more.inside", "skip.kid[2]/who"));
    CHECK(says<JumpTo>("review.repeat", "review.kid"));
    CHECK(says<JumpTo>("review.repeat", "review.kid[2]/age"));
    CHECK(says<PersonDone>("person", "person.done"));
    CHECK(says<SealNow>("result", "result.seal"));
    CHECK(says<HandBack>("sealed", "sealed.lock"));
    CHECK(says<KeepWhatWasSaid>("leave", "leave.keep"));
    CHECK(says<EraseWhatWasSaid>("leave", "leave.erase"));
    CHECK(says<StayHere>("leave", "leave.stay"));
    CHECK(says<TouchClock>("clock", "clock"));
    CHECK(says<SendTo>("send", "send.to.0"));
    CHECK(says<SendAgain>("send.again", "send.to.1"));
    CHECK(says<ChooseTheme>("settings", "settings.theme.dark"));
    CHECK(says<OpenReceive>("send", "send.receive"));
    CHECK(says<OpenReceive>("send.ended", "send.receive"));
    CHECK(says<OpenReceive>("send.revoked", "send.receive"));
    CHECK(says<OpenSend>("home.revoked", "home.send"));
    CHECK(says<OpenReceive>("settings", "settings.receive"));
    CHECK(says<LookAgain>("receive.refused", "receive.look"));
    CHECK(says<Back>("receive.none", "receive.back"));
    CHECK(says<AcceptShown>("receive.news", "receive.accept"));
    CHECK(says<Back>("receive.news.worker", "receive.later"));
    CHECK(says<Back>("receive.done", "receive.home"));
    CHECK(says<CancelSending>("send.working", "send.cancel"));
    CHECK(says<Retry>("home.notices", "home.not_stored"));
    CHECK(says<Retry>("not_stored", "not_stored.retry"));
    CHECK(says<Next>("not_stored", "not_stored.home"));
    CHECK(says<UseWords>("problem.unlock.wrong_key_body", "problem.words"));
    CHECK(says<ChooseSlot>("slot", "slot.8"));
    CHECK(says<Retry>("slot", "slot.look"));
    CHECK(says<TakeWord>("words.pan", "word.panorama"));
    CHECK(says<TypeLetters>("words.pan", "keyboard.o"));
    CHECK(says<DropWord>("words.pan", "words.drop"));
    CHECK(says<ShowWords>("words.complete", "words.show"));
    CHECK(says<SubmitWords>("words.complete", "words.open"));
    CHECK(says<OpenPeople>("settings", "settings.people"));
    CHECK(says<OpenOwnPin>("settings", "settings.own_pin"));
    CHECK(says<AddWorker>("people", "people.add"));
    CHECK(says<RemoveWorker>("people", "people.314"));
    CHECK(says<PinSubmit>("people.add.0", "pin.ok"));
    CHECK(says<ChooseRole>("people.add.1", "people.role.lead"));
    CHECK(says<PinDigit>("people.add.3", "pin.7"));
    CHECK(says<ConfirmRemoval>("people.remove", "people.remove.yes"));
    CHECK(says<Back>("people.remove", "people.back"));
    CHECK(says<PinDigit>("own_pin.0", "pin.0"));
    CHECK(says<OpenDeviceKeys>("settings", "settings.keys"));
    CHECK(says<ChangeWords>("keys", "keys.change"));
    CHECK(says<AddWords>("keys", "keys.add"));
    CHECK(says<ChooseSlot>("keys.proof.0", "slot.2"));
    CHECK(says<Back>("keys.proof.0", "slot.back"));
    CHECK(says<WroteWords>("keys.new", "keys.written"));
    CHECK(says<TakeWord>("keys.repeat", "word.panel"));
    CHECK(says<SubmitWords>("keys.repeat.differ", "words.open"));
    CHECK(says<Next>("keys.changed", "keys.next"));
}

TEST_CASE(
    "The way out at once is in the header of every screen but the clock, in the same corner, and acts at any time") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    for (const auto& name : stage::names()) {
        const auto state = stage::state_of(stage.ready(), name);
        if (!state.setup || name == "clock") continue;
        CAPTURE(name);
        (void)stage.draw(state, texts);
        const auto* exit = stage.trace().find("header.exit");
        REQUIRE(exit != nullptr);
        CHECK(exit->urgent);
        CHECK(exit->rect.x < 24);
        CHECK(exit->rect.y < 100);
        const auto said = stage.tap(state, texts, "header.exit");
        REQUIRE(said.size() == 1);
        CHECK(std::holds_alternative<QuickExit>(said.front()));
    }
}

TEST_CASE("A colleague who is not the one asked for reads a number and nothing of what it is about") {
    stage::Stage stage;
    for (const std::string language : {"es", "en"}) {
        const auto texts = stage::words(language);
        (void)stage.draw(stage::state_of(stage.ready(), "home.notices"), texts);
        const auto* line = stage.trace().find("home.asked_for.2");
        REQUIRE(line != nullptr);
        CHECK(line->text.find('2') != std::string_view::npos);
        for (const std::string_view word :
             {"habl", "speak", "talk", "quiere", "want", "peligro", "danger", "ayuda", "help"})
            CHECK(line->text.find(word) == std::string_view::npos);
    }
}

TEST_CASE("The name of a stick is shown with what it hides and turns round written out") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    auto state = stage::state_of(stage.ready(), "send");
    auto& places = std::get<app::session::Send>(state.screen).places;
    for (const std::string danger : {"\n", "\x1b[2J", "\x7f", "\xc2\x9b", "\xe2\x80\xae", "\xe2\x81\xa6",
                                     "\xe2\x80\x8b", "\xe2\x80\xa8", "\xef\xbb\xbf", "\xf3\xa0\x81\x81", "\xff"}) {
        places[1].path = "/media/kiosk/" + danger + "A";
        (void)stage.draw(state, texts);
        const auto* row = stage.trace().find("send.to.1");
        REQUIRE(row != nullptr);
        INFO(row->second);
        CHECK(row->second.find(danger) == std::string_view::npos);
        CHECK(row->second.starts_with('\\'));
    }
}

TEST_CASE("While a batch is being stopped it cannot be stopped again") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    (void)stage.draw(stage::state_of(stage.ready(), "send.stopping"), texts);
    const auto* cancel = stage.trace().find("send.cancel");
    REQUIRE(cancel != nullptr);
    CHECK_FALSE(cancel->enabled);
}

TEST_CASE("While a change of people is being saved nothing can be touched twice, and the last lead cannot be removed") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    (void)stage.draw(stage::state_of(stage.ready(), "people.add.saving"), texts);
    const auto* ok = stage.trace().find("pin.ok");
    REQUIRE(ok != nullptr);
    CHECK_FALSE(ok->enabled);
    CHECK(stage.trace().find("people.back") == nullptr);
    for (const std::string name : {"people.remove.saving", "people.remove.last"}) {
        (void)stage.draw(stage::state_of(stage.ready(), name), texts);
        CHECK(stage.trace().find("people.remove.yes") == nullptr);
    }
}

TEST_CASE("A border officer is not offered to sit beside the person") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    (void)stage.draw(stage::state_of(stage.ready(), "mode.border"), texts);
    CHECK(stage.trace().find("mode.assisted") == nullptr);
    CHECK(stage.trace().find("mode.private") != nullptr);
}

TEST_CASE("Who answers is shown above its number, and an unconfirmed number says so") {
    stage::Stage stage;
    stage.size(412, 2000);
    const auto texts = stage::words("es");
    const auto state = stage::state_of(stage.ready(), "person");
    (void)stage.draw(state, texts);
    (void)stage.tap(state, texts, "help.MX");
    const auto* who = stage.trace().find("help.MX.0.who");
    const auto* number = stage.trace().find("help.MX.0.number");
    REQUIRE(who != nullptr);
    REQUIRE(number != nullptr);
    CHECK(who->rect.bottom() <= number->rect.y);
    CHECK(stage.trace().find("help.MX.0.check") != nullptr);
}

TEST_CASE("Who answers alone does not read what is told to workers, and beside a worker it can be read") {
    for (const bool alone : {true, false}) {
        stage::Stage stage;
        const auto texts = stage::words("es");
        auto state = stage::state_of(stage.ready(), "question.danger_now");
        REQUIRE(state.screening);
        state.screening->mode = alone ? app::session::Mode::Private : app::session::Mode::Assisted;
        (void)stage.draw(state, texts);
        (void)stage.tap(state, texts, "question.why");
        CHECK((stage.trace().find("why.everyone") != nullptr) == alone);
        CHECK((stage.trace().find("why.danger_now") != nullptr) == !alone);
    }
}

TEST_CASE("A result that reports nothing carries the line that this rules nothing out") {
    stage::Stage stage;
    const auto texts = stage::words("en");
    (void)stage.draw(stage::state_of(stage.ready(), "result.nothing"), texts);
    CHECK(stage.trace().find("result.danger.explanation") != nullptr);
    CHECK(stage.trace().find("result.skipped") != nullptr);
    CHECK(stage.trace().find("result.raised") != nullptr);
}

TEST_CASE("A repeat instance is taken out only where the page has asked about that one") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    for (const auto& [screen, key, sure] :
         {std::tuple("more", "more.remove.1", false), std::tuple("more.removing", "removing.remove", true)}) {
        const auto state = stage::state_of(stage.ready(), screen);
        (void)stage.draw(state, texts);
        const auto said = stage.tap(state, texts, key);
        REQUIRE(said.size() == 1);
        const auto& remove = std::get<RemoveInstance>(said.front());
        CHECK(remove.sure == sure);
        CHECK(remove.instance == *state.screening->interview().at("kid[1]"));
    }
}

TEST_CASE("The review tells what was said about one instance of a repeat from what was said about another") {
    stage::Stage stage;
    stage.size(412, 2000);
    const auto texts = stage::words("es");
    (void)stage.draw(stage::state_of(stage.ready(), "review.repeat"), texts);
    const auto at = [&](std::string_view key) {
        const auto* widget = stage.trace().find(key);
        INFO(key);
        REQUIRE(widget != nullptr);
        return widget->rect.y;
    };
    CHECK(at("review.kid") < at("review.kid[1].number"));
    CHECK(at("review.kid[1].number") < at("review.kid[1]/who"));
    CHECK(at("review.kid[1]/age") < at("review.kid[2].number"));
    CHECK(at("review.kid[2].number") < at("review.kid[2]/who"));
    CHECK(at("review.kid[2]/age") < at("review.last"));
}

TEST_CASE("Home offers a quick flag and practice only where the bundle has them, and both at a border") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    for (const auto& [screen, there] : {std::pair{"home", true}, {"home.border", true}, {"home.first_only", false}}) {
        (void)stage.draw(stage::state_of(stage.ready(), screen), texts);
        for (const auto* key : {"home.flag", "home.train"}) CHECK((stage.trace().find(key) != nullptr) == there);
        CHECK(stage.trace().find("home.new") != nullptr);
    }
}

TEST_CASE("Home on a device that is revoked says so, and offers nothing that begins") {
    stage::Stage stage;
    (void)stage.draw(stage::state_of(stage.ready(), "home.revoked"), stage::words("es"));
    CHECK(stage.trace().find("home.revoked") != nullptr);
    for (const auto* key : {"home.new", "home.flag", "home.train"}) CHECK(stage.trace().find(key) == nullptr);
}

TEST_CASE("Practice says so on every one of its screens, and no other screen does") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    for (const auto& name : stage::names()) {
        (void)stage.draw(stage::state_of(stage.ready(), name), texts);
        CAPTURE(name);
        CHECK((stage.trace().find("practice") != nullptr) == (name.find("practice") != std::string::npos));
    }
}

TEST_CASE("Practice shows neither a code to keep nor a number to call") {
    stage::Stage stage;
    stage.size(412, 2000);
    const auto texts = stage::words("es");
    for (const auto* name : {"person.practice", "sealed.practice", "result.practice"}) {
        (void)stage.draw(stage::state_of(stage.ready(), name), texts);
        for (const auto& widget : stage.trace().widgets) {
            CAPTURE(name, widget.key);
            CHECK(widget.key.find("code") == std::string_view::npos);
            CHECK_FALSE(widget.key.starts_with("help."));
        }
    }
}

TEST_CASE("Every page of a quick flag says that nobody is asked") {
    stage::Stage stage;
    const auto texts = stage::words("en");
    (void)stage.draw(stage::state_of(stage.ready(), "question.seen"), texts);
    CHECK(stage.trace().find("question.observing") != nullptr);
    (void)stage.draw(stage::state_of(stage.ready(), "question.danger_now"), texts);
    CHECK(stage.trace().find("question.observing") == nullptr);
}

TEST_CASE("An officer reads levels, steps and numbers to give, and no sign that was marked") {
    stage::Stage stage;
    stage.size(412, 4000);
    const auto texts = stage::words("es");
    (void)stage.draw(stage::state_of(stage.ready(), "result.border"), texts);
    CHECK(stage.trace().find("result.danger.level") != nullptr);
    CHECK(stage.trace().find("result.step.ask_nothing") != nullptr);
    CHECK(stage.trace().find("result.step.child_notify") != nullptr);
    CHECK(stage.trace().find("help.MX") != nullptr);
    for (const auto& widget : stage.trace().widgets) {
        CAPTURE(widget.key);
        CHECK_FALSE(widget.key.starts_with("result.because"));
        CHECK(widget.key != "result.why");
    }
    (void)stage.draw(stage::state_of(stage.ready(), "result.seen"), texts);
    CHECK(stage.trace().find("result.why") != nullptr);
}

TEST_CASE("After a longer form that took everything over the result has its reasons, and none that was cleared up") {
    stage::Stage stage;
    stage.size(412, 6000);
    const auto texts = stage::words("es");
    (void)stage.draw(stage::state_of(stage.ready(), "result.both.adult"), texts);
    // First contact heard that somebody has the documents; the longer form, that nobody has them.
    for (const auto* const sign : {"result.because.documents_now", "result.because.documents_held"})
        CHECK(stage.trace().find(sign) == nullptr);
    std::size_t reasons = 0;
    for (const auto& widget : stage.trace().widgets) reasons += widget.key.starts_with("result.because") ? 1U : 0U;
    (void)stage.draw(stage::state_of(stage.ready(), "result"), texts);
    std::size_t first = 0;
    for (const auto& widget : stage.trace().widgets) first += widget.key.starts_with("result.because") ? 1U : 0U;
    CHECK(reasons > first);
}

TEST_CASE("What is being made ready cannot be asked for again") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    (void)stage.draw(stage::state_of(stage.ready(), "longer.sealing"), texts);
    for (const auto* key : {"longer.yes", "longer.no"}) {
        const auto* button = stage.trace().find(key);
        REQUIRE(button != nullptr);
        CHECK_FALSE(button->enabled);
    }
}
