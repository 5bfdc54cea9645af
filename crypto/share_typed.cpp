// A share as people type it: in words, or as the text of a QR code.
#include <algorithm>

#include "crypto/bech32.hpp"
#include "crypto/share.hpp"
#include "crypto/share_bytes.hpp"
#include "crypto/words.hpp"

namespace crypto {
namespace {

using Read = tl::expected<PaperShare, ShareFailure>;

tl::unexpected<ShareFailure> no_share(ShareError error, std::size_t row = 0, std::size_t word = 0) {
    return tl::unexpected(ShareFailure{error, static_cast<std::uint8_t>(row), static_cast<std::uint8_t>(word)});
}

constexpr char between = ' ';  // what stands between words, in whatever form it was typed
constexpr char unseen = '\0';  // nothing that anybody typed: a combining accent, a mark that has no width

// The letters of Latin-1 without their accents, from U+00C0 on.
constexpr std::string_view plain_latin = "aaaaaaaceeeeiiiidnooooo ouuuuytsaaaaaaaceeeeiiiidnooooo ouuuuyty";
static_assert(plain_latin.size() == 64);

char plain(std::uint32_t code) noexcept {
    if (code >= 'A' && code <= 'Z') return static_cast<char>(code - 'A' + 'a');
    if ((code >= 'a' && code <= 'z') || (code >= '0' && code <= '9')) return static_cast<char>(code);
    if (code >= 0xc0 && code <= 0xff) return plain_latin[code - 0xc0];
    const bool accent = code >= 0x300 && code <= 0x36f;
    const bool no_width = code == 0xad || (code >= 0x200b && code <= 0x200d) || code == 0xfeff;
    return accent || no_width ? unseen : between;
}

// Takes one character of UTF-8 off the front; a byte that is none counts as a blank. No letter wanted here needs more
// than three bytes, and a longer one is as many blanks as it has bytes.
char take_character(ByteView& rest) noexcept {
    const auto byte = [&](std::size_t at) { return std::to_integer<std::uint32_t>(rest[at]); };
    const auto follows = [&](std::size_t at) { return at < rest.size() && byte(at) >> 6U == 2U; };
    std::size_t length = 1;
    std::uint32_t code = byte(0) < 0x80 ? byte(0) : between;
    if (byte(0) >> 5U == 6U && follows(1)) {
        length = 2;
        code = (byte(0) & 31U) << 6U | (byte(1) & 63U);
    } else if (byte(0) >> 4U == 14U && follows(1) && follows(2)) {
        length = 3;
        code = (byte(0) & 15U) << 12U | (byte(1) & 63U) << 6U | (byte(2) & 63U);
    }
    rest = rest.subspan(length);
    return plain(code);
}

enum class TokenKind : std::uint8_t { End, Number, Word };

// Runs of letters and runs of digits, one at a time.
class TypedTokens {
  public:
    explicit TypedTokens(ByteView text) noexcept : rest_(text) {}

    TokenKind next() noexcept {
        length_ = 0;
        while (!rest_.empty()) {
            ByteView after = rest_;
            const char c = take_character(after);
            const bool ends = length_ > 0 && c != unseen && (c == between || digit(c) != digit(character(0)));
            if (ends) break;
            rest_ = after;
            if (c == between || c == unseen) continue;
            if (length_ < room_.writable().size()) room_.writable()[length_] = static_cast<std::byte>(c);
            ++length_;
        }
        if (length_ == 0) return TokenKind::End;
        return digit(character(0)) ? TokenKind::Number : TokenKind::Word;
    }
    /// Empty when it is longer than any that can be meant.
    [[nodiscard]] std::string_view text() const noexcept {
        return length_ > room_.view().size() ? std::string_view() : as_text(room_.view().first(length_));
    }
    /// Of a run of digits; 0 for none that a row has.
    [[nodiscard]] std::size_t number() const noexcept {
        std::size_t value = 0;
        if (length_ > 2) return 0;
        for (const char c : text()) value = value * 10 + static_cast<std::size_t>(c - '0');
        return value;
    }

  private:
    [[nodiscard]] char character(std::size_t at) const noexcept { return as_text(room_.view())[at]; }
    static bool digit(char c) noexcept { return c >= '0' && c <= '9'; }

    ByteView rest_;
    Scratch<16> room_;
    std::size_t length_ = 0;
};

// Rows that fill up word by word, each judged when it is full.
class Rows {
  public:
    explicit Rows(SodiumReady ready) noexcept : ready_(ready) {}

    tl::expected<void, ShareFailure> number(std::size_t value) noexcept {
        if (word_ != 1 || value != row_ || begun_) return no_share(ShareError::RowNumber, std::min(row_, share_rows));
        begun_ = numbered_ = true;
        return {};
    }
    tl::expected<void, ShareFailure> word(std::string_view typed) noexcept {
        if (row_ > share_rows) return no_share(ShareError::TooLong);
        if (numbered_ && !begun_) return no_share(ShareError::RowWords, row_ - 1);
        const auto value = word_index(typed);
        if (!value) return no_share(ShareError::UnknownWord, row_, word_);
        if (word_ < share_row_words) {
            data_.writable()[(row_ - 1) * share::row_bytes + word_ - 1] = *value;
            begun_ = numbered_;
            ++word_;
            return {};
        }
        return close(*value);
    }
    Read finish() noexcept {
        if (row_ == 1 && word_ == 1) return no_share(ShareError::Nothing);
        if (row_ <= share_rows) return no_share(ShareError::TooShort, row_, word_);
        return share::parse(ready_, data_.view());
    }

  private:
    tl::expected<void, ShareFailure> close(std::byte check) noexcept {
        if (share::row_check(ready_, data_.view(), row_) != check) return no_share(ShareError::RowCheck, row_);
        if (row_ == 1)
            if (const auto fault = share::head_fault(data_.view())) return no_share(*fault);
        ++row_;
        word_ = 1;
        begun_ = false;
        return {};
    }

    SodiumReady ready_;
    share::Data data_;
    std::size_t row_ = 1;
    std::size_t word_ = 1;   // the next one
    bool begun_ = false;     // this row by its number
    bool numbered_ = false;  // then every row is
};

Read read_words(SodiumReady ready, ByteView typed) {
    TypedTokens tokens(typed);
    Rows rows(ready);
    for (auto kind = tokens.next(); kind != TokenKind::End; kind = tokens.next()) {
        const auto taken = kind == TokenKind::Number ? rows.number(tokens.number()) : rows.word(tokens.text());
        if (!taken) return tl::unexpected(taken.error());
    }
    return rows.finish();
}

bool is_code(ByteView typed) noexcept {
    TypedTokens tokens(typed);
    return tokens.next() == TokenKind::Word && tokens.text() == "amparo";
}

Read read_code(SodiumReady ready, ByteView typed) {
    Scratch<bech32::encoded_size(share::code_prefix.size(), share::size)> code;
    std::size_t length = 0;
    for (std::byte b : typed) {
        if (b == std::byte{' '} || (b >= std::byte{'\t'} && b <= std::byte{'\r'})) continue;
        if (length == code.view().size()) return no_share(ShareError::Code);
        if (b >= std::byte{'a'} && b <= std::byte{'z'}) b ^= std::byte{0x20};
        code.writable()[length++] = b;
    }
    share::Data data;
    if (!bech32::decode(share::code_prefix, code.view().first(length), bech32::Case::Upper, data.writable()))
        return no_share(ShareError::Code);
    return share::parse(ready, data.view());
}

}  // namespace

tl::expected<PaperShare, ShareFailure> read_share(SodiumReady ready, ByteView typed) {
    if (typed.size() > most_typed_share) return no_share(ShareError::TooLong);
    return is_code(typed) ? read_code(ready, typed) : read_words(ready, typed);
}

}  // namespace crypto
