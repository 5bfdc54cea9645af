// Any text in place of an expression, in and around repeats, is refused or evaluates, with and without answers;
// skipping everything fires nothing; every state of the interview comes back from its draft.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <memory_resource>
#include <string_view>

#include "questionnaires/engine/interview/interview.hpp"

namespace engine = questionnaires::engine;

namespace {

void add_row(engine::Sheet& sheet, std::initializer_list<std::string_view> cells) {
    for (const std::string_view cell : cells) sheet.add_cell(cell);
    sheet.end_row();
}

engine::Workbook form_with(std::string_view expression) {
    engine::Workbook book;
    engine::Sheet survey("survey");
    add_row(survey, {"type", "name", "label", "calculation", "constraint", "relevant", "choice_filter", "repeat_count",
                     "default"});
    add_row(survey, {"integer", "n", "n", "", "", "", ""});
    add_row(survey, {"text", "t", "t", "", "", "", ""});
    add_row(survey, {"date", "d", "d", "", "", "", ""});
    add_row(survey, {"select_multiple l", "m", "m", "", "", "", ""});
    add_row(survey, {"text", "self", "self", "", expression, "", ""});
    add_row(survey, {"text", "shown", "shown", "", "", expression, ""});
    add_row(survey, {"select_one l", "o", "o", "", "", "", expression});
    add_row(survey, {"begin repeat", "r", "r"});
    add_row(survey, {"integer", "x", "x", "", "", "", "", "", ""});
    add_row(survey, {"begin group", "g", "g", "", "", expression});
    add_row(survey, {"text", "y", "y", "", expression, "", "", "", expression});
    add_row(survey, {"begin repeat", "s", "s", "", "", "", "", expression});
    add_row(survey, {"select_multiple l", "z", "z", "", "", "", expression});
    add_row(survey, {"calculate", "line", "", expression});
    add_row(survey, {"end repeat", "", ""});
    add_row(survey, {"end group", "", ""});
    add_row(survey, {"end repeat", "", ""});
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
        if (survey.cell(row, 1) == "s" || survey.cell(row, 1) == "z") continue;
        if (survey.cell(row, 0) == "end repeat" && survey.cell(row + 1, 0) == "end group") continue;
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

/// A draft is restored and gives the same draft.
void come_back(const std::shared_ptr<const engine::Form>& form, const engine::Interview& interview) {
    const auto draft = interview.save();
    if (!draft) return;
    std::pmr::monotonic_buffer_resource memory;
    const auto again = engine::Interview::restore(form, &memory, *draft);
    if (!again || *again->save() != *draft) std::abort();
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
        static_cast<void>(interview->set_state(engine::NodeId{i}, engine::AnswerState::Skipped, {0}));
    }
    // state() may fire on silence; a constant may fire always; nothing else may.
    if (!mentions_state) {
        for (const auto& fired : interview->indicators()) {
            if (fired.because.empty()) std::abort();
        }
    }
    constexpr std::string_view values[] = {"7", "año", "2026-02-28", "a b", "x y", "z", "a", ""};
    for (std::uint32_t i = 0; i < interview->size() && i < 64; ++i) {
        static_cast<void>(interview->answer(engine::NodeId{i}, values[i % std::size(values)], {0}));
    }
    if (const auto repeat = interview->find("r")) {
        const auto added = interview->add(*repeat);
        if (added) static_cast<void>(interview->answer(*interview->find("x", *added), "3", {0}));
        come_back(*form, *interview);
        if (const auto first = interview->instance_at(*repeat, 1)) static_cast<void>(interview->remove(*first));
    }
    for (int page = 0; page < 100 && !interview->at_end(); ++page) {
        const auto moved = interview->next({0});
        if (!moved) break;
    }
    come_back(*form, *interview);
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
