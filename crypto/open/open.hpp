#pragma once
// Opening age v1 files with identities or a passphrase. Linked by the coordinators' programs only, never by the kiosk.
// Failures of every function here: NoMatch, Header, Mac, Payload, WorkFactor, Memory, LockedMemory.

#include <cstddef>
#include <memory>
#include <span>

#include "crypto/open/identity.hpp"

namespace crypto::open {

inline constexpr unsigned max_work_factor = 22;      ///< log2 of scrypt's N that is accepted: 4 GiB of memory
inline constexpr unsigned default_work_factor = 18;  ///< log2 of scrypt's N when sealing: 256 MiB, as stock age

/// What may open a file. The referenced secrets must outlive the call or the stream.
struct Keys {
    std::span<const Identity> identities{};
    std::span<const SecretBytes> passphrases{};
    unsigned work_cap = max_work_factor;
};

/// The whole plaintext, in locked memory: for records (at most 256 KiB) and keys. Nothing is released unless
/// everything verified. Padding spaces are still there.
[[nodiscard]] Result<SecretBytes> open(SodiumReady ready, ByteView sealed, const Keys& keys);
[[nodiscard]] Result<SecretBytes> open(SodiumReady ready, ByteView sealed, std::span<const Identity> identities);

/// The same into ordinary memory, for content that is itself sealed or public.
[[nodiscard]] Result<Bytes> open_bytes(SodiumReady ready, ByteView sealed, const Keys& keys);

/// The file key (16 bytes) that the header's stanzas hold, header MAC verified. The payload is not looked at.
[[nodiscard]] Result<SecretBytes> open_file_key(SodiumReady ready, ByteView sealed, const Keys& keys);

/// Opens a file of any size in bounded memory. Each released chunk is authentic, but only finish() says that the file
/// is complete: write to a temporary file and drop it on any failure.
class OpenStream {
  public:
    OpenStream(SodiumReady ready, const Keys& keys);
    OpenStream(OpenStream&&) noexcept;
    OpenStream& operator=(OpenStream&&) noexcept;
    ~OpenStream();

    /// Takes the next sealed bytes and appends the plaintext of the chunks they complete to `out`.
    [[nodiscard]] Result<void> update(ByteView piece, Bytes& out);
    /// Appends the last chunk and checks the end.
    [[nodiscard]] Result<void> finish(Bytes& out);

    /// Opens the same file once more, from its first byte and without any identity: for what is checked whole before
    /// it is used, and too large to be kept. Only after finish() said that the file is complete, else Input. Another
    /// header than the one seen here is refused as Header; content is authenticated as before.
    [[nodiscard]] Result<OpenStream> again() const;

  private:
    struct Parts;
    explicit OpenStream(std::unique_ptr<Parts> parts) noexcept;
    std::unique_ptr<Parts> parts_;
};

/// An age file that a passphrase opens (scrypt stanza): how identities are kept on a coordinator's disk.
/// The passphrase has 1 to 1,024 bytes. Errors: Input (passphrase length, work factor not 10 to 22), Memory,
/// LockedMemory.
[[nodiscard]] Result<Bytes> seal_with_passphrase(SodiumReady ready, ByteView plaintext, const SecretBytes& passphrase,
                                                 unsigned work_factor = default_work_factor);

}  // namespace crypto::open
