#include "app/record/rules.hpp"

#include <algorithm>

#include "crypto/words.hpp"
#include "questionnaires/engine/expression/date.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace app::record {
namespace {

namespace engine = questionnaires::engine;

bool is_lower(char c) noexcept {
    return c >= 'a' && c <= 'z';
}
bool is_digit(char c) noexcept {
    return c >= '0' && c <= '9';
}

/// "[2]": the second instance of a repeat.
bool is_place(std::string_view text) noexcept {
    return text.size() > 2 && text.size() < 12 && text.front() == '[' && text.back() == ']' && text[1] != '0' &&
           std::all_of(text.begin() + 1, text.end() - 1, is_digit);
}

}  // namespace

bool is_hex(std::string_view text, std::size_t digits) noexcept {
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

bool is_form_id(std::string_view text) noexcept {
    return !text.empty() && text.size() <= most_form_id && is_lower(text.front()) &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_language(std::string_view text) noexcept {
    const auto main = text.substr(0, text.find('-'));
    if (main.size() < 2 || main.size() > 3 || !std::all_of(main.begin(), main.end(), is_lower)) return false;
    if (main.size() == text.size()) return true;
    const auto region = text.substr(main.size() + 1);
    return region.size() >= 2 && region.size() <= 8 && std::all_of(region.begin(), region.end(), [](char c) {
               return is_lower(c) || is_digit(c) || (c >= 'A' && c <= 'Z');
           });
}

bool is_day(std::string_view text) noexcept {
    const auto day = engine::parse_date(text);
    return day && engine::to_days(*day) >= 0;
}

bool is_case_code(std::string_view text) {
    return crypto::parse_case_code(text) == text;
}

bool is_plain_name(std::string_view text) noexcept {
    return engine::is_name(text) && engine::find_unsafe(text) == std::string_view::npos;
}

bool is_address(std::string_view text) noexcept {
    while (true) {
        const auto slash = text.find('/');
        auto part = text.substr(0, slash);
        if (const auto bracket = part.find('['); bracket != std::string_view::npos) {
            if (!is_place(part.substr(bracket))) return false;
            part = part.substr(0, bracket);
        }
        if (!is_plain_name(part)) return false;
        if (slash == std::string_view::npos) return true;
        text.remove_prefix(slash + 1);
    }
}

bool is_word(std::string_view text) noexcept {
    return !text.empty() && text.size() <= most_word &&
           std::all_of(text.begin(), text.end(), [](char c) { return is_lower(c) || c == '_' || c == '-'; });
}

bool is_key(std::string_view text) noexcept {
    return !text.empty() && text.size() <= most_key && std::all_of(text.begin(), text.end(), [](char c) {
        return is_lower(c) || is_digit(c) || c == '_' || c == '.';
    });
}

bool is_label(std::string_view text, std::size_t most) noexcept {
    return text.size() <= most && engine::find_unsafe(text) == std::string_view::npos;
}

}  // namespace app::record
