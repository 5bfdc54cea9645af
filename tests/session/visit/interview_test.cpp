// Questions, answers, language, review: what is said is kept, and kept where it was.
#include "tests/session/support.hpp"

using namespace test;

TEST_CASE("Every page that is left forwards is sealed as the next revision of one record") {
    Rig rig;
    rig.begin();
    for (std::uint32_t page = 1; page <= 5; ++page) {
        rig.effects.clear();
        rig.send(session::Next{});
        REQUIRE(rig.count<session::SealRecord>() == 1);
        CHECK(rig.last<session::SealRecord>()->revision == page);
        CHECK(rig.last<session::SealRecord>()->record == std::string(32, 'a'));
    }
    CHECK(rig.screen() == "Review");
}

TEST_CASE("Switching the language keeps the page, the answers and the typed text") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    rig.type("words", "árbol");
    const auto page = rig.state.screening->interview().progress().page;
    rig.send(session::ChooseLanguage{locales::Language::En});
    CHECK(rig.screen() == "Question");
    CHECK(rig.state.screening->interview().progress().page == page);
    CHECK(rig.state.screening->interview().value(rig.node("words")) == "árbol");
    CHECK(rig.state.screening->interview().value(rig.node("danger_now")) == "yes");
    CHECK(rig.state.screening->language_id(rig.state.language) == rig.state.screening->form().form->language("en"));
}

TEST_CASE("Text that was not taken keeps the page until it is put right") {
    Rig rig;
    rig.begin();
    rig.send(session::Next{});
    rig.send(session::Next{});
    rig.type("number", "4x");
    REQUIRE(std::get<session::Question>(rig.state.screen).refused == engine::RefusalKind::NotANumber);
    const auto page = rig.state.screening->interview().progress().page;
    rig.send(session::Next{});
    CHECK(rig.state.screening->interview().progress().page == page);
    CHECK(std::get<session::Question>(rig.state.screen).refused == engine::RefusalKind::NotANumber);
    rig.type("number", "4");
    rig.send(session::Next{});
    CHECK(rig.state.screening->interview().progress().page == page + 1);
}

TEST_CASE("Text that was not taken keeps the page after a change of language too") {
    Rig rig;
    rig.begin();
    rig.send(session::Next{});
    rig.send(session::Next{});
    rig.type("number", "4x");
    const auto page = rig.state.screening->interview().progress().page;
    rig.send(session::ChooseLanguage{locales::Language::En});
    rig.send(session::Next{});
    CHECK(rig.state.screening->interview().progress().page == page);
    rig.say("number", engine::AnswerState::Refused);
    CHECK(rig.state.screening->interview().progress().page == page + 1);
}

TEST_CASE("A choice that was not taken does not stand in the way") {
    Rig rig;
    rig.begin();
    for (int i = 0; i < 3; ++i) rig.send(session::Next{});
    rig.choose("marks", "none");
    rig.choose("marks", "a");
    REQUIRE(std::get<session::Question>(rig.state.screen).refused == engine::RefusalKind::Constraint);
    rig.send(session::Next{});
    CHECK(rig.state.screening->interview().value(rig.node("marks")) == "none");
    CHECK(rig.state.screening->interview().progress().page == 5);
}

TEST_CASE("Skip, prefer not to say and don't know are kept apart and go on by themselves") {
    using engine::AnswerState;
    for (const auto how : {AnswerState::Skipped, AnswerState::Refused, AnswerState::Unknown}) {
        Rig rig;
        rig.begin();
        rig.say("danger_now", how);
        CHECK(rig.state.screening->interview().state(rig.node("danger_now")) == how);
        CHECK(rig.state.screening->interview().progress().page == 2);
        CHECK(rig.count<session::SealRecord>() == 1);
    }
}

TEST_CASE("From the review one answer can be changed and the review comes back") {
    Rig rig;
    rig.begin().answer_all();
    rig.send(session::JumpTo{rig.node("words")});
    REQUIRE(rig.screen() == "Question");
    rig.type("words", "adiós");
    rig.send(session::Next{});
    CHECK(rig.screen() == "Review");
    CHECK(rig.state.screening->interview().value(rig.node("words")) == "adiós");
}

TEST_CASE("A page that could not be stored stays in memory, is said, and is stored with the next one") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    rig.send(session::SealFailed{std::string(32, 'a'), 1, session::DeviceError::NoRoom});
    CHECK(rig.screen() == "Question");
    CHECK(rig.state.seal_error == session::DeviceError::NoRoom);
    rig.send(session::Next{});
    CHECK(rig.last<session::SealRecord>()->revision == 2);
    CHECK(rig.record().find(R"("name":"danger_now","state":"answered","value":"yes")") != std::string::npos);
    rig.stored();
    CHECK_FALSE(rig.state.seal_error);
}

TEST_CASE("A level can be raised with a reason and never lowered") {
    using engine::Level;
    using engine::ReadingKind;
    Rig rig;
    rig.for_worker("yes");
    rig.send(session::OpenRaise{});
    rig.send(session::ChooseRaise{{ReadingKind::Danger, Level::Some, session::RaiseReason::Told}});
    CHECK(rig.screen() == "Raising");
    CHECK_FALSE(rig.state.screening->raised);
    rig.send(session::ChooseRaise{{ReadingKind::Harm, Level::Some, session::RaiseReason::Told}});
    CHECK(rig.screen() == "ForWorker");
    REQUIRE(rig.state.screening->raised);
    CHECK(rig.state.screening->raised->reading == ReadingKind::Harm);
}

TEST_CASE("In private mode the worker's result is never reached") {
    Rig rig;
    rig.for_person(session::Mode::Private);
    rig.send(session::PersonDone{});
    CHECK(rig.screen() == "Sealing");
    rig.stored();
    CHECK(rig.screen() == "Clock");
    CHECK_FALSE(rig.state.worker);
}

TEST_CASE("Once the device was handed over, going back does not lead to the worker's screens") {
    Rig rig;
    rig.ask_consent(session::Mode::Private);
    for (int i = 0; i < 6; ++i) rig.send(session::Back{});
    CHECK(rig.screen() != "Home");
}

TEST_CASE(
    "Whoever answers alone is asked about telling the worker whatever they said, so that the screen tells nothing") {
    for (const auto& [danger, help] : {std::pair("no", "no"), std::pair("yes", "no"), std::pair("no", "yes")}) {
        Rig rig;
        rig.begin(session::Mode::Private).answer_all(danger, help);
        rig.send(session::FinishReview{});
        CHECK(rig.screen() == "AskingNotify");
        rig.send(session::SayNotify{false});
        CHECK(rig.screen() == "ForPerson");
    }
    Rig beside;
    beside.begin().answer_all("yes", "yes");
    beside.send(session::FinishReview{});
    CHECK(beside.screen() == "ForPerson");
}

TEST_CASE("Whoever answers alone is not shown all answers on one page, and may still go back to change one") {
    Rig rig;
    rig.begin(session::Mode::Private);
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    rig.send(session::Back{});
    REQUIRE(rig.screen() == "Question");
    rig.choose("danger_now", "no");
    while (rig.screen() == "Question") rig.send(session::Next{});
    CHECK(rig.screen() == "AskingNotify");
}

TEST_CASE("Consent is read on three pages, back and forth, and nothing is prepared before the yes") {
    Rig rig;
    rig.ask_consent();
    const auto page = [&rig] { return std::get<session::AskingConsent>(rig.state.screen).page; };
    CHECK(page() == 0);
    for (const std::size_t next : {1U, 2U, 2U}) {
        rig.send(session::Next{});
        CHECK(page() == next);
    }
    rig.send(session::Back{});
    CHECK(page() == 1);
    CHECK(rig.count<session::Prepare>() == 0);
    rig.send(session::Back{});
    rig.send(session::Back{});
    CHECK(rig.screen() == "ChoosingMode");
}

TEST_CASE("Consent has texts of its own for each mode and for the border, and the same ones on what is kept") {
    using session::consent_texts;
    const auto first = [](session::Mode mode, model::Role role) {
        const auto texts = consent_texts(mode, role, 0);
        return std::vector<std::string_view>(texts.begin(), texts.end());
    };
    const auto beside = first(session::Mode::Assisted, model::Role::Shelter);
    const auto alone = first(session::Mode::Private, model::Role::Shelter);
    const auto border = first(session::Mode::Private, model::Role::Border);
    CHECK(beside != alone);
    CHECK(alone != border);
    CHECK(beside != border);
    for (std::size_t page = 1; page < session::consent_pages; ++page) {
        CHECK_FALSE(consent_texts(session::Mode::Private, model::Role::Border, page).empty());
        CHECK(consent_texts(session::Mode::Assisted, model::Role::Shelter, page).data() ==
              consent_texts(session::Mode::Private, model::Role::Border, page).data());
    }
    CHECK(consent_texts(session::Mode::Private, model::Role::Border, session::consent_pages).empty());
}
