// All screenings as one table, a row each: what a record says of itself, then two columns for every question, what was
// answered and what became of it. Knows no format of a file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/exports/screening.hpp"
#include "app/exports/sheet.hpp"
#include "locales/translator.hpp"

namespace app::exports {

/// How a table is made for.
enum class Wording : std::uint8_t {
    Names,   ///< choices by their names, as the questionnaire calls them: for programs
    Labels,  ///< choices as they are read, in the language of the export: for people
};

/// Holds the columns and no row: which columns there are is known with the last screening, so that rows are packed and
/// set aside until then.
class ScreeningTable {
  public:
    ScreeningTable(const locales::Translator& translator, Wording wording)
        : translator_(translator), wording_(wording) {}

    /// Its row, packed. Nothing, and no column was added, where there would be more columns than a spreadsheet can
    /// have.
    [[nodiscard]] std::optional<std::string> add(const Screening& screening, const Said& said);
    /// No column comes any more: before everything below.
    void settle();

    [[nodiscard]] std::vector<Cell> header() const;
    /// Of what add() gave.
    [[nodiscard]] std::vector<Cell> row(std::string_view packed) const;
    /// One row for each column: its name, what it means, its type, its values. With a header.
    [[nodiscard]] std::vector<std::vector<Cell>> dictionary() const;

  private:
    struct Question {
        std::string form;
        std::string address;
        std::uint32_t place = 0;  ///< in the form
        std::string label;
        std::string type;
        std::string values;
        CellType cell = CellType::Text;
    };
    std::size_t column_of(const Screening& screening, const Line& line);

    const locales::Translator& translator_;
    Wording wording_;
    std::map<std::pair<std::string, std::string>, std::size_t> known_;
    std::vector<Question> questions_;
    std::vector<std::size_t> order_;  ///< of questions_, as they are shown
};

/// The first words of every dictionary: column, meaning, type, values.
[[nodiscard]] std::vector<Cell> dictionary_header(const locales::Translator& translator);
/// "name = label; name = label" of a question's choices in a language.
[[nodiscard]] std::string choices_text(const engine::Form& form, engine::QuestionId question,
                                       engine::LanguageId language);

}  // namespace app::exports
