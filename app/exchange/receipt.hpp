// A coordinator's signed word that a batch is in custody, as one file on its way back to the kiosk. Knows neither how a
// batch was taken in nor what a kiosk does about it.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"
#include "crypto/minisign.hpp"

namespace app::exchange {

inline constexpr std::size_t receipt_most_refused = 4096;
inline constexpr std::size_t receipt_most_bytes = 512U << 10U;

/// Why a record of a batch was not taken into custody.
enum class RefusedWhy : std::uint8_t {
    Damaged,  ///< its bytes are not those of MANIFEST
    NotKept,  ///< it could not be kept
};
[[nodiscard]] std::string_view to_word(RefusedWhy why) noexcept;

struct RefusedRecord {
    crypto::Digest sha256{};  ///< of the sealed bytes, as in MANIFEST
    RefusedWhy why = RefusedWhy::Damaged;
};

/// It says custody: whether a record can be opened is another matter.
struct Receipt {
    std::string device;  ///< 32 hex digits
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    crypto::Digest manifest{};           ///< SHA-256 of the batch's MANIFEST
    std::vector<RefusedRecord> refused;  ///< all but these are in custody; by digest, each once
    crypto::ReceiptPublicKey signer;
};

/// What the signature covers: "amparo-receipt 1", then lines as docs/FORMATS.md has them.
[[nodiscard]] std::string receipt_text(const Receipt& receipt);
/// Accepts exactly what `receipt_text` writes. Errors: Content, TooLarge.
[[nodiscard]] Result<Receipt> parse_receipt_text(crypto::ByteView text);

/// The text and its signature by `key`, which becomes the signer; the same receipt gives the same bytes.
/// Errors: Content (a field that could not be read back), TooLarge, Crypto.
[[nodiscard]] Result<crypto::Bytes> sign_receipt(crypto::SodiumReady ready, Receipt receipt,
                                                 const crypto::ReceiptSecretKey& key);

/// Verified with one of the pinned signers before it is parsed. Accepts exactly what `sign_receipt` writes.
/// Errors: Content and TooLarge (not that form), Signature (ReceiptSigner: by nobody who is pinned; ReceiptUnsigned:
/// not what was signed).
[[nodiscard]] Result<Receipt> load_receipt(crypto::SodiumReady ready, crypto::ByteView file,
                                           std::span<const crypto::ReceiptPublicKey> pinned);

/// "r-<16 hex>.receipt", of what the file says: a receipt that is issued again has the same name.
[[nodiscard]] std::string receipt_file_name(crypto::SodiumReady ready, crypto::ByteView file);
/// True for exactly such a name.
[[nodiscard]] bool is_receipt_file_name(std::string_view name);

}  // namespace app::exchange
