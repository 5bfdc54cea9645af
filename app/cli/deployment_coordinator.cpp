// amparo deployment coordinator add, remove and list: who is in the next bundle.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/asking.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/eight_words.hpp"
#include "app/cli/programme_folder.hpp"
#include "app/cli/table.hpp"
#include "app/deployment/coordinators.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct CoordinatorOptions {
    std::string folder;
    std::string request;
    std::string label;
    std::string words;
    bool yes = false;
    bool as_json = false;
};

Outcome<void> add_one(const Context& context, const CoordinatorOptions& options) {
    if (options.folder.empty() || options.request.empty())
        return stop(context, "cli.coordinator.add.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, options.folder));
    const auto request = deployment::read_coordinator_request(context.ready(), options.request);
    if (!request) return stop_deployment(context, request.error());
    auto edit = deployment::PeopleEdit::begin(context.ready(), programme.root, programme.key);
    if (!edit) return stop_deployment(context, edit.error());
    auto next = deployment::with_coordinator(edit->people(), *request);
    if (!next) return stop_deployment(context, next.error());
    context.note("cli.coordinator.add.asks", {{"label", request->label}});
    AMPARO_DO(
        compare_words(context, exchange::coordinator_words(context.ready(), programme.key, *request), options.words));
    if (const auto done = edit->write(std::move(*next)); !done) return stop_deployment(context, done.error());
    context.say("cli.coordinator.add.done", {{"label", request->label}});
    return {};
}

Outcome<void> remove_one(const Context& context, const CoordinatorOptions& given) {
    if (given.folder.empty()) return stop(context, "cli.coordinator.remove.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, given.folder));
    auto options = given;
    AMPARO_TRY(label,
               given_or_asked(context, given.label, "cli.coordinator.remove.ask", "cli.coordinator.remove.usage"));
    options.label = std::move(label);
    auto edit = deployment::PeopleEdit::begin(context.ready(), programme.root, programme.key);
    if (!edit) return stop_deployment(context, edit.error());
    auto next = deployment::without_coordinator(edit->people(), options.label);
    if (!next) return stop_deployment(context, next.error());
    context.note("cli.coordinator.remove.still", {{"label", options.label}});
    if (!options.yes) AMPARO_DO(confirm(context, "cli.coordinator.remove.question"));
    if (const auto done = edit->write(std::move(*next)); !done) return stop_deployment(context, done.error());
    context.say("cli.coordinator.remove.done", {{"label", options.label}});
    return {};
}

bool signs(const deployment::People& people, const std::string& label) {
    for (const auto& one : people.signers)
        if (one.label == label) return true;
    return false;
}

std::string people_json(const deployment::People& people) {
    nlohmann::json all{{"recipients", nlohmann::json::array()}, {"signers", nlohmann::json::array()}};
    for (const auto& one : people.recipients)
        all["recipients"].push_back(
            {{"label", one.label}, {"recovery", one.recovery}, {"recipient", one.recipient.to_string()}});
    for (const auto& one : people.signers)
        all["signers"].push_back({{"label", one.label}, {"key", exchange::public_key_line(one.key)}});
    return all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace);
}

std::string people_table(const Context& context, const deployment::People& people) {
    std::vector<Row> rows{
        Row{context.text("cli.column.label"), context.text("cli.column.part"), context.text("cli.column.recipient")}};
    for (const auto& one : people.recipients) {
        const auto* const part = one.recovery               ? "cli.coordinator.recovery"
                                 : signs(people, one.label) ? "cli.coordinator.reads_and_signs"
                                                            : "cli.coordinator.reads";
        rows.push_back({one.label, context.text(part), one.recipient.to_string()});
    }
    for (const auto& one : people.signers) {
        bool reads = false;
        for (const auto& other : people.recipients) reads = reads || other.label == one.label;
        if (!reads) rows.push_back({one.label, context.text("cli.coordinator.signs"), "-"});
    }
    return table(rows);
}

Outcome<void> list_all(const Context& context, const CoordinatorOptions& options) {
    if (options.folder.empty()) return stop(context, "cli.coordinator.list.usage", {}, Exit::Usage);
    AMPARO_TRY(const programme, programme_folder(context, options.folder));
    const auto people = deployment::read_people(context.ready(), programme.root, programme.key);
    if (!people) return stop_deployment(context, people.error());
    const bool said = options.as_json ? print_json(people_json(*people)) : print(people_table(context, *people));
    if (!said) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_coordinator_add(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<CoordinatorOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("add", context.text("cli.coordinator.add.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_option("REQUEST", options->request, context.text("cli.coordinator.add.request"));
    command->add_option("--words", options->words, context.text("cli.option.words"));
    command->callback([options, &run] { run.exit = exit_of(add_one(run.context, *options)); });
}

void add_coordinator_remove(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<CoordinatorOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("remove", context.text("cli.coordinator.remove.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_option("LABEL", options->label, context.text("cli.coordinator.remove.label"));
    command->add_flag("--yes", options->yes, context.text("cli.coordinator.remove.yes"));
    command->callback([options, &run] { run.exit = exit_of(remove_one(run.context, *options)); });
}

void add_coordinator_list(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<CoordinatorOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("list", context.text("cli.coordinator.list.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(list_all(run.context, *options)); });
}

}  // namespace app::cli
