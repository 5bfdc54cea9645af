// amparo cases show: one record as it was sealed, once it is noted who opened it.
#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/cases_work.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/device_words.hpp"
#include "app/cli/erase_steps.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct ShowOptions {
    std::string code;
    CasebookOptions casebook;
    bool as_json = false;
};

/// Whether it says no more than one line of an answer shows.
bool is_plain_answer(const json& value) {
    if (!value.is_object() || !value.contains("name") || !value.contains("state")) return false;
    const std::size_t known = 2 + value.count("value") + value.count("language");
    return value.size() == known;
}

/// Readable lines: members one below the other, answers as "name: value" or their state. What only looks like an answer
/// is shown whole: `answers` says that the value is one of the record's own list of them.
void add_lines(const json& value, const std::string& name, const std::string& indent, std::string& text,
               bool answers = false) {
    const auto plain = [](const json& leaf) { return leaf.is_string() ? leaf.get<std::string>() : leaf.dump(); };
    if (answers && is_plain_answer(value)) {
        const auto answer = value.find("value");
        const bool answered = value["state"] == "answered" && answer != value.end();
        text += one_line(indent + plain(value["name"]) + ": " +
                         (answered ? plain(*answer) : "(" + plain(value["state"]) + ")"));
    } else if (value.is_structured() && !value.empty()) {
        if (!name.empty()) text += one_line(indent + name + ":");
        const auto inner = name.empty() ? indent : indent + "  ";
        const bool list = indent.empty() && name == "answers" && value.is_array();
        for (const auto& [key, item] : value.items()) add_lines(item, value.is_array() ? "" : key, inner, text, list);
    } else {
        text += one_line(indent + (name.empty() ? "- " : name + ": ") + plain(value));
    }
}

/// What a coordinator erased of it: a sentence, or one line of JSON, for each record; empty for none.
Outcome<std::string> show_erased(const Context& context, OpenCasebook& open, const ShowOptions& options) {
    const auto all = open.book.erased();
    if (!all) return stop_casebook(context, all.error(), options.casebook.file);
    std::string text;
    for (const auto& one : *all) {
        if (one.case_code != options.code && one.record != options.code) continue;
        if (options.as_json)
            text += json{{"case_code", one.case_code},
                         {"record", one.record},
                         {"device", one.device},
                         {"erased", one.day},
                         {"cause", casebook::to_word(one.cause)}}
                        .dump() +
                    "\n";
        else if (const auto line = one_line(context.text(
                     "cli.cases.show.erased",
                     {{"code", one.case_code}, {"day", one.day}, {"cause", cause_text(context, one.cause)}}));
                 text.find(line) == std::string::npos)  // the forms of a visit share a code
            text += line;
    }
    return text;
}

/// What coordinators did about it, once for a record: beside it for people, in it for programs.
Outcome<void> show_steps(const Context& context, OpenCasebook& open, const casebook::Case& one,
                         const ShowOptions& options, json& record) {
    auto steps = one.doubt.empty() ? open.book.steps(one) : std::vector<casebook::Step>();
    if (!steps) return stop_casebook(context, steps.error(), options.casebook.file);
    if (options.as_json) {
        // In place of what a record may have under that name: it is the coordinators' to say.
        if (record.is_object()) record["steps"] = json::parse(steps_json(*steps), nullptr, false);
        return {};
    }
    const auto lines = step_lines(context, one.case_code, *steps);
    if (!lines.empty()) context.show(lines.substr(0, lines.size() - 1));
    return {};
}

json names_of(const std::vector<casebook::Case>& cases) {
    auto all = json::array();
    for (const auto& one : cases)
        all.push_back({{"case_code", one.case_code}, {"record", one.record}, {"device", one.device}, {"day", one.day}});
    return all;
}

/// What may belong to a visit, by device and code: asked for once, however many forms the visit has.
using Offers = std::map<std::pair<std::string, std::string>, std::vector<casebook::Case>>;

Outcome<void> say_offers(const Context& context, OpenCasebook& open, const casebook::Case& one,
                         const ShowOptions& options, Offers& offers) {
    const std::pair visit(one.device, one.case_code);
    if (one.withdrawn || offers.contains(visit)) return {};
    const auto others = open.book.may_belong(one);
    if (!others) return stop_casebook(context, others.error(), options.casebook.file);
    offers.emplace(visit, *others);
    if (options.as_json) return {};
    for (const auto& other : *others)
        context.note("cli.cases.show.may_belong", {{"code", one.case_code},
                                                   {"own", one.record},
                                                   {"other", other.case_code},
                                                   {"record", other.record},
                                                   {"device", other.device},
                                                   {"day", other.day}});
    return {};
}

/// What it was linked with, and what it could be: beside it for people, in it for programs.
Outcome<void> show_links(const Context& context, OpenCasebook& open, const casebook::Case& one,
                         const ShowOptions& options, Offers& offers, json& record) {
    if (!one.doubt.empty()) return {};
    const auto linked = open.book.linked(one);
    if (!linked) return stop_casebook(context, linked.error(), options.casebook.file);
    if (!options.as_json)
        for (const auto& other : *linked)
            context.note("cli.cases.show.linked", {{"code", one.case_code},
                                                   {"other", other.case_code},
                                                   {"record", other.record},
                                                   {"device", other.device}});
    AMPARO_DO(say_offers(context, open, one, options, offers));
    if (!options.as_json || !record.is_object()) return {};
    record["links"] = names_of(*linked);
    const auto offered = offers.find({one.device, one.case_code});
    record["may_belong_together"] = offered == offers.end() ? json::array() : names_of(offered->second);
    return {};
}

/// What the cases say, once it is noted that they were opened.
Outcome<std::vector<std::string>> open_records(const Context& context, OpenCasebook& open,
                                               const std::vector<casebook::Case>& cases, const ShowOptions& options) {
    if (cases.empty()) return std::vector<std::string>();
    auto records = open.book.records_json(cases, utc_today());
    if (records) return std::move(*records);
    context.note("cli.cases.show.not_noted");
    return stop_casebook(context, records.error(), options.casebook.file);
}

Outcome<void> show(const Context& context, const ShowOptions& options) {
    if (options.code.empty()) return stop(context, "cli.cases.show.usage", {}, Exit::Usage);
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    const auto cases = open.book.cases({.name = options.code, .practice = casebook::Practice::Included});
    if (!cases) return stop_casebook(context, cases.error(), options.casebook.file);
    AMPARO_TRY(const records, open_records(context, open, cases->cases, options));
    std::string text;
    Offers offers;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const auto& one = cases->cases[i];
        // Said beside it, for standard output holds the record and nothing else.
        if (!one.doubt.empty())
            context.note("cli.cases.show.doubt", {{"code", one.case_code},
                                                  {"device", one.device},
                                                  {"version", one.version.substr(0, 16)},
                                                  {"reason", doubt_text(context, one.doubt)}});
        if (one.withdrawal_held)
            context.note("cli.cases.show.withdrawal_held", {{"code", one.case_code}, {"device", one.device}});
        auto parsed = json::parse(records[i], nullptr, false);
        AMPARO_DO(show_steps(context, open, one, options, parsed));
        AMPARO_DO(show_links(context, open, one, options, offers, parsed));
        if (!text.empty() && !options.as_json) text += "\n";
        if (options.as_json)
            text += parsed.dump() + "\n";
        else
            add_lines(parsed, "", "", text);
    }
    AMPARO_TRY(erased, show_erased(context, open, options));
    if (!text.empty() && !erased.empty()) context.show(erased.substr(0, erased.size() - 1));
    if (text.empty()) text = std::move(erased);
    if (text.empty()) return stop(context, "cli.cases.show.unknown", {{"code", shown(options.code)}});
    if (!(options.as_json ? print_json(text) : print(text))) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_cases_show(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<ShowOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("show", context.text("cli.cases.show.help"));
    command->add_option("CODE", options->code, context.text("cli.cases.show.code"))->transform(lower_case);
    add_casebook_options(*command, context, options->casebook);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(show(run.context, *options)); });
}

}  // namespace app::cli
