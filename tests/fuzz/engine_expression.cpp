// Any text in place of an expression is refused or evaluates, with and without answers; skipping everything fires
// nothing.
#include <cstdint>
#include <cstdlib>
#include <memory_resource>
#include <string_view>

#include "questionnaires/engine/interview.hpp"

namespace engine = questionnaires::engine;

namespace {

void add_row(engine::Sheet& sheet, std::initializer_list<std::string_view> cells) {
    for (const std::string_view cell : cells) sheet.add_cell(cell);
    sheet.end_row();
}

engine::Workbook form_with(std::string_view expression) {
    engine::Workbook book;
    engine::Sheet survey("survey");
    add_row(survey, {"type", "name", "label", "calculation", "constraint", "relevant", "choice_filter"});
    add_row(survey, {"integer", "n", "n", "", "", "", ""});
    add_row(survey, {"text", "t", "t", "", "", "", ""});
    add_row(survey, {"date", "d", "d", "", "", "", ""});
    add_row(survey, {"select_multiple l", "m", "m", "", "", "", ""});
    add_row(survey, {"text", "self", "self", "", expression, "", ""});
    add_row(survey, {"text", "shown", "shown", "", "", expression, ""});
    add_row(survey, {"select_one l", "o", "o", "", "", "", expression});
    add_row(survey, {"calculate", "c", "", expression, "", "", ""});
    engine::Sheet choices("choices");
    add_row(choices, {"list_name", "name", "label", "kind"});
    add_row(choices, {"l", "a", "A", "x"});
    add_row(choices, {"l", "b", "B", ""});
    engine::Sheet settings("settings");
    add_row(settings, {"form_id"});
    add_row(settings, {"fuzz"});
    book.sheets = {std::move(survey), std::move(choices), std::move(settings)};
    return book;
}

engine::Workbook condition_with(std::string_view expression) {
    engine::Workbook book = form_with("");
    engine::Sheet& survey = book.sheets.front();
    add_row(survey, {"text", "extra", "extra"});
    engine::Sheet fixed("survey");
    for (std::size_t row = 0; row < survey.rows(); ++row) {
        if (survey.cell(row, 0) == "calculate") continue;
        for (std::size_t column = 0; column < survey.width(row); ++column) fixed.add_cell(survey.cell(row, column));
        fixed.end_row();
    }
    survey = std::move(fixed);
    engine::Sheet indicators("indicators");
    add_row(indicators, {"indicator", "dimension", "strength", "when", "label", "basis"});
    add_row(indicators, {"i", "d", "strong", expression, "I", "design"});
    book.sheets.push_back(std::move(indicators));
    return book;
}

void drive(const engine::Workbook& book) {
    const auto form = engine::load(book);
    if (!form) {
        for (const auto& fault : form.error()) {
            if (engine::find_unsafe(engine::to_text(fault)) != std::string_view::npos) std::abort();
        }
        return;
    }
    std::pmr::monotonic_buffer_resource memory;
    auto interview = engine::Interview::start(*form, &memory, {{2026, 1, 31}, 1});
    if (!interview) return;
    const bool mentions_state = !interview->indicators().empty();
    for (std::uint32_t i = 0; i < interview->size(); ++i) {
        static_cast<void>(interview->set_state({i}, engine::AnswerState::Skipped, {0}));
    }
    // state() may fire on silence; a constant may fire always; nothing else may.
    if (!mentions_state) {
        for (const auto& fired : interview->indicators()) {
            if (fired.because.empty()) std::abort();
        }
    }
    constexpr std::string_view values[] = {"7", "año", "2026-02-28", "a b", "x y", "z", "a", ""};
    for (std::uint32_t i = 0; i < interview->size() && i < std::size(values); ++i) {
        static_cast<void>(interview->answer({i}, values[i], {0}));
    }
    while (!interview->at_end()) {
        const auto moved = interview->next({0});
        if (!moved) break;
    }
    static_cast<void>(interview->answers());
    static_cast<void>(interview->indicators());
    if (interview->exhausted()) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(data, data + size);
    drive(form_with(text));
    drive(condition_with(text));
    return 0;
}
