#pragma once
// The values that the session shares with what keeps them, by the names that the session has for them.

#include "app/model/kept.hpp"
#include "app/model/people.hpp"

namespace app::session {

namespace store = app::model;

}  // namespace app::session
