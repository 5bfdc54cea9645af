// The settings, from where staff reach people, keys and what the device has noted.
#pragma once

namespace app::session {

// ---- screens -------------------------------------------------------------------------------------------------------

struct Settings {
    bool pin_changed = false;  ///< just now
};

// ---- what people do ------------------------------------------------------------------------------------------------

struct OpenSettings {};

}  // namespace app::session
