#include "app/ui/core/scene.hpp"

namespace app::ui {

void Scene::clear() noexcept {
    nodes.clear();
    parts.clear();
    roots.clear();
    screen = {};
    options = {};
    trace.screen = {};
    trace.widgets.clear();
    pool.wipe();
}

NodeId Scene::add(NodeId parent, const Node& node) {
    const auto id = static_cast<NodeId>(nodes.size());
    nodes.push_back(node);
    nodes.back().parent = parent;
    if (parent == no_node) {
        roots.push_back(id);
        return id;
    }
    Node& above = at(parent);
    if (above.last == no_node)
        above.first = id;
    else
        at(above.last).next = id;
    above.last = id;
    return id;
}

NodeId Scene::root(Area area) const noexcept {
    for (const NodeId id : roots)
        if (at(id).area == area) return id;
    return no_node;
}

}  // namespace app::ui
