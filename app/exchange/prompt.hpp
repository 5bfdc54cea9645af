// A sound of a bundle: Opus in an Ogg file, as RFC 3533 and RFC 7845 lay it out. Looks at its pages, and decodes none
// of it: what is heard is the business of whoever plays it.
#pragma once

#include <optional>
#include <string_view>

#include "app/exchange/bundle.hpp"

namespace app::exchange {

/// "es" of "audio/es/adult.danger_now.opus"; nothing where a sound of a bundle is not called so. What the last part
/// names is for whoever plays it: 1 to 64 of `a-z0-9._-`, a letter or digit first.
[[nodiscard]] std::optional<std::string_view> prompt_language(std::string_view name) noexcept;

/// One stream of one or two channels, whole, its pages in order and undamaged, at most ten minutes. Errors: TooLarge,
/// Content, each with the name.
[[nodiscard]] Result<BundlePrompt> parse_prompt(const std::string& name, crypto::ByteView ogg);

}  // namespace app::exchange
