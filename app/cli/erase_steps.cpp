#include "app/cli/erase_steps.hpp"

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/clock.hpp"
#include "app/cli/confirm.hpp"
#include "app/cli/table.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

json json_of(const ErasePlan& plan, bool erased) {
    auto unlisted = json::array();
    for (const auto& stray : plan.traces.strays) unlisted.push_back({{"device", stray.device}, {"name", stray.name}});
    auto files = json::array();
    for (const auto& copy : plan.traces.copies)
        files.push_back({{"file", shown(copy.file)}, {"kept_as", copy.kept_as}, {"records", copy.records}});
    return {{"erased", erased},
            {"day", exchange::day_text(plan.how.day)},
            {"cause", casebook::to_word(plan.how.cause)},
            {"records", json::parse(erasable_json(plan.records))},
            {"others", json::parse(erasable_json(plan.others))},
            {"unlisted", std::move(unlisted)},
            {"refused_files", std::move(files)},
            {"not_looked_into", plan.traces.closed}};
}

/// Everything a person should know before saying yes.
std::string text_of(const Context& context, const ErasePlan& plan) {
    std::string text = plan.why.empty() ? "" : plan.why + "\n";
    text += context.counted("cli.cases.erase.goes", plan.records.size()) + "\n";
    if (!plan.records.empty()) text += erasable_table(context, plan.records);
    const auto& traces = plan.traces;
    if (!traces.strays.empty()) text += context.counted("cli.cases.erase.strays", traces.strays.size()) + "\n";
    for (const auto& copy : traces.copies)
        text += context.counted("cli.cases.erase.copy", copy.records, {{"file", shown(copy.file)}}) + "\n";
    for (const auto& other : plan.others)
        text += context.text("cli.cases.erase.other", {{"record", other.record}, {"device", other.device}}) + "\n";
    if (traces.closed > 0) text += context.counted("cli.cases.erase.closed", traces.closed) + "\n";
    return text + context.text("cli.cases.erase.stays") + "\n" + context.text("cli.cases.erase.elsewhere") + "\n";
}

}  // namespace

void add_erase_options(CLI::App& command, const Context& context, EraseOptions& options) {
    add_casebook_options(command, context, options.casebook);
    command.add_flag("--yes", options.yes, context.text("cli.cases.erase.yes"));
    command.add_flag("--json", options.as_json, context.text("cli.option.json"));
}

Outcome<exchange::Day> said_today(const Context& context, const std::string& said) {
    if (said.empty()) return utc_today();
    const auto day = exchange::parse_day(said);
    if (!day) return stop(context, "cli.cases.expire.no_day", {}, Exit::Usage);
    return *day;
}

Outcome<std::uint32_t> days_kept(const Context& context, const OpenCasebook& open, const std::string& casebook,
                                 std::uint32_t days) {
    const auto told = deployment::days_told(context.ready(), casebook, open.book.deployment());
    if (days == 0 && !told) return stop(context, "cli.cases.expire.unknown_days", {}, Exit::Usage);
    if (days == 0) return *told;
    if (told && days < *told)
        return stop(context, "cli.cases.expire.less", {{"told", std::to_string(*told)}}, Exit::Usage);
    return days;
}

std::string cause_text(const Context& context, casebook::ErasedFor cause) {
    switch (cause) {
        case casebook::ErasedFor::Request:
            return context.text("cli.cases.erased.request");
        case casebook::ErasedFor::Age:
            return context.text("cli.cases.erased.age");
    }
    return {};
}

std::string erasable_table(const Context& context, const std::vector<casebook::Erasable>& records) {
    std::vector<Row> rows{Row{}};
    for (const char* column : {"cli.column.code", "cli.column.day", "cli.column.form", "cli.column.record",
                               "cli.column.device", "cli.column.versions", "cli.column.held"})
        rows.front().push_back(context.text(column));
    for (const auto& one : records)
        rows.push_back({one.case_code, one.day, one.form, one.record, one.device, std::to_string(one.sealed),
                        std::to_string(one.held)});
    return table(std::move(rows));
}

std::string erasable_json(const std::vector<casebook::Erasable>& records) {
    auto all = json::array();
    for (const auto& one : records)
        all.push_back({{"case_code", one.case_code},
                       {"day", one.day},
                       {"form", one.form},
                       {"record", one.record},
                       {"device", one.device},
                       {"versions", one.sealed},
                       {"held", one.held},
                       {"withdrawn", one.withdrawn}});
    return all.dump();
}

Outcome<void> compact_casebook(const Context& context, OpenCasebook& open) {
    if (!open.book.compact()) return stop(context, "cli.cases.erase.not_compact");
    return {};
}

Outcome<void> erase_as_planned(const Context& context, OpenCasebook& open, const EraseOptions& options,
                               const ErasePlan& plan) {
    if (plan.how.reason.size() > casebook::erasure_most_reason)
        return stop(context, "cli.cases.erase.reason_long", {{"most", std::to_string(casebook::erasure_most_reason)}},
                    Exit::Usage);
    if (!options.as_json && !print(text_of(context, plan))) return stop(context, "cli.file.output_closed");
    if (!options.as_json && !options.yes) AMPARO_DO(confirm(context, "cli.cases.erase.ask"));
    if (options.yes || !options.as_json)
        if (auto done = open.book.erase(plan.records, plan.traces, plan.how); !done)
            return stop_casebook(context, done.error(), options.casebook.file);
    if (options.as_json && !print_json(json_of(plan, options.yes).dump(2, ' ', false, json::error_handler_t::replace)))
        return stop(context, "cli.file.output_closed");
    if (options.as_json && !options.yes) return {};
    AMPARO_DO(compact_casebook(context, open));
    if (!options.as_json) print(context.counted("cli.cases.erase.done", plan.records.size()) + "\n");
    return {};
}

}  // namespace app::cli
