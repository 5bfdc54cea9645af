// The record of a screening: what of it goes into the record, written into locked memory, ready to be sealed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/record/words.hpp"
#include "app/session/visit/screening.hpp"
#include "crypto/secret.hpp"
#include "locales/language.hpp"

namespace app::session {

/// What a record says about the device that made it.
struct RecordMaker {
    std::string deployment;
    std::string device;        ///< 32 hex digits
    std::uint64_t bundle = 0;  ///< its sequence
};

/// docs/FORMATS.md "Record". `withdrawn` carries no answers, indicators, readings or actions. Nothing when the memory
/// of the interview or locked memory ran out, or an answer is not UTF-8 (which the engine never lets through).
[[nodiscard]] std::optional<crypto::SecretBytes> write_record(crypto::SodiumReady ready, const Screening& screening,
                                                              const RecordMaker& maker, record::Kind kind,
                                                              std::uint32_t revision, locales::Language language);

}  // namespace app::session
