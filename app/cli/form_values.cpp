#include "app/cli/form_values.hpp"

#include <nlohmann/json.hpp>

#include "questionnaires/engine/text.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
using nlohmann::json;

std::string number_text(const json& value) {
    if (value.is_number_integer()) return value.dump();
    engine::NumberText room;
    return std::string(engine::format_number(value.get<double>(), room));
}

}  // namespace

std::optional<std::string> answer_text(std::string_view json_value) {
    const auto value = json::parse(json_value, nullptr, false);
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number()) return number_text(value);
    if (value.is_boolean()) return value.get<bool>() ? "true" : "false";
    if (!value.is_array()) return std::nullopt;
    std::string words;
    for (const auto& word : value) {
        if (!word.is_string()) return std::nullopt;
        words += (words.empty() ? "" : " ") + word.get<std::string>();
    }
    return words;
}

std::optional<engine::AnswerState> state_named(std::string_view word) noexcept {
    for (const auto state : {engine::AnswerState::Skipped, engine::AnswerState::Refused, engine::AnswerState::Unknown})
        if (word == engine::name_of(state)) return state;
    return std::nullopt;
}

}  // namespace app::cli
