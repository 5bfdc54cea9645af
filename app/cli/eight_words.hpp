// Eight words that two people read to each other before something is signed or changed.
#pragma once

#include <string>

#include "app/cli/files.hpp"

namespace app::cli {

/// Shows the words, and goes on when the person says on the terminal that the other side shows the same, or when
/// `given` (what a script had read out to it) is these words. Without either nobody has compared them: says so.
[[nodiscard]] Outcome<void> compare_words(const Context& context, const std::string& words, const std::string& given);

}  // namespace app::cli
