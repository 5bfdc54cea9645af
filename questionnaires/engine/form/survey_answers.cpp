// Choices that are answers: `select_one ${name}` offers what was said to a question in the instances of its repeat.
#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"

namespace questionnaires::engine {
namespace {

/// Names from below `top` down to the question, with '/' between.
std::string path_below(const FormData& form, QuestionId top, QuestionId question) {
    std::string path = form.questions[question].name;
    for (QuestionId at = form.questions[question].parent; at != top; at = form.questions[at].parent) {
        path = form.questions[at].name + "/" + path;
    }
    return path;
}

bool is_inside(const FormData& form, QuestionId question, QuestionId group) noexcept {
    return question > group && question < form.questions[group].end;
}

/// pyxform: in the filter a question of the repeat means the instance that is looked at. One in a repeat inside it that
/// the select is in too means the select's own.
std::string filter_of(const FormData& form, QuestionId select, QuestionId repeat, std::string_view cell) {
    const std::string filter = plain_expression(cell);
    const auto tokens = tokenize(filter);
    if (!tokens) return filter;
    std::string result;
    std::size_t copied = 0;
    for (const Token& token : tokens->all) {
        if (token.kind != TokenKind::Reference) continue;
        const auto found = form.by_name.find(token.text);
        if (found == form.by_name.end() || !is_inside(form, found->second, repeat)) continue;
        const QuestionId inner = form.questions[found->second].repeat;
        if (inner != repeat && is_inside(form, select, inner)) continue;
        result += std::string_view(filter).substr(copied, token.position - copied);
        result += "./" + path_below(form, repeat, found->second);
        copied = filter.find('}', token.position) + 1;
    }
    return result + filter.substr(copied);
}

/// From the select up to what is around it and the repeat, and down to the repeat: all its instances there.
std::string path_to_repeat(const FormData& form, QuestionId select, QuestionId repeat) {
    std::string path = "..";
    QuestionId around = form.questions[select].parent;
    while (around != no_index && (around == repeat || !is_inside(form, repeat, around))) {
        path += "/..";
        around = form.questions[around].parent;
    }
    return path + "/" + path_below(form, around, repeat);
}

}  // namespace

void read_answer_choices(const Building& building, const Table& table, QuestionId select) {
    FormData& form = building.form;
    const std::size_t row = form.questions[select].row - 1;
    const SheetColumn type = table.column("type");
    const SheetColumn filter = table.column("choice_filter");
    const FormScope scope(form, building.reporter);
    const std::string name = form.questions[select].answers_named;
    const auto asked = scope.question(name);
    if (!asked || !has_value(form.questions[*asked].kind)) {
        building.fault(table, row, type, Fault::Reference, said("there is no question named {}", quote(name)),
                       scope.suggest(name));
        return;
    }
    const QuestionId repeat = form.questions[*asked].repeat;
    if (repeat == no_index) {
        building.fault(table, row, type, Fault::Reference,
                       said("choices are the answers of a repeat, and {} is in none", quote(name)));
        return;
    }
    Question& question = form.questions[select];
    question.answers_of = *asked;
    question.answer_path = path_below(form, repeat, *asked);
    const std::string_view cell = table.cell(row, filter);
    question.itemset = path_to_repeat(form, select, repeat) + "[./" + question.answer_path + " != ''";
    if (!cell.empty()) question.itemset += " and (" + filter_of(form, select, repeat, cell) + ")";
    question.itemset += "]";
    Place place;
    place.question = select;
    auto parsed = parse(question.itemset + "/" + question.answer_path, scope, place, form.expressions);
    if (!parsed) {
        const ExpressionFailure& found = parsed.error();
        if (found.said) return;
        building.fault(table, row, filter, found.reference ? Fault::Reference : Fault::Expression, found.message,
                       found.suggestion);
        return;
    }
    const bool drawn = any_node(form.expressions, *parsed, [](const ExpressionNode& node) {
        return node.op == Op::Call && (node.function == Function::Random || node.function == Function::Uuid);
    });
    if (drawn) {
        building.fault(table, row, filter, Fault::Expression, "which answers are offered cannot be left to chance");
        return;
    }
    question.choice_filter = *parsed;
}

}  // namespace questionnaires::engine
