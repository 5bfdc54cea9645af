#include "tests/session/support.hpp"

#include <algorithm>

#include "crypto/pin.hpp"
#include "tests/support/scenario.hpp"

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
    return std::visit([](const auto& e) { return type_name<std::decay_t<decltype(e)>>(); }, event);
}

std::shared_ptr<const engine::Form> form() {
    static const auto loaded = [] {
        scenario::Sheets sheets;
        sheets.settings("form_id | version | default_language\n small | 7 | Español (es)")
            .survey(
                R"(type | name | label::Español (es) | label::English (en) | constraint | constraint_message::Español (es) | constraint_message::English (en)
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger? | | |
                text | words | ¿Qué quiere decir? | What do you want to say? | | |
                integer | number | ¿Cuántos? | How many? | . < 100 | Demasiados después de ${words} | Too many after ${words}
                select_multiple kinds | marks | ¿Cuáles? | Which ones? | not(selected(., 'none') and count-selected(.) > 1) | Quite las otras | Unmark the others
                select_one yn | wants_help | ¿Quiere hablar? | Do you want to talk? | | |)")
            .choices(R"(list_name | name | label::Español (es) | label::English (en)
                yn | yes | Sí | Yes
                yn | no | No | No
                kinds | a | A | A
                kinds | b | B | B
                kinds | none | Nada | None)")
            .indicators(
                R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                near | danger | strong | ${danger_now} = 'yes' | Peligro | Danger | design | a test)")
            .levels(
                R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                danger | strong | strong('danger') > 0 | Peligro | Danger | Lo dice | Says so
                danger | none-reported | | Nada | None | Nada | None)")
            .actions(
                R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                stay_close | strong('danger') > 0 | both | Quédese | Stay | Cerca | Close
                help_today | ${wants_help} = 'yes' | shelter | Hable | Talk | Hoy | Today)");
        auto made = sheets.load();
        if (!made) FAIL(scenario::all_text(made.error()));
        return *made;
    }();
    return loaded;
}

bool says(const std::string& record, std::string_view part) {
    return record.find(part) != std::string::npos;
}

namespace {

exchange::BundleForm load(const scenario::Sheets& sheets, std::string id) {
    auto made = sheets.load();
    if (!made) FAIL(scenario::all_text(made.error()));
    return {std::move(id), *made, {}};
}

constexpr std::string_view yes_and_no = R"(list_name | name | label::Español (es) | label::English (en)
                yn | yes | Sí | Yes
                yn | no | No | No
                age | adult | 18 o más | 18 or more
                age | teen | 12 a 17 | 12 to 17
                when | now | Ahora | Now
                when | way | En el camino | On the way
                when | no | No | No)";

constexpr std::string_view near =
    R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                near | danger | strong | ${danger_now} = 'yes' | Peligro | Danger | design | a test
                held | coercion | strong | selected(${held}, 'now') | No sale | Kept | design | a test)";

exchange::BundleForm first_contact_form() {
    static const auto form = [] {
        scenario::Sheets sheets;
        sheets.settings("form_id | version | default_language\n first-contact | 1 | Español (es)")
            .survey(R"(type | name | label::Español (es) | label::English (en)
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger?
                select_one age | age_group | ¿Edad? | Age?
                select_multiple when | held | ¿Puede salir? | Can you leave?
                text | words | ¿Qué más? | What else?
                select_one yn | help | ¿Quiere hablar? | Do you want to talk?)")
            .choices(std::string(yes_and_no))
            .indicators(std::string(near))
            .levels(
                R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                danger | strong | strong('danger') > 0 | Peligro | Danger | Lo dice | Says so
                harm | some | strong('coercion') > 0 | Daño | Harm | Lo dice | Says so)")
            .actions(
                R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                stay_close | strong('danger') > 0 | both | Quédese | Stay | Cerca | Close
                talk | strong('coercion') > 0 | both | Hable | Talk | Hoy | Today
                help_today | ${help} = 'yes' | shelter | Escuche | Listen | Hoy | Today
                inform | | both | Dé los teléfonos | Give the numbers | A todos | To all)");
        return load(sheets, "first-contact");
    }();
    return form;
}

/// Knows what was said before, and has no rule for danger of its own.
exchange::BundleForm adult_form() {
    static const auto form = [] {
        scenario::Sheets sheets;
        sheets.settings("form_id | version | default_language\n adult | 1 | Español (es)")
            .survey(R"(type | name | label::Español (es) | label::English (en) | relevant
                hidden | fc_danger_now | | |
                hidden | fc_held | | |
                hidden | fc_words | | |
                hidden | fc_help | | |
                hidden | fc_elsewhere | | |
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger? | ${fc_danger_now} = ''
                select_one yn | worked | ¿Trabajó? | Did you work? |
                select_one yn | help | ¿Quiere hablar? | Do you want to talk? | ${fc_help} = '')")
            .choices(std::string(yes_and_no))
            .indicators(
                R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                worked | work | strong | ${worked} = 'yes' | Trabajo | Work | design | a test
                kept | coercion | strong | selected(${fc_held}, 'now') | No sale | Kept | design | a test)")
            .levels(
                R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                harm | strong | strong('coercion') > 0 and strong('work') > 0 | Daño | Harm | Lo dice | Says so)")
            .actions(
                R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                specialist | strong('work') > 0 | both | Llame | Call | Hoy | Today
                inform | | both | Dé los teléfonos | Give the numbers | A todos | To all)");
        return load(sheets, "adult");
    }();
    return form;
}

exchange::BundleForm small(const std::string& id, std::string_view rows) {
    scenario::Sheets sheets;
    sheets.settings("form_id | version | default_language\n " + id + " | 1 | Español (es)")
        .survey("type | name | label::Español (es) | label::English (en) | relevant\n" + std::string(rows))
        .choices(std::string(yes_and_no))
        .indicators(
            R"(indicator | dimension | strength | when | label::Español (es) | label::English (en) | basis | source
                near | danger | strong | ${danger_now} = 'yes' | Peligro | Danger | design | a test)")
        .levels(
            R"(reading | level | when | label::Español (es) | label::English (en) | explanation::Español (es) | explanation::English (en)
                danger | strong | strong('danger') > 0 | Peligro | Danger | Lo dice | Says so)")
        .actions(
            R"(action | when | role | label::Español (es) | label::English (en) | detail::Español (es) | detail::English (en)
                apart | strong('danger') > 0 | border | Aparte | Apart | Hoy | Today
                stay_close | strong('danger') > 0 | shelter | Quédese | Stay | Cerca | Close)");
    return load(sheets, id);
}

exchange::BundleForm child_form() {
    static const auto form = small("child", R"(hidden | trained | | |
                hidden | fc_age_group | | |
                hidden | fc_danger_now | | |
                select_one yn | danger_now | ¿Corre peligro? | Are you in danger? | ${fc_danger_now} = ''
                select_one yn | safe | ¿Está bien? | Are you well? |
                select_one yn | detail | ¿Qué pasó? | What happened? | ${trained} != 'no')");
    return form;
}

exchange::BundleForm seen_form() {
    static const auto form = small("observation",
                                   "select_one yn | danger_now | ¿Ve peligro? | Do you see danger? |\n"
                                   "select_one yn | beside | ¿Contestan por él? | Do they answer for him? |");
    return form;
}

exchange::BundleForm practice_form() {
    static const auto form = small("training",
                                   "select_one yn | danger_now | ¿Hay un dragón? | Is there a dragon? |\n"
                                   "select_one yn | hat | ¿Y el sombrero? | And the hat? |");
    return form;
}

}  // namespace

const locales::Translator& built_in_texts() {
    static const auto texts = locales::Translator::built_in(locales::Language::Es);
    return texts;
}

session::Setup setup(const std::shared_ptr<const engine::Form>& asked) {
    exchange::Bundle bundle{};
    bundle.version.deployment = "0123456789abcdef";
    bundle.version.name = "Test";
    bundle.version.sequence = 3;
    bundle.policy.roles = {"shelter", "border"};
    bundle.policy.languages = {"es", "en"};
    bundle.policy.forms = {std::string(asked->id())};
    bundle.policy.idle_minutes = 3;
    bundle.policy.retention_days = 365;
    bundle.forms = {{std::string(asked->id()), asked, {}}, seen_form(), practice_form()};
    crypto::Bytes point(32);
    point[0] = std::byte{9};  // the base point: a key whose secret nobody here needs
    const auto recipient = crypto::Recipient::from_key(point);
    REQUIRE(recipient);
    bundle.recipients.push_back({"coordinator", *recipient, false});
    session::Setup made;
    made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    made.workers = {{{1}, store::Role::Shelter}, {{2}, store::Role::Border}, {{3}, store::Role::ShiftLead}};
    made.device = std::string(32, 'd');
    return made;
}

session::Setup visit_setup() {
    auto made = setup();
    auto bundle = *made.bundle;
    bundle.forms = {first_contact_form(), adult_form(), child_form(), seen_form(), practice_form()};
    bundle.policy.child_workers = {1};
    made.bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
    return made;
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

Rig::Rig(store::Role role, std::shared_ptr<const engine::Form> asked)
    : state(ready()), make_setup([asked = std::move(asked)] { return setup(asked); }), role_(role) {
    using namespace std::chrono;
    now.wall = sys_days(year(2026) / 3 / 10) + hours(15);
    now.steady = hours(7);
    now.local = hours(9);
    now.local_day = year(2026) / 3 / 10;
}

void Rig::send(session::Event event) {
    const bool leaves_page = std::holds_alternative<session::Next>(event) ||
                             std::holds_alternative<session::Back>(event) ||
                             std::holds_alternative<session::SayState>(event);
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
    send(session::UnlockFailed{session::Trouble::NeedKey});
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
    const store::WorkerNumber number{role_ == store::Role::Shelter ? 1U : role_ == store::Role::Border ? 2U : 3U};
    send(session::ChooseWorker{number});
    for (const char digit : std::string_view("135790")) send(session::PinDigit{static_cast<std::uint8_t>(digit - '0')});
    send(session::PinSubmit{});
    send(session::PinChecked{number, store::SignedIn{{number, role_}}});
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

void Rig::not_stored(session::Trouble trouble) {
    const auto* asked = last<session::SealRecord>();
    REQUIRE(asked != nullptr);
    send(session::SealFailed{asked->record, asked->revision, trouble});
}

Rig& Rig::come_back(std::uint32_t number, store::Role role) {
    pass(session::quiet_time);
    send(session::TouchClock{});
    send(session::ChooseWorker{{number}});
    for (int i = 0; i < 6; ++i) send(session::PinDigit{1});
    send(session::PinSubmit{});
    send(session::PinChecked{{number}, store::SignedIn{{{number}, role}}});
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
