#include "tests/session/support.hpp"

#include <algorithm>

#include "crypto/pin.hpp"

namespace test {

crypto::SodiumReady ready() {
    static const auto token = crypto::SodiumReady::init();
    REQUIRE(token);
    return *token;
}

std::string_view name_of(const session::Screen& screen) {
    return std::visit([](const auto& s) { return type_name<std::decay_t<decltype(s)>>(); }, screen);
}
std::string_view name_of(const session::Event& event) {
    const auto name = [](const auto& e) { return type_name<std::decay_t<decltype(e)>>(); };
    if (const auto* input = std::get_if<session::Input>(&event)) return std::visit(name, *input);
    if (const auto* answer = std::get_if<session::Answer>(&event)) return std::visit(name, *answer);
    return name(std::get<session::Tick>(event));
}

bool says(const std::string& record, std::string_view part) {
    return record.find(part) != std::string::npos;
}

const locales::Translator& built_in_texts() {
    static const auto texts = locales::Translator::built_in(locales::Language::Es);
    return texts;
}

session::Origin origin(char letter, std::size_t arena) {
    auto memory = crypto::LockedArena::make(ready(), arena);
    REQUIRE(memory);
    session::Origin made;
    made.record = std::string(32, letter);
    made.case_code = "radio-hotel-canal-482";
    made.seed = 1;
    made.day = "2026-03-10";
    made.today = {2026, 3, 10};
    made.arena = std::move(*memory);
    return made;
}

Rig::Rig(model::Role role, std::shared_ptr<const engine::Form> asked)
    : state(ready()), make_setup([asked = std::move(asked)] { return setup(asked); }), role_(role) {
    using namespace std::chrono;
    now.wall = sys_days(year(2026) / 3 / 10) + hours(15);
    now.steady = hours(7);
    now.local = hours(9);
    now.local_day = year(2026) / 3 / 10;
}

void Rig::send(session::Event event) {
    const auto* input = std::get_if<session::Input>(&event);
    const bool leaves_page = input != nullptr && (std::holds_alternative<session::Next>(*input) ||
                                                  std::holds_alternative<session::Back>(*input) ||
                                                  std::holds_alternative<session::SayState>(*input));
    const bool asking = std::holds_alternative<session::Question>(state.screen) && state.screening;
    if (!slow_medium && leaves_page && asking && state.screening->sealing())
        send(session::Sealed{state.screening->origin().record, state.screening->revision, {}});
    auto wanted = session::update(state, std::move(event), now, texts);
    for (auto& effect : wanted) effects.push_back(std::move(effect));
}

void Rig::pass(milliseconds time) {
    now.steady += time;
    now.wall += std::chrono::floor<std::chrono::seconds>(time);
}

void Rig::idle() {
    const auto tick = session::next_tick(state, now);
    REQUIRE(tick);
    pass(*tick);
    send(session::Tick{});
}

Rig& Rig::choose_slot() {
    effects = session::begin(state, now);
    switched_on = true;
    send(session::UnlockFailed{session::DeviceError::NeedKey});
    REQUIRE(screen() == "ChoosingSlot");
    return *this;
}

void Rig::type_words(std::string_view text) {
    std::string field;
    for (const char c : text) {
        const auto* before = std::get_if<session::EnterWords>(&state.screen);
        if (const auto* repeat = std::get_if<session::RepeatWords>(&state.screen)) before = &repeat->typed;
        REQUIRE(before != nullptr);
        field = std::string(before->words.letters()) + c;
        auto bytes = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(field));
        REQUIRE(bytes);
        send(session::TypeLetters{std::move(*bytes)});
    }
}

Rig& Rig::unlock() {
    if (!std::exchange(switched_on, true)) effects = session::begin(state, now);
    send(session::Unlocked{make_setup()});
    return *this;
}

Rig& Rig::sign_in() {
    unlock();
    const model::WorkerNumber number{role_ == model::Role::Shelter ? 1U : role_ == model::Role::Border ? 2U : 3U};
    send(session::ChooseWorker{number});
    for (const char digit : std::string_view("135790")) send(session::PinDigit{static_cast<std::uint8_t>(digit - '0')});
    send(session::PinSubmit{});
    send(session::PinChecked{number, model::SignedIn{{number, role_}}});
    REQUIRE(screen() == "Home");
    return *this;
}

Rig& Rig::ask_consent(session::Mode mode) {
    sign_in();
    send(session::NewScreening{});
    send(session::PickLanguage{locales::Language::Es});
    send(session::SayPrivacy{true});
    send(session::ChooseMode{mode});
    REQUIRE(screen() == "AskingConsent");
    return *this;
}

Rig& Rig::say_yes() {
    for (std::size_t page = 1; page < session::consent_pages; ++page) send(session::Next{});
    send(session::SayConsent{true});
    return *this;
}

Rig& Rig::begin(session::Mode mode) {
    ask_consent(mode);
    say_yes();
    send(session::Prepared{origin()});
    REQUIRE(screen() == "Question");
    return *this;
}

Rig& Rig::answer_all(std::string_view danger, std::string_view help) {
    choose("danger_now", danger);
    send(session::Next{});
    type("words", "hola");
    send(session::Next{});
    type("number", "4");
    send(session::Next{});
    choose("marks", "a");
    send(session::Next{});
    choose("wants_help", help);
    send(session::Next{});
    // Whoever answers alone is not shown the answers again.
    REQUIRE(screen() == (state.mode == session::Mode::Private ? "AskingNotify" : "Review"));
    return *this;
}

Rig& Rig::for_person(session::Mode mode, std::string_view danger) {
    begin(mode).answer_all(danger);
    send(session::FinishReview{});
    if (screen() == "AskingNotify") send(session::SayNotify{true});
    REQUIRE(screen() == "ForPerson");
    return *this;
}

Rig& Rig::for_worker(std::string_view danger) {
    for_person(session::Mode::Assisted, danger);
    send(session::PersonDone{});
    REQUIRE(screen() == "ForWorker");
    return *this;
}

Rig& Rig::first_contact(std::string_view age, session::Mode mode, std::string_view danger, std::string_view help) {
    make_setup = visit_setup;
    begin(mode);
    choose("danger_now", danger);
    send(session::Next{});
    if (!age.empty()) choose("age_group", age);
    send(session::Next{});
    choose("held", "now");
    choose("held", "way");
    send(session::Next{});
    say("words", engine::AnswerState::Refused);
    choose("help", help);
    send(session::Next{});
    REQUIRE(screen() == (mode == session::Mode::Private ? "AskingNotify" : "Review"));
    send(session::FinishReview{});
    return *this;
}

Rig& Rig::go_on(std::string_view age) {
    first_contact(age);
    REQUIRE(screen() == "AskingLonger");
    send(session::SayLonger{true});
    stored();
    send(session::Prepared{origin('b')});
    REQUIRE(screen() == "Question");
    return *this;
}

Rig& Rig::brief(session::Purpose purpose) {
    sign_in();
    if (purpose == session::Purpose::Training)
        send(session::Train{});
    else
        send(session::QuickFlag{});
    REQUIRE(screen() == "Briefing");
    send(session::BeginBriefed{});
    send(session::Prepared{origin()});
    REQUIRE(screen() == "Question");
    return *this;
}

void Rig::stored() {
    const auto* asked = last<session::SealRecord>();
    REQUIRE(asked != nullptr);
    send(session::Sealed{asked->record, asked->revision, {}});
}

void Rig::not_stored(session::DeviceError error) {
    const auto* asked = last<session::SealRecord>();
    REQUIRE(asked != nullptr);
    send(session::SealFailed{asked->record, asked->revision, error});
}

Rig& Rig::come_back(std::uint32_t number, model::Role role) {
    pass(session::quiet_time);
    send(session::TouchClock{});
    send(session::ChooseWorker{{number}});
    for (int i = 0; i < 6; ++i) send(session::PinDigit{1});
    send(session::PinSubmit{});
    send(session::PinChecked{{number}, model::SignedIn{{{number}, role}}});
    return *this;
}

engine::NodeId Rig::node(std::string_view address) {
    REQUIRE(state.screening);
    const auto found = state.screening->interview().at(address);
    REQUIRE(found);
    return *found;
}

void Rig::choose(std::string_view question, std::string_view choice) {
    const auto at = node(question);
    const auto& interview = state.screening->interview();
    for (const auto id : interview.choices(at))
        if (interview.choice_name(at, id) == choice) return send(session::TapChoice{at, id});
    FAIL("no choice " << choice);
}

void Rig::type(std::string_view question, std::string_view text) {
    auto bytes = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(text));
    REQUIRE(bytes);
    send(session::TypeText{node(question), std::move(*bytes)});
}

void Rig::say(std::string_view question, engine::AnswerState answer) {
    send(session::SayState{node(question), answer});
}

std::string Rig::record() {
    const auto* sealed = last<session::SealRecord>();
    REQUIRE(sealed != nullptr);
    return std::string(crypto::as_text(sealed->json.view()));
}

}  // namespace test
