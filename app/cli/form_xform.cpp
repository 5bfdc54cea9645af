// amparo form xform: the questionnaire as ODK tools take it.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/form_faults.hpp"
#include "app/cli/form_source.hpp"
#include "app/cli/stream.hpp"
#include "crypto/try.hpp"
#include "questionnaires/workbook/xform.hpp"

namespace app::cli {
namespace {

struct XformOptions {
    std::string path;
    std::string output;
};

Outcome<void> write_xform(const Context& context, const XformOptions& options) {
    if (options.path.empty()) return stop(context, "cli.form.xform.usage", {}, Exit::Usage);
    AMPARO_TRY(const sheets, read_sheets(context, options.path));
    AMPARO_TRY(const form, load_form(context, sheets, options.path));
    const auto made = questionnaires::workbook::to_xform(sheets, *form);
    if (!made) {
        FormSource source;
        source.workbook = sheets;
        return stop(context, "cli.form.xform.refused",
                    {{"reason", fault_sentence(context, source, made.error().front())}});
    }
    AMPARO_TRY(output, Output::open(context, options.output, true));
    AMPARO_DO(output.write(context, crypto::as_bytes(made->xml)));
    AMPARO_DO(output.finish(context));
    for (const auto& left : made->left_out) context.note("cli.form.xform.left_out", {{"sheet", left.sheet}});
    return {};
}

}  // namespace

void add_form_xform(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<XformOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("xform", context.text("cli.form.xform.help"));
    command->add_option("PATH", options->path, context.text("cli.form.check.path"));
    command->add_option("-o,--output", options->output, context.text("cli.option.output"));
    command->callback([options, &run] { run.exit = exit_of(write_xform(run.context, *options)); });
}

}  // namespace app::cli
