#include "tests/session/ways.hpp"

namespace test {
namespace {

using namespace app::session;

void six_digits(Rig& r) {
    for (int i = 0; i < 6; ++i) r.send(PinDigit{1});
    r.send(PinSubmit{});
}

void enter_words(Rig& r) {
    r.choose_slot();
    r.send(ChooseSlot{1});
    r.type_words(new_eight);
    r.send(SubmitWords{});
}

void own_pin(Rig& r) {
    r.sign_in();
    r.send(OpenSettings{});
    r.send(OpenOwnPin{});
    six_digits(r);
}

void agree(Rig& r) {
    r.ask_consent();
    r.say_yes();
}

void first_page(Rig& r) {
    r.slow_medium = true;
    r.begin();
    r.choose("danger_now", "yes");
    r.send(Next{});
}

void send_somewhere(Rig& r) {
    r.unlock();
    r.state.setup->counts.waiting = 2;
    r.sign_in();
    r.state.setup->counts.waiting = 2;
    r.send(OpenSend{});
    r.send(PlacesFound{{{"/media/stick", true, false, 1U << 30}}});
    r.send(SendTo{0});
}

void erase(Rig& r) {
    r.begin();
    r.choose("danger_now", "yes");
    r.send(Leave{});
    r.send(EraseWhatWasSaid{});
}

/// Nobody leads the shift any more, and somebody showed a key of the device.
void first_lead(Rig& r) {
    r.make_setup = [] {
        auto made = setup();
        made.workers.clear();
        return made;
    };
    r.unlock();
    r.send(PinSubmit{});
    six_digits(r);
    six_digits(r);
}

void save_words(Rig& r) {
    make_words(r);
    r.send(WroteWords{});
    r.type_words(new_eight);
    r.send(SubmitWords{});
}

/// As the shift lead, who has left and come back.
void come_back_as_lead(Rig& r) {
    r.send(Leave{});
    r.come_back(3, model::Role::ShiftLead);
}

}  // namespace

const std::vector<UnderWay>& under_way() {
    static const std::vector<UnderWay> all{
        {"Unlock", "Starting",
         [](Rig& r) {
             r.effects = begin(r.state, r.now);
             r.switched_on = true;
         }},
        {"Unlock", "ChoosingSlot", [](Rig& r) { r.choose_slot().send(Retry{}); }},
        {"Unlock", "EnterWords", enter_words},
        {"CheckPin", "EnterPin",
         [](Rig& r) {
             r.unlock();
             r.send(ChooseWorker{{1}});
             six_digits(r);
         }},
        {"CheckPin", "EnterPin, an interview under it",
         [](Rig& r) {
             r.begin();
             r.choose("danger_now", "yes");
             r.idle();
             r.idle();
             r.pass(session::quiet_time);
             r.send(TouchClock{});
             r.send(ChooseWorker{{1}});
             six_digits(r);
         }},
        {"CheckPin", "ChangingPin", own_pin},
        {"CheckPin", "ChangingPin, left for the lock",
         [](Rig& r) {
             own_pin(r);
             r.send(Leave{});
         }},
        {"Prepare", "Briefing",
         [](Rig& r) {
             r.sign_in();
             r.send(QuickFlag{});
             r.send(BeginBriefed{});
         }},
        {"Prepare", "Interpreter",
         [](Rig& r) {
             r.sign_in();
             r.send(NewScreening{});
             r.send(NeedInterpreter{});
             r.send(RecordInterpreter{});
         }},
        {"Prepare", "AskingConsent", agree},
        {"Prepare", "AskingConsent, under the warning",
         [](Rig& r) {
             agree(r);
             r.idle();
         }},
        {"Prepare", "AskingConsent, left for the lock",
         [](Rig& r) {
             agree(r);
             r.send(Leave{});
         }},
        {"Prepare", "DeclinedKindly",
         [](Rig& r) {
             r.ask_consent();
             auto bundle = *r.state.setup->bundle;
             bundle.policy.store_refusals = true;
             r.state.setup->bundle = std::make_shared<const exchange::Bundle>(std::move(bundle));
             r.send(SayConsent{false});
         }},
        {"Prepare", "AskingLonger",
         [](Rig& r) {
             r.first_contact();
             r.send(SayLonger{true});
             r.stored();
         }},
        {"SealRecord", "Question", first_page},
        {"SealRecord", "Question, left forwards",
         [](Rig& r) {
             first_page(r);
             r.type("words", "hola");
             r.send(Next{});
         }},
        {"SealRecord", "Question, left backwards",
         [](Rig& r) {
             first_page(r);
             r.type("words", "hola");
             r.send(Back{});
         }},
        {"SealRecord", "Question, under the question whether to leave",
         [](Rig& r) {
             first_page(r);
             r.send(Leave{});
         }},
        {"SealRecord", "Question, under the warning",
         [](Rig& r) {
             first_page(r);
             r.idle();
         }},
        {"SealRecord", "Question, under the clock",
         [](Rig& r) {
             first_page(r);
             r.idle();
             r.idle();
         }},
        {"SealRecord", "Question, left for the lock",
         [](Rig& r) {
             first_page(r);
             r.send(QuickExit{});
         }},
        {"SealRecord", "AskingLonger",
         [](Rig& r) {
             r.first_contact();
             r.send(SayLonger{true});
         }},
        {"SealRecord", "Sealing",
         [](Rig& r) {
             r.for_worker();
             r.send(SealNow{});
         }},
        {"SealRecord", "Sealing, then the lock",
         [](Rig& r) {
             r.for_person(Mode::Private, "yes");
             r.send(PersonDone{});
         }},
        {"SealRecord", "Sealing, kept",
         [](Rig& r) {
             r.begin();
             r.choose("danger_now", "yes");
             r.send(Leave{});
             r.send(KeepWhatWasSaid{});
         }},
        {"SealRecord", "Sealing, left for the lock",
         [](Rig& r) {
             r.for_worker();
             r.send(SealNow{});
             r.send(QuickExit{});
         }},
        {"SealRecord", "Clock, the window closing",
         [](Rig& r) {
             r.begin();
             r.choose("danger_now", "yes");
             r.send(CloseWindow{});
         }},
        {"Withdraw", "Leaving", erase},
        {"Withdraw", "Leaving, of two forms",
         [](Rig& r) {
             r.go_on();
             r.send(Leave{});
             r.send(EraseWhatWasSaid{});
         }},
        {"Withdraw", "Leaving, left for the lock",
         [](Rig& r) {
             erase(r);
             r.send(QuickExit{});
         }},
        {"FindPlaces", "Send",
         [](Rig& r) {
             r.sign_in();
             r.send(OpenSend{});
         }},
        {"FindPlaces", "Send, without a bundle",
         [](Rig& r) {
             r.effects = begin(r.state, r.now);
             r.switched_on = true;
             r.send(UnlockedWithoutBundle{lost_bundle()});
             r.send(OpenSend{});
         }},
        {"Export", "Send", send_somewhere},
        {"Export", "Send, to be stopped",
         [](Rig& r) {
             send_somewhere(r);
             r.send(CancelSending{});
         }},
        {"Export", "Send, left and opened again",
         [](Rig& r) {
             send_somewhere(r);
             r.send(Leave{});
             r.come_back();
             r.send(OpenSend{});
         }},
        {"LookForNews", "Receive",
         [](Rig& r) {
             r.sign_in();
             r.send(OpenSettings{});
             r.send(OpenReceive{});
         }},
        {"AcceptNews", "Receive",
         [](Rig& r) {
             show_news(r);
             r.send(AcceptShown{});
         }},
        {"AcceptNews", "Who, after the screen was left",
         [](Rig& r) {
             show_news(r);
             r.send(AcceptShown{});
             r.send(QuickExit{});
             r.pass(session::quiet_time);
             r.send(TouchClock{});
         }},
        {"SaveWorker", "AddingWorker",
         [](Rig& r) {
             open_people(r);
             r.send(AddWorker{});
             r.send(PinSubmit{});
             r.send(ChooseRole{model::Role::Shelter});
             six_digits(r);
             six_digits(r);
         }},
        {"SaveWorker", "AddingWorker, the first lead", first_lead},
        {"DropWorker", "RemovingWorker",
         [](Rig& r) {
             open_people(r);
             r.send(RemoveWorker{{2}});
             r.send(ConfirmRemoval{});
         }},
        {"DropWorker", "RemovingWorker, themselves",
         [](Rig& r) {
             open_people(r);
             r.send(WorkerSaved{
                 {{{1}, model::Role::Shelter}, {{3}, model::Role::ShiftLead}, {{4}, model::Role::ShiftLead}}});
             r.send(RemoveWorker{{3}});
             r.send(ConfirmRemoval{});
         }},
        {"ChangePin", "ChangingPin",
         [](Rig& r) {
             own_pin(r);
             r.send(PinChecked{{1}, model::SignedIn{{{1}, model::Role::Shelter}}});
             six_digits(r);
             six_digits(r);
         }},
        {"ProveKey", "ChoosingSlot",
         [](Rig& r) {
             open_keys(r);
             r.send(ChangeWords{});
             r.send(Retry{});
         }},
        {"ProveKey", "EnterWords",
         [](Rig& r) {
             open_keys(r);
             r.send(AddWords{});
             r.send(ChooseSlot{0});
             r.type_words(new_eight);
             r.send(SubmitWords{});
         }},
        {"SaveWords", "SavingWords", save_words},
        {"SaveWords", "Home, after the screen was left",
         [](Rig& r) {
             save_words(r);
             come_back_as_lead(r);
         }},
        {"SaveWords", "ChoosingSlot, after the screen was left",
         [](Rig& r) {
             save_words(r);
             come_back_as_lead(r);
             r.send(OpenSettings{});
             r.send(OpenDeviceKeys{});
             r.send(ChangeWords{});
             r.send(Retry{});
         }},
        {"Resume", "Home",
         [](Rig& r) {
             r.unlock();
             r.send(ChooseWorker{{1}});
             six_digits(r);
             r.send(PinChecked{{1}, model::SignedIn{{{1}, model::Role::Shelter}}, true});
             r.send(ContinueInterview{});
         }},
        {"ListAudit", "AuditList",
         [](Rig& r) {
             open_people(r);
             r.send(Back{});
             r.send(OpenAudit{});
         }},
        {"RepairStore", "Damaged",
         [](Rig& r) {
             enter_words(r);
             r.send(UnlockFailed{DeviceError::StoreDamaged});
             r.send(RepairNow{});
         }},
        {"MakeFirstWords", "NotSetUp",
         [](Rig& r) {
             not_set_up(r);
             r.send(Next{});
         }},
        {"MakeDevice", "SavingWords",
         [](Rig& r) {
             first_words(r);
             r.send(WroteWords{});
             r.type_words(new_eight);
             r.send(SubmitWords{});
         }},
        {"WriteRequest", "Asking",
         [](Rig& r) {
             made_and_asks(r);
             r.send(AskAt{0});
         }},
        {"EnrolDevice", "BringingBack",
         [](Rig& r) {
             bring_back(r);
             r.send(Retry{});
         }},
        {"SealTest", "TestRecord", first_lead_of_new},
        {"FindBundle", "BundleLost",
         [](Rig& r) {
             r.effects = begin(r.state, r.now);
             r.switched_on = true;
             r.send(UnlockedWithoutBundle{lost_bundle()});
             r.send(Retry{});
         }},
    };
    return all;
}

}  // namespace test
