// Names alone and function calls.
#include <algorithm>

#include "questionnaires/engine/expression/call_check.hpp"
#include "questionnaires/engine/expression/parser.hpp"

namespace questionnaires::engine {

/// A name without ${ }: a column in a choice_filter, a child in a predicate.
ExpressionId Parser::column(const Token& here) {
    if (!looked_at_.empty()) return relative();
    const bool goes_on = token_after().kind == TokenKind::Slash || token_after().kind == TokenKind::Descend ||
                         token_after().kind == TokenKind::OpenBracket;
    if (place_.list != no_index) {
        if (goes_on) return relative();
        const auto& columns = scope_.columns(place_.list);
        const auto found = std::find(columns.begin(), columns.end(), here.text);
        if (found != columns.end()) {
            take();
            ExpressionNode node;
            node.op = Op::Column;
            node.type = Type::Any;
            node.position = here.position;
            node.index = static_cast<std::uint32_t>(found - columns.begin());
            return add(node, {});
        }
        const std::vector<std::string_view> names(columns.begin(), columns.end());
        return fail_at(here.position, said("the choices have no column {}", quote(here.text)),
                       did_you_mean(here.text, names), true);
    }
    if (place_.question != no_index && scope_.is_group(place_.question)) return relative();
    const bool known = scope_.question(here.text).has_value();
    return fail_at(here.position, said("a name alone means nothing here: {}", quote(here.text)),
                   known ? said("write {}", "${" + std::string(here.text) + "}") : said("write {} around text", "'…'"),
                   true);
}

ExpressionId Parser::call(const Token& name) {
    const FunctionInfo* const info = find_function(name.text);
    if (info == nullptr) {
        const auto why = why_absent(name.text);
        return fail_at(name.position,
                       why.empty() ? said("there is no function {}", quote(name.text))
                                   : said("there is no function {}: {}", quote(name.text), why),
                       why.empty() ? suggest_function(name.text) : Sentence());
    }
    take();  // '('
    std::vector<Operand> arguments;
    if (!arguments_of(*info, arguments)) return failed;
    return checked_call(name, *info, std::move(arguments));
}

bool Parser::arguments_of(const FunctionInfo& info, std::vector<Operand>& arguments) {
    Sites first;
    while (token().kind != TokenKind::Close || !arguments.empty()) {
        if (arguments.size() == 1 && info.function == Function::ChoiceName && token().kind == TokenKind::Literal) {
            arguments.push_back({choice_question(), Join::Plus});
        } else {
            arguments.push_back({expression(), Join::Plus});
        }
        if (arguments.back().node == failed) return false;
        if (arguments.size() == 1 && info.result == Type::Nodes) first = sites_;
        if (token().kind != TokenKind::Comma) break;
        take();
    }
    if (token().kind != TokenKind::Close) {
        fail("an operator, ',' or ')' is missing");
        return false;
    }
    take();
    if (info.result == Type::Nodes) sites_ = std::move(first);
    return true;
}

/// ODK: the second argument of jr:choice-name is the question in quotes. It is never evaluated. As in JavaRosa
/// (FormDef), the name of a choice of a question that has none is empty; then so is the node.
ExpressionId Parser::choice_question() {
    Token here = token();
    take();
    const std::string_view text = trim(here.text);
    if (text.size() < 4 || text.substr(0, 2) != "${" || text.back() != '}') {
        return fail_at(here.position, "the second argument is the question in quotes", said("write {}", "'${name}'"));
    }
    here.text = trim(text.substr(2, text.size() - 3));
    const std::optional<QuestionId> question = question_named(here);
    if (!question) return failed;
    ExpressionNode node;
    node.op = Op::Question;
    node.type = Type::Any;
    node.position = here.position;
    node.index = question->index;
    if (!scope_.is_select(*question)) {
        node.op = Op::Literal;
        node.type = Type::String;
        node.text_begin = static_cast<std::uint32_t>(into_.texts.size());
        if (notes_ != nullptr) {
            notes_->push_back(
                {here.position, said("{} has no choices, so that jr:choice-name() is empty", quote(here.text))});
        }
    }
    return add(node, {});
}

ExpressionId Parser::wrong_count(const Token& name, const FunctionInfo& info, std::size_t count) {
    const auto least = std::to_string(info.least);
    const auto given = std::to_string(count);
    if (info.most == unbounded)
        return fail_at(name.position, said("{}() takes {} or more arguments, not {}", info.name, least, given));
    if (info.most != info.least)
        return fail_at(name.position, said("{}() takes {} to {} arguments, not {}", info.name, least,
                                           std::to_string(info.most), given));
    return fail_at(name.position, said("{}() takes {} arguments, not {}", info.name, least, given));
}

/// string(), number(), name() and their kin without argument: of the node looked at, or of the question itself.
ExpressionId Parser::of_context(const Token& name) {
    const bool looks = !looked_at_.empty() || place_.list != no_index;
    if (!looks && place_.self) return add(Op::Self, Type::Any, name.position, {});
    if (!looks) return fail_at(name.position, said("{}() needs an argument here", name.text));
    Draft draft = start(Path::Start::Context, name.position);
    return finish(draft);
}

ExpressionId Parser::checked_call(const Token& name, const FunctionInfo& info, std::vector<Operand> arguments) {
    const std::size_t count = arguments.size();
    if (count < info.least || (info.most != unbounded && count > info.most)) return wrong_count(name, info, count);
    using Fn = Function;
    ExpressionNode node;
    node.op = Op::Call;
    node.type = info.result;
    node.function = info.function;
    node.position = name.position;
    const bool of_self =
        info.least == 0 && info.most == 1 && info.function != Fn::Uuid && info.function != Fn::Position;
    if (count == 0 && of_self) arguments.push_back({of_context(name), Join::Plus});
    const bool wants_nodes = info.function == Fn::Count || info.function == Fn::Randomize ||
                             info.function == Fn::Position || info.function == Fn::Name ||
                             info.function == Fn::LocalName || info.function == Fn::NamespaceUri;
    if (wants_nodes && !arguments.empty() && arguments[0].node != failed && !is_nodes(arguments[0].node)) {
        return fail_at(name.position, said("{}() takes nodes", info.name), said("write {} or a path", "${name}"));
    }
    if (info.function == Fn::Instance) return instance(name, arguments[0].node);
    if (info.function == Fn::PullData) return pull_data(name, arguments);
    if (info.function == Fn::IndexedRepeat) return indexed_repeat(name, arguments);
    if (info.function == Fn::Current) {
        Draft draft = start(Path::Start::Current, name.position);
        return complete(draft);
    }
    if (info.function == Fn::Id) sites_ = {};
    if (info.function == Fn::ChoiceName) {
        const ExpressionNode& question = into_.node(arguments[1].node);
        if (question.op == Op::Literal && question.text_size == 0) return arguments[1].node;
    }
    if (auto found = check_call(node, arguments, scope_, place_, into_)) {
        if (!fault_) fault_ = std::move(*found);
        return failed;
    }
    return add(node, arguments);
}

std::optional<ListId> Parser::list_named(ExpressionId argument) {
    const ExpressionNode& node = into_.node(argument);
    if (node.op != Op::Literal) {
        fail_at(node.position, "the name of a list or file is written in quotes", said("write {}", "'name'"));
        return std::nullopt;
    }
    const std::string name(trim(into_.text_of(node)));
    const std::optional<ListId> list = scope_.list(name);
    if (!list) {
        const bool first = !fault_;
        fail_at(node.position, said("there is no list or file named {}", quote(name)), scope_.suggest_list(name), true);
        fault_->said = first && scope_.is_unreadable(name);
    }
    return list;
}

std::optional<ColumnId> Parser::column_named(ListId list, ExpressionId argument) {
    const ExpressionNode& node = into_.node(argument);
    if (node.op != Op::Literal) {
        fail_at(node.position, "the name of a column is written in quotes", said("write {}", "'name'"));
        return std::nullopt;
    }
    const std::string name(trim(into_.text_of(node)));
    const auto& columns = scope_.columns(list);
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found != columns.end()) return ColumnId(static_cast<std::uint32_t>(found - columns.begin()));
    const auto named = [](const std::string& column) { return !column.empty(); };
    const bool semicolons =
        std::count_if(columns.begin(), columns.end(), named) == 1 && columns.back().find(';') != std::string::npos;
    fail_at(node.position, said("the list has no column {}", quote(name)),
            semicolons ? "put commas between the columns, not semicolons"
                       : did_you_mean(name, std::vector<std::string_view>(columns.begin(), columns.end())),
            true);
    return std::nullopt;
}

/// XForms 1.0 section 7.9.1; in ODK what it gives is above `root`, so that instance('l')/root/item are the rows.
ExpressionId Parser::instance(const Token& name, ExpressionId argument) {
    const std::optional<ListId> list = list_named(argument);
    if (!list) return failed;
    Draft draft = start(Path::Start::List, name.position);
    draft.sites.list = *list;
    draft.sites.all.push_back({Site::Kind::ListDocument});
    return complete(draft);
}

/// ODK XForms, pulldata(): instance(id)/root/item[query_element = query]/desired_element.
ExpressionId Parser::pull_data(const Token& name, const std::vector<Operand>& arguments) {
    const std::optional<ListId> list = list_named(arguments[0].node);
    if (!list) return failed;
    const std::optional<ColumnId> wanted = column_named(*list, arguments[1].node);
    if (!wanted) return failed;
    const std::optional<ColumnId> key = column_named(*list, arguments[2].node);
    if (!key) return failed;
    Draft draft = start(Path::Start::List, name.position);
    draft.sites.list = *list;
    draft.sites.all.push_back(Site::cell(*wanted));
    draft.sites.single = false;
    draft.steps = {{PathStep::Kind::Child, PathStep::item, 0},
                   {PathStep::Kind::Match, key->index, 1},
                   {PathStep::Kind::Child, wanted->index, 0}};
    draft.operands.push_back(arguments[3]);
    return finish(draft);
}

/// ODK XForms, indexed-repeat(): //repeat[position() = index]/…/node, the indices taken where the expression stands.
ExpressionId Parser::indexed_repeat(const Token& name, const std::vector<Operand>& arguments) {
    if (arguments.size() % 2 == 0) {
        return fail_at(name.position, "indexed-repeat() takes a question, then pairs of repeat and index");
    }
    const QuestionId question = target_of(arguments[0].node);
    if (question == no_index) {
        return fail_at(into_.node(arguments[0].node).position, "the first argument is a question",
                       said("write {}", "${name}"));
    }
    std::vector<std::pair<QuestionId, Operand>> indices;  // outer repeats stand before inner ones in the form
    for (std::size_t i = 1; i < arguments.size(); i += 2) {
        const QuestionId repeat = target_of(arguments[i].node);
        const bool around =
            repeat != no_index && scope_.is_repeat(repeat) && repeat < question && question < scope_.end(repeat);
        if (!around) {
            return fail_at(into_.node(arguments[i].node).position, "this is no repeat around the question",
                           said("write {} of the repeat", "${name}"));
        }
        indices.emplace_back(repeat, arguments[i + 1]);
    }
    std::sort(indices.begin(), indices.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Draft draft = start_near(indices.front().first, name.position);
    for (const auto& [repeat, index] : indices) {
        reach(draft, repeat);
        draft.steps.push_back({PathStep::Kind::Pick, PathStep::any, 1});
        draft.operands.push_back(index);
    }
    reach(draft, question);
    draft.filtered = true;
    return finish(draft);
}

}  // namespace questionnaires::engine
