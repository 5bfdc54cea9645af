// amparo cases list: what a coordinator has, the urgent ones first.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/cases_query.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/erase_steps.hpp"
#include "app/cli/stream.hpp"
#include "app/cli/table.hpp"
#include "app/deployment/bundles_beside.hpp"
#include "app/record/words.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
using nlohmann::json;

struct ListOptions {
    CasebookOptions casebook;
    QueryOptions query;
    bool as_json = false;
};

std::string state_word(const casebook::Case& one) {
    if (one.withdrawn) return "withdrawn";
    return one.interrupted ? "interrupted" : "complete";
}

json json_of(const casebook::Case& one) {
    json readings;
    for (const auto kind : {engine::ReadingKind::Danger, engine::ReadingKind::Harm, engine::ReadingKind::Risk}) {
        const auto& reading = one.readings[static_cast<std::size_t>(kind)];
        readings[std::string(engine::to_word(kind))] = {
            {"level", engine::to_word(reading.level)}, {"rule", reading.rule}, {"raised", reading.raised}};
    }
    return {{"record", one.record},
            {"case_code", one.case_code},
            {"day", one.day},
            {"device", one.device},
            {"mode", record::to_word(one.mode)},
            {"role", engine::to_word(one.role)},
            {"form", one.form},
            {"form_version", one.form_version},
            {"revision", one.revision},
            {"readings", readings},
            {"state", state_word(one)},
            {"training", one.training},
            {"follows", one.follows},
            {"doubt", one.doubt},
            {"withdrawal_held", one.withdrawal_held},
            {"unreadable", one.unreadable},
            {"version", one.version},
            {"status", casebook::to_word(one.status)},
            {"assigned", one.assigned},
            {"referred", casebook::to_word(one.referred)}};
}

std::string_view level_key(engine::Level level) {
    switch (level) {
        case engine::Level::NoneReported:
            return "cli.level.none_reported";
        case engine::Level::Some:
            return "cli.level.some";
        case engine::Level::Strong:
            return "cli.level.strong";
    }
    return "cli.failed";
}

std::string_view state_key(const casebook::Case& one) {
    if (one.withdrawn) return "cli.state.withdrawn";
    return one.interrupted ? "cli.state.interrupted" : "cli.state.complete";
}

std::string_view mode_key(record::Mode mode) {
    switch (mode) {
        case record::Mode::Assisted:
            return "cli.mode.assisted";
        case record::Mode::Private:
            return "cli.mode.private";
        case record::Mode::Observation:
            return "cli.mode.observation";
    }
    return "cli.failed";
}

/// Forms by the device and record that brought them.
using Forms = std::map<std::pair<std::string, std::string>, std::string>;

/// Also of those that the page does not have, but these follow.
casebook::Result<Forms> forms_of(casebook::Casebook& book, const std::vector<casebook::Case>& cases) {
    Forms forms;
    for (const auto& one : cases) forms.emplace(std::pair(one.device, one.record), one.form);
    for (const auto& one : cases) {
        if (one.follows.empty() || forms.contains({one.device, one.follows})) continue;
        AMPARO_TRY(const before,
                   book.cases({.device = one.device, .name = one.follows, .practice = casebook::Practice::Included}));
        for (const auto& other : before.cases)
            if (other.record == one.follows) forms.emplace(std::pair(other.device, other.record), other.form);
    }
    return forms;
}

/// What was done about it, that it is practice, which form of the same visit it follows, and what a person has to
/// decide.
std::string note(const Context& context, const Forms& forms, const casebook::Case& one) {
    std::string text;
    const auto add = [&](const std::string& more) { text += (text.empty() ? "" : ", ") + more; };
    if (!one.doubt.empty()) add(context.text("cli.cases.list.doubt"));
    if (one.unreadable) add(context.text("cli.cases.list.unreadable"));
    if (one.withdrawal_held) add(context.text("cli.cases.list.withdrawal_held"));
    if (one.status != casebook::CaseStatus::New) add(status_text(context, one.status));
    if (!one.assigned.empty()) add(one.assigned);
    if (one.referred != casebook::ReferralState::None) add(referral_text(context, one.referred));
    if (one.training) {
        add(context.text("cli.cases.list.practice"));
    } else if (!one.follows.empty()) {
        const auto before = forms.find({one.device, one.follows});
        add(before == forms.end() ? context.text("cli.cases.list.follows_missing")
                                  : context.text("cli.cases.list.follows", {{"form", before->second}}));
    }
    return text;
}

Row row_of(const Context& context, const Forms& forms, const casebook::Case& one) {
    Row row{one.case_code.empty() ? one.record.substr(0, 8) : one.case_code, one.day};
    for (const auto& reading : one.readings)
        row.push_back(one.withdrawn || one.unreadable ? "-" : context.text(level_key(reading.level)));
    row.push_back(one.form);
    row.push_back(one.unreadable ? "-" : context.text(mode_key(one.mode)));
    row.push_back(context.text(state_key(one)));
    row.push_back(note(context, forms, one));
    return row;
}

/// Cases that were kept for longer than people were told at least.
struct Past {
    std::size_t cases = 0;
    std::uint32_t days = 0;
};

/// Counted by the database, in all of the casebook, whichever page is shown. What cannot be read has no day: a range of
/// days lets it pass, and one that holds no day lets nothing else pass.
casebook::Result<Past> past_of(const Context& context, const ListOptions& options, OpenCasebook& open) {
    Past past{0, deployment::days_told(context.ready(), options.casebook.file, open.book.deployment()).value_or(0)};
    if (past.days == 0) return past;
    casebook::CaseQuery query{
        .first_day = exchange::day_text(casebook::keeping_since),
        .last_day = exchange::day_text(utc_today() - std::chrono::days(past.days + 1)),
        .practice = options.query.training ? casebook::Practice::Included : casebook::Practice::LeftOut,
        .most = 1,
        .counted = true};
    AMPARO_TRY(const dated, open.book.cases(query));
    query.first_day = "9999-12-31";
    query.last_day = "0000-01-01";
    AMPARO_TRY(const undated, open.book.cases(query));
    past.cases = dated.total.value_or(0) - std::min(dated.total.value_or(0), undated.total.value_or(0));
    return past;
}

json unseen_json(const casebook::Unseen& unseen, const Past& past) {
    return {{"waiting", unseen.waiting},
            {"unlisted", unseen.unlisted},
            {"quarantined", unseen.quarantined},
            {"withdrawals", unseen.withdrawals},
            {"revisions", unseen.revisions},
            {"erased", unseen.erased},
            {"past_days", past.cases}};
}

/// What the list does not show, so that nobody takes it for everything.
std::string unseen_lines(const Context& context, const casebook::Unseen& unseen, const Past& past) {
    std::string text;
    const auto add = [&](std::string_view key, std::size_t count) {
        if (count > 0) text += context.counted(key, count) + "\n";
    };
    add("cli.cases.list.waiting", unseen.waiting);
    add("cli.cases.list.unlisted", unseen.unlisted);
    add("cli.cases.list.quarantined", unseen.quarantined);
    add("cli.cases.list.withdrawals", unseen.withdrawals);
    add("cli.cases.list.revisions", unseen.revisions);
    add("cli.cases.list.erased", unseen.erased);
    if (past.cases > 0)
        text += context.counted("cli.cases.list.past", past.cases, {{"days", std::to_string(past.days)}}) + "\n";
    return text;
}

std::string counts(const Context& context, const std::vector<casebook::Case>& cases) {
    // What stands beside a case in doubt is another version of it, no further case.
    std::size_t practice = 0;
    std::size_t counted = 0;
    for (const auto& one : cases) {
        if (one.training) ++practice;
        if (!one.training && one.doubt.empty()) ++counted;
    }
    auto text = context.counted("cli.cases.list.count", counted) + "\n";
    if (practice > 0) text += context.counted("cli.cases.list.practice_count", practice) + "\n";
    return text;
}

/// Which page it is; of a list in one piece, how many cases it has.
std::string end_of(const Context& context, const QueryOptions& options, const casebook::CasePage& page) {
    if (options.most == 0) return counts(context, page.cases);
    const auto total = page.total.value_or(0);
    return context.counted(
               "cli.cases.list.page", total,
               {{"page", std::to_string(options.page)}, {"pages", std::to_string(pages_of(options, total))}}) +
           "\n";
}

std::string lines_of(const Context& context, const QueryOptions& options, const Forms& forms,
                     const casebook::CasePage& page) {
    if (page.cases.empty())
        return context.text(options.narrowed() ? "cli.cases.list.no_such" : "cli.cases.list.none") + "\n";
    std::vector<Row> rows{Row{}};
    for (const char* column :
         {"cli.column.code", "cli.column.day", "cli.column.danger", "cli.column.harm", "cli.column.risk",
          "cli.column.form", "cli.column.mode", "cli.column.state", "cli.column.note"})
        rows.front().push_back(context.text(column));
    for (const auto& one : page.cases) rows.push_back(row_of(context, forms, one));
    return table(rows) + end_of(context, options, page);
}

std::string json_text(const QueryOptions& options, const casebook::CasePage& page, const casebook::Unseen& unseen,
                      const Past& past) {
    auto all = json::array();
    for (const auto& one : page.cases) all.push_back(json_of(one));
    const auto total = page.total.value_or(0);
    const json whole{{"cases", std::move(all)},
                     {"total", total},
                     {"page", options.page},
                     {"pages", pages_of(options, total)},
                     {"not_listed", unseen_json(unseen, past)}};
    return whole.dump(2, ' ', false, json::error_handler_t::replace);
}

Outcome<void> list(const Context& context, const ListOptions& options) {
    AMPARO_TRY(const query, query_of(context, options.query));
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    Progress bar(context);
    const auto opened = open.book.open_waiting(open.identities, [&](auto, std::uint64_t done, std::uint64_t total) {
        bar.show(done, total, context.text("cli.cases.list.opening"));
        return !stop_requested();
    });
    // Without --most all in one piece: an import that goes on must not move an urgent case off the list.
    const auto page = open.book.cases(query);
    if (!page) return stop_casebook(context, page.error(), options.casebook.file);
    if (const auto pages = pages_of(options.query, page->total.value_or(0)); options.query.page > pages)
        return stop(context, "cli.cases.list.no_page", {{"pages", std::to_string(pages)}}, Exit::Usage);
    const auto unseen = open.book.unseen();
    if (!unseen) return stop_casebook(context, unseen.error(), options.casebook.file);
    const auto past = past_of(context, options, open);
    if (!past) return stop_casebook(context, past.error(), options.casebook.file);
    const auto forms = forms_of(open.book, page->cases);
    if (!forms) return stop_casebook(context, forms.error(), options.casebook.file);
    const auto text = options.as_json
                          ? json_text(options.query, *page, *unseen, *past)
                          : lines_of(context, options.query, *forms, *page) + unseen_lines(context, *unseen, *past);
    if (!(options.as_json ? print_json(text) : print(text))) return stop(context, "cli.file.output_closed");
    if (!opened) return stop_casebook(context, opened.error(), options.casebook.file);
    return {};
}

}  // namespace

void add_cases_list(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ListOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("list", context.text("cli.cases.list.help"));
    add_casebook_options(*command, context, options->casebook);
    add_query_options(*command, context, options->query);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(list(run.context, *options)); });
}

}  // namespace app::cli
