// Loads a shipped questionnaire for a test.
#pragma once

#include <initializer_list>
#include <map>
#include <stdexcept>
#include <string>
#include <string_view>

#include "questionnaires/workbook/reader.hpp"
#include "tests/support/scenario.hpp"

namespace forms_test {

namespace engine = questionnaires::engine;

/// Every way of not answering.
inline constexpr auto all_states = {engine::AnswerState::Skipped, engine::AnswerState::Refused,
                                    engine::AnswerState::Unknown};
/// levels() of an interview in which nothing was reported.
inline constexpr std::string_view all_quiet = "danger=none-reported harm=none-reported risk=none-reported";

/// Throws with the diagnostics when the form has any, warnings included.
inline std::shared_ptr<const engine::Form> load_form(const std::string& id) {
    const auto workbook =
        questionnaires::workbook::read_folder(std::string(AMPARO_SOURCE_DIR "/questionnaires/forms/") + id);
    if (!workbook) throw std::runtime_error(scenario::all_text(workbook.error()));
    auto form = engine::load(*workbook);
    if (!form) throw std::runtime_error(scenario::all_text(form.error()));
    if (!(*form)->warnings().empty()) throw std::runtime_error(scenario::all_text((*form)->warnings()));
    return *form;
}

/// What first-contact leaves to a longer form, by question: the value, or "-skipped", "-refused", "-unknown".
inline std::map<std::string, std::string> handed_over(scenario::Scenario& s) {
    std::map<std::string, std::string> result;
    for (const auto& answer : s.interview().answers()) {
        if (answer.computed || answer.state == engine::AnswerState::NotAsked) continue;
        const bool answered = answer.state == engine::AnswerState::Answered;
        result.emplace(answer.name,
                       answered ? std::string(answer.value) : "-" + std::string(engine::to_word(answer.state)));
    }
    return result;
}

/// The levels alone: "danger=none-reported harm=some risk=strong".
inline std::string levels(scenario::Scenario& s) {
    std::string text;
    for (const auto& reading : s.interview().readings()) {
        if (!text.empty()) text += ' ';
        text += std::string(engine::to_word(reading.reading)) + "=" + std::string(engine::to_word(reading.level));
    }
    return text;
}

}  // namespace forms_test
