#pragma once
// The members of a record that a casebook lists and sorts by, read strictly from the JSON a kiosk sealed; what it does
// not know stays in the JSON untouched. Source: docs/FORMATS.md "Record".

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace app::casebook {

inline constexpr std::size_t record_most_bytes = 262'144;  ///< with padding
inline constexpr int record_most_depth = 8;
inline constexpr std::size_t record_most_answers = 10'000;
inline constexpr std::int64_t record_format = 1;

enum class Kind : std::uint8_t { Partial, Final, Withdrawn };
enum class Mode : std::uint8_t { Assisted, Private, Observation };
enum class RecordRole : std::uint8_t { Shelter, Border };
enum class Level : std::uint8_t { NoneReported, Some, Strong };
enum class Dimension : std::uint8_t { Danger, Harm, Risk };

[[nodiscard]] std::string_view word(Kind kind) noexcept;
[[nodiscard]] std::string_view word(Mode mode) noexcept;
[[nodiscard]] std::string_view word(RecordRole role) noexcept;
[[nodiscard]] std::string_view word(Level level) noexcept;
[[nodiscard]] std::string_view word(Dimension dimension) noexcept;

struct Reading {
    Level level = Level::NoneReported;
    std::string rule;     ///< id of the rule that fired; empty for none
    bool raised = false;  ///< a worker raised it, with a reason
};

struct Record {
    std::string record;
    std::string follows;  ///< the record before it in the same visit; empty for none
    Kind kind = Kind::Partial;
    std::uint32_t revision = 0;
    std::string deployment;
    std::string device;
    std::string form;
    std::string form_version;
    Mode mode = Mode::Assisted;
    RecordRole role = RecordRole::Shelter;
    std::string day;
    std::string case_code;
    std::array<Reading, 3> readings{};  ///< by Dimension; a worker's override applied
    bool training = false;
};

/// Where and why a JSON is not a record: member path and rule, never a value.
struct RecordFault {
    std::string detail;
};

/// The JSON with or without its padding. Refused: over the size or depth, invalid UTF-8, a member twice, a member of
/// docs/FORMATS.md missing or of another shape, another format version, a `withdrawn` with answers; an id, name, word
/// or day that no kiosk writes. Texts of people, and members that this version does not know, can still hold anything.
[[nodiscard]] tl::expected<Record, RecordFault> parse_record(std::string_view json);

}  // namespace app::casebook
