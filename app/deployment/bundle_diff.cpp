#include "app/deployment/bundle_diff.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/certificate.hpp"
#include "locales/catalogue.hpp"

namespace app::deployment {
namespace {

using What = Difference::What;
using How = Difference::How;
using Texts = std::map<std::string, std::string>;
using Found = std::vector<Difference>;

/// What is in one and not in the other, and what is another text.
void compare_texts(const Texts& before, const Texts& after, const Difference& pattern, Found& found) {
    const auto add = [&](How how, const std::string& name, const std::string& was, const std::string& is) {
        auto one = pattern;
        one.how = how;
        one.name = name;
        one.before = was;
        one.after = is;
        found.push_back(std::move(one));
    };
    for (const auto& [name, text] : before)
        if (after.count(name) == 0) add(How::Removed, name, text, {});
    for (const auto& [name, text] : after) {
        const auto old = before.find(name);
        if (old == before.end())
            add(How::Added, name, {}, text);
        else if (old->second != text)
            add(How::Changed, name, old->second, text);
    }
}

Texts version_lines(const exchange::BundleVersion& version) {
    return {{"name", version.name},
            {"sequence", std::to_string(version.sequence)},
            {"minimum-app", exchange::app_version_text(version.minimum_app)},
            {"made", exchange::day_text(version.made)},
            {"expires", exchange::day_text(version.expires)},
            {"demo", version.demo ? "yes" : "no"}};
}

std::string joined(const std::vector<std::string>& list) {
    std::string text;
    for (const auto& one : list) text += (text.empty() ? "" : ", ") + one;
    return text;
}

/// Member by member; the order of forms is a difference of its own.
void compare_policies(const exchange::Bundle& before, const exchange::Bundle& after, bool form_order, Found& found) {
    for (const auto& difference : exchange::policy_differences(before.policy, after.policy)) {
        if ((difference.member == "forms") != form_order) continue;
        Difference one{form_order ? What::FormOrder : What::Policy, How::Changed};
        if (!form_order) one.name = difference.member;
        one.before = joined(difference.before);
        one.after = joined(difference.after);
        one.policy = exchange::with_names(difference, before, after);
        found.push_back(std::move(one));
    }
}

/// By key: a label may be given again, a key is somebody else's.
void compare_people(const exchange::Bundle& before, const exchange::Bundle& after, Found& found) {
    for (const bool recovery : {false, true}) {
        const auto readers = [recovery](const exchange::Bundle& bundle) {
            Texts people;
            for (const auto& one : bundle.recipients)
                if (one.recovery == recovery) people.emplace(one.recipient.to_string(), one.label);
            return people;
        };
        Found by_key;
        compare_texts(readers(before), readers(after), {recovery ? What::Recovery : What::Coordinator, How::Changed},
                      by_key);
        std::move(by_key.begin(), by_key.end(), std::back_inserter(found));
    }
    const auto intake = [](const exchange::Bundle& bundle) {
        Texts machines;
        if (bundle.intake) machines.emplace(bundle.intake->recipient.to_string(), bundle.intake->label);
        return machines;
    };
    compare_texts(intake(before), intake(after), {What::Intake, How::Changed}, found);
    const auto signers = [](const exchange::Bundle& bundle) {
        Texts people;
        for (const auto& one : bundle.signers) people.emplace(exchange::public_key_line(one.key), one.label);
        return people;
    };
    compare_texts(signers(before), signers(after), {What::Signer, How::Changed}, found);
}

/// Added is revoked from now on, removed is taken in again.
void compare_revoked(const exchange::Bundle& before, const exchange::Bundle& after, Found& found) {
    const auto devices = [](const exchange::Bundle& bundle) {
        Texts all;
        for (const auto& device : bundle.revoked) all.emplace(device, device);
        return all;
    };
    compare_texts(devices(before), devices(after), {What::Revoked, How::Changed}, found);
}

void compare_forms(const BundleView& before, const BundleView& after, Found& found) {
    const auto version_of = [](const exchange::BundleForm& form) { return std::string(form.form->version()); };
    for (const auto& form : before.bundle.forms)
        if (after.bundle.form(form.id) == nullptr)
            found.push_back({What::Form, How::Removed, form.id, {}, {}, {}, {}, version_of(form), {}});
    for (const auto& form : after.bundle.forms) {
        const auto* const old = before.bundle.form(form.id);
        if (old == nullptr) {
            found.push_back({What::Form, How::Added, form.id, {}, {}, {}, {}, {}, version_of(form)});
            continue;
        }
        if (old->sha256 == form.sha256) continue;
        found.push_back({What::Form, How::Changed, form.id, {}, {}, {}, {}, version_of(*old), version_of(form)});
        auto cells = form_differences(form.id, before.files, after.files);
        std::move(cells.begin(), cells.end(), std::back_inserter(found));
    }
    compare_policies(before.bundle, after.bundle, true, found);
}

std::string written(const locales::Pieces& pieces) {
    std::string text;
    for (const auto& piece : pieces) text += piece.placeholder ? "{{" + piece.text + "}}" : piece.text;
    return text;
}

Texts words_of(const exchange::Bundle& bundle, const std::string& language) {
    Texts words;
    const auto json = bundle.catalogues.find(language);
    if (json == bundle.catalogues.end()) return words;
    const auto catalogue = locales::Catalogue::parse(json->second);
    if (!catalogue) return words;
    for (const auto& [key, entry] : catalogue->entries()) {
        words.emplace(key, written(entry.other));
        if (entry.plural()) words.emplace(key + "_one", written(entry.one));
    }
    return words;
}

void compare_words(const exchange::Bundle& before, const exchange::Bundle& after, Found& found) {
    std::map<std::string, bool> languages;
    for (const auto* bundle : {&before, &after})
        for (const auto& [language, json] : bundle->catalogues) languages.emplace(language, true);
    for (const auto& [language, there] : languages) {
        Difference pattern{What::Word, How::Changed};
        pattern.language = language;
        compare_texts(words_of(before, language), words_of(after, language), pattern, found);
    }
}

Texts referrals_of(const exchange::Bundle& bundle) {
    Texts referrals;
    std::map<std::string, int> seen;
    for (const auto& one : bundle.referrals) {
        auto name = one.country + " " + one.service + ": " + one.number;
        if (const int count = ++seen[name]; count > 1) name += " (" + std::to_string(count) + ")";
        std::string rest;
        for (const auto& part :
             {one.channel, one.hours, one.languages, one.who_answers, one.verified_on, one.source, one.note})
            rest += (rest.empty() ? "" : "; ") + (part.empty() ? "-" : part);
        referrals.emplace(name, rest);
    }
    return referrals;
}

std::string seconds_of(const exchange::Bundle& bundle, const std::string& name) {
    constexpr std::uint32_t tenth = 100;
    for (const auto& one : bundle.prompts)
        if (one.name == name)
            return std::to_string(one.milliseconds / tenth / 10) + "." + std::to_string(one.milliseconds / tenth % 10);
    return {};
}

/// By their bytes.
void compare_prompts(const BundleView& before, const BundleView& after, Found& found) {
    const auto add = [&](How how, const std::string& name) {
        Difference one{What::Prompt, how};
        one.name = name;
        one.before = seconds_of(before.bundle, name);
        one.after = seconds_of(after.bundle, name);
        found.push_back(std::move(one));
    };
    for (const auto& one : before.bundle.prompts)
        if (after.files.count(one.name) == 0) add(How::Removed, one.name);
    for (const auto& one : after.bundle.prompts) {
        const auto old = before.files.find(one.name);
        if (old == before.files.end())
            add(How::Added, one.name);
        else if (old->second != after.files.at(one.name))
            add(How::Changed, one.name);
    }
}

}  // namespace

std::vector<Difference> differences(const BundleView& before, const BundleView& after) {
    Found found;
    compare_texts(version_lines(before.bundle.version), version_lines(after.bundle.version),
                  {What::Version, How::Changed}, found);
    compare_people(before.bundle, after.bundle, found);
    compare_revoked(before.bundle, after.bundle, found);
    compare_policies(before.bundle, after.bundle, false, found);
    compare_forms(before, after, found);
    compare_words(before.bundle, after.bundle, found);
    compare_texts(referrals_of(before.bundle), referrals_of(after.bundle), {What::Referral, How::Changed}, found);
    compare_prompts(before, after, found);
    return found;
}

}  // namespace app::deployment
