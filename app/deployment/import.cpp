#include "app/deployment/import.hpp"

namespace app::deployment {
namespace {

Imported refused(OpenCasebook& open, const std::filesystem::path& batch, const exchange::BatchRefusal& refusal) {
    if (refusal.reason == exchange::BatchReason::Stopped) return BatchStopped{};
    if (!exchange::calls_for_quarantine(refusal.reason)) return BatchRefused{refusal};
    return BatchRefused{refusal,
                        open.book.quarantine(batch, exchange::reason_word(refusal.reason), refusal.why.text())};
}

ImportStage stage_of(casebook::Stage stage) {
    switch (stage) {
        case casebook::Stage::Storing:
            return ImportStage::Storing;
        case casebook::Stage::Opening:
            break;
    }
    return ImportStage::Opening;
}

}  // namespace

Imported import_batch(crypto::SodiumReady ready, OpenCasebook& open, const std::filesystem::path& batch,
                      exchange::Day today, const ImportProgress& progress) {
    const auto checking = [&](std::uint64_t done, std::uint64_t total) {
        return progress(ImportStage::Checking, done, total);
    };
    auto verified = exchange::open_batch(ready, batch, open.identities, open.book.deployment(), today, checking);
    if (!verified) return refused(open, batch, verified.error());
    const auto taking = [&](casebook::Stage stage, std::uint64_t done, std::uint64_t total) {
        return progress(stage_of(stage), done, total);
    };
    auto report = open.book.import_batch(*verified, open.identities, taking);
    if (!report && report.error() == casebook::Error::Stopped) return BatchStopped{};
    if (!report && report.error() == casebook::Error::BatchFile)
        return refused(open, batch, {exchange::BatchReason::Unreadable, {exchange::Reason::FileChanged}});
    if (!report) return BatchNotNow{report.error()};
    if (report->standing != casebook::Standing::Revoked) return BatchTaken{std::move(*report), std::move(*verified)};
    auto kept = open.book.quarantine(batch, "revoked", report->device);
    return BatchTaken{std::move(*report), std::move(*verified), std::move(kept)};
}

}  // namespace app::deployment
