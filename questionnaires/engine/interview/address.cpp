// How a node is told apart from those of the same name in other repeat instances.
#include <algorithm>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/interview/state.hpp"

namespace questionnaires::engine {
namespace {

/// One part of an address: "kid[2]" is a name and a place, "age" a name alone.
struct AddressPart {
    std::string_view name;
    std::uint32_t position = 0;  ///< 0: none given
};

std::optional<AddressPart> read_part(std::string_view text) {
    const std::size_t open = text.find('[');
    if (open == std::string_view::npos) return AddressPart{text, 0};
    if (text.back() != ']') return std::nullopt;
    const auto number = parse_integer(text.substr(open + 1, text.size() - open - 2));
    if (!number || *number < 1 || *number > static_cast<double>(Limits::instances)) return std::nullopt;
    return AddressPart{text.substr(0, open), static_cast<std::uint32_t>(*number)};
}

}  // namespace

/// Recursion is as deep as repeats are nested.
void Interview::State::append_address(NodeId node, std::pmr::string& into) const {
    const Instance& around = instances[nodes[node].instance];
    const bool root = is_root(node);
    const InstanceId outer = root ? around.parent : nodes[node].instance;
    if (outer != whole_form) {
        append_address(instances[outer].first, into);
        into += '/';
    }
    into += question(node).name;
    if (!root) return;
    NumberText digits;
    into += '[';
    into += format_number(around.place + 1, digits);
    into += ']';
}

std::pmr::string Interview::address(NodeId node) const noexcept {
    std::pmr::string text(state_->resource);
    try {
        if (state_->has(node)) state_->append_address(node, text);
    } catch (...) {
        state_->exhausted = true;
        text.clear();
    }
    return text;
}

std::optional<NodeId> Interview::at(std::string_view address) const noexcept {
    std::optional<NodeId> found;
    for (std::string_view rest = address; !rest.empty();) {
        const std::size_t slash = std::min(rest.find('/'), rest.size());
        const auto part = read_part(rest.substr(0, slash));
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        if (!part) return std::nullopt;
        found = find(part->name, found);
        if (found && part->position > 0) found = instance_at(*found, part->position);
        if (!found) return std::nullopt;
    }
    // What is found from inside an instance may stand outside it.
    const bool name_alone = address.find_first_of("/[") == std::string_view::npos;
    if (found && !name_alone && std::string_view(this->address(*found)) != address) return std::nullopt;
    return found;
}

}  // namespace questionnaires::engine
