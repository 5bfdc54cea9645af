#include <array>

#include "questionnaires/engine/builder.hpp"
#include "questionnaires/engine/date.hpp"
#include "questionnaires/engine/survey_types.hpp"
#include "questionnaires/engine/text.hpp"

namespace questionnaires::engine {
namespace {

constexpr std::array survey_known{
    ColumnInfo{"type", ""},
    ColumnInfo{"name", ""},
    ColumnInfo{"label", "caption", true},
    ColumnInfo{"hint", "", true},
    ColumnInfo{"guidance_hint", "", true},
    ColumnInfo{"relevant", "relevance"},
    ColumnInfo{"constraint", ""},
    ColumnInfo{"constraint_message", "constraining_message", true},
    ColumnInfo{"required", ""},
    ColumnInfo{"required_message", "requiredmsg", true},
    ColumnInfo{"calculation", "calculate"},
    ColumnInfo{"default", ""},
    ColumnInfo{"appearance", ""},
    ColumnInfo{"read_only", "readonly"},
    ColumnInfo{"choice_filter", ""},
    ColumnInfo{"repeat_count", "", false, false},
    ColumnInfo{"parameters", "", false, false},
    ColumnInfo{"trigger", "", false, false},
    ColumnInfo{"media::audio", "audio", true, false},
    ColumnInfo{"media::image", "image", true, false},
    ColumnInfo{"media::video", "video", true, false},
};

/// First pass over the survey sheet.
class QuestionReader {
  public:
    QuestionReader(const Building& building, const Table& table)
        : building_(building),
          form_(building.form),
          table_(table),
          type_(table.column("type")),
          name_(table.column("name")),
          appearance_(table.column("appearance")),
          label_(table.text_column("label", form_)),
          hint_(table.text_column("hint", form_)),
          guidance_(table.text_column("guidance_hint", form_)),
          constraint_message_(table.text_column("constraint_message", form_)),
          required_message_(table.text_column("required_message", form_)) {}

    void run() {
        if (type_ == no_index || name_ == no_index) {
            building_.reporter.error(Fault::Structure, table_.name(), 1, {}, "the columns type and name are needed");
            return;
        }
        for (const ChoiceList& list : form_.lists) {
            lists_.emplace(list.name, static_cast<std::uint32_t>(lists_.size()));
        }
        form_.questions.reserve(table_.rows());
        for (std::size_t row = 1; row < table_.rows() && !building_.reporter.full(); ++row) {
            if (!table_.is_blank(row)) read(row);
        }
        for (const std::uint32_t group : open_) {
            building_.fault(table_, form_.questions[group].row - 1, type_, Fault::Structure,
                            "the group " + quote(form_.questions[group].name) + " is never ended", "add end group");
        }
        if (form_.questions.empty() && !building_.reporter.full()) {
            building_.reporter.error(Fault::Structure, table_.name(), 0, {}, "the survey has no questions");
        }
    }

  private:
    void read(std::size_t row) {
        const std::string_view cell = table_.cell(row, type_);
        TypeCell type = parse_type(cell);
        switch (type.row) {
            case TypeCell::Row::Bad:
                building_.fault(table_, row, type_, type.refused ? Fault::Refused : Fault::UnknownType,
                                cell.empty() ? "the type is missing" : std::move(type.message),
                                std::move(type.suggestion));
                return;
            case TypeCell::Row::EndGroup:
                end_group(row);
                return;
            case TypeCell::Row::BeginGroup:
            case TypeCell::Row::Question:
                add(row, type);
                return;
        }
    }

    void end_group(std::size_t row) {
        if (open_.empty()) {
            building_.fault(table_, row, type_, Fault::Structure, "no group is open here", "remove the row");
            return;
        }
        form_.questions[open_.back()].end = static_cast<std::uint32_t>(form_.questions.size());
        open_.pop_back();
    }

    void add(std::size_t row, const TypeCell& type) {
        const auto index = static_cast<std::uint32_t>(form_.questions.size());
        Question question;
        question.kind = type.kind;
        question.row = static_cast<std::uint32_t>(row + 1);
        question.parent = open_.empty() ? no_index : open_.back();
        question.end = index + 1;
        read_name(row, question, index);
        read_list(row, type, question);
        read_appearance(row, question);
        question.label = table_.text(row, label_, form_, building_.reporter);
        question.hint = table_.text(row, hint_, form_, building_.reporter);
        question.guidance = table_.text(row, guidance_, form_, building_.reporter);
        question.constraint_message = table_.text(row, constraint_message_, form_, building_.reporter);
        question.required_message = table_.text(row, required_message_, form_, building_.reporter);
        if (is_visible(question.kind) && question.label.text.empty()) {
            building_.fault(table_, row, no_index, Fault::Translation,
                            "the question " + quote(question.name) + " has no label");
        }
        form_.questions.push_back(std::move(question));
        if (type.row != TypeCell::Row::BeginGroup) return;
        open_.push_back(index);
        if (open_.size() == Limits::nesting + 1) {
            building_.fault(table_, row, type_, Fault::Limit,
                            "groups nested deeper than " + std::to_string(Limits::nesting));
        }
    }

    void read_name(std::size_t row, Question& question, std::uint32_t index) {
        question.name = table_.cell(row, name_);
        if (!is_name(question.name)) {
            building_.fault(table_, row, name_, Fault::Name,
                            question.name.empty() ? "the name is missing" : "not a name: " + quote(question.name),
                            "a letter or underscore, then letters, digits, hyphen, underscore or full stop");
            return;
        }
        const auto [found, added] = form_.by_name.emplace(question.name, index);
        if (added) return;
        building_.fault(table_, row, name_, Fault::Name,
                        "the name " + quote(question.name) + " is already used in row " +
                            std::to_string(form_.questions[found->second].row));
    }

    void read_list(std::size_t row, const TypeCell& type, Question& question) {
        if (type.list.empty()) return;
        const auto found = lists_.find(type.list);
        if (found != lists_.end()) {
            question.list = found->second;
            return;
        }
        std::vector<std::string_view> names;
        for (const ChoiceList& list : form_.lists) names.push_back(list.name);
        building_.fault(table_, row, type_, Fault::Reference, "the choices sheet has no list named " + quote(type.list),
                        building_.reporter.wants_suggestions() ? did_you_mean(type.list, names) : std::string());
    }

    void read_appearance(std::size_t row, Question& question) {
        question.appearance = table_.cell(row, appearance_);
        std::string_view rest = question.appearance;
        for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
            const bool external = word.substr(0, 3) == "ex:" || word == "printer" || word.substr(0, 8) == "printer:";
            if (!external) continue;
            building_.fault(table_, row, appearance_, Fault::Refused,
                            "the appearance " + quote(word) + " starts another program; it is refused on purpose");
        }
    }

    const Building& building_;
    FormData& form_;
    const Table& table_;
    std::uint32_t type_;
    std::uint32_t name_;
    std::uint32_t appearance_;
    TextColumn label_;
    TextColumn hint_;
    TextColumn guidance_;
    TextColumn constraint_message_;
    TextColumn required_message_;
    std::unordered_map<std::string_view, std::uint32_t> lists_;
    std::vector<std::uint32_t> open_;
};

/// Second pass.
class ExpressionReader {
  public:
    ExpressionReader(const Building& building, const Table& table)
        : building_(building), form_(building.form), table_(table) {}

    void run() {
        for (std::uint32_t i = 0; i < form_.questions.size() && !building_.reporter.full(); ++i) read(i);
        for (const ChoiceList& list : form_.lists) {
            for (const Choice& choice : list.choices) {
                if (choice.label.dynamic) check_placeholders(choice.label, "choices", 0);
            }
        }
    }

  private:
    ExpressionId parse_cell(const Question& question, std::uint32_t column, const Place& place) {
        return building_.expression(table_, question.row - 1, column, place);
    }

    void read(std::uint32_t index) {
        Question& question = form_.questions[index];
        const std::size_t row = question.row - 1;
        const Place plain;
        Place own;
        own.self = true;
        Place keeping;
        keeping.once = true;
        Place filter;
        filter.columns = &form_.choice_columns;
        question.relevant = parse_cell(question, relevant_, plain);
        question.read_only = parse_cell(question, read_only_, plain);
        if (!table_.cell(row, filter_).empty() && question.list == no_index) {
            building_.fault(table_, row, filter_, Fault::Value, "choice_filter is for select questions");
        } else {
            question.choice_filter = parse_cell(question, filter_, filter);
        }
        if (has_value(question.kind)) {
            question.constraint = parse_cell(question, constraint_, own);
            question.required = parse_cell(question, required_, plain);
            question.calculation = parse_cell(question, calculation_, keeping);
            read_default(question, row);
            check_kind(question, row);
        } else if (!table_.cell(row, calculation_).empty()) {
            building_.fault(table_, row, calculation_, Fault::Value, "a group or a note has no value to calculate");
        }
        for (const Template* text : {&question.label, &question.hint, &question.guidance, &question.constraint_message,
                                     &question.required_message}) {
            if (text->dynamic) check_placeholders(*text, "survey", question.row);
        }
    }

    void check_kind(const Question& question, std::size_t row) {
        if (question.kind == Kind::Calculate && table_.cell(row, calculation_).empty()) {
            building_.fault(table_, row, calculation_, Fault::Value, "a calculate row needs a calculation");
        }
    }

    /// As in pyxform, a default with a reference or a call is dynamic; anything else is the value itself.
    void read_default(Question& question, std::size_t row) {
        const std::string_view text = table_.cell(row, default_);
        if (text.empty()) return;
        if (question.kind == Kind::Calculate) {
            building_.fault(table_, row, default_, Fault::Value, "a calculate row has no default", "use calculation");
            return;
        }
        const bool call = question.kind != Kind::Text && text.find('(') != std::string_view::npos;
        if (call || text.find("${") != std::string_view::npos) {
            Place keeping;
            keeping.once = true;
            question.default_value = parse_cell(question, default_, keeping);
            return;
        }
        if (text.size() > Limits::answer_bytes) {
            building_.fault(table_, row, default_, Fault::Limit, "the default is too long for an answer");
            return;
        }
        question.default_text = text;
        check_default(question, row);
    }

    void check_default(const Question& question, std::size_t row) {
        bool fits = true;
        std::string_view rest = question.default_text;
        if (question.kind == Kind::Integer) fits = parse_integer(rest).has_value();
        if (question.kind == Kind::Decimal) fits = parse_number(rest) == parse_number(rest);
        if (question.kind == Kind::Date) fits = parse_date(rest).has_value();
        if (question.kind == Kind::Acknowledge) fits = rest == "OK";
        if (question.list != no_index) {
            const ChoiceList& list = form_.lists[question.list];
            if (question.kind == Kind::SelectOne) fits = list.by_name.count(rest) == 1;
            if (question.kind == Kind::SelectMultiple) {
                for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
                    fits = fits && list.by_name.count(word) == 1;
                }
            }
        }
        if (!fits) {
            building_.fault(table_, row, default_, Fault::Value,
                            "the default " + quote(question.default_text) + " is not a possible answer");
        }
    }

    /// Languages have the same placeholders, so one language stands for all.
    void check_placeholders(const Template& text, std::string_view sheet, std::uint32_t row) {
        const FormScope scope(form_, building_.reporter);
        for (const std::string_view name : placeholders(text.text.in({form_.default_language}))) {
            const auto question = scope.question(name);
            if (question && !scope.is_group(*question)) continue;
            building_.reporter.error(Fault::Reference, sheet, row, "label",
                                     "a text speaks of ${" + std::string(name) + "}, which is no question",
                                     scope.suggest(name));
        }
    }

    const Building& building_;
    FormData& form_;
    const Table& table_;
    std::uint32_t relevant_ = table_.column("relevant");
    std::uint32_t constraint_ = table_.column("constraint");
    std::uint32_t required_ = table_.column("required");
    std::uint32_t calculation_ = table_.column("calculation");
    std::uint32_t default_ = table_.column("default");
    std::uint32_t read_only_ = table_.column("read_only");
    std::uint32_t filter_ = table_.column("choice_filter");
};

}  // namespace

std::span<const ColumnInfo> survey_columns() noexcept {
    return survey_known;
}

void read_questions(const Building& building, const Table& table) {
    QuestionReader(building, table).run();
}

void read_expressions(const Building& building, const Table& table) {
    ExpressionReader(building, table).run();
}

void make_pages(FormData& form) {
    for (std::uint32_t i = 0; i < form.questions.size();) {
        const Question& question = form.questions[i];
        const bool together = question.kind == Kind::Group && has_word(question.appearance, "field-list");
        if (!together && !is_visible(question.kind)) {
            ++i;
            continue;
        }
        const std::uint32_t end = together ? question.end : i + 1;
        const std::uint32_t group = together ? i : question.parent;
        bool any = false;
        for (std::uint32_t j = i; j < end; ++j) {
            if (!is_visible(form.questions[j].kind)) continue;
            form.questions[j].page = static_cast<std::uint32_t>(form.pages.size());
            any = true;
        }
        if (any) form.pages.push_back({i, end, group});
        i = end;
    }
}

}  // namespace questionnaires::engine
