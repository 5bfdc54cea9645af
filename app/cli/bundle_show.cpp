// amparo bundle show: what a bundle of the programme says, in words.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/bundle_words.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/deployment/anchor.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
using nlohmann::json;

struct BundleShowOptions {
    std::string file;
    std::string programme;
    bool as_json = false;
};

/// Eight words of what somebody's key is written as, to compare by ear.
std::string words_of_key(const Context& context, std::string_view written) {
    return crypto::fingerprint_words(crypto::blake2b_256(context.ready(), crypto::as_bytes(written)));
}

/// Rows that a person answers or reads and that are written in the language.
std::size_t questions_in(const engine::Form& form, const std::string& language) {
    const auto id = form.language(language);
    if (!id) return 0;
    std::size_t count = 0;
    for (std::uint32_t i = 0; i < form.size(); ++i) count += form.label(engine::QuestionId{i}, *id).empty() ? 0U : 1U;
    return count;
}

/// How many sounds there are, how long and how large they are together.
struct Sounds {
    std::uint64_t count = 0;
    std::uint64_t seconds = 0;
    std::uint64_t bytes = 0;
};
Sounds sounds_of(const exchange::Bundle& bundle) {
    Sounds all;
    std::uint64_t milliseconds = 0;
    for (const auto& one : bundle.prompts) {
        ++all.count;
        milliseconds += one.milliseconds;
        all.bytes += one.bytes;
    }
    all.seconds = milliseconds / 1000;
    return all;
}

json intake_json(const Context& context, const exchange::Bundle& bundle) {
    if (!bundle.intake) return {};
    const auto recipient = bundle.intake->recipient.to_string();
    return {{"label", bundle.intake->label}, {"recipient", recipient}, {"words", words_of_key(context, recipient)}};
}

json as_json(const Context& context, const exchange::Bundle& bundle, const std::string& words) {
    auto readers = json::array();
    for (const auto& one : bundle.recipients)
        readers.push_back({{"label", one.label},
                           {"kind", one.recovery ? "recovery" : "coordinator"},
                           {"recipient", one.recipient.to_string()},
                           {"words", words_of_key(context, one.recipient.to_string())}});
    auto signers = json::array();
    for (const auto& one : bundle.signers)
        signers.push_back({{"label", one.label},
                           {"key", exchange::public_key_line(one.key)},
                           {"words", words_of_key(context, exchange::public_key_line(one.key))}});
    auto forms = json::array();
    for (const auto& one : bundle.forms) {
        json questions = json::object();
        for (const auto& language : bundle.policy.languages) questions[language] = questions_in(*one.form, language);
        forms.push_back({{"id", one.id},
                         {"version", one.form->version()},
                         {"sha256", crypto::to_hex(one.sha256)},
                         {"questions", std::move(questions)}});
    }
    const auto& version = bundle.version;
    const auto sounds = sounds_of(bundle);
    return {{"deployment", version.deployment},
            {"words", words},
            {"name", version.name},
            {"sequence", version.sequence},
            {"minimum_app", exchange::app_version_text(version.minimum_app)},
            {"made", exchange::day_text(version.made)},
            {"expires", exchange::day_text(version.expires)},
            {"demo", version.demo},
            {"recipients", std::move(readers)},
            {"intake", intake_json(context, bundle)},
            {"signers", std::move(signers)},
            {"revoked", bundle.revoked},
            {"policy", json::parse(exchange::policy_text(bundle.policy))},
            {"forms", std::move(forms)},
            {"referrals", bundle.referrals.size()},
            {"prompts", {{"count", sounds.count}, {"seconds", sounds.seconds}, {"bytes", sounds.bytes}}}};
}

std::string people_lines(const Context& context, const exchange::Bundle& bundle) {
    std::string lines;
    for (const auto& one : bundle.recipients)
        lines += one_line(
            "  " + context.text(one.recovery ? "cli.bundle.show.recovery" : "cli.bundle.show.coordinator",
                                {{"name", one.label}, {"words", words_of_key(context, one.recipient.to_string())}}));
    if (bundle.intake)
        lines +=
            one_line("  " + context.text("cli.bundle.show.intake",
                                         {{"name", bundle.intake->label},
                                          {"words", words_of_key(context, bundle.intake->recipient.to_string())}}));
    for (const auto& one : bundle.signers)
        lines += one_line("  " + context.text("cli.bundle.show.signer",
                                              {{"name", one.label},
                                               {"words", words_of_key(context, exchange::public_key_line(one.key))}}));
    return lines;
}

std::string revoked_lines(const Context& context, const exchange::Bundle& bundle) {
    if (bundle.revoked.empty()) return one_line("  " + context.text("cli.bundle.show.nobody_revoked"));
    std::string lines;
    for (const auto& device : bundle.revoked) lines += one_line("  " + device);
    return lines;
}

std::string form_lines(const Context& context, const exchange::Bundle& bundle) {
    std::string lines;
    for (const auto& one : bundle.forms) {
        std::string questions;
        for (const auto& language : bundle.policy.languages)
            questions +=
                (questions.empty() ? "" : ", ") + language + " " + std::to_string(questions_in(*one.form, language));
        lines += one_line("  " + context.text("cli.bundle.show.form", {{"form", one.id},
                                                                       {"version", std::string(one.form->version())},
                                                                       {"questions", questions}}));
    }
    return lines;
}

std::string in_lines(const Context& context, const exchange::Bundle& bundle, const std::string& words) {
    const auto& version = bundle.version;
    std::string lines = one_line(
        context.text("cli.bundle.show.title", {{"name", version.name}, {"number", std::to_string(version.sequence)}}));
    if (version.demo) lines += one_line("  " + context.text("cli.bundle.show.demo"));
    lines += one_line("  " + context.text("cli.bundle.show.words", {{"words", words}}));
    lines += one_line("  " + context.text("cli.bundle.show.days", {{"made", exchange::day_text(version.made)},
                                                                   {"expires", exchange::day_text(version.expires)}}));
    lines += one_line(
        "  " + context.text("cli.bundle.show.minimum", {{"version", exchange::app_version_text(version.minimum_app)}}));
    lines += one_line(context.text("cli.bundle.show.people")) + people_lines(context, bundle);
    lines += one_line(context.text("cli.bundle.show.revoked")) + revoked_lines(context, bundle);
    lines += one_line(context.text("cli.bundle.show.policy")) + policy_lines(context, bundle.policy);
    lines += one_line(context.text("cli.bundle.show.forms")) + form_lines(context, bundle);
    lines += one_line(context.counted("cli.bundle.show.referrals", bundle.referrals.size()));
    if (const auto sounds = sounds_of(bundle); sounds.count > 0)
        lines += one_line(context.counted("cli.bundle.show.prompts", sounds.count,
                                          {{"length", context.counted("cli.bundle.show.seconds", sounds.seconds)},
                                           {"size", std::string(context.translator().bytes(sounds.bytes).view())}}));
    return lines;
}

Outcome<void> show_bundle(const Context& context, const BundleShowOptions& options) {
    if (options.file.empty() || options.programme.empty())
        return stop(context, "cli.bundle.show.usage", {}, Exit::Usage);
    const auto programme = deployment::read_programme_key(options.programme);
    if (!programme) return stop_deployment(context, programme.error());
    const auto view = deployment::read_bundle_file(context.ready(), options.file, {*programme});
    if (!view) return stop_deployment(context, view.error());
    const auto words = exchange::deployment_words(context.ready(), *programme);
    const bool said =
        options.as_json
            ? print_json(as_json(context, view->bundle, words).dump(2, ' ', false, json::error_handler_t::replace))
            : print(in_lines(context, view->bundle, words));
    if (!said) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_bundle_show(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<BundleShowOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("show", context.text("cli.bundle.show.help"));
    command->add_option("FILE", options->file, context.text("cli.bundle.show.file"));
    command->add_option("--deployment", options->programme, context.text("cli.bundle.option.deployment"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(show_bundle(run.context, *options)); });
}

}  // namespace app::cli
