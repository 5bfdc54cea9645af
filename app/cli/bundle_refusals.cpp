#include "app/cli/bundle_refusals.hpp"

#include <array>
#include <nlohmann/json.hpp>

#include "app/cli/form_faults.hpp"
#include "app/cli/reasons.hpp"
#include "app/exchange/bundle.hpp"

namespace app::cli {
namespace {

using deployment::BuildRefusal;
using exchange::PolicyFaultKind;

std::string_view word_of(PolicyFaultKind kind) {
    switch (kind) {
        case PolicyFaultKind::TooLarge:
            return "too_large";
        case PolicyFaultKind::NotJson:
            return "not_json";
        case PolicyFaultKind::NotAnObject:
            return "not_an_object";
        case PolicyFaultKind::Unknown:
            return "unknown";
        case PolicyFaultKind::Missing:
            return "missing";
        case PolicyFaultKind::Doubled:
            return "doubled";
        case PolicyFaultKind::Type:
            return "type";
        case PolicyFaultKind::Range:
            return "range";
        case PolicyFaultKind::Word:
            return "word";
        case PolicyFaultKind::ItemDoubled:
            return "item_doubled";
        case PolicyFaultKind::NotRising:
            return "not_rising";
        case PolicyFaultKind::ItemCount:
            return "item_count";
        case PolicyFaultKind::TooFewSigners:
            return "too_few_signers";
        case PolicyFaultKind::NotYet:
            return "not_yet";
    }
    return "type";
}

std::string_view word_of(BuildRefusal::Kind kind) {
    using Kind = BuildRefusal::Kind;
    switch (kind) {
        case Kind::SourceMissing:
            return "source_missing";
        case Kind::SourceNotPlain:
            return "source_not_plain";
        case Kind::SourceUnreadable:
            return "source_unreadable";
        case Kind::SourceTooLarge:
            return "source_too_large";
        case Kind::TooManySources:
            return "too_many_sources";
        case Kind::SourcesTooLarge:
            return "sources_too_large";
        case Kind::NotBelonging:
            return "not_belonging";
        case Kind::Malformed:
            return "malformed";
        case Kind::OneCoordinator:
            return "one_coordinator";
        case Kind::RecoveryUnproven:
            return "recovery_unproven";
        case Kind::FormMissing:
            return "form_missing";
        case Kind::FormUnnamed:
            return "form_unnamed";
        case Kind::FormLanguage:
            return "form_language";
        case Kind::LanguageUnknown:
            return "language_unknown";
        case Kind::LanguageLacking:
            return "language_lacking";
        case Kind::WordsMissing:
            return "words_missing";
        case Kind::WordsDiffer:
            return "words_differ";
        case Kind::CatalogueUnnamed:
            return "catalogue_unnamed";
        case Kind::PromptName:
            return "prompt_name";
        case Kind::PromptsUnnamed:
            return "prompts_unnamed";
        case Kind::NameMissing:
            return "name_missing";
        case Kind::NumbersSpent:
            return "numbers_spent";
        case Kind::MadeEarlier:
            return "made_earlier";
        case Kind::ExpiresEarlier:
            return "expires_earlier";
        case Kind::KioskRefuses:
            return "kiosk_refuses";
    }
    return "kiosk_refuses";
}

/// What a member may hold: "0 to 365 days", "shelter, border", "true or false".
std::string allowed(const Context& context, const exchange::PolicyRule& rule) {
    using exchange::PolicyShape;
    switch (rule.shape) {
        case PolicyShape::Format:
            return std::to_string(rule.most);
        case PolicyShape::Flag:
            return context.text("cli.policy.allowed.flag");
        case PolicyShape::Words:
            return context.text("cli.policy.allowed." + std::string(rule.member));
        case PolicyShape::Numbers:
        case PolicyShape::Number:
            break;
    }
    const auto range = context.text("cli.policy.allowed.range",
                                    {{"least", std::to_string(rule.least)}, {"most", std::to_string(rule.most)}});
    switch (rule.unit) {
        case exchange::PolicyUnit::None:
            return range;
        case exchange::PolicyUnit::Minutes:
            return range + " " + context.text("cli.policy.unit.minutes");
        case exchange::PolicyUnit::Days:
            return range + " " + context.text("cli.policy.unit.days");
        case exchange::PolicyUnit::Receipts:
            return range + " " + context.text("cli.policy.unit.receipts");
        case exchange::PolicyUnit::Signatures:
            return range + " " + context.text("cli.policy.unit.signatures");
        case exchange::PolicyUnit::Mebibytes:
            return range + " " + context.text("cli.policy.unit.mebibytes");
    }
    return range;
}

/// What a refusal says besides what it is about.
struct DetailWords {
    const Context& context;
    const std::string& plain;
    std::string operator()(std::monostate /*none*/) const { return plain; }
    std::string operator()(const exchange::Why& why) const { return reason_words(context, why); }
    std::string operator()(const locales::Failure& why) const { return catalogue_words(context, why); }
};
/// The same for programs.
struct DetailText {
    const std::string& plain;
    std::string operator()(std::monostate /*none*/) const { return plain; }
    std::string operator()(const exchange::Why& why) const { return why.text(); }
    std::string operator()(const locales::Failure& why) const {
        return std::string(to_word(why.error)) + (why.key.empty() ? "" : ": " + why.key);
    }
};

std::string refusal_line(const Context& context, const BuildRefusal& refusal) {
    return context.text("cli.bundle.refusal." + std::string(word_of(refusal.kind)),
                        {{"about", refusal.about},
                         {"detail", std::visit(DetailWords{context, refusal.detail}, refusal.why)},
                         {"number", std::to_string(refusal.count)}});
}

}  // namespace

std::string policy_fault_words(const Context& context, const exchange::PolicyFault& fault) {
    const auto* const rule = exchange::policy_rule(fault.member);
    auto place = fault.line == 0 ? std::string("policy.json")
                                 : context.text("cli.policy.at", {{"line", std::to_string(fault.line)}});
    std::string known;
    for (const auto& one : exchange::policy_rules()) known += (known.empty() ? "" : ", ") + std::string(one.member);
    return place + ": " +
           context.text("cli.policy.fault." + std::string(word_of(fault.kind)),
                        {{"member", fault.member},
                         {"found", fault.found},
                         {"allowed", rule == nullptr ? known : allowed(context, *rule)},
                         {"least", rule == nullptr ? "" : std::to_string(rule->least_items)},
                         {"most", rule == nullptr ? std::to_string(exchange::policy_most_bytes)
                                                  : std::to_string(rule->most_items)}});
}

std::string refusal_lines(const Context& context, const deployment::BuildRefusals& refusals) {
    const auto fault = context.text("cli.form.check.error") + ": ";
    std::string lines;
    for (const auto& one : refusals.others) lines += one_line(fault + refusal_line(context, one));
    for (const auto& one : refusals.policy) lines += one_line(fault + policy_fault_words(context, one));
    for (const auto& form : refusals.forms) {
        lines += one_line(context.text("cli.bundle.refusal.form", {{"form", form.source.name}}));
        lines += fault_lines(context, form.source, form.faults);
    }
    return lines;
}

std::string refusals_json(const deployment::BuildRefusals& refusals) {
    auto list = nlohmann::json::array();
    for (const auto& one : refusals.others)
        list.push_back({{"kind", word_of(one.kind)},
                        {"about", one.about},
                        {"detail", std::visit(DetailText{one.detail}, one.why)},
                        {"count", one.count}});
    for (const auto& one : refusals.policy)
        list.push_back({{"kind", "policy"},
                        {"fault", word_of(one.kind)},
                        {"member", one.member},
                        {"line", one.line},
                        {"found", one.found}});
    for (const auto& form : refusals.forms)
        list.push_back({{"kind", "form"},
                        {"form", form.source.name},
                        {"faults", nlohmann::json::parse(fault_list(form.source, form.faults))}});
    return list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::uint64_t count_of(const deployment::BuildRefusals& refusals) {
    std::uint64_t count = refusals.others.size() + refusals.policy.size();
    for (const auto& form : refusals.forms) count += count_errors(form.faults);
    return count;
}

}  // namespace app::cli
