#include "app/deployment/bundle_gates.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/prompt.hpp"
#include "locales/screen_words.hpp"
#include "locales/translator.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace app::deployment {
namespace {

using Kind = BuildRefusal::Kind;
namespace workbook = questionnaires::workbook;

constexpr std::array spoken{locales::Language::Es, locales::Language::En};
constexpr std::size_t least_coordinators = 2;

/// "adult" of "forms/adult/survey.csv", "es" of "locales/es.json"; empty for another folder.
std::string_view part_of(std::string_view name, std::string_view folder) {
    if (!name.starts_with(folder)) return {};
    name.remove_prefix(folder.size());
    return name.substr(0, std::min(name.find('/'), name.find(".json")));
}

bool named(const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

const crypto::Bytes* source(const Content& sources, const std::string& name, BuildRefusals& refusals) {
    const auto found = sources.find(name);
    if (found != sources.end()) return &found->second;
    refusals.add(Kind::SourceMissing, name);
    return nullptr;
}

void gate_form(const Content& sources, const std::string& id, const exchange::Policy& policy, BuildRefusals& refusals) {
    const auto folder = "forms/" + id + "/";
    workbook::Members sheets;
    for (auto at = sources.lower_bound(folder); at != sources.end() && at->first.starts_with(folder); ++at)
        sheets.emplace(at->first.substr(folder.size()), at->second);
    if (sheets.empty()) return refusals.add(Kind::FormMissing, id);
    auto read = workbook::read_form(sheets, id);
    auto faults = workbook::check_form(read);
    if (workbook::count_errors(faults) > 0) {
        refusals.forms.push_back({std::move(read), std::move(faults)});
        return;
    }
    const auto form = questionnaires::engine::load(read.workbook, id);
    if (!form) return;
    for (const auto& language : policy.languages)
        if (!(*form)->language(language)) refusals.add(Kind::FormLanguage, id, language);
}

/// Against the texts that the screens of this version look up.
void gate_catalogue(const crypto::Bytes& json, const std::string& name, locales::Language language,
                    BuildRefusals& refusals) {
    const auto text = crypto::as_text(json);
    const auto given = locales::Catalogue::parse(text);
    if (!given) return refusals.add_why(Kind::Malformed, "content/" + name, given.error());
    const auto wanted = locales::Catalogue::parse(locales::shipped(language));
    std::vector<std::string> missing;
    std::vector<std::string> other;
    if (!wanted) return;
    for (const auto& [key, entry] : wanted->entries()) {
        if (locales::of_command_line(key)) continue;
        const auto* const found = given->find(key);
        if (found == nullptr)
            missing.push_back(key);
        else if (found->placeholders() != entry.placeholders() || found->plural() != entry.plural())
            other.push_back(key);
    }
    if (!missing.empty()) refusals.add(Kind::WordsMissing, name, missing.front(), missing.size());
    if (!other.empty()) refusals.add(Kind::WordsDiffer, name, other.front(), other.size());
}

}  // namespace

std::optional<exchange::Policy> gate_policy(const Content& sources, BuildRefusals& refusals) {
    const auto* const text = source(sources, "policy.json", refusals);
    if (text == nullptr) return std::nullopt;
    auto judged = exchange::judge_policy(*text);
    refusals.policy = std::move(judged.faults);
    return std::move(judged.policy);
}

void gate_people(const Content& sources, bool single, exchange::BundleContents& contents, BuildRefusals& refusals) {
    if (const auto* const text = source(sources, "recipients.txt", refusals); text != nullptr) {
        auto read = exchange::parse_recipients(*text);
        if (!read) {
            refusals.add_why(Kind::Malformed, "content/recipients.txt", read.error().why);
        } else {
            const auto coordinators = static_cast<std::size_t>(
                std::count_if(read->begin(), read->end(), [](const auto& one) { return !one.recovery; }));
            if (coordinators < least_coordinators && !single) refusals.add(Kind::OneCoordinator, {}, {}, coordinators);
            contents.recipients = std::move(*read);
        }
    }
    if (const auto* const text = source(sources, "signers.txt", refusals); text != nullptr) {
        auto read = exchange::parse_signers(*text);
        if (read)
            contents.signers = std::move(*read);
        else
            refusals.add_why(Kind::Malformed, "content/signers.txt", read.error().why);
    }
}

void gate_intake(const Content& sources, exchange::BundleContents& contents, BuildRefusals& refusals) {
    const auto text = sources.find("intake.txt");
    // As `deployment intake remove` leaves it.
    if (text == sources.end() || text->second.empty()) return;
    auto read = exchange::parse_intake(text->second);
    const auto fits = read && !contents.recipients.empty() ? exchange::check_intake(contents.recipients, *read)
                                                           : exchange::Result<void>{};
    if (!read || !fits)
        refusals.add_why(Kind::Malformed, "content/intake.txt", read ? fits.error().why : read.error().why);
    else
        contents.intake = std::move(*read);
}

void gate_revoked(const Content& sources, exchange::BundleContents& contents, BuildRefusals& refusals) {
    const auto text = sources.find("revoked.txt");
    // People who take out the last number leave an empty file.
    if (text == sources.end() || text->second.empty()) return;
    auto read = exchange::parse_revoked(text->second);
    if (read)
        contents.revoked = std::move(*read);
    else
        refusals.add_why(Kind::Malformed, "content/revoked.txt", read.error().why);
}

void gate_forms(const Content& sources, const exchange::Policy& policy, BuildRefusals& refusals) {
    for (const auto& id : policy.forms) gate_form(sources, id, policy, refusals);
}

void gate_words(const Content& sources, const exchange::Policy& policy, BuildRefusals& refusals) {
    for (const auto& language : policy.languages)
        if (std::none_of(spoken.begin(), spoken.end(), [&](auto one) { return code(one) == language; }))
            refusals.add(Kind::LanguageUnknown, language);
    const auto before = refusals.others.size();
    for (const auto language : spoken) {
        const std::string word(code(language));
        if (!named(policy.languages, word)) {
            refusals.add(Kind::LanguageLacking, word);
            continue;
        }
        const auto name = "locales/" + word + ".json";
        if (const auto* const json = source(sources, name, refusals); json != nullptr)
            gate_catalogue(*json, name, language, refusals);
    }
    if (refusals.others.size() != before) return;
    // What a kiosk does when it is unlocked; it would go on with the words built into it.
    const auto words = [&sources](const char* name) { return crypto::as_text(sources.at(name)); };
    if (const auto pair = locales::Translator::make(words("locales/es.json"), words("locales/en.json")); !pair)
        refusals.add_why(Kind::Malformed, "content/locales", pair.error());
}

void gate_prompts(const Content& sources, BuildRefusals& refusals) {
    std::uint64_t total = 0;
    for (auto at = sources.lower_bound("audio/"); at != sources.end() && at->first.starts_with("audio/"); ++at) {
        total += at->second.size();
        if (!exchange::prompt_language(at->first))
            refusals.add(Kind::PromptName, at->first);
        else if (const auto read = exchange::parse_prompt(at->first, at->second); !read)
            refusals.add_why(Kind::Malformed, "content", read.error().why);
    }
    if (total > exchange::prompts_most_bytes)
        refusals.add_why(Kind::Malformed, "content/audio", exchange::Why{exchange::Reason::PromptsLarge});
}

std::vector<std::string> take_unnamed(Content& sources, const exchange::Policy& policy) {
    std::set<std::string> unnamed;
    for (auto at = sources.begin(); at != sources.end();) {
        const auto form = part_of(at->first, "forms/");
        const auto language = part_of(at->first, "locales/");
        const auto spoken_in = part_of(at->first, "audio/");
        if (!form.empty() && !named(policy.forms, form))
            unnamed.insert("forms/" + std::string(form));
        else if (!language.empty() && !named(policy.languages, language))
            unnamed.insert(at->first);
        else if (!spoken_in.empty() && !named(policy.languages, spoken_in))
            unnamed.insert("audio/" + std::string(spoken_in));
        else {
            ++at;
            continue;
        }
        at = sources.erase(at);
    }
    return {unnamed.begin(), unnamed.end()};
}

}  // namespace app::deployment
