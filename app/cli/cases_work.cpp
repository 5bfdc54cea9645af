// amparo cases note, assign, status: what coordinators do about a case, each step kept with who and when.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/asking.hpp"
#include "app/cli/cases_query.hpp"
#include "app/cli/cases_work.hpp"
#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using casebook::Step;
using casebook::StepKind;

struct WorkOptions {
    std::string code;
    std::string said;  ///< a file with the note, a name, or a status
    std::string device;
    CasebookOptions casebook;
};

/// Words of a status that another version wrote are shown as they are.
std::string status_said(const Context& context, const std::string& word) {
    const auto status = casebook::case_status_from_word(word);
    return status ? status_text(context, *status) : word;
}

/// The note, the name or the word of the status.
Outcome<std::string> what_is_said(const Context& context, StepKind kind, const WorkOptions& options) {
    switch (kind) {
        case StepKind::Note: {
            if (options.said.empty())
                return given_or_asked(context, {}, "cli.cases.note.ask", "cli.cases.note.missing");
            AMPARO_TRY(const bytes, read_plain_file(context, options.said, casebook::handling_most_note));
            auto text = std::string(crypto::as_text(bytes));
            while (text.ends_with('\n')) text.pop_back();
            if (text.empty()) return stop(context, "cli.cases.note.missing", {}, Exit::Usage);
            return text;
        }
        case StepKind::Assigned:
            if (options.said.size() > casebook::handling_most_name)
                return stop(context, "cli.cases.assign.long", {}, Exit::Usage);
            return given_or_asked(context, options.said, "cli.cases.assign.ask", "cli.cases.assign.missing");
        case StepKind::Status:
            if (!casebook::case_status_from_word(options.said))
                return stop(context, "cli.cases.status.words", {}, Exit::Usage);
            return options.said;
        case StepKind::Referred:
        case StepKind::Received:
        case StepKind::Accepted:
        case StepKind::Declined:
        case StepKind::Linked:
        case StepKind::Unlinked:
            break;  // other commands'
    }
    return stop(context, "cli.failed");
}

Outcome<void> take_step(const Context& context, StepKind kind, const WorkOptions& options) {
    if (options.code.empty()) return stop(context, "cli.cases.show.usage", {}, Exit::Usage);
    if (kind == StepKind::Status && !casebook::case_status_from_word(options.said))
        return stop(context, "cli.cases.status.words", {}, Exit::Usage);
    AMPARO_TRY(open, open_casebook(context, options.casebook));
    AMPARO_TRY(const one, which_case(context, open,
                                     {options.code, options.device, options.casebook.file, "cli.cases.work.several"}));
    AMPARO_TRY(const said, what_is_said(context, kind, options));
    if (auto done = open.book.take_step(one, kind, said, utc_today()); !done)
        return stop_casebook(context, done.error(), options.casebook.file);
    context.say("cli.cases.work.done", {{"code", one.case_code}});
    return {};
}

/// One of the three commands.
struct WorkCommand {
    const char* name;
    const char* help;
    StepKind kind;
    const char* option;
    const char* option_help;
};

constexpr WorkCommand work_commands[] = {
    {"note", "cli.cases.note.help", StepKind::Note, "--file", "cli.cases.note.file"},
    {"assign", "cli.cases.assign.help", StepKind::Assigned, "NAME", "cli.cases.assign.name"},
    {"status", "cli.cases.status.help", StepKind::Status, "STATUS", "cli.cases.status.status"}};

const char* step_key(StepKind kind) {
    switch (kind) {
        case StepKind::Note:
            return "cli.cases.show.note";
        case StepKind::Assigned:
            return "cli.cases.show.assigned";
        case StepKind::Status:
            return "cli.cases.show.status";
        case StepKind::Referred:
            return "cli.cases.show.referred";
        case StepKind::Received:
            return "cli.cases.show.received";
        case StepKind::Accepted:
            return "cli.cases.show.accepted";
        case StepKind::Declined:
            return "cli.cases.show.declined";
        case StepKind::Linked:
            return "cli.cases.show.linked_step";
        case StepKind::Unlinked:
            return "cli.cases.show.unlinked_step";
    }
    return "cli.cases.show.note";
}

/// Words that another version wrote are shown as they are.
std::string said_in(const Context& context, const Step& step) {
    if (step.kind == StepKind::Status) return status_said(context, step.text);
    const auto scope = casebook::referral_scope_from_word(step.text);
    return step.kind == StepKind::Referred && scope ? scope_text(context, *scope) : step.text;
}

}  // namespace

Outcome<casebook::Case> which_case(const Context& context, OpenCasebook& open, const Meant& meant) {
    const auto page = open.book.cases({.name = meant.code, .practice = casebook::Practice::Included});
    if (!page) return stop_casebook(context, page.error(), meant.casebook);
    std::vector<casebook::Case> found;
    for (const auto& one : page->cases)
        if (one.device.starts_with(meant.device) && one.doubt.empty() && !one.withdrawn) found.push_back(one);
    if (found.empty()) return stop(context, "cli.cases.show.unknown");
    const auto other = [&](const casebook::Case& one) { return one.device != found.front().device; };
    if (std::any_of(found.begin(), found.end(), other))
        return stop(context, meant.several, {{"code", shown(meant.code)}});
    const auto first = std::find_if(found.begin(), found.end(), [](const auto& one) { return one.follows.empty(); });
    return first == found.end() ? found.front() : *first;
}

std::string step_lines(const Context& context, const std::string& code, const std::vector<Step>& steps) {
    std::string text;
    for (const auto& one : steps) {
        text += one_line(
            context.text(step_key(one.kind),
                         {{"code", code}, {"day", one.day}, {"said", said_in(context, one)}, {"place", one.place}}));
    }
    return text;
}

std::string steps_json(const std::vector<Step>& steps) {
    auto all = nlohmann::json::array();
    for (const auto& one : steps) {
        nlohmann::json step{
            {"day", one.day}, {"kind", casebook::to_word(one.kind)}, {"text", one.text}, {"by", one.by}};
        if (!one.place.empty()) step["place"] = one.place;
        if (!one.other_record.empty())
            step["other"] = {{"device", one.other_device}, {"record", one.other_record}, {"case_code", one.text}};
        all.push_back(std::move(step));
    }
    return all.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);  // a note may be any bytes
}

void add_cases_work(CLI::App& parent, Run& run) {
    const auto& context = run.context;
    for (const auto& one : work_commands) {
        const auto options = std::make_shared<WorkOptions>();
        auto* command = parent.add_subcommand(one.name, context.text(one.help));
        command->add_option("CODE", options->code, context.text("cli.cases.show.code"))->transform(lower_case);
        command->add_option(one.option, options->said, context.text(one.option_help));
        command->add_option("--device", options->device, context.text("cli.cases.held.device"))->transform(lower_case);
        add_casebook_options(*command, context, options->casebook);
        command->callback([options, &one, &run] { run.exit = exit_of(take_step(run.context, one.kind, *options)); });
    }
}

}  // namespace app::cli
