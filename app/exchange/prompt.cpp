#include "app/exchange/prompt.hpp"

#include <array>

#include "app/record/rules.hpp"

namespace app::exchange {
namespace {

constexpr std::uint32_t per_millisecond = 48;  ///< an Opus stream counts samples at 48 kHz, whatever it was made from
constexpr std::uint64_t longest_milliseconds = 600'000;
constexpr std::size_t page_header_bytes = 27;
constexpr std::size_t checksum_at = 22;
constexpr std::size_t opus_head_bytes = 19;
constexpr std::uint8_t first_of_stream = 2;
constexpr std::uint8_t last_of_stream = 4;

/// RFC 3533, section 6: the polynomial 0x04C11DB7, highest bit first, from zero.
constexpr std::array<std::uint32_t, 256> checksum_table() {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        auto sum = i << 24U;
        for (int bit = 0; bit < 8; ++bit) sum = (sum & 0x8000'0000U) != 0 ? sum << 1U ^ 0x04C1'1DB7U : sum << 1U;
        table[i] = sum;
    }
    return table;
}

/// Of a page, with zeros where its checksum stands.
std::uint32_t checksum_of(crypto::ByteView page) noexcept {
    static constexpr auto table = checksum_table();
    std::uint32_t sum = 0;
    for (std::size_t i = 0; i < page.size(); ++i) {
        const bool own = i >= checksum_at && i < checksum_at + 4;
        const auto byte = own ? 0U : std::to_integer<std::uint32_t>(page[i]);
        sum = sum << 8U ^ table[(sum >> 24U ^ byte) & 0xFFU];
    }
    return sum;
}

struct Page {
    std::uint8_t kind;
    std::uint64_t position;  ///< samples that were heard when its last packet ends; all bits where none does
    std::uint32_t stream;
    std::uint32_t number;
    crypto::ByteView content;
};

/// Takes the next one off; nothing where it is not whole and as it was written.
std::optional<Page> take_page(crypto::ByteView& rest) {
    crypto::Reader reader(rest);
    if (!reader.skip("OggS") || reader.u8() != 0) return std::nullopt;
    const auto kind = reader.u8();
    const auto position = reader.u64_le();
    const auto stream = reader.u32_le();
    const auto number = reader.u32_le();
    const auto checksum = reader.u32_le();
    const auto count = reader.u8();
    if (!kind || !position || !stream || !number || !checksum || !count) return std::nullopt;
    const auto lengths = reader.take(*count);
    if (!lengths) return std::nullopt;
    std::size_t size = 0;
    for (const auto length : *lengths) size += std::to_integer<std::size_t>(length);
    const auto content = reader.take(size);
    if (!content) return std::nullopt;
    const auto whole = rest.first(page_header_bytes + lengths->size() + size);
    if (checksum_of(whole) != *checksum) return std::nullopt;
    rest = rest.subspan(whole.size());
    return Page{*kind, *position, *stream, *number, *content};
}

/// The samples at the start that are not heard; nothing for a head that is none of ours.
std::optional<std::uint32_t> skipped_at_start(const Page& page) {
    crypto::Reader reader(page.content);
    if (page.kind != first_of_stream || page.content.size() != opus_head_bytes || !reader.skip("OpusHead"))
        return std::nullopt;
    const auto version = reader.u8();
    const auto channels = reader.u8();
    const auto low = reader.u8();
    const auto high = reader.u8();
    if (!version || *version != 1 || !channels || *channels < 1 || *channels > 2 || !low || !high) return std::nullopt;
    const auto mapping = page.content.back();
    if (mapping != std::byte{0}) return std::nullopt;
    return std::uint32_t{*low} | std::uint32_t{*high} << 8U;
}

bool is_tags(const Page& page) {
    crypto::Reader reader(page.content);
    return (page.kind & ~last_of_stream) == 0 && reader.skip("OpusTags");
}

bool name_allowed(std::string_view stem) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz0123456789._-";
    constexpr std::size_t most = 64;
    return !stem.empty() && stem.size() <= most && letters.find(stem.front()) < letters.find('.') &&
           stem.find_first_not_of(letters) == std::string_view::npos;
}

}  // namespace

std::optional<std::string_view> prompt_language(std::string_view name) noexcept {
    constexpr std::string_view folder = "audio/";
    constexpr std::string_view ending = ".opus";
    if (!name.starts_with(folder) || !name.ends_with(ending)) return std::nullopt;
    name.remove_prefix(folder.size());
    const auto slash = name.find('/');
    if (slash == std::string_view::npos || !record::is_language(name.substr(0, slash))) return std::nullopt;
    const auto last = name.substr(slash + 1);
    if (last.size() <= ending.size() || !name_allowed(last.substr(0, last.size() - ending.size()))) return std::nullopt;
    return name.substr(0, slash);
}

Result<BundlePrompt> parse_prompt(const std::string& name, crypto::ByteView ogg) {
    if (ogg.size() > prompt_most_bytes) return failed(Error::TooLarge, Reason::PromptLarge, {name});
    const auto damaged = [&name] { return failed(Error::Content, Reason::PromptDamaged, {name}); };
    auto rest = ogg;
    const auto head = take_page(rest);
    const auto skipped = head ? skipped_at_start(*head) : std::nullopt;
    if (!skipped) return failed(Error::Content, Reason::PromptForm, {name});
    auto last = *head;
    while (!rest.empty()) {
        const auto page = take_page(rest);
        if (!page || page->stream != head->stream || page->number != last.number + 1 ||
            (page->kind & first_of_stream) != 0 || (last.kind & last_of_stream) != 0)
            return damaged();
        if (page->number == head->number + 1 && !is_tags(*page))
            return failed(Error::Content, Reason::PromptForm, {name});
        last = *page;
    }
    if ((last.kind & last_of_stream) == 0) return damaged();
    if (last.position < *skipped) return damaged();
    const auto milliseconds = (last.position - *skipped) / per_millisecond;
    if (milliseconds > longest_milliseconds) return failed(Error::Content, Reason::PromptLong, {name});
    return BundlePrompt{name, ogg.size(), static_cast<std::uint32_t>(milliseconds)};
}

}  // namespace app::exchange
