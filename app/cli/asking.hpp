// Asking on the terminal for what an option did not say. Nothing that is asked here is secret: it is shown while it is
// typed. Files are asked for before a command begins, in asking_files: it reaches only what was named then.
#pragma once

#include <optional>
#include <string>

#include "app/cli/files.hpp"

namespace app::cli {

/// One line from the terminal, at most 1024 bytes, without its end; nothing when there is none, or a stop was asked
/// for. `question` is a catalogue key.
[[nodiscard]] std::optional<std::string> ask_text(const Context& context, int terminal, std::string_view question);

/// What the option said, or what a person answers to the question. Without a terminal the command says `missing`, a
/// catalogue key that names the option, and ends with Usage; so it does after an empty answer.
[[nodiscard]] Outcome<std::string> given_or_asked(const Context& context, const std::string& given,
                                                  std::string_view question, std::string_view missing);

/// The same for what has a usual value: without a terminal, and after an empty answer, that one.
[[nodiscard]] Outcome<std::string> given_or_asked_or(const Context& context, const std::string& given,
                                                     std::string_view question, const std::string& usual);

}  // namespace app::cli
