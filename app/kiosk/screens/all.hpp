// The screens, one function each; draw() chooses by the type of the state's screen.
#pragma once

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

void draw_starting(const Pen& pen, const session::Starting& s);
void draw_problem(const Pen& pen, const session::Problem& s);
void draw_choosing_slot(const Pen& pen, const session::ChoosingSlot& s);
void draw_words(const Pen& pen, const session::EnterWords& s);
void draw_who(const Pen& pen, const session::Who& s);
void draw_pin(const Pen& pen, const session::EnterPin& s);
void draw_home(const Pen& pen, const session::Home& s);
void draw_briefing(const Pen& pen, const session::Briefing& s);
void draw_not_stored(const Pen& pen, const session::NotStored& s);
void draw_language(const Pen& pen, const session::PickingLanguage& s);
void draw_interpreter(const Pen& pen, const session::Interpreter& s);
void draw_privacy(const Pen& pen, const session::Privacy& s);
void draw_not_now(const Pen& pen, const session::NotNow& s);
void draw_mode(const Pen& pen, const session::ChoosingMode& s);
void draw_consent(const Pen& pen, const session::AskingConsent& s);
void draw_declined(const Pen& pen, const session::DeclinedKindly& s);
void draw_question(const Pen& pen, const session::Question& s);
void draw_review(const Pen& pen, const session::Review& s);
void draw_notify(const Pen& pen, const session::AskingNotify& s);
void draw_longer(const Pen& pen, const session::AskingLonger& s);
void draw_person(const Pen& pen, const session::ForPerson& s);
void draw_result(const Pen& pen, const session::ForWorker& s);
void draw_raise(const Pen& pen, const session::Raising& s);
void draw_sealing(const Pen& pen, const session::Sealing& s);
void draw_sealed(const Pen& pen, const session::SealedScreen& s);
void draw_leave(const Pen& pen, const session::Leaving& s);
void draw_told(const Pen& pen, const session::Told& s);
void draw_wants_to_talk(const Pen& pen, const session::WantsToTalk& s);
void draw_clock(const Pen& pen, const session::Clock& s);
void draw_idle(const Pen& pen, const session::IdleWarning& s);
void draw_send(const Pen& pen, const session::Send& s);
void draw_receive(const Pen& pen, const session::Receive& s);
void draw_settings(const Pen& pen, const session::Settings& s);
void draw_not_allowed(const Pen& pen, const session::NotAllowed& s);
void draw_people(const Pen& pen, const session::People& s);
void draw_adding_worker(const Pen& pen, const session::AddingWorker& s);
void draw_removing_worker(const Pen& pen, const session::RemovingWorker& s);
void draw_changing_pin(const Pen& pen, const session::ChangingPin& s);
void draw_device_keys(const Pen& pen, const session::DeviceKeys& s);
void draw_new_words(const Pen& pen, const session::NewWords& s);
void draw_repeat_words(const Pen& pen, const session::RepeatWords& s);
void draw_saving_words(const Pen& pen, const session::SavingWords& s);
void draw_keys_told(const Pen& pen, const session::KeysTold& s);
void draw_damaged(const Pen& pen, const session::Damaged& s);
void draw_repaired(const Pen& pen, const session::RepairedScreen& s);
void draw_bundle_lost(const Pen& pen, const session::BundleLost& s);
void draw_not_set_up(const Pen& pen, const session::NotSetUp& s);
void draw_asking(const Pen& pen, const session::Asking& s);
void draw_comparing(const Pen& pen, const session::Comparing& s);
void draw_words_differ(const Pen& pen, const session::WordsDiffer& s);
void draw_bringing_back(const Pen& pen, const session::BringingBack& s);
void draw_test_record(const Pen& pen, const session::TestRecord& s);
void draw_audit_list(const Pen& pen, const session::AuditList& s);

}  // namespace app::kiosk::screens
