#include "app/exchange/audit.hpp"

#include <algorithm>

#include "app/exchange/text.hpp"

namespace app::exchange {
namespace {

constexpr std::size_t number_digits = 10;
constexpr std::size_t day_length = 10;
constexpr std::size_t most_word = 32;

bool is_word(std::string_view text) {
    return !text.empty() && text.size() <= most_word && text.front() != '-' && text.back() != '-' &&
           text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") == std::string_view::npos;
}

/// Members in the order of their names; every text here is made of letters, digits and hyphens.
std::string json_of(const AuditName& name, const AuditDetail& detail) {
    std::string text =
        "{\"amparo\":1,\"audit\":" + std::to_string(name.number) + ",\"day\":\"" + day_text(name.day) + "\"";
    if (!detail.lost.empty()) text += ",\"lost\":\"" + detail.lost + "\"";
    if (detail.number) text += ",\"number\":" + std::to_string(*detail.number);
    if (!detail.record.empty()) text += ",\"record\":\"" + detail.record + "\"";
    if (detail.subject) text += ",\"subject\":" + std::to_string(*detail.subject);
    text += ",\"type\":\"" + name.type + "\"";
    if (detail.worker) text += ",\"worker\":" + std::to_string(*detail.worker);
    return text + "}";
}

}  // namespace

std::string_view audit_word(AuditType type) noexcept {
    switch (type) {
        case AuditType::DeviceUnlocked:
            return "device-unlocked";
        case AuditType::SignedIn:
            return "signed-in";
        case AuditType::PinWaits:
            return "pin-waits";
        case AuditType::DeviceLocked:
            return "device-locked";
        case AuditType::WorkerAdded:
            return "worker-added";
        case AuditType::WorkerRemoved:
            return "worker-removed";
        case AuditType::PinChanged:
            return "pin-changed";
        case AuditType::WordsChanged:
            return "words-changed";
        case AuditType::KeyAdded:
            return "key-added";
        case AuditType::RecordErased:
            return "record-erased";
        case AuditType::RecordWithdrawn:
            return "record-withdrawn";
        case AuditType::BatchMade:
            return "batch-made";
        case AuditType::BatchAgain:
            return "batch-again";
        case AuditType::InterviewResumed:
            return "interview-resumed";
        case AuditType::DatabaseRepaired:
            return "database-repaired";
        case AuditType::ClockBefore:
            return "clock-before";
        case AuditType::LeadMade:
            return "lead-made";
        case AuditType::BundleReplaced:
            return "bundle-replaced";
        case AuditType::CertificateRenewed:
            return "certificate-renewed";
        case AuditType::ClockSet:
            return "clock-set";
        case AuditType::Enrolled:
            return "enrolled";
        case AuditType::ReceiptsTaken:
            return "receipts-taken";
        case AuditType::ConfirmedErased:
            return "confirmed-erased";
    }
    return {};
}

std::optional<AuditType> audit_type(std::uint8_t number) noexcept {
    const auto type = static_cast<AuditType>(number);
    return audit_word(type).empty() ? std::nullopt : std::optional(type);
}

AuditName audit_name_of(std::uint64_t number, Day day, std::uint8_t type) {
    const auto known = audit_type(type);
    return {number, day, std::string(known ? audit_word(*known) : "unknown")};
}

std::string audit_name(const AuditName& name) {
    const auto digits = std::to_string(name.number);
    return std::string(number_digits - std::min(number_digits, digits.size()), '0') + digits + "-" +
           day_text(name.day) + "-" + name.type;
}

std::optional<AuditName> parse_audit_name(std::string_view text) {
    if (text.size() < number_digits + 1 + day_length + 2) return std::nullopt;
    auto digits = text.substr(0, number_digits);
    digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
    const auto number = number_of(digits);
    const auto day = parse_day(text.substr(number_digits + 1, day_length));
    const auto word = text.substr(number_digits + 1 + day_length + 1);
    if (!number || *number == 0 || !day || !is_word(word)) return std::nullopt;
    AuditName name{*number, *day, std::string(word)};
    if (audit_name(name) != text) return std::nullopt;  // one encoding
    return name;
}

Digest audit_head(crypto::SodiumReady ready, const Digest& previous, const AuditName& name, crypto::ByteView sealed) {
    const auto written = audit_name(name);
    crypto::Bytes data(previous.begin(), previous.end());
    crypto::append_u64_le(data, written.size());
    crypto::append(data, written);
    crypto::append_u64_le(data, sealed.size());
    crypto::append(data, sealed);
    return crypto::blake2b_256(ready, data);
}

Result<crypto::Bytes> seal_audit(crypto::SodiumReady ready, const AuditName& name, const AuditDetail& detail,
                                 std::span<const crypto::Recipient> recipients) {
    auto text = json_of(name, detail);
    if (text.size() > audit_entry_bytes) return failed(Error::Content, Reason::EntryLong);
    text.resize(audit_entry_bytes, ' ');
    auto stream = crypto::SealStream::start(ready, recipients, crypto::Stanzas::Filled);
    if (!stream) return failed(Error::Recipients, reason_of(stream.error()));
    const auto header = stream->header();
    crypto::Bytes sealed(header.begin(), header.end());
    if (auto done = stream->update(crypto::as_bytes(text), sealed); !done)
        return failed(Error::Crypto, reason_of(done.error()));
    if (auto done = stream->finish(sealed); !done) return failed(Error::Crypto, reason_of(done.error()));
    return sealed;
}

}  // namespace app::exchange
