// amparo cases erase: what a person asked to be erased, by its code.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <set>

#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/device_words.hpp"
#include "app/cli/erase_steps.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace app::cli {
namespace {

using casebook::Erasable;

struct CodeOptions : EraseOptions {
    std::string name;
    std::vector<std::string> devices;
    std::string reason;
};

/// Nothing of it is kept any more but the note.
bool is_gone(const Erasable& one) {
    return one.erased && one.sealed == 0 && one.held == 0;
}

bool is_chosen(const CodeOptions& options, const std::string& device) {
    return options.devices.empty() || std::any_of(options.devices.begin(), options.devices.end(),
                                                  [&](const std::string& one) { return one == device; });
}

/// Whole ids in place of what was typed. The beginning of two is nobody's: nothing is erased by mistake.
Outcome<void> name_devices(const Context& context, OpenCasebook& open, CodeOptions& options) {
    if (options.devices.empty()) return {};
    const auto known = open.book.devices();
    if (!known) return stop_casebook(context, known.error(), options.casebook.file);
    for (auto& device : options.devices) {
        AMPARO_TRY(whole, which_device(context, *known, device));
        device = std::move(whole);
    }
    return {};
}

/// Two devices never make the same code by themselves: whoever has the paper says which is meant.
Outcome<void> one_person(const Context& context, const CodeOptions& options, const std::string& name,
                         const std::vector<Erasable>& found) {
    std::set<std::string> devices;
    for (const auto& one : found)
        if (!is_gone(one)) devices.insert(one.device);
    for (const auto& one : found)
        if (one.case_code != name && one.record != name && is_chosen(options, one.device))
            return stop(context, "cli.cases.erase.other_code",
                        {{"code", name}, {"listed", one.case_code}, {"record", one.record}});
    if (options.devices.empty() && devices.size() > 1) {
        std::string all;
        for (const auto& device : devices) all += (all.empty() ? "" : ", ") + device;
        return stop(context, "cli.cases.erase.several", {{"code", name}, {"devices", all}});
    }
    const auto fits = [&](const Erasable& one) { return is_chosen(options, one.device); };
    if (!found.empty() && std::none_of(found.begin(), found.end(), fits))
        return stop(context, "cli.cases.erase.no_device", {{"code", name}});
    return {};
}

/// Nothing is left to erase: it was done before, or there never was such a case.
Outcome<void> nothing_left(const Context& context, OpenCasebook& open, const CodeOptions& options,
                           const std::string& name, const ErasePlan& plan) {
    const auto erased = open.book.erased();
    if (!erased) return stop_casebook(context, erased.error(), options.casebook.file);
    for (const auto& one : *erased) {
        if (one.case_code != name && one.record != name) continue;
        AMPARO_DO(compact_casebook(context, open));  // in case it failed then
        context.say("cli.cases.show.erased",
                    {{"code", name}, {"day", one.day}, {"cause", cause_text(context, one.cause)}});
        return {};
    }
    if (plan.traces.closed > 0) context.note_counted("cli.cases.erase.closed", plan.traces.closed);
    return stop(context, "cli.cases.show.unknown");
}

Outcome<void> erase(const Context& context, CodeOptions options) {
    if (options.name.empty()) return stop(context, "cli.cases.erase.usage", {}, Exit::Usage);
    const auto code = crypto::parse_case_code(options.name);
    const auto name = code.value_or(options.name);
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    AMPARO_DO(name_devices(context, open, options));
    const auto found = open.book.erasable(name, open.identities);
    if (!found) return stop_casebook(context, found.error(), options.casebook.file);
    AMPARO_DO(one_person(context, options, name, *found));
    ErasePlan plan;
    std::vector<Erasable> chosen;
    for (const auto& one : *found) {
        const bool gone = is_gone(one);
        if (!is_chosen(options, one.device)) {
            if (!gone) plan.others.push_back(one);
            continue;
        }
        chosen.push_back(one);
        if (!gone) plan.records.push_back(one);
    }
    auto traces = open.book.traces(chosen, code.value_or(""), open.identities);
    if (!traces) return stop_casebook(context, traces.error(), options.casebook.file);
    plan.traces = std::move(*traces);
    if (plan.records.empty() && plan.traces.strays.empty() && plan.traces.copies.empty())
        return nothing_left(context, open, options, shown(name), plan);
    plan.how = {casebook::ErasedFor::Request, utc_today(), options.reason, code.has_value()};
    return erase_as_planned(context, open, options, plan);
}

}  // namespace

void add_cases_erase(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<CodeOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("erase", context.text("cli.cases.erase.help"));
    command->add_option("CODE", options->name, context.text("cli.cases.show.code"))->transform(lower_case);
    command->add_option("--device", options->devices, context.text("cli.cases.erase.device"))
        ->allow_extra_args(false)
        ->transform(lower_case);
    command->add_option("--reason", options->reason, context.text("cli.cases.erase.reason"));
    add_erase_options(*command, context, *options);
    command->callback([options, &run] { run.exit = exit_of(erase(run.context, *options)); });
}

}  // namespace app::cli
