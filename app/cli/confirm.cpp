#include "app/cli/confirm.hpp"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "app/files/system.hpp"

namespace app::cli {
namespace {

constexpr std::array<std::string_view, 3> agreeing{"yes", "si", "sí"};

/// The line a person writes, without its end; nothing when there is none, or a stop was asked for.
std::optional<std::string> line_from(int terminal) {
    std::string line;
    for (char letter = 0; line.size() < 64;) {
        const auto got = ::read(terminal, &letter, 1);
        if (got < 0 && errno == EINTR && !stop_requested()) continue;
        if (got <= 0) return std::nullopt;
        if (letter == '\n') return line;
        line += letter;
    }
    return line;
}

}  // namespace

Outcome<void> confirm(const Context& context, std::string_view question) {
    const auto terminal = files::open_terminal();
    if (terminal.get() < 0) return stop(context, "cli.confirm.no_terminal", {}, Exit::Usage);
    const auto prompt = context.text(question) + " ";
    const bool asked = ::write(terminal.get(), prompt.data(), prompt.size()) == static_cast<ssize_t>(prompt.size());
    const auto said = asked ? line_from(terminal.get()) : std::nullopt;
    if (said && std::find(agreeing.begin(), agreeing.end(), *said) != agreeing.end()) return {};
    return stop(context, "cli.stopped");
}

}  // namespace app::cli
