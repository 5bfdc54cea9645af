// Every event on every screen: what the table lists leads where it says, everything else changes nothing and loses
// nothing.
#include <map>
#include <set>

#include "tests/session/ways.hpp"

using namespace test;

namespace {

using Arrow = std::pair<std::string_view, std::string_view>;

/// Screen and event -> next screen. What is not here stays where it is.
const std::map<Arrow, std::string_view>& table() {
    static const std::map<Arrow, std::string_view> arrows{
        {{"Starting", "Unlocked"}, "Who"},
        {{"Starting", "UnlockFailed"}, "Problem"},
        {{"Starting", "EffectFailed"}, "Problem"},
        {{"Problem", "Retry"}, "Starting"},
        {{"Problem", "UseWords"}, "ChoosingSlot"},
        {{"ChoosingSlot", "ChooseSlot"}, "EnterWords"},
        {{"EnterWords", "Back"}, "ChoosingSlot"},
        {{"Who", "ChooseWorker"}, "EnterPin"},
        {{"Who", "QuickExit"}, "Clock"},
        {{"EnterPin", "Back"}, "Who"},
        {{"EnterPin", "Leave"}, "Clock"},
        {{"EnterPin", "QuickExit"}, "Clock"},
        {{"EnterPin", "EffectFailed"}, "Problem"},
        {{"Home", "NewScreening"}, "PickingLanguage"},
        {{"Home", "QuickFlag"}, "Briefing"},
        {{"Home", "Train"}, "Briefing"},
        {{"Home", "OpenSend"}, "Send"},
        {{"Home", "OpenSettings"}, "Settings"},
        {{"Home", "Leave"}, "Clock"},
        {{"Home", "QuickExit"}, "Clock"},
        {{"Briefing", "Back"}, "Home"},
        {{"Briefing", "Leave"}, "Clock"},
        {{"Briefing", "QuickExit"}, "Clock"},
        {{"NotStored", "Next"}, "Home"},
        {{"NotStored", "Sealed"}, "Home"},
        {{"NotStored", "Leave"}, "Clock"},
        {{"NotStored", "QuickExit"}, "Clock"},
        {{"NotStored", "CloseWindow"}, "Clock"},
        {{"PickingLanguage", "PickLanguage"}, "Privacy"},
        {{"PickingLanguage", "NeedInterpreter"}, "Interpreter"},
        {{"PickingLanguage", "Back"}, "Home"},
        {{"PickingLanguage", "Leave"}, "Clock"},
        {{"PickingLanguage", "QuickExit"}, "Clock"},
        {{"Interpreter", "Back"}, "PickingLanguage"},
        {{"Interpreter", "Leave"}, "Clock"},
        {{"Interpreter", "QuickExit"}, "Clock"},
        {{"Privacy", "SayPrivacy"}, "ChoosingMode"},
        {{"Privacy", "Back"}, "PickingLanguage"},
        {{"Privacy", "Leave"}, "Clock"},
        {{"Privacy", "QuickExit"}, "Clock"},
        {{"NotNow", "Next"}, "Home"},
        {{"NotNow", "Back"}, "Home"},
        {{"NotNow", "Leave"}, "Clock"},
        {{"NotNow", "QuickExit"}, "Clock"},
        {{"ChoosingMode", "ChooseMode"}, "AskingConsent"},
        {{"ChoosingMode", "Back"}, "Privacy"},
        {{"ChoosingMode", "Leave"}, "Clock"},
        {{"ChoosingMode", "QuickExit"}, "Clock"},
        {{"AskingConsent", "SayConsent"}, "DeclinedKindly"},
        {{"AskingConsent", "Back"}, "ChoosingMode"},
        {{"AskingConsent", "Leave"}, "Clock"},
        {{"AskingConsent", "QuickExit"}, "Clock"},
        {{"DeclinedKindly", "Next"}, "Home"},
        {{"DeclinedKindly", "Leave"}, "Clock"},
        {{"DeclinedKindly", "QuickExit"}, "Clock"},
        {{"Question", "Leave"}, "Leaving"},
        {{"Question", "QuickExit"}, "Clock"},
        {{"Question", "CloseWindow"}, "Clock"},
        {{"Review", "Back"}, "Question"},
        {{"Review", "JumpTo"}, "Question"},
        {{"Review", "FinishReview"}, "ForPerson"},
        {{"Review", "Leave"}, "Leaving"},
        {{"Review", "QuickExit"}, "Clock"},
        {{"Review", "CloseWindow"}, "Clock"},
        {{"AskingNotify", "SayNotify"}, "ForPerson"},
        {{"AskingNotify", "Leave"}, "Leaving"},
        {{"AskingNotify", "QuickExit"}, "Clock"},
        {{"AskingNotify", "CloseWindow"}, "Clock"},
        {{"AskingLonger", "SayLonger"}, "ForPerson"},
        {{"AskingLonger", "Leave"}, "Leaving"},
        {{"AskingLonger", "QuickExit"}, "Clock"},
        {{"AskingLonger", "CloseWindow"}, "Clock"},
        {{"ForPerson", "PersonDone"}, "ForWorker"},
        {{"ForPerson", "Leave"}, "Leaving"},
        {{"ForPerson", "QuickExit"}, "Clock"},
        {{"ForPerson", "CloseWindow"}, "Clock"},
        {{"ForWorker", "OpenRaise"}, "Raising"},
        {{"ForWorker", "SealNow"}, "Sealing"},
        {{"ForWorker", "Leave"}, "Leaving"},
        {{"ForWorker", "QuickExit"}, "Clock"},
        {{"ForWorker", "CloseWindow"}, "Clock"},
        {{"Raising", "ChooseRaise"}, "ForWorker"},
        {{"Raising", "Back"}, "ForWorker"},
        {{"Raising", "Leave"}, "Leaving"},
        {{"Raising", "QuickExit"}, "Clock"},
        {{"Raising", "CloseWindow"}, "Clock"},
        {{"Sealing", "Sealed"}, "SealedScreen"},
        {{"Sealing", "SealFailed"}, "Problem"},
        {{"Sealing", "QuickExit"}, "Clock"},
        {{"Sealing", "CloseWindow"}, "Clock"},
        {{"SealedScreen", "HandBack"}, "Clock"},
        {{"SealedScreen", "GoHome"}, "Home"},
        {{"SealedScreen", "Leave"}, "Clock"},
        {{"SealedScreen", "QuickExit"}, "Clock"},
        {{"Leaving", "Back"}, "Question"},
        {{"Leaving", "StayHere"}, "Question"},
        {{"Leaving", "KeepWhatWasSaid"}, "Sealing"},
        {{"Leaving", "QuickExit"}, "Clock"},
        {{"Leaving", "CloseWindow"}, "Clock"},
        {{"Told", "Next"}, "Clock"},
        {{"Told", "Leave"}, "Clock"},
        {{"Told", "QuickExit"}, "Clock"},
        {{"WantsToTalk", "Next"}, "Home"},
        {{"WantsToTalk", "Leave"}, "Clock"},
        {{"WantsToTalk", "QuickExit"}, "Clock"},
        {{"Clock", "TouchClock"}, "Who"},
        {{"IdleWarning", "Touched"}, "Question"},
        {{"IdleWarning", "StayHere"}, "Question"},
        {{"IdleWarning", "Leave"}, "Leaving"},
        {{"IdleWarning", "QuickExit"}, "Clock"},
        {{"IdleWarning", "CloseWindow"}, "Clock"},
        {{"Send", "Back"}, "Home"},
        {{"Send", "Leave"}, "Clock"},
        {{"Send", "QuickExit"}, "Clock"},
        {{"Settings", "Back"}, "Home"},
        {{"Settings", "Leave"}, "Clock"},
        {{"Settings", "QuickExit"}, "Clock"},
        {{"Settings", "OpenPeople"}, "NotAllowed"},
        {{"Settings", "OpenAudit"}, "NotAllowed"},
        {{"Settings", "OpenOwnPin"}, "ChangingPin"},
        {{"Settings", "OpenDeviceKeys"}, "NotAllowed"},
        {{"Starting", "UnlockedWithoutBundle"}, "BundleLost"},
        {{"BundleLost", "OpenSend"}, "Send"},
        {{"RepairedScreen", "Next"}, "Who"},
        {{"RepairedScreen", "QuickExit"}, "Clock"},
        {{"AuditList", "Back"}, "Settings"},
        {{"AuditList", "Leave"}, "Clock"},
        {{"AuditList", "QuickExit"}, "Clock"},
        {{"DeviceKeys", "ChangeWords"}, "ChoosingSlot"},
        {{"DeviceKeys", "AddWords"}, "ChoosingSlot"},
        {{"DeviceKeys", "Back"}, "Settings"},
        {{"DeviceKeys", "Leave"}, "Clock"},
        {{"DeviceKeys", "QuickExit"}, "Clock"},
        {{"NewWords", "WroteWords"}, "RepeatWords"},
        {{"NewWords", "Back"}, "DeviceKeys"},
        {{"NewWords", "Leave"}, "Clock"},
        {{"NewWords", "QuickExit"}, "Clock"},
        {{"RepeatWords", "Back"}, "NewWords"},
        {{"RepeatWords", "Leave"}, "Clock"},
        {{"RepeatWords", "QuickExit"}, "Clock"},
        {{"SavingWords", "KeysSaved"}, "KeysTold"},
        {{"SavingWords", "KeysFailed"}, "KeysTold"},
        {{"SavingWords", "Leave"}, "Clock"},
        {{"SavingWords", "QuickExit"}, "Clock"},
        {{"KeysTold", "Next"}, "DeviceKeys"},
        {{"KeysTold", "Back"}, "DeviceKeys"},
        {{"KeysTold", "Leave"}, "Clock"},
        {{"KeysTold", "QuickExit"}, "Clock"},
        {{"NotAllowed", "Back"}, "Settings"},
        {{"NotAllowed", "Leave"}, "Clock"},
        {{"NotAllowed", "QuickExit"}, "Clock"},
        {{"People", "AddWorker"}, "AddingWorker"},
        {{"People", "RemoveWorker"}, "RemovingWorker"},
        {{"People", "Back"}, "Settings"},
        {{"People", "Leave"}, "Clock"},
        {{"People", "QuickExit"}, "Clock"},
        {{"AddingWorker", "Back"}, "People"},
        {{"AddingWorker", "Leave"}, "Clock"},
        {{"AddingWorker", "QuickExit"}, "Clock"},
        {{"RemovingWorker", "Back"}, "People"},
        {{"RemovingWorker", "Leave"}, "Clock"},
        {{"RemovingWorker", "QuickExit"}, "Clock"},
        {{"ChangingPin", "Back"}, "Settings"},
        {{"ChangingPin", "Leave"}, "Clock"},
        {{"ChangingPin", "QuickExit"}, "Clock"},
    };
    return arrows;
}

std::string answers(const session::Screening& screening) {
    std::string all;
    for (const auto& answer : screening.interview().answers())
        all += std::string(answer.name) + "=" + std::string(answer.value) + ";";
    return all;
}

/// Every answer of the open interview, as text.
std::string answers(const session::State& state) {
    return state.screening ? answers(*state.screening) : std::string();
}

/// The same of what is not open any more and not stored yet.
std::string unstored_answers(const session::State& state) {
    std::string all;
    for (const auto& one : state.unstored) all += answers(one.screening);
    return all;
}

}  // namespace

TEST_CASE("Every screen there is has a way to it in the table") {
    std::set<std::string_view> reached;
    for (const auto& [name, go] : screens()) {
        Rig rig;
        go(rig);
        CHECK(rig.screen() == name);
        reached.insert(rig.screen());
    }
    CHECK(reached.size() == std::variant_size_v<session::Screen::variant>);
}

TEST_CASE("The list of events has every event there is") {
    Rig rig;
    std::set<std::size_t> kinds;
    for (const auto& event : events(rig)) kinds.insert(event.index());
    CHECK(kinds.size() == std::variant_size_v<session::Event::variant>);
}

TEST_CASE("Every event on every screen leads where the table says and nowhere else") {
    for (const auto& [name, go] : screens()) {
        const auto total = [&, &reach = go] {
            Rig rig;
            reach(rig);
            return events(rig).size();
        }();
        for (std::size_t i = 0; i < total; ++i) {
            Rig rig;
            go(rig);
            auto event = std::move(events(rig).at(i));
            const auto what = name_of(event);
            const auto found = table().find({name, what});
            const auto expected = found == table().end() ? name : found->second;
            rig.send(std::move(event));
            INFO(name << " + " << what);
            CHECK(rig.screen() == expected);
        }
    }
}

TEST_CASE("No event on any screen loses an answer that is not on its way to the seal or to being erased") {
    for (const auto& [name, go] : screens()) {
        std::size_t total = 0;
        {
            Rig rig;
            go(rig);
            total = events(rig).size();
        }
        for (std::size_t i = 0; i < total; ++i) {
            Rig rig;
            go(rig);
            auto event = std::move(events(rig).at(i));
            const auto what = name_of(event);
            const bool was_open = rig.state.screening.has_value();
            const bool was_sealing = name == "Sealing";
            const auto before = answers(rig.state);
            const auto unstored_before = unstored_answers(rig.state);
            rig.effects.clear();
            rig.send(std::move(event));
            INFO(name << " + " << what);
            if (was_open && !rig.state.screening) {
                const bool handed_over = rig.count<session::SealRecord>() + rig.count<session::Withdraw>() == 1;
                const bool all_stored = was_sealing && what == "Sealed";
                const bool kept = unstored_answers(rig.state) == before;
                CHECK((all_stored || (kept && (handed_over || was_sealing))));
            } else if (was_open && what != "TapChoice" && what != "TypeText" && what != "SayState") {
                CHECK(answers(rig.state) == before);
            } else if (!was_open && what != "Sealed") {
                CHECK(unstored_answers(rig.state) == unstored_before);
            }
        }
    }
}

TEST_CASE("A yes to the consent begins nothing on any page but the last, in any mode; a no is heard on each") {
    struct Way {
        store::Role role;
        session::Mode mode;
    };
    for (const auto& [role, mode] :
         {Way{store::Role::Shelter, session::Mode::Assisted}, Way{store::Role::Shelter, session::Mode::Private},
          Way{store::Role::Border, session::Mode::Private}})
        for (std::size_t page = 0; page < session::consent_pages; ++page) {
            INFO("page " << page);
            const bool last = page + 1 == session::consent_pages;
            const auto stand = [&, mode = mode](Rig& rig) {
                rig.ask_consent(mode);
                for (std::size_t read = 0; read < page; ++read) rig.send(session::Next{});
            };
            Rig yes(role);
            stand(yes);
            yes.send(session::SayConsent{true});
            CHECK(yes.count<session::Prepare>() == (last ? 1 : 0));
            yes.send(session::Prepared{origin()});
            CHECK(yes.screen() == (last ? "Question" : "AskingConsent"));
            CHECK(yes.state.screening.has_value() == last);
            if (!last) {
                CHECK(std::get<session::AskingConsent>(yes.state.screen).page == page);
                // Whoever went back reads on to the end again.
                Rig back(role);
                back.ask_consent(mode);
                for (std::size_t read = 1; read < session::consent_pages; ++read) back.send(session::Next{});
                while (std::get<session::AskingConsent>(back.state.screen).page > page) back.send(session::Back{});
                back.send(session::SayConsent{true});
                CHECK(back.count<session::Prepare>() == 0);
            }
            Rig no(role);
            stand(no);
            no.send(session::SayConsent{false});
            CHECK(no.screen() == "DeclinedKindly");
        }
}

TEST_CASE("Nobody is on a worker's screen without having signed in") {
    const std::set<std::string_view> open{"Starting", "Problem", "ChoosingSlot", "EnterWords",     "Who",
                                          "EnterPin", "Clock",   "Damaged",      "RepairedScreen", "BundleLost"};
    for (const auto& [name, go] : screens()) {
        std::size_t total = 0;
        {
            Rig rig;
            go(rig);
            total = events(rig).size();
        }
        for (std::size_t i = 0; i < total; ++i) {
            Rig rig;
            go(rig);
            if (rig.state.worker) continue;
            auto event = std::move(events(rig).at(i));
            INFO(name << " + " << name_of(event) << ", then Retry");
            rig.send(std::move(event));
            rig.send(session::Retry{});
            // Without a bundle nobody can sign in, and what is sealed has to leave all the same.
            const bool leaving = rig.screen() == "Send" && rig.state.lost_bundle && !rig.state.setup;
            CHECK((rig.state.worker || open.contains(rig.screen()) || leaving));
        }
    }
}
