// Opening what somebody else put at a path: it is looked at before a byte is read, and nothing there can make the
// program wait. Must not know what is in a file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "app/files/descriptor.hpp"
#include "app/files/error.hpp"

namespace app::files {

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
    /// Never waits. Errors: Missing, Kind, Denied, Memory, Io.
    [[nodiscard]] static Result<InputFile> open(const std::filesystem::path& path, Kinds kinds = Kinds::Plain,
                                                Links links = Links::Followed);
    /// Bytes of the file when it was opened; nothing for a pipe.
    [[nodiscard]] std::optional<std::uint64_t> size() const noexcept { return size_; }
    /// Whose it was, and what others may do with it (the lower nine bits of its mode).
    [[nodiscard]] std::uint32_t owner() const noexcept { return owner_; }
    [[nodiscard]] std::uint32_t permissions() const noexcept { return permissions_; }
    /// Whether the file system keeps permissions: FAT, exFAT and NTFS show the same for every file, whatever was set.
    [[nodiscard]] bool keeps_permissions() const noexcept;
    /// The next bytes, at most as many as there is room; 0 at the end. A pipe is waited for. Errors: Io, Interrupted.
    [[nodiscard]] Result<std::size_t> read(std::span<std::byte> room) const noexcept;
    /// As many as there is room, fewer only at the end; goes on after a signal. Errors: Io.
    [[nodiscard]] Result<std::size_t> fill(std::span<std::byte> room) const noexcept;
    /// As read(), from this place on, wherever read() stands. Never of a pipe. Errors: Io, Interrupted.
    [[nodiscard]] Result<std::size_t> read_at(std::uint64_t place, std::span<std::byte> room) const noexcept;

  private:
    InputFile(Descriptor descriptor, std::optional<std::uint64_t> size) noexcept
        : descriptor_(std::move(descriptor)), size_(size) {}

    Descriptor descriptor_;
    std::optional<std::uint64_t> size_;
    std::uint32_t owner_ = 0;
    std::uint32_t permissions_ = 0;
};

/// The whole of a plain file of at most `most` bytes, also when it grows meanwhile. Errors: Missing, Kind,
/// TooLarge, Denied, Memory, Io.
[[nodiscard]] Result<std::vector<std::byte>> read_plain(const std::filesystem::path& path, std::size_t most,
                                                        Links links = Links::Followed);

}  // namespace app::files
