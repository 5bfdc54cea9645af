// Node-sets: paths step by step, predicates, comparisons (XPath 1.0 sections 2, 3.3 and 3.4).
#include <algorithm>
#include <array>

#include "questionnaires/engine/interview/evaluate.hpp"

namespace questionnaires::engine {

/// The node is in the set when it is relevant: what is not does not exist (ODK XForms, bind attributes, relevant).
void Evaluator::add(NodeId node, Nodes& into) {
    count(1);
    if (!values_.is_relevant(node) && values_.question_of(node) != with_hidden_) {
        into.sure = into.sure && values_.is_certain(node);
        return;
    }
    into.refs.push_back(Ref::of(node));
}

/// Of a repeat, its instances.
void Evaluator::add_named(NodeId node, Nodes& into) {
    if (form_.questions[values_.question_of(node)].kind != Kind::Repeat) return add(node, into);
    into.sure = into.sure && values_.is_certain(node) && values_.is_relevant(node);
    for (const NodeId instance : values_.instances_of(node)) {
        if (over_budget()) return;
        add(instance, into);
    }
}

/// From the instance that both are in down to every node of the question.
void Evaluator::reach(const Ref& from, QuestionId question, Nodes& into) {
    std::array<QuestionId, Limits::nesting + 2> below{};
    std::size_t depth = 0;
    QuestionId next = question;
    while (values_.node_of(from.node(), next) == no_index) {
        below[depth++] = next;
        next = form_.questions[next].repeat;
    }
    const NodeId top = values_.node_of(from.node(), next);
    if (depth == 0) return add_named(top, into);
    Nodes level(&scratch_);
    add_named(top, level);
    while (depth > 0) {
        const QuestionId wanted = below[--depth];
        Nodes deeper(&scratch_);
        deeper.sure = level.sure;
        for (const Ref& instance : level.refs) {
            if (over_budget()) break;
            add_named(values_.node_of(instance.node(), wanted), deeper);
        }
        level = std::move(deeper);
    }
    into.sure = into.sure && level.sure;
    into.refs.insert(into.refs.end(), level.refs.begin(), level.refs.end());
}

void Evaluator::children_of_row(const Ref& from, const PathStep& step, Nodes& into) {
    if (step.is_name()) {
        into.refs.push_back(Ref::of(from.list, from.row(), step.column()));
        return;
    }
    const Columns& columns = form_.column_sets[form_.lists[from.list].columns];
    for (const ColumnId column : columns.ids()) {
        const bool wanted = step.name == PathStep::any && !columns[column].empty();
        if (wanted) into.refs.push_back(Ref::of(from.list, from.row(), column));
    }
}

void Evaluator::children(const Ref& from, const PathStep& step, Nodes& into) {
    const bool top = from.is_root() && from.column == Ref::document;
    const bool any = step.name == PathStep::any;
    if (top && (any || step.name == PathStep::root)) into.refs.push_back(Ref::root_of(from.list));
    if (from.list != no_index) {
        if (!from.is_root()) {
            if (from.column == no_index) children_of_row(from, step, into);
            return;
        }
        if (step.name != PathStep::item && (top || !any)) return;
        const auto& rows = form_.lists[from.list].choices;
        count(rows.size());
        if (over_budget()) return;
        into.refs.reserve(rows.size());
        for (const ChoiceId row : rows.ids()) into.refs.push_back(Ref::of(from.list, row));
        return;
    }
    if (top) return;
    const QuestionId above = from.is_root() ? QuestionId(no_index) : values_.question_of(from.node());
    if (!any) {
        const QuestionId named = step.question();
        if (named < form_.questions.end_id() && form_.questions[named].parent == above) {
            add_named(values_.node_of(from.node(), named), into);
        }
        return;
    }
    const QuestionId end = above == no_index ? form_.questions.end_id() : form_.questions[above].end;
    for (QuestionId q = above == no_index ? QuestionId() : above + 1; q < end && !over_budget();
         q = form_.questions[q].end) {
        add_named(values_.node_of(from.node(), q), into);
    }
}

void Evaluator::parent(const Ref& from, Nodes& into) {
    if (from.is_root()) {
        if (from.column != Ref::document) into.refs.push_back(Ref::document_of(from.list));
    } else if (from.list == no_index) {
        into.refs.push_back(Ref::of(values_.parent_of(from.node())));
    } else {
        into.refs.push_back(from.column == no_index ? Ref::root_of(from.list) : Ref::of(from.list, from.row()));
    }
}

/// The node and all below it, in the order of the form, without recursion.
void Evaluator::descend(const Ref& from, Nodes& into) {
    std::pmr::vector<Ref> open({from}, &scratch_);
    while (!open.empty() && !over_budget()) {
        const Ref next = open.back();
        open.pop_back();
        into.refs.push_back(next);
        Nodes below(&scratch_);
        children(next, PathStep{}, below);
        count(below.refs.size() + 1);
        into.sure = into.sure && below.sure;
        open.insert(open.end(), below.refs.rbegin(), below.refs.rend());
    }
}

void Evaluator::match(const PathStep& step, const Operand& operand, Nodes& from) {
    const Value wanted = evaluate(operand.node);
    std::size_t left = 0;
    for (const Ref& ref : from.refs) {
        if (over_budget()) break;
        count(1);
        const Value key = Value::of(cell(ref.list, ref.row(), step.column()), true);
        if (related(Op::Equal, key, wanted)) from.refs[left++] = ref;
    }
    from.refs.resize(left);
    from.sure = from.sure && wanted.known;
}

/// JavaRosa, indexedRepeat: an index below 1 counts as 1.
void Evaluator::pick(const Operand& operand, Nodes& from) {
    const Value index = evaluate(operand.node);
    const double place = number_of(index) >= 1 ? number_of(index) : 1;
    from.sure = from.sure && index.known;
    if (place < static_cast<double>(from.refs.size()) + 1) {
        const Ref found = from.refs[static_cast<std::size_t>(place) - 1];
        from.refs.assign(1, found);
    } else {
        from.refs.clear();
    }
}

/// XPath 1.0 section 2.4: a number is the place of the node, anything else is true or false.
void Evaluator::filter(std::span<const Operand> predicates, Nodes& candidates) {
    const Looked outer = looked_at_;
    for (const Operand& predicate : predicates) {
        std::size_t left = 0;
        const std::size_t last = candidates.refs.size();
        const Op op = expressions_.node(predicate.node).op;
        for (std::size_t i = 0; i < last && !over_budget(); ++i) {
            looked_at_ = {candidates.refs[i], i + 1, last};
            bool known = true;
            bool stays = false;
            if (is_nodes(predicate.node) || op == Op::Question || op == Op::Self || op == Op::Cell) {
                stays = truth(predicate.node, known);
            } else {
                const Value value = evaluate(predicate.node);
                known = value.known;
                stays =
                    value.type == Value::Type::Number ? value.number == static_cast<double>(i + 1) : to_boolean(value);
            }
            candidates.sure = candidates.sure && known;
            if (stays) candidates.refs[left++] = candidates.refs[i];
        }
        candidates.refs.resize(left);
    }
    looked_at_ = outer;
}

Nodes Evaluator::walk(const ExpressionNode& node) {
    const Path& path = expressions_.path_of(node);
    std::span<const Operand> operands = expressions_.operands_of(node);
    Nodes at(&scratch_);
    switch (path.start) {
        case Path::Start::Context:
            at.refs.push_back(looked_at_.ref);
            break;
        case Path::Start::Current:
            at.refs.push_back(Ref::of(around_.self));
            break;
        case Path::Start::Document:
            at.refs.push_back(Ref::document_of(no_index));
            break;
        case Path::Start::List:
            at.refs.push_back(Ref::document_of(path.list));
            break;
        case Path::Start::Operand:
            at = nodes_of(operands[0].node);
            operands = operands.subspan(1);
            break;
    }
    bool first = true;
    for (const PathStep& step : expressions_.steps_of(path)) {
        const auto predicates = operands.first(step.predicates);
        operands = operands.subspan(step.predicates);
        // What a parenthesis or a function gives is filtered as one set (XPath 1.0 section 3.3).
        if (step.kind == PathStep::Kind::Pick) {
            pick(predicates[0], at);
        } else if (step.kind == PathStep::Kind::Match) {
            match(step, predicates[0], at);
        } else if (step.kind == PathStep::Kind::Self && first) {
            filter(predicates, at);
        } else {
            Nodes next(&scratch_);
            next.sure = at.sure;
            if (step.kind == PathStep::Kind::Child) next.refs.reserve(at.refs.size());
            Nodes found(&scratch_);
            for (const Ref& ref : at.refs) {
                if (over_budget()) break;
                count(1);
                found.refs.clear();
                found.sure = true;
                switch (step.kind) {
                    case PathStep::Kind::Reach:
                        reach(ref, step.question(), found);
                        break;
                    case PathStep::Kind::Child:
                        children(ref, step, found);
                        break;
                    case PathStep::Kind::Parent:
                        parent(ref, found);
                        break;
                    case PathStep::Kind::Descend:
                        descend(ref, found);
                        break;
                    case PathStep::Kind::Self:
                    case PathStep::Kind::Pick:
                    case PathStep::Kind::Match:
                        found.refs.push_back(ref);
                        break;
                }
                filter(predicates, found);
                next.sure = next.sure && found.sure;
                if (at.refs.size() == 1) {
                    next.refs.swap(found.refs);
                } else {
                    next.refs.insert(next.refs.end(), found.refs.begin(), found.refs.end());
                }
            }
            const bool may_repeat = step.kind == PathStep::Kind::Parent || step.kind == PathStep::Kind::Descend;
            if (may_repeat && at.refs.size() > 1) arrange(next);
            at = std::move(next);
        }
        first = false;
    }
    return at;
}

/// The order of the form, each node once.
void Evaluator::arrange(Nodes& nodes) {
    count(nodes.refs.size());
    const auto place = [&](const Ref& ref) {
        if (ref.is_root()) return ref.column == Ref::document ? std::uint64_t{0} : std::uint64_t{1};
        if (ref.list == no_index) return std::uint64_t{values_.order_of(ref.node())} + 2;
        return (std::uint64_t{ref.index} + 1) << 32U | (ref.column == no_index ? 0U : ref.column.index + 1U);
    };
    std::sort(nodes.refs.begin(), nodes.refs.end(), [&](const Ref& a, const Ref& b) { return place(a) < place(b); });
    nodes.refs.erase(std::unique(nodes.refs.begin(), nodes.refs.end()), nodes.refs.end());
}

Nodes Evaluator::nodes_of(ExpressionId expression) {
    count(1);
    Nodes nodes(&scratch_);
    if (over_budget()) return nodes;
    const ExpressionNode& node = expressions_.node(expression);
    switch (node.op) {
        case Op::Path:
            return walk(node);
        case Op::Question:
            add(values_.node_of(around_.self, node.question()), nodes);
            return nodes;
        case Op::Self:
            add(around_.self, nodes);
            return nodes;
        case Op::Cell:
            nodes.refs.push_back(Ref::of(looked_at_.ref.list, looked_at_.ref.row(), node.column()));
            return nodes;
        case Op::Union:
            for (const Operand& operand : expressions_.operands_of(node)) {
                const Nodes more = nodes_of(operand.node);
                nodes.sure = nodes.sure && more.sure;
                nodes.refs.insert(nodes.refs.end(), more.refs.begin(), more.refs.end());
            }
            arrange(nodes);
            return nodes;
        case Op::Call:
            if (node.function == Function::Randomize) return shuffled(expressions_.operands_of(node));
            return nodes;
        default:
            return nodes;
    }
}

/// XPath 1.0 section 4.3: a node-set is true unless it is empty. One question alone is taken by its value, as ODK does.
bool Evaluator::truth(ExpressionId expression, bool& known) {
    if (!is_nodes(expression)) {
        const Value value = evaluate(expression);
        known = value.known;
        return to_boolean(value);
    }
    const Nodes nodes = nodes_of(expression);
    known = nodes.sure;
    if (nodes.refs.size() != 1) return !nodes.refs.empty();
    const Ref& ref = nodes.refs.front();
    const bool in_form = ref.list == no_index;
    const bool valued = !ref.is_root() && (in_form ? has_value(form_.questions[values_.question_of(ref.node())].kind)
                                                   : ref.column != no_index);
    if (!valued) return true;
    const Value value = value_of(ref);
    known = known && value.known;
    return to_boolean(value);
}

/// XPath 1.0 section 3.4: some pair of nodes is so related. Kleene: one known true pair decides.
Value Evaluator::compare_nodes(const ExpressionNode& node, Arguments operands) {
    std::array<std::pmr::vector<Value>, 2> sides{std::pmr::vector<Value>(&scratch_),
                                                 std::pmr::vector<Value>(&scratch_)};
    bool known = true;
    for (std::size_t i = 0; i < 2; ++i) {
        const ExpressionNode& other = expressions_.node(operands[1 - i].node);
        if (is_nodes(operands[i].node) && other.type == Type::Boolean) {
            bool certain = true;
            const bool is_true = truth(operands[i].node, certain);
            sides[i].push_back(Value::of(is_true, certain));
            continue;
        }
        const bool sure =
            for_each_value(operands.subspan(i, 1), true, [&](const Value& value) { sides[i].push_back(value); });
        // JavaRosa, XPathNodeset.unpack: what is not there, or irrelevant, is the empty text.
        if (sides[i].empty()) sides[i].push_back(Value::of(std::string_view(), sure));
        known = known && sure;
    }
    bool result = false;
    for (const Value& left : sides[0]) {
        for (const Value& right : sides[1]) {
            count(1);
            if (over_budget()) return Value::of(false, false);
            const bool pair = related(node.op, left, right);
            if (pair && left.known && right.known) return Value::of(true, true);
            result = result || pair;
            known = known && left.known && right.known;
        }
    }
    return Value::of(result, known);
}

}  // namespace questionnaires::engine
