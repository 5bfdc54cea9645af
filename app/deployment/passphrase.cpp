#include "app/deployment/passphrase.hpp"

#include <zxcvbn.h>

#include <algorithm>
#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "crypto/try.hpp"
#include "locales/utf8.hpp"

namespace app::deployment {
namespace {

constexpr std::size_t most_judged = 256;   // bytes; zxcvbn itself looks closely at 100
constexpr std::size_t most_known = 64;     // names; each is looked for at every place
constexpr double bits_of_word = 13;        // log2 of 7,776, the words that dice choose from, rounded up
constexpr double bits_of_character = 6.6;  // log2 of the 95 characters of a keyboard, rounded up
constexpr std::size_t least_word = 4;      // letters; shorter ones are articles and prepositions
constexpr std::size_t usual_word = 7;      // letters: a run of letters without end counts as words of this length

bool is_separator(char c) {
    return std::string_view(" -_.,;:/").find(c) != std::string_view::npos;
}
bool is_capital(char c) {
    return c >= 'A' && c <= 'Z';
}
/// Of any script: what is not ASCII counts as a letter.
bool is_letter(char c) {
    return is_capital(c) || (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool continues_character(char c) {
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}
std::size_t characters(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::count_if(text.begin(), text.end(), continues_character));
}
char small(char c) {
    return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
bool same_word(std::string_view one, std::string_view other) {
    return std::equal(one.begin(), one.end(), other.begin(), other.end(),
                      [](char a, char b) { return small(a) == small(b); });
}

/// Views of what stands between separators; they live as long as the text.
std::vector<std::string_view> pieces(std::string_view text) {
    std::vector<std::string_view> all;
    for (std::size_t at = 0; at < text.size();) {
        const auto* const end = std::find_if(text.begin() + at, text.end(), is_separator);
        const auto length = static_cast<std::size_t>(end - text.begin()) - at;
        if (length > 0) all.push_back(text.substr(at, length));
        at += length + 1;
    }
    return all;
}

/// Written as words are: letters, and capitals only at its beginning or throughout.
bool is_word(std::string_view piece) {
    if (!std::all_of(piece.begin(), piece.end(), is_letter)) return false;
    return std::none_of(piece.begin() + 1, piece.end(), is_capital) ||
           std::all_of(piece.begin(), piece.end(), is_capital);
}

/// What cannot be typed again everywhere: bytes that are not UTF-8, and characters that nobody sees.
bool is_unwritable(std::string_view text) {
    while (!text.empty()) {
        const auto character = locales::first_character(text);
        if (!character || locales::invisible_or_unsafe(character->code)) return true;
        text.remove_prefix(character->bytes);
    }
    return false;
}

/// The names and their words, as zxcvbn takes them.
class Known {
  public:
    explicit Known(std::span<const std::string> names) {
        for (const auto& name : names) {
            add(name);
            for (const auto piece : pieces(name)) add(std::string(piece));
        }
        for (const auto& word : words_) list_.push_back(word.c_str());
        list_.push_back(nullptr);
    }
    [[nodiscard]] const char** list() { return list_.data(); }
    [[nodiscard]] bool has(std::string_view piece) const {
        return std::any_of(words_.begin(), words_.end(), [&](const auto& word) { return same_word(word, piece); });
    }

  private:
    void add(std::string word) {
        if (characters(word) >= least_word && words_.size() < most_known) words_.push_back(std::move(word));
    }
    std::vector<std::string> words_;
    std::vector<const char*> list_;
};

PassphraseRefusal why_of(int type) {
    if (type >= MULTIPLE_MATCH) return PassphraseRefusal::Repeats;
    switch (type) {
        case DICTIONARY_MATCH:
        case DICT_LEET_MATCH:
            return PassphraseRefusal::Words;
        case USER_MATCH:
        case USER_LEET_MATCH:
            return PassphraseRefusal::Names;
        case REPEATS_MATCH:
            return PassphraseRefusal::Repeats;
        case SEQUENCE_MATCH:
        case SPATIAL_MATCH:
            return PassphraseRefusal::Sequence;
        case DATE_MATCH:
        case YEAR_MATCH:
            return PassphraseRefusal::Date;
        default:  // plain characters, and those behind the hundredth
            return PassphraseRefusal::Guessable;
    }
}

/// What most of its characters are, among those of which something is known.
PassphraseRefusal why_of(const ZxcMatch_t* parts) {
    std::array<int, 8> length{};
    for (const auto* part = parts; part != nullptr; part = part->Next)
        length.at(static_cast<std::size_t>(why_of(part->Type))) += part->Length;
    length.at(static_cast<std::size_t>(PassphraseRefusal::Guessable)) = 0;
    const auto* const most = std::max_element(length.begin(), length.end());
    return *most == 0 ? PassphraseRefusal::Guessable : static_cast<PassphraseRefusal>(most - length.begin());
}

struct FreedParts {
    void operator()(ZxcMatch_t* parts) const noexcept {
        // A figure tells which word of its dictionary a part was.
        for (auto* part = parts; part != nullptr; part = part->Next) {
            part->Entrpy = part->MltEnpy = 0;
            part->Begin = part->Length = 0;
        }
        ZxcvbnFreeInfo(parts);
    }
};

// zxcvbn (version 2.5, read for this) keeps no copy of what it is given. While it counts, the first 100 bytes stand
// backwards in ordinary memory, which it overwrites before it frees it. What it frees as it is, and leaves on the
// stack, are positions, lengths, figures and single letters of the parts that it tried. Its copy of the secret, which
// ends in a zero byte, is ours and locked.
PassphraseWorth worth_by_parts(const crypto::SecretBytes& ended, Known& known) {
    ZxcMatch_t* found = nullptr;
    const double bits = ZxcvbnMatch(crypto::as_text(ended.view()).data(), known.list(), &found);
    const std::unique_ptr<ZxcMatch_t, FreedParts> parts(found);
    return {bits, why_of(parts.get())};
}

PassphraseWorth worth_by_words(std::string_view text, const Known& known) {
    const auto all = pieces(text);
    PassphraseWorth worth{0, PassphraseRefusal::Words};
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto& piece = all[i];
        const bool again = std::any_of(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(i),
                                       [&](std::string_view earlier) { return same_word(earlier, piece); });
        const auto letters = characters(piece);
        if (again)
            worth.why = PassphraseRefusal::Repeats;
        else if (known.has(piece))
            worth.why = PassphraseRefusal::Names;
        else if (!is_word(piece))
            worth.bits += bits_of_character * static_cast<double>(letters);
        else if (letters >= least_word)
            worth.bits += bits_of_word * static_cast<double>(std::max<std::size_t>(1, letters / usual_word));
    }
    return worth;
}

}  // namespace

Result<PassphraseWorth> passphrase_worth(crypto::SodiumReady ready, const crypto::SecretBytes& passphrase,
                                         std::span<const std::string> known) {
    const auto judged = passphrase.view().first(std::min(passphrase.size(), most_judged));
    Known names(known);
    AMPARO_TRY(ended, about({}, crypto::SecretBytes::make(ready, judged.size() + 1)));
    std::copy(judged.begin(), judged.end(), ended.writable().begin());
    auto worth = worth_by_parts(ended, names);
    AMPARO_TRY(joined, about({}, crypto::SecretBytes::make(ready, judged.size() + 1)));
    std::copy_if(judged.begin(), judged.end(), joined.writable().begin(),
                 [](std::byte b) { return !is_separator(static_cast<char>(b)); });
    for (const auto& other : {worth_by_parts(joined, names), worth_by_words(crypto::as_text(judged), names)})
        if (other.bits < worth.bits) worth = other;
    return worth;
}

Result<void> judge_passphrase(crypto::SodiumReady ready, const crypto::SecretBytes& passphrase,
                              std::span<const std::string> known) {
    const auto text = crypto::as_text(passphrase.view());
    if (is_unwritable(text)) return failed(PassphraseRefusal::Unwritable);
    if (characters(text) < least_passphrase) return failed(PassphraseRefusal::Short);
    AMPARO_TRY(const worth, passphrase_worth(ready, passphrase, known));
    if (worth.bits < least_passphrase_bits) return failed(worth.why);
    return {};
}

}  // namespace app::deployment
