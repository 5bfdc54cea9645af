// A sheet read by column name: aliases, languages, and where faults are reported; knows nothing of what rows mean.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "questionnaires/engine/expression/sentence.hpp"
#include "questionnaires/engine/form/data.hpp"
#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::engine {

/// Collects faults. A form has as many as it has; `most` only bounds what a hostile one can make of 10,000 rows.
class Reporter {
  public:
    static constexpr std::size_t most = 50'000;

    void error(Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column, Sentence message,
               Sentence suggestion = {});
    void warning(Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column, Sentence message,
                 Sentence suggestion = {});
    /// Of a column whose header another one may have as well; `place` is its own.
    void twice(std::string_view sheet, std::uint32_t place, std::string_view header);
    /// The one fault of a cell from which nothing follows: whatever else is found in it is not said.
    void spoiled(Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column, Sentence message,
                 Sentence suggestion = {});
    [[nodiscard]] bool full() const noexcept { return diagnostics_.size() >= most; }
    /// Whether no cell holds what may not be quoted.
    [[nodiscard]] bool is_clean() const noexcept;
    [[nodiscard]] bool has_errors() const noexcept { return engine::has_errors(diagnostics_); }
    /// Suggestions cost time; a form with many faults gets them for the first ones only.
    [[nodiscard]] bool wants_suggestions() const noexcept { return diagnostics_.size() < 20; }
    [[nodiscard]] Diagnostics take() { return std::exchange(diagnostics_, {}); }

  private:
    [[nodiscard]] bool is_spoiled(std::string_view sheet, std::uint32_t row, std::string_view column) const;

    Diagnostics diagnostics_;
    std::set<std::tuple<std::string, std::uint32_t, std::string>> spoiled_;
};

/// How a column may be written.
struct ColumnInfo {
    std::string_view name;     ///< canonical
    std::string_view aliases;  ///< other names, separated by spaces
    bool translated = false;   ///< takes `::language`
    bool supported = true;     ///< a filled cell of an unsupported column is an error
    bool ignored = false;      ///< a filled cell of an ignored column is a warning
    bool text = false;         ///< for people, though not translated: spaces stay as they are
};

/// A text column in every language of the form: column numbers, no_index where the sheet has none.
struct TextColumn {
    std::string_view name;
    std::vector<SheetColumn> by_language;
    [[nodiscard]] bool exists() const noexcept;
};

/// One sheet by column name. Whatever kinds of spaces its cells hold are plain ones here, as in pyxform; texts for
/// people keep theirs.
class Table {
  public:
    /// Reads the header row. Unknown columns are warned about unless `extra_columns`.
    Table(const Sheet& sheet, std::span<const ColumnInfo> columns, bool extra_columns, Reporter& reporter);

    [[nodiscard]] std::string_view name() const noexcept { return sheet_->name(); }
    /// Rows below the header are 1 to rows() - 1.
    [[nodiscard]] std::size_t rows() const noexcept { return sheet_->rows(); }
    [[nodiscard]] bool is_blank(std::size_t row) const noexcept;
    /// Cells written in that row.
    [[nodiscard]] std::size_t width(std::size_t row) const noexcept { return sheet_->width(row); }
    /// Number of the column, no_index when the sheet does not have it.
    [[nodiscard]] SheetColumn column(std::string_view canonical) const noexcept;
    /// Trimmed; empty for no_index.
    [[nodiscard]] std::string_view cell(std::size_t row, SheetColumn column) const noexcept;
    /// Header as the author wrote it.
    [[nodiscard]] std::string_view header(SheetColumn column) const noexcept;
    /// Languages named in headers, in order, each once.
    [[nodiscard]] const std::vector<std::string>& languages() const noexcept { return languages_; }
    /// Whether a translated column is written without a language.
    [[nodiscard]] bool has_bare_text() const noexcept { return bare_text_; }
    /// A column without language counts as the default language; a column without any text is none.
    [[nodiscard]] TextColumn text_column(std::string_view canonical, const FormData& form) const;
    /// Two columns of one text in one language: only one can be shown, so each pair is a fault.
    void check_languages(const FormData& form, Reporter& reporter) const;
    /// Columns that are in no list: choice columns for filters. Pairs of name and number.
    [[nodiscard]] const std::vector<std::pair<std::string, SheetColumn>>& extra() const noexcept { return extra_; }

    /// Reads a text, all languages; faults: too long, missing in a language, different placeholders.
    [[nodiscard]] Template text(std::size_t row, const TextColumn& column, const FormData& form,
                                Reporter& reporter) const;

    /// The header of a text in a language: as the author wrote it, or as it would be written.
    [[nodiscard]] std::string header_of(const TextColumn& column, std::size_t language, const FormData& form) const;

    /// Columns of media::audio, media::image and media::video, in the order of Media.
    [[nodiscard]] std::array<TextColumn, 3> media_columns(const FormData& form) const;
    /// File names: a language may lack one; a name that is a path is a fault.
    [[nodiscard]] MediaFiles media(std::size_t row, const std::array<TextColumn, 3>& columns, Reporter& reporter) const;

  private:
    struct Header {
        std::string_view canonical;
        std::string language;
        SheetColumn column;
        bool translated = false;
        bool filled = true;  ///< of a translated column: whether it says anything
    };
    void read_header(SheetColumn column, std::span<const ColumnInfo> columns, bool extra_columns, bool single_colons,
                     Reporter& reporter);
    [[nodiscard]] std::size_t language_of(const Header& header, const FormData& form) const;
    [[nodiscard]] bool has_text(SheetColumn column) const noexcept;
    void check_unsupported(std::span<const ColumnInfo> columns, Reporter& reporter) const;
    /// Whether texts for people stand in the column.
    [[nodiscard]] bool is_text(SheetColumn column, std::span<const ColumnInfo> columns) const noexcept;
    void plain_headers();
    void plain_cells(std::span<const ColumnInfo> columns, Reporter& reporter);

    const Sheet* sheet_;
    std::shared_ptr<const Sheet> plain_;  ///< a copy, when a cell had other spaces
    std::vector<Header> headers_;
    std::vector<std::string> languages_;
    std::vector<std::pair<std::string, SheetColumn>> extra_;
    bool bare_text_ = false;
};

/// "Español (es)" gives {"es", "Español"}.
[[nodiscard]] Language parse_language(std::string_view text);
/// Whether two headers mean one language: the same code, or the same name where one of them gives no code.
[[nodiscard]] bool same_language(const Language& a, const Language& b);
/// What a spreadsheet shows in place of a value that it could not calculate: "#N/A", "#REF!" …; and `no_value`.
[[nodiscard]] bool is_spreadsheet_error(std::string_view cell) noexcept;
/// Stands for the value of a formula that was saved without one.
inline constexpr std::string_view no_value = "#NO-VALUE!";
/// A header as every reader of a sheet takes it: plain spaces, nothing invisible that takes no room, none around it.
[[nodiscard]] std::string plain_header(const Sheet& sheet, std::size_t column);
/// What a header says: "label::Español (es)" is the column label in the language "Español (es)".
struct HeaderParts {
    std::string_view canonical;
    std::string language;  ///< empty when it names none
    bool translated = false;
};
/// Of a header as plain_header() gives it. Empty when no column is written like that.
[[nodiscard]] std::optional<HeaderParts> parts_of_header(std::span<const ColumnInfo> columns, std::string_view header);
/// Names inside ${ } of a text, sorted, each once.
[[nodiscard]] std::vector<std::string_view> placeholders(std::string_view text);

}  // namespace questionnaires::engine
