#include "app/exchange/reply.hpp"

#include <algorithm>
#include <tuple>

#include "app/exchange/certificate_file.hpp"
#include "app/exchange/receipt.hpp"
#include "app/exchange/ustar.hpp"
#include "app/record/rules.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view reply_ending = ".reply";
constexpr std::size_t reply_name_digits = 16;
constexpr std::string_view reply_fill = "FILL";
constexpr std::size_t whole_step = 1U << 20;
constexpr UstarLimits reply_limits{reply_most_files + 1, reply_most_archive, reply_most_archive};

std::size_t most_bytes(ReplyKind kind) noexcept {
    switch (kind) {
        case ReplyKind::Receipt:
            return receipt_most_bytes;
        case ReplyKind::Certificate:
            return certificate_file_most_bytes;
        case ReplyKind::Bundle:
            return bundle_most_bytes;
    }
    return 0;
}

auto place_of(const ReplyFile& one) {
    return std::make_tuple(reply_kind_of(one.name), std::string_view(one.name));
}

bool in_order(const ReplyFile& a, const ReplyFile& b) {
    return place_of(a) < place_of(b);
}

/// Of an archive that needs so much with its end and the header of FILL; nothing above the largest.
std::optional<std::size_t> size_for(std::uint64_t needed) {
    for (const auto size : reply_sizes)
        if (size >= needed) return size;
    const auto whole = (needed + whole_step - 1) / whole_step * whole_step;
    if (whole > reply_most_archive) return std::nullopt;
    return static_cast<std::size_t>(whole);
}

Result<void> judge(const std::vector<ReplyFile>& files) {
    if (files.empty()) return failed(Error::Members, Reason::ReplyForm);
    if (files.size() > reply_most_files) return failed(Error::TooLarge, Reason::MembersMany);
    std::size_t bundles = 0;
    for (const auto& one : files) {
        const auto kind = reply_kind_of(one.name);
        if (!kind) return failed(Error::Members, Reason::ReplyForm);
        if (one.file.size() > most_bytes(*kind)) return failed(Error::TooLarge, Reason::MemberLarge, {one.name});
        if (*kind == ReplyKind::Bundle) ++bundles;
    }
    if (bundles > 1) return failed(Error::Members, Reason::ReplyForm);
    return {};
}

Failure sealing_failure(crypto::Error error) {
    return {Error::Crypto, {reason_of(error)}};
}

}  // namespace

std::optional<ReplyKind> reply_kind_of(std::string_view name) {
    if (is_receipt_file_name(name)) return ReplyKind::Receipt;
    if (is_certificate_file_name(name)) return ReplyKind::Certificate;
    if (bundle_file_sequence(name)) return ReplyKind::Bundle;
    return std::nullopt;
}

void sort_reply(std::vector<ReplyFile>& files) {
    std::sort(files.begin(), files.end(), in_order);
}

Result<crypto::Bytes> reply_archive(std::vector<ReplyFile> files) {
    AMPARO_DO(judge(files));
    sort_reply(files);
    std::uint64_t needed = ustar_block + ustar_end_bytes;
    UstarWriter archive;
    for (const auto& one : files) {
        AMPARO_DO(archive.add(one.name, one.file));
        needed += ustar_member_bytes(one.file.size());
    }
    const auto size = size_for(needed);
    if (!size) return failed(Error::TooLarge, Reason::ArchiveLarge);
    AMPARO_DO(archive.add(reply_fill, crypto::Bytes(*size - static_cast<std::size_t>(needed))));
    return std::move(archive).finish();
}

Result<std::vector<ReplyFile>> parse_reply_archive(crypto::ByteView archive) {
    if (archive.size() > reply_most_archive) return failed(Error::TooLarge, Reason::ArchiveLarge);
    AMPARO_TRY(members, read_ustar(archive, reply_limits));
    if (members.empty() || members.back().name != reply_fill) return failed(Error::Members, Reason::FillMissing);
    const auto fill = members.back().content;
    members.pop_back();
    if (size_for(archive.size() - fill.size()) != archive.size()) return failed(Error::Members, Reason::FillSize);
    if (std::any_of(fill.begin(), fill.end(), [](std::byte b) { return b != std::byte{0}; }))
        return failed(Error::Archive, Reason::ArchiveFill);
    std::vector<ReplyFile> files;
    files.reserve(members.size());
    for (auto& member : members)
        files.push_back({std::move(member.name), {member.content.begin(), member.content.end()}});
    AMPARO_DO(judge(files));
    if (!std::is_sorted(files.begin(), files.end(), in_order)) return failed(Error::Members, Reason::MembersUnsorted);
    return files;
}

Result<crypto::Bytes> make_reply(crypto::SodiumReady ready, crypto::ByteView secret, std::vector<ReplyFile> files) {
    AMPARO_TRY(const archive, reply_archive(std::move(files)));
    auto sealed = crypto::seal_reply(ready, secret, archive);
    if (!sealed) return tl::make_unexpected(sealing_failure(sealed.error()));
    return std::move(*sealed);
}

Result<std::vector<ReplyFile>> load_reply(crypto::SodiumReady ready, crypto::ByteView secret, crypto::ByteView file) {
    if (file.size() > reply_most_bytes) return failed(Error::TooLarge, Reason::ArchiveLarge);
    const auto archive = crypto::open_reply(ready, secret, file);
    if (!archive) return failed(Error::Crypto, Reason::ReplyForm);
    return parse_reply_archive(*archive);
}

Result<std::string> reply_file_name(crypto::SodiumReady ready, crypto::ByteView secret) {
    auto name = crypto::reply_name(ready, secret);
    if (!name) return tl::make_unexpected(sealing_failure(name.error()));
    return std::move(*name) + std::string(reply_ending);
}

bool is_reply_file_name(std::string_view name) {
    if (!name.ends_with(reply_ending)) return false;
    name.remove_suffix(reply_ending.size());
    return record::is_hex(name, reply_name_digits);
}

}  // namespace app::exchange
