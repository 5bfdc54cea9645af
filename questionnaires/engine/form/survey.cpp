#include <algorithm>
#include <array>
#include <unordered_set>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/form/survey_lists.hpp"
#include "questionnaires/engine/form/survey_parameters.hpp"
#include "questionnaires/engine/form/survey_types.hpp"

namespace questionnaires::engine {
namespace {

constexpr std::array survey_known{
    ColumnInfo{"type", "command"},
    ColumnInfo{"name", "tag value"},
    ColumnInfo{"label", "caption", true},
    ColumnInfo{"hint", "", true},
    ColumnInfo{"guidance_hint", "", true},
    ColumnInfo{"relevant", "relevance"},
    ColumnInfo{"constraint", ""},
    ColumnInfo{"constraint_message", "constraining_message jr:constraintmsg constraint-message constraintmsg", true},
    ColumnInfo{"required", ""},
    ColumnInfo{"required_message", "requiredmsg jr:requiredmsg required-message", true},
    ColumnInfo{"calculation", "calculate"},
    ColumnInfo{"default", ""},
    ColumnInfo{"appearance", ""},
    ColumnInfo{"read_only", "readonly"},
    ColumnInfo{"choice_filter", ""},
    ColumnInfo{"repeat_count", "count jr:count"},
    ColumnInfo{"parameters", ""},
    ColumnInfo{"trigger", ""},
    ColumnInfo{"disabled", ""},
    ColumnInfo{"media::audio", "audio", true},
    ColumnInfo{"media::image", "image", true},
    ColumnInfo{"media::video", "video", true},
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
          parameters_(table.column("parameters")),
          disabled_(table.column("disabled")),
          calculation_(table.column("calculation")),
          default_(table.column("default")),
          trigger_(table.column("trigger")),
          label_(table.text_column("label", form_)),
          hint_(table.text_column("hint", form_)),
          guidance_(table.text_column("guidance_hint", form_)),
          constraint_message_(table.text_column("constraint_message", form_)),
          required_message_(table.text_column("required_message", form_)),
          media_(table.media_columns(form_)),
          lists_(building, table, type_, parameters_) {}

    void run() {
        if (type_ == no_index || name_ == no_index) {
            building_.reporter.error(Fault::Structure, table_.name(), 1, {}, "the columns type and name are needed");
            return;
        }
        form_.questions.reserve(table_.rows());
        for (std::size_t row = 1; row < table_.rows() && !building_.reporter.full(); ++row) {
            if (!table_.is_blank(row) && !is_yes(table_.cell(row, disabled_)) && !is_remark(row)) read(row);
        }
        if (remarks_ != 0) {
            building_.warn(
                table_, remark_, type_, Fault::Structure,
                remarks_ == 1
                    ? said("{} row has neither type, name nor label: no question", std::to_string(remarks_))
                    : said("{} rows have neither type, name nor label: no question", std::to_string(remarks_)));
        }
        for (const QuestionId group : open_) {
            const bool repeat = form_.questions[group].kind == Kind::Repeat;
            building_.fault(table_, form_.questions[group].row - 1, type_, Fault::Structure,
                            repeat ? said("the repeat {} is never ended", quote(form_.questions[group].name))
                                   : said("the group {} is never ended", quote(form_.questions[group].name)),
                            repeat ? Sentence("add end repeat") : "add end group");
        }
        warn_about_unused_lists();
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
                keep_name(row, type.kind);
                return;
            case TypeCell::Row::EndGroup:
                end(row, Kind::Group);
                return;
            case TypeCell::Row::EndRepeat:
                end(row, Kind::Repeat);
                return;
            case TypeCell::Row::File:
                name_file(row);
                return;
            case TypeCell::Row::Begin:
            case TypeCell::Row::Question:
                add(row, type);
                if (type.or_other && !building_.reporter.full()) add_other(row);
                return;
        }
    }

    /// As in pyxform: a row without type, name and label is somebody's remark.
    bool is_remark(std::size_t row) {
        bool words = !table_.cell(row, type_).empty() || !table_.cell(row, name_).empty();
        for (const SheetColumn column : label_.by_language) words = words || !table_.cell(row, column).empty();
        if (!words && remarks_++ == 0) remark_ = row;
        return !words;
    }

    /// At most twenty: each costs a look at every cell. A form with faults may name the list wrongly, so it waits.
    void warn_about_unused_lists() {
        if (building_.reporter.has_errors()) return;
        // By name: a list with "other" is a copy under the same name.
        std::unordered_set<std::string_view> used;
        for (const Question& question : form_.questions) {
            if (question.list != no_index) used.insert(form_.lists[question.list].name);
        }
        std::size_t checked = 0;
        for (const ChoiceList& list : form_.lists) {
            if (checked == 20) break;
            if (list.columns != ColumnSetId() || used.count(list.name) != 0) continue;
            ++checked;
            if (is_quoted(list.name)) continue;
            building_.reporter.warning(Fault::Reference, list.external ? "external_choices" : "choices", list.row,
                                       "list_name", said("no question uses the list {}", quote(list.name)));
        }
    }

    /// Whether an expression may name it, as in instance('list').
    [[nodiscard]] bool is_quoted(const std::string& name) const {
        for (std::size_t row = 1; row < table_.rows(); ++row) {
            for (SheetColumn column; column < SheetColumn::at(table_.width(row)); ++column) {
                const std::string_view cell = table_.cell(row, column);
                if (cell.find("'" + name + "'") != std::string_view::npos) return true;
                if (cell.find('"' + name + '"') != std::string_view::npos) return true;
            }
        }
        return false;
    }

    /// A row whose type is wrong still has its name, and still opens a group, so that the rest is not wrong with it.
    void keep_name(std::size_t row, Kind kind) {
        const std::string_view name = table_.cell(row, name_);
        const bool group = kind == Kind::Group;
        if (!group && (!is_name(name) || form_.by_name.find(name) != form_.by_name.end())) return;
        const QuestionId index = form_.questions.end_id();
        Question question = placed(row, group ? Kind::Group : Kind::Hidden);
        question.name = name;
        question.listless = true;
        form_.by_name.emplace(question.name, index);
        form_.questions.push_back(std::move(question));
        if (group) open_.push_back(index);
    }

    /// A question of that row inside the groups that are open.
    [[nodiscard]] Question placed(std::size_t row, Kind kind) const {
        Question question;
        question.kind = kind;
        question.row = static_cast<std::uint32_t>(row + 1);
        if (!open_.empty()) question.parent = open_.back();
        question.end = form_.questions.end_id() + 1;
        if (question.parent != no_index) {
            const Question& around = form_.questions[question.parent];
            question.repeat = around.kind == Kind::Repeat ? question.parent : around.repeat;
        }
        return question;
    }

    void end(std::size_t row, Kind kind) {
        // An end that is out of place is one fault, and not another one where its own place was.
        std::size_t& misplaced = kind == Kind::Group ? group_ends_due_ : repeat_ends_due_;
        const bool fits = !open_.empty() && form_.questions[open_.back()].kind == kind;
        const bool was_said = !fits && misplaced != 0;
        if (was_said) --misplaced;
        if (open_.empty()) {
            if (was_said) return;
            building_.fault(table_, row, type_, Fault::Structure,
                            kind == Kind::Group ? Sentence("no group is open here") : "no repeat is open here",
                            "remove the row");
            return;
        }
        Question& group = form_.questions[open_.back()];
        if (!fits && !was_said) {
            ++(kind == Kind::Group ? repeat_ends_due_ : group_ends_due_);
            building_.fault(table_, row, type_, Fault::Structure,
                            kind == Kind::Group
                                ? said("this ends a group, but the repeat {} is open", quote(group.name))
                                : said("this ends a repeat, but the group {} is open", quote(group.name)),
                            said("write {}", kind == Kind::Group ? "end repeat" : "end group"));
        }
        group.end = form_.questions.end_id();
        open_.pop_back();
    }

    /// csv-external: the name under which paths find the file "name.csv".
    void name_file(std::size_t row) {
        const std::string_view name = table_.cell(row, name_);
        if (form_.list_by_name.find(name) != form_.list_by_name.end() && lists_.is_file(name)) return;
        if (lists_.is_unreadable(name)) return;
        building_.fault(table_, row, name_, Fault::Reference,
                        said("there is no file {}", quote(std::string(name) + ".csv")), lists_.advice(name));
    }

    /// pyxform: or_other adds the choice "other" and a text question that is relevant when it is chosen.
    void add_other(std::size_t row) {
        const QuestionId select = QuestionId::at(form_.questions.size() - 1);
        Question question;
        question.kind = Kind::Text;
        question.row = form_.questions[select].row;
        question.parent = form_.questions[select].parent;
        question.repeat = form_.questions[select].repeat;
        question.end = select + 2;
        question.other_of = select;
        question.name = form_.questions[select].name + "_other";
        std::vector<std::string> labels;
        for (const Language& language : form_.languages) {
            const OtherWords words = other_words(language);
            labels.emplace_back(words.specify);
            if (words.translated || std::exchange(untranslated_said_, true)) continue;
            building_.warn(table_, row, type_, Fault::Translation,
                           said("or_other has no words in {}, so that they are English there", language.name),
                           "add the choice to the list and a text row");
        }
        question.label.text = LocalText(std::move(labels));
        if (!form_.by_name.emplace(question.name, select + 1).second) {
            building_.fault(table_, row, name_, Fault::Name,
                            said("or_other needs the name {}, which is already used", quote(question.name)));
        }
        form_.questions.push_back(std::move(question));
        if (form_.questions[select].list != no_index) {
            form_.questions[select].list = lists_.with_other(form_.questions[select].list);
        }
    }

    void add(std::size_t row, const TypeCell& type) {
        const QuestionId index = form_.questions.end_id();
        Question question = placed(row, type.kind);
        read_name(row, question, index);
        question.answers_named = type.answers;
        if (!type.list.empty() && type.answers.empty()) question.list = lists_.find(row, type);
        question.listless = question.list == no_index && !type.list.empty();
        read_appearance(row, question);
        read_parameters(building_, table_, row, parameters_, type, question);
        question.label = table_.text(row, label_, form_, building_.reporter);
        question.hint = table_.text(row, hint_, form_, building_.reporter);
        question.guidance = table_.text(row, guidance_, form_, building_.reporter);
        question.constraint_message = table_.text(row, constraint_message_, form_, building_.reporter);
        question.media = table_.media(row, media_, building_.reporter);
        question.required_message = table_.text(row, required_message_, form_, building_.reporter);
        read_silence(row, question);
        if (!type.calculation.empty()) {
            Place keeping;
            keeping.once = true;
            question.calculation = building_.expression(table_, row, type_, type.calculation, keeping);
        }
        form_.questions.push_back(std::move(question));
        if (type.row != TypeCell::Row::Begin) return;
        open_.push_back(index);
        if (open_.size() == Limits::nesting + 1) {
            building_.fault(table_, row, type_, Fault::Limit,
                            said("groups nested deeper than {}", std::to_string(Limits::nesting)));
        }
    }

    /// Rows that pyxform shows nobody: a value that is calculated, or taken away by a trigger, and has no words to go
    /// with it, and a calculate row that only has a default. A question for people needs words, or a file in their
    /// place.
    void read_silence(std::size_t row, Question& question) {
        const bool calculated = !table_.cell(row, calculation_).empty();
        if (question.kind == Kind::Calculate && !calculated && !table_.cell(row, default_).empty()) {
            question.kind = Kind::Hidden;
        }
        if (question.kind == Kind::Note && calculated) question.kind = Kind::Text;  // a note that shows its value
        if (!is_visible(question.kind) || !question.label.text.empty() || !question.hint.text.empty()) return;
        for (const LocalText& file : question.media) {
            if (!file.empty()) return;
        }
        if (calculated || !table_.cell(row, trigger_).empty()) {
            question.kind = Kind::Calculate;
            return;
        }
        building_.reporter.error(Fault::Translation, table_.name(), question.row,
                                 table_.header_of(label_, form_.default_language, form_),
                                 said("the question {} has no label", quote(question.name)));
    }

    void read_name(std::size_t row, Question& question, QuestionId index) {
        question.name = table_.cell(row, name_);
        if (!is_name(question.name)) {
            building_.fault(
                table_, row, name_, Fault::Name,
                question.name.empty() ? "the name is missing" : said("not a name: {}", quote(question.name)),
                "a letter or underscore, then letters, digits, hyphen, underscore or full stop");
            return;
        }
        const auto [found, added] = form_.by_name.emplace(question.name, index);
        if (added) return;
        building_.fault(table_, row, name_, Fault::Name,
                        said("the name {} is already used in row {}", quote(question.name),
                             std::to_string(form_.questions[found->second].row)));
    }

    void read_appearance(std::size_t row, Question& question) {
        question.appearance = table_.cell(row, appearance_);
        std::string_view rest = question.appearance;
        for (std::string_view word = take_word(rest); !word.empty(); word = take_word(rest)) {
            const bool external = word.substr(0, 3) == "ex:" || word == "printer" || word.substr(0, 8) == "printer:";
            if (!external) continue;
            building_.fault(table_, row, appearance_, Fault::Refused,
                            said("the appearance {} starts another program; it is refused on purpose", quote(word)));
        }
    }

    const Building& building_;
    FormData& form_;
    const Table& table_;
    SheetColumn type_;
    SheetColumn name_;
    SheetColumn appearance_;
    SheetColumn parameters_;
    SheetColumn disabled_;
    SheetColumn calculation_;
    SheetColumn default_;
    SheetColumn trigger_;
    std::size_t remarks_ = 0;
    std::size_t remark_ = 0;  ///< the first of them
    TextColumn label_;
    TextColumn hint_;
    TextColumn guidance_;
    TextColumn constraint_message_;
    TextColumn required_message_;
    std::array<TextColumn, 3> media_;
    SelectLists lists_;
    bool untranslated_said_ = false;
    std::vector<QuestionId> open_;
    std::size_t group_ends_due_ = 0;   ///< groups that were ended as repeats: their own end may still come
    std::size_t repeat_ends_due_ = 0;  ///< repeats that were ended as groups
};

}  // namespace

std::span<const ColumnInfo> survey_columns() noexcept {
    return survey_known;
}

void read_questions(const Building& building, const Table& table) {
    QuestionReader(building, table).run();
}

}  // namespace questionnaires::engine
