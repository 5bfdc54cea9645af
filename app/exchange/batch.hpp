// Sealed records leave the kiosk as one opaque file, the same for every carrier; this side can write it, not open it.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/audit.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/failure.hpp"
#include "app/exchange/manifest.hpp"
#include "crypto/age.hpp"
#include "crypto/bytes.hpp"
#include "crypto/minisign.hpp"
#include "crypto/reply.hpp"
#include "crypto/secret.hpp"

namespace app::exchange {

/// The inner archive is filled up to the smallest of these, so that its size says little. Bytes.
inline constexpr std::array<std::uint64_t, 5> batch_sizes{1U << 20, 4U << 20, 16U << 20, 64U << 20, 256U << 20};
inline constexpr std::size_t batch_most_records = 65'536;                ///< and audit entries, together
inline constexpr std::size_t batch_most_lines = batch_most_records + 1;  ///< of MANIFEST: those and RETURN
inline constexpr std::uint64_t batch_most_record_bytes = 1U << 20;
inline constexpr std::string_view batch_title = "amparo-batch 1";
/// The member with crypto::return_secret_size random bytes, under which the answer to the batch is sealed.
inline constexpr std::string_view return_member = "RETURN";
/// Of the sealed file: the largest archive, 16 bytes a chunk, and room for the header.
inline constexpr std::uint64_t batch_most_file_bytes =
    batch_sizes.back() + (batch_sizes.back() / 65'536 + 1) * 16 + 65'536;
/// A device makes a few batches a day; with such a limit no sum of accepted numbers can overflow.
inline constexpr std::uint64_t batch_most_sequence = 1'000'000'000;

/// The signed trusted comment of a batch: `v=1 dev=… ep=… seq=… prev=… n=… audit=…`.
struct BatchHeader {
    std::string device;      ///< 32 hex digits
    std::uint64_t epoch;     ///< raised when the device is enrolled again or restored; `sequence` restarts in each
    std::uint64_t sequence;  ///< from 1, one for each new set of records
    Digest previous;         ///< SHA-256 of the MANIFEST before: for the first of an epoch the last of the epoch
                             ///< before; zeros for the first in a device's life
    std::uint64_t count;     ///< records in the batch
    Digest audit;  ///< head of the audit chain after the last entry that has travelled; zeros before the first
};

[[nodiscard]] std::string batch_comment(const BatchHeader& header);
/// Whether a comment and a MANIFEST that a device signed are those of a later version of the format.
[[nodiscard]] bool is_newer_batch(std::string_view comment, crypto::ByteView manifest);
/// Accepts exactly what `batch_comment` writes, with epoch, sequence and count within their limits. Errors: Manifest.
[[nodiscard]] Result<BatchHeader> parse_batch_comment(std::string_view comment);

/// RETURN of a batch; null: it has none, as those of earlier versions.
using ReturnSecret = std::shared_ptr<const crypto::SecretBytes>;

/// A sealed record waiting to travel, by the row's own random key of 32 hex digits; or an audit entry, by its
/// audit_name().
struct BatchRecord {
    std::string name;
    Digest sha256;       ///< of the sealed bytes
    std::uint64_t size;  ///< of the sealed bytes
};

/// "records/<name>.age" or "audit/<name>.age"
[[nodiscard]] std::string batch_member_name(std::string_view record);
/// The other way round; nothing when no member of a batch has such a name.
[[nodiscard]] std::optional<std::string> batch_record_name(std::string_view member);
/// Whether such a name is one of an audit entry.
[[nodiscard]] bool is_audit_name(std::string_view name);

/// The largest of batch_sizes within so many MiB, at least the smallest. Bytes.
[[nodiscard]] std::uint64_t batch_size_within(std::uint32_t mebibytes);
/// How many of `records`, from the front, fit into one batch of that size. A larger set is split by calling this again
/// with the rest. 0 only for an empty set or a first record beyond `batch_most_record_bytes`, or which alone is larger.
[[nodiscard]] std::size_t records_that_fit(const std::vector<BatchRecord>& records,
                                           std::uint64_t size = batch_sizes.back());
/// Bytes that one of them takes in a batch.
[[nodiscard]] std::uint64_t batch_room_of(const BatchRecord& record);

/// The signed inner part of a batch, which stays the same however often it is exported.
struct BatchManifest {
    BatchHeader header;
    crypto::Bytes text;       ///< MANIFEST
    crypto::Bytes signature;  ///< MANIFEST.minisig
    Digest sha256;            ///< of `text`: becomes `previous` of the next batch
};

/// Lists records, audit entries and RETURN (empty: none) and signs. `header.count` is set here, to the records. The
/// same header, records, RETURN and key give the same bytes. There may be no record. Errors: Manifest for a bad name, a
/// duplicate, or a RETURN of another length; TooLarge when they do not fit into one batch.
[[nodiscard]] Result<BatchManifest> make_batch_manifest(crypto::SodiumReady ready, BatchHeader header,
                                                        const std::vector<BatchRecord>& records,
                                                        const crypto::DeviceSecretKey& key,
                                                        crypto::ByteView way_back = {});

/// Gives the sealed bytes of one record by name. Called once for each record, in the order of the archive.
using RecordSource = std::function<Result<crypto::Bytes>(const std::string& name)>;

/// Bytes done so far and altogether, counting writing and reading back; returning false stops the export and leaves
/// nothing behind.
using Progress = std::function<bool(std::uint64_t done, std::uint64_t total)>;

struct BatchOrder {
    const BatchManifest& manifest;
    const std::vector<BatchRecord>& records;
    const SignedCertificate& certificate;
    const std::vector<crypto::Recipient>& recipients;  ///< of the bundle
    crypto::ByteView way_back = {};                    ///< RETURN; empty where the manifest lists none
};

struct WrittenBatch {
    std::filesystem::path path;  ///< b-<16 hex>.age in the folder that was asked for
    std::uint64_t bytes;         ///< size of the file
    Digest sha256;               ///< of the file
};

/// Writes `b-<16 hex random>.age` into `folder`: sealed piece by piece into a temporary file there, synced, read back
/// and compared, renamed, and the folder synced. On any failure the temporary file is removed. Memory is bounded by the
/// largest record. Every record is compared with its digest before it goes in.
/// Errors: Io, NoSpace, Cancelled, Manifest (a record differs from its digest), Recipients, Crypto.
[[nodiscard]] Result<WrittenBatch> write_batch(crypto::SodiumReady ready, const BatchOrder& order,
                                               const RecordSource& source, const std::filesystem::path& folder,
                                               const Progress& progress = {});

}  // namespace app::exchange
