// A kiosk that is not set up: the device is made with words that somebody has written down and typed again, asks the
// programme on a stick, and takes its answer in. Screens, events and effects of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/session/delivery/sending.hpp"
#include "app/session/entry/setup.hpp"
#include "app/session/staff/key_change.hpp"

namespace app::session {

/// A request that was written, and the eight words that both sides compare.
struct Asked {
    std::string file;  ///< name without folder
    std::string words;
};

// ---- screens -------------------------------------------------------------------------------------------------------

/// The first of all. The device's own words come next, on the screens of new words.
struct NotSetUp {
    std::optional<DeviceError> failed;  ///< why the device could not be made; nothing is there then
};
/// Where the request goes.
struct Asking {
    bool again = false;          ///< the device works; the shift lead has it enrolled anew
    std::optional<Asked> asked;  ///< a request of before, whose words can still be compared
    std::vector<Place> places;
    std::optional<SendError> failed;
};
/// The words, to be held against those that the coordinator reads out.
struct Comparing {
    bool again = false;
    Asked asked;
};
/// They are others: somebody changed the request, or it was another one.
struct WordsDiffer {
    bool again = false;
};
/// The stick has to come back with the certificate and the bundle.
struct BringingBack {
    bool again = false;
    Asked asked;
    std::optional<DeviceError> failed;  ///< why the last look did not help
};
/// The device is enrolled: something that is no screening goes to the coordinators, before people rely on it.
struct TestRecord {
    model::Worker worker;  ///< who was made first lead
    bool sealed = false;
    std::optional<DeviceError> failed;
};

// ---- what people do ------------------------------------------------------------------------------------------------

struct AskAt {
    std::size_t place;  ///< index into Asking::places
};
struct CompareAgain {};  ///< the words of the request of before
struct SayWords {
    bool same;
};
struct OpenEnrolling {};

// ---- effects -------------------------------------------------------------------------------------------------------

struct MakeFirstWords {};  ///< -> FirstWords or NoFirstWords
struct MakeDevice {        ///< -> DeviceMade or DeviceNotMade
    crypto::SecretBytes words;
};
struct WriteRequest {  ///< with a new nonce -> RequestWritten or RequestNotWritten
    Place place;
};
struct EnrolDevice {};  ///< with what is on sticks -> DeviceEnrolled or DeviceNotEnrolled
struct SealTest {       ///< -> TestSealed or TestNotSealed
    model::Worker worker;
};

// ---- what comes back -----------------------------------------------------------------------------------------------

struct NoDevice {};           ///< to Unlock: nothing was ever set up here, and whose device it will be is pinned
struct UnlockedNotEnrolled {  ///< to Unlock: made here, and not enrolled yet
    std::optional<Asked> asked;
};
struct FirstWords {
    FreshWords fresh;
};
struct NoFirstWords {
    DeviceError error;
};
struct DeviceMade {};
struct DeviceNotMade {
    DeviceError error;
};
struct RequestWritten {
    Asked asked;
};
struct RequestNotWritten {
    SendError error;
};
struct DeviceEnrolled {
    Setup setup;
};
struct DeviceNotEnrolled {
    DeviceError error;
};
struct TestSealed {
    model::Counts counts;
};
struct TestNotSealed {
    DeviceError error;
};

}  // namespace app::session
