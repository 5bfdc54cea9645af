#pragma once
// Going on with an interview that broke off: whether this device allows it, and whose it is. Knows neither the draft's
// bytes nor where it lies.

#include <cstddef>
#include <cstdint>

#include "app/model/people.hpp"

namespace app::model {

/// Whether this device lets an interview go on after a crash.
enum class Resuming : std::uint8_t {
    On,
    OffByPolicy,  ///< `resume_minutes` of the bundle is 0
    OffBySystem,  ///< the system refuses to keep the key in its memory
};

/// For whom a draft is, read without restoring it.
struct DraftOwner {
    Worker worker;
    std::uint64_t bundle = 0;  ///< sequence of the bundle it was asked with
    std::size_t forms = 0;     ///< of the visit: as many arenas does restoring take
};

}  // namespace app::model
