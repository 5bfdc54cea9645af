#pragma once
// What a programme remembers of a set of recovery sheets: that it was made, and which of its printed sheets were read
// back. Signed by the programme, so that nobody's word alone makes a recovery count.

#include <cstdint>
#include <vector>

#include "app/exchange/certificate.hpp"
#include "crypto/recipient.hpp"
#include "crypto/share.hpp"

namespace app::exchange {

inline constexpr std::size_t sheets_note_most_bytes = 8192;

struct SheetsNote {
    std::string deployment;               ///< 16 hex digits
    crypto::Recipient recipient;          ///< whose identity was split
    std::array<std::byte, 3> set{};       ///< as in crypto::ShareHead
    std::uint8_t needed = 0;              ///< sheets that give the identity
    std::uint8_t sheets = 0;              ///< sheets that were made
    std::vector<std::uint8_t> read = {};  ///< numbers of those read back, ascending; as many as needed, or none
    Day day{};                            ///< when it was made, or read back

    /// A set counts as made only then.
    [[nodiscard]] bool proven() const { return !read.empty(); }
};

/// "5ea10b.sheets": what the note of a set is called.
[[nodiscard]] std::string sheets_note_name(const SheetsNote& note);

/// Errors: Content (numbers that no set has), Deployment (another one's key), Crypto.
[[nodiscard]] Result<crypto::Bytes> sign_sheets_note(crypto::SodiumReady ready, const SheetsNote& note,
                                                     const crypto::DeploymentSecretKey& key);

/// Verified before it is parsed; one encoding. Errors: Signature, Content, Deployment.
[[nodiscard]] Result<SheetsNote> load_sheets_note(crypto::SodiumReady ready, crypto::ByteView file,
                                                  const crypto::DeploymentPublicKey& programme);

}  // namespace app::exchange
