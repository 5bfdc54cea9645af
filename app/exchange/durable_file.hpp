// A new file that is either complete and on the medium under its name, or not there at all.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/ready.hpp"

namespace app::exchange {

/// Written beside its destination, mode 0600, without any name where the file system can do that: then nothing is left
/// when the program is killed. Elsewhere (FAT) under a temporary name, which the destructor removes, or else
/// remove_leftovers(). `publish` makes it durable and gives it its name.
class DurableFile {
  public:
    /// Removes what an earlier, killed program left in the folder. Errors: Exists when `destination` is there already,
    /// Io, NoSpace.
    [[nodiscard]] static Result<DurableFile> create(crypto::SodiumReady ready, std::filesystem::path destination);
    DurableFile(DurableFile&& other) noexcept;
    DurableFile& operator=(DurableFile&&) = delete;
    DurableFile(const DurableFile&) = delete;
    DurableFile& operator=(const DurableFile&) = delete;
    ~DurableFile();

    /// Appends all bytes. Errors: Io, NoSpace.
    [[nodiscard]] Result<void> write(crypto::ByteView bytes);
    /// Fills up with zeros what write() will then overwrite from the beginning, and syncs: room is there for what must
    /// not lie on a medium before its time. Before the first write(). Errors: Io, NoSpace.
    [[nodiscard]] Result<void> reserve(std::size_t size);
    /// Forces what was written to the medium and lets the cache forget it, so that reading it back reads the medium.
    [[nodiscard]] Result<void> sync();
    /// The whole content from its beginning, in pieces. Errors: Io, or whatever `take` returns.
    [[nodiscard]] Result<void> read_back(const std::function<Result<void>(crypto::ByteView)>& take) const;
    /// Syncs, gives the file its name without ever replacing another, and syncs the folder. Errors: Exists, Io,
    /// NoSpace.
    [[nodiscard]] Result<void> publish();

    [[nodiscard]] const std::filesystem::path& destination() const noexcept { return destination_; }

  private:
    DurableFile(int descriptor, std::filesystem::path temporary, std::filesystem::path destination) noexcept
        : descriptor_(descriptor), temporary_(std::move(temporary)), destination_(std::move(destination)) {}

    /// As rename(2): 0, or -1 and errno.
    [[nodiscard]] int name() const;

    int descriptor_;
    std::filesystem::path temporary_;  ///< empty: the file has no name yet
    std::filesystem::path destination_;
};

/// ".amparo-<16 hex>.tmp": what an unfinished file is called where it must have a name.
[[nodiscard]] bool is_temporary_name(std::string_view name);

/// Removes unfinished files that killed programs left in the folder: plain files with exactly such a name, of this
/// user, that no running program holds. Never anything else. How many.
std::size_t remove_leftovers(const std::filesystem::path& folder);

/// The whole of a small regular file; anything else at the path is refused, and never waited for. Errors: Io, TooLarge
/// when it has more than `most` bytes.
[[nodiscard]] Result<crypto::Bytes> read_file(const std::filesystem::path& file, std::size_t most);

/// Creates a file with this content, durable, mode 0600. Errors: as DurableFile.
[[nodiscard]] Result<void> write_new_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                          crypto::ByteView content);

}  // namespace app::exchange
