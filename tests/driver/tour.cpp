#include "tests/driver/tour.hpp"

#include <algorithm>
#include <array>

namespace driver {
namespace {

struct CommandShape {
    std::string_view name;
    std::size_t least, most;  ///< words after the command; the last may hold spaces
};
constexpr std::array<CommandShape, 22> commands{
    {{"tap", 1, 1},        {"hold", 1, 1},  {"accent", 2, 2}, {"type", 1, 1},   {"note", 1, 1},     {"recite", 0, 0},
     {"tell", 1, 1},       {"press", 1, 1}, {"drag", 3, 3},   {"expect", 1, 2}, {"selected", 1, 1}, {"absent", 1, 1},
     {"screen", 1, 1},     {"wait", 1, 1},  {"settle", 0, 0}, {"pass", 1, 1},   {"close", 0, 0},    {"lap", 1, 1},
     {"screenshot", 1, 1}, {"size", 1, 1},  {"scale", 1, 1},  {"check", 0, 0}}};

const CommandShape* shape_of(std::string_view name) {
    for (const CommandShape& s : commands)
        if (s.name == name) return &s;
    return nullptr;
}

std::string_view trim(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t' || text.back() == '\r')) text.remove_suffix(1);
    return text;
}

// The first word; what is left stays in `text`.
std::string_view take_word(std::string_view& text) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text = trim(text.substr(end));
    return word;
}

}  // namespace

tl::expected<Tour, TourFailure> Tour::parse(std::string_view text) {
    Tour tour;
    std::size_t number = 0;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = trim(text.substr(0, end));
        text = text.substr(std::min(end + 1, text.size()));
        ++number;
        if (line.empty() || line.front() == '#') continue;
        TourStep step{number, std::string(take_word(line)), {}};
        const CommandShape* const shape = shape_of(step.command);
        if (shape == nullptr)
            return tl::unexpected(TourFailure{number, "there is no command \"" + step.command + "\""});
        while (!line.empty() && step.words.size() + 1 < shape->most) step.words.emplace_back(take_word(line));
        if (!line.empty()) step.words.emplace_back(line);
        if (step.words.size() < shape->least || step.words.size() > shape->most)
            return tl::unexpected(TourFailure{number, "\"" + step.command + "\" has too few or too many words"});
        tour.steps.push_back(std::move(step));
    }
    return tour;
}

}  // namespace driver
