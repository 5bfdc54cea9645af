// Which effect is under way: what the screen that is shown waits for.
#pragma once

#include <cstdint>

namespace app::session {

/// By the name of the effect. What is needed of its answer (a number, a slot, a step) is on the screen that waits.
enum class Pending : std::uint8_t {
    Nothing,
    Unlock,
    CheckPin,
    Prepare,
    SealRecord,
    SealPage,  ///< SealRecord of a page that was left, before the one that is shown may be left too
    Withdraw,
    FindPlaces,
    Export,
    StopExport,  ///< the Export is still under way and ends early
    SaveWorker,
    DropWorker,
    ChangePin,
    ProveKey,
    SaveWords,
    Resume,
    ListAudit,
    RepairStore,
    FindBundle,
    LookForNews,
    AcceptNews,
    MakeFirstWords,
    MakeDevice,
    WriteRequest,
    EnrolDevice,
    SealTest,
};

/// Several that are under way at once.
class PendingSet {
  public:
    [[nodiscard]] bool has(Pending one) const noexcept { return (bits_ & bit(one)) != 0; }
    void add(Pending one) noexcept { bits_ |= bit(one); }
    /// False when it was not there.
    bool drop(Pending one) noexcept {
        const bool was_there = has(one);
        bits_ &= ~bit(one);
        return was_there;
    }

  private:
    static constexpr std::uint32_t bit(Pending one) noexcept { return std::uint32_t{1} << static_cast<unsigned>(one); }
    std::uint32_t bits_ = 0;
};

}  // namespace app::session
