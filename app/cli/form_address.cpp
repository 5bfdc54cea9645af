#include "app/cli/form_address.hpp"

#include <algorithm>

#include "questionnaires/engine/text.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;

/// "kid[2]": a name, and the place when there is one.
struct Part {
    std::string_view name;
    std::uint32_t position = 0;
};

std::optional<Part> read_part(std::string_view text) {
    const auto open = text.find('[');
    if (open == std::string_view::npos) return Part{text, 0};
    if (text.back() != ']') return std::nullopt;
    const auto number = engine::parse_integer(text.substr(open + 1, text.size() - open - 2));
    if (!number || *number < 1 || *number > 1e6) return std::nullopt;
    return Part{text.substr(0, open), static_cast<std::uint32_t>(*number)};
}

std::string place_before(const engine::Interview& interview, engine::NodeId node) {
    const auto around = interview.instance(node);
    return around ? address_of(interview, *around) + "/" : std::string();
}

}  // namespace

std::string address_of(const engine::Interview& interview, engine::NodeId node) {
    const std::string name(interview.name(node));
    if (!interview.is_instance(node)) return place_before(interview, node) + name;
    return place_before(interview, interview.repeat_of(node)) + name + "[" + std::to_string(interview.position(node)) +
           "]";
}

std::optional<engine::NodeId> node_at(const engine::Interview& interview, std::string_view address) {
    std::optional<engine::NodeId> at;
    for (auto rest = address; !rest.empty();) {
        const auto slash = std::min(rest.find('/'), rest.size());
        const auto part = read_part(rest.substr(0, slash));
        rest.remove_prefix(std::min(slash + 1, rest.size()));
        if (!part) return std::nullopt;
        at = interview.find(part->name, at);
        if (at && part->position > 0) at = interview.instance_at(*at, part->position);
        if (!at) return std::nullopt;
    }
    // What is found from inside an instance may stand outside it.
    const bool as_written =
        at && (address.find_first_of("/[") == std::string_view::npos || address_of(interview, *at) == address);
    return as_written ? at : std::nullopt;
}

}  // namespace app::cli
