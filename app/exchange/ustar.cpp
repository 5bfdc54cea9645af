#include "app/exchange/ustar.hpp"
#include "crypto/try.hpp"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace app::exchange {
namespace {

// POSIX ustar header fields: offset and length in bytes.
struct Field {
    std::size_t at;
    std::size_t length;
};
constexpr Field name_field{0, 100};
constexpr Field mode_field{100, 8};
constexpr Field uid_field{108, 8};
constexpr Field gid_field{116, 8};
constexpr Field size_field{124, 12};
constexpr Field mtime_field{136, 12};
constexpr Field checksum_field{148, 8};
constexpr std::size_t typeflag_at = 156;
constexpr Field magic_field{257, 8};
constexpr Field devmajor_field{329, 8};
constexpr Field devminor_field{337, 8};

constexpr std::uint64_t largest_size = (1ULL << 33U) - 1;  // eleven octal digits
constexpr std::uint64_t mode = 0600;

using Block = std::array<std::byte, ustar_block>;

void put_text(Block& block, Field field, std::string_view text) {
    std::memcpy(block.data() + field.at, text.data(), std::min(text.size(), field.length));
}

/// Octal digits filling the field but for its last byte, which stays NUL.
void put_octal(Block& block, Field field, std::uint64_t value) {
    for (std::size_t i = field.length - 1; i-- > 0; value >>= 3U)
        block[field.at + i] = static_cast<std::byte>('0' + (value & 7U));
}

std::optional<std::uint64_t> get_octal(crypto::ByteView block, Field field) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i + 1 < field.length; ++i) {
        const auto digit = std::to_integer<unsigned>(block[field.at + i]);
        if (digit < '0' || digit > '7') return std::nullopt;
        value = value << 3U | (digit - '0');
    }
    return value;
}

/// The checksum counts its own field as spaces and is written as six digits, NUL, space.
void put_checksum(Block& block) {
    put_text(block, checksum_field, "        ");
    std::uint64_t sum = 0;
    for (const auto byte : block) sum += std::to_integer<std::uint64_t>(byte);
    put_octal(block, {checksum_field.at, checksum_field.length - 1}, sum);
    block[checksum_field.at + 6] = std::byte{0};
}

Block header_block(std::string_view name, std::uint64_t size) {
    Block block{};
    put_text(block, name_field, name);
    put_octal(block, mode_field, mode);
    put_octal(block, uid_field, 0);
    put_octal(block, gid_field, 0);
    put_octal(block, size_field, size);
    put_octal(block, mtime_field, 0);
    block[typeflag_at] = std::byte{'0'};
    put_text(block, magic_field, std::string_view("ustar\00000", 8));
    put_octal(block, devmajor_field, 0);
    put_octal(block, devminor_field, 0);
    put_checksum(block);
    return block;
}

bool all_zero(crypto::ByteView bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](std::byte b) { return b == std::byte{0}; });
}

std::size_t padding_of(std::uint64_t size) {
    return static_cast<std::size_t>((ustar_block - size % ustar_block) % ustar_block);
}

bool name_byte_allowed(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' ||
           c == '-';
}

}  // namespace

bool ustar_name_allowed(std::string_view name) {
    if (name.empty() || name.size() > name_field.length) return false;
    bool part_begins = true;
    for (const char c : name) {
        if (part_begins && (c == '.' || c == '/')) return false;
        if (c != '/' && !name_byte_allowed(c)) return false;
        part_begins = c == '/';
    }
    return !part_begins;
}

std::uint64_t ustar_member_bytes(std::uint64_t size) {
    return ustar_block + size + padding_of(size);
}

Result<crypto::Bytes> ustar_header(std::string_view name, std::uint64_t size) {
    if (!ustar_name_allowed(name)) return failed(Error::Archive, Reason::MemberName);
    if (size > largest_size) return failed(Error::Archive, Reason::MemberLarge, {std::string(name)});
    const auto block = header_block(name, size);
    return crypto::Bytes(block.begin(), block.end());
}

Result<void> UstarWriter::add(std::string_view name, crypto::ByteView content) {
    AMPARO_TRY(const header, ustar_header(name, content.size()));
    if (!names_.emplace(name).second) return failed(Error::Archive, Reason::MemberTwice, {std::string(name)});
    bytes_.insert(bytes_.end(), header.begin(), header.end());
    bytes_.insert(bytes_.end(), content.begin(), content.end());
    bytes_.resize(bytes_.size() + padding_of(content.size()));
    return {};
}

crypto::Bytes UstarWriter::finish() && {
    bytes_.resize(bytes_.size() + ustar_end_bytes);
    return std::move(bytes_);
}

UstarParser::UstarParser(UstarLimits limits, UstarHandler& handler) : limits_(limits), handler_(handler) {
    block_.reserve(ustar_block);
}

Result<void> UstarParser::feed(crypto::ByteView bytes) {
    while (!bytes.empty()) {
        if (left_ > 0) {
            const auto piece = bytes.first(static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size())));
            AMPARO_DO(handler_.content(piece));
            left_ -= piece.size();
            bytes = bytes.subspan(piece.size());
            if (left_ == 0 && padding_ == 0) AMPARO_DO(handler_.end());
        } else if (padding_ > 0) {
            const auto piece = bytes.first(std::min(padding_, bytes.size()));
            if (!all_zero(piece)) return failed(Error::Archive, Reason::ArchiveFill);
            padding_ -= piece.size();
            bytes = bytes.subspan(piece.size());
            if (padding_ == 0) AMPARO_DO(handler_.end());
        } else {
            if (zero_blocks_ == 2) return failed(Error::Archive, Reason::ArchiveTail);
            const auto piece = bytes.first(std::min(ustar_block - block_.size(), bytes.size()));
            block_.insert(block_.end(), piece.begin(), piece.end());
            bytes = bytes.subspan(piece.size());
            if (block_.size() == ustar_block) {
                auto done = header();
                block_.clear();
                if (!done) return done;
            }
        }
    }
    return {};
}

Result<void> UstarParser::header() {
    if (all_zero(block_)) {
        ++zero_blocks_;
        return {};
    }
    if (zero_blocks_ > 0) return failed(Error::Archive, Reason::ArchiveTail);
    std::string name;
    for (std::size_t i = 0; i < name_field.length && block_[i] != std::byte{0}; ++i)
        name.push_back(std::to_integer<char>(block_[i]));
    if (!ustar_name_allowed(name)) return failed(Error::Archive, Reason::MemberName);
    const auto size = get_octal(block_, size_field);
    if (!size) return failed(Error::Archive, Reason::MemberSize);
    // One encoding only: the header must be the one that we would write for this name and size.
    const auto expected = header_block(name, *size);
    if (!std::equal(block_.begin(), block_.end(), expected.begin()))
        return failed(Error::Archive, Reason::MemberKind, {name});
    if (!names_.insert(name).second) return failed(Error::Archive, Reason::MemberTwice, {name});
    if (names_.size() > limits_.members) return failed(Error::TooLarge, Reason::MembersMany);
    if (*size > limits_.member_bytes) return failed(Error::TooLarge, Reason::MemberLarge, {name});
    total_ += *size;
    if (total_ > limits_.total_bytes) return failed(Error::TooLarge, Reason::ArchiveLarge);
    left_ = *size;
    padding_ = padding_of(*size);
    AMPARO_DO(handler_.begin(name, *size));
    return *size == 0 ? handler_.end() : Result<void>{};
}

Result<void> UstarParser::finish() {
    if (left_ > 0 || padding_ > 0 || !block_.empty()) return failed(Error::Archive, Reason::ArchiveCut);
    if (zero_blocks_ != 2) return failed(Error::Archive, Reason::ArchiveEnd);
    return {};
}

namespace {

/// Notes where each member's content lies in an archive that is in memory.
class Index final : public UstarHandler {
  public:
    explicit Index(crypto::ByteView archive) : archive_(archive) {}

    Result<void> begin(const std::string& name, std::uint64_t size) override {
        const auto length = static_cast<std::size_t>(size);
        const auto content = at_ + ustar_block;
        if (content > archive_.size() || length > archive_.size() - content)
            return failed(Error::Archive, Reason::ArchiveCut);
        members.push_back({name, archive_.subspan(content, length)});
        at_ = content + length + padding_of(size);
        return {};
    }
    Result<void> content(crypto::ByteView /*piece*/) override { return {}; }
    Result<void> end() override { return {}; }

    std::vector<UstarMember> members;

  private:
    crypto::ByteView archive_;
    std::size_t at_ = 0;
};

}  // namespace

Result<std::vector<UstarMember>> read_ustar(crypto::ByteView archive, UstarLimits limits) {
    Index index(archive);
    UstarParser parser(limits, index);
    AMPARO_DO(parser.feed(archive));
    AMPARO_DO(parser.finish());
    return std::move(index.members);
}

bool ustar_is_cut(crypto::ByteView archive) {
    while (archive.size() >= ustar_block) {
        const auto block = archive.first(ustar_block);
        if (all_zero(block)) return archive.size() < ustar_end_bytes;
        const auto size = get_octal(block, size_field);
        if (!size) return false;
        if (ustar_member_bytes(*size) > archive.size()) return true;
        archive = archive.subspan(static_cast<std::size_t>(ustar_member_bytes(*size)));
    }
    return true;
}

}  // namespace app::exchange
