// What a record can be, as enumerations, and the one set of words that they are written as.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace app::record {

/// A partial without a final was interrupted. `withdrawn` orders every reader to erase what came before.
enum class Kind : std::uint8_t { Partial, Final, Withdrawn };

/// Who is with the person; in an observation nobody is asked. Role border with assisted is refused.
enum class Mode : std::uint8_t { Assisted, Private, Observation };

/// What became of the question whether to take part.
enum class Consent : std::uint8_t { NotAsked, Given, Declined };

/// Why a worker raised a level; no free text is needed.
enum class RaiseReason : std::uint8_t { Observed, Told, OtherSource, Fear };

/// The word in a record: "partial", "not_asked", "other_source" …. Stable: records that exist hold them.
[[nodiscard]] std::string_view to_word(Kind kind) noexcept;
[[nodiscard]] std::string_view to_word(Mode mode) noexcept;
[[nodiscard]] std::string_view to_word(Consent consent) noexcept;
[[nodiscard]] std::string_view to_word(RaiseReason reason) noexcept;

/// The value of a word; nothing for any other text. E: one of the above, or an enumeration of the engine that a record
/// holds (Role, Level, ReadingKind, Strength, AnswerState), whose words are engine::to_word().
template <class E>
[[nodiscard]] std::optional<E> from_word(std::string_view word) noexcept;

}  // namespace app::record
