#include "questionnaires/engine/expression/digest.hpp"

#include <bit>
#include <cmath>

#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {
namespace {

/// Overwrites in a way the compiler keeps.
template <typename Array>
void wipe(Array& array) noexcept {
    volatile auto* const first = array.data();
    for (std::size_t i = 0; i < array.size(); ++i) first[i] = 0;
}

/// Calls `take(block)` with the text in blocks, the last ones padded: a 1 bit, zeros, and the length in bits.
template <std::size_t BlockSize, bool LittleEndian, typename Take>
void for_each_block(std::string_view text, const Take& take) noexcept {
    constexpr std::size_t length_size = BlockSize / 8;
    std::array<std::uint8_t, BlockSize> block{};
    const std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 8;
    bool marked = false;
    bool done = false;
    while (!done) {
        const std::size_t part = text.size() < BlockSize ? text.size() : BlockSize;
        for (std::size_t i = 0; i < part; ++i) block[i] = static_cast<std::uint8_t>(text[i]);
        for (std::size_t i = part; i < BlockSize; ++i) block[i] = 0;
        text.remove_prefix(part);
        if (part < BlockSize && !marked) {
            block[part] = 0x80;
            marked = true;
            done = part + 1 + length_size <= BlockSize;
        } else if (part < BlockSize) {
            done = true;
        }
        for (std::size_t i = 0; done && i < 8; ++i) {
            const std::size_t at = LittleEndian ? BlockSize - 8 + i : BlockSize - 1 - i;
            block[at] = static_cast<std::uint8_t>(bits >> (8 * i));
        }
        take(block);
    }
    wipe(block);
}

template <typename Word, std::size_t Count>
void store_big(const std::array<Word, Count>& state, Digest& into) noexcept {
    for (std::size_t i = 0; i < into.size; ++i) {
        const std::size_t shift = 8 * (sizeof(Word) - 1 - i % sizeof(Word));
        into.bytes[i] = static_cast<std::uint8_t>(state[i / sizeof(Word)] >> shift);
    }
}

template <typename Word>
Word load_big(const std::uint8_t* bytes) noexcept {
    Word word = 0;
    for (std::size_t i = 0; i < sizeof(Word); ++i) word = static_cast<Word>(word << 8) | bytes[i];
    return word;
}

/// RFC 1321 section 3.4.
void md5_block(const std::array<std::uint8_t, 64>& block, std::array<std::uint32_t, 4>& state) noexcept {
    constexpr std::array<std::array<int, 4>, 4> turns{
        {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}}};
    std::array<std::uint32_t, 16> words{};
    for (std::size_t i = 0; i < 64; ++i) words[i / 4] |= static_cast<std::uint32_t>(block[i]) << (8 * (i % 4));
    auto [a, b, c, d] = state;
    for (std::uint32_t i = 0; i < 64; ++i) {
        std::uint32_t mixed = 0;
        std::uint32_t word = i;
        if (i < 16) {
            mixed = (b & c) | (~b & d);
        } else if (i < 32) {
            mixed = (d & b) | (~d & c);
            word = 5 * i + 1;
        } else if (i < 48) {
            mixed = b ^ c ^ d;
            word = 3 * i + 5;
        } else {
            mixed = c ^ (b | ~d);
            word = 7 * i;
        }
        const auto sine = static_cast<std::uint32_t>(std::floor(std::abs(std::sin(i + 1.0)) * 4294967296.0));
        const std::uint32_t sum = a + mixed + sine + words[word % 16];
        a = d;
        d = c;
        c = b;
        b += std::rotl(sum, turns[i / 16][i % 4]);
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d};
    wipe(words);
}

Digest md5(std::string_view text) noexcept {
    std::array<std::uint32_t, 4> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for_each_block<64, true>(text, [&](const auto& block) { md5_block(block, state); });
    Digest result;
    result.size = 16;
    for (std::size_t i = 0; i < 16; ++i) {
        result.bytes[i] = static_cast<std::uint8_t>(state[i / 4] >> (8 * (i % 4)));
    }
    return result;
}

/// FIPS 180-4 section 6.1.2.
void sha1_block(const std::array<std::uint8_t, 64>& block, std::array<std::uint32_t, 5>& state) noexcept {
    std::array<std::uint32_t, 80> words{};
    for (std::size_t i = 0; i < 16; ++i) words[i] = load_big<std::uint32_t>(block.data() + 4 * i);
    for (std::size_t i = 16; i < 80; ++i) {
        words[i] = std::rotl(words[i - 3] ^ words[i - 8] ^ words[i - 14] ^ words[i - 16], 1);
    }
    auto [a, b, c, d, e] = state;
    for (std::size_t i = 0; i < 80; ++i) {
        std::uint32_t mixed = b ^ c ^ d;
        std::uint32_t constant = i < 40 ? 0x6ed9eba1 : 0xca62c1d6;
        if (i < 20) {
            mixed = (b & c) ^ (~b & d);
            constant = 0x5a827999;
        } else if (i >= 40 && i < 60) {
            mixed = (b & c) ^ (b & d) ^ (c & d);
            constant = 0x8f1bbcdc;
        }
        const std::uint32_t next = std::rotl(a, 5) + mixed + e + constant + words[i];
        e = d;
        d = c;
        c = std::rotl(b, 30);
        b = a;
        a = next;
    }
    state = {state[0] + a, state[1] + b, state[2] + c, state[3] + d, state[4] + e};
    wipe(words);
}

Digest sha1(std::string_view text) noexcept {
    std::array<std::uint32_t, 5> state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
    for_each_block<64, false>(text, [&](const auto& block) { sha1_block(block, state); });
    Digest result;
    result.size = 20;
    store_big(state, result);
    return result;
}

/// FIPS 180-4 section 4.2.3; SHA-256 uses the upper halves of the first 64 (the same primes, section 4.2.2).
constexpr std::array<std::uint64_t, 80> sha2_constants{
    0x428a2f98d728ae22, 0x7137449123ef65cd, 0xb5c0fbcfec4d3b2f, 0xe9b5dba58189dbbc, 0x3956c25bf348b538,
    0x59f111f1b605d019, 0x923f82a4af194f9b, 0xab1c5ed5da6d8118, 0xd807aa98a3030242, 0x12835b0145706fbe,
    0x243185be4ee4b28c, 0x550c7dc3d5ffb4e2, 0x72be5d74f27b896f, 0x80deb1fe3b1696b1, 0x9bdc06a725c71235,
    0xc19bf174cf692694, 0xe49b69c19ef14ad2, 0xefbe4786384f25e3, 0x0fc19dc68b8cd5b5, 0x240ca1cc77ac9c65,
    0x2de92c6f592b0275, 0x4a7484aa6ea6e483, 0x5cb0a9dcbd41fbd4, 0x76f988da831153b5, 0x983e5152ee66dfab,
    0xa831c66d2db43210, 0xb00327c898fb213f, 0xbf597fc7beef0ee4, 0xc6e00bf33da88fc2, 0xd5a79147930aa725,
    0x06ca6351e003826f, 0x142929670a0e6e70, 0x27b70a8546d22ffc, 0x2e1b21385c26c926, 0x4d2c6dfc5ac42aed,
    0x53380d139d95b3df, 0x650a73548baf63de, 0x766a0abb3c77b2a8, 0x81c2c92e47edaee6, 0x92722c851482353b,
    0xa2bfe8a14cf10364, 0xa81a664bbc423001, 0xc24b8b70d0f89791, 0xc76c51a30654be30, 0xd192e819d6ef5218,
    0xd69906245565a910, 0xf40e35855771202a, 0x106aa07032bbd1b8, 0x19a4c116b8d2d0c8, 0x1e376c085141ab53,
    0x2748774cdf8eeb99, 0x34b0bcb5e19b48a8, 0x391c0cb3c5c95a63, 0x4ed8aa4ae3418acb, 0x5b9cca4f7763e373,
    0x682e6ff3d6b2b8a3, 0x748f82ee5defb2fc, 0x78a5636f43172f60, 0x84c87814a1f0ab72, 0x8cc702081a6439ec,
    0x90befffa23631e28, 0xa4506cebde82bde9, 0xbef9a3f7b2c67915, 0xc67178f2e372532b, 0xca273eceea26619c,
    0xd186b8c721c0c207, 0xeada7dd6cde0eb1e, 0xf57d4f7fee6ed178, 0x06f067aa72176fba, 0x0a637dc5a2c898a6,
    0x113f9804bef90dae, 0x1b710b35131c471b, 0x28db77f523047d84, 0x32caab7b40c72493, 0x3c9ebe0a15c9bebc,
    0x431d67c49c100d4c, 0x4cc5d4becb3e42b6, 0x597f299cfc657e2a, 0x5fcb6fab3ad6faec, 0x6c44198c4a475817};

/// The rotations in which SHA-256 and SHA-512 differ (FIPS 180-4 sections 4.1.2 and 4.1.3).
template <typename Word>
struct Sha2;
template <>
struct Sha2<std::uint32_t> {
    static constexpr std::size_t rounds = 64;
    static std::uint32_t constant(std::size_t i) noexcept {
        return static_cast<std::uint32_t>(sha2_constants[i] >> 32);
    }
    static std::uint32_t big0(std::uint32_t x) noexcept {
        return std::rotr(x, 2) ^ std::rotr(x, 13) ^ std::rotr(x, 22);
    }
    static std::uint32_t big1(std::uint32_t x) noexcept {
        return std::rotr(x, 6) ^ std::rotr(x, 11) ^ std::rotr(x, 25);
    }
    static std::uint32_t small0(std::uint32_t x) noexcept { return std::rotr(x, 7) ^ std::rotr(x, 18) ^ (x >> 3); }
    static std::uint32_t small1(std::uint32_t x) noexcept { return std::rotr(x, 17) ^ std::rotr(x, 19) ^ (x >> 10); }
};
template <>
struct Sha2<std::uint64_t> {
    static constexpr std::size_t rounds = 80;
    static std::uint64_t constant(std::size_t i) noexcept { return sha2_constants[i]; }
    static std::uint64_t big0(std::uint64_t x) noexcept {
        return std::rotr(x, 28) ^ std::rotr(x, 34) ^ std::rotr(x, 39);
    }
    static std::uint64_t big1(std::uint64_t x) noexcept {
        return std::rotr(x, 14) ^ std::rotr(x, 18) ^ std::rotr(x, 41);
    }
    static std::uint64_t small0(std::uint64_t x) noexcept { return std::rotr(x, 1) ^ std::rotr(x, 8) ^ (x >> 7); }
    static std::uint64_t small1(std::uint64_t x) noexcept { return std::rotr(x, 19) ^ std::rotr(x, 61) ^ (x >> 6); }
};

/// FIPS 180-4 sections 6.2.2 and 6.4.2.
template <typename Word, typename Block>
void sha2_block(const Block& block, std::array<Word, 8>& state) noexcept {
    using S = Sha2<Word>;
    std::array<Word, S::rounds> words{};
    for (std::size_t i = 0; i < 16; ++i) words[i] = load_big<Word>(block.data() + sizeof(Word) * i);
    for (std::size_t i = 16; i < S::rounds; ++i) {
        words[i] = S::small1(words[i - 2]) + words[i - 7] + S::small0(words[i - 15]) + words[i - 16];
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t i = 0; i < S::rounds; ++i) {
        const Word one = h + S::big1(e) + ((e & f) ^ (~e & g)) + S::constant(i) + words[i];
        const Word two = S::big0(a) + ((a & b) ^ (a & c) ^ (b & c));
        h = g;
        g = f;
        f = e;
        e = d + one;
        d = c;
        c = b;
        b = a;
        a = one + two;
    }
    const std::array<Word, 8> added{a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += added[i];
    wipe(words);
}

template <typename Word>
Digest sha2(std::string_view text, std::array<Word, 8> state, std::size_t size) noexcept {
    for_each_block<16 * sizeof(Word), false>(text, [&](const auto& block) { sha2_block<Word>(block, state); });
    Digest result;
    result.size = size;
    store_big(state, result);
    return result;
}

constexpr std::array<std::uint32_t, 8> sha256_start{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
constexpr std::array<std::uint64_t, 8> sha384_start{0xcbbb9d5dc1059ed8, 0x629a292a367cd507, 0x9159015a3070dd17,
                                                    0x152fecd8f70e5939, 0x67332667ffc00b31, 0x8eb44a8768581511,
                                                    0xdb0c2e0d64f98fa7, 0x47b5481dbefa4fa4};
constexpr std::array<std::uint64_t, 8> sha512_start{0x6a09e667f3bcc908, 0xbb67ae8584caa73b, 0x3c6ef372fe94f82b,
                                                    0xa54ff53a5f1d36f1, 0x510e527fade682d1, 0x9b05688c2b3e6c1f,
                                                    0x1f83d9abfb41bd6b, 0x5be0cd19137e2179};

constexpr std::string_view base64_letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

}  // namespace

std::optional<DigestKind> digest_kind(std::string_view name) noexcept {
    if (name == "MD5") return DigestKind::Md5;
    if (name == "SHA-1") return DigestKind::Sha1;
    if (name == "SHA-256") return DigestKind::Sha256;
    if (name == "SHA-384") return DigestKind::Sha384;
    if (name == "SHA-512") return DigestKind::Sha512;
    return std::nullopt;
}

Digest digest(DigestKind kind, std::string_view text) noexcept {
    switch (kind) {
        case DigestKind::Md5:
            return md5(text);
        case DigestKind::Sha1:
            return sha1(text);
        case DigestKind::Sha256:
            return sha2(text, sha256_start, 32);
        case DigestKind::Sha384:
            return sha2(text, sha384_start, 48);
        case DigestKind::Sha512:
            return sha2(text, sha512_start, 64);
    }
    return {};
}

std::size_t write_hex(const Digest& digest, char* out) noexcept {
    constexpr std::string_view digits = "0123456789abcdef";
    for (std::size_t i = 0; i < digest.size; ++i) {
        out[2 * i] = digits[digest.bytes[i] >> 4U];
        out[2 * i + 1] = digits[digest.bytes[i] & 15U];
    }
    return 2 * digest.size;
}

std::size_t write_base64(const Digest& digest, char* out) noexcept {
    std::size_t size = 0;
    for (std::size_t at = 0; at < digest.size; at += 3) {
        std::uint32_t group = 0;
        for (std::size_t i = 0; i < 3; ++i) group = group << 8U | (at + i < digest.size ? digest.bytes[at + i] : 0U);
        const std::size_t letters = digest.size - at >= 3 ? 4 : digest.size - at + 1;
        for (std::size_t i = 0; i < 4; ++i) {
            out[size++] = i < letters ? base64_letters[group >> (18 - 6 * i) & 63U] : '=';
        }
    }
    return size;
}

std::optional<std::size_t> decode_base64(std::string_view text, char* out) noexcept {
    std::uint32_t bits = 0;
    unsigned count = 0;
    std::size_t size = 0;
    std::size_t letters = 0;
    std::size_t padding = 0;
    for (const char c : text) {
        if (is_space(c)) continue;
        if (c == '=') {
            ++padding;
            continue;
        }
        const std::size_t value = base64_letters.find(c);
        if (value == std::string_view::npos || padding != 0) return std::nullopt;
        bits = bits << 6U | static_cast<std::uint32_t>(value);
        count += 6;
        ++letters;
        if (count < 8) continue;
        count -= 8;
        out[size++] = static_cast<char>(static_cast<unsigned char>(bits >> count));
        bits &= (1U << count) - 1U;
    }
    const bool whole = letters % 4 != 1 && bits == 0;
    const bool padded = padding == 0 || (letters + padding) % 4 == 0;
    if (!whole || !padded || padding > 2) return std::nullopt;
    return size;
}

}  // namespace questionnaires::engine
