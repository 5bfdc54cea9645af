// A new file that is either complete and on the medium under its name, or not there at all.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "app/files/descriptor.hpp"
#include "app/files/error.hpp"

namespace app::files {

/// Written beside its destination, mode 0600, without any name where the file system can do that: then nothing is left
/// when the program is killed. Elsewhere (FAT) under a temporary name, which the destructor removes, or else
/// remove_leftovers(). `publish` makes it durable and gives it its name.
class DurableFile {
  public:
    /// Removes what an earlier, killed program left in the folder. Errors: Exists when `destination` is there already,
    /// Io, NoSpace.
    [[nodiscard]] static Detailed<DurableFile> create(std::filesystem::path destination);
    DurableFile(DurableFile&& other) noexcept = default;
    DurableFile& operator=(DurableFile&&) = delete;
    DurableFile(const DurableFile&) = delete;
    DurableFile& operator=(const DurableFile&) = delete;
    ~DurableFile();

    /// Appends all bytes. Errors: Io, NoSpace.
    [[nodiscard]] Detailed<void> write(std::span<const std::byte> bytes);
    /// Fills up with zeros what write() will then overwrite from the beginning, and syncs: room is there for what must
    /// not lie on a medium before its time. Before the first write(). Errors: Io, NoSpace.
    [[nodiscard]] Detailed<void> reserve(std::size_t size);
    /// Forces what was written to the medium and lets the cache forget it, so that reading it back reads the medium.
    [[nodiscard]] Detailed<void> sync();
    /// The whole content from its beginning, in pieces; false when `take` said to stop. Errors: Io.
    [[nodiscard]] Detailed<bool> read_back(const std::function<bool(std::span<const std::byte>)>& take) const;
    /// Syncs, gives the file its name without ever replacing another, and syncs the folder. Errors: Exists, Io,
    /// NoSpace.
    [[nodiscard]] Detailed<void> publish();

    [[nodiscard]] const std::filesystem::path& destination() const noexcept { return destination_; }

  private:
    DurableFile(Descriptor descriptor, std::filesystem::path temporary, std::filesystem::path destination) noexcept
        : descriptor_(std::move(descriptor)), temporary_(std::move(temporary)), destination_(std::move(destination)) {}

    [[nodiscard]] Result<void> name() const;

    Descriptor descriptor_;
    std::filesystem::path temporary_;  ///< empty: the file has no name yet
    std::filesystem::path destination_;
};

/// ".amparo-<16 hex>.tmp": what an unfinished file is called where it must have a name.
[[nodiscard]] bool is_temporary_name(std::string_view name);

/// Removes unfinished files that killed programs left in the folder: plain files with exactly such a name, of this
/// user, that no running program holds. Never anything else. How many.
std::size_t remove_leftovers(const std::filesystem::path& folder);

/// Creates a file with this content, durable, mode 0600. Errors: as DurableFile.
[[nodiscard]] Detailed<void> write_new_file(const std::filesystem::path& file, std::span<const std::byte> content);

}  // namespace app::files
