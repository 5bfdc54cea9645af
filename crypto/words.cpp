#include "crypto/words.hpp"

#include <algorithm>
#include <cstring>
#include <vector>

#include "crypto/random.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace {

constexpr std::size_t cut = 4;      // letters that already tell the words apart
constexpr std::size_t longest = 9;  // letters of the longest word
constexpr std::size_t typed_limit = 1024;

char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool separates(char c) noexcept {
    return c == ' ' || c == '-' || c == '\t' || c == '\r' || c == '\n';
}

// Cuts at separators; views into the text.
class Tokens {
  public:
    explicit Tokens(std::string_view text) noexcept : rest_(text) {}
    std::optional<std::string_view> next() noexcept {
        while (!rest_.empty() && separates(rest_.front())) rest_.remove_prefix(1);
        if (rest_.empty()) return std::nullopt;
        const auto* end = std::find_if(rest_.begin(), rest_.end(), separates);
        const std::string_view token = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
        rest_.remove_prefix(token.size());
        return token;
    }

  private:
    std::string_view rest_;
};

// Joins words by hyphens into locked memory.
Result<SecretBytes> joined(SodiumReady ready, std::span<const std::byte, passphrase_words> indices) {
    auto text = SecretBytes::make(ready, passphrase_words * (longest + 1));
    if (!text) return text;
    std::size_t at = 0;
    for (std::size_t i = 0; i < indices.size(); ++i) {
        if (i > 0) text->writable()[at++] = std::byte{'-'};
        const std::string_view word = word_list()[std::to_integer<std::size_t>(indices[i])];
        std::memcpy(text->writable().data() + at, word.data(), word.size());
        at += word.size();
    }
    text->shorten(at);
    return text;
}

}  // namespace

std::optional<std::byte> word_index(std::string_view typed) noexcept {
    if (typed.size() < cut || typed.size() > longest) return std::nullopt;
    std::optional<std::byte> found;
    for (std::size_t i = 0; i < word_list().size(); ++i) {
        const std::string_view word = word_list()[i];
        bool fits = typed.size() <= word.size();
        for (std::size_t k = 0; fits && k < typed.size(); ++k) fits = lower(typed[k]) == word[k];
        if (fits) found = static_cast<std::byte>(i);
    }
    return found;
}

std::string case_code(SodiumReady ready) {
    std::string code;
    for (int i = 0; i < 3; ++i) code.append(word_list()[random_below(ready, 256)]).append("-");
    const std::string number = std::to_string(random_below(ready, 1000));
    return code + std::string(3 - number.size(), '0') + number;
}

std::optional<std::string> parse_case_code(std::string_view typed) {
    if (typed.size() > typed_limit) return std::nullopt;
    Tokens tokens(typed);
    std::string code;
    for (int i = 0; i < 3; ++i) {
        const auto token = tokens.next();
        const auto index = token ? word_index(*token) : std::nullopt;
        if (!index) return std::nullopt;
        code.append(word_list()[std::to_integer<std::size_t>(*index)]).append("-");
    }
    const auto number = tokens.next();
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (!number || number->size() != 3 || !std::all_of(number->begin(), number->end(), digit) || tokens.next())
        return std::nullopt;
    return code.append(*number);
}

std::string fingerprint_words(const Digest& digest) {
    std::string text;
    for (std::size_t i = 0; i < 8; ++i) {
        if (i > 0) text += '-';
        text += word_list()[std::to_integer<std::size_t>(digest[i])];
    }
    return text;
}

// The list has 256 words, so a random byte is an unbiased choice.
Result<SecretBytes> generate_passphrase(SodiumReady ready) {
    AMPARO_TRY(const indices, SecretBytes::random(ready, passphrase_words));
    return joined(ready, indices.view().first<passphrase_words>());
}

Result<SecretBytes> canonical_passphrase(SodiumReady ready, ByteView typed) {
    if (typed.size() > typed_limit) return tl::unexpected(Error::Malformed);
    auto indices = SecretBytes::make(ready, passphrase_words);
    if (!indices) return indices;
    Tokens tokens(as_text(typed));
    for (std::byte& index : indices->writable()) {
        const auto token = tokens.next();
        const auto found = token ? word_index(*token) : std::nullopt;
        if (!found) return tl::unexpected(Error::Malformed);
        index = *found;
    }
    if (tokens.next()) return tl::unexpected(Error::Malformed);
    return joined(ready, indices->view().first<passphrase_words>());
}

}  // namespace crypto
