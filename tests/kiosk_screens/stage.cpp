#include "tests/kiosk_screens/stage.hpp"

#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>

#include "app/exchange/bundle_parts.hpp"
#include "app/session/visit.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "tests/locales/pseudo.hpp"

namespace stage {
namespace {

using namespace app::session;
using app::session::engine::Interview;

constexpr std::string_view all_words = "guac tort choco trop jaca macad zarz armad ";
constexpr std::string_view code = "sombrero-electron-cocodrilo-482";

[[noreturn]] void stop(const std::string& what) {
    std::cerr << "stage: " << what << "\n";
    std::abort();
}

template <class T>
auto must(T&& result, const char* what) {
    if (!result) stop(what);
    return std::move(*result);
}

std::filesystem::path source(std::string_view path) {
    return std::filesystem::path(AMPARO_SOURCE_DIR) / path;
}

crypto::Bytes bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

app::exchange::BundleForm form(const char* folder) {
    const auto book = must(questionnaires::workbook::read_folder(source(folder)), folder);
    auto loaded = questionnaires::engine::load(book);
    if (!loaded) stop(questionnaires::engine::to_text(loaded.error().front()));
    return {std::string((*loaded)->id()), *loaded, {}};
}

/// A key whose secret nobody here needs.
crypto::Bytes base_point() {
    crypto::Bytes point(32);
    point[0] = std::byte{9};
    return point;
}

Setup setup() {
    auto bundle = std::make_shared<app::exchange::Bundle>();
    bundle->version.name = "Red Norte de Albergues";
    bundle->version.sequence = 12;
    bundle->version.demo = true;
    bundle->version.expires = std::chrono::sys_days(std::chrono::year(2027) / 9 / 22);
    bundle->policy.retention_days = 365;
    bundle->policy.roles = {"shelter", "border"};
    bundle->policy.child_workers = {1};
    for (const auto* id : {"first-contact", "adult", "child", "observation", "training"})
        bundle->forms.push_back(form((std::string("questionnaires/forms/") + id).c_str()));
    bundle->recipients.push_back({"", must(crypto::Recipient::from_key(base_point()), "recipient"), false});
    bundle->referrals =
        must(app::exchange::parse_referrals(bytes_of(source("questionnaires/referrals.csv"))), "referrals");
    Setup made;
    made.bundle = bundle;
    made.workers = {
        {{1}, app::store::Role::Shelter}, {{2}, app::store::Role::Border}, {{314}, app::store::Role::ShiftLead}};
    made.device = "8436f09f8436f09f8436f09f8436f09f";
    made.fingerprint = "omega-fauna-cocodrilo-anorak-zucchini-electron-glacial-nova";
    made.counts = {12, 34, 0, 5};
    made.keys = {0, 1, 2, 3, 7};
    return made;
}

struct Maker {
    State& s;

    void inside() const {
        s.setup = setup();
        s.worker = s.setup->workers.front();
        s.now.local = std::chrono::minutes(14 * 60 + 32);
        s.now.local_day = std::chrono::year(2026) / 9 / 23;
    }
    void begin(const app::exchange::BundleForm& asked, Mode mode) const {
        inside();
        Origin origin;
        origin.record = std::string(32, 'a');
        origin.case_code = code;
        origin.day = "2026-09-23";
        origin.today = {2026, 9, 23};
        origin.arena = must(crypto::LockedArena::make(s.ready, arena_bytes), "locked memory");
        s.mode = mode;
        s.screening.emplace(must(Screening::start(asked, std::move(origin), mode, *s.worker, s.language), "interview"));
    }
    void lead() const {
        inside();
        s.worker = s.setup->workers[2];
    }
    AddingWorker adding(AddStep step, std::optional<PeopleFault> fault) const {
        auto digits = must(Digits::make(s.ready), "locked memory");
        for (int i = 0; i < 4; ++i) digits.add(9, 4);
        return {std::move(digits), step, {9999}, app::store::Role::Border, {}, false, fault};
    }
    ChangingPin changing(PinStep step, std::optional<app::store::SignIn> refused) const {
        return {must(Digits::make(s.ready), "locked memory"), step, {}, false, std::nullopt, std::move(refused)};
    }
    FreshWords fresh() const {
        constexpr std::string_view longest =
            "guacamole-enchilada-cocodrilo-chocolate-macadamia-jacaranda-armadillo-universal";
        return {KeyUse::Change, 7, false,
                must(crypto::SecretBytes::copy_of(s.ready, crypto::as_bytes(longest)), "locked memory")};
    }
    /// Words taken, each with a space behind it, and letters of the next.
    EnterWords words(std::string_view taken, std::string_view letters) const {
        auto words = must(DeviceWords::make(s.ready), "locked memory");
        for (; !taken.empty(); taken.remove_prefix(taken.find(' ') + 1))
            words.type(crypto::as_bytes(taken.substr(0, taken.find(' ') + 1)));
        words.type(crypto::as_bytes(letters));
        return {7, std::move(words), false, false, std::nullopt, std::nullopt};
    }
    void first_contact(Mode mode = Mode::Assisted) const {
        inside();
        const auto asked = s.setup->bundle->forms.front();
        begin(asked, mode);
    }
    /// What was said before could not be stored.
    void unstored(std::optional<Trouble> why) const {
        first_contact();
        s.unstored.push_back({std::move(*s.screening), s.language, why});
        s.screening.reset();
    }
    /// First contact answered whole, with this age, up to what comes after its review.
    void visit(std::string_view age = "adult") const {
        first_contact();
        s.screening->consent = Consent::Given;
        answer(true);
        const auto node = *interview().find("age_group");
        const auto language = s.screening->language_id(s.language);
        if (!interview().answer(node, age, language)) stop("an age that is none");
        if (!interview().answer(*interview().find("documents"), "now", language)) stop("an answer that is none");
        s.screening->finished = true;
    }
    /// The longer form after it.
    void longer(std::string_view age = "adult") const {
        visit(age);
        const auto next = *longer_form(*s.screening, *s.setup->bundle);
        Origin origin;
        origin.record = std::string(32, 'b');
        origin.day = "2026-09-23";
        origin.today = {2026, 9, 23};
        origin.arena = must(crypto::LockedArena::make(s.ready, arena_bytes), "locked memory");
        auto started = must(start_longer(*s.screening, next, std::move(origin), s.language), "longer form");
        started.before = std::make_unique<Screening>(std::move(*s.screening));
        s.screening.emplace(std::move(started));
    }
    /// A quick flag or practice under way.
    void briefed(Purpose purpose, std::size_t worker = 0) const {
        inside();
        const auto asked = *form_for(*s.setup->bundle, purpose);
        const bool observes = purpose == Purpose::Observation || worker == 1;
        begin(asked, observes ? Mode::Observation : Mode::Assisted);
        s.screening->purpose = purpose;
        s.worker = s.screening->worker = s.setup->workers[worker];
    }
    void kinds() const { begin(form("tests/kiosk_screens/forms/kinds"), Mode::Assisted); }
    /// Two children told about, and the page that asks for a further one.
    void family(bool any = true) const {
        begin(form("tests/kiosk_screens/forms/family"), Mode::Assisted);
        const auto language = s.screening->language_id(s.language);
        const auto repeat = *interview().find("kid");
        if (any) {
            (void)interview().answer(*interview().at("kid[1]/who"), "Ana", language);
            (void)interview().answer(*interview().at("kid[1]/age"), "7", language);
            if (!interview().add(repeat)) stop("a second child");
        } else if (!interview().remove(*interview().instance_at(repeat, 1))) {
            stop("no child");
        }
        if (!interview().jump(repeat)) stop("no page that asks for more");
        s.screen = Question{};
    }
    Interview& interview() const { return s.screening->interview(); }
    /// Answers every page with its first choice, or leaves it.
    void answer(bool all) const {
        const app::session::engine::LanguageId language = s.screening->language_id(s.language);
        while (!interview().at_end()) {
            const auto node = interview().page().nodes.front();
            if (all && !interview().choices(node).empty())
                (void)interview().toggle(node, interview().choices(node).front(), language);
            if (!interview().next(language)) stop("a page that cannot be left");
        }
    }
    void to_page(std::string_view name) const {
        const auto node = interview().find(name);
        if (!node || !interview().jump(*node)) stop("no page " + std::string(name));
    }
};

Send sending() {
    Send send;
    send.places = {{"/var/lib/amparo/outbox", false, false, 64'200'000'000},
                   {"/media/kiosk/AMPARO-ENVIOS-DE-LA-SEMANA", true, false, 12'300'000},
                   {"/media/kiosk/OTRA", true, true, 0}};
    return send;
}

using Make = std::function<void(const Maker&)>;

/// Named in the order a screening meets them.
const std::vector<std::pair<std::string, Make>>& makers() {
    using std::pair;
    static const std::vector<pair<std::string, Make>> all = [] {
        std::vector<pair<std::string, Make>> m;
        const auto add = [&](std::string name, Make make) { m.emplace_back(std::move(name), std::move(make)); };
        add("starting", [](const Maker& k) { k.s.screen = Starting{}; });
        for (const auto trouble : {Trouble::WrongKey, Trouble::StoreDamaged, Trouble::SlotsLost, Trouble::LockedMemory,
                                   Trouble::NoBundle, Trouble::SealFailed})
            add("problem." + std::string(catalogue_key(trouble)), [trouble](const Maker& k) {
                k.s.screen = Problem{trouble, trouble != Trouble::LockedMemory};
            });
        add("slot", [](const Maker& k) { k.s.screen = ChoosingSlot{}; });
        add("slot.looking", [](const Maker& k) { k.s.screen = ChoosingSlot{true, std::nullopt, std::nullopt}; });
        add("slot.not_found", [](const Maker& k) { k.s.screen = ChoosingSlot{false, Trouble::NeedKey, std::nullopt}; });
        for (const std::string typed : {"", "m", "pan", "xq"})
            add("words" + (typed.empty() ? "" : "." + typed),
                [typed](const Maker& k) { k.s.screen = k.words("radio guac ", typed); });
        add("words.complete", [](const Maker& k) { k.s.screen = k.words(all_words, ""); });
        add("words.shown", [](const Maker& k) {
            auto words = k.words(all_words, "");
            words.shown = true;
            k.s.screen = std::move(words);
        });
        add("words.refused", [](const Maker& k) {
            auto words = k.words(all_words, "");
            words.refused = Trouble::WrongWords;
            k.s.screen = std::move(words);
        });
        add("words.checking", [](const Maker& k) {
            auto words = k.words(all_words, "");
            words.checking = true;
            k.s.screen = std::move(words);
        });
        add("clock", [](const Maker& k) {
            k.inside();
            k.s.screen = Clock{};
        });
        add("who", [](const Maker& k) {
            k.inside();
            k.s.worker.reset();
            k.s.screen = Who{};
        });
        add("pin", [](const Maker& k) {
            k.inside();
            EnterPin pin;
            pin.number = {314};
            pin.count = 3;
            k.s.screen = std::move(pin);
        });
        add("pin.wrong", [](const Maker& k) {
            k.inside();
            EnterPin pin;
            pin.number = {1};
            pin.refused = app::store::WrongPin{3};
            k.s.screen = std::move(pin);
        });
        add("pin.wait", [](const Maker& k) {
            k.inside();
            EnterPin pin;
            pin.number = {1};
            pin.refused = app::store::MustWait{std::chrono::seconds(890)};
            k.s.screen = std::move(pin);
        });
        add("home", [](const Maker& k) {
            k.inside();
            k.s.screen = Home{};
        });
        add("home.border", [](const Maker& k) {
            k.inside();
            k.s.worker = k.s.setup->workers[1];
            k.s.screen = Home{};
        });
        add("home.first_only", [](const Maker& k) {
            k.inside();
            auto bundle = *k.s.setup->bundle;
            bundle.forms.resize(1);
            k.s.setup->bundle = std::make_shared<const app::exchange::Bundle>(std::move(bundle));
            k.s.screen = Home{};
        });
        add("briefing.flag", [](const Maker& k) {
            k.inside();
            k.s.screen = Briefing{Purpose::Observation};
        });
        add("briefing.practice", [](const Maker& k) {
            k.inside();
            k.s.screen = Briefing{Purpose::Training};
        });
        add("home.expired", [](const Maker& k) {
            k.inside();
            k.s.setup->expired = true;
            k.s.screen = Home{};
        });
        add("home.notices", [](const Maker& k) {
            k.inside();
            k.s.setup->expired = true;
            k.s.asked_for = {{2}, {314}};
            k.unstored(Trouble::NoRoom);
            k.s.screen = Home{};
        });
        for (const bool trying : {false, true})
            add(trying ? "not_stored.trying" : "not_stored", [trying](const Maker& k) {
                k.inside();
                k.unstored(trying ? std::nullopt : std::optional(Trouble::NoRoom));
                k.s.screen = NotStored{};
            });
        add("wants_to_talk", [](const Maker& k) {
            k.inside();
            k.s.screen = WantsToTalk{};
        });
        add("language", [](const Maker& k) {
            k.inside();
            k.s.screen = PickingLanguage{};
        });
        add("interpreter", [](const Maker& k) {
            k.inside();
            k.s.screen = Interpreter{};
        });
        add("privacy", [](const Maker& k) {
            k.inside();
            k.s.screen = Privacy{};
        });
        add("not_now", [](const Maker& k) {
            k.inside();
            k.s.screen = NotNow{};
        });
        add("mode", [](const Maker& k) {
            k.inside();
            k.s.screen = ChoosingMode{};
        });
        add("mode.border", [](const Maker& k) {
            k.inside();
            k.s.worker = k.s.setup->workers[1];
            k.s.screen = ChoosingMode{};
        });
        add("consent", [](const Maker& k) {
            k.inside();
            k.s.screen = AskingConsent{};
        });
        add("consent.private", [](const Maker& k) {
            k.inside();
            k.s.mode = Mode::Private;
            k.s.screen = AskingConsent{};
        });
        add("declined", [](const Maker& k) {
            k.inside();
            k.s.screen = DeclinedKindly{};
        });
        for (const std::string name : {"danger_now", "with_whom", "forced"})
            add("question." + name, [name](const Maker& k) {
                k.first_contact();
                k.to_page(name);
                const auto node = k.interview().page().nodes.front();
                (void)k.interview().toggle(node, k.interview().choices(node).front(),
                                           k.s.screening->language_id(k.s.language));
                k.s.screen = Question{};
            });
        for (const std::string name : {"intro", "story", "years", "first_name", "agree"})
            add("kinds." + name, [name](const Maker& k) {
                k.kinds();
                k.to_page(name);
                k.s.screen = Question{};
            });
        add("question.refused", [](const Maker& k) {
            k.kinds();
            k.to_page("years");
            Question question;
            question.refused = app::session::engine::RefusalKind::NotANumber;
            question.refused_at = k.interview().page().nodes.front();
            k.s.screen = std::move(question);
        });
        add("more", [](const Maker& k) { k.family(); });
        add("more.none", [](const Maker& k) { k.family(false); });
        add("more.no_room", [](const Maker& k) {
            k.family();
            std::get<Question>(k.s.screen).refused = app::session::engine::RefusalKind::TooMany;
        });
        add("more.removing", [](const Maker& k) {
            k.family();
            std::get<Question>(k.s.screen).removing = k.interview().at("kid[1]");
        });
        add("more.inside", [](const Maker& k) {
            k.family();
            if (!k.interview().jump(*k.interview().at("kid[2]/who"))) stop("no second child");
        });
        add("review.repeat", [](const Maker& k) {
            k.family();
            k.answer(false);
            k.s.screen = Review{};
        });
        add("question.seen", [](const Maker& k) {
            k.briefed(Purpose::Observation, 1);
            k.to_page("beside");
            k.s.screen = Question{};
        });
        add("question.practice", [](const Maker& k) {
            k.briefed(Purpose::Training);
            k.to_page("crew");
            k.s.screen = Question{};
        });
        for (const std::string age : {"adult", "teen"})
            add("question.longer." + age, [age](const Maker& k) {
                k.longer(age);
                k.s.screen = Question{};
            });
        add("question.assent", [](const Maker& k) {
            k.longer("teen");
            k.to_page("assent");
            k.s.screen = Question{};
        });
        add("review", [](const Maker& k) {
            k.first_contact();
            k.answer(true);
            k.s.screen = Review{};
        });
        add("review.skipped", [](const Maker& k) {
            k.first_contact();
            k.answer(false);
            k.s.screen = Review{};
        });
        add("notify", [](const Maker& k) {
            k.first_contact(Mode::Private);
            k.answer(true);
            k.s.screen = AskingNotify{};
        });
        for (const std::string age : {"adult", "teen"})
            add("longer." + age, [age](const Maker& k) {
                k.visit(age);
                k.s.screen = AskingLonger{};
            });
        add("longer.untrained", [](const Maker& k) {
            k.visit("teen");
            k.s.worker = k.s.screening->worker = k.s.setup->workers[2];
            k.s.screen = AskingLonger{};
        });
        add("longer.sealing", [](const Maker& k) {
            k.visit();
            k.s.screen = AskingLonger{true};
        });
        add("longer.trouble", [](const Maker& k) {
            k.visit();
            k.s.seal_trouble = Trouble::NoRoom;
            k.s.screen = AskingLonger{};
        });
        add("person.practice", [](const Maker& k) {
            k.briefed(Purpose::Training);
            k.s.screen = ForPerson{};
        });
        add("person", [](const Maker& k) {
            k.first_contact();
            k.answer(true);
            k.s.screen = ForPerson{};
        });
        add("result", [](const Maker& k) {
            k.first_contact();
            k.answer(true);
            k.s.screen = ForWorker{};
        });
        add("result.nothing", [](const Maker& k) {
            k.first_contact();
            k.answer(false);
            k.s.screening->raised = Raised{app::session::engine::ReadingKind::Harm, app::session::engine::Level::Some,
                                           RaiseReason::OtherSource};
            k.s.screen = ForWorker{};
        });
        for (const std::string age : {"adult", "teen"})
            add("result.both." + age, [age](const Maker& k) {
                k.longer(age);
                k.answer(true);
                k.s.screen = ForWorker{};
            });
        add("result.seen", [](const Maker& k) {
            k.briefed(Purpose::Observation);
            k.answer(true);
            k.s.screen = ForWorker{};
        });
        add("result.seen.nothing", [](const Maker& k) {
            k.briefed(Purpose::Observation);
            k.answer(false);
            k.s.screen = ForWorker{};
        });
        add("result.border", [](const Maker& k) {
            k.briefed(Purpose::Observation, 1);
            k.answer(true);
            k.s.screen = ForWorker{};
        });
        add("result.practice", [](const Maker& k) {
            k.briefed(Purpose::Training);
            k.answer(true);
            k.s.screen = ForWorker{};
        });
        add("raise", [](const Maker& k) {
            k.first_contact();
            k.answer(false);
            k.s.screen = Raising{};
        });
        add("sealing", [](const Maker& k) {
            k.first_contact();
            k.s.screen = Sealing{};
        });
        add("sealed", [](const Maker& k) {
            k.inside();
            k.s.screen = SealedScreen{std::string(code)};
        });
        add("sealed.flag", [](const Maker& k) {
            k.inside();
            k.s.screen = SealedScreen{std::string(code), Purpose::Observation};
        });
        add("sealed.practice", [](const Maker& k) {
            k.inside();
            k.s.screen = SealedScreen{std::string(code), Purpose::Training};
        });
        add("leave.noted", [](const Maker& k) {
            k.briefed(Purpose::Observation);
            k.s.screen = Leaving{};
        });
        for (const bool erased : {false, true})
            add(erased ? "erased.noted" : "kept.noted", [erased](const Maker& k) {
                k.inside();
                k.s.screen = Told{erased, Purpose::Observation};
            });
        add("leave", [](const Maker& k) {
            k.first_contact();
            k.s.screen = Leaving{};
        });
        add("kept", [](const Maker& k) {
            k.inside();
            k.s.screen = Told{false};
        });
        add("erased", [](const Maker& k) {
            k.inside();
            k.s.screen = Told{true};
        });
        add("idle", [](const Maker& k) {
            k.first_contact();
            k.s.screen = IdleWarning{};
        });
        add("send", [](const Maker& k) {
            k.inside();
            k.s.screen = sending();
        });
        add("send.empty", [](const Maker& k) {
            k.inside();
            k.s.setup->counts = {};
            k.s.screen = Send{};
        });
        add("send.no_place", [](const Maker& k) {
            k.inside();
            k.s.screen = Send{};
        });
        add("send.again", [](const Maker& k) {
            k.inside();
            k.s.setup->counts.waiting = 0;
            k.s.screen = sending();
        });
        add("send.failed", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.failed = SendFault::Full;
            k.s.screen = std::move(send);
        });
        add("send.working", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.working = true;
            send.done = 734'003;
            send.total = 2'097'152;
            k.s.screen = std::move(send);
        });
        add("send.stopping", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.working = send.stopping = true;
            send.done = 734'003;
            send.total = 2'097'152;
            k.s.screen = std::move(send);
        });
        add("send.stopped", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.failed = SendFault::Cancelled;
            k.s.screen = std::move(send);
        });
        add("send.done", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.sent = Sent{"b-0123456789abcdef.age", 1'048'576, 12, {}};
            k.s.screen = std::move(send);
        });
        add("settings", [](const Maker& k) {
            k.inside();
            k.s.screen = Settings{};
        });
        add("settings.pin_changed", [](const Maker& k) {
            k.inside();
            k.s.screen = Settings{true};
        });
        add("not_allowed", [](const Maker& k) {
            k.inside();
            k.s.screen = NotAllowed{};
        });
        add("people", [](const Maker& k) {
            k.lead();
            k.s.screen = People{};
        });
        add("people.added", [](const Maker& k) {
            k.lead();
            k.s.screen = People{app::store::WorkerNumber{9999}, std::nullopt};
        });
        add("people.removed", [](const Maker& k) {
            k.lead();
            k.s.screen = People{std::nullopt, app::store::WorkerNumber{9999}};
        });
        for (const auto step : {AddStep::Number, AddStep::Role, AddStep::Pin, AddStep::Again})
            add("people.add." + std::to_string(static_cast<int>(step)), [step](const Maker& k) {
                k.lead();
                k.s.screen = k.adding(step, std::nullopt);
            });
        for (const auto fault : {PeopleFault::Taken, PeopleFault::Differ, PeopleFault::NoRoom})
            add("people.add.fault." + std::to_string(static_cast<int>(fault)), [fault](const Maker& k) {
                k.lead();
                k.s.screen = k.adding(fault == PeopleFault::Taken ? AddStep::Number : AddStep::Pin, fault);
            });
        add("people.add.saving", [](const Maker& k) {
            k.lead();
            auto adding = k.adding(AddStep::Pin, std::nullopt);
            adding.working = true;
            k.s.screen = std::move(adding);
        });
        add("people.remove", [](const Maker& k) {
            k.lead();
            k.s.screen = RemovingWorker{k.s.setup->workers[1], false, std::nullopt};
        });
        add("people.remove.last", [](const Maker& k) {
            k.lead();
            k.s.screen = RemovingWorker{k.s.setup->workers[2], false, PeopleFault::LastLead};
        });
        add("people.remove.saving", [](const Maker& k) {
            k.lead();
            k.s.screen = RemovingWorker{k.s.setup->workers[1], true, std::nullopt};
        });
        for (const auto step : {PinStep::Current, PinStep::Pin, PinStep::Again})
            add("own_pin." + std::to_string(static_cast<int>(step)), [step](const Maker& k) {
                k.inside();
                k.s.screen = k.changing(step, std::nullopt);
            });
        add("own_pin.wrong", [](const Maker& k) {
            k.inside();
            k.s.screen = k.changing(PinStep::Current, app::store::WrongPin{2});
        });
        add("own_pin.wait", [](const Maker& k) {
            k.inside();
            k.s.screen = k.changing(PinStep::Current, app::store::MustWait{std::chrono::seconds(890)});
        });
        add("keys", [](const Maker& k) {
            k.lead();
            k.s.screen = DeviceKeys{};
        });
        for (const auto refused : {Trouble::NeedKey, Trouble::WrongKey, Trouble::NoSlot})
            add("keys.proof." + std::to_string(static_cast<int>(refused)), [refused](const Maker& k) {
                k.lead();
                k.s.screen = ChoosingSlot{false, refused, KeyUse::Add};
            });
        add("keys.proof.words", [](const Maker& k) {
            k.lead();
            auto words = k.words("radio guac ", "pan");
            words.proof = KeyUse::Change;
            k.s.screen = std::move(words);
        });
        add("keys.proof.checking", [](const Maker& k) {
            k.lead();
            auto words = k.words(all_words, "");
            words.proof = KeyUse::Change;
            words.checking = true;
            k.s.screen = std::move(words);
        });
        add("keys.new", [](const Maker& k) {
            k.lead();
            k.s.screen = NewWords{k.fresh()};
        });
        add("keys.repeat", [](const Maker& k) {
            k.lead();
            k.s.screen = RepeatWords{k.fresh(), k.words("radio guac ", "pan")};
        });
        add("keys.repeat.differ", [](const Maker& k) {
            k.lead();
            auto words = k.words(all_words, "");
            words.refused = Trouble::OtherWords;
            k.s.screen = RepeatWords{k.fresh(), std::move(words)};
        });
        add("keys.saving", [](const Maker& k) {
            k.lead();
            k.s.screen = SavingWords{};
        });
        for (const bool by_key : {false, true})
            add(by_key ? "keys.changed.key" : "keys.changed", [by_key](const Maker& k) {
                k.lead();
                k.s.screen = KeysTold{KeyUse::Change, 7, by_key, std::nullopt};
            });
        add("keys.added", [](const Maker& k) {
            k.lead();
            k.s.screen = KeysTold{KeyUse::Add, 7, false, std::nullopt};
        });
        for (const auto why : {Trouble::NoRoom, Trouble::NeedKey, Trouble::KeysUnsure})
            add("keys.failed." + std::to_string(static_cast<int>(why)), [why](const Maker& k) {
                k.lead();
                k.s.screen = KeysTold{KeyUse::Change, 0, false, why};
            });
        return m;
    }();
    return all;
}

}  // namespace

const std::vector<std::string>& names() {
    static const std::vector<std::string> all = [] {
        std::vector<std::string> list;
        for (const auto& [name, make] : makers()) list.push_back(name);
        return list;
    }();
    return all;
}

State state_of(crypto::SodiumReady ready, std::string_view name) {
    State state(ready);
    for (const auto& [known, make] : makers())
        if (known == name) {
            make(Maker{state});
            return state;
        }
    stop("no screen " + std::string(name));
}

locales::Translator words(std::string_view language) {
    if (language != "qps")
        return locales::Translator::built_in(language == "es" ? locales::Language::Es : locales::Language::En);
    const auto english = must(locales::Catalogue::parse(locales::shipped(locales::Language::En)), "catalogue");
    const auto pseudo = locales_test::pseudo_locale(english);
    return must(locales::Translator::make(pseudo, pseudo, locales::Language::En), "pseudo-language");
}

Stage::Stage()
    : window_({.width = 412, .height = 915, .scale = 1.0F}),
      ready_(must(crypto::SodiumReady::init(), "libsodium")),
      fonts_(must(app::platform::find_fonts(), "fonts")),
      ui_(must(app::ui::Ui::make(ready_, fonts_), "interface")) {}

app::platform::Picture Stage::draw(const State& state, const locales::Translator& texts) {
    app::kiosk::screens::Events said;
    ui_->forget();
    ui_->invalidate();
    window_.poll();
    const auto picture = ui_->frame(window_.metrics(), window_.events(), window_.now(), [&](app::ui::Ui& ui) {
        app::kiosk::screens::draw(ui, state, {texts, "0.1.0"}, said);
        return false;
    });
    if (!picture) stop("no frame");
    return *picture;
}

app::kiosk::screens::Events Stage::tap(const State& state, const locales::Translator& texts, std::string_view key) {
    app::kiosk::screens::Events said;
    const auto* widget = ui_->trace().find(key);
    if (widget == nullptr) stop("no widget " + std::string(key));
    const float scale = window_.metrics().scale;
    const app::platform::Point at{(widget->visible.x + widget->visible.w / 2) * scale,
                                  (widget->visible.y + widget->visible.h / 2) * scale};
    for (const auto phase : {app::platform::PointerPhase::press, app::platform::PointerPhase::release}) {
        window_.advance(std::chrono::milliseconds(400));
        window_.events().push({window_.now(), app::platform::PointerEvent{phase, at}});
        (void)ui_->frame(window_.metrics(), window_.events(), window_.now(), [&](app::ui::Ui& ui) {
            app::kiosk::screens::draw(ui, state, {texts, "0.1.0"}, said);
            return false;
        });
    }
    return said;
}

}  // namespace stage
