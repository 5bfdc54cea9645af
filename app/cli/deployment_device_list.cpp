// amparo deployment device list: how every device stands, as the casebook in the folder of the programme knows it.
#include <CLI/CLI.hpp>
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

struct DevicesOptions {
    OwnCasebook own;
    bool as_json = false;
};

json json_of(const casebook::Device& device) {
    return {{"device", device.device},
            {"epoch", device.epoch},
            {"last_batch", device.last_sequence},
            {"missing", json::parse(gaps_json(device.missing))},
            {"forked", device.forked},
            {"revoked", static_cast<bool>(device.revoked)},
            {"revoked_here", device.revoked.own},
            {"revoked_by_bundle", device.revoked.bundle > 0 ? json(device.revoked.bundle) : json()},
            {"doubtful_epochs", device.doubtful_epochs},
            {"certificate_end", device.certificate_end ? json(exchange::day_text(*device.certificate_end)) : json()},
            {"audit", casebook::to_word(device.audit)}};
}

std::string_view audit_key(casebook::AuditStanding standing) {
    switch (standing) {
        case casebook::AuditStanding::Whole:
            return "cli.devices.audit_whole";
        case casebook::AuditStanding::Repaired:
            return "cli.devices.audit_repaired";
        case casebook::AuditStanding::Missing:
            return "cli.devices.audit_incomplete";
        case casebook::AuditStanding::Broken:
            return "cli.devices.audit_changed";
    }
    return "cli.failed";
}

Row row_of(const Context& context, const casebook::Device& device) {
    std::string state;
    const auto add = [&](const std::string& more) { state += (state.empty() ? "" : ", ") + more; };
    if (device.revoked) add(revoked_text(context, device.revoked));
    if (device.forked) add(context.text("cli.devices.forked"));
    for (const auto epoch : device.doubtful_epochs)
        add(context.text("cli.devices.epoch_doubt", {{"epoch", std::to_string(epoch)}}));
    return {device.device,
            std::to_string(device.epoch),
            std::to_string(device.last_sequence),
            device.certificate_end ? exchange::day_text(*device.certificate_end) : "-",
            context.text(audit_key(device.audit)),
            state};
}

Outcome<void> list(const Context& context, const DevicesOptions& options) {
    AMPARO_TRY(open, open_own_casebook(context, options.own));
    const auto devices = open.book.devices();
    if (!devices) return stop_casebook(context, devices.error(), options.own.file());
    std::string text;
    if (options.as_json) {
        auto all = json::array();
        for (const auto& device : *devices) all.push_back(json_of(device));
        text = all.dump(2, ' ', false, json::error_handler_t::replace);
    } else if (devices->empty()) {
        text = context.text("cli.devices.none") + "\n";
    } else {
        std::vector<Row> rows{Row{}};
        for (const char* column : {"cli.column.device", "cli.column.epoch", "cli.column.batch",
                                   "cli.column.certificate", "cli.column.audit", "cli.column.state"})
            rows.front().push_back(context.text(column));
        for (const auto& device : *devices) rows.push_back(row_of(context, device));
        text = table(rows);
        for (const auto& device : *devices)
            for (const auto& sentence : gap_sentences(context, device.device, device.missing)) text += sentence + "\n";
    }
    if (!(options.as_json ? print_json(text) : print(text))) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_deployment_device_list(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<DevicesOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("list", context.text("cli.devices.list.help"));
    add_own_casebook_options(*command, context, options->own);
    command->add_flag("--json", options->as_json, context.text("cli.option.json"));
    command->callback([options, &run] { run.exit = exit_of(list(run.context, *options)); });
}

}  // namespace app::cli
