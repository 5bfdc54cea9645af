#include "app/exchange/policy_judge.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "app/exchange/policy_reader.hpp"
#include "app/record/rules.hpp"

namespace app::exchange {
namespace {

constexpr std::uint32_t policy_format = 1;
constexpr std::size_t most_found = 40;
constexpr std::size_t most_faults = 200;  ///< of a hostile text; a person's has a dozen members

constexpr std::array rules{
    PolicyRule{"batch_mib", PolicyShape::Number, PolicyUnit::Mebibytes, 1, 256},
    PolicyRule{"bundle_signers", PolicyShape::Words, PolicyUnit::None, 0, 0, 0, bundle_most_signers},
    PolicyRule{"child_workers", PolicyShape::Numbers, PolicyUnit::None, 1, 999'999, 0, 1'000},
    PolicyRule{"empty_batches", PolicyShape::Flag},
    PolicyRule{"format", PolicyShape::Format, PolicyUnit::None, policy_format, policy_format},
    PolicyRule{"forms", PolicyShape::Words, PolicyUnit::None, 0, 0, 1, 32},
    PolicyRule{"hold_days", PolicyShape::Number, PolicyUnit::Days, 0, 365},
    PolicyRule{"idle_minutes", PolicyShape::Number, PolicyUnit::Minutes, 1, 60},
    PolicyRule{"languages", PolicyShape::Words, PolicyUnit::None, 0, 0, 1, 32},
    PolicyRule{"receipts_required", PolicyShape::Number, PolicyUnit::Receipts, 1, 4},
    PolicyRule{"record_time", PolicyShape::Flag},
    PolicyRule{"resume_minutes", PolicyShape::Number, PolicyUnit::Minutes, 0, 10},
    PolicyRule{"retention_days", PolicyShape::Number, PolicyUnit::Days, 1, 36'500},
    PolicyRule{"roles", PolicyShape::Words, PolicyUnit::None, 0, 0, 1, 32},
    PolicyRule{"signatures_required", PolicyShape::Number, PolicyUnit::Signatures, 1, 4},
    PolicyRule{"store_refusals", PolicyShape::Flag},
};

bool is_role(std::string_view role) {
    return role == "shelter" || role == "border";
}

bool word_allowed(std::string_view member, std::string_view word) {
    if (member == "roles") return is_role(word);
    if (member == "bundle_signers") return crypto::ReceiptPublicKey::parse_line(word).has_value();
    return member == "languages" ? record::is_language(word) : record::is_form_id(word);
}

/// Goes through the members, and keeps what is wrong.
class Judge {
  public:
    explicit Judge(std::vector<PolicyFault>& faults) : faults_(faults) {}

    void fault(PolicyFaultKind kind, const PolicyMember& member, std::string found = {}) {
        if (faults_.size() < most_faults)
            faults_.push_back(
                {kind, member.name.substr(0, most_found), member.line, std::move(found).substr(0, most_found)});
    }

    void judge(const PolicyRule& rule, const PolicyMember& member) {
        const auto& value = member.value;
        switch (rule.shape) {
            case PolicyShape::Format:
            case PolicyShape::Number:
                return judge_number(rule, member, value, PolicyValue::Kind::Number);
            case PolicyShape::Flag:
                if (value.kind != PolicyValue::Kind::Flag) return fault(PolicyFaultKind::Type, member, value.text);
                // No record carries a time of day yet: a policy that asks for it would not be followed.
                if (rule.member == "record_time" && value.flag) fault(PolicyFaultKind::NotYet, member, value.text);
                return;
            case PolicyShape::Words:
                return judge_words(rule, member);
            case PolicyShape::Numbers:
                return judge_numbers(rule, member);
        }
    }

  private:
    void judge_number(const PolicyRule& rule, const PolicyMember& member, const PolicyValue& value,
                      PolicyValue::Kind kind) {
        // A number below nothing or with a fraction is out of the range, not something else.
        const bool other_number =
            value.kind == PolicyValue::Kind::Other && !value.text.empty() &&
            (value.text.front() == '-' || (value.text.front() >= '0' && value.text.front() <= '9'));
        if (value.kind != kind && !other_number) return fault(PolicyFaultKind::Type, member, value.text);
        if (other_number || value.number < rule.least || value.number > rule.most)
            fault(PolicyFaultKind::Range, member, value.text);
    }

    bool judge_items(const PolicyRule& rule, const PolicyMember& member) {
        const auto& value = member.value;
        if (value.kind != PolicyValue::Kind::List) {
            fault(PolicyFaultKind::Type, member, value.text);
            return false;
        }
        const auto count = value.items.size();
        if (count < rule.least_items || count > rule.most_items) {
            fault(PolicyFaultKind::ItemCount, member, std::to_string(count));
            return false;
        }
        return true;
    }

    void judge_words(const PolicyRule& rule, const PolicyMember& member) {
        if (!judge_items(rule, member)) return;
        std::set<std::string_view> seen;
        for (const auto& item : member.value.items) {
            if (item.kind != PolicyValue::Kind::Word || !word_allowed(rule.member, item.text))
                fault(PolicyFaultKind::Word, member, item.text);
            else if (!seen.insert(item.text).second)
                fault(PolicyFaultKind::ItemDoubled, member, item.text);
        }
    }

    void judge_numbers(const PolicyRule& rule, const PolicyMember& member) {
        if (!judge_items(rule, member)) return;
        std::uint64_t before = 0;
        for (const auto& item : member.value.items) {
            judge_number(rule, member, item, PolicyValue::Kind::Number);
            if (item.kind != PolicyValue::Kind::Number) continue;
            if (item.number <= before) fault(PolicyFaultKind::NotRising, member, item.text);
            before = std::max(before, item.number);
        }
    }

    std::vector<PolicyFault>& faults_;
};

const PolicyValue& value_of_member(const PolicyMembers& read, std::string_view name) {
    return std::find_if(read.members.begin(), read.members.end(), [name](const auto& one) { return one.name == name; })
        ->value;
}

/// Of members without a fault.
Policy policy_of(const PolicyMembers& read) {
    const auto number = [&read](std::string_view name) {
        return static_cast<std::uint32_t>(value_of_member(read, name).number);
    };
    const auto words = [&read](std::string_view name) {
        std::vector<std::string> list;
        for (const auto& item : value_of_member(read, name).items) list.push_back(item.text);
        return list;
    };
    Policy policy{};
    policy.roles = words("roles");
    policy.languages = words("languages");
    policy.forms = words("forms");
    for (const auto& item : value_of_member(read, "child_workers").items)
        policy.child_workers.push_back(static_cast<std::uint32_t>(item.number));
    policy.idle_minutes = number("idle_minutes");
    policy.resume_minutes = number("resume_minutes");
    policy.receipts_required = number("receipts_required");
    policy.hold_days = number("hold_days");
    policy.retention_days = number("retention_days");
    policy.store_refusals = value_of_member(read, "store_refusals").flag;
    policy.record_time = value_of_member(read, "record_time").flag;
    policy.signatures_required = number("signatures_required");
    policy.batch_mib = number("batch_mib");
    policy.empty_batches = value_of_member(read, "empty_batches").flag;
    for (const auto& line : words("bundle_signers"))
        policy.bundle_signers.push_back(*crypto::ReceiptPublicKey::parse_line(line));
    return policy;
}

/// A number of signatures that nobody could ever bring together would end the programme's bundles.
void judge_signers(const PolicyMembers& read, Judge& judge) {
    const auto signers = value_of_member(read, "bundle_signers").items.size();
    for (const auto& member : read.members)
        if (member.name == "signatures_required" && member.value.number > signers + 1)
            judge.fault(PolicyFaultKind::TooFewSigners, member, std::to_string(member.value.number));
}

}  // namespace

std::span<const PolicyRule> policy_rules() noexcept {
    return rules;
}

const PolicyRule* policy_rule(std::string_view member) noexcept {
    const auto* const found =
        std::find_if(rules.begin(), rules.end(), [member](const auto& rule) { return rule.member == member; });
    return found == rules.end() ? nullptr : found;
}

JudgedPolicy judge_policy(crypto::ByteView text) {
    JudgedPolicy judged;
    if (text.size() > policy_most_bytes) {
        judged.faults.push_back({PolicyFaultKind::TooLarge, {}, 0, std::to_string(text.size())});
        return judged;
    }
    const auto read = read_policy_members(crypto::as_text(text));
    if (!read.readable) {
        judged.faults.push_back({PolicyFaultKind::NotJson, {}, read.line, {}});
        return judged;
    }
    if (!read.object) {
        judged.faults.push_back({PolicyFaultKind::NotAnObject, {}, 1, {}});
        return judged;
    }
    Judge judge(judged.faults);
    std::set<std::string_view> seen;
    for (const auto& member : read.members) {
        const auto* const rule = policy_rule(member.name);
        if (rule == nullptr)
            judge.fault(PolicyFaultKind::Unknown, member);
        else if (!seen.insert(rule->member).second)
            judge.fault(PolicyFaultKind::Doubled, member);
        else
            judge.judge(*rule, member);
    }
    for (const auto& rule : rules)
        if (seen.count(rule.member) == 0) judge.fault(PolicyFaultKind::Missing, {std::string(rule.member), 0, {}});
    if (judged.faults.empty()) judge_signers(read, judge);
    if (judged.faults.empty()) judged.policy = policy_of(read);
    return judged;
}

}  // namespace app::exchange
