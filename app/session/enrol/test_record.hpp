// The record by which coordinators try whether they can open what a device seals: marked as training, about nobody.
#pragma once

#include <optional>
#include <string>

#include "app/exchange/bundle.hpp"
#include "app/model/people.hpp"
#include "app/session/visit/record.hpp"

namespace app::session {

/// What it says besides: nothing that was asked.
struct TestSaid {
    std::string record;  ///< 32 hex digits
    std::string case_code;
    std::string day;  ///< "2026-11-30"
    model::Worker worker;
};

/// A final record of the practice form, or of the first one, without answers. Nothing when there is no form or memory
/// ran out.
[[nodiscard]] std::optional<crypto::SecretBytes> write_test_record(crypto::SodiumReady ready,
                                                                   const exchange::Bundle& bundle,
                                                                   const RecordMaker& maker, const TestSaid& said);

}  // namespace app::session
