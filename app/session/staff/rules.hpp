// The rules of the settings: people and PINs, new words for the device, what it has noted. Enters no flow; a key in
// hand is shown on the screens of entry, which come back to it.
#pragma once

#include "app/session/rules.hpp"
#include "app/session/ways_out.hpp"

namespace app::session {

class Staff : Rules {
  public:
    Staff(State& state, Effects& effects, WaysOut& ways_out) noexcept : Rules(state, effects), ways_out_(ways_out) {}

    // entered from the visit's home
    void on(Home& screen, OpenSettings& event);
    void on(Settings& screen, Back& event);
    // people.cpp
    void on(Settings& screen, OpenPeople& event);
    void on(NotAllowed& screen, Back& event);
    void on(People& screen, AddWorker& event);
    void on(People& screen, RemoveWorker& event);
    void on(People& screen, Back& event);
    void on(AddingWorker& screen, PinDigit& event);
    void on(AddingWorker& screen, PinBackspace& event);
    void on(AddingWorker& screen, PinSubmit& event);
    void on(AddingWorker& screen, ChooseRole& event);
    void on(WorkerSaved& event);
    void on(AddingWorker& screen, WorkerNotSaved& event);
    void on(AddingWorker& screen, Back& event);
    void on(RemovingWorker& screen, ConfirmRemoval& event);
    void on(RemovingWorker& screen, WorkerNotRemoved& event);
    void on(RemovingWorker& screen, Back& event);
    void on(WorkerRemoved& event);
    void on(Settings& screen, OpenOwnPin& event);
    void on(ChangingPin& screen, PinDigit& event);
    void on(ChangingPin& screen, PinBackspace& event);
    void on(ChangingPin& screen, PinSubmit& event);
    void on(ChangingPin& screen, PinChecked& event);
    void on(ChangingPin& screen, PinUnchecked& event);
    void on(ChangingPin& screen, PinChanged& event);
    void on(ChangingPin& screen, PinNotChanged& event);
    void on(ChangingPin& screen, Back& event);
    // key_change.cpp
    void on(Settings& screen, OpenDeviceKeys& event);
    void on(DeviceKeys& screen, ChangeWords& event);
    void on(DeviceKeys& screen, AddWords& event);
    void on(DeviceKeys& screen, Back& event);
    void on(WordsMade& event);
    void on(NewWords& screen, WroteWords& event);
    void on(NewWords& screen, Back& event);
    void on(RepeatWords& screen, TypeLetters& event);
    void on(RepeatWords& screen, TakeWord& event);
    void on(RepeatWords& screen, DropWord& event);
    void on(RepeatWords& screen, ShowWords& event);
    void on(RepeatWords& screen, SubmitWords& event);
    void on(RepeatWords& screen, Back& event);
    void on(KeysSaved& event);
    void on(KeysFailed& event);
    void on(KeysTold& screen, Next& event);
    void on(KeysTold& screen, Back& event);
    // auditing.cpp
    void on(Settings& screen, OpenAudit& event);
    void on(AuditList& screen, AuditListed& event);
    void on(AuditList& screen, Back& event);

    /// `first`: of a lead where there is none, by whoever has just shown a key of the device.
    void start_adding(bool first);

  private:
    void take_in(std::vector<model::Worker> workers, std::vector<model::WorkerNumber> removed);
    void tell_keys(KeysTold told);
    void after_first_lead(model::Worker lead);

    WaysOut& ways_out_;
};

}  // namespace app::session
