// Opening what somebody else put at a path: it is looked at before a byte is read, and nothing there can make the
// program wait. Must not know what is in a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <tl/expected.hpp>
#include <utility>
#include <vector>

#include "app/files/descriptor.hpp"

namespace app::files {

/// Why a file was not read.
enum class Fault : std::uint8_t {
    Missing,      ///< nothing of that name, or a link to nothing
    Kind,         ///< a folder, device, socket or pipe; a link where none is followed
    TooLarge,     ///< more bytes than the caller takes
    Unreadable,   ///< no permission, or the medium failed; errno says which
    Interrupted,  ///< a signal came; nothing is lost, reading may go on
};

/// What may stand at the path.
enum class Kinds : std::uint8_t {
    Plain,
    /// Also a pipe without a name, as /dev/stdin and <(…) of a shell are: only who started the program can have made
    /// it. A pipe with a name (FIFO) never: whoever made it decides for how long a reader waits.
    PlainOrPipe,
};

/// Whether the last part of the path may be a symbolic link: yes where a person named the path, no in a folder that
/// somebody else filled.
enum class Links : std::uint8_t { Followed, Refused };

/// An open file, for reading.
class InputFile {
  public:
    /// Never waits. Errors: Missing, Kind, Unreadable.
    [[nodiscard]] static tl::expected<InputFile, Fault> open(const std::filesystem::path& path,
                                                             Kinds kinds = Kinds::Plain, Links links = Links::Followed);
    /// Bytes of the file when it was opened; nothing for a pipe.
    [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }
    /// The next bytes, at most as many as there is room; 0 at the end. A pipe is waited for. Errors: Unreadable,
    /// Interrupted.
    [[nodiscard]] tl::expected<std::size_t, Fault> read(std::span<std::byte> room) const noexcept;
    /// The same from this place on, wherever read() stands. Never of a pipe. Errors: Unreadable, Interrupted.
    [[nodiscard]] tl::expected<std::size_t, Fault> read_at(std::uint64_t place,
                                                           std::span<std::byte> room) const noexcept;

  private:
    InputFile(Descriptor descriptor, std::optional<std::uint64_t> size) noexcept
        : descriptor_(std::move(descriptor)), size_(size) {}

    Descriptor descriptor_;
    std::optional<std::uint64_t> size_;
};

/// The whole of a plain file of at most `most` bytes, also when it grows meanwhile. Errors: all but Interrupted.
[[nodiscard]] tl::expected<std::vector<std::byte>, Fault> read_plain(const std::filesystem::path& path,
                                                                     std::size_t most, Links links = Links::Followed);

}  // namespace app::files
