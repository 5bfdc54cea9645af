// amparo cases expire: what was kept for longer than people were told at least. Listed; erased only when told to.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/commands.hpp"
#include "app/cli/erase_steps.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using casebook::Erasable;
using nlohmann::json;

struct AgeOptions : EraseOptions {
    std::uint32_t days = 0;
    bool erase = false;
    std::string today;  ///< said by the person; empty: by the clock
    std::string reason;
};

std::string codes_of(const std::vector<Erasable>& records) {
    std::string text;
    for (const auto& one : records) text += (text.empty() ? "" : ", ") + one.case_code;
    return text;
}

Outcome<void> show_past(const Context& context, const AgeOptions& options, const ErasePlan& plan,
                        const std::vector<Erasable>& unbelievable, std::uint32_t days) {
    const std::string today = exchange::day_text(plan.how.day);
    if (options.as_json) {
        const json all{{"today", today},
                       {"days", days},
                       {"past", json::parse(erasable_json(plan.records))},
                       {"unbelievable", json::parse(erasable_json(unbelievable))}};
        if (!print_json(all.dump(2, ' ', false, json::error_handler_t::replace)))
            return stop(context, "cli.file.output_closed");
        return {};
    }
    auto text = context.counted("cli.cases.expire.past", plan.records.size(),
                                {{"days", std::to_string(days)}, {"today", today}}) +
                "\n";
    if (!plan.records.empty()) text += erasable_table(context, plan.records);
    if (!print(text)) return stop(context, "cli.file.output_closed");
    return {};
}

/// Nobody notices a clock that is wrong by years until everything is gone: without records of late, or where most lie
/// ahead, the day is the person's to say.
Outcome<void> check_clock(const Context& context, const std::vector<Erasable>& all,
                          const std::vector<Erasable>& unbelievable, exchange::Day today) {
    constexpr std::chrono::days most_ahead{92};
    std::optional<exchange::Day> newest;
    std::optional<exchange::Day> last;  // the same, of the days that are not after today
    std::size_t dated = 0;
    for (const auto& one : all) {
        const auto day = exchange::parse_day(one.day);
        if (!day) continue;
        ++dated;
        newest = std::max(newest.value_or(*day), *day);
        if (*day <= today) last = std::max(last.value_or(*day), *day);
    }
    const bool before = 2 * unbelievable.size() > dated;
    if (!newest || (!before && last && today - *last <= most_ahead)) return {};
    return stop(context, "cli.cases.expire.clock",
                {{"today", exchange::day_text(today)}, {"newest", exchange::day_text(before ? *newest : *last)}},
                Exit::Usage);
}

Outcome<void> expire(const Context& context, const AgeOptions& options) {
    const auto today = said_today(context, options.today);
    if (!today) return tl::make_unexpected(today.error());
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto days = days_kept(context, open, options.casebook.file, options.days);
    if (!days) return tl::make_unexpected(days.error());
    const auto all = open.book.erasable({}, open.identities);
    if (!all) return stop_casebook(context, all.error(), options.casebook.file);
    ErasePlan plan;
    plan.how = {casebook::ErasedFor::Age, *today, options.reason, false};
    std::vector<Erasable> unbelievable;
    for (const auto& one : *all) {
        if (one.day.empty()) continue;  // kept sealed and never read here: it has no day
        switch (casebook::keeping_of(one.day, plan.how.day, *days)) {
            case casebook::Keeping::Within:
                break;
            case casebook::Keeping::Past:
                plan.records.push_back(one);
                break;
            case casebook::Keeping::Unbelievable:
                unbelievable.push_back(one);
                break;
        }
    }
    if (!unbelievable.empty())
        context.note_counted("cli.cases.expire.unbelievable", unbelievable.size(), {{"codes", codes_of(unbelievable)}});
    if (!options.erase || plan.records.empty()) return show_past(context, options, plan, unbelievable, *days);
    if (options.today.empty()) AMPARO_DO(check_clock(context, *all, unbelievable, *today));
    plan.why = context.counted("cli.cases.expire.past", plan.records.size(),
                               {{"days", std::to_string(*days)}, {"today", exchange::day_text(*today)}});
    auto traces = open.book.traces(plan.records, {}, open.identities);
    if (!traces) return stop_casebook(context, traces.error(), options.casebook.file);
    plan.traces = std::move(*traces);
    return erase_as_planned(context, open, options, plan);
}

}  // namespace

void add_cases_expire(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<AgeOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("expire", context.text("cli.cases.expire.help"));
    command->add_option("--days", options->days, context.text("cli.cases.expire.days"))->check(CLI::Range(1, 36'500));
    command->add_option("--today", options->today, context.text("cli.cases.expire.today"));
    command->add_flag("--erase", options->erase, context.text("cli.cases.expire.erase"));
    command->add_option("--reason", options->reason, context.text("cli.cases.erase.reason"));
    add_erase_options(*command, context, *options);
    command->callback([options, &run] { run.exit = exit_of(expire(run.context, *options)); });
}

}  // namespace app::cli
