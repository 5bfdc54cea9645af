#pragma once
// What differs between two bundles, as people would say it: who, which rule, which question, which word. Everything
// that a bundle holds is compared, cell by cell where it is a table, so that nothing changes unseen. Nothing is worded
// here.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/deployment/bundle_file.hpp"
#include "app/exchange/policy_differences.hpp"

namespace app::deployment {

struct Difference {
    enum class What : std::uint8_t {
        Version,      ///< `name` is the line of VERSION
        Coordinator,  ///< who can read; `name` is the label
        Recovery,     ///< who can read when the others cannot
        Intake,       ///< the machine that takes batches in and reads nothing of them
        Signer,       ///< who may sign receipts
        Revoked,      ///< `name` is the number of a device that nobody trusts any more
        Policy,       ///< `name` is the member; `policy`
        Form,         ///< `form`, as a whole
        FormOrder,    ///< the order in which forms are offered; `policy`
        Question,     ///< `name` is that of the row of the survey
        Choice,       ///< "list / name"
        Setting,      ///< `column` of the settings
        Indicator,
        Level,
        Action,
        Table,     ///< a row of another table; `sheet`
        Word,      ///< `name` is the key of the catalogue, `language` its language
        Referral,  ///< `name` is its number and service
        Prompt,    ///< a sound: `name` is that of its file, the texts are its seconds
    };
    enum class How : std::uint8_t { Added, Removed, Changed, Moved };

    What what;
    How how;
    std::string form = {};
    std::string name = {};
    std::string sheet = {};     ///< of a row of a form
    std::string column = {};    ///< header of the cell, without the language
    std::string language = {};  ///< of the text, where it is in one
    std::string before = {};    ///< the whole text; empty when it was not there
    std::string after = {};
    std::optional<exchange::PolicyDifference> policy = {};  ///< of a member, with names for ids and keys
};

/// By kind, in the order of the enum.
[[nodiscard]] std::vector<Difference> differences(const BundleView& before, const BundleView& after);

/// Of one form, from its sheets. Used by differences().
[[nodiscard]] std::vector<Difference> form_differences(const std::string& form, const Content& before,
                                                       const Content& after);

}  // namespace app::deployment
