// What is wrong with the text of a policy, all of it in one pass, as values. Knows nothing of words for people.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/bundle.hpp"

namespace app::exchange {

inline constexpr std::size_t policy_most_bytes = 65'536;

/// What a member of policy.json holds.
enum class PolicyShape : std::uint8_t {
    Format,   ///< the number of the format
    Number,   ///< a whole number
    Flag,     ///< true or false
    Words,    ///< a list of words, each once
    Numbers,  ///< a list of whole numbers that rise
};

/// In what a number counts.
enum class PolicyUnit : std::uint8_t { None, Minutes, Days, Receipts, Signatures, Mebibytes };

/// One member and what it may hold. `least` and `most` are those of the number, or of each number in the list.
struct PolicyRule {
    std::string_view member;
    PolicyShape shape;
    PolicyUnit unit = PolicyUnit::None;
    std::uint32_t least = 0;
    std::uint32_t most = 0;
    std::uint32_t least_items = 0;
    std::uint32_t most_items = 0;
};

/// Every member, in the order of the text.
[[nodiscard]] std::span<const PolicyRule> policy_rules() noexcept;
/// Null for a member that does not exist.
[[nodiscard]] const PolicyRule* policy_rule(std::string_view member) noexcept;

/// Why a member, or the whole text, is not taken.
enum class PolicyFaultKind : std::uint8_t {
    TooLarge,       ///< above policy_most_bytes
    NotJson,        ///< cannot be read from that line on
    NotAnObject,    ///< JSON, and no list of members
    Unknown,        ///< no such member
    Missing,        ///< every member must be there
    Doubled,        ///< it is there twice
    Type,           ///< not a number, not a list …
    Range,          ///< a number that is too small or too large
    Word,           ///< a word that may not stand there
    ItemDoubled,    ///< a word is in the list twice
    NotRising,      ///< numbers that do not rise
    ItemCount,      ///< no item, or too many
    TooFewSigners,  ///< more signatures are asked for than there are people for them
    NotYet,         ///< allowed by the format, and this version would not act on it
};

/// One fault. `found` is what stands there, cut to 40 bytes; it was written by others.
struct PolicyFault {
    PolicyFaultKind kind;
    std::string member;      ///< empty for the whole text
    std::uint32_t line = 0;  ///< of the member, from 1; 0 when it has none
    std::string found;
};

/// The policy, or every fault of it.
struct JudgedPolicy {
    std::optional<Policy> policy;  ///< there when there is no fault
    std::vector<PolicyFault> faults;
};

/// Judges text as people write it: members in any order, any spacing. What loads from a bundle is canonical besides.
[[nodiscard]] JudgedPolicy judge_policy(crypto::ByteView text);

}  // namespace app::exchange
