#include "app/device/brought_differences.hpp"

#include <algorithm>
#include <tuple>

#include "app/exchange/policy_differences.hpp"

namespace app::device {
namespace {

using model::FormNews;

std::string title_of(const exchange::BundleForm& form) {
    const std::string title(form.form->title());
    return title.empty() ? form.id : title;
}

std::vector<FormNews> form_news(const exchange::Bundle* before, const exchange::Bundle& after) {
    std::vector<FormNews> news;
    for (const auto& form : after.forms) {
        const auto* const old = before != nullptr ? before->form(form.id) : nullptr;
        if (old == nullptr)
            news.push_back({FormNews::How::Added, title_of(form)});
        else if (old->sha256 != form.sha256)
            news.push_back({FormNews::How::Changed, title_of(form)});
    }
    if (before != nullptr)
        for (const auto& form : before->forms)
            if (after.form(form.id) == nullptr) news.push_back({FormNews::How::Removed, title_of(form)});
    return news;
}

/// Who reads by the one and not by the other: by key, since a label can be given to another key.
std::vector<std::string> readers_only_in(const exchange::Bundle& one, const exchange::Bundle* other) {
    std::vector<std::string> labels;
    for (const auto& reader : one.recipients) {
        const auto same = [&](const auto& kept) {
            return kept.recipient.to_string() == reader.recipient.to_string() && kept.recovery == reader.recovery;
        };
        if (other == nullptr || std::none_of(other->recipients.begin(), other->recipients.end(), same))
            labels.push_back(reader.label);
    }
    return labels;
}

/// The machine that takes batches in by the one and not by the other; empty for none.
std::string intake_only_in(const exchange::Bundle& one, const exchange::Bundle* other) {
    if (!one.intake) return {};
    const bool same = other != nullptr && other->intake && other->intake->recipient == one.intake->recipient;
    return same ? std::string() : one.intake->label;
}

bool same_referrals(const std::vector<exchange::Referral>& a, const std::vector<exchange::Referral>& b) {
    const auto fields = [](const exchange::Referral& one) {
        return std::tie(one.country, one.service, one.channel, one.number, one.hours, one.languages, one.who_answers,
                        one.verified_on, one.source, one.note);
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [&](const auto& one, const auto& two) { return fields(one) == fields(two); });
}

/// What is not told by itself, as languages are.
std::vector<model::RuleNews> rule_news(const exchange::Bundle& before, const exchange::Bundle& after) {
    std::vector<model::RuleNews> news;
    for (auto& difference : exchange::policy_differences(before.policy, after.policy)) {
        if (difference.member == "languages") continue;
        auto named = exchange::with_names(std::move(difference), before, after);
        news.push_back({std::move(named.member), std::move(named.before), std::move(named.after)});
    }
    return news;
}

/// Numbers of devices but this one that the one revokes and the other does not.
std::vector<std::string> revoked_only_in(const exchange::Bundle& one, const exchange::Bundle* other,
                                         std::string_view self) {
    std::vector<std::string> devices;
    for (const auto& device : one.revoked)
        if (device != self && (other == nullptr || !other->revokes(device))) devices.push_back(device);
    return devices;
}

model::BundleNews::Self self_news(const exchange::Bundle* before, const exchange::Bundle& after,
                                  std::string_view self) {
    using Self = model::BundleNews::Self;
    const bool was = before != nullptr && before->revokes(self);
    const bool is = after.revokes(self);
    return was == is ? Self::AsBefore : is ? Self::Revoked : Self::Admitted;
}

}  // namespace

model::BundleNews bundle_news(const exchange::Bundle* before, const exchange::Bundle& after, std::string_view self) {
    model::BundleNews news;
    news.sequence = after.version.sequence;
    news.name = after.version.name;
    news.until = after.version.expires;
    news.forms = form_news(before, after);
    news.readers_added = readers_only_in(after, before);
    if (before != nullptr) news.readers_removed = readers_only_in(*before, &after);
    news.intake_added = intake_only_in(after, before);
    if (before != nullptr) news.intake_removed = intake_only_in(*before, &after);
    news.readers = after.recipients.size();
    news.revoked = revoked_only_in(after, before, self);
    if (before != nullptr) news.admitted = revoked_only_in(*before, &after, self);
    news.self = self_news(before, after, self);
    if (before == nullptr || before->policy.languages != after.policy.languages)
        news.languages = after.policy.languages;
    news.referrals = before == nullptr || !same_referrals(before->referrals, after.referrals);
    if (before != nullptr) news.rules = rule_news(*before, after);
    news.words = before != nullptr && before->catalogues != after.catalogues;
    news.demo = after.version.demo && before != nullptr && !before->version.demo;
    return news;
}

}  // namespace app::device
