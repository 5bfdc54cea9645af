// The list of digests that a signature covers, in the words of sha256sum; knows nothing of what the files mean.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace app::exchange {

/// A SHA-256 digest; its text is crypto::to_hex().
using crypto::Digest;

/// Nothing unless the text is 64 lower-case hex digits.
[[nodiscard]] std::optional<Digest> parse_digest(std::string_view text);

struct ManifestLine {
    Digest sha256;
    std::string name;
};

/// In the order of a manifest: bytewise, as whole lines.
void sort_lines(std::vector<ManifestLine>& lines);

/// Text of a manifest: the title line, then "<64 hex>  <name>" lines sorted bytewise as whole lines, each ended by LF.
/// `sha256sum -c` accepts it after the title line.
[[nodiscard]] std::string manifest_text(std::string_view title, std::vector<ManifestLine> lines);

/// Accepts exactly what `manifest_text` writes for this title, with distinct allowed names, at most `most` lines.
/// Errors: Manifest, TooLarge.
[[nodiscard]] Result<std::vector<ManifestLine>> parse_manifest(crypto::ByteView text, std::string_view title,
                                                               std::size_t most);

}  // namespace app::exchange
