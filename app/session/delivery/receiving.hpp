// Receiving: what the coordinators sent back on a stick is shown, and taken when the shift lead agrees.
#pragma once

#include <optional>
#include <string>

#include "app/model/kept.hpp"
#include "app/model/news.hpp"
#include "app/session/device_error.hpp"
#include "app/session/entry/setup.hpp"

namespace app::session {

// ---- what comes back -----------------------------------------------------------------------------------------------

struct NewsFound {
    model::News news;  ///< also when there is nothing new: then why what lies there is not taken
    std::optional<model::Counts> counts = {};  ///< where receipts changed them
};
struct NewsNotFound {
    DeviceError error;  ///< nobody could look
};
struct NewsTaken {
    Setup setup;                        ///< from now on
    std::optional<DeviceError> failed;  ///< the bundle was taken, and this is why the certificate was not
};
struct NewsNotTaken {
    DeviceError error;  ///< the device works on as it was
};

// ---- screens -------------------------------------------------------------------------------------------------------

struct Receive {
    std::optional<model::News> news;    ///< nothing: not looked yet
    std::optional<DeviceError> failed;  ///< of the last look, or of taking
    bool taken = false;
};

// ---- what people do ------------------------------------------------------------------------------------------------

struct OpenReceive {};
struct LookAgain {};
struct AcceptShown {};  ///< exactly what is shown; for the shift lead

// ---- effects -------------------------------------------------------------------------------------------------------

struct LookForNews {};  ///< on sticks, and receipts are taken in -> NewsFound or NewsNotFound
struct AcceptNews {     ///< what was found last, where it is that -> NewsTaken or NewsNotTaken
    std::string id;     ///< News::id
};

}  // namespace app::session
