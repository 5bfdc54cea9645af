#include "app/exports/screening.hpp"

#include <algorithm>

#include "questionnaires/engine/expression/date.hpp"
#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/outline.hpp"

namespace app::exports {
namespace {

using engine::Kind;

/// The name at the end of an address, without the place of a repeat.
std::string_view name_in(std::string_view address) {
    const auto last = address.substr(address.rfind('/') + 1);  // npos + 1 is 0
    return last.substr(0, last.find('['));
}

bool is_number(std::string_view value) {
    const auto digits = value.substr(value.starts_with('-') ? 1 : 0);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto point = digits.find('.');
    const auto whole = digits.substr(0, point);
    const auto part = point == std::string_view::npos ? std::string_view("0") : digits.substr(point + 1);
    return !whole.empty() && !part.empty() && std::all_of(whole.begin(), whole.end(), is_digit) &&
           std::all_of(part.begin(), part.end(), is_digit) && value.size() <= 40;
}

}  // namespace

std::vector<std::string_view> chosen(const engine::Form& form, engine::QuestionId question, std::string_view value) {
    const auto names = engine::choice_names(form, question);
    const auto is_one = [&](std::string_view word) {
        return std::find(names.begin(), names.end(), word) != names.end();
    };
    if (is_one(value)) return {value};  // its name may have spaces
    std::vector<std::string_view> words;
    if (form.kind(question) == Kind::SelectOne) return words;
    for (auto rest = value; !engine::trim(rest).empty();) {
        const auto word = engine::take_word(rest);
        if (!is_one(word)) return {};
        words.push_back(word);
    }
    return words;
}

bool is_value_of(const engine::Form& form, engine::QuestionId question, std::string_view value) {
    switch (form.kind(question)) {
        case Kind::Integer:
            return engine::parse_integer(value).has_value() && is_number(value);
        case Kind::Decimal:
            return is_number(value);
        case Kind::Date:
            return engine::parse_date(value).has_value();
        case Kind::Time:
            return engine::parse_time(value).has_value();
        case Kind::DateTime:
            return value.find('T') != std::string_view::npos && engine::parse_days(value, 0).has_value();
        case Kind::SelectOne:
        case Kind::SelectMultiple:
        case Kind::Rank:
            return !chosen(form, question, value).empty();
        case Kind::Acknowledge:
            return value == "OK";
        case Kind::Text:
        case Kind::Group:
        case Kind::Repeat:
        case Kind::Note:
        case Kind::Calculate:
        case Kind::Hidden:
            return false;
    }
    return false;
}

Said said_in(const Screening& screening, bool words) {
    Said said;
    for (const auto& answer : screening.said.answers) {
        const auto question = screening.form.find(name_in(answer.name));
        if (!question) {
            ++said.foreign;
            continue;
        }
        if (!engine::takes_answer(screening.form, *question) || engine::is_computed(screening.form, *question))
            continue;
        Line line{*question, answer.name, answer.state, {}, false};
        if (answer.state == engine::AnswerState::Answered) {
            const bool text = words && screening.form.kind(*question) == Kind::Text;
            if (text || is_value_of(screening.form, *question, answer.value))
                line.value = answer.value;
            else
                line.kept_back = true;
        }
        if (line.kept_back) ++said.kept_back;
        said.lines.push_back(line);
    }
    return said;
}

engine::LanguageId language_of(const engine::Form& form, std::string_view code) {
    return form.language(code).value_or(form.default_language());
}

}  // namespace app::exports
