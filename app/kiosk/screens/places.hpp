// Places that something can be written to, to choose one.
#pragma once

#include <string>

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

/// One row: what it is, its name, its room. True when it was chosen.
[[nodiscard]] bool place_row(const Pen& pen, const std::string& key, const session::Place& place);

/// "send.failed.full": the sentence about a medium that did not take what was written.
[[nodiscard]] std::string send_error_key(session::SendError error);

}  // namespace app::kiosk::screens
