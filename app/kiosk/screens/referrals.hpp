// Whom a person can call, from the directory of the bundle.
#pragma once

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

/// One fold per country, in the order of the directory. Who answers stands before the number.
void referrals(const Pen& pen);

}  // namespace app::kiosk::screens
