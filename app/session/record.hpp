// The record of a screening: what a coordinator will read, as canonical JSON in locked memory, ready to be sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/session/screening.hpp"
#include "crypto/secret.hpp"
#include "locales/language.hpp"

namespace app::session {

/// The format version written into every record.
inline constexpr std::uint64_t record_format = 1;

enum class RecordKind : std::uint8_t { Partial, Final, Withdrawn };

/// What a record says about the device that made it.
struct RecordMaker {
    std::string deployment;
    std::string device;        ///< 32 hex digits
    std::uint64_t bundle = 0;  ///< its sequence
};

/// docs/FORMATS.md "Record". `withdrawn` carries no answers, indicators, readings or actions. Nothing when the memory
/// of the interview or locked memory ran out, or an answer is not UTF-8 (which the engine never lets through).
[[nodiscard]] std::optional<crypto::SecretBytes> write_record(crypto::SodiumReady ready, const Screening& screening,
                                                              const RecordMaker& maker, RecordKind kind,
                                                              std::uint32_t revision, locales::Language language);

}  // namespace app::session
