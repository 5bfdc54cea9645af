// A value while an expression is evaluated, and XPath 1.0's conversions between the types; owns no memory.
#pragma once

#include <cstdint>
#include <string_view>

namespace questionnaires::engine {

/// `known` is false when the value rests on a question that was not answered (skipped, refused, unknown or not asked):
/// conditions of indicators hold only when true and known. Text is in the form, in an answer, or in the scratch memory.
struct Value {
    enum class Type : std::uint8_t { Boolean, Number, String, Date };

    Type type = Type::String;
    bool known = true;
    bool boolean = false;
    double number = 0;  ///< a Date: days since 1970-01-01 on the wall clock of the interview; a time is a fraction
    std::string_view text;

    [[nodiscard]] static Value of(bool boolean, bool known) noexcept { return {Type::Boolean, known, boolean, 0, {}}; }
    [[nodiscard]] static Value of(double number, bool known) noexcept {
        return {Type::Number, known, false, number, {}};
    }
    [[nodiscard]] static Value of(std::string_view text, bool known) noexcept {
        return {Type::String, known, false, 0, text};
    }
    /// `text` is the ISO form of the day, or of day and time.
    [[nodiscard]] static Value date(double days, std::string_view text, bool known) noexcept {
        return {Type::Date, known, false, days, text};
    }
};

/// XPath 1.0 section 4.3: a number is true unless zero or NaN, text unless empty. A date is true.
[[nodiscard]] bool to_boolean(const Value& value) noexcept;
/// XPath 1.0 section 4.4; a date, and text in the form of one, is its day number (ODK XForms, number). `zone`: minutes
/// that the wall clock of the interview stands east of UTC.
[[nodiscard]] double to_number(const Value& value, std::int32_t zone) noexcept;

}  // namespace questionnaires::engine
