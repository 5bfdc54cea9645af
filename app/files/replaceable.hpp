#pragma once
// Whether somebody else can put another file in the place of one. Must not know what is in it.

#include <filesystem>

namespace app::files {

/// Whether anybody but root and this user (`only_root`: but root) can change where this path leads: a folder on the way
/// that others own or may write (a sticky one like /tmp lets nobody change what is not theirs), or a symbolic link on
/// the way of theirs. Every folder is looked at, those that hold the links as well as those they lead to. True also
/// where that cannot be found out. Who owns the file itself, and may write to it, is for the caller.
[[nodiscard]] bool replaceable(const std::filesystem::path& file, bool only_root);

}  // namespace app::files
