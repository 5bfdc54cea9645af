#pragma once
// Making a device where none is: after a cut of power its folder holds either a whole device or what is known to be
// half made and may be cleared away. Must not know what a device is made of besides its files.

#include <cstdint>
#include <filesystem>

#include "app/store/state_folder.hpp"

namespace app::store {

/// There from the first file of a new device until all of them are on the medium.
inline constexpr std::string_view making_file = "amparo-making";

enum class Standing : std::uint8_t {
    Nothing,    ///< no folder, or an empty one
    HalfMade,   ///< what an interrupted making left, and nothing besides: no device was ever in use here
    Something,  ///< anything else, also what cannot be looked at: never to be written over
};
/// Reads only. A device that was enrolled has a recovery file, and is Something whatever else somebody lays beside it.
[[nodiscard]] Standing standing(const std::filesystem::path& folder);

/// Clears away what is half made; from here on, whatever is in the folder counts for nothing until made_whole().
/// Errors: Exists (something is there), ReadOnly, NoSpace, Io.
[[nodiscard]] Result<void> begin_making(const StateFolder& folder);
/// What is there is a device, also after a cut of power. The store must be whole on the medium. Errors: ReadOnly, Io:
/// then it may count for nothing at the next start, and must not be used.
[[nodiscard]] Result<void> made_whole(const StateFolder& folder);
/// Clears away what was made so far; what cannot be is half made still. The store must be closed.
void give_up_making(const StateFolder& folder) noexcept;

}  // namespace app::store
