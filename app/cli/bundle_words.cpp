#include "app/cli/bundle_words.hpp"

#include <nlohmann/json.hpp>

#include "app/exchange/policy_differences.hpp"

namespace app::cli {
namespace {

using deployment::Difference;

std::string_view word_of(Difference::What what) {
    using What = Difference::What;
    switch (what) {
        case What::Version:
            return "version";
        case What::Coordinator:
            return "coordinator";
        case What::Recovery:
            return "recovery";
        case What::Intake:
            return "intake";
        case What::Signer:
            return "signer";
        case What::Revoked:
            return "revoked";
        case What::Policy:
            return "policy";
        case What::Form:
            return "form";
        case What::FormOrder:
            return "form_order";
        case What::Question:
            return "question";
        case What::Choice:
            return "choice";
        case What::Setting:
            return "setting";
        case What::Indicator:
            return "indicator";
        case What::Level:
            return "level";
        case What::Action:
            return "action";
        case What::Table:
            return "table";
        case What::Word:
            return "word";
        case What::Referral:
            return "referral";
        case What::Prompt:
            return "prompt";
    }
    return "form";
}

std::string_view word_of(Difference::How how) {
    switch (how) {
        case Difference::How::Added:
            return "added";
        case Difference::How::Removed:
            return "removed";
        case Difference::How::Changed:
            return "changed";
        case Difference::How::Moved:
            return "moved";
    }
    return "changed";
}

/// A row of a form: which form, what kind of thing, what it is called.
std::string row_line(const Context& context, const Difference& one) {
    const auto key = "cli.diff.row." + std::string(word_of(one.how)) +
                     (one.how == Difference::How::Changed && !one.language.empty() ? "_in" : "");
    return context.text(key, {{"form", one.form},
                              {"thing", context.text("cli.diff.thing." + std::string(word_of(one.what)))},
                              {"name", one.what == Difference::What::Table ? one.sheet + " / " + one.name : one.name},
                              {"column", one.column},
                              {"language", one.language},
                              {"before", one.before},
                              {"after", one.after}});
}

std::string line_of_difference(const Context& context, const Difference& one) {
    using What = Difference::What;
    const auto how = std::string(word_of(one.how));
    const auto with = [&](const std::string& key) {
        return context.text(key, {{"form", one.form},
                                  {"name", one.name},
                                  {"language", one.language},
                                  {"before", one.before},
                                  {"after", one.after}});
    };
    switch (one.what) {
        case What::Version:
            return context.text("cli.diff.version." + (one.name == "minimum-app" ? "minimum_app" : one.name),
                                {{"before", one.before}, {"after", one.after}});
        case What::Coordinator:
            return with("cli.diff.coordinator." + how);
        case What::Recovery:
            return with("cli.diff.recovery." + how);
        case What::Intake:
            return with("cli.diff.intake." + how);
        case What::Signer:
            return with("cli.diff.signer." + how);
        case What::Revoked:
            return with("cli.diff.revoked." + how);
        case What::Policy:
        case What::FormOrder:
            return one.policy ? exchange::policy_difference_words(context.translator(), *one.policy) : one.name;
        case What::Form:
            return with("cli.diff.form." + how);
        case What::Word:
            return with("cli.diff.word." + how);
        case What::Referral:
            return with("cli.diff.referral." + how);
        case What::Prompt:
            return with("cli.diff.prompt." + how);
        case What::Question:
        case What::Choice:
        case What::Setting:
        case What::Indicator:
        case What::Level:
        case What::Action:
        case What::Table:
            return row_line(context, one);
    }
    return {};
}

std::string listed(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

}  // namespace

std::string policy_lines(const Context& context, const exchange::Policy& policy) {
    std::vector<std::string> workers;
    for (const auto number : policy.child_workers) workers.push_back(std::to_string(number));
    std::string lines;
    const auto say = [&](std::string_view key, const std::string& value) {
        lines += one_line("  " + context.text(key, {{"value", value}}));
    };
    say("cli.policy.is.roles", listed(policy.roles));
    say("cli.policy.is.languages", listed(policy.languages));
    say("cli.policy.is.forms", listed(policy.forms));
    say(workers.empty() ? "cli.policy.is.no_child_workers" : "cli.policy.is.child_workers", listed(workers));
    say("cli.policy.is.idle_minutes", std::to_string(policy.idle_minutes));
    say(policy.resume_minutes == 0 ? "cli.policy.is.no_resume" : "cli.policy.is.resume_minutes",
        std::to_string(policy.resume_minutes));
    say("cli.policy.is.retention_days", std::to_string(policy.retention_days));
    say("cli.policy.is.receipts_required", std::to_string(policy.receipts_required));
    say("cli.policy.is.hold_days", std::to_string(policy.hold_days));
    say("cli.policy.is.batch_mib", std::to_string(policy.batch_mib));
    say(policy.empty_batches ? "cli.policy.is.empty_batches" : "cli.policy.is.no_empty_batches", {});
    say(policy.store_refusals ? "cli.policy.is.store_refusals" : "cli.policy.is.no_refusals", {});
    say("cli.policy.is.no_time", {});
    std::vector<std::string> signers;
    for (const auto& key : policy.bundle_signers) signers.push_back(exchange::public_key_line(key));
    say(policy.signatures_required == 1 ? "cli.policy.is.one_signature" : "cli.policy.is.signatures_required",
        std::to_string(policy.signatures_required));
    if (!signers.empty()) say("cli.policy.is.bundle_signers", listed(signers));
    return lines;
}

std::string difference_lines(const Context& context, const std::vector<Difference>& differences) {
    std::string lines;
    for (const auto& one : differences) lines += one_line(line_of_difference(context, one));
    return lines;
}

std::string differences_json(const std::vector<Difference>& differences) {
    auto list = nlohmann::json::array();
    for (const auto& one : differences)
        list.push_back({{"what", word_of(one.what)},
                        {"how", word_of(one.how)},
                        {"form", one.form},
                        {"name", one.name},
                        {"sheet", one.sheet},
                        {"column", one.column},
                        {"language", one.language},
                        {"before", one.before},
                        {"after", one.after}});
    return list.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace app::cli
