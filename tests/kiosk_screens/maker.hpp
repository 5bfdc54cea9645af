// Builds the states that the screens are drawn in, by hand.
#pragma once

#include <array>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>

#include "app/exchange/bundle_parts.hpp"
#include "app/session/visit/visit.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "tests/kiosk_screens/stage.hpp"
#include "tests/locales/pseudo.hpp"

namespace stage {

using namespace app::session;
using app::session::engine::Interview;

inline constexpr std::string_view all_words = "guac tort choco trop jaca macad zarz armad ";
inline constexpr std::string_view code = "sombrero-electron-cocodrilo-482";

[[noreturn]] inline void stop(const std::string& what) {
    std::cerr << "stage: " << what << "\n";
    std::abort();
}

template <class T>
auto must(T&& result, const char* what) {
    if (!result) stop(what);
    return std::move(*result);
}

inline std::filesystem::path source(std::string_view path) {
    return std::filesystem::path(AMPARO_SOURCE_DIR) / path;
}

inline crypto::Bytes bytes_of(const std::filesystem::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), {});
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

inline app::exchange::BundleForm form(const char* folder) {
    const auto book = must(questionnaires::workbook::read_folder(source(folder)), folder);
    auto loaded = questionnaires::engine::load(book);
    if (!loaded) stop(questionnaires::engine::to_text(loaded.error().front()));
    return {std::string((*loaded)->id()), *loaded, {}};
}

/// A key whose secret nobody here needs.
inline crypto::Bytes base_point() {
    crypto::Bytes point(32);
    point[0] = std::byte{9};
    return point;
}

inline Setup setup() {
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
        {{1}, app::model::Role::Shelter}, {{2}, app::model::Role::Border}, {{314}, app::model::Role::ShiftLead}};
    made.device = "8436f09f8436f09f8436f09f8436f09f";
    made.fingerprint = "omega-fauna-cocodrilo-anorak-zucchini-electron-glacial-nova";
    made.counts = {12, 34, 7, 5, 1204};
    made.keys = {0, 1, 2, 3, 7};
    return made;
}

/// The bundle in force says that nobody trusts this device any more.
inline void revoke_this(State& state) {
    auto bundle = *state.setup->bundle;
    bundle.revoked = {state.setup->device};
    state.setup->bundle = std::make_shared<const app::exchange::Bundle>(std::move(bundle));
}

struct Maker {
    State& s;

    void inside() const {
        s.setup = setup();
        s.worker = s.setup->workers.front();
        s.now.local = std::chrono::minutes(14 * 60 + 32);
        s.now.local_day = std::chrono::year(2026) / 9 / 23;
    }
    /// A programme's key is pinned on the device.
    void verified() const { s.programme = "omega-fauna-cocodrilo-anorak-zucchini-electron-glacial-nova"; }
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
    AddingWorker adding(AddStep step, std::optional<PeopleError> error) const {
        auto digits = must(Digits::make(s.ready), "locked memory");
        for (int i = 0; i < 4; ++i) digits.add(9, 4);
        return {std::move(digits), step, {9999}, app::model::Role::Border, {}, error};
    }
    ChangingPin changing(PinStep step, std::optional<app::model::SignIn> refused) const {
        return {must(Digits::make(s.ready), "locked memory"), step, {}, std::nullopt, std::move(refused)};
    }
    [[nodiscard]] FreshWords fresh() const {
        constexpr std::string_view longest =
            "guacamole-enchilada-cocodrilo-chocolate-macadamia-jacaranda-armadillo-universal";
        return {KeyUse::Change, 7, false,
                must(crypto::SecretBytes::copy_of(s.ready, crypto::as_bytes(longest)), "locked memory")};
    }
    /// Words taken, each with a space behind it, and letters of the next.
    [[nodiscard]] EnterWords words(std::string_view taken, std::string_view letters) const {
        auto words = must(DeviceWords::make(s.ready), "locked memory");
        for (; !taken.empty(); taken.remove_prefix(taken.find(' ') + 1))
            words.type(crypto::as_bytes(taken.substr(0, taken.find(' ') + 1)));
        words.type(crypto::as_bytes(letters));
        return {7, std::move(words), false, std::nullopt, std::nullopt};
    }
    void first_contact(Mode mode = Mode::Assisted) const {
        inside();
        const auto asked = s.setup->bundle->forms.front();
        begin(asked, mode);
    }
    /// What was said before could not be stored.
    void unstored(std::optional<DeviceError> why) const {
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
    [[nodiscard]] Interview& interview() const { return s.screening->interview(); }
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

inline Send sending() {
    Send send;
    send.places = {{"/var/lib/amparo/outbox", false, false, 64'200'000'000},
                   {"/media/kiosk/AMPARO-ENVIOS-DE-LA-SEMANA", true, false, 12'300'000},
                   {"/media/kiosk/OTRA", true, true, 0}};
    return send;
}

using Make = std::function<void(const Maker&)>;
using Add = std::function<void(std::string name, Make make)>;

/// Unlocking, people and keys: what belongs to the device.
void add_device_states(const Add& add);
void add_enrol_states(const Add& add);
void add_worker_states(const Add& add);
void add_receive_states(const Add& add);

}  // namespace stage
