// Makes the tables of a form from its sheets; every step reports faults and goes on; only load.cpp starts it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/form/data.hpp"
#include "questionnaires/engine/form/survey_parameters.hpp"
#include "questionnaires/engine/form/survey_types.hpp"
#include "questionnaires/engine/form/table.hpp"

namespace questionnaires::engine {

/// Names of a form while it is being built.
class FormScope final : public Scope {
  public:
    FormScope(const FormData& form, const Reporter& reporter) : form_(form), reporter_(reporter) {}
    [[nodiscard]] std::optional<QuestionId> question(std::string_view name) const override;
    [[nodiscard]] bool is_group(QuestionId question) const override;
    [[nodiscard]] bool is_repeat(QuestionId question) const override;
    [[nodiscard]] bool is_select(QuestionId question) const override;
    [[nodiscard]] QuestionId parent(QuestionId question) const override;
    [[nodiscard]] QuestionId repeat(QuestionId question) const override;
    [[nodiscard]] QuestionId end(QuestionId question) const override;
    [[nodiscard]] QuestionId end() const override;
    [[nodiscard]] bool is_root(std::string_view name) const override;
    [[nodiscard]] std::optional<ListId> list(std::string_view name) const override;
    [[nodiscard]] bool is_unreadable(std::string_view list) const override;
    [[nodiscard]] const Columns& columns(ListId list) const override;
    [[nodiscard]] std::optional<DimensionId> dimension(std::string_view name) const override;
    [[nodiscard]] Sentence suggest(std::string_view name) const override;
    [[nodiscard]] Sentence suggest_list(std::string_view name) const override;

  private:
    const FormData& form_;
    const Reporter& reporter_;
};

/// What every step works on.
struct Building {
    FormData& form;
    Reporter& reporter;

    /// Parses a cell; an empty one is no expression. "yes" and "no" (any case) are true() and false().
    [[nodiscard]] ExpressionId expression(const Table& table, std::size_t row, SheetColumn column,
                                          const Place& place) const;
    /// The same for a part of the cell.
    [[nodiscard]] ExpressionId expression(const Table& table, std::size_t row, SheetColumn column,
                                          std::string_view source, const Place& place) const;
    void fault(const Table& table, std::size_t row, SheetColumn column, Fault fault, Sentence message,
               Sentence suggestion = {}) const;
    /// What the author may want to look at; the form works without it.
    void warn(const Table& table, std::size_t row, SheetColumn column, Fault fault, Sentence message,
              Sentence suggestion = {}) const;
};

/// settings sheet: title, id, version; the default language once the languages are known. A form without an id is
/// called `name`.
void read_settings(const Building& building, const Workbook& workbook, std::string_view name,
                   std::string& default_language);
/// The sheets choices and external_choices (of select_one_external); null where there is none. A list is in one of
/// them.
void read_choices(const Building& building, const Table* choices, const Table* external);
/// The parameters of a survey row, seeds apart, which are read when all names are known. What the type has no use for
/// is a warning.
void read_parameters(const Building& building, const Table& table, std::size_t row, SheetColumn column,
                     const TypeCell& type, Question& question);
/// survey sheet, first pass: names, types, groups, texts.
void read_questions(const Building& building, const Table& table);
/// survey sheet, second pass: expressions, once all names are known; placeholders of all texts.
void read_expressions(const Building& building, const Table& table, const Table* choices, const Table* external);
/// indicators, levels and actions; a missing sheet is an empty one.
void read_indicators(const Building& building, const Table& table);
void read_levels(const Building& building, const Table& table);
void read_actions(const Building& building, const Table& table);
/// Files beside the sheets, as lists: for paths, and for select_one_from_file.
void read_files(const Building& building, const Workbook& workbook);
/// The list that a select shows of a file; `parameters` may name other columns for value and label. no_index when the
/// file is not fit for that; then every row that is not has been reported, once.
[[nodiscard]] ListId choices_of_file(const Building& building, std::string_view stem,
                                     const tl::expected<Parameters, std::string_view>& parameters);
/// Whether a sheet without a known name is a file that the survey speaks of.
[[nodiscard]] bool is_data_sheet(const Workbook& workbook, const Sheet& sheet);
/// What or_other says in a language.
struct OtherWords {
    std::string_view other;
    std::string_view specify;
    bool translated = true;  ///< false: English words, for want of others
};
/// By the code of the language, or by its name when it has none.
[[nodiscard]] OtherWords other_words(const Language& language);
/// Choices that are the answers of a question in a repeat, for that select, once all names are known.
void read_answer_choices(const Building& building, const Table& table, QuestionId select);
/// Pages, from groups and kinds.
void make_pages(FormData& form);
/// What the form, and each instance of a repeat, consists of.
void make_blocks(FormData& form);
/// The dependency graph; a cycle is reported with its path.
void make_graph(const Building& building);

/// Slots for the running values of an item's expression; `repeat` is the one around the item.
void make_tallies(FormData& form, ExpressionId root, QuestionId repeat);
/// Calls `visit(read, slot, term)` for what the terms of running values in the tree read (Tally::touch()).
void for_each_term_read(const FormData& form, ExpressionId root, QuestionId self,
                        const std::function<void(const Read&, TallySlot, std::uint32_t)>& visit);

/// The columns of the sheet of that name; none when it is not one of a questionnaire.
[[nodiscard]] std::span<const ColumnInfo> usual_columns(std::string_view sheet) noexcept;
[[nodiscard]] std::span<const ColumnInfo> survey_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> settings_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> choices_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> indicators_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> levels_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> actions_columns() noexcept;

}  // namespace questionnaires::engine
