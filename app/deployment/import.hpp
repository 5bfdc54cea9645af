#pragma once
// Takes one batch into a casebook and decides what becomes of a file that is refused. Must not know how it is said.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <variant>

#include "app/deployment/casebook_access.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/open/batch_open.hpp"

namespace app::deployment {

/// The batch was read as a whole; what became of it is in the report. A batch of a revoked device is in it as well:
/// nothing of that was taken in, and `kept` says whether a copy is in quarantine.
struct BatchTaken {
    casebook::ImportReport report;
    exchange::VerifiedBatch batch;
    std::optional<casebook::Result<bool>> kept = {};
};
/// The file was refused. `kept`: what the quarantine did, true for a copy, false where only what it was is noted;
/// nothing where another try may cure it, and nothing was noted.
struct BatchRefused {
    exchange::BatchRefusal why;
    std::optional<casebook::Result<bool>> kept = {};
};
/// The casebook could not take it; nothing is wrong with the batch.
struct BatchNotNow {
    casebook::Error why;
};
/// The person asked to stop; the casebook is as it was before this batch.
struct BatchStopped {};

using Imported = std::variant<BatchTaken, BatchRefused, BatchNotNow, BatchStopped>;

enum class ImportStage : std::uint8_t { Checking, Storing, Opening };
/// False: the person asked to stop.
using ImportProgress = std::function<bool(ImportStage, std::uint64_t done, std::uint64_t total)>;

/// `today` is the day by which certificates end.
[[nodiscard]] Imported import_batch(crypto::SodiumReady ready, OpenCasebook& open, const std::filesystem::path& batch,
                                    exchange::Day today, const ImportProgress& progress);

}  // namespace app::deployment
