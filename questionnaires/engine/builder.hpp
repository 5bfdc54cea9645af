// Makes the tables of a form from its sheets; every step reports faults and goes on; only load.cpp starts it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "questionnaires/engine/form_data.hpp"
#include "questionnaires/engine/table.hpp"

namespace questionnaires::engine {

/// Names of a form while it is being built.
class FormScope final : public Scope {
  public:
    FormScope(const FormData& form, const Reporter& reporter) : form_(form), reporter_(reporter) {}
    [[nodiscard]] std::optional<std::uint32_t> question(std::string_view name) const override;
    [[nodiscard]] bool is_group(std::uint32_t question) const override;
    [[nodiscard]] bool is_select(std::uint32_t question) const override;
    [[nodiscard]] std::optional<std::uint32_t> dimension(std::string_view name) const override;
    [[nodiscard]] std::string suggest(std::string_view name) const override;

  private:
    const FormData& form_;
    const Reporter& reporter_;
};

/// What every step works on.
struct Building {
    FormData& form;
    Reporter& reporter;

    /// Parses a cell; an empty one is no expression. "yes" and "no" (any case) are true() and false().
    [[nodiscard]] ExpressionId expression(const Table& table, std::size_t row, std::uint32_t column,
                                          const Place& place) const;
    /// The same for a part of the cell.
    [[nodiscard]] ExpressionId expression(const Table& table, std::size_t row, std::uint32_t column,
                                          std::string_view source, const Place& place) const;
    void fault(const Table& table, std::size_t row, std::uint32_t column, Fault fault, std::string message,
               std::string suggestion = {}) const;
};

/// settings sheet: title, id, version; the default language once the languages are known.
void read_settings(const Building& building, const Workbook& workbook, std::string& default_language);
/// choices sheet.
void read_choices(const Building& building, const Table& table);
/// survey sheet, first pass: names, types, groups, texts.
void read_questions(const Building& building, const Table& table);
/// survey sheet, second pass: expressions, once all names are known; placeholders of all texts.
void read_expressions(const Building& building, const Table& table);
/// indicators, levels and actions; a missing sheet is an empty one.
void read_indicators(const Building& building, const Table& table);
void read_levels(const Building& building, const Table& table);
void read_actions(const Building& building, const Table& table);
/// Pages, from groups and kinds.
void make_pages(FormData& form);
/// The dependency graph; a cycle is reported with its path.
void make_graph(const Building& building);

[[nodiscard]] std::span<const ColumnInfo> survey_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> choices_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> indicators_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> levels_columns() noexcept;
[[nodiscard]] std::span<const ColumnInfo> actions_columns() noexcept;

}  // namespace questionnaires::engine
