// A strict archive that is sealed while it is written, made durable and read back. Must not know what is in it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <string_view>

#include "app/exchange/certificate.hpp"
#include "app/exchange/failure.hpp"
#include "app/exchange/ustar.hpp"
#include "app/files/durable_file.hpp"
#include "crypto/age.hpp"
#include "crypto/hash.hpp"

namespace app::exchange {

/// Receives progress of the writing and of the reading back; false asks to stop.
using ArchiveProgress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

/// An age file under its name when publish() succeeded, and nothing otherwise.
class SealedArchive {
  public:
    /// `inner`: bytes of the whole archive, for whose sealed form there must be room. Never over an existing file.
    /// Errors: Exists, NoSpace, Io, Recipients, Crypto.
    [[nodiscard]] static Result<SealedArchive> start(crypto::SodiumReady ready,
                                                     const std::filesystem::path& destination,
                                                     std::span<const crypto::Recipient> recipients, std::uint64_t inner,
                                                     ArchiveProgress progress = {});

    /// Bytes of the archive as they are. Errors: Io, NoSpace, Crypto, Cancelled.
    [[nodiscard]] Result<void> write(crypto::ByteView plain);
    /// A member at once: header, content, fill. Errors: as write(), Archive.
    [[nodiscard]] Result<void> add(std::string_view name, crypto::ByteView content);
    /// Ends the file, reads it back from the medium, checks its digest and every chunk, and gives it its name.
    /// Errors: as write(), Exists.
    [[nodiscard]] Result<void> publish();

    [[nodiscard]] const std::filesystem::path& destination() const noexcept { return file_.destination(); }
    [[nodiscard]] std::uint64_t bytes() const noexcept { return bytes_; }
    [[nodiscard]] const crypto::Digest& digest() const noexcept { return digest_; }

  private:
    SealedArchive(crypto::SodiumReady ready, files::DurableFile file, crypto::SealStream seal, std::uint64_t total,
                  ArchiveProgress progress)
        : ready_(ready),
          file_(std::move(file)),
          seal_(std::move(seal)),
          hash_(ready),
          progress_(std::move(progress)),
          total_(2 * total) {}
    [[nodiscard]] Result<void> put(crypto::ByteView sealed);
    [[nodiscard]] Result<void> advance(std::uint64_t more);
    [[nodiscard]] Result<void> verify();

    crypto::SodiumReady ready_;
    files::DurableFile file_;
    crypto::SealStream seal_;
    crypto::Sha256 hash_;
    ArchiveProgress progress_;
    std::uint64_t total_;
    std::uint64_t done_ = 0;
    std::uint64_t bytes_ = 0;
    crypto::Digest digest_{};
    crypto::Bytes sealed_;
};

}  // namespace app::exchange
