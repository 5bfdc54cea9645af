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
};

}  // namespace app::session
