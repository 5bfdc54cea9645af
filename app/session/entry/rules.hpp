// The rules from switching on to whoever is signed in: opening the device, what was lost or damaged, who is here.
// Enters staff, to make a first lead.
#pragma once

#include "app/session/rules.hpp"
#include "app/session/staff/rules.hpp"
#include "app/session/ways_out.hpp"

namespace app::session {

class Entry : Rules {
  public:
    Entry(State& state, Effects& effects, Storing& storing, WaysOut& ways_out, Staff& staff) noexcept
        : Rules(state, effects), storing_(storing), ways_out_(ways_out), staff_(staff) {}

    // entered from what belongs to no flow
    void on(Problem& screen, UseWords& event);
    void on(Clock& screen, TouchClock& event);
    // unlocking.cpp
    void on(Unlocked& event);
    void on(UnlockFailed& event);
    void on(ChoosingSlot& screen, Retry& event);
    void on(ChoosingSlot& screen, ChooseSlot& event);
    void on(ChoosingSlot& screen, KeyNotProved& event);
    void on(ChoosingSlot& screen, Back& event);
    void on(EnterWords& screen, TypeLetters& event);
    void on(EnterWords& screen, TakeWord& event);
    void on(EnterWords& screen, DropWord& event);
    void on(EnterWords& screen, ShowWords& event);
    void on(EnterWords& screen, SubmitWords& event);
    void on(EnterWords& screen, KeyNotProved& event);
    void on(EnterWords& screen, Back& event);
    // signing_in.cpp
    void on(Who& screen, ChooseWorker& event);
    void on(EnterPin& screen, PinDigit& event);
    void on(EnterPin& screen, PinBackspace& event);
    void on(EnterPin& screen, PinSubmit& event);
    void on(EnterPin& screen, PinChecked& event);
    void on(EnterPin& screen, PinUnchecked& event);
    void on(EnterPin& screen, Back& event);
    // repairing.cpp
    void on(Damaged& screen, RepairNow& event);
    void on(Damaged& screen, RepairProgress& event);
    void on(Damaged& screen, RepairFailed& event);
    void on(StoreRepaired& event);
    void on(RepairedScreen& screen, Next& event);
    // lost_bundle.cpp
    void on(UnlockedWithoutBundle& event);
    void on(BundleLost& screen, Retry& event);
    void on(BundleLost& screen, BundleNotFound& event);

    /// Words that lie typed and untouched for too long are wiped; the chance to make a first lead ends as they do.
    void drop_old_words();
    /// The chance is over until a key is shown again.
    void end_first_lead();
    /// An Unlock is under way.
    [[nodiscard]] bool unlocking() noexcept;
    /// Goes on with a device that has just been enrolled.
    void open(Setup setup);

  private:
    void take_in(Setup setup);
    /// Where an unlocked device begins: who is here, the first lead, or what to do without a bundle.
    void show_opened();
    void show_damaged();

    Storing& storing_;
    WaysOut& ways_out_;
    Staff& staff_;
};

}  // namespace app::session
