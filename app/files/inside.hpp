#pragma once
// Where a file lies, whatever it is called. Must not know what is in it.

#include <filesystem>

namespace app::files {

/// Whether the file lies below the folder, by whatever way both were named, or is a file of it under another name (hard
/// link): then whoever can write to the folder can change it. What is not there lies nowhere.
[[nodiscard]] bool lies_in(const std::filesystem::path& file, const std::filesystem::path& folder);

}  // namespace app::files
