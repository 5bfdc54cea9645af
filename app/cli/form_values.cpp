#include "app/cli/form_values.hpp"

#include <nlohmann/json.hpp>

#include "questionnaires/engine/expression/text.hpp"

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

bool is_shallow(std::string_view json) noexcept {
    constexpr std::size_t most = 8;
    std::size_t depth = 0;
    bool in_text = false;
    for (std::size_t i = 0; i < json.size(); ++i) {
        const char c = json[i];
        if (in_text && c == '\\') {
            ++i;
        } else if (c == '"') {
            in_text = !in_text;
        } else if (!in_text && (c == '[' || c == '{')) {
            if (++depth > most) return false;
        } else if (!in_text && (c == ']' || c == '}') && depth > 0) {
            --depth;
        }
    }
    return true;
}

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
        if (word == engine::to_word(state)) return state;
    return std::nullopt;
}

}  // namespace app::cli
