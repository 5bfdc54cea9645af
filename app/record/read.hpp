// The one strict reader of a record.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "app/record/record.hpp"

namespace app::record {

inline constexpr std::size_t most_bytes = 262'144;  ///< of a record, with padding
inline constexpr int most_depth = 8;
inline constexpr std::size_t most_answers = 10'000;
inline constexpr std::size_t most_listed = 1000;  ///< indicators, steps, and names that an indicator rests on
inline constexpr std::size_t most_text = 4096;    ///< bytes of any text but a value
inline constexpr std::uint64_t most_bundle = 0x7fff'ffff'ffff'ffff;  ///< what a bundle can call itself
inline constexpr std::uint32_t most_revision = 0x7fff'ffff;
inline constexpr std::uint32_t most_worker = 999'999;

/// Where and why a JSON is not a record: path of the member and rule, never a value. Below 60 printable ASCII.
struct Failure {
    std::string detail;
};

/// Reads the JSON of a record, with or without its padding. Refused: over the size or depth, invalid UTF-8, a member
/// twice, a member of docs/FORMATS.md missing, of another type or out of range, another format version, a withdrawn
/// record that says what it must not; an id, name, word or day that no kiosk writes. The order of members and blanks
/// between them are free: how one program spells JSON must not decide whether testimony is read. A value that a person
/// gave, and members that this version does not know, can hold anything: what shows them makes them harmless.
[[nodiscard]] tl::expected<Record, Failure> read(std::string_view json);

}  // namespace app::record
