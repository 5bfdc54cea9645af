#include "tests/kiosk_screens/maker.hpp"

namespace stage {
namespace {

/// Named in the order a screening meets them.
const std::vector<std::pair<std::string, Make>>& makers() {
    using std::pair;
    static const std::vector<pair<std::string, Make>> all = [] {
        std::vector<pair<std::string, Make>> m;
        const auto add = [&](std::string name, Make make) { m.emplace_back(std::move(name), std::move(make)); };
        add_worker_states(add);
        add("wants_to_talk", [](const Maker& k) {
            k.inside();
            k.s.screen = WantsToTalk{};
        });
        add("wants_to_talk.minor", [](const Maker& k) {
            k.inside();
            k.s.screen = WantsToTalk{true};
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
        add("consent.kept", [](const Maker& k) {
            k.inside();
            k.s.screen = AskingConsent{1};
        });
        add("consent.free", [](const Maker& k) {
            k.inside();
            k.s.screen = AskingConsent{2};
        });
        add("consent.private", [](const Maker& k) {
            k.inside();
            k.s.mode = Mode::Private;
            k.s.screen = AskingConsent{};
        });
        add("consent.border", [](const Maker& k) {
            k.inside();
            k.s.worker = k.s.setup->workers[1];
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
        add("question.saving", [](const Maker& k) {
            k.first_contact();
            k.s.screen = Question{};
            k.s.screen.pending = Pending::SealPage;
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
            k.s.screen = AskingLonger{};
            k.s.screen.pending = Pending::SealRecord;
        });
        add("longer.error", [](const Maker& k) {
            k.visit();
            k.s.seal_error = DeviceError::NoRoom;
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
            send.failed = SendError::Full;
            k.s.screen = std::move(send);
        });
        add("send.working", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.done = 734'003;
            send.total = 2'097'152;
            k.s.screen = std::move(send);
            k.s.screen.pending = Pending::Export;
        });
        add("send.stopping", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.done = 734'003;
            send.total = 2'097'152;
            k.s.screen = std::move(send);
            k.s.screen.pending = Pending::StopExport;
        });
        add("send.stopped", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.failed = SendError::Cancelled;
            k.s.screen = std::move(send);
        });
        add("send.done", [](const Maker& k) {
            k.inside();
            auto send = sending();
            send.sent = Sent{"b-0123456789abcdef.age", 1'048'576, 12, {}};
            k.s.screen = std::move(send);
        });
        add_device_states(add);
        add_receive_states(add);
        add_enrol_states(add);
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

}  // namespace stage
