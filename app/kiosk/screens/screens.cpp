#include "app/kiosk/screens/screens.hpp"

#include "app/kiosk/screens/all.hpp"

namespace app::kiosk::screens {
namespace {

struct Choose {
    const Pen& pen;

    void operator()(const session::Starting& s) const { draw_starting(pen, s); }
    void operator()(const session::Problem& s) const { draw_problem(pen, s); }
    void operator()(const session::ChoosingSlot& s) const { draw_choosing_slot(pen, s); }
    void operator()(const session::EnterWords& s) const { draw_words(pen, s); }
    void operator()(const session::Who& s) const { draw_who(pen, s); }
    void operator()(const session::EnterPin& s) const { draw_pin(pen, s); }
    void operator()(const session::Home& s) const { draw_home(pen, s); }
    void operator()(const session::Briefing& s) const { draw_briefing(pen, s); }
    void operator()(const session::NotStored& s) const { draw_not_stored(pen, s); }
    void operator()(const session::PickingLanguage& s) const { draw_language(pen, s); }
    void operator()(const session::Interpreter& s) const { draw_interpreter(pen, s); }
    void operator()(const session::Privacy& s) const { draw_privacy(pen, s); }
    void operator()(const session::NotNow& s) const { draw_not_now(pen, s); }
    void operator()(const session::ChoosingMode& s) const { draw_mode(pen, s); }
    void operator()(const session::AskingConsent& s) const { draw_consent(pen, s); }
    void operator()(const session::DeclinedKindly& s) const { draw_declined(pen, s); }
    void operator()(const session::Question& s) const { draw_question(pen, s); }
    void operator()(const session::Review& s) const { draw_review(pen, s); }
    void operator()(const session::AskingNotify& s) const { draw_notify(pen, s); }
    void operator()(const session::AskingLonger& s) const { draw_longer(pen, s); }
    void operator()(const session::ForPerson& s) const { draw_person(pen, s); }
    void operator()(const session::ForWorker& s) const { draw_result(pen, s); }
    void operator()(const session::Raising& s) const { draw_raise(pen, s); }
    void operator()(const session::Sealing& s) const { draw_sealing(pen, s); }
    void operator()(const session::SealedScreen& s) const { draw_sealed(pen, s); }
    void operator()(const session::Leaving& s) const { draw_leave(pen, s); }
    void operator()(const session::Told& s) const { draw_told(pen, s); }
    void operator()(const session::WantsToTalk& s) const { draw_wants_to_talk(pen, s); }
    void operator()(const session::Clock& s) const { draw_clock(pen, s); }
    void operator()(const session::IdleWarning& s) const { draw_idle(pen, s); }
    void operator()(const session::Send& s) const { draw_send(pen, s); }
    void operator()(const session::Receive& s) const { draw_receive(pen, s); }
    void operator()(const session::Settings& s) const { draw_settings(pen, s); }
    void operator()(const session::Damaged& s) const { draw_damaged(pen, s); }
    void operator()(const session::RepairedScreen& s) const { draw_repaired(pen, s); }
    void operator()(const session::BundleLost& s) const { draw_bundle_lost(pen, s); }
    void operator()(const session::NotSetUp& s) const { draw_not_set_up(pen, s); }
    void operator()(const session::Asking& s) const { draw_asking(pen, s); }
    void operator()(const session::Comparing& s) const { draw_comparing(pen, s); }
    void operator()(const session::WordsDiffer& s) const { draw_words_differ(pen, s); }
    void operator()(const session::BringingBack& s) const { draw_bringing_back(pen, s); }
    void operator()(const session::TestRecord& s) const { draw_test_record(pen, s); }
    void operator()(const session::AuditList& s) const { draw_audit_list(pen, s); }
    void operator()(const session::NotAllowed& s) const { draw_not_allowed(pen, s); }
    void operator()(const session::People& s) const { draw_people(pen, s); }
    void operator()(const session::AddingWorker& s) const { draw_adding_worker(pen, s); }
    void operator()(const session::RemovingWorker& s) const { draw_removing_worker(pen, s); }
    void operator()(const session::ChangingPin& s) const { draw_changing_pin(pen, s); }
    void operator()(const session::DeviceKeys& s) const { draw_device_keys(pen, s); }
    void operator()(const session::NewWords& s) const { draw_new_words(pen, s); }
    void operator()(const session::RepeatWords& s) const { draw_repeat_words(pen, s); }
    void operator()(const session::SavingWords& s) const { draw_saving_words(pen, s); }
    void operator()(const session::KeysTold& s) const { draw_keys_told(pen, s); }
};

}  // namespace

void draw(ui::Ui& ui, const session::State& state, const Context& context, Inputs& out) noexcept {
    const Pen pen{ui, state, context, out};
    std::visit(Choose{pen}, state.screen);
}

}  // namespace app::kiosk::screens
