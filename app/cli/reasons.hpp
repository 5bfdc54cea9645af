// Why something was refused, in the words and the language of the program. Must not know what was refused.
#pragma once

#include <string>
#include <string_view>

#include "app/casebook/outcome.hpp"
#include "app/cli/context.hpp"
#include "app/exchange/reason.hpp"
#include "locales/catalogue.hpp"

namespace app::cli {

/// Part of a sentence: no capital letter, no full stop.
[[nodiscard]] std::string reason_words(const Context& context, const exchange::Why& why);
/// Of what Why::text() gave when it was kept. Any other text stays as it was kept.
[[nodiscard]] std::string kept_reason_words(const Context& context, std::string_view kept);

/// Why a record is not among the cases: part of a sentence, as above. `detail`: as the casebook keeps it.
[[nodiscard]] std::string record_words(const Context& context, casebook::Outcome outcome, std::string_view detail);

/// What is wrong with a catalogue of texts, and at which key.
[[nodiscard]] std::string catalogue_words(const Context& context, const locales::Failure& failure);

/// The same of a stable word, for programs.
[[nodiscard]] std::string_view to_word(locales::Error error) noexcept;

}  // namespace app::cli
