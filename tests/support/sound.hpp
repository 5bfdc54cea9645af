// Sounds as a bundle holds them, written page by page, with every field open to mischief. What is in the packets is
// noise: nothing here decodes them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "crypto/bytes.hpp"

namespace test {

struct OggPage {
    std::string content;
    std::uint64_t position = 0;
    std::uint8_t kind = 0;  ///< 2: the first of a stream, 4: the last
    std::uint32_t stream = 7;
};

/// Bit by bit, as RFC 3533 says it, apart from the table that the program uses.
inline std::uint32_t ogg_checksum(std::string_view page) {
    std::uint32_t sum = 0;
    for (const char c : page) {
        sum ^= std::uint32_t{static_cast<unsigned char>(c)} << 24U;
        for (int bit = 0; bit < 8; ++bit) sum = (sum & 0x8000'0000U) != 0 ? (sum << 1U) ^ 0x04C1'1DB7U : sum << 1U;
    }
    return sum;
}

inline std::string little_endian(std::uint64_t value, int bytes) {
    std::string text;
    for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8U * static_cast<unsigned>(i)) & 0xFFU);
    return text;
}

inline std::string ogg_page(const OggPage& page, std::uint32_t number) {
    auto header = "OggS" + std::string(1, '\0') + std::string(1, static_cast<char>(page.kind)) +
                  little_endian(page.position, 8) + little_endian(page.stream, 4) + little_endian(number, 4);
    std::string lengths;
    auto left = page.content.size();
    for (; left >= 255; left -= 255) lengths += '\xff';
    lengths += static_cast<char>(left);
    const auto after = std::string(1, static_cast<char>(lengths.size())) + lengths + page.content;
    return header + little_endian(ogg_checksum(header + std::string(4, '\0') + after), 4) + after;
}

inline std::string ogg_file(const std::vector<OggPage>& pages) {
    std::string file;
    for (std::size_t i = 0; i < pages.size(); ++i) file += ogg_page(pages[i], static_cast<std::uint32_t>(i));
    return file;
}

inline constexpr std::uint32_t sound_skip = 312;

inline std::string opus_head(std::uint8_t channels = 1) {
    return "OpusHead" + std::string(1, '\1') + std::string(1, static_cast<char>(channels)) +
           little_endian(sound_skip, 2) + little_endian(48'000, 4) + little_endian(0, 2) + std::string(1, '\0');
}

/// The pages of a whole one, one packet of `noise` a second.
inline std::vector<OggPage> sound_pages(unsigned seconds, char noise = 'x', std::size_t bytes = 3'000) {
    std::vector<OggPage> pages{{opus_head(), 0, 2}, {"OpusTags" + little_endian(0, 8), 0, 0}};
    for (unsigned i = 1; i <= seconds; ++i)
        pages.push_back({std::string(bytes, noise), std::uint64_t{48'000} * i + sound_skip,
                         static_cast<std::uint8_t>(i == seconds ? 4 : 0)});
    return pages;
}

inline std::string sound(unsigned seconds, char noise = 'x') {
    return ogg_file(sound_pages(seconds, noise));
}

}  // namespace test
