#include "questionnaires/engine/expression/sentence.hpp"

namespace questionnaires::engine {

std::string Sentence::text() const {
    constexpr std::string_view hole = "{}";
    if (kind_.empty()) return text_;
    std::string text;
    auto rest = kind_;
    for (const auto& field : fields_) {
        const auto at = rest.find(hole);
        if (at == std::string_view::npos) break;
        text += std::string(rest.substr(0, at)) + field.text();
        rest.remove_prefix(at + hole.size());
    }
    return text + std::string(rest);
}

}  // namespace questionnaires::engine
