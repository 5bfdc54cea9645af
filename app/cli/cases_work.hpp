// What commands say of what coordinators did about a case.
#pragma once

#include <string>
#include <vector>

#include "app/cli/casebook_access.hpp"

namespace app::cli {

/// Which case was meant, and what is said where several devices sent its code: a catalogue key.
struct Meant {
    std::string code;
    std::string device;  ///< how its number begins; empty for any
    std::string casebook;
    std::string_view several;
};
/// The first form of the visit, or the record with that id. Several devices may send the same code: then nothing is
/// done.
[[nodiscard]] Outcome<casebook::Case> which_case(const Context& context, OpenCasebook& open, const Meant& meant);

/// What a person agreed to be passed on, for people.
[[nodiscard]] std::string scope_text(const Context& context, casebook::ReferralScope scope);

/// Each step in a line, as they were taken.
[[nodiscard]] std::string step_lines(const Context& context, const std::string& code,
                                     const std::vector<casebook::Step>& steps);

/// The same as a JSON list.
[[nodiscard]] std::string steps_json(const std::vector<casebook::Step>& steps);

}  // namespace app::cli
