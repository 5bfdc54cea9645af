#pragma once
// Folders of our own, and names in them: made, locked, looked through, renamed, synced. Must not know what is in a
// file.

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/files/descriptor.hpp"
#include "app/files/error.hpp"

namespace app::files {

/// Something has this name, whatever it is.
[[nodiscard]] bool is_there(const std::filesystem::path& file) noexcept;

/// For this user alone, its name on the medium; whether it was not there yet. Errors: Missing (what it should lie in),
/// Denied, NoSpace, Io.
[[nodiscard]] Result<bool> make_folder(const std::filesystem::path& folder);
/// Not through a link. Errors: Missing, Kind, Denied, Io.
[[nodiscard]] Result<Descriptor> open_folder(const std::filesystem::path& folder);
/// For this process alone, as long as the descriptor lives. The lock is on the folder itself: no file that somebody
/// could delete, replace or put a link in place of. False when another program holds it. Errors: Io.
[[nodiscard]] Result<bool> lock(const Descriptor& folder);
/// Takes from others what they may do with a file or folder. True when that was needed and done; a file system without
/// permissions stays as it is.
bool close_to_others(const Descriptor& file) noexcept;
/// The same for a plain file of this name, not through a link.
bool close_to_others(const std::filesystem::path& file) noexcept;
/// A new, empty file for this user alone. Errors: Exists, Missing, Denied, NoSpace, Io.
[[nodiscard]] Result<void> make_empty(const std::filesystem::path& file);
/// Takes the name away; not synced. Whether there was one. Errors: Denied, Io.
Result<bool> remove(const std::filesystem::path& file) noexcept;
/// Renames what is there over whatever has the other name; not synced. Errors: Missing, Denied, NoSpace, Io.
[[nodiscard]] Result<void> rename_over(const std::filesystem::path& from, const std::filesystem::path& to);
/// Renames to a name that nothing has; not synced. Errors: Exists, Missing, Denied, NoSpace, Io.
[[nodiscard]] Result<void> rename_new(const std::filesystem::path& from, const std::filesystem::path& to);
/// Each of the two gets the other's name, in one step; not synced. Errors: Unsupported where the file system cannot do
/// that, Missing, Denied, Io.
[[nodiscard]] Result<void> exchange_names(const std::filesystem::path& one, const std::filesystem::path& other);
/// Names in a folder are on the medium afterwards. Errors: Missing, Denied, Io; Unsupported where the file system of a
/// stick cannot do that.
[[nodiscard]] Result<void> sync_folder(const std::filesystem::path& folder);
/// The name of this file or folder is on the medium afterwards, where the file system can do that: a stick often
/// cannot. Errors: Missing, Denied, Io.
[[nodiscard]] Result<void> sync_name(const std::filesystem::path& file);
/// What a file or folder lies in; "." for a bare name.
[[nodiscard]] std::filesystem::path folder_of(const std::filesystem::path& file);
/// Gives the names in a folder, without "." and "..", one by one and none of them kept, until `use` says no: for a
/// folder that somebody else filled. Errors: Missing, Kind, Denied, Io.
[[nodiscard]] Result<void> each_name(const std::filesystem::path& folder,
                                     const std::function<bool(std::string_view name)>& use);
[[nodiscard]] Result<void> each_name(const Descriptor& folder, const std::function<bool(std::string_view name)>& use);
/// What is in an open folder, without "." and "..". Unlike the standard library's iterator it can run out of memory
/// without ending the program. Errors: Missing, Denied, Io.
[[nodiscard]] Result<std::vector<std::string>> names_in(const Descriptor& folder);
[[nodiscard]] Result<std::vector<std::string>> names_in(const std::filesystem::path& folder);
/// The path without symbolic links. Errors: Missing, Denied (may not be looked at), Kind (links in a circle), Io.
[[nodiscard]] Result<std::filesystem::path> real_path(const std::filesystem::path& path);

}  // namespace app::files
