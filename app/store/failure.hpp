#pragma once
// What can go wrong in keeping things on the device: whatever can go wrong with its database, and no more words.

#include "app/database/failure.hpp"

namespace app::store {

using database::describe;
using database::Error;
using database::Result;

}  // namespace app::store
