#include "app/exchange/policy_differences.hpp"

#include <algorithm>
#include <map>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/policy_judge.hpp"
#include "app/exchange/policy_reader.hpp"
#include "app/exchange/text.hpp"

namespace app::exchange {
namespace {

using Values = std::vector<std::string>;

/// Out of the canonical text, so that a member which can be written can be compared.
std::map<std::string, Values> members_by_name(const Policy& policy) {
    std::map<std::string, Values> by_name;
    for (const auto& [name, line, value] : read_policy_members(policy_text(policy)).members) {
        auto& values = by_name[name];
        if (value.kind != PolicyValue::Kind::List) values.push_back(value.text);
        for (const auto& item : value.items) values.push_back(item.text);
    }
    return by_name;
}

Values only_those_in(const Values& list, const Values& other) {
    Values common;
    std::copy_if(list.begin(), list.end(), std::back_inserter(common),
                 [&other](const auto& one) { return std::find(other.begin(), other.end(), one) != other.end(); });
    return common;
}

/// Label by key line; the newer one where a label was given anew.
std::map<std::string, std::string> labels_of(const Bundle& before, const Bundle& after) {
    std::map<std::string, std::string> labels;
    for (const auto* bundle : {&after, &before})
        for (const auto& signer : bundle->signers) labels.emplace(public_key_line(signer.key), signer.label);
    return labels;
}

std::map<std::string, std::string> titles_of(const Bundle& before, const Bundle& after) {
    std::map<std::string, std::string> titles;
    for (const auto* bundle : {&after, &before})
        for (const auto& form : bundle->forms)
            if (const auto title = form.form->title(); !title.empty()) titles.emplace(form.id, title);
    return titles;
}

void name_each(Values& values, const std::map<std::string, std::string>& names) {
    for (auto& value : values) {
        const auto named = names.find(value);
        if (named == names.end()) continue;
        const auto same = std::count_if(names.begin(), names.end(),
                                        [&named](const auto& other) { return other.second == named->second; });
        value = same == 1 ? named->second : named->second + " (" + value + ")";
    }
}

std::string role_or_language(const locales::Translator& translator, const std::string& member,
                             const std::string& value) {
    const auto key = member == "roles" ? "policy.role." + value : "language." + value;
    return translator.has(key) ? std::string(translator.tr(key).view()) : value;
}

std::string amount(const locales::Translator& translator, const PolicyRule& rule, const std::string& digits) {
    const auto number = number_of(digits).value_or(0);
    const auto counted = [&](std::string_view key) {
        return std::string(translator.tr(key, {{"count", number}}).view());
    };
    if (number == 0 && rule.member == "resume_minutes") return std::string(translator.tr("policy.value.never").view());
    switch (rule.unit) {
        case PolicyUnit::Minutes:
            return counted("policy.value.minutes");
        case PolicyUnit::Days:
            return counted("policy.value.days");
        case PolicyUnit::None:
        case PolicyUnit::Receipts:
        case PolicyUnit::Signatures:
        case PolicyUnit::Mebibytes:
            break;
    }
    return digits;
}

std::string said(const locales::Translator& translator, const PolicyRule& rule, const Values& values) {
    Values words;
    for (const auto& value : values) {
        switch (rule.shape) {
            case PolicyShape::Format:
            case PolicyShape::Number:
                words.push_back(amount(translator, rule, value));
                break;
            case PolicyShape::Flag:
                words.emplace_back(translator.tr(value == "true" ? "policy.value.yes" : "policy.value.no").view());
                break;
            case PolicyShape::Words:
                words.push_back(role_or_language(translator, std::string(rule.member), value));
                break;
            case PolicyShape::Numbers:
                words.push_back(value);
                break;
        }
    }
    if (words.empty()) return std::string(translator.tr("policy.value.nobody").view());
    const std::vector<std::string_view> items(words.begin(), words.end());
    return std::string(translator.list(items).view());
}

}  // namespace

std::vector<PolicyDifference> policy_differences(const Policy& before, const Policy& after) {
    auto old_members = members_by_name(before);
    auto new_members = members_by_name(after);
    std::vector<PolicyDifference> found;
    for (const auto& rule : policy_rules()) {
        const std::string name(rule.member);
        auto& was = old_members[name];
        auto& is = new_members[name];
        const bool differs = name == "forms" ? only_those_in(was, is) != only_those_in(is, was) : was != is;
        if (differs) found.push_back({name, std::move(was), std::move(is)});
    }
    return found;
}

PolicyDifference with_names(PolicyDifference difference, const Bundle& before, const Bundle& after) {
    std::map<std::string, std::string> names;
    if (difference.member == "forms") names = titles_of(before, after);
    if (difference.member == "bundle_signers") names = labels_of(before, after);
    name_each(difference.before, names);
    name_each(difference.after, names);
    return difference;
}

std::string policy_difference_words(const locales::Translator& translator, const PolicyDifference& difference) {
    const auto* const rule = policy_rule(difference.member);
    if (rule == nullptr) return difference.member;
    const auto before = said(translator, *rule, difference.before);
    const auto after = said(translator, *rule, difference.after);
    return std::string(translator
                           .tr("policy.change." + difference.member,
                               {{"before", std::string_view(before)}, {"after", std::string_view(after)}})
                           .view());
}

}  // namespace app::exchange
