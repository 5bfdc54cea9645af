// The members of a JSON text with the lines they stand in; only what judges and compares policies includes this.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace app::exchange {

/// A value as far as a policy looks at it.
struct PolicyValue {
    enum class Kind : std::uint8_t { Other, Number, Flag, Word, List };
    Kind kind = Kind::Other;
    std::uint64_t number = 0;
    bool flag = false;
    std::string text;                ///< of a word; of anything else how it is written, where that is short
    std::vector<PolicyValue> items;  ///< of a list; what lies deeper in them is not kept
};

/// A member, in the order of the text; one that is there twice is here twice.
struct PolicyMember {
    std::string name;
    std::uint32_t line;
    PolicyValue value;
};

struct PolicyMembers {
    bool readable = false;   ///< it is JSON
    bool object = false;     ///< of members
    std::uint32_t line = 1;  ///< where it stopped being JSON
    std::vector<PolicyMember> members;
};

[[nodiscard]] PolicyMembers read_policy_members(std::string_view text);

}  // namespace app::exchange
