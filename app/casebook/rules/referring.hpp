#pragma once
// What may be passed on of a case to another organisation. Pure: facts in, a verdict out.

#include <cstdint>
#include <optional>

#include "app/casebook/handling.hpp"
#include "app/record/words.hpp"

namespace app::casebook::rules {

enum class MayRefer : std::uint8_t {
    Yes,
    IfAgreed,  ///< the interview did not ask for it: the person has to have said yes to this since
    No,        ///< the person said no to the interview: nothing of it is anybody's to pass on
};

/// `consent`: what the record says; nothing where it cannot be read. To be told of a place takes no consent; what
/// people agree to before an interview is that the coordinators read it, and never that others do.
[[nodiscard]] MayRefer may_refer(std::optional<record::Consent> consent, ReferralScope scope) noexcept;

}  // namespace app::casebook::rules
