// Where the sources are that these tests read.
#pragma once

#include <filesystem>

namespace layering {

inline const std::filesystem::path root = AMPARO_SOURCE_DIR;

}  // namespace layering
