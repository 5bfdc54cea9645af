// How easy a text is: Fernández-Huerta for Spanish (1959), Flesch reading ease for English (1948).
#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "locales/utf8.hpp"

namespace locales_test {

enum class Speech { Spanish, English };

struct Measure {
    int words = 0;
    int sentences = 0;
    int syllables = 0;
    int longest = 0;  ///< words of the longest sentence
};

inline char32_t lower(char32_t c) {
    if (c >= U'A' && c <= U'Z') return c + 32;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7) return c + 32;
    return c;
}

inline bool letter(char32_t c) {
    return (c >= U'a' && c <= U'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7);
}

inline bool among(char32_t c, std::u32string_view set) {
    return set.find(c) != std::u32string_view::npos;
}

/// Vowel groups; two strong vowels, or an accented weak one beside another, are two syllables (hiatus).
inline int spanish_syllables(const std::u32string& word) {
    int count = 0;
    char32_t before = 0;
    for (std::size_t i = 0; i < word.size(); ++i) {
        const char32_t c = word[i];
        const bool silent = c == U'u' && i > 0 && (word[i - 1] == U'q' || word[i - 1] == U'g') && i + 1 < word.size() &&
                            among(word[i + 1], U"eiéí");
        const bool vowel = !silent && (among(c, U"aeiouáéíóúü") || (c == U'y' && i + 1 == word.size()));
        const auto strong = [](char32_t v) { return among(v, U"aeoáéóíú"); };
        if (vowel && (before == 0 || (strong(before) && strong(c)))) ++count;
        before = vowel ? c : 0;
    }
    return std::max(count, 1);
}

/// Vowel groups without a silent final e: the usual approximation.
inline int english_syllables(const std::u32string& word) {
    int count = 0;
    bool before = false;
    for (const char32_t c : word) {
        const bool vowel = among(c, U"aeiouy");
        count += vowel && !before ? 1 : 0;
        before = vowel;
    }
    const auto ends = [&word](std::u32string_view with) { return word.size() > with.size() && word.ends_with(with); };
    if (ends(U"e") && !ends(U"le") && count > 1) --count;
    if (ends(U"ed") && !ends(U"ted") && !ends(U"ded") && count > 1) --count;
    return std::max(count, 1);
}

inline Measure measure(std::string_view text, Speech speech) {
    Measure m;
    std::u32string word;
    int in_sentence = 0;
    const auto end_word = [&] {
        if (word.empty()) return;
        m.syllables += speech == Speech::Spanish ? spanish_syllables(word) : english_syllables(word);
        ++m.words;
        ++in_sentence;
        word.clear();
    };
    const auto end_sentence = [&] {
        end_word();
        if (in_sentence > 0) ++m.sentences;
        m.longest = std::max(m.longest, in_sentence);
        in_sentence = 0;
    };
    while (!text.empty()) {
        const auto character = locales::first_character(text);
        if (!character) break;
        const char32_t c = lower(character->code);
        text.remove_prefix(character->bytes);
        if (letter(c) || (c >= U'0' && c <= U'9') || (!word.empty() && (c == U'\'' || c == 0x2019)))
            word += c;
        else if (among(c, U".?!:;\n"))
            end_sentence();
        else
            end_word();
    }
    end_sentence();
    return m;
}

/// 90 very easy … 60 plain … 30 hard.
inline double ease(const Measure& m, Speech speech) {
    if (m.words == 0) return 100;
    const double syllables = double(m.syllables) / m.words;
    const double words = double(m.words) / m.sentences;
    return speech == Speech::Spanish ? 206.84 - 60 * syllables - 1.02 * words
                                     : 206.835 - 84.6 * syllables - 1.015 * words;
}

}  // namespace locales_test
