#pragma once
// What the operating system shows as files without being any: the kernel's own, and the terminal.

#include <cstddef>
#include <filesystem>
#include <string>

#include "app/files/descriptor.hpp"
#include "app/files/error.hpp"

namespace app::files {

/// A file of the kernel's (/proc, /sys), which tells no size: at most its first `most` bytes.
/// Errors: Missing, Denied, Io.
[[nodiscard]] Result<std::string> read_kernel_file(const std::filesystem::path& file, std::size_t most);

/// The terminal of this process, for asking a person; nothing where there is none.
[[nodiscard]] Descriptor open_terminal() noexcept;

}  // namespace app::files
