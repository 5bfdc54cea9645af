#pragma once
// Who works with a kiosk, and what comes of their signing in. Knows neither how it is kept nor how it is shown.

#include <chrono>
#include <cstdint>
#include <variant>
#include <vector>

namespace app::model {

enum class Role : std::uint8_t { Shelter, Border, ShiftLead };

/// A worker's number, 1 to 9999. No name is kept.
struct WorkerNumber {
    std::uint32_t value = 0;
    friend bool operator==(WorkerNumber a, WorkerNumber b) noexcept { return a.value == b.value; }
};
inline constexpr std::uint32_t worker_number_most = 9999;

struct Worker {
    WorkerNumber number;
    Role role = Role::Shelter;
};

/// Who may sign in, and the numbers that nobody gets again.
struct Workers {
    std::vector<Worker> workers;
    std::vector<WorkerNumber> removed;
};

/// Why a change of workers or of a PIN was not made.
enum class PeopleError : std::uint8_t {
    Taken,     ///< somebody has that number
    Removed,   ///< somebody had that number
    Number,    ///< no number from 1 to 9999
    Differ,    ///< the two PINs are not the same
    LastLead,  ///< nobody could add people any more
    Gone,      ///< there is no such worker
    NoRoom,
    ReadOnly,
    Memory,
    Other,
};

struct SignedIn {
    Worker worker;
};
/// Also the answer for a number that does not exist, after the same work.
struct WrongPin {
    int tries_left = 0;  ///< before this number has to wait
};
struct MustWait {
    std::chrono::seconds left{};  ///< others may go on
};
/// Nobody signs in until the device has been unlocked again with its words or key file.
struct DeviceLocked {};
/// What became of one try.
using SignIn = std::variant<SignedIn, WrongPin, MustWait, DeviceLocked>;

}  // namespace app::model
