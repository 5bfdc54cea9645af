// What a form is made of after compiling: the tables that interviews read; only the engine includes this.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "questionnaires/engine/expression/expression.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace questionnaires::engine {

/// A column of a sheet.
using SheetColumn = Index<struct SheetColumnTag>;
/// A page of the form.
using PageId = Index<struct PageTag>;
/// An item of the dependency graph; smaller ones are computed first.
using Rank = Index<struct RankTag>;
/// The list of nodes that an item in a repeat is still to be computed for.
using QueueId = Index<struct QueueTag>;
/// What one instance consists of: of the form itself, or of a repeat.
using BlockId = Index<struct BlockTag>;
/// A place in a block.
using Slot = Index<struct SlotTag>;
/// The columns of the sheets of choices, or of a file.
using ColumnSetId = Index<struct ColumnSetTag>;
/// A row of the indicators sheet.
using IndicatorId = Index<struct IndicatorTag>;

/// Looks up std::string keys by string_view without a copy.
struct TextHash {
    using is_transparent = void;
    [[nodiscard]] std::size_t operator()(std::string_view text) const noexcept {
        return std::hash<std::string_view>{}(text);
    }
};

/// A text that may hold ${name} placeholders.
struct Template {
    LocalText text;
    bool dynamic = false;
};

/// File names by Media.
using MediaFiles = std::array<LocalText, 3>;

/// A row of the survey sheet.
struct Question {
    /// Whether nothing of it is computed with or after the item of that rank.
    [[nodiscard]] bool is_before(Rank rank) const noexcept {
        for (const Rank item : {relevance, computation, filter, count}) {
            if (item != no_index && item >= rank) return false;
        }
        return true;
    }

    std::string name;
    Kind kind = Kind::Text;
    std::uint32_t row = 0;             ///< as diagnostics count
    QuestionId parent = no_index;      ///< the group or repeat around it
    QuestionId repeat = no_index;      ///< the innermost repeat around it
    QuestionId end;                    ///< one past the last question inside a group; index + 1 otherwise
    ListId list = no_index;            ///< choice list
    QuestionId answers_of = no_index;  ///< the question in a repeat whose answers are the choices
    Rank relevance = no_index;         ///< of its items in the graph, none when it has none
    Rank computation = no_index;
    Rank filter = no_index;
    Rank count = no_index;
    Slot slot;                  ///< its place in the block of the repeat around it
    BlockId block;              ///< of a repeat: what one instance consists of
    std::uint32_t tallies = 0;  ///< of a repeat: slots of running values in one instance
    PageId first_page;          ///< of a repeat: the pages of one instance, [first_page, end_page)
    PageId end_page;
    std::string appearance;
    std::string default_text;
    std::string answers_named;  ///< as the type cell has it, while the form is made
    std::string itemset;        ///< with `answers_of`: the instances that are chosen from, as an expression …
    std::string answer_path;    ///< … and from an instance to the answer
    Template label;
    Template hint;
    Template guidance;
    Template constraint_message;
    Template required_message;
    MediaFiles media;
    ExpressionId relevant;
    ExpressionId constraint;
    ExpressionId calculation;
    ExpressionId required;
    ExpressionId read_only;
    ExpressionId choice_filter;
    ExpressionId default_value;
    ExpressionId repeat_count;
    ExpressionId seed;                 ///< of a shuffle; none: drawn for each interview
    bool randomize = false;            ///< choices are shown shuffled
    bool listless = false;             ///< while the form is made: its list is not there, which is said already
    bool triggered = false;            ///< the calculation waits for a trigger
    QuestionId other_of = no_index;    ///< the select whose choice "other" this text is about
    std::optional<NumberRange> range;  ///< of an integer or decimal question
};

/// Whether a person can see it on a page.
[[nodiscard]] inline bool is_visible(Kind kind) noexcept {
    return kind != Kind::Group && kind != Kind::Repeat && kind != Kind::Calculate && kind != Kind::Hidden;
}
/// Whether somebody answers it, where it is not computed.
[[nodiscard]] inline bool takes_answer(Kind kind) noexcept {
    return is_visible(kind) && kind != Kind::Note;
}
/// Whether it can hold a value.
[[nodiscard]] inline bool has_value(Kind kind) noexcept {
    return kind != Kind::Group && kind != Kind::Repeat && kind != Kind::Note;
}

/// Whether the value comes from the form alone; a question with a trigger may be answered over.
[[nodiscard]] inline bool is_computed(const Question& question) noexcept {
    return question.kind == Kind::Calculate || question.kind == Kind::Hidden ||
           (question.calculation.exists() && !question.triggered);
}

struct Choice {
    std::string name;       ///< with spaces in it only where one choice is the whole answer
    std::uint32_t row = 0;  ///< as diagnostics count; 0 when it stands in no sheet
    Template label;
    MediaFiles media;
    std::vector<std::string> columns;  ///< further columns, for choice filters; trailing empty ones left out
};

/// Columns of a list, as FormData::column_sets has them. A file has no names for the first three.
inline constexpr ColumnId choice_name_column{0U};
inline constexpr ColumnId choice_label_column{1U};
inline constexpr ColumnId choice_text_column{2U};  ///< pyxform's itextId
inline constexpr std::uint32_t choice_columns_from = 3;

/// A choice list or a file: what can be chosen, and a secondary instance for paths.
struct ChoiceList {
    std::string name;
    std::uint32_t row = 0;        ///< of its first choice, as diagnostics count
    bool spaces_said = false;     ///< while the form is made: names that a list of words cannot hold were reported
    bool external = false;        ///< of the sheet external_choices
    ColumnSetId columns;          ///< the first set: of the sheets of choices
    const Sheet* file = nullptr;  ///< while the form is made; with the columns that are chosen by
    std::string value;
    std::string label;
    bool checked = false;  ///< whether choices can be taken from the file was looked at …
    bool fit = false;      ///< … and they can
    Indexed<ChoiceId, std::vector<Choice>> choices;
    std::unordered_map<std::string_view, ChoiceId> by_name;  ///< views into `choices`
};

/// The questions of which one instance consists.
using Block = Indexed<Slot, std::vector<QuestionId>>;

/// Whether a number is a value of the range; any number is when there is none.
[[nodiscard]] bool in_range(const std::optional<NumberRange>& range, double number) noexcept;

/// One screen: the visible questions among [begin, end).
struct PageRange {
    QuestionId begin;
    QuestionId end;
    QuestionId group = no_index;
    QuestionId repeat = no_index;  ///< the repeat around it
    bool more = false;             ///< asks whether the repeat `begin` has a further instance
};

/// Something to compute again when what it depends on changes. Items stand in an order in which one pass is enough.
struct Item {
    enum class Kind : std::uint8_t { Relevance, Computation, Filter, Count };
    Kind kind = Kind::Relevance;
    QuestionId question;
    QueueId queue = no_index;  ///< of an item in a repeat: its list of nodes to compute
};

/// An item that reads a question: it is computed for all nodes in the instance of `meet` around the changed node.
struct Dependent {
    Rank rank;
    QuestionId meet = no_index;
    TallySlot tally = no_index;  ///< the running value in it that reads the question …
    std::uint32_t term = 0;      ///< … and in which of its terms, see Tally::touch()
};

/// The dependency graph, built once at load.
struct Graph {
    Indexed<Rank, std::vector<Item>> items;                 ///< in topological order
    std::vector<Dependent> dependents;                      ///< grouped by question
    Indexed<QuestionId, std::vector<std::uint32_t>> first;  ///< per question, into dependents; one more at the end
    std::vector<Rank> children;                             ///< ranks of the relevance items inside each group
    Indexed<QuestionId, std::vector<std::uint32_t>> first_child;  ///< per question, into children; one more at the end
    std::vector<Rank> spoken;   ///< ranks of items that quote labels: they follow the language spoken
    std::uint32_t queues = 0;   ///< items in repeats
    std::uint32_t tallies = 0;  ///< slots of running values outside repeats
};

/// A row of indicators, levels or actions: its condition; none means always.
struct Condition {
    ExpressionId when;
    DimensionId dimension = no_index;  ///< of an indicator
};

struct FormData {
    std::string id;
    std::string version;
    std::uint64_t fingerprint = 0;  ///< of all sheets: drafts of another form are told apart
    std::string title;
    std::vector<Language> languages;
    std::uint8_t default_language = 0;
    bool duplicate_choices = false;  ///< allow_choice_duplicates: the first of two of one name is meant
    Indexed<QuestionId, std::vector<Question>> questions;
    std::unordered_map<std::string, QuestionId, TextHash, std::equal_to<>> by_name;
    Indexed<ListId, std::vector<ChoiceList>> lists;
    std::vector<std::string> unreadable;                     ///< Workbook::unreadable
    Indexed<ColumnSetId, std::vector<Columns>> column_sets;  ///< the first: of the sheets of choices
    std::unordered_map<std::string, ListId, TextHash, std::equal_to<>> list_by_name;
    std::vector<ChoiceId> all_choices;  ///< 0, 1, 2 … up to the longest list
    Indexed<PageId, std::vector<PageRange>> pages;
    Indexed<BlockId, std::vector<Block>> blocks;  ///< questions of the form, then of each repeat, itself first
    std::vector<std::pair<QuestionId, QuestionId>> triggers;  ///< trigger and row that waits for it; sorted
    Expressions expressions;
    Graph graph;
    Indexed<DimensionId, std::vector<std::string>> dimensions;
    Indexed<IndicatorId, std::vector<Indicator>> indicators;
    std::vector<LevelRule> levels;
    std::vector<Action> actions;
    Indexed<IndicatorId, std::vector<Condition>> indicator_conditions;
    std::vector<Condition> level_conditions;
    std::vector<Condition> action_conditions;
    Diagnostics warnings;
};

}  // namespace questionnaires::engine
