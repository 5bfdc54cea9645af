#include "questionnaires/engine/form/dynamic_default.hpp"

#include <algorithm>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"

namespace questionnaires::engine {
namespace {

bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// Whether `text` begins as `shape` says: '0' is a digit, anything else itself.
bool has_shape(std::string_view text, std::string_view shape) noexcept {
    if (text.size() < shape.size()) return false;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        if (shape[i] == '0' ? !is_digit(text[i]) : text[i] != shape[i]) return false;
    }
    return true;
}

/// Length of "02:03:04", with "Z" or "+02:00" behind it, at the beginning; 0 when there is none.
std::size_t time_length(std::string_view text) noexcept {
    if (!has_shape(text, "00:00:00")) return 0;
    const std::string_view zone = text.substr(8);
    if (!zone.empty() && zone.front() == 'Z') return 9;
    const bool offset = has_shape(zone, "+00:00") || has_shape(zone, "-00:00");
    return offset ? 14 : 8;
}

/// Of a date with or without a time, or of a time.
std::size_t moment_length(std::string_view text) noexcept {
    const std::size_t sign = !text.empty() && text.front() == '-' ? 1 : 0;
    if (!has_shape(text.substr(sign), "0000-00-00")) return time_length(text);
    const std::size_t date = sign + 10;
    if (text.size() == date || text[date] != 'T') return date;
    const std::size_t time = time_length(text.substr(date + 1));
    return time == 0 ? date : date + 1 + time;
}

std::size_t number_length(std::string_view text) noexcept {
    std::size_t at = !text.empty() && text.front() == '-' ? 1 : 0;
    const std::size_t begin = at;
    while (at < text.size() && is_digit(text[at])) ++at;
    const bool whole = at > begin;
    if (at < text.size() && text[at] == '.') {
        std::size_t end = at + 1;
        while (end < text.size() && is_digit(text[end])) ++end;
        if (whole || end > at + 1) return end;
    }
    return whole ? at : 0;
}

bool starts_word(std::string_view text) noexcept {
    const char c = text.empty() ? '\0' : text.front();
    if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return true;
    return static_cast<unsigned char>(c) >= 0x80 && typed_at(text, 0).kind == Typed::Kind::Plain;
}

/// An XML name, perhaps with a prefix.
std::size_t word_length(std::string_view text) noexcept {
    const auto part = [&](std::size_t at) {
        if (!starts_word(text.substr(at))) return at;
        while (at < text.size() &&
               (starts_word(text.substr(at)) || is_digit(text[at]) || text[at] == '-' || text[at] == '.'))
            ++at;
        return at;
    };
    const std::size_t end = part(0);
    if (end == 0 || end >= text.size() || text[end] != ':') return end;
    const std::size_t after = part(end + 1);
    return after > end + 1 ? after : end;
}

struct Piece {
    std::size_t size = 1;
    DefaultForm form = DefaultForm::Value;
    bool hyphen = false;
};

/// The next piece, in the order in which pyxform's lexer tries its rules.
Piece next_piece(std::string_view text) noexcept {
    if (const std::size_t moment = moment_length(text); moment > 0) return {moment};
    if (const std::size_t number = number_length(text); number > 0) return {number};
    const char c = text.front();
    for (const std::string_view word : {" mod ", " div "}) {
        if (text.substr(0, word.size()) == word) return {word.size(), DefaultForm::Operators};
    }
    if (c == '*' || c == '+' || c == '|') return {1, DefaultForm::Operators};
    if (c == '-') return {1, DefaultForm::Operators, true};
    if (c == '"' || c == '\'') {
        const std::size_t end = text.find(c, 1);
        return {end == std::string_view::npos ? 1 : end + 1};
    }
    if (text.substr(0, 2) == "${" && text.find('}') != std::string_view::npos) return {2, DefaultForm::Expression};
    if (const std::size_t word = word_length(text); word > 0) {
        const char after = word < text.size() ? text[word] : '\0';
        if (after == '(' || after == '[') return {word, DefaultForm::Expression};
        return {word};
    }
    return {1};
}

}  // namespace

DefaultForm form_of_default(std::string_view text, Kind kind) noexcept {
    const bool date = kind == Kind::Date || kind == Kind::DateTime;
    DefaultForm form = DefaultForm::Value;
    while (!text.empty()) {
        const Piece piece = next_piece(text);
        if (date && piece.hyphen && form == DefaultForm::Value) return DefaultForm::Value;
        form = std::max(form, piece.form);
        if (form == DefaultForm::Expression) return form;
        text.remove_prefix(std::min(piece.size, text.size()));
    }
    return form;
}

}  // namespace questionnaires::engine
