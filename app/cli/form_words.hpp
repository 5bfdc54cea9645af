// What the engine says of a form, in the language of the program.
#pragma once

#include <string>

#include "app/cli/context.hpp"
#include "questionnaires/engine/expression/sentence.hpp"

namespace app::cli {

/// The sentence in the program's language: the text of the catalogues ("cli.form.said.…") that is the same in English,
/// with its fields, which may be sentences themselves. tests/locales asks of every sentence that there is one.
[[nodiscard]] std::string in_words(const Context& context, const questionnaires::engine::Sentence& sentence);

}  // namespace app::cli
