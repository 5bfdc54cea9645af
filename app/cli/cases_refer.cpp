// amparo cases refer: a case goes to somebody in the programme's signed directory, with what the person agreed to be
// passed on; and what was answered.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <memory>

#include "app/casebook/rules/referring.hpp"
#include "app/cli/cases_work.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/table.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using casebook::ReferralScope;
using casebook::StepKind;

struct ReferOptions {
    std::string code;
    std::string to;
    std::string scope;
    std::string answer;
    std::string device;
    CasebookOptions casebook;
    bool agreed = false;
    bool places = false;
};

/// Names of places, each once, in the order of the directory.
Outcome<std::vector<std::string>> directory_of(const Context& context, const OpenCasebook& open,
                                               const ReferOptions& options) {
    const auto bundle = deployment::bundle_beside(context.ready(), options.casebook.file, open.book.deployment());
    if (!bundle) return stop(context, "cli.cases.refer.no_directory");
    std::vector<std::string> names;
    for (const auto& one : bundle->referrals)
        if (std::find(names.begin(), names.end(), one.service) == names.end()) names.push_back(one.service);
    return names;
}

/// The whole name, or what stands of it in one language: "Emergencias / Emergencies".
bool is_named(const std::string& name, const std::string& typed) {
    const auto wanted = lower_case(typed);
    if (lower_case(name) == wanted) return true;
    constexpr std::string_view between = " / ";
    for (std::size_t from = 0; from <= name.size();) {
        const auto end = std::min(name.find(between, from), name.size());
        if (lower_case(name.substr(from, end - from)) == wanted) return true;
        from = end + between.size();
    }
    return false;
}

/// By its number in the list of the directory.
std::optional<std::string> numbered(const std::vector<std::string>& names, const std::string& typed) {
    std::size_t number = 0;
    const auto read = std::from_chars(typed.data(), typed.data() + typed.size(), number);
    const bool whole = read.ec == std::errc() && read.ptr == typed.data() + typed.size();
    return whole && number >= 1 && number <= names.size() ? std::optional(names[number - 1]) : std::nullopt;
}

Outcome<std::string> place_in(const Context& context, const std::vector<std::string>& names, const std::string& typed,
                              std::string_view unknown) {
    std::vector<std::string> found;
    for (const auto& name : names)
        if (is_named(name, typed)) found.push_back(name);
    if (found.size() == 1) return found.front();
    return stop(context, found.empty() ? unknown : "cli.cases.refer.several", {{"place", shown(typed)}});
}

Outcome<void> show_places(const Context& context, const std::vector<std::string>& names) {
    std::vector<Row> rows;
    for (std::size_t i = 0; i < names.size(); ++i) rows.push_back({std::to_string(i + 1), names[i]});
    if (!rows.empty() && !print(table(std::move(rows)))) return stop(context, "cli.file.output_closed");
    return {};
}

/// What was asked of a person before an interview is not whether others may have it: somebody has to say that they did.
Outcome<void> check_agreed(const Context& context, OpenCasebook& open, const casebook::Case& one, ReferralScope scope,
                           const std::string& place, const ReferOptions& options) {
    const auto may = open.book.may_refer(one, scope);
    if (!may) return stop_casebook(context, may.error(), options.casebook.file);
    switch (*may) {
        case casebook::rules::MayRefer::Yes:
            return {};
        case casebook::rules::MayRefer::No:
            return stop(context, "cli.cases.refer.declined", {{"code", one.case_code}});
        case casebook::rules::MayRefer::IfAgreed:
            break;
    }
    if (options.agreed) return {};
    context.note("cli.cases.refer.not_asked", {{"place", place}, {"scope", scope_text(context, scope)}});
    return confirm(context, "cli.cases.refer.ask");
}

Outcome<void> note_answer(const Context& context, OpenCasebook& open, const casebook::Case& one, StepKind answer,
                          const ReferOptions& options) {
    const auto steps = open.book.steps(one);
    if (!steps) return stop_casebook(context, steps.error(), options.casebook.file);
    std::vector<std::string> names;
    for (const auto& step : *steps)
        if (step.kind == StepKind::Referred && std::find(names.begin(), names.end(), step.place) == names.end())
            names.push_back(step.place);
    if (names.empty()) return stop(context, "cli.cases.refer.never", {{"code", one.case_code}});
    if (options.to.empty() && names.size() > 1)
        return stop(context, "cli.cases.refer.which", {{"code", one.case_code}});
    auto place = names.front();
    if (!options.to.empty()) {
        AMPARO_TRY(named, place_in(context, names, options.to, "cli.cases.refer.not_there"));
        place = std::move(named);
    }
    const auto noted = open.book.answer_referral(one, answer, place, utc_today());
    if (!noted) return stop_casebook(context, noted.error(), options.casebook.file);
    context.say("cli.cases.refer.answered", {{"code", one.case_code}, {"place", place}});
    return {};
}

Outcome<void> refer_to(const Context& context, OpenCasebook& open, const casebook::Case& one, ReferralScope scope,
                       const ReferOptions& options) {
    AMPARO_TRY(const names, directory_of(context, open, options));
    auto place = numbered(names, options.to).value_or(std::string());
    if (place.empty()) {
        AMPARO_TRY(named, place_in(context, names, options.to, "cli.cases.refer.unknown"));
        place = std::move(named);
    }
    AMPARO_DO(check_agreed(context, open, one, scope, place, options));
    const auto noted = open.book.refer(one, {place, scope, true}, utc_today());
    if (!noted) return stop_casebook(context, noted.error(), options.casebook.file);
    context.say("cli.cases.refer.done",
                {{"code", one.case_code}, {"place", place}, {"scope", scope_text(context, scope)}});
    return {};
}

std::optional<StepKind> answer_of(const std::string& word) {
    for (const auto kind : {StepKind::Received, StepKind::Accepted, StepKind::Declined})
        if (casebook::to_word(kind) == word) return kind;
    return std::nullopt;
}

Outcome<void> refer(const Context& context, const ReferOptions& options) {
    const auto answer = answer_of(options.answer);
    const auto scope = casebook::referral_scope_from_word(options.scope);
    if (!options.places) {
        if (options.code.empty()) return stop(context, "cli.cases.show.usage", {}, Exit::Usage);
        if (!options.answer.empty() && !answer) return stop(context, "cli.cases.refer.answers", {}, Exit::Usage);
        if (!answer && options.to.empty()) return stop(context, "cli.cases.refer.where", {}, Exit::Usage);
        if (!answer && !scope) return stop(context, "cli.cases.refer.scopes", {}, Exit::Usage);
    }
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    if (options.places) {
        AMPARO_TRY(const names, directory_of(context, open, options));
        return show_places(context, names);
    }
    AMPARO_TRY(const one, which_case(context, open,
                                     {options.code, options.device, options.casebook.file, "cli.cases.work.several"}));
    return answer ? note_answer(context, open, one, *answer, options) : refer_to(context, open, one, *scope, options);
}

}  // namespace

std::string scope_text(const Context& context, ReferralScope scope) {
    switch (scope) {
        case ReferralScope::Nothing:
            return context.text("cli.cases.scope.nothing");
        case ReferralScope::Contact:
            return context.text("cli.cases.scope.contact");
        case ReferralScope::Summary:
            return context.text("cli.cases.scope.summary");
        case ReferralScope::Record:
            return context.text("cli.cases.scope.record");
    }
    return {};
}

void add_cases_refer(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ReferOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("refer", context.text("cli.cases.refer.help"));
    command->add_option("CODE", options->code, context.text("cli.cases.show.code"))->transform(lower_case);
    command->add_option("--to", options->to, context.text("cli.cases.refer.to"));
    command->add_option("--scope", options->scope, context.text("cli.cases.refer.scope"));
    command->add_flag("--yes", options->agreed, context.text("cli.cases.refer.agreed"));
    command->add_option("--answer", options->answer, context.text("cli.cases.refer.answer"));
    command->add_flag("--places", options->places, context.text("cli.cases.refer.places"));
    command->add_option("--device", options->device, context.text("cli.cases.held.device"))->transform(lower_case);
    add_casebook_options(*command, context, options->casebook);
    command->callback([options, &run] { run.exit = exit_of(refer(run.context, *options)); });
}

}  // namespace app::cli
