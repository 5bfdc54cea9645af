// Text from outside as it may stand on a screen or a terminal: whatever steers, hides or turns round is written out.
#pragma once

#include <string>
#include <string_view>

namespace locales {

/// `text` on one line and with everything `invisible_or_unsafe` written as what it is: "\n", "\t", "\r", "\x1B" for
/// other control characters of one byte and for bytes that are no UTF-8, "\u{202E}" for the rest. So are combining
/// marks that nothing stands before, and those after the fourth in a row. Nothing is left out, so that two texts that
/// differ look different, except that a backslash stays as it is: this is for eyes, and text that was made visible
/// already must not change again.
[[nodiscard]] std::string visible(std::string_view text);

/// The same for lines that the caller has put together: line feeds stay.
[[nodiscard]] std::string visible_lines(std::string_view lines);

/// JSON that says the same in printable ASCII and line feeds (RFC 8259 section 7: "\u202e", pairs of surrogates above
/// U+FFFF). Bytes that are no UTF-8 become U+FFFD; tabs and carriage returns, which in JSON stand between values only,
/// become spaces.
[[nodiscard]] std::string ascii_json(std::string_view json);

}  // namespace locales
