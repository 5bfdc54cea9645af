// Every event on every screen: what the table lists leads where it says, everything else changes nothing and loses
// nothing.
#include <map>
#include <set>

#include "tests/session/support.hpp"

using namespace test;

namespace {

/// As the shift lead.
void people(Rig& r) {
    r.unlock();
    r.send(session::ChooseWorker{{3}});
    for (int i = 0; i < 6; ++i) r.send(session::PinDigit{1});
    r.send(session::PinSubmit{});
    r.send(session::PinChecked{{3}, store::SignedIn{{{3}, store::Role::ShiftLead}}});
    r.send(session::OpenSettings{});
    r.send(session::OpenPeople{});
}

constexpr std::string_view new_eight = "radio hotel canal zinc yoga plaza metro solar ";

session::FreshWords fresh() {
    auto words = crypto::canonical_passphrase(ready(), crypto::as_bytes(new_eight));
    REQUIRE(words);
    return {session::KeyUse::Change, 1, true, std::move(*words)};
}

void keys(Rig& r) {
    people(r);
    r.send(session::Back{});
    r.send(session::OpenDeviceKeys{});
}

void new_words(Rig& r) {
    keys(r);
    r.send(session::ChangeWords{});
    r.send(session::Retry{});
    r.send(session::WordsMade{fresh()});
}

/// How to get to each screen, in the order of the flow.
const std::vector<std::pair<std::string_view, std::function<void(Rig&)>>>& screens() {
    using session::Mode;
    static const std::vector<std::pair<std::string_view, std::function<void(Rig&)>>> all{
        {"Starting",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
         }},
        {"Problem",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
             r.send(session::UnlockFailed{session::Trouble::WrongKey});
         }},
        {"ChoosingSlot", [](Rig& r) { r.choose_slot(); }},
        {"EnterWords",
         [](Rig& r) {
             r.choose_slot();
             r.send(session::ChooseSlot{1});
             r.type_words("radio hotel ca");
         }},
        {"Who", [](Rig& r) { r.unlock(); }},
        {"EnterPin",
         [](Rig& r) {
             r.unlock();
             r.send(session::ChooseWorker{{1}});
         }},
        {"Home", [](Rig& r) { r.sign_in(); }},
        {"Briefing",
         [](Rig& r) {
             r.sign_in();
             r.send(session::QuickFlag{});
         }},
        {"NotStored",
         [](Rig& r) {
             r.begin();
             r.choose("danger_now", "yes");
             r.send(session::QuickExit{});
             r.send(session::SealFailed{std::string(32, 'a'), 1, session::Trouble::NoRoom});
             r.come_back();
         }},
        {"PickingLanguage",
         [](Rig& r) {
             r.sign_in();
             r.send(session::NewScreening{});
         }},
        {"Interpreter",
         [](Rig& r) {
             r.sign_in();
             r.send(session::NewScreening{});
             r.send(session::NeedInterpreter{});
         }},
        {"Privacy",
         [](Rig& r) {
             r.sign_in();
             r.send(session::NewScreening{});
             r.send(session::PickLanguage{locales::Language::Es});
         }},
        {"NotNow",
         [](Rig& r) {
             r.sign_in();
             r.send(session::NewScreening{});
             r.send(session::PickLanguage{locales::Language::Es});
             r.send(session::SayPrivacy{false});
         }},
        {"ChoosingMode",
         [](Rig& r) {
             r.sign_in();
             r.send(session::NewScreening{});
             r.send(session::PickLanguage{locales::Language::Es});
             r.send(session::SayPrivacy{true});
         }},
        {"AskingConsent", [](Rig& r) { r.ask_consent(); }},
        {"DeclinedKindly",
         [](Rig& r) {
             r.ask_consent();
             r.send(session::SayConsent{false});
         }},
        {"Question",
         [](Rig& r) {
             r.begin();
             r.choose("danger_now", "yes");
             r.send(session::Next{});
             r.type("words", "hola");
         }},
        {"Review", [](Rig& r) { r.begin().answer_all(); }},
        {"AskingNotify",
         [](Rig& r) {
             r.begin(Mode::Private).answer_all("yes");
             r.send(session::FinishReview{});
         }},
        {"AskingLonger", [](Rig& r) { r.first_contact(); }},
        {"ForPerson", [](Rig& r) { r.for_person(); }},
        {"ForWorker", [](Rig& r) { r.for_worker(); }},
        {"Raising",
         [](Rig& r) {
             r.for_worker();
             r.send(session::OpenRaise{});
         }},
        {"Sealing",
         [](Rig& r) {
             r.for_worker();
             r.send(session::SealNow{});
         }},
        {"SealedScreen",
         [](Rig& r) {
             r.for_worker();
             r.send(session::SealNow{});
             r.stored();
         }},
        {"Leaving",
         [](Rig& r) {
             r.begin();
             r.choose("danger_now", "yes");
             r.send(session::Leave{});
         }},
        {"Told",
         [](Rig& r) {
             r.begin();
             r.send(session::Leave{});
             r.send(session::KeepWhatWasSaid{});
             if (r.screen() == "Sealing") r.stored();
         }},
        {"WantsToTalk",
         [](Rig& r) {
             r.for_person(Mode::Private, "yes");
             r.send(session::PersonDone{});
             r.stored();
             r.come_back();
         }},
        {"Clock",
         [](Rig& r) {
             r.sign_in();
             r.send(session::Leave{});
         }},
        {"IdleWarning",
         [](Rig& r) {
             r.begin();
             r.choose("danger_now", "yes");
             r.idle();
         }},
        {"Send",
         [](Rig& r) {
             r.sign_in();
             r.send(session::OpenSend{});
         }},
        {"Settings",
         [](Rig& r) {
             r.sign_in();
             r.send(session::OpenSettings{});
         }},
        {"NotAllowed",
         [](Rig& r) {
             r.sign_in();
             r.send(session::OpenSettings{});
             r.send(session::OpenPeople{});
         }},
        {"People", [](Rig& r) { people(r); }},
        {"AddingWorker",
         [](Rig& r) {
             people(r);
             r.send(session::AddWorker{});
         }},
        {"RemovingWorker",
         [](Rig& r) {
             people(r);
             r.send(session::RemoveWorker{{2}});
         }},
        {"ChangingPin",
         [](Rig& r) {
             r.sign_in();
             r.send(session::OpenSettings{});
             r.send(session::OpenOwnPin{});
         }},
        {"DeviceKeys", [](Rig& r) { keys(r); }},
        {"NewWords", [](Rig& r) { new_words(r); }},
        {"RepeatWords",
         [](Rig& r) {
             new_words(r);
             r.send(session::WroteWords{});
         }},
        {"SavingWords",
         [](Rig& r) {
             new_words(r);
             r.send(session::WroteWords{});
             r.type_words(new_eight);
             r.send(session::SubmitWords{});
         }},
        {"KeysTold",
         [](Rig& r) {
             new_words(r);
             r.send(session::WroteWords{});
             r.type_words(new_eight);
             r.send(session::SubmitWords{});
             r.send(session::KeysSaved{session::KeyUse::Change, 1, true, {0, 1}});
         }},
    };
    return all;
}

/// One of every event there is, as a person or the worker thread would send it on that screen.
std::vector<session::Event> events(Rig& r) {
    using namespace app::session;
    const engine::NodeId node = r.state.screening ? r.node("danger_now") : engine::NodeId{};
    const std::string record = r.state.screening ? r.state.screening->origin().record : std::string(32, 'a');
    const std::uint32_t revision = r.state.screening ? r.state.screening->revision : 1;
    const store::WorkerNumber one{1};
    std::vector<Event> all;
    const auto add = [&all](auto... some) { (all.emplace_back(std::move(some)), ...); };
    auto typed = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes("x"));
    auto letters = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes("ra"));
    REQUIRE((typed && letters));
    add(Touched{}, ChooseLanguage{locales::Language::En}, NextTextSize{}, ChooseTheme{Theme::Dark}, Leave{},
        QuickExit{}, Back{}, Next{}, Retry{}, ChooseWorker{one}, PinDigit{1}, PinBackspace{}, PinSubmit{},
        NewScreening{}, QuickFlag{}, Train{}, BeginBriefed{}, OpenSend{}, OpenSettings{},
        PickLanguage{locales::Language::Es}, NeedInterpreter{}, RecordInterpreter{}, SayPrivacy{true},
        ChooseMode{Mode::Assisted}, SayConsent{false}, TapChoice{node, {}},
        SayState{node, engine::AnswerState::Skipped}, TypeText{node, std::move(*typed)}, JumpTo{node},
        AddInstance{node}, RemoveInstance{node, true}, FinishReview{}, SayNotify{true}, SayLonger{false}, PersonDone{},
        OpenRaise{}, ChooseRaise{{engine::ReadingKind::Harm, engine::Level::Some, RaiseReason::Observed}}, SealNow{},
        HandBack{}, GoHome{}, KeepWhatWasSaid{}, EraseWhatWasSaid{}, StayHere{}, TouchClock{}, LookForPlaces{},
        SendTo{0}, SendAgain{0}, CancelSending{}, CloseWindow{}, UseWords{}, ChooseSlot{1},
        TypeLetters{std::move(*letters)}, TakeWord{0}, DropWord{}, ShowWords{}, SubmitWords{}, OpenPeople{},
        AddWorker{}, ChooseRole{store::Role::Border}, RemoveWorker{one}, ConfirmRemoval{}, OpenOwnPin{},
        PeopleChanged{setup().workers}, PinChanged{one}, PeopleFailed{PeopleFault::Other}, OpenDeviceKeys{},
        ChangeWords{}, AddWords{}, WroteWords{}, WordsMade{fresh()}, KeysSaved{}, KeysFailed{Trouble::Other},
        Unlocked{setup()}, UnlockFailed{Trouble::Other}, PinChecked{one, store::SignedIn{{one, store::Role::Shelter}}},
        Prepared{origin('b')}, Sealed{record, revision, {}}, SealFailed{record, revision, Trouble::NoRoom},
        Erased{record, {}}, PlacesFound{}, SendProgress{1, 2}, Sent{}, SendFailed{SendFault::Full},
        EffectFailed{Trouble::Other}, Tick{});
    return all;
}

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
        {{"Settings", "OpenOwnPin"}, "ChangingPin"},
        {{"Settings", "OpenDeviceKeys"}, "NotAllowed"},
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

TEST_CASE("Nobody is on a worker's screen without having signed in") {
    const std::set<std::string_view> open{"Starting", "Problem",  "ChoosingSlot", "EnterWords",
                                          "Who",      "EnterPin", "Clock"};
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
            CHECK((rig.state.worker || open.contains(rig.screen())));
        }
    }
}
