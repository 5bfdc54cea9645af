// The one kind of tar archive Amparo writes and accepts; knows nothing of what is inside.
// Source: POSIX.1-2017 pax, "ustar Interchange Format". Accepted bytes are exactly those `UstarWriter` produces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"

namespace app::exchange {

inline constexpr std::size_t ustar_block = 512;

/// What a reader accepts at most. Sizes in bytes.
struct UstarLimits {
    std::size_t members;         ///< members in the archive
    std::uint64_t member_bytes;  ///< one member
    std::uint64_t total_bytes;   ///< all members together
};

/// True for names an archive may hold: 1 to 100 bytes, relative, parts of [A-Za-z0-9._-] separated by single '/', no
/// part empty or beginning with '.'.
[[nodiscard]] bool ustar_name_allowed(std::string_view name);

/// Bytes that one member of `size` bytes takes: its header and its content filled up to a whole block.
[[nodiscard]] std::uint64_t ustar_member_bytes(std::uint64_t size);

/// The two zero blocks that end an archive. No further blocking: the archive ends right after them.
inline constexpr std::size_t ustar_end_bytes = 2 * ustar_block;

/// The 512-byte header of a member: regular file, mode 0600, owner 0, time 0.
/// Errors: Archive when the name is not allowed or the size is beyond 8 GiB - 1.
[[nodiscard]] Result<crypto::Bytes> ustar_header(std::string_view name, std::uint64_t size);

/// Collects a small archive in memory (a bundle). Large ones are streamed with `ustar_header` by their writer.
class UstarWriter {
  public:
    /// Errors: Archive for a name that is not allowed or was already added.
    [[nodiscard]] Result<void> add(std::string_view name, crypto::ByteView content);
    /// Ends the archive and gives its bytes away.
    [[nodiscard]] crypto::Bytes finish() &&;

  private:
    crypto::Bytes bytes_;
    std::set<std::string, std::less<>> names_;
};

/// Receives an archive piece by piece. A member's content is delivered in order, in as many pieces as arrive.
class UstarHandler {
  public:
    virtual ~UstarHandler() = default;
    /// A member begins. Returning a failure stops the parse with that failure.
    [[nodiscard]] virtual Result<void> begin(const std::string& name, std::uint64_t size) = 0;
    [[nodiscard]] virtual Result<void> content(crypto::ByteView piece) = 0;
    /// The member is complete and its fill bytes were zero.
    [[nodiscard]] virtual Result<void> end() = 0;
};

/// Strict push parser with bounded memory: one block is buffered, never a member.
/// Refuses everything that is not a plain regular file with the fixed metadata: links, directories, devices, pax and
/// GNU extensions, prefixes, other modes, owners or times, wrong checksums, duplicate or unsafe names, non-zero fill,
/// a missing end, and any byte after the end.
class UstarParser {
  public:
    /// `handler` must outlive the parser.
    UstarParser(UstarLimits limits, UstarHandler& handler);
    /// Feeds the next bytes of the archive. After a failure the parser must not be fed again.
    [[nodiscard]] Result<void> feed(crypto::ByteView bytes);
    /// The archive is over. Errors: Archive when the end blocks have not been seen.
    [[nodiscard]] Result<void> finish();

  private:
    [[nodiscard]] Result<void> header();

    UstarLimits limits_;
    UstarHandler& handler_;
    std::set<std::string, std::less<>> names_;
    crypto::Bytes block_;
    std::uint64_t left_ = 0;   // content bytes still to come
    std::size_t padding_ = 0;  // fill bytes still to come
    std::uint64_t total_ = 0;
    std::size_t zero_blocks_ = 0;
};

/// One member of an archive held in memory; `content` points into the archive's bytes.
struct UstarMember {
    std::string name;
    crypto::ByteView content;
};

/// Reads a whole archive strictly, in its order. The result points into `archive`, which must outlive it.
[[nodiscard]] Result<std::vector<UstarMember>> read_ustar(crypto::ByteView archive, UstarLimits limits);

/// Whether the archive ends before what its headers announce: a copy that broke off, not one that was changed. To say
/// why read_ustar() refused it; by itself it vouches for nothing.
[[nodiscard]] bool ustar_is_cut(crypto::ByteView archive);

}  // namespace app::exchange
