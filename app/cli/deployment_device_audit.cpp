// amparo deployment device audit: what devices noted about their own use, with who and which.
#include <CLI/CLI.hpp>
#include <memory>
#include <nlohmann/json.hpp>

#include "app/cli/casebook_access.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/device_words.hpp"
#include "app/cli/reasons.hpp"
#include "app/exchange/open/audit_open.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

using nlohmann::json;

struct AuditOptions {
    OwnCasebook own;
    std::string device;
    bool as_json = false;
};

struct Line {
    casebook::AuditEntry entry;
    exchange::AuditName name;
    exchange::Result<exchange::AuditDetail> detail;
};

json json_of(const Line& line) {
    json object{{"device", line.entry.device},
                {"epoch", line.entry.epoch},
                {"number", line.name.number},
                {"day", exchange::day_text(line.name.day)},
                {"type", line.name.type}};
    if (!line.detail) {
        object["unreadable"] = line.detail.error().why.text();
        return object;
    }
    if (line.detail->worker) object["worker"] = *line.detail->worker;
    if (line.detail->subject) object["subject"] = *line.detail->subject;
    if (line.detail->number) object["value"] = *line.detail->number;
    if (!line.detail->record.empty()) object["record"] = line.detail->record;
    return object;
}

std::string text_of(const Context& context, const Line& line, std::size_t digits) {
    std::string text =
        line.entry.device.substr(0, digits) + "  " + exchange::day_text(line.name.day) + "  " + line.name.type;
    const auto add = [&](const char* key, const std::string& value) {
        text += "  " + context.text(key, {{"value", value}});
    };
    if (line.entry.epoch > 1) add("cli.devices.audit.epoch", std::to_string(line.entry.epoch));
    if (!line.detail) {
        add("cli.devices.audit.unreadable", reason_words(context, line.detail.error().why));
        return one_line(text);
    }
    if (line.detail->worker) add("cli.devices.audit.worker", std::to_string(*line.detail->worker));
    if (line.detail->subject) add("cli.devices.audit.subject", std::to_string(*line.detail->subject));
    if (line.detail->number) add("cli.devices.audit.number", std::to_string(*line.detail->number));
    if (!line.detail->record.empty()) add("cli.devices.audit.record", line.detail->record);
    return one_line(text);
}

Outcome<void> audit(const Context& context, const AuditOptions& options) {
    AMPARO_TRY(open, open_own_casebook(context, options.own));
    const auto entries = open.book.audit(options.device);
    if (!entries) return stop_casebook(context, entries.error(), options.own.file());
    const auto devices = open.book.devices();
    if (!devices) return stop_casebook(context, devices.error(), options.own.file());
    const auto digits = digits_to_tell(*devices);
    std::string text;
    auto list = json::array();
    for (const auto& entry : *entries) {
        const auto name = exchange::parse_audit_name(entry.name);
        if (!name) continue;  // only such names are ever kept
        const Line line{entry, *name, exchange::open_audit(context.ready(), *name, entry.sealed, open.identities)};
        if (options.as_json)
            list.push_back(json_of(line));
        else
            text += text_of(context, line, digits);
    }
    if (text.empty() && !options.as_json) context.note("cli.devices.audit.none");
    const bool written =
        options.as_json ? print_json(list.dump(2, ' ', false, json::error_handler_t::replace)) : print(text);
    if (!written) return stop(context, "cli.file.output_closed");
    // Which devices' lists cannot be believed is said last, where it is seen.
    bool broken = false;
    for (const auto& device : *devices) {
        if (!options.device.empty() && device.device != options.device) continue;
        if (device.audit == casebook::AuditStanding::Missing)
            context.note("cli.import.audit_missing", {{"device", device.device}});
        if (device.audit == casebook::AuditStanding::Repaired)
            context.note("cli.import.repaired", {{"device", device.device}});
        if (device.audit != casebook::AuditStanding::Broken) continue;
        context.fail("cli.import.audit_broken", {{"device", device.device}});
        broken = true;
    }
    if (broken) return tl::make_unexpected(Failure{Exit::Failed});
    return {};
}

}  // namespace

void add_deployment_device_audit(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<AuditOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("audit", context.text("cli.devices.audit.help"));
    add_own_casebook_options(*command, context, options->own);
    command->add_option("--device", options->device, context.text("cli.devices.audit.device"))->transform(lower_case);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(audit(run.context, *options)); });
}

}  // namespace app::cli
