// amparo cases held, confirm-… and reject-…: what a device in doubt would erase or replace, and a person's decision.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/device_words.hpp"
#include "app/cli/table.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct HeldOptions {
    CasebookOptions casebook;
    bool as_json = false;
};

/// One of the four commands that decide.
struct Decision {
    const char* name;
    const char* help;
    const char* done;
    bool withdrawal;
    bool confirm;
};

constexpr Decision decisions[] = {
    {"confirm-withdrawal", "cli.cases.confirm_withdrawal.help", "cli.cases.confirm_withdrawal.done", true, true},
    {"reject-withdrawal", "cli.cases.reject_withdrawal.help", "cli.cases.reject_withdrawal.done", true, false},
    {"confirm-revision", "cli.cases.confirm_revision.help", "cli.cases.confirm_revision.done", false, true},
    {"reject-revision", "cli.cases.reject_revision.help", "cli.cases.reject_revision.done", false, false}};

struct DecideOptions {
    std::string code;
    std::string device;
    std::string version;
    CasebookOptions casebook;
};

json json_of(const casebook::Held& one) {
    return {{"case_code", one.case_code}, {"record", one.record},
            {"device", one.device},       {"order", one.withdrawal ? "withdrawal" : "revision"},
            {"revision", one.revision},   {"doubt", one.doubt},
            {"version", one.version}};
}

using HeldList = std::vector<const casebook::Held*>;

/// As much of a version as tells it from every other one in the list, at least eight digits.
std::string short_version(const HeldList& all, const casebook::Held& one) {
    std::size_t digits = 8;
    for (const auto* other : all)
        while (digits < one.version.size() && other->version != one.version &&
               other->version.substr(0, digits) == one.version.substr(0, digits))
            ++digits;
    return one.version.substr(0, digits);
}

Row row_of(const Context& context, const HeldList& all, const casebook::Held& one) {
    const auto order = one.withdrawal
                           ? context.text("cli.cases.held.withdrawal")
                           : context.text("cli.cases.held.revision", {{"revision", std::to_string(one.revision)}});
    return {one.case_code, one.record, one.device, order, short_version(all, one), doubt_text(context, one.doubt)};
}

std::string table_of(const Context& context, const HeldList& all) {
    std::vector<Row> rows{Row{}};
    for (const char* column : {"cli.column.code", "cli.column.record", "cli.column.device", "cli.column.order",
                               "cli.column.version", "cli.column.reason"})
        rows.front().push_back(context.text(column));
    for (const auto* one : all) rows.push_back(row_of(context, all, *one));
    return table(rows);
}

Outcome<void> list(const Context& context, const HeldOptions& options) {
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto held = open.book.held();
    if (!held) return stop_casebook(context, held.error(), options.casebook.file);
    std::string text;
    if (options.as_json) {
        auto all = json::array();
        for (const auto& one : *held) all.push_back(json_of(one));
        text = all.dump(2, ' ', false, json::error_handler_t::replace);
    } else if (held->empty()) {
        text = context.text("cli.cases.held.none") + "\n";
    } else {
        HeldList all;
        for (const auto& one : *held) all.push_back(&one);
        text = table_of(context, all);
    }
    if (!(options.as_json ? print_json(text) : print(text))) return stop(context, "cli.file.output_closed");
    return {};
}

/// The one that was meant. Several devices may send the same code, and one device several versions, by accident or to
/// confuse: then nothing is decided, and what there is to choose from is shown.
Outcome<casebook::Held> which(const Context& context, const std::vector<casebook::Held>& held, bool withdrawal,
                              const DecideOptions& options) {
    HeldList found;
    for (const auto& one : held) {
        if (one.withdrawal != withdrawal || (one.case_code != options.code && one.record != options.code)) continue;
        if (one.device.starts_with(options.device) && one.version.starts_with(options.version)) found.push_back(&one);
    }
    if (found.empty()) return stop(context, "cli.cases.held.unknown", {{"code", shown(options.code)}});
    const auto& first = *found.front();
    const auto other = [&](const auto& differs) { return std::any_of(found.begin(), found.end(), differs); };
    const bool records =
        other([&](const auto* one) { return one->device != first.device || one->record != first.record; });
    if (!records && !other([&](const auto* one) { return one->version != first.version; })) return first;
    const auto said =
        stop(context, records ? "cli.cases.held.several" : "cli.cases.held.versions", {{"code", shown(options.code)}});
    const auto lines = table_of(context, found);
    context.show(lines.substr(0, lines.size() - 1));
    return said;
}

Outcome<void> decide(const Context& context, const Decision& decision, const DecideOptions& options) {
    if (options.code.empty()) return stop(context, "cli.cases.held.usage", {}, Exit::Usage);
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto held = open.book.held();
    if (!held) return stop_casebook(context, held.error(), options.casebook.file);
    AMPARO_TRY(const one, which(context, *held, decision.withdrawal, options));
    if (auto done = open.book.decide(one, decision.confirm); !done)
        return stop_casebook(context, done.error(), options.casebook.file);
    const auto cases = open.book.cases({.device = one.device,
                                        .state = casebook::Kind::Withdrawn,
                                        .name = one.record,
                                        .practice = casebook::Practice::Included});
    if (!cases) return stop_casebook(context, cases.error(), options.casebook.file);
    const bool gone = decision.withdrawal && !decision.confirm && !cases->cases.empty();
    context.say(gone ? "cli.cases.reject_withdrawal.gone" : decision.done, {{"code", one.case_code}});
    return {};
}

}  // namespace

void add_cases_held(CLI::App& parent, Run& run) {
    const auto& context = run.context;
    const auto listing = std::make_shared<HeldOptions>();
    auto* held = parent.add_subcommand("held", context.text("cli.cases.held.help"));
    add_casebook_options(*held, context, listing->casebook);
    held->add_flag("--json", listing->as_json, context.text("cli.option.json"));
    held->callback([listing, &run] { run.exit = exit_of(list(run.context, *listing)); });
    for (const auto& decision : decisions) {
        const auto options = std::make_shared<DecideOptions>();
        auto* command = parent.add_subcommand(decision.name, context.text(decision.help));
        command->add_option("CODE", options->code, context.text("cli.cases.show.code"))->transform(lower_case);
        command->add_option("--device", options->device, context.text("cli.cases.held.device"))->transform(lower_case);
        command->add_option("--version", options->version, context.text("cli.cases.held.version"))
            ->transform(lower_case);
        add_casebook_options(*command, context, options->casebook);
        command->callback([options, &decision, &run] { run.exit = exit_of(decide(run.context, decision, *options)); });
    }
}

}  // namespace app::cli
