// Inside of app/exchange/open: a batch's outer file, streamed as often as it is needed and never held.
#pragma once

#include <functional>
#include <optional>

#include "app/exchange/open/batch_open.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/hash.hpp"
#include "crypto/open/open.hpp"

namespace app::exchange {

template <class T>
using Checked = tl::expected<T, BatchRefusal>;

[[nodiscard]] tl::unexpected<BatchRefusal> refused(BatchReason reason, Reason why, std::vector<std::string> of = {});

/// The descriptor that the batch was verified over, and what opens the same file once more without identities.
class BatchFile {
  public:
    /// Gets the plaintext piece by piece; false says that no more is wanted.
    using Take = std::function<bool(crypto::ByteView plain)>;

    /// Refusals: Unreadable, TooLarge.
    [[nodiscard]] static Checked<BatchFile> open(const std::filesystem::path& path);

    /// The whole file from its first byte, opened with the identities; its digest. Afterwards read_again() works.
    /// Refusals: as those of a batch's outer file; Stopped.
    [[nodiscard]] Checked<Digest> read(crypto::SodiumReady ready, std::span<const crypto::open::Identity> identities,
                                       const Take& take, const Progress& progress);
    /// The same once more. Refusals: Unreadable when it cannot be read or is another file by now; Stopped.
    [[nodiscard]] Checked<void> read_again(const Take& take, const Progress& progress) const;

  private:
    explicit BatchFile(files::InputFile file) : file_(std::move(file)) {}
    /// `digest`: of the file; null where nobody asks for it.
    [[nodiscard]] Checked<void> stream(crypto::open::OpenStream& opening, crypto::Sha256* digest, const Take& take,
                                       const Progress& progress) const;

    files::InputFile file_;
    std::optional<crypto::open::OpenStream> opened_;
};

}  // namespace app::exchange
