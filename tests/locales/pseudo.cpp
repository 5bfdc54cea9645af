#include "tests/locales/pseudo.hpp"

#include <string_view>
#include <vector>

namespace locales_test {
namespace {

constexpr std::string_view plain_letters = "aceinouyACEINOUY";
constexpr std::string_view accented[] = {"á", "ç", "é", "í", "ñ", "ó", "ú", "ý",
                                         "Á", "Ç", "É", "Í", "Ñ", "Ó", "Ú", "Ý"};

std::string escaped(std::string_view text) {
    std::string json;
    for (const char c : text) {
        if (c == '"' || c == '\\') json += '\\';
        json += c == '\n' ? "\\n" : std::string(1, c);
    }
    return json;
}

std::string pseudo(const locales::Pieces& pieces) {
    std::string text = "[";
    std::size_t letters = 0;
    for (const auto& piece : pieces) {
        if (piece.placeholder) {
            text += "{{" + piece.text + "}}";
            continue;
        }
        for (const char c : piece.text) {
            const auto at = plain_letters.find(c);
            text += at == std::string_view::npos ? std::string(1, c) : std::string(accented[at]);
            letters += 1;
        }
    }
    // A third more, in words of at most eight, so that lines can break as in a real language.
    for (std::size_t i = 0; i < (letters + 2) / 3; ++i) text += i % 9 == 0 ? " " : "~";
    return text + "]";
}

std::string line(const std::string& key, const locales::Pieces& pieces) {
    return " \"" + key + "\": \"" + escaped(pseudo(pieces)) + "\"";
}

}  // namespace

std::string pseudo_locale(const locales::Catalogue& english) {
    std::vector<std::string> lines;
    for (const auto& [key, entry] : english.entries()) {
        if (entry.plural()) lines.push_back(line(key + "_one", entry.one));
        lines.push_back(line(entry.plural() ? key + "_other" : key, entry.other));
    }
    std::string json = "{";
    for (const auto& one : lines) json += (&one == &lines.front() ? "\n" : ",\n") + one;
    return json + "\n}\n";
}

}  // namespace locales_test
