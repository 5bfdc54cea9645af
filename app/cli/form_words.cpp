#include "app/cli/form_words.hpp"

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
    "do_quote do_write do_utf8 do_rename_file do_rename_either do_remove_either do_remove_row "
    "do_permissions do_folder do_folder_file do_saved_file do_xlsx do_unlock do_save do_formula "
    "do_keep_either path_star do_show do_sheet_name do_survey do_name do_end_group do_choice do_randomize "
    "do_calculate do_sources do_running_total do_parts do_answers do_unquote do_constraints sheet_wide "
    "sheet_left why_sheet_name why_many_sheets why_same_name why_absent speaks never_said never_measured "
    "remarks remark invisible invisible_cell unnamed language_left dot_row dot_own row_group row_repeat row_note "
    "row_indicator row_level row_action do_once choice_nameless list_both sheet_cut do_cut loop_written name_apart "
    "loop_import word_alone external_unknown do_save_csv "
    "date_part date_parts once_place digest_way digest_encoding do_hex do_digest checklist select_quotes paths_lead "
    "joins_nodes joins_paths paths_count paths_many_form arguments_more arguments_range indexed first_question "
    "second_question column_quotes list_quotes step_function do_axes do_name_ones only_path do_parentheses "
    "dot_outside steps_limit xform_meta xform_sheet xform_name do_other_name no_part_named do_conditions "
    "do_straight do_equals do_concat do_not do_quoted do_of_repeat do_or_path do_either re_escape re_class re_range "
    "re_bracket re_paren re_trailing re_nothing re_size re_repeat re_operator re_group re_large re_unknown";

/// "the choice {} has no label" of "the choice {{a}} has no label", and what its holes are called, in turn.
struct Pattern {
    std::string kind;
    std::vector<std::string> holes;
};

Pattern pattern_of(std::string_view text) {
    Pattern pattern;
    for (;;) {
        const auto open = text.find("{{");
        pattern.kind += text.substr(0, open);
        if (open == std::string_view::npos) return pattern;
        const auto close = text.find("}}", open);
        pattern.holes.emplace_back(text.substr(open + 2, close - open - 2));
        pattern.kind += "{}";
        text.remove_prefix(close + 2);
    }
}

}  // namespace

std::string in_words(const Context& context, const engine::Sentence& sentence) {
    const auto& translator = context.translator();
    if (sentence.kind().empty() || translator.language() == locales::Language::En) return sentence.text();
    auto rest = patterns_said;
    for (auto name = engine::take_word(rest); !name.empty(); name = engine::take_word(rest)) {
        const auto key = std::string(said_prefix) + std::string(name);
        const auto english = translator.tr_in(locales::Language::En, key);
        const auto pattern = pattern_of(english.view());
        if (pattern.kind != sentence.kind() || pattern.holes.size() != sentence.fields().size()) continue;
        std::vector<std::string> fields;
        for (const auto& field : sentence.fields()) fields.push_back(in_words(context, field));
        std::vector<locales::Value> values;
        for (std::size_t i = 0; i < fields.size(); ++i)
            values.emplace_back(std::string_view(pattern.holes[i]), std::string_view(fields[i]));
        return std::string(translator.tr(key, std::span<const locales::Value>(values)).view());
    }
    return sentence.text();  // tests/locales proves that there is none
}

}  // namespace app::cli
