// Second pass over the survey sheet: expressions, once all names are known.
#include <algorithm>
#include <array>

#include "questionnaires/engine/expression/date.hpp"
#include "questionnaires/engine/expression/moment.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/form/dynamic_default.hpp"
#include "questionnaires/engine/form/survey_parameters.hpp"

namespace questionnaires::engine {
namespace {

/// What a row is that nobody answers and nothing is calculated for; empty for a question.
std::string_view without_answer(Kind kind) noexcept {
    if (kind == Kind::Group) return "a group";
    if (kind == Kind::Repeat) return "a repeat";
    return kind == Kind::Note ? "a note" : "";
}

class ExpressionReader {
  public:
    ExpressionReader(const Building& building, const Table& table, const Table* choices, const Table* external)
        : building_(building), form_(building.form), table_(table), choices_(choices), external_(external) {}

    void run() {
        for (const QuestionId i : form_.questions.ids()) {
            if (!building_.reporter.full()) read(i);
        }
        for (const ChoiceList& list : form_.lists) {
            const Table* const sheet = list.external ? external_ : choices_;
            for (const Choice& choice : list.choices) {
                if (choice.label.dynamic && choice.row != 0 && sheet != nullptr) {
                    check_placeholders(choice.label, *sheet, choice.row, "label");
                }
            }
        }
    }

  private:
    ExpressionId parse_cell(const Question& question, SheetColumn column, const Place& place) {
        return building_.expression(table_, question.row - 1, column, place);
    }

    void read(QuestionId index) {
        Question& question = form_.questions[index];
        const std::size_t row = question.row - 1;
        if (question.other_of != no_index) return read_other(index);
        Place plain;
        plain.question = index;
        plain.row = Sentence::of(without_answer(question.kind));
        Place own = plain;
        own.self = true;
        Place filter = plain;
        filter.list = question.list;
        question.relevant = parse_cell(question, relevant_, plain);
        if (question.kind == Kind::Repeat) {
            question.repeat_count = parse_cell(question, repeat_count_, plain);
        } else if (!table_.cell(row, repeat_count_).empty()) {
            building_.warn(table_, row, repeat_count_, Fault::Value, "repeat_count is for begin repeat; it is ignored");
        }
        question.read_only = parse_cell(question, read_only_, plain);
        if (!question.answers_named.empty()) {
            read_answer_choices(building_, table_, index);
        } else if (question.list != no_index) {
            question.choice_filter = parse_cell(question, filter_, filter);
        } else if (!table_.cell(row, filter_).empty() && !question.listless) {
            building_.warn(table_, row, filter_, Fault::Value, "choice_filter is for select questions; it is ignored");
        }
        if (has_value(question.kind)) {
            question.constraint = parse_cell(question, constraint_, own);
            question.required = parse_cell(question, required_, plain);
            read_calculation(index, row);
            read_trigger(index, row);
            read_seed(index, row);
            read_default(index, row);
            check_kind(question, row);
        } else if (!table_.cell(row, trigger_).empty()) {
            building_.warn(table_, row, trigger_, Fault::Value, "this row has no value for a trigger; it is ignored");
        } else if (!table_.cell(row, calculation_).empty()) {
            building_.warn(table_, row, calculation_, Fault::Value, "a group has no value to calculate; it is ignored");
        }
        const std::array<std::pair<std::string_view, const Template*>, 5> texts{
            {{"label", &question.label},
             {"hint", &question.hint},
             {"guidance_hint", &question.guidance},
             {"constraint_message", &question.constraint_message},
             {"required_message", &question.required_message}}};
        for (const auto& [column, text] : texts) {
            if (text->dynamic) check_placeholders(*text, table_, question.row, column);
        }
    }

    /// The text of or_other; the row is that of its select, and the cells are not its own.
    void read_other(QuestionId index) {
        Question& question = form_.questions[index];
        const std::size_t row = question.row - 1;
        Place plain;
        plain.question = index;
        const std::string relevant = "selected(${" + form_.questions[question.other_of].name + "}, 'other')";
        question.relevant = building_.expression(table_, row, relevant_, relevant, plain);
        if (table_.cell(row, filter_).empty()) return;
        building_.fault(table_, row, filter_, Fault::Value, "or_other does not go with a choice_filter",
                        "add the choice to the list and a text row");
    }

    /// "${a}, ${b}": each is a question.
    void read_trigger(QuestionId index, std::size_t row) {
        const std::string_view cell = table_.cell(row, trigger_);
        if (cell.empty()) return;
        form_.questions[index].triggered = true;
        const auto fault = [&](Fault kind, Sentence message, Sentence suggestion = {}) {
            building_.fault(table_, row, trigger_, kind, std::move(message), std::move(suggestion));
        };
        const FormScope scope(form_, building_.reporter);
        for (std::string_view rest = cell; !rest.empty();) {
            const std::size_t comma = std::min(rest.find(','), rest.size());
            const std::string_view part = trim(rest.substr(0, comma));
            rest = rest.substr(std::min(comma + 1, rest.size()));
            if (part.size() < 4 || part.substr(0, 2) != "${" || part.back() != '}') {
                return fault(Fault::Value, said("a trigger is a question: {}", quote(part)),
                             said("write {}", "${name}"));
            }
            const std::string_view name = trim(part.substr(2, part.size() - 3));
            const auto question = scope.question(name);
            if (!question || scope.is_group(*question)) {
                return fault(Fault::Reference, said("there is no question named {}", quote(name)), scope.suggest(name));
            }
            if (only_computed(form_.questions[*question])) {
                building_.warn(table_, row, trigger_, Fault::Value,
                               said("nobody answers {}, so it never starts anything", quote(name)),
                               "name the questions it is calculated from");
                continue;
            }
            form_.triggers.emplace_back(*question, index);
        }
    }

    [[nodiscard]] bool only_computed(const Question& question) const {
        const std::size_t row = question.row - 1;
        const bool calculated = question.kind == Kind::Calculate || !table_.cell(row, calculation_).empty();
        return question.kind == Kind::Hidden || (calculated && table_.cell(row, trigger_).empty());
    }

    void read_seed(QuestionId index, std::size_t row) {
        Question& question = form_.questions[index];
        if (!question.randomize) return;
        const auto parsed = parse_parameters(table_.cell(row, parameters_));
        if (!parsed) return;
        const std::string_view seed = parameter(*parsed, "seed");
        Place plain;
        plain.question = index;
        if (!seed.empty()) question.seed = building_.expression(table_, row, parameters_, seed, plain);
    }

    /// A type like `today` has brought its calculation along.
    void read_calculation(QuestionId index, std::size_t row) {
        Question& question = form_.questions[index];
        if (question.calculation.exists()) {
            if (table_.cell(row, calculation_).empty()) return;
            building_.fault(table_, row, calculation_, Fault::Value, "this type has its own value",
                            "use a calculate row");
            return;
        }
        Place keeping;
        keeping.once = true;
        keeping.question = index;
        question.calculation = parse_cell(question, calculation_, keeping);
        // As in pyxform, a trigger without a calculation takes the answer away.
        const bool clears = !table_.cell(row, trigger_).empty() && table_.cell(row, calculation_).empty();
        if (clears) question.calculation = building_.expression(table_, row, trigger_, "''", keeping);
    }

    void check_kind(const Question& question, std::size_t row) {
        if (question.kind == Kind::Calculate && !question.calculation.exists() && !question.default_value.exists() &&
            table_.cell(row, calculation_).empty() && !default_failed_) {
            building_.fault(table_, row, calculation_, Fault::Value, "a calculate row needs a calculation");
        }
    }

    /// As in pyxform, a default with an operator, a call or a reference is computed when the interview, or the instance
    /// of its repeat, begins; anything else is the value itself.
    void read_default(QuestionId index, std::size_t row) {
        Question& question = form_.questions[index];
        const std::string_view text = table_.cell(row, default_);
        default_failed_ = false;
        if (text.empty()) return;
        const bool decided =
            !question.triggered && (question.calculation.exists() || !table_.cell(row, calculation_).empty());
        const DefaultForm form = form_of_default(text, question.kind);
        // once() keeps what is there, so a value counts beside it.
        if (decided && (form != DefaultForm::Value || !keeps_value(question.calculation))) {
            building_.warn(table_, row, default_, Fault::Value, "the calculation stands; the default is ignored");
            return;
        }
        if (form != DefaultForm::Value && read_computed_default(index, row, form)) return;
        if (text.size() > Limits::answer_bytes) {
            building_.fault(table_, row, default_, Fault::Limit, "the default is too long for an answer");
            return;
        }
        const bool nothing_computed = question.kind == Kind::Calculate && !decided && !question.triggered;
        if (nothing_computed) return;  // a fault of its own
        question.default_text = text;
        if (is_possible(question)) return;
        building_.fault(table_, row, default_, Fault::Value,
                        said("the default {} is not a possible answer", quote(question.default_text)));
    }

    /// False when an operator stands in what is meant as the value: "N/A - none", or the name of a choice.
    bool read_computed_default(QuestionId index, std::size_t row, DefaultForm form) {
        Question& question = form_.questions[index];
        const std::string_view text = table_.cell(row, default_);
        Place keeping;
        keeping.once = true;
        keeping.question = index;
        if (form == DefaultForm::Expression) {
            question.default_value = parse_cell(question, default_, keeping);
            default_failed_ = !question.default_value.exists();
            return true;
        }
        const bool for_people = question.kind == Kind::Text || question.kind == Kind::Hidden;
        if (!for_people && question.kind != Kind::Calculate) {
            question.default_text = text;
            const bool possible = is_possible(question);
            question.default_text.clear();
            if (possible) return false;
        } else if (for_people) {
            const FormScope scope(form_, building_.reporter);
            const auto parsed = parse(text, scope, keeping, form_.expressions);
            if (!parsed && parsed.error().reference && speaks_of_form(text, scope))
                return read_computed_default(index, row, DefaultForm::Expression);
            building_.warn(table_, row, default_, Fault::Value,
                           parsed ? Sentence("this default has an operator, so it is computed")
                                  : "this default has an operator and is no expression, so it is read as text",
                           parsed ? said("write {} around text", "'…'") : Sentence());
            if (parsed) question.default_value = *parsed;
            return parsed.has_value();
        }
        question.default_value = parse_cell(question, default_, keeping);
        default_failed_ = !question.default_value.exists();
        return true;
    }

    /// Whether it begins with an absolute path, "/data/…": nobody writes that as an answer.
    [[nodiscard]] static bool speaks_of_form(std::string_view text, const FormScope& scope) {
        const std::size_t end = text.find('/', 1);
        return end != std::string_view::npos && text.front() == '/' && scope.is_root(text.substr(1, end - 1));
    }

    [[nodiscard]] bool keeps_value(ExpressionId calculation) const {
        return calculation.exists() && any_node(form_.expressions, calculation, [](const ExpressionNode& node) {
                   return node.op == Op::Call && node.function == Function::Once;
               });
    }

    /// Whether the default could have been answered.
    [[nodiscard]] bool is_possible(const Question& question) const {
        bool fits = true;
        std::string_view rest = question.default_text;
        if (question.kind == Kind::Integer) fits = parse_integer(rest).has_value();
        if (question.kind == Kind::Decimal) fits = parse_number(rest) == parse_number(rest);
        fits = fits && in_range(question.range, parse_number(rest));
        if (question.kind == Kind::Date) fits = parse_date(rest).has_value();
        if (question.kind == Kind::Time) fits = parse_time(rest).has_value();
        if (question.kind == Kind::DateTime) fits = parse_days(rest, 0).has_value();
        if (question.kind == Kind::Acknowledge) fits = rest == "OK";
        if (question.list != no_index) {
            const ChoiceList& list = form_.lists[question.list];
            if (question.kind == Kind::SelectOne) fits = list.by_name.count(rest) == 1;
            if (question.kind == Kind::SelectMultiple || question.kind == Kind::Rank) {
                for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
                    fits = fits && list.by_name.count(word) == 1;
                }
            }
        }
        return fits;
    }

    /// Languages have the same placeholders, so one language stands for all.
    void check_placeholders(const Template& text, const Table& table, std::uint32_t row, std::string_view column) {
        const FormScope scope(form_, building_.reporter);
        for (const std::string_view name : placeholders(text.text.in({form_.default_language}))) {
            const auto question = scope.question(name);
            if (question && !scope.is_group(*question)) continue;
            const TextColumn texts = table.text_column(column, form_);
            building_.reporter.error(
                Fault::Reference, table.name(), row, table.header_of(texts, form_.default_language, form_),
                said("a text speaks of {}, which is no question", "${" + std::string(name) + "}"), scope.suggest(name));
        }
    }

    const Building& building_;
    FormData& form_;
    const Table& table_;
    const Table* choices_;
    const Table* external_;
    bool default_failed_ = false;  ///< the default of this row is a broken expression, which was said
    SheetColumn relevant_ = table_.column("relevant");
    SheetColumn constraint_ = table_.column("constraint");
    SheetColumn required_ = table_.column("required");
    SheetColumn calculation_ = table_.column("calculation");
    SheetColumn default_ = table_.column("default");
    SheetColumn read_only_ = table_.column("read_only");
    SheetColumn filter_ = table_.column("choice_filter");
    SheetColumn trigger_ = table_.column("trigger");
    SheetColumn parameters_ = table_.column("parameters");
    SheetColumn repeat_count_ = table_.column("repeat_count");
};

}  // namespace

void read_expressions(const Building& building, const Table& table, const Table* choices, const Table* external) {
    ExpressionReader(building, table, choices, external).run();
}

}  // namespace questionnaires::engine
