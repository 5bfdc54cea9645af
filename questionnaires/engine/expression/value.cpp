#include "questionnaires/engine/expression/value.hpp"

#include <cmath>

#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"

namespace questionnaires::engine {

bool to_boolean(const Value& value) noexcept {
    switch (value.type) {
        case Value::Type::Boolean:
            return value.boolean;
        case Value::Type::Number:
            return value.number != 0 && !std::isnan(value.number);
        case Value::Type::String:
            return !value.text.empty();
        case Value::Type::Date:
            return true;
    }
    return false;
}

double to_number(const Value& value, std::int32_t zone) noexcept {
    switch (value.type) {
        case Value::Type::Boolean:
            return value.boolean ? 1 : 0;
        case Value::Type::Number:
        case Value::Type::Date:
            return value.number;
        case Value::Type::String:
            break;
    }
    const double number = parse_number(value.text);
    if (!std::isnan(number) || value.text.size() < 10) return number;
    return parse_days(trim(value.text), zone).value_or(number);
}

}  // namespace questionnaires::engine
