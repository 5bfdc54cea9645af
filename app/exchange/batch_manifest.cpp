// The signed inner part of a batch: its comment, its list, and how much fits.
#include <algorithm>
#include <array>
#include <map>

#include "app/exchange/batch.hpp"
#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"
#include "app/record/rules.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

// Room for MANIFEST.minisig, CERT and CERT.minisig with their headers, RETURN with its line, FILL's header, and the
// archive's end.
constexpr std::uint64_t fixed_room = 34'816;
constexpr std::uint64_t manifest_line = 64 + 2 + 8 + 64 + 4 + 1;
constexpr std::uint64_t batch_version = 1;
constexpr std::string_view batch_kind = "amparo-batch ";
constexpr std::string_view records_folder = "records/";
constexpr std::string_view audit_folder = "audit/";
constexpr std::string_view sealed_ending = ".age";

bool record_allowed(const BatchRecord& record) {
    return (record::is_hex(record.name, record::id_digits) || is_audit_name(record.name)) && record.size > 0 &&
           record.size <= batch_most_record_bytes;
}

/// The value of the next "word=value" of a comment; the words are separated by one space.
std::optional<std::string_view> take(std::string_view& rest, std::string_view word) {
    if (!rest.starts_with(word) || rest.size() <= word.size() || rest[word.size()] != '=') return std::nullopt;
    rest.remove_prefix(word.size() + 1);
    const auto end = rest.find(' ');
    const auto value = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    return value;
}

}  // namespace

std::string batch_member_name(std::string_view record) {
    return std::string(is_audit_name(record) ? audit_folder : records_folder).append(record).append(sealed_ending);
}

std::optional<std::string> batch_record_name(std::string_view member) {
    if (!member.ends_with(sealed_ending)) return std::nullopt;
    member.remove_suffix(sealed_ending.size());
    const auto folder = member.starts_with(audit_folder) ? audit_folder : records_folder;
    if (!member.starts_with(folder)) return std::nullopt;
    member.remove_prefix(folder.size());
    if (folder == audit_folder ? !is_audit_name(member) : !record::is_hex(member, record::id_digits))
        return std::nullopt;
    return std::string(member);
}

bool is_audit_name(std::string_view name) {
    return parse_audit_name(name).has_value();
}

std::string batch_comment(const BatchHeader& header) {
    return "v=1 dev=" + header.device + " ep=" + std::to_string(header.epoch) +
           " seq=" + std::to_string(header.sequence) + " prev=" + crypto::to_hex(header.previous) +
           " n=" + std::to_string(header.count) + " audit=" + crypto::to_hex(header.audit);
}

bool is_newer_batch(std::string_view comment, crypto::ByteView manifest) {
    const auto is_later = [](std::optional<std::string_view> version) {
        const auto number = version ? number_of(*version) : std::nullopt;
        return number && *number > batch_version;
    };
    auto title = crypto::as_text(manifest);
    title = title.substr(0, title.find('\n'));
    if (title.starts_with(batch_kind) && is_later(title.substr(batch_kind.size()))) return true;
    return is_later(take(comment, "v"));
}

Result<BatchHeader> parse_batch_comment(std::string_view comment) {
    const auto wrong = [] { return failed(Error::Manifest, Reason::BatchComment); };
    auto rest = comment;
    const auto version = take(rest, "v");
    const auto device = take(rest, "dev");
    const auto epoch = take(rest, "ep");
    const auto sequence = take(rest, "seq");
    const auto previous = take(rest, "prev");
    const auto count = take(rest, "n");
    const auto audit = take(rest, "audit");
    if (version != "1" || !device || !epoch || !sequence || !previous || !count || !audit) return wrong();
    const auto epoch_number = number_of(*epoch);
    const auto sequence_number = number_of(*sequence);
    const auto count_number = number_of(*count);
    const auto previous_digest = parse_digest(*previous);
    const auto audit_digest = parse_digest(*audit);
    if (!device_id_allowed(*device) || !epoch_number || !sequence_number || !count_number || !previous_digest ||
        !audit_digest || *epoch_number == 0 || *sequence_number == 0)
        return wrong();
    if (*epoch_number > most_epoch || *sequence_number > batch_most_sequence || *count_number > batch_most_records)
        return wrong();
    BatchHeader header{std::string(*device), *epoch_number, *sequence_number,
                       *previous_digest,     *count_number, *audit_digest};
    if (batch_comment(header) != comment) return wrong();  // one encoding
    return header;
}

std::uint64_t batch_size_within(std::uint32_t mebibytes) {
    const auto most = std::uint64_t{mebibytes} << 20U;
    auto found = batch_sizes.front();
    for (const auto size : batch_sizes)
        if (size <= most) found = size;
    return found;
}

std::uint64_t batch_room_of(const BatchRecord& record) {
    return ustar_member_bytes(record.size) + manifest_line;
}

std::size_t records_that_fit(const std::vector<BatchRecord>& records, std::uint64_t size) {
    std::uint64_t used = fixed_room + ustar_member_bytes(batch_title.size() + 1);
    std::size_t fit = 0;
    for (const auto& record : records) {
        if (fit == batch_most_records || record.size > batch_most_record_bytes) break;
        used += batch_room_of(record);
        if (used > size) break;
        ++fit;
    }
    return fit;
}

Result<BatchManifest> make_batch_manifest(crypto::SodiumReady ready, BatchHeader header,
                                          const std::vector<BatchRecord>& records, const crypto::DeviceSecretKey& key,
                                          crypto::ByteView way_back) {
    const auto audits = std::count_if(records.begin(), records.end(),
                                      [](const BatchRecord& record) { return is_audit_name(record.name); });
    header.count = records.size() - static_cast<std::size_t>(audits);
    if (!std::all_of(records.begin(), records.end(), record_allowed))
        return failed(Error::Manifest, Reason::RecordName);
    if (!way_back.empty() && way_back.size() != crypto::return_secret_size)
        return failed(Error::Manifest, Reason::RecordName);
    if (records_that_fit(records) < records.size()) return failed(Error::TooLarge, Reason::BatchLarge);
    AMPARO_DO(parse_batch_comment(batch_comment(header)));
    std::vector<ManifestLine> lines;
    lines.reserve(records.size() + 1);
    for (const auto& record : records) lines.push_back({record.sha256, batch_member_name(record.name)});
    if (!way_back.empty()) lines.push_back({crypto::sha256(ready, way_back), std::string(return_member)});
    const auto text = manifest_text(batch_title, std::move(lines));
    AMPARO_DO(parse_manifest(crypto::as_bytes(text), batch_title, batch_most_lines));
    const auto signature = crypto::sign(ready, crypto::as_bytes(text), key, batch_comment(header));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));
    return BatchManifest{header, bytes_of(text), bytes_of(*signature), crypto::sha256(ready, crypto::as_bytes(text))};
}

}  // namespace app::exchange
