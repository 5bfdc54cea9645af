#include "app/cli/form_words.hpp"

#include <optional>
#include <vector>

#include "questionnaires/engine/expression/text.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;

constexpr std::string_view said_prefix = "cli.form.said.";

// What has a pattern, in catalogue order of the places that say it: files, sheets, rows, expressions, advice.
constexpr std::string_view patterns_said =
    "at encoding sheet_encoding sheet_hides quotation bytes long_bytes rows columns languages memory two_files "
    "no_csv not_regular unreadable folder_unreadable not_folder neither xls ods xlsb other_zip locked broken "
    "damaged entry_locked bomb parts texts two_parts no_part xml_utf8 xml_doctype xml_damaged rows_order "
    "cells_order no_sheets no_sheets_here two_sheets sheet_absent sheet_hidden formula cell_error text_absent "
    "sheet_unnameable sheet_case cell_long temporary not_same no_survey sheet_unknown entities column_unknown "
    "column_elsewhere column_unused column_twice column_hides columns_both columns_choices columns_survey "
    "column_missing settings_rows title_long language_unknown text_missing placeholders placeholder_unknown "
    "media list_missing choice_name_missing choice_notes choice_note choice_label choice_twice list_unused "
    "list_unknown type_missing type_unknown type_refused why_device why_place why_likeness why_card why_audit "
    "select_list name_missing name_wrong name_used name_used_sheet question_label group_open group_closed "
    "group_deep no_questions appearance parameters parameter_unknown parameters_none randomize seed "
    "range_numbers range_step range_steps filter trigger_calculation group_value trigger_question "
    "question_unknown trigger_computed own_value calculate_empty calculate_default default_long default_wrong "
    "cycle quoted_answer is_missing one_of negation operator_unknown default_computed default_text character "
    "number_letter quote_open quotes_pair quotes_note dash_note word_note spaces_note dollar dollar_open "
    "no_name operator_before close_extra operator_here expression_deep dot close_missing value_end "
    "value_before quoted_reference group_reference choice_column bare_name function_why function_unknown "
    "why_positions comma arguments argument_here pattern_quotes pattern levels_only dimension_quotes "
    "dimension_unknown state_only state_question repeat_open repeat_closed ends_group ends_repeat repeat_count "
    "file_encoding file_absent file_csv type_absent other_filter other_select other_name "
    "answers_repeat answers_chance "
    "choice_words file_column file_rows file_capitals file_reserved other_english choice_line do_capitals "
    "do_survey_name do_underscore do_commas bracket_extra bracket_missing axis path_end path_steps "
    "nothing_named list_column list_or_file attributes around nodes do_file do_csv do_end_repeat do_mean "
    "do_quote do_write do_utf8 do_rename_file do_rename_sheet do_rename_either do_remove_either do_remove_row "
    "do_permissions do_folder do_folder_file do_saved_file do_xlsx do_unlock do_save do_formula "
    "do_keep_either do_type do_show do_sheet_name do_survey do_name do_end_group do_choice do_randomize "
    "do_calculate do_sources do_running_total do_parts do_answers do_unquote do_constraints sheet_wide "
    "sheet_left why_sheet_name why_many_sheets why_same_name why_absent speaks never_said never_measured "
    "remarks remark invisible invisible_cell unnamed language_left dot_row dot_own row_group row_repeat row_note "
    "row_indicator row_level row_action do_once choice_nameless list_both sheet_cut do_cut loop_written name_apart "
    "loop_import word_alone external_unknown do_save_csv";

struct Hole {
    std::string name;
    std::string text;
};

/// What stands in the holes of "the name {{a}} is used in row {{b}}"; nothing when the sentence is another one.
std::optional<std::vector<Hole>> match(std::string_view pattern, std::string_view sentence) {
    std::vector<Hole> holes;
    for (;;) {
        const auto open = pattern.find("{{");
        const auto literal = pattern.substr(0, open);
        if (sentence.substr(0, literal.size()) != literal) return std::nullopt;
        sentence.remove_prefix(literal.size());
        if (open == std::string_view::npos) return sentence.empty() ? std::optional(holes) : std::nullopt;
        const auto close = pattern.find("}}", open);
        Hole hole{std::string(pattern.substr(open + 2, close - open - 2)), {}};
        pattern.remove_prefix(close + 2);
        const auto next = pattern.substr(0, pattern.find("{{"));
        const auto end = next.empty() ? sentence.size() : sentence.find(next);
        if (end == std::string_view::npos || end == 0) return std::nullopt;
        hole.text = sentence.substr(0, end);
        sentence.remove_prefix(end);
        holes.push_back(std::move(hole));
    }
}

/// Letters of a pattern outside its holes: the longest that matches is the most exact.
std::size_t letters_of(std::string_view pattern) {
    std::size_t letters = pattern.size();
    for (auto open = pattern.find("{{"); open != std::string_view::npos; open = pattern.find("{{", open + 2))
        letters -= pattern.find("}}", open) + 2 - open;
    return letters;
}

}  // namespace

std::string in_words(const Context& context, std::string_view english) {
    const auto& translator = context.translator();
    if (translator.language() == locales::Language::En) return std::string(english);
    std::string best;
    std::vector<Hole> holes;
    std::size_t letters = 0;
    auto rest = patterns_said;
    for (auto name = engine::take_word(rest); !name.empty(); name = engine::take_word(rest)) {
        const auto key = std::string(said_prefix) + std::string(name);
        const auto text = translator.tr_in(locales::Language::En, key);
        auto found = match(text.view(), english);
        if (!found || letters_of(text.view()) < letters || letters_of(text.view()) == 0) continue;
        letters = letters_of(text.view());
        best = key;
        holes = std::move(*found);
    }
    if (best.empty()) return std::string(english);
    std::vector<locales::Value> values;
    for (auto& hole : holes)
        if (hole.name == "why") hole.text = in_words(context, hole.text);
    for (const auto& hole : holes) values.emplace_back(hole.name, std::string_view(hole.text));
    return std::string(translator.tr(best, std::span<const locales::Value>(values)).view());
}

}  // namespace app::cli
