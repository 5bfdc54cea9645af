// Paths as they are written: XPath 1.0 section 2, with the axes of ODK XForms. The form is known, so every step is
// checked here.
#include <algorithm>

#include "questionnaires/engine/expression/parser.hpp"

namespace questionnaires::engine {

bool Parser::continues_path() const noexcept {
    return token().kind == TokenKind::Slash || token().kind == TokenKind::Descend ||
           token().kind == TokenKind::OpenBracket;
}

std::optional<QuestionId> Parser::question_named(const Token& here) {
    const std::optional<QuestionId> question = scope_.question(here.text);
    if (!question) {
        fail_at(here.position, said("there is no question named {}", quote(here.text)), scope_.suggest(here.text),
                true);
    }
    return question;
}

ExpressionId Parser::reference(const Token& here) {
    const std::optional<QuestionId> question = question_named(here);
    if (!question) return failed;
    if (scope_.is_group(*question) && !scope_.is_repeat(*question) && !continues_path()) {
        return fail_at(here.position, said("{} is a group or a note and has no value", quote(here.text)), {}, true);
    }
    Draft draft = start_near(*question, here.position);
    reach(draft, *question);
    return complete(draft);
}

/// ODK XForms, "A Big Deviation with XForms": inside a repeat an absolute path means the instance it is used in. So
/// names that follow the root one by one are like ${name}.
ExpressionId Parser::absolute() {
    const std::uint32_t position = token().position;
    const auto name_follows = [&] { return token().kind == TokenKind::Slash && token_after().kind == TokenKind::Name; };
    if (!name_follows() || !scope_.is_root(token_after().text)) {
        Draft draft = start(Path::Start::Document, position);
        return complete(draft);
    }
    take();
    take();
    QuestionId at = no_index;
    while (name_follows()) {
        const std::optional<QuestionId> next = scope_.question(token_after().text);
        if (!next || scope_.parent(*next) != at) break;
        take();
        take();
        at = *next;
    }
    if (at == no_index) {
        Draft draft = start(Path::Start::Document, position);
        draft.steps.push_back({PathStep::Kind::Child, PathStep::root, 0});
        arrive(draft, {Site::node(no_index)});
        return complete(draft);
    }
    const bool from_context = !looked_at_.empty() && looked_at_.back()->in_form();
    Draft draft = start(from_context ? Path::Start::Context : Path::Start::Current, position);
    reach(draft, at);
    return complete(draft);
}

ExpressionId Parser::relative() {
    const Token here = token();
    Draft draft = start(Path::Start::Context, here.position);
    if (!step(draft) || !predicates(draft)) return failed;
    const bool alone = here.kind == TokenKind::Dot && draft.steps.empty() && !continues_path();
    if (alone && looked_at_.empty() && place_.list == no_index) {
        if (!place_.self) return no_self(here.position);
        sites_ = draft.sites;
        return add(Op::Self, Type::Any, here.position, {});
    }
    return complete(draft);
}

/// Why '.' means nothing where the expression stands. Only a constraint looks at the answer of its own row: in anything
/// else of a row it would depend on itself.
ExpressionId Parser::no_self(std::uint32_t position) {
    if (!place_.row.empty()) {
        return fail_at(position, said("'.' is the answer of a question, and {} has none", place_.row),
                       said("write {}", "${name}"));
    }
    if (place_.question == no_index) {
        return fail_at(position, "'.' is the answer of a question, and none is given here",
                       said("write {}", "${name}"));
    }
    return fail_at(
        position, "'.' is the answer of this row, which only its constraint may ask for",
        place_.once ? said("write {}, or once(…) to keep what is there", "${name}") : said("write {}", "${name}"));
}

/// What follows a node-set in parentheses or of a function.
ExpressionId Parser::after(ExpressionId start_node) {
    if (!is_nodes(start_node)) return fail("only a path can be followed by '/' or '['");
    Draft draft;
    draft.position = token().position;
    draft.path.start = Path::Start::Operand;
    draft.operands.push_back({start_node, Join::Plus});
    draft.sites = sites_;
    draft.sites.single = false;
    return complete(draft);
}

/// Predicates, further steps, and the node.
ExpressionId Parser::complete(Draft& draft) {
    const bool root_alone = draft.path.start == Path::Start::Document && draft.steps.empty();
    if (root_alone && token().kind == TokenKind::Slash) {
        const TokenKind next = token_after().kind;
        const bool more = next == TokenKind::Name || next == TokenKind::Star || next == TokenKind::Dot ||
                          next == TokenKind::Parent || next == TokenKind::Axis;
        if (!more) {
            take();
            return finish(draft);
        }
    }
    if (!predicates(draft) || !steps(draft)) return failed;
    return finish(draft);
}

bool Parser::steps(Draft& draft) {
    while (token().kind == TokenKind::Slash || token().kind == TokenKind::Descend) {
        if (take() == TokenKind::Descend) descend(draft);
        if (!step(draft) || !predicates(draft)) return false;
        if (draft.steps.size() > most_steps || draft.sites.all.size() > most_reads) {
            fail("the path has too many steps");
            return false;
        }
    }
    return true;
}

bool Parser::step(Draft& draft) {
    const Token here = token();
    switch (here.kind) {
        case TokenKind::Dot:
            take();
            return true;
        case TokenKind::Parent:
            take();
            parent(draft);
            return true;
        case TokenKind::Star:
            take();
            draft.sites.single = false;
            draft.steps.push_back({PathStep::Kind::Child, PathStep::any, 0});
            arrive(draft, children(draft.sites, PathStep::any));
            for (const Site& site : draft.sites.all) {
                if (site.kind == Site::Kind::Node && site.question != no_index && scope_.is_repeat(site.question)) {
                    draft.crossed.push_back(site.question);
                }
            }
            return true;
        case TokenKind::Axis:
            return axis(draft);
        case TokenKind::Name:
            if (token_after().kind == TokenKind::Open) {
                fail("a function is no step of a path", "put the path into its parentheses");
                return false;
            }
            take();
            return child(draft, here);
        default:
            fail("a path ends where a name is expected");
            return false;
    }
}

/// child::name, and parent::* or self::*, also written with node().
bool Parser::axis(Draft& draft) {
    const Token axis = token();
    take();
    if (axis.text == "child") return step(draft);
    if (axis.text != "parent" && axis.text != "self") {
        fail_at(axis.position, said("the axis {} does not exist here", quote(axis.text)), "child, parent or self");
        return false;
    }
    const bool node_test = token().kind == TokenKind::Name && token().text == "node" && at_ + 2 < tokens_.size() &&
                           tokens_[at_ + 1].kind == TokenKind::Open && tokens_[at_ + 2].kind == TokenKind::Close;
    if (node_test) {
        at_ += 3;
    } else if (token().kind == TokenKind::Star) {
        take();
    } else {
        fail(said("after {}:: stands *", axis.text), said("write {} or {}", "'..'", "'.'"));
        return false;
    }
    if (axis.text == "parent") parent(draft);
    return true;
}

/// The name as a step has it, or PathStep::never.
std::uint32_t Parser::child_name(const Draft& draft, const Token& name) const {
    const auto has = [&](Site::Kind kind) {
        return std::any_of(draft.sites.all.begin(), draft.sites.all.end(),
                           [&](const Site& site) { return site.kind == kind; });
    };
    if (draft.sites.in_form()) {
        if (has(Site::Kind::Document) && scope_.is_root(name.text)) return PathStep::root;
        const std::optional<QuestionId> question = scope_.question(name.text);
        return question ? question->index : PathStep::never;
    }
    if (draft.sites.list == no_index) return PathStep::never;
    if (has(Site::Kind::ListDocument) && name.text == "root") return PathStep::root;
    if ((has(Site::Kind::ListDocument) || has(Site::Kind::ListRoot)) && name.text == "item") return PathStep::item;
    const auto& columns = scope_.columns(draft.sites.list);
    const auto found = std::find(columns.begin(), columns.end(), name.text);
    return found == columns.end() ? PathStep::never : static_cast<std::uint32_t>(found - columns.begin());
}

bool Parser::child(Draft& draft, const Token& name) {
    const std::uint32_t wanted = child_name(draft, name);
    std::vector<Site> found = children(draft.sites, wanted);
    if (wanted == PathStep::never || found.empty()) {
        const auto question = scope_.question(name.text);
        Sentence hint;
        if (draft.sites.list == no_index) {
            hint = question ? said("write {}", "${" + std::string(name.text) + "}") : scope_.suggest(name.text);
        } else {
            const auto& columns = scope_.columns(draft.sites.list);
            hint = did_you_mean(name.text, std::vector<std::string_view>(columns.begin(), columns.end()));
        }
        const bool is_column = draft.sites.list != no_index;
        fail_at(name.position,
                is_column ? said("the list has no column {}", quote(name.text))
                          : said("nothing here is named {}", quote(name.text)),
                std::move(hint), true);
        return false;
    }
    const bool repeat = draft.sites.in_form() && wanted < PathStep::never && scope_.is_repeat(QuestionId(wanted));
    if (repeat) draft.crossed.push_back(QuestionId(wanted));
    if (repeat || wanted == PathStep::item) draft.sites.single = false;
    draft.steps.push_back({PathStep::Kind::Child, wanted, 0});
    arrive(draft, std::move(found));
    return true;
}

bool Parser::predicates(Draft& draft) {
    while (token().kind == TokenKind::OpenBracket) {
        take();
        if (draft.steps.empty()) draft.steps.push_back({PathStep::Kind::Self, PathStep::any, 0});
        Sites looked = draft.sites;
        looked.single = true;
        looked_at_.push_back(&looked);
        const ExpressionId condition = expression();
        looked_at_.pop_back();
        if (condition == failed) return false;
        if (token().kind != TokenKind::CloseBracket) {
            fail("']' is missing");
            return false;
        }
        take();
        draft.operands.push_back({condition, Join::Plus});
        ++draft.steps.back().predicates;
        draft.filtered = true;
        draft.sites.single = false;
    }
    return true;
}

/// Whether the path always leads to the one node that ${name} means where the expression stands.
bool Parser::is_one_question(const Draft& draft) const {
    const Sites& sites = draft.sites;
    if (!sites.single || draft.filtered || sites.all.size() != 1 || !sites.in_form()) return false;
    const bool from_here = draft.path.start != Path::Start::Context || (looked_at_.empty() && place_.list == no_index);
    const QuestionId name = sites.all.front().question;
    return from_here && sites.all.front().kind == Site::Kind::Node && name != no_index && !scope_.is_group(name);
}

/// A column of the row that a predicate looks at: the usual way to search a list, so it is no node-set to build.
bool Parser::is_one_cell(const Draft& draft) const {
    if (looked_at_.empty() || draft.path.start != Path::Start::Context || draft.filtered) return false;
    const auto& rows = looked_at_.back()->all;
    return rows.size() == 1 && rows.front().kind == Site::Kind::Row && draft.steps.size() == 1 &&
           draft.steps.front().kind == PathStep::Kind::Child && draft.steps.front().is_name();
}

ExpressionId Parser::finish(Draft& draft) {
    ExpressionNode node;
    node.position = draft.position;
    sites_ = draft.sites;
    if (is_one_question(draft)) {
        node.op = Op::Question;
        node.type = Type::Any;
        node.index = draft.sites.all.front().question.index;
        return add(node, {});
    }
    if (is_one_cell(draft)) {
        node.op = Op::Cell;
        node.type = Type::Any;
        node.index = draft.sites.all.front().column.index;
        return add(node, {});
    }
    Path& path = draft.path;
    path.list = draft.sites.list;
    path.first_step = static_cast<std::uint32_t>(into_.steps.size());
    path.step_count = static_cast<std::uint32_t>(draft.steps.size());
    path.first_read = static_cast<std::uint32_t>(into_.reads.size());
    for (const QuestionId repeat : draft.crossed) into_.reads.push_back({repeat, draft.sites.meet});
    for (const Site& site : draft.sites.all) {
        if (site.kind != Site::Kind::Node || site.question == no_index) continue;
        into_.reads.push_back({site.question, draft.sites.meet});
        if (draft.sites.all.size() == 1) path.target = site.question;
    }
    path.read_count = static_cast<std::uint32_t>(into_.reads.size()) - path.first_read;
    if (into_.reads.size() > most_reads) {
        return fail_at(draft.position, "the paths of the form lead to too many nodes", "name the ones that count");
    }
    into_.steps.insert(into_.steps.end(), draft.steps.begin(), draft.steps.end());
    node.op = Op::Path;
    node.type = Type::Nodes;
    node.index = static_cast<std::uint32_t>(into_.paths.size());
    into_.paths.push_back(path);
    return add(node, draft.operands);
}

bool Parser::is_nodes(ExpressionId node) const noexcept {
    const ExpressionNode& found = into_.node(node);
    return found.type == Type::Nodes || found.op == Op::Question || found.op == Op::Self || found.op == Op::Cell;
}

/// The question that a path always ends on.
QuestionId Parser::target_of(ExpressionId node) const noexcept {
    const ExpressionNode& found = into_.node(node);
    if (found.op == Op::Question) return found.question();
    return found.op == Op::Path ? into_.path_of(found).target : QuestionId(no_index);
}

}  // namespace questionnaires::engine
