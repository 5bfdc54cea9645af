// Where a path stands after each step (XPath 1.0 section 2): what it reads is known before anything is answered.
#include <algorithm>
#include <tuple>

#include "questionnaires/engine/expression/parser.hpp"

namespace questionnaires::engine {

/// What a relative path starts from: in a predicate, the node that it looks at.
Sites Parser::context() const {
    if (!looked_at_.empty()) return *looked_at_.back();
    if (place_.list == no_index) return current();
    Sites row;
    row.list = place_.list;
    row.all.push_back({Site::Kind::Row});
    return row;
}

Sites Parser::current() const {
    Sites sites;
    sites.all.push_back(Site::node(place_.question));
    if (place_.question != no_index) sites.scope = sites.meet = scope_.repeat(place_.question);
    return sites;
}

/// The repeat that has the node in one instance; of a repeat, the instance itself.
QuestionId Parser::scope_of(const Site& site) const {
    if (site.kind != Site::Kind::Node || site.question == no_index) return no_index;
    return scope_.is_repeat(site.question) ? site.question : scope_.repeat(site.question);
}

std::size_t Parser::depth_of(QuestionId repeat) const {
    std::size_t depth = 0;
    for (; repeat != no_index; repeat = scope_.repeat(repeat)) ++depth;
    return depth;
}

/// The innermost repeat around both.
QuestionId Parser::common(QuestionId one, QuestionId other) const {
    std::size_t deep = depth_of(one);
    std::size_t other_deep = depth_of(other);
    for (; deep > other_deep; --deep) one = scope_.repeat(one);
    for (; other_deep > deep; --other_deep) other = scope_.repeat(other);
    while (one != other) {
        one = scope_.repeat(one);
        other = scope_.repeat(other);
    }
    return one;
}

void Parser::arrive(Draft& draft, std::vector<Site> sites) const {
    const auto before = [](const Site& a, const Site& b) {
        return std::tie(a.kind, a.question, a.column) < std::tie(b.kind, b.question, b.column);
    };
    std::sort(sites.begin(), sites.end(), before);
    sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
    draft.sites.all = std::move(sites);
    if (draft.sites.all.size() > 1) draft.sites.single = false;
    if (draft.sites.all.empty()) return;
    draft.sites.scope = scope_of(draft.sites.all.front());
    for (const Site& site : draft.sites.all) draft.sites.scope = common(draft.sites.scope, scope_of(site));
    draft.sites.meet = common(draft.sites.meet, draft.sites.scope);
}

Parser::Draft Parser::start(Path::Start from, std::uint32_t position) const {
    Draft draft;
    draft.position = position;
    draft.path.start = from;
    if (from == Path::Start::Context) draft.sites = context();
    if (from == Path::Start::Current) draft.sites = current();
    if (from == Path::Start::Document) draft.sites.all.push_back({Site::Kind::Document});
    return draft;
}

/// A name in a predicate means the question beside the node looked at when that is nearer than the one beside the node
/// the expression stands on.
Parser::Draft Parser::start_near(QuestionId question, std::uint32_t position) const {
    if (!looked_at_.empty() && looked_at_.back()->in_form()) {
        const QuestionId around = scope_.repeat(question);
        const std::size_t here = depth_of(common(looked_at_.back()->scope, around));
        if (here > depth_of(common(current().scope, around))) return start(Path::Start::Context, position);
    }
    return start(Path::Start::Current, position);
}

void Parser::reach(Draft& draft, QuestionId question) const {
    const QuestionId around = scope_.repeat(question);
    const QuestionId from = common(draft.sites.scope, around);
    for (QuestionId repeat = around; repeat != from; repeat = scope_.repeat(repeat)) draft.crossed.push_back(repeat);
    if (scope_.is_repeat(question)) draft.crossed.push_back(question);
    if (!draft.crossed.empty()) draft.sites.single = false;
    draft.sites.meet = common(draft.sites.meet, from);
    draft.sites.all.assign(1, Site::node(question));
    draft.sites.scope = scope_of(draft.sites.all.front());
    draft.steps.push_back({PathStep::Kind::Reach, question.index, 0});
}

std::vector<Site> Parser::children(const Sites& sites, std::uint32_t name) const {
    std::vector<Site> found;
    const bool any = name == PathStep::any;
    const auto add_questions = [&](QuestionId parent) {
        if (!any) {
            const QuestionId wanted(name);
            if (name < PathStep::never && scope_.parent(wanted) == parent) found.push_back(Site::node(wanted));
            return;
        }
        const QuestionId end = parent == no_index ? scope_.end() : scope_.end(parent);
        for (QuestionId q = parent == no_index ? QuestionId() : parent + 1; q < end; q = scope_.end(q)) {
            found.push_back(Site::node(q));
        }
    };
    for (const Site& site : sites.all) {
        switch (site.kind) {
            case Site::Kind::Document:
                if (any || name == PathStep::root) found.push_back(Site::node(no_index));
                break;
            case Site::Kind::Node:
                add_questions(site.question);
                break;
            case Site::Kind::ListDocument:
                if (any || name == PathStep::root) found.push_back({Site::Kind::ListRoot});
                if (name == PathStep::item) found.push_back({Site::Kind::Row});
                break;
            case Site::Kind::ListRoot:
                if (any || name == PathStep::item) found.push_back({Site::Kind::Row});
                break;
            case Site::Kind::Row: {
                if (!any && name < PathStep::never) found.push_back(Site::cell(ColumnId(name)));
                const Columns& columns = scope_.columns(sites.list);
                for (const ColumnId column : columns.ids()) {
                    if (any && !columns[column].empty()) found.push_back(Site::cell(column));
                }
                break;
            }
            case Site::Kind::Cell:
                break;
        }
    }
    return found;
}

void Parser::parent(Draft& draft) const {
    std::vector<Site> found;
    for (const Site& site : draft.sites.all) {
        switch (site.kind) {
            case Site::Kind::Node:
                if (site.question == no_index) {
                    found.push_back({Site::Kind::Document});
                } else {
                    found.push_back(Site::node(scope_.parent(site.question)));
                }
                break;
            case Site::Kind::ListRoot:
                found.push_back({Site::Kind::ListDocument});
                break;
            case Site::Kind::Row:
                found.push_back({Site::Kind::ListRoot});
                break;
            case Site::Kind::Cell:
                found.push_back({Site::Kind::Row});
                break;
            case Site::Kind::Document:
            case Site::Kind::ListDocument:
                break;
        }
    }
    draft.steps.push_back({PathStep::Kind::Parent, PathStep::any, 0});
    arrive(draft, std::move(found));
}

void Parser::descend(Draft& draft) const {
    std::vector<Site> found = draft.sites.all;
    const auto add_range = [&](QuestionId begin, QuestionId end) {
        for (QuestionId q = begin; q < end; ++q) {
            found.push_back(Site::node(q));
            if (scope_.is_repeat(q)) draft.crossed.push_back(q);
        }
    };
    QuestionId done;  // subtrees are visited once, whatever holds them
    for (const Site& site : draft.sites.all) {
        if (site.kind == Site::Kind::Document) found.push_back(Site::node(no_index));
        const bool whole = site.kind == Site::Kind::Document || site.question == no_index;
        if (site.kind == Site::Kind::Document || site.kind == Site::Kind::Node) {
            const QuestionId end = whole ? scope_.end() : scope_.end(site.question);
            add_range(std::max(done, whole ? QuestionId() : site.question + 1), end);
            done = std::max(done, end);
        }
        if (site.kind == Site::Kind::ListDocument) found.push_back({Site::Kind::ListRoot});
        if (site.kind == Site::Kind::ListDocument || site.kind == Site::Kind::ListRoot) {
            found.push_back({Site::Kind::Row});
        }
        if (site.kind != Site::Kind::Cell && draft.sites.list != no_index) {
            for (const ColumnId column : scope_.columns(draft.sites.list).ids()) found.push_back(Site::cell(column));
        }
    }
    draft.sites.single = false;
    draft.steps.push_back({PathStep::Kind::Descend, PathStep::any, 0});
    arrive(draft, std::move(found));
}

}  // namespace questionnaires::engine
