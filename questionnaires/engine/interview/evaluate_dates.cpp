// Date and time functions (ODK XForms, "Date and Time Functions"; date-time() as JavaRosa has it).
#include <cmath>

#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/evaluate.hpp"

namespace questionnaires::engine {
namespace {

constexpr double minutes_of_day = 1440;

}  // namespace

std::optional<double> Evaluator::days_of(const Value& value) const noexcept {
    switch (value.type) {
        case Value::Type::Date:
        case Value::Type::Number:
            if (std::isfinite(value.number)) return value.number;
            return std::nullopt;
        case Value::Type::String:
            return parse_days(trim(value.text), around_.environment->zone);
        case Value::Type::Boolean:
            return std::nullopt;
    }
    return std::nullopt;
}

/// What is no date gives empty text, where JavaRosa stops the whole form.
Value Evaluator::call_date(const ExpressionNode& node, Arguments arguments) {
    using F = Function;
    const Environment& environment = *around_.environment;
    if (node.function == F::Today) return date_value(environment.today, true);
    if (node.function == F::Now) {
        const double time = static_cast<double>(environment.milliseconds) / day_milliseconds;
        return moment_value(static_cast<double>(to_days(environment.today)) + time, true);
    }
    if (node.function == F::FormatDate || node.function == F::FormatDateTime) return format_date(arguments);
    const Value value = evaluate(arguments[0].node);
    const Value nothing = Value::of(std::string_view(), value.known);
    const double west = -environment.zone / minutes_of_day;  // UTC is this much ahead
    if (node.function == F::DecimalTime && value.type == Value::Type::String) {
        if (const auto time = parse_time(trim(value.text))) {
            const double shift = (environment.zone - time->zone.value_or(environment.zone)) / minutes_of_day;
            const double day = static_cast<double>(time->milliseconds) / day_milliseconds + shift;
            return Value::of(day - std::floor(day), value.known);
        }
    }
    const std::optional<double> days = days_of(value);
    if (!days) return nothing;
    const bool number = value.type == Value::Type::Number;
    if (node.function == F::DecimalTime) return Value::of(*days - std::floor(*days), value.known);
    // A number is already in days of UTC; anything else is on the wall clock.
    if (node.function == F::DecimalDateTime) return Value::of(number ? *days : *days + west, value.known);
    if (node.function == F::DateTime) return moment_value(number ? *days - west : *days, value.known);
    const std::optional<Moment> moment = moment_of(std::floor(*days));
    return moment ? date_value(moment->date, value.known) : nothing;
}

Value Evaluator::date_value(const Date& date, bool known) {
    char* const text = room(10);
    write_date(date, text);
    return Value::date(static_cast<double>(to_days(date)), std::string_view(text, 10), known);
}

Value Evaluator::moment_value(double days, bool known) {
    const std::optional<Moment> moment = moment_of(days);
    if (!moment) return Value::of(std::string_view(), known);
    char* const text = room(moment_bytes);
    const std::size_t size = write_moment(*moment, around_.environment->zone, text);
    return Value::date(days, std::string_view(text, size), known);
}

Value Evaluator::format_date(Arguments arguments) {
    const Value value = evaluate(arguments[0].node);
    const Value format_value = evaluate(arguments[1].node);
    const bool known = value.known && format_value.known;
    const std::optional<double> days = days_of(value);
    const std::optional<Moment> moment = days ? moment_of(*days) : std::nullopt;
    const std::string_view format = to_text(format_value);
    if (!moment || over_budget()) return Value::of(std::string_view(), known);
    const std::string& language = form_.languages[form_.default_language].code;
    char* const text = room(format.size() * format_identifier_bytes);
    std::size_t size = 0;
    for (std::size_t at = 0; at < format.size(); ++at) {
        if (format[at] == '%' && at + 1 < format.size() && is_format_identifier(format[at + 1])) {
            size += write_identifier(format[++at], *moment, language, text + size);
        } else {
            text[size++] = format[at];
        }
    }
    return Value::of(std::string_view(text, size), known);
}

}  // namespace questionnaires::engine
