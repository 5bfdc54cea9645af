#include "tests/session/ways.hpp"

namespace test {
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

session::BundleLost lost_bundle() {
    session::BundleLost lost;
    lost.counts.waiting = 3;
    lost.sequence = 7;
    lost.can_send = true;
    return lost;
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

}  // namespace

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
        {"Question",  // that rests until the page before is stored
         [](Rig& r) {
             r.slow_medium = true;
             r.begin();
             r.choose("danger_now", "yes");
             r.send(session::Next{});
             r.type("words", "hola");
             r.send(session::Next{});
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
        {"Damaged",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
             r.send(session::UnlockFailed{session::Trouble::StoreDamaged});
         }},
        {"RepairedScreen",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
             r.send(session::UnlockFailed{session::Trouble::StoreDamaged});
             r.send(session::RepairNow{});
             session::StoreRepaired repaired;
             repaired.setup = setup();
             r.send(std::move(repaired));
         }},
        {"BundleLost",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
             r.send(session::UnlockedWithoutBundle{lost_bundle()});
         }},
        {"AuditList",
         [](Rig& r) {
             people(r);
             r.send(session::Back{});
             r.send(session::OpenAudit{});
             r.send(session::AuditListed{false, {{2, 2, {}}, {1, 1, {}}}});
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
        ContinueInterview{}, Resumed{}, ResumeFailed{}, OpenAudit{}, AuditListed{}, RepairNow{}, RepairProgress{},
        RepairFailed{Trouble::NoRoom}, StoreRepaired{}, UnlockedWithoutBundle{lost_bundle()},
        BundleNotFound{Trouble::NoBundle}, Unlocked{setup()}, UnlockFailed{Trouble::Other},
        PinChecked{one, store::SignedIn{{one, store::Role::Shelter}}}, Prepared{origin('b')},
        Sealed{record, revision, {}}, SealFailed{record, revision, Trouble::NoRoom}, Erased{record, {}}, PlacesFound{},
        SendProgress{1, 2}, Sent{}, SendFailed{SendFault::Full}, EffectFailed{Trouble::Other}, Tick{});
    return all;
}

}  // namespace test
