#include "app/cli/asking.hpp"

#include <unistd.h>

#include <cerrno>

#include "app/files/system.hpp"

namespace app::cli {
namespace {

constexpr std::size_t most_answer = 1024;

/// Nothing without a terminal; an empty answer is one.
Outcome<std::optional<std::string>> answer_to(const Context& context, std::string_view question) {
    const auto terminal = app::files::open_terminal();
    if (terminal.get() < 0) return std::optional<std::string>();
    auto answer = ask_text(context, terminal.get(), question);
    if (!answer) return stop(context, "cli.stopped");
    return answer;
}

}  // namespace

std::optional<std::string> ask_text(const Context& context, int terminal, std::string_view question) {
    if (!write_to(terminal, context.text(question) + " ")) return std::nullopt;
    std::string line;
    for (char letter = 0; line.size() < most_answer;) {
        const auto got = ::read(terminal, &letter, 1);
        if (got < 0 && errno == EINTR && !stop_requested()) continue;
        if (got <= 0) return std::nullopt;
        if (letter == '\n') return line;
        line += letter;
    }
    return line;
}

Outcome<std::string> given_or_asked(const Context& context, const std::string& given, std::string_view question,
                                    std::string_view missing) {
    if (!given.empty()) return given;
    auto answer = answer_to(context, question);
    if (!answer) return tl::make_unexpected(answer.error());
    if (!*answer || (*answer)->empty()) return stop(context, missing, {}, Exit::Usage);
    return std::move(**answer);
}

Outcome<std::string> given_or_asked_or(const Context& context, const std::string& given, std::string_view question,
                                       const std::string& usual) {
    if (!given.empty()) return given;
    auto answer = answer_to(context, question);
    if (!answer) return tl::make_unexpected(answer.error());
    return !*answer || (*answer)->empty() ? usual : std::move(**answer);
}

}  // namespace app::cli
