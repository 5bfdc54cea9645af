// What the engine says of a form, in the language of the program: the engine speaks English only.
#pragma once

#include <string>
#include <string_view>

#include "app/cli/context.hpp"

namespace app::cli {

/// The sentence in the program's language, found by its English pattern in the catalogues ("cli.form.said.…"). One that
/// has no pattern stays as it is; tests/cli proves that the small forms of tests/forms meet none.
[[nodiscard]] std::string in_words(const Context& context, std::string_view english);

}  // namespace app::cli
