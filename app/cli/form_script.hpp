// One line of a script for `amparo form run`: reading it, and doing it. Knows no files and prints nothing.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "app/cli/form_source.hpp"

namespace app::cli {

/// A line that is no step. `key` is the catalogue's sentence, `word` what it speaks of; the interview is unchanged.
struct BadLine {
    std::string_view key;
    std::string word;
};

/// What a step came to.
struct StepResult {
    std::string output;       ///< JSON Lines, each with its line end
    bool as_expected = true;  ///< false for an `expect` that does not hold
};

/// The steps there are, one in a line, as `--help` shows them.
[[nodiscard]] std::string script_steps();

/// Does the steps of one script in turn.
class ScriptPlayer {
  public:
    explicit ScriptPlayer(TrialInterview& trial) : trial_(trial) {}
    /// `number` is the number of the line, from 1. A refusal of the engine is output, not a failure.
    [[nodiscard]] tl::expected<StepResult, BadLine> play(std::string_view line, std::uint64_t number);

  private:
    TrialInterview& trial_;
    std::string last_refusal_;  ///< code of the last step that was refused; empty when it was taken
};

}  // namespace app::cli
