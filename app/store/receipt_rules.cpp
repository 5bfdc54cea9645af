#include "app/store/receipt_rules.hpp"

#include <algorithm>

namespace app::store::rules {

using std::chrono::seconds;

HoldClock hold_clock_at(const std::optional<HoldClock>& kept, Now now) noexcept {
    if (!kept) return {now.start, now.running, seconds{0}, now.wall};
    auto clock = *kept;
    if (clock.start == now.start && clock.running <= now.running) {
        const auto ran = now.running - clock.running;
        clock.counted += ran;
        clock.latest += ran;
    } else {
        clock.counted += std::clamp<seconds>(now.wall - clock.latest, seconds{0}, hold_day);
        clock.latest = std::max(clock.latest, now.wall);
    }
    clock.start = now.start;
    clock.running = now.running;
    return clock;
}

bool hold_is_over(seconds since, seconds counted, std::uint32_t hold_days) noexcept {
    return counted - since >= (hold_days + 1) * seconds(hold_day);
}

ReceiptAnswer judge_receipt(const Receipt& receipt, const ReceiptFacts& facts, const Keeping& keeping) noexcept {
    if (receipt.device != facts.device) return ReceiptAnswer::OtherDevice;
    if (std::find(keeping.signers.begin(), keeping.signers.end(), receipt.signer) == keeping.signers.end())
        return ReceiptAnswer::UnknownSigner;
    if (!facts.manifest) return ReceiptAnswer::UnknownBatch;
    return *facts.manifest == receipt.manifest ? ReceiptAnswer::Taken : ReceiptAnswer::OtherManifest;
}

std::size_t accepted_by(const Digest& row, std::span<const RefusedDigests> receipts) noexcept {
    return static_cast<std::size_t>(std::count_if(receipts.begin(), receipts.end(), [&](const auto& refused) {
        return !std::binary_search(refused.begin(), refused.end(), row);
    }));
}

RowState row_after(std::size_t accepting, std::size_t receipts, std::uint32_t required) noexcept {
    if (receipts >= required && receipts > 0) return accepting >= required ? RowState::Held : RowState::Sealed;
    return accepting > 0 ? RowState::Receipted : RowState::Batched;
}

}  // namespace app::store::rules
