// Writes a record (DESIGN section 5) as canonical JSON into locked memory; it must not know how it is sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <tl/expected.hpp>

#include "app/session/state.hpp"

namespace app::session {

inline constexpr int record_format = 1;
inline constexpr std::size_t record_most = 262'144;  ///< bytes; the largest bucket

enum class RecordKind : std::uint8_t { partial, final, withdrawn };
/// Why a record has no interview.
enum class Without : std::uint8_t { interpreter_needed, declined };

enum class RecordError : std::uint8_t {
    memory,     ///< arena or locked memory exhausted
    too_large,  ///< over record_most
    text,       ///< a value that is not UTF-8
};

/// UTF-8 in NFC, members sorted, none twice, no white space; numbers are whole. All temporaries are in the arena of the
/// interview; the result is in locked memory of its own, for the worker thread. `withdrawn` carries no answers,
/// readings or actions. Needs State::visit and State::setup.
[[nodiscard]] tl::expected<crypto::SecretBytes, RecordError> write_record(const State& state, RecordKind kind,
                                                                          std::uint32_t revision);
/// The bare fact that a screening did not take place, and why: no answers, no readings.
[[nodiscard]] tl::expected<crypto::SecretBytes, RecordError> write_fact(const State& state, Without why,
                                                                        std::uint32_t revision);

}  // namespace app::session
