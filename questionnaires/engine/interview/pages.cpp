// Pages: which there are now, over all repeat instances, and moving between them.
#include <algorithm>

#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {

bool Interview::State::shown(NodeId node) const noexcept {
    return is_visible(question(node).kind) && nodes[node].relevant;
}

/// The nodes of the page, relevant or not; of a page that asks for a further instance, the repeat.
void Interview::State::show(const Stop& stop, std::pmr::vector<NodeId>& into) const {
    const PageRange& range = data->pages[stop.page];
    if (range.more) {
        const NodeId repeat = node_in(stop.instance, range.begin);
        if (nodes[repeat].relevant) into.push_back(repeat);
        return;
    }
    for (QuestionId q = range.begin; q < range.end; ++q) {
        const NodeId node = node_in(stop.instance, q);
        if (shown(node)) into.push_back(node);
    }
}

bool Interview::State::live(const Stop& stop) const noexcept {
    const PageRange& range = data->pages[stop.page];
    if (range.more) return nodes[node_in(stop.instance, range.begin)].relevant;
    for (QuestionId q = range.begin; q < range.end; ++q) {
        if (shown(node_in(stop.instance, q))) return true;
    }
    return false;
}

/// Recursion is as deep as repeats are nested.
void Interview::State::list_stops(InstanceId instance, PageId from, PageId to, std::pmr::vector<Stop>& into) const {
    for (PageId page = from; page < to;) {
        QuestionId repeat = data->pages[page].repeat;
        if (repeat == instances[instance].repeat) {
            into.push_back({page, instance});
            ++page;
            continue;
        }
        while (data->questions[repeat].repeat != instances[instance].repeat) repeat = data->questions[repeat].repeat;
        const Question& q = data->questions[repeat];
        for (const NodeId root : instances_of(node_in(instance, repeat))) {
            list_stops(nodes[root].instance, q.first_page, q.end_page, into);
        }
        page = q.end_page;
    }
}

/// Stays on the page it stood on; when that is gone, on the one that follows in its place.
void Interview::State::refresh_flow() {
    if (!flow_stale) return;
    std::pmr::vector<Stop> now(resource);
    list_stops(whole_form, PageId(), data->pages.end_id(), now);
    std::size_t at = now.size();
    if (position < flow.size()) {
        const auto find = [&](const Stop& wanted) {
            return static_cast<std::size_t>(std::find(now.begin(), now.end(), wanted) - now.begin());
        };
        at = find(flow[position]);
        for (std::size_t before = position; at == now.size() && before > 0; --before) {
            const std::size_t still = find(flow[before - 1]);
            if (still < now.size()) at = still + 1;
        }
        if (at == now.size() && !instances[flow[position].instance].exists && position == 0) at = 0;
    }
    flow = std::move(now);
    position = at;
    flow_stale = false;
}

/// The first live page from that one on.
void Interview::State::stand_on(std::size_t stop) {
    refresh_flow();
    while (stop < flow.size() && !live(flow[stop])) ++stop;
    position = stop;
    refresh_page();
}

void Interview::State::refresh_page() {
    refresh_flow();
    page_nodes.clear();
    if (position < flow.size()) show(flow[position], page_nodes);
}

/// Whether the page belongs to the node: it shows it, or is inside the group, repeat or instance.
bool Interview::State::is_inside(const Stop& stop, NodeId node) const noexcept {
    const QuestionId q = nodes[node].question;
    const PageRange& range = data->pages[stop.page];
    InstanceId instance = stop.instance;
    if (q >= range.begin && q < range.end && !range.more) return instance == nodes[node].instance;
    if (question(node).kind == Kind::Repeat && !is_root(node) && !counted(node)) {
        return range.more && range.begin == q && instance == nodes[node].instance;
    }
    if (range.begin < q || range.begin >= data->questions[q].end) return false;
    if (is_root(node) && range.more && range.begin == q) return false;
    while (instance != nodes[node].instance && instance != whole_form) instance = instances[instance].parent;
    return instance == nodes[node].instance;
}

Page Interview::page() const noexcept {
    Page page;
    page.nodes = state_->page_nodes;
    if (at_end()) return page;
    const Stop& stop = state_->flow[state_->position];
    const PageRange& range = state_->data->pages[stop.page];
    page.asks_for_more = range.more;
    if (range.group == no_index) return page;
    page.in_group = true;
    const Instance& around = state_->instances[stop.instance];
    page.group = range.group == around.repeat ? around.first : state_->node_in(stop.instance, range.group);
    return page;
}

bool Interview::at_end() const noexcept {
    return state_->position >= state_->flow.size();
}

Progress Interview::progress() const noexcept {
    Progress progress;
    for (std::size_t i = 0; i < state_->flow.size(); ++i) {
        if (!state_->live(state_->flow[i])) continue;
        ++progress.pages;
        if (i <= state_->position) ++progress.page;
    }
    if (at_end()) ++progress.page;
    return progress;
}

bool Interview::back() noexcept {
    try {
        state_->changing();
        for (std::size_t stop = state_->position; stop > 0; --stop) {
            if (!state_->live(state_->flow[stop - 1])) continue;
            state_->stand_on(stop - 1);
            return true;
        }
    } catch (...) {
        state_->exhausted = true;
    }
    return false;
}

bool Interview::jump(NodeId node) noexcept {
    if (!state_->has(node)) return false;
    const bool leaf = has_value(state_->question(node).kind) || is_visible(state_->question(node).kind);
    if (leaf && !state_->shown(node)) return false;
    try {
        state_->changing();
        for (std::size_t stop = 0; stop < state_->flow.size(); ++stop) {
            if (!state_->is_inside(state_->flow[stop], node) || !state_->live(state_->flow[stop])) continue;
            state_->stand_on(stop);
            return true;
        }
    } catch (...) {
        state_->exhausted = true;
    }
    return false;
}

}  // namespace questionnaires::engine
