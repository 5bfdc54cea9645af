// Who may sign in on this device: the shift lead adds and removes workers, everybody changes their own PIN. Screens,
// events and effects of it.
#pragma once

#include <optional>
#include <vector>

#include "app/model/people.hpp"
#include "crypto/pin.hpp"

namespace app::session {

/// Digits of a PIN or of a worker's number while they are typed, in locked memory.
class Digits {
  public:
    /// Error: LockedMemory.
    [[nodiscard]] static crypto::Result<Digits> make(crypto::SodiumReady ready) noexcept;
    /// A digit 0 to 9, unless there are `most` already.
    void add(std::uint8_t digit, std::size_t most) noexcept;
    void drop() noexcept;
    void clear() noexcept;
    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    /// As characters; valid until the next change.
    [[nodiscard]] crypto::ByteView view() const noexcept { return memory_.view().first(count_); }
    /// The characters; none stay behind. Error: LockedMemory.
    [[nodiscard]] crypto::Result<crypto::SecretBytes> take(crypto::SodiumReady ready) noexcept;

  private:
    explicit Digits(crypto::SecretBytes memory) noexcept : memory_(std::move(memory)) {}
    crypto::SecretBytes memory_;
    std::size_t count_ = 0;
};

using model::PeopleError;

// ---- screens ------------------------------------------------------------------------------------------------------

/// For whoever is no shift lead.
struct NotAllowed {};
struct People {
    std::optional<model::WorkerNumber> added, removed;  ///< what was done last
};
enum class AddStep : std::uint8_t { Number, Role, Pin, Again };
struct AddingWorker {
    Digits digits;
    AddStep step = AddStep::Number;
    model::WorkerNumber number;
    model::Role role = model::Role::Shelter;
    crypto::SecretBytes first;  ///< the PIN as it was typed the first time
    std::optional<PeopleError> error;
    bool first_lead = false;  ///< nobody leads the shift: whoever just showed a key of the device makes a lead
};
struct RemovingWorker {
    model::Worker worker;
    std::optional<PeopleError> error;
};
enum class PinStep : std::uint8_t { Current, Pin, Again };
struct ChangingPin {
    Digits digits;
    PinStep step = PinStep::Current;
    crypto::SecretBytes first;  ///< the new PIN as it was typed the first time
    std::optional<PeopleError> error;
    std::optional<model::SignIn> refused;  ///< why the present PIN was not taken
};

// ---- what people do, besides typing digits as for signing in --------------------------------------------------------

struct OpenPeople {};
struct AddWorker {};
struct ChooseRole {
    model::Role role;
};
struct RemoveWorker {
    model::WorkerNumber number;  ///< asks first
};
struct ConfirmRemoval {};
struct OpenOwnPin {};

// ---- effects --------------------------------------------------------------------------------------------------------

struct SaveWorker {  ///< -> WorkerSaved or WorkerNotSaved
    model::Worker worker;
    crypto::SecretBytes pin;
    bool first_lead = false;  ///< a lead where there is none, by nobody who signed in
};
struct DropWorker {  ///< -> WorkerRemoved or WorkerNotRemoved
    model::WorkerNumber number;
};
struct ChangePin {  ///< after CheckPin with the present one -> PinChanged or PinNotChanged
    model::WorkerNumber number;
    crypto::SecretBytes pin;
};

// ---- what comes back ------------------------------------------------------------------------------------------------

struct WorkerSaved {  ///< who may sign in now
    std::vector<model::Worker> workers;
    std::vector<model::WorkerNumber> removed = {};  ///< numbers that nobody gets again
};
struct WorkerRemoved {  ///< as WorkerSaved
    std::vector<model::Worker> workers;
    std::vector<model::WorkerNumber> removed = {};
};
struct PinChanged {
    model::WorkerNumber number;
};
struct WorkerNotSaved {
    PeopleError error;
};
struct WorkerNotRemoved {
    PeopleError error;
};
struct PinNotChanged {
    PeopleError error;
};

}  // namespace app::session
