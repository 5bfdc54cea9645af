#include "app/exports/screening_table.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <numeric>

#include "app/exports/packed.hpp"
#include "questionnaires/engine/form/outline.hpp"

namespace app::exports {
namespace {

using engine::ReadingKind;
using record::Record;

/// Two columns each, and those that every screening has.
constexpr std::size_t most_questions = 8000;

template <class Names>
std::string joined(const Names& names) {
    std::string text;
    for (const auto& one : names) text += (text.empty() ? "" : " ") + std::string(one);
    return text;
}

Cell level_cell(const Record& said, ReadingKind kind) {
    return text_cell(engine::to_word(said.reading(kind).level));
}

/// A column that every screening has.
struct Fixed {
    const char* name;
    const char* meaning;  ///< key of the catalogue
    const char* type;
    Cell (*cell)(const Record&);
};

// NOLINTBEGIN(readability-identifier-length): one line a column
constexpr Fixed fixed_columns[] = {
    {"record", "cli.export.column.record", "id", [](const Record& r) { return text_cell(r.record); }},
    {"follows", "cli.export.column.follows", "id", [](const Record& r) { return text_cell(r.follows); }},
    {"case_code", "cli.export.column.case_code", "code", [](const Record& r) { return text_cell(r.case_code); }},
    {"day", "cli.export.column.day", "date",
     [](const Record& r) {
         return Cell{CellType::Day, std::string(r.day)};
     }},
    {"site", "cli.export.column.site", "id", [](const Record& r) { return text_cell(r.device); }},
    {"form", "cli.export.column.form", "id", [](const Record& r) { return text_cell(r.form); }},
    {"form_version", "cli.export.column.form_version", "text",
     [](const Record& r) { return text_cell(r.form_version); }},
    {"kind", "cli.export.column.kind", "final partial", [](const Record& r) { return text_cell(to_word(r.kind)); }},
    {"revision", "cli.export.column.revision", "number", [](const Record& r) { return number_cell(r.revision); }},
    {"mode", "cli.export.column.mode", "assisted private observation",
     [](const Record& r) { return text_cell(to_word(r.mode)); }},
    {"role", "cli.export.column.role", "shelter border",
     [](const Record& r) { return text_cell(engine::to_word(r.role)); }},
    {"worker", "cli.export.column.worker", "number", [](const Record& r) { return number_cell(r.worker); }},
    {"language_start", "cli.export.column.language_start", "code",
     [](const Record& r) { return text_cell(r.language_at_start); }},
    {"language_end", "cli.export.column.language_end", "code",
     [](const Record& r) { return text_cell(r.language_at_end); }},
    {"consent", "cli.export.column.consent", "given not_asked",
     [](const Record& r) { return text_cell(to_word(r.consent)); }},
    {"tell_worker_now", "cli.export.column.tell_worker_now", "yes no",
     [](const Record& r) { return yes_no_cell(r.tell_worker_now); }},
    {"interpreter_needed", "cli.export.column.interpreter_needed", "yes no",
     [](const Record& r) { return yes_no_cell(r.notes == record::interpreter_needed); }},
    {"danger", "cli.export.column.danger", "strong some none-reported",
     [](const Record& r) { return level_cell(r, ReadingKind::Danger); }},
    {"harm", "cli.export.column.harm", "strong some none-reported",
     [](const Record& r) { return level_cell(r, ReadingKind::Harm); }},
    {"risk", "cli.export.column.risk", "strong some none-reported",
     [](const Record& r) { return level_cell(r, ReadingKind::Risk); }},
    {"raised", "cli.export.column.raised", "danger harm risk",
     [](const Record& r) { return text_cell(r.raised ? engine::to_word(r.raised->reading) : ""); }},
    {"raised_to", "cli.export.column.raised_to", "strong some",
     [](const Record& r) { return text_cell(r.raised ? engine::to_word(r.raised->level) : ""); }},
    {"raised_for", "cli.export.column.raised_for", "word",
     [](const Record& r) { return text_cell(r.raised ? r.raised->reason : ""); }},
    {"indicators", "cli.export.column.indicators", "names",
     [](const Record& r) {
         std::vector<std::string_view> ids;
         for (const auto& one : r.indicators) ids.push_back(one.id);
         return text_cell(joined(ids));
     }},
    {"actions", "cli.export.column.actions", "names", [](const Record& r) { return text_cell(joined(r.actions)); }},
};
// NOLINTEND(readability-identifier-length)

CellType type_of(engine::Kind kind) {
    if (kind == engine::Kind::Integer || kind == engine::Kind::Decimal) return CellType::Number;
    return kind == engine::Kind::Date ? CellType::Day : CellType::Text;
}

/// As it is read: labels of choices, else the value itself.
std::string labelled(const Screening& screening, const Line& line, engine::LanguageId language) {
    std::string text;
    for (const auto name : chosen(screening.form, line.question, line.value)) {
        const auto label = engine::choice_label(screening.form, line.question, name, language);
        text += (text.empty() ? "" : "; ") + std::string(label.empty() ? name : label);
    }
    return text.empty() ? std::string(line.value) : text;
}

engine::LanguageId language_of(const engine::Form& form, const locales::Translator& translator) {
    return exports::language_of(form, locales::code(translator.language()));
}

void pack_number(std::string& to, std::size_t number) {
    pack(to, std::to_string(number));
}

std::string_view next_text(std::string_view& from) {
    return unpack(from).value_or(std::string_view());
}
std::size_t next_number(std::string_view& from) {
    const auto text = next_text(from);
    std::size_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string column_name(const std::string& form, const std::string& address) {
    return form + "/" + address;
}

}  // namespace

std::string choices_text(const engine::Form& form, engine::QuestionId question, engine::LanguageId language) {
    std::string text;
    for (const auto name : engine::choice_names(form, question))
        text += (text.empty() ? "" : "; ") + std::string(name) + " = " +
                std::string(engine::choice_label(form, question, name, language));
    return text;
}

std::vector<Cell> dictionary_header(const locales::Translator& translator) {
    std::vector<Cell> cells;
    for (const char* key : {"cli.export.dictionary.column", "cli.export.dictionary.meaning",
                            "cli.export.dictionary.type", "cli.export.dictionary.values"})
        cells.push_back(text_cell(translator.tr(key).view()));
    return cells;
}

std::size_t ScreeningTable::column_of(const Screening& screening, const Line& line) {
    const auto [at, is_new] =
        known_.try_emplace({std::string(screening.said.form), std::string(line.address)}, questions_.size());
    if (is_new) {
        const auto& form = screening.form;
        const auto language = exports::language_of(form, locales::code(translator_.language()));
        questions_.push_back({at->first.first, at->first.second, line.question.index,
                              std::string(form.label(line.question, language)),
                              std::string(engine::to_word(form.kind(line.question))),
                              choices_text(form, line.question, language), type_of(form.kind(line.question))});
    }
    return at->second;
}

std::optional<std::string> ScreeningTable::add(const Screening& screening, const Said& said) {
    const auto is_new = [&](const Line& line) {
        return !known_.contains({std::string(screening.said.form), std::string(line.address)});
    };
    const auto more = static_cast<std::size_t>(std::count_if(said.lines.begin(), said.lines.end(), is_new));
    if (questions_.size() + more > most_questions) return std::nullopt;
    std::string packed;
    for (const auto& column : fixed_columns) {
        const auto cell = column.cell(screening.said);
        pack_number(packed, static_cast<std::size_t>(cell.type));
        pack(packed, cell.text);
    }
    for (const auto& line : said.lines) {
        pack_number(packed, column_of(screening, line));
        pack_number(packed, static_cast<std::size_t>(line.state));
        pack(packed, wording_ == Wording::Labels ? labelled(screening, line, language_of(screening.form, translator_))
                                                 : std::string(line.value));
    }
    return packed;
}

void ScreeningTable::settle() {
    order_.resize(questions_.size());
    std::iota(order_.begin(), order_.end(), 0U);
    std::stable_sort(order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) {
        const auto& one = questions_[a];
        const auto& other = questions_[b];
        return one.form != other.form ? one.form < other.form : one.place < other.place;
    });
}

std::vector<Cell> ScreeningTable::header() const {
    std::vector<Cell> cells;
    for (const auto& column : fixed_columns) cells.push_back(text_cell(column.name));
    for (const auto place : order_) {
        const auto name = column_name(questions_[place].form, questions_[place].address);
        cells.push_back(text_cell(name));
        cells.push_back(text_cell(name + ":state"));
    }
    return cells;
}

std::vector<Cell> ScreeningTable::row(std::string_view packed) const {
    std::vector<Cell> cells;
    for (std::size_t i = 0; i < std::size(fixed_columns); ++i) {
        const auto type = static_cast<CellType>(next_number(packed));
        cells.push_back({type, std::string(next_text(packed))});
    }
    struct Answer {
        std::string_view text;
        std::optional<engine::AnswerState> state;
    };
    std::vector<Answer> answers(questions_.size());
    while (!packed.empty()) {
        auto& answer = answers.at(next_number(packed));
        answer.state = static_cast<engine::AnswerState>(next_number(packed));
        answer.text = next_text(packed);
    }
    for (const auto place : order_) {
        const auto& answer = answers[place];
        cells.push_back({questions_[place].cell, std::string(answer.text)});
        cells.push_back(text_cell(answer.state ? engine::to_word(*answer.state) : std::string_view()));
    }
    return cells;
}

std::vector<std::vector<Cell>> ScreeningTable::dictionary() const {
    std::vector<std::vector<Cell>> rows{dictionary_header(translator_)};
    const auto words = [&](std::string_view key) { return text_cell(translator_.tr(key).view()); };
    for (const auto& column : fixed_columns)
        rows.push_back({text_cell(column.name), words(column.meaning), text_cell(column.type), text_cell("")});
    for (const auto place : order_) {
        const auto& question = questions_[place];
        const auto name = column_name(question.form, question.address);
        rows.push_back(
            {text_cell(name), text_cell(question.label), text_cell(question.type), text_cell(question.values)});
        rows.push_back({text_cell(name + ":state"), words("cli.export.column.state"), text_cell("word"),
                        text_cell("answered skipped refused unknown not_asked")});
    }
    rows.push_back({text_cell("'"), words("cli.export.column.apostrophe"), text_cell(""), text_cell("")});
    return rows;
}

}  // namespace app::exports
