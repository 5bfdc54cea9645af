// The coordinators' answer to one batch, as one file on its way back: receipts, certificates and a bundle under their
// names, sealed with the secret that came inside the batch. It hides whose they are and vouches for none of them. Knows
// neither who writes one nor what a kiosk takes of it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/reply.hpp"

namespace app::exchange {

/// The archive inside is filled up to the smallest of these, or else to whole MiB. Bytes.
inline constexpr std::array<std::size_t, 4> reply_sizes{4U << 10, 64U << 10, 1U << 20, 4U << 20};
inline constexpr std::size_t reply_most_files = 32;
/// Of the archive: the largest bundle and room for everything else.
inline constexpr std::size_t reply_most_archive = bundle_most_bytes + (16U << 20);
inline constexpr std::size_t reply_most_bytes = reply_most_archive + crypto::reply_overhead;

enum class ReplyKind : std::uint8_t { Receipt, Certificate, Bundle };
/// What a file of such a name is in a reply; nothing for any other name.
[[nodiscard]] std::optional<ReplyKind> reply_kind_of(std::string_view name);

/// One file of a reply, as it lies plainly on a stick where there is no reply.
struct ReplyFile {
    std::string name;
    crypto::Bytes file;
    friend bool operator==(const ReplyFile& a, const ReplyFile& b) { return a.name == b.name && a.file == b.file; }
};
/// In the order of a reply: receipts, certificates, the bundle, each kind by name.
void sort_reply(std::vector<ReplyFile>& files);

/// What is sealed: a strict archive of these files in their order and of FILL.
/// Errors: Members (no file, a name that no reply has, or a second bundle), Archive (a name twice), TooLarge.
[[nodiscard]] Result<crypto::Bytes> reply_archive(std::vector<ReplyFile> files);
/// Accepts exactly what reply_archive() writes. Errors: Archive, Members, TooLarge.
[[nodiscard]] Result<std::vector<ReplyFile>> parse_reply_archive(crypto::ByteView archive);

/// Errors: as reply_archive(), Crypto.
[[nodiscard]] Result<crypto::Bytes> make_reply(crypto::SodiumReady ready, crypto::ByteView secret,
                                               std::vector<ReplyFile> files);
/// What is in it, none of it verified. Errors: Crypto (under another secret, or changed), and as
/// parse_reply_archive().
[[nodiscard]] Result<std::vector<ReplyFile>> load_reply(crypto::SodiumReady ready, crypto::ByteView secret,
                                                        crypto::ByteView file);

/// "<16 hex>.reply". Errors: Crypto (no secret of a batch).
[[nodiscard]] Result<std::string> reply_file_name(crypto::SodiumReady ready, crypto::ByteView secret);
/// True for exactly such a name.
[[nodiscard]] bool is_reply_file_name(std::string_view name);

}  // namespace app::exchange
