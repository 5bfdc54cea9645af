// What differs between two policies, member by member, and the sentence that says so: for the command line and for the
// kiosk, so that neither leaves a member out. Must not know where the sentence is shown.
#pragma once

#include <string>
#include <vector>

#include "app/exchange/bundle.hpp"
#include "locales/translator.hpp"

namespace app::exchange {

/// A member that is not as it was. The values are those of the text: a number in digits, `true` or `false`, a word; of
/// a list one for each item, none where it is empty.
struct PolicyDifference {
    std::string member;
    std::vector<std::string> before;
    std::vector<std::string> after;
};

/// In the order of policy_rules(). Of `forms` only another order of those that both have: a form that came or went is
/// told as a form. Every other member is compared as a whole.
[[nodiscard]] std::vector<PolicyDifference> policy_differences(const Policy& before, const Policy& after);

/// The same with the title in place of a form's id, and in place of a signer's key its label, where a bundle gives one.
/// Two that would be called the same are told apart by their ids and keys.
[[nodiscard]] PolicyDifference with_names(PolicyDifference difference, const Bundle& before, const Bundle& after);

/// One sentence with both values as people say them. The values are not made visible.
[[nodiscard]] std::string policy_difference_words(const locales::Translator& translator,
                                                  const PolicyDifference& difference);

}  // namespace app::exchange
