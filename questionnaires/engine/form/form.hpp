// A questionnaire, checked and compiled: immutable, shared by interviews; knows no answers.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "questionnaires/engine/expression/index.hpp"
#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::engine {

struct FormData;

/// A language of one form; meaningless in another form.
struct LanguageId {
    std::uint8_t index = 0;
    friend bool operator==(const LanguageId&, const LanguageId&) = default;
};

/// What a row of the survey sheet is.
enum class Kind : std::uint8_t {
    Group,
    Repeat,
    Text,
    Integer,
    Decimal,
    Date,
    Time,      ///< "HH:MM", with seconds and offset or not
    DateTime,  ///< a day, "T" and a time
    SelectOne,
    SelectMultiple,
    Rank,         ///< all choices, the first one first
    Acknowledge,  ///< value "OK" once acknowledged
    Note,         ///< text only, never a value
    Calculate,    ///< value from an expression, never shown
    Hidden,       ///< value from `default`, never shown
};

/// Files that go with a text: names of members of the form's folder.
enum class Media : std::uint8_t { Audio, Image, Video };

/// The values of a `range` row: from start to end by steps; `end` may be the smaller one.
struct NumberRange {
    double start = 1;
    double end = 10;
    double step = 1;
};

/// `label::Español (es)` gives {"es", "Español"}; a name without a code in parentheses is its own code.
struct Language {
    std::string code;
    std::string name;
};

/// One text in every language of its form.
class LocalText {
  public:
    LocalText() = default;
    explicit LocalText(std::vector<std::string> by_language) : texts_(std::move(by_language)) {}
    /// Empty when the form has no such text.
    [[nodiscard]] std::string_view in(LanguageId language) const noexcept;
    [[nodiscard]] bool empty() const noexcept { return texts_.empty(); }

  private:
    std::vector<std::string> texts_;
};

/// ILO/EC operational indicators, 2009: strong, medium, weak.
enum class Strength : std::uint8_t { Weak, Medium, Strong };
/// Where the weight of an indicator comes from.
enum class Basis : std::uint8_t { Ilo, Statute, Practice, Design };
/// The three readings, kept apart: danger now, harm that happened, risk ahead.
enum class ReadingKind : std::uint8_t { Danger, Harm, Risk };
enum class Level : std::uint8_t { NoneReported, Some, Strong };
enum class Role : std::uint8_t { Shelter, Border };

/// A row of the indicators sheet.
struct Indicator {
    std::string id;
    std::string dimension;
    Strength strength = Strength::Weak;
    Basis basis = Basis::Design;
    std::string source;
    LocalText label;
};

/// A row of the levels sheet. `id` is the reading and the position among its rows: "danger-1".
struct LevelRule {
    std::string id;
    ReadingKind reading = ReadingKind::Danger;
    Level level = Level::NoneReported;
    LocalText label;
    LocalText explanation;
};

/// A row of the actions sheet.
struct Action {
    std::string id;
    bool shelter = false;
    bool border = false;
    LocalText label;
    LocalText detail;
};

/// "answered" words as they stand in records: "danger" …, "none-reported" …, "strong" …, "shelter" ….
[[nodiscard]] std::string_view to_word(ReadingKind reading) noexcept;
[[nodiscard]] std::string_view to_word(Level level) noexcept;
[[nodiscard]] std::string_view to_word(Strength strength) noexcept;
[[nodiscard]] std::string_view to_word(Basis basis) noexcept;
[[nodiscard]] std::string_view to_word(Role role) noexcept;
/// Type as written in XLSForm: "select_one", "begin group" ….
[[nodiscard]] std::string_view to_word(Kind kind) noexcept;

/// A checked form. Never changes, so it may be read from any thread.
class Form {
  public:
    explicit Form(std::unique_ptr<const FormData> data);
    ~Form();
    Form(const Form&) = delete;
    Form& operator=(const Form&) = delete;

    [[nodiscard]] std::string_view id() const noexcept;
    [[nodiscard]] std::string_view version() const noexcept;
    [[nodiscard]] std::string_view title() const noexcept;

    [[nodiscard]] std::span<const Language> languages() const noexcept;
    [[nodiscard]] LanguageId default_language() const noexcept;
    /// By code ("es"); empty when the form is not in that language.
    [[nodiscard]] std::optional<LanguageId> language(std::string_view code) const noexcept;

    /// Rows of the survey sheet in order; ids are 0 to size() - 1.
    [[nodiscard]] std::uint32_t size() const noexcept;
    [[nodiscard]] std::optional<QuestionId> find(std::string_view name) const noexcept;
    [[nodiscard]] std::string_view name(QuestionId question) const noexcept;
    [[nodiscard]] Kind kind(QuestionId question) const noexcept;
    /// Text as the author wrote it, `${name}` placeholders included: for lists away from an interview (the casebook).
    [[nodiscard]] std::string_view label(QuestionId question, LanguageId language) const noexcept;
    [[nodiscard]] std::string_view choice_label(QuestionId question, ChoiceId choice,
                                                LanguageId language) const noexcept;

    /// Name of the file that speaks or shows the question in that language; empty when there is none, which a language
    /// may lack while another has it.
    [[nodiscard]] std::string_view media(QuestionId question, Media media, LanguageId language) const noexcept;
    [[nodiscard]] std::string_view choice_media(QuestionId question, ChoiceId choice, Media media,
                                                LanguageId language) const noexcept;

    [[nodiscard]] std::span<const Indicator> indicators() const noexcept;
    [[nodiscard]] std::span<const LevelRule> levels() const noexcept;
    [[nodiscard]] std::span<const Action> actions() const noexcept;

    /// What the author may want to look at although the form works.
    [[nodiscard]] const Diagnostics& warnings() const noexcept;
    /// For the engine itself.
    [[nodiscard]] const FormData& data() const noexcept { return *data_; }

  private:
    std::unique_ptr<const FormData> data_;
};

/// Compiles a workbook. On failure every fault found in one pass, errors and warnings, in sheet order. `name` is the id
/// of a form whose settings give none: as in pyxform, the name of the file it came in.
[[nodiscard]] tl::expected<std::shared_ptr<const Form>, Diagnostics> load(const Workbook& workbook,
                                                                          std::string_view name = "form");

}  // namespace questionnaires::engine
