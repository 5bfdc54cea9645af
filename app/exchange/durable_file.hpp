// A new file that is either complete and on the medium under its name, or not there at all.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/ready.hpp"

namespace app::exchange {

/// Written under a temporary name beside its destination, mode 0600. `publish` makes it durable and gives it its name;
/// without it the destructor removes it.
class DurableFile {
  public:
    /// Errors: Exists when `destination` is there already, Io, NoSpace.
    [[nodiscard]] static Result<DurableFile> create(crypto::SodiumReady ready, std::filesystem::path destination);
    DurableFile(DurableFile&& other) noexcept;
    DurableFile& operator=(DurableFile&&) = delete;
    DurableFile(const DurableFile&) = delete;
    DurableFile& operator=(const DurableFile&) = delete;
    ~DurableFile();

    /// Appends all bytes. Errors: Io, NoSpace.
    [[nodiscard]] Result<void> write(crypto::ByteView bytes);
    /// Forces what was written to the medium and lets the cache forget it, so that reading it back reads the medium.
    [[nodiscard]] Result<void> sync();
    /// The whole content from its beginning, in pieces. Errors: Io, or whatever `take` returns.
    [[nodiscard]] Result<void> read_back(const std::function<Result<void>(crypto::ByteView)>& take) const;
    /// Syncs, renames without ever replacing a file, and syncs the folder. Errors: Exists, Io, NoSpace.
    [[nodiscard]] Result<void> publish();

    [[nodiscard]] const std::filesystem::path& destination() const noexcept { return destination_; }

  private:
    DurableFile(int descriptor, std::filesystem::path temporary, std::filesystem::path destination) noexcept
        : descriptor_(descriptor), temporary_(std::move(temporary)), destination_(std::move(destination)) {}

    int descriptor_;
    std::filesystem::path temporary_;
    std::filesystem::path destination_;
};

/// The whole of a small regular file; anything else at the path is refused, and never waited for. Errors: Io, TooLarge
/// when it has more than `most` bytes.
[[nodiscard]] Result<crypto::Bytes> read_file(const std::filesystem::path& file, std::size_t most);

/// Creates a file with this content, durable, mode 0600. Errors: as DurableFile.
[[nodiscard]] Result<void> write_new_file(crypto::SodiumReady ready, const std::filesystem::path& file,
                                          crypto::ByteView content);

}  // namespace app::exchange
