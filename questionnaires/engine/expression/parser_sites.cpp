// Where a path stands after each step (XPath 1.0 section 2): what it reads is known before anything is answered.
#include <algorithm>

#include "questionnaires/engine/expression/parser.hpp"

namespace questionnaires::engine {

/// What a relative path starts from: in a predicate, the node that it looks at.
Sites Parser::context() const {
    if (!looked_at_.empty()) return *looked_at_.back();
    if (place_.list == no_question) return current();
    Sites row;
    row.list = place_.list;
    row.all.push_back({Site::Kind::Row, no_question});
    return row;
}

Sites Parser::current() const {
    Sites sites;
    sites.all.push_back({Site::Kind::Node, place_.question});
    if (place_.question != no_question) sites.scope = sites.meet = scope_.repeat(place_.question);
    return sites;
}

/// The repeat that has the node in one instance; of a repeat, the instance itself.
std::uint32_t Parser::scope_of(const Site& site) const {
    if (site.kind != Site::Kind::Node || site.name == no_question) return no_question;
    return scope_.is_repeat(site.name) ? site.name : scope_.repeat(site.name);
}

std::size_t Parser::depth_of(std::uint32_t repeat) const {
    std::size_t depth = 0;
    for (; repeat != no_question; repeat = scope_.repeat(repeat)) ++depth;
    return depth;
}

/// The innermost repeat around both.
std::uint32_t Parser::common(std::uint32_t one, std::uint32_t other) const {
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
        return a.kind != b.kind ? a.kind < b.kind : a.name < b.name;
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
    if (from == Path::Start::Document) draft.sites.all.push_back({Site::Kind::Document, no_question});
    return draft;
}

/// A name in a predicate means the question beside the node looked at when that is nearer than the one beside the node
/// the expression stands on.
Parser::Draft Parser::start_near(std::uint32_t question, std::uint32_t position) const {
    if (!looked_at_.empty() && looked_at_.back()->in_form()) {
        const std::uint32_t around = scope_.repeat(question);
        const std::size_t here = depth_of(common(looked_at_.back()->scope, around));
        if (here > depth_of(common(current().scope, around))) return start(Path::Start::Context, position);
    }
    return start(Path::Start::Current, position);
}

void Parser::reach(Draft& draft, std::uint32_t question) const {
    const std::uint32_t around = scope_.repeat(question);
    const std::uint32_t from = common(draft.sites.scope, around);
    for (std::uint32_t repeat = around; repeat != from; repeat = scope_.repeat(repeat)) draft.crossed.push_back(repeat);
    if (scope_.is_repeat(question)) draft.crossed.push_back(question);
    if (!draft.crossed.empty()) draft.sites.single = false;
    draft.sites.meet = common(draft.sites.meet, from);
    draft.sites.all.assign(1, {Site::Kind::Node, question});
    draft.sites.scope = scope_of(draft.sites.all.front());
    draft.steps.push_back({PathStep::Kind::Reach, question, 0});
}

std::vector<Site> Parser::children(const Sites& sites, std::uint32_t name) const {
    std::vector<Site> found;
    const bool any = name == PathStep::any;
    const auto add_questions = [&](std::uint32_t parent) {
        if (!any) {
            if (name < PathStep::never && scope_.parent(name) == parent) found.push_back({Site::Kind::Node, name});
            return;
        }
        const std::uint32_t end = parent == no_question ? scope_.size() : scope_.end(parent);
        for (std::uint32_t q = parent == no_question ? 0 : parent + 1; q < end; q = scope_.end(q)) {
            found.push_back({Site::Kind::Node, q});
        }
    };
    for (const Site& site : sites.all) {
        switch (site.kind) {
            case Site::Kind::Document:
                if (any || name == PathStep::root) found.push_back({Site::Kind::Node, no_question});
                break;
            case Site::Kind::Node:
                add_questions(site.name);
                break;
            case Site::Kind::ListDocument:
                if (any || name == PathStep::root) found.push_back({Site::Kind::ListRoot, no_question});
                if (name == PathStep::item) found.push_back({Site::Kind::Row, no_question});
                break;
            case Site::Kind::ListRoot:
                if (any || name == PathStep::item) found.push_back({Site::Kind::Row, no_question});
                break;
            case Site::Kind::Row: {
                if (!any && name < PathStep::never) found.push_back({Site::Kind::Cell, name});
                const auto& columns = scope_.columns(sites.list);
                for (std::uint32_t i = 0; any && i < columns.size(); ++i) {
                    if (!columns[i].empty()) found.push_back({Site::Kind::Cell, i});
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
                if (site.name == no_question) {
                    found.push_back({Site::Kind::Document, no_question});
                } else {
                    found.push_back({Site::Kind::Node, scope_.parent(site.name)});
                }
                break;
            case Site::Kind::ListRoot:
                found.push_back({Site::Kind::ListDocument, no_question});
                break;
            case Site::Kind::Row:
                found.push_back({Site::Kind::ListRoot, no_question});
                break;
            case Site::Kind::Cell:
                found.push_back({Site::Kind::Row, no_question});
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
    const auto add_range = [&](std::uint32_t begin, std::uint32_t end) {
        for (std::uint32_t q = begin; q < end; ++q) {
            found.push_back({Site::Kind::Node, q});
            if (scope_.is_repeat(q)) draft.crossed.push_back(q);
        }
    };
    std::uint32_t done = 0;  // subtrees are visited once, whatever holds them
    for (const Site& site : draft.sites.all) {
        if (site.kind == Site::Kind::Document) found.push_back({Site::Kind::Node, no_question});
        const bool whole = site.kind == Site::Kind::Document || site.name == no_question;
        if (site.kind == Site::Kind::Document || site.kind == Site::Kind::Node) {
            const std::uint32_t end = whole ? scope_.size() : scope_.end(site.name);
            add_range(std::max(done, whole ? 0 : site.name + 1), end);
            done = std::max(done, end);
        }
        if (site.kind == Site::Kind::ListDocument) found.push_back({Site::Kind::ListRoot, no_question});
        if (site.kind == Site::Kind::ListDocument || site.kind == Site::Kind::ListRoot) {
            found.push_back({Site::Kind::Row, no_question});
        }
        if (site.kind != Site::Kind::Cell && draft.sites.list != no_question) {
            const std::size_t columns = scope_.columns(draft.sites.list).size();
            for (std::uint32_t i = 0; i < columns; ++i) found.push_back({Site::Kind::Cell, i});
        }
    }
    draft.sites.single = false;
    draft.steps.push_back({PathStep::Kind::Descend, PathStep::any, 0});
    arrive(draft, std::move(found));
}

}  // namespace questionnaires::engine
