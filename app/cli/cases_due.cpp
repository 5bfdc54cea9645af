// amparo cases due: what reaches the end of the days that it is kept for soon, or has. Erases nothing.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/erase_steps.hpp"
#include "app/cli/table.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct DueOptions {
    CasebookOptions casebook;
    std::uint32_t days = 0;
    std::uint32_t within = 30;
    std::string today;
    bool as_json = false;
};

/// One record, and how many whole days it has left; below zero once it is past them.
struct Due {
    casebook::Erasable record;
    exchange::Day last;
    std::int64_t left = 0;
};

/// The first to end first. A day that cannot be is no day: “amparo cases expire” says those.
std::vector<Due> due_of(const std::vector<casebook::Erasable>& all, exchange::Day today, std::uint32_t days,
                        std::uint32_t within) {
    std::vector<Due> found;
    for (const auto& one : all) {
        const auto day = exchange::parse_day(one.day);
        if (!day || casebook::keeping_of(one.day, today, days) == casebook::Keeping::Unbelievable) continue;
        const auto last = *day + std::chrono::days(days);
        const std::int64_t left = (last - today).count();
        if (left <= std::int64_t{within}) found.push_back({one, last, left});
    }
    std::stable_sort(found.begin(), found.end(), [](const Due& a, const Due& b) { return a.left < b.left; });
    return found;
}

std::string json_text_of(const std::vector<Due>& due, exchange::Day today, std::uint32_t days, std::uint32_t within) {
    auto all = json::array();
    for (const auto& one : due)
        all.push_back({{"case_code", one.record.case_code},
                       {"day", one.record.day},
                       {"form", one.record.form},
                       {"record", one.record.record},
                       {"device", one.record.device},
                       {"last_day", exchange::day_text(one.last)},
                       {"days_left", one.left}});
    const json whole{{"today", exchange::day_text(today)}, {"days", days}, {"within", within}, {"due", std::move(all)}};
    return whole.dump(2, ' ', false, json::error_handler_t::replace);
}

std::string left_text(const Context& context, std::int64_t left) {
    return left < 0 ? context.text("cli.cases.due.past") : std::to_string(left);
}

std::string text_of_due(const Context& context, const std::vector<Due>& due, exchange::Day today, std::uint32_t days,
                        std::uint32_t within) {
    auto text = context.counted("cli.cases.due.count", due.size(),
                                {{"days", std::to_string(days)},
                                 {"within", std::to_string(within)},
                                 {"today", exchange::day_text(today)}}) +
                "\n";
    if (due.empty()) return text;
    std::vector<Row> rows{Row{}};
    for (const char* column : {"cli.column.code", "cli.column.day", "cli.column.form", "cli.column.last_day",
                               "cli.column.days_left", "cli.column.record"})
        rows.front().push_back(context.text(column));
    bool past = false;
    for (const auto& one : due) {
        past = past || one.left < 0;
        rows.push_back({one.record.case_code, one.record.day, one.record.form, exchange::day_text(one.last),
                        left_text(context, one.left), one.record.record});
    }
    text += table(std::move(rows));
    return past ? text + context.text("cli.cases.due.erase") + "\n" : text;
}

Outcome<void> due(const Context& context, const DueOptions& options) {
    AMPARO_TRY(const today, said_today(context, options.today));
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    AMPARO_TRY(const days, days_kept(context, open, options.casebook.file, options.days));
    const auto all = open.book.erasable({}, open.identities);
    if (!all) return stop_casebook(context, all.error(), options.casebook.file);
    const auto found = due_of(*all, today, days, options.within);
    const bool printed = options.as_json ? print_json(json_text_of(found, today, days, options.within))
                                         : print(text_of_due(context, found, today, days, options.within));
    if (!printed) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_cases_due(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<DueOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("due", context.text("cli.cases.due.help"));
    command->add_option("--within", options->within, context.text("cli.cases.due.within"))
        ->check(CLI::Range(0, 36'500));
    command->add_option("--days", options->days, context.text("cli.cases.expire.days"))->check(CLI::Range(1, 36'500));
    command->add_option("--today", options->today, context.text("cli.cases.expire.today"));
    add_casebook_options(*command, context, options->casebook);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(due(run.context, *options)); });
}

}  // namespace app::cli
