#include "tests/session/ways.hpp"

namespace test {

const std::vector<std::pair<std::string_view, Way>>& screens() {
    using session::Mode;
    static const std::vector<std::pair<std::string_view, Way>> all{
        {"Starting",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
         }},
        {"Problem",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
             r.send(session::UnlockFailed{session::DeviceError::WrongKey});
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
             r.send(session::SealFailed{std::string(32, 'a'), 1, session::DeviceError::NoRoom});
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
        {"Receive",
         [](Rig& r) {
             r.sign_in();
             r.send(session::OpenSend{});
             r.send(session::OpenReceive{});
             r.send(session::NewsFound{});
         }},
        {"Receive", show_news},  // for the shift lead
        {"Receive",              // taken
         [](Rig& r) {
             show_news(r);
             r.send(session::AcceptShown{});
             r.send(session::NewsTaken{newer_setup(), std::nullopt});
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
        {"People", [](Rig& r) { open_people(r); }},
        {"AddingWorker",
         [](Rig& r) {
             open_people(r);
             r.send(session::AddWorker{});
         }},
        {"RemovingWorker",
         [](Rig& r) {
             open_people(r);
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
             r.send(session::UnlockFailed{session::DeviceError::StoreDamaged});
         }},
        {"RepairedScreen",
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
             r.send(session::UnlockFailed{session::DeviceError::StoreDamaged});
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
        {"NotSetUp", [](Rig& r) { not_set_up(r); }},
        {"NewWords", [](Rig& r) { first_words(r); }},  // of a device that is made with them
        {"RepeatWords",
         [](Rig& r) {
             first_words(r);
             r.send(session::WroteWords{});
         }},
        {"Asking", [](Rig& r) { made_and_asks(r); }},
        {"Asking",  // once more, after a start
         [](Rig& r) {
             r.effects = session::begin(r.state, r.now);
             r.switched_on = true;
             r.send(session::UnlockedNotEnrolled{asked()});
         }},
        {"Asking",  // of a device that works
         [](Rig& r) {
             open_people(r);
             r.send(session::Back{});
             r.send(session::OpenEnrolling{});
         }},
        {"Comparing", [](Rig& r) { compare(r); }},
        {"WordsDiffer",
         [](Rig& r) {
             compare(r);
             r.send(session::SayWords{false});
         }},
        {"BringingBack", [](Rig& r) { bring_back(r); }},
        {"BringingBack",  // of a device that works
         [](Rig& r) {
             open_people(r);
             r.send(session::Back{});
             r.send(session::OpenEnrolling{});
             r.send(session::PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
             r.send(session::AskAt{0});
             r.send(session::RequestWritten{asked()});
             r.send(session::SayWords{true});
         }},
        {"TestRecord",
         [](Rig& r) {
             first_lead_of_new(r);
             r.send(session::TestSealed{{1, 0, 0, 0}});
         }},
        {"AuditList",
         [](Rig& r) {
             open_people(r);
             r.send(session::Back{});
             r.send(session::OpenAudit{});
             r.send(session::AuditListed{false, {{2, 2, {}}, {1, 1, {}}}});
         }},
        {"DeviceKeys", [](Rig& r) { open_keys(r); }},
        {"NewWords", [](Rig& r) { make_words(r); }},
        {"RepeatWords",
         [](Rig& r) {
             make_words(r);
             r.send(session::WroteWords{});
         }},
        {"SavingWords",
         [](Rig& r) {
             make_words(r);
             r.send(session::WroteWords{});
             r.type_words(new_eight);
             r.send(session::SubmitWords{});
         }},
        {"KeysTold",
         [](Rig& r) {
             make_words(r);
             r.send(session::WroteWords{});
             r.type_words(new_eight);
             r.send(session::SubmitWords{});
             r.send(session::KeysSaved{session::KeyUse::Change, 1, true, {0, 1}});
         }},
    };
    return all;
}

}  // namespace test
