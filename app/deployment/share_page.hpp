#pragma once
// The sheet of paper for whoever keeps one share of a recovery key: what it is, what to do, the words, the QR code.
// Values in, text out; where it is written to is for the caller, as a secret.

#include <chrono>
#include <string>

#include "crypto/share.hpp"
#include "locales/translator.hpp"

namespace app::deployment {

struct SharePage {
    std::string programme;       ///< its name, for people
    std::chrono::sys_days made;  ///< when the set was made
};

/// The whole sheet fits on A4 and on US Letter paper.
inline constexpr int share_page_width = 2100;  ///< tenths of a millimetre
inline constexpr int share_page_height = 2790;

/// One page of SVG in the translator's language. Errors: as crypto::share_words().
[[nodiscard]] crypto::Result<crypto::SecretBytes> share_page(crypto::SodiumReady ready,
                                                             const locales::Translator& words,
                                                             const crypto::PaperShare& share, const SharePage& about);

}  // namespace app::deployment
