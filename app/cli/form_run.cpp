// amparo form run: an interview without a screen, from a script of JSON Lines.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/form_nodes.hpp"
#include "app/cli/form_script.hpp"
#include "app/cli/stream.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

constexpr std::size_t line_limit = 64U << 10U;

struct FormRunOptions {
    std::string path;
    std::string script;
    InterviewOptions interview;
    bool each = false;
};

/// Splits what arrives into lines and plays each as soon as it is whole, so that a pipe can be answered line by line.
class Script {
  public:
    Script(const Context& context, TrialInterview& trial, bool each)
        : context_(context), trial_(trial), player_(trial), each_(each) {}

    [[nodiscard]] Outcome<void> take(std::string_view text) {
        while (!text.empty()) {
            const auto end = text.find('\n');
            line_ += text.substr(0, end);
            if (line_.size() > line_limit) return stop_line("cli.form.run.line.long", {});
            if (end == std::string_view::npos) return {};
            text.remove_prefix(end + 1);
            AMPARO_DO(play());
        }
        return {};
    }
    [[nodiscard]] Outcome<void> end() { return play(); }
    [[nodiscard]] std::uint64_t unexpected() const { return unexpected_; }

  private:
    Outcome<void> play() {
        const auto line = std::exchange(line_, {});
        if (line.find_first_not_of(" \t\r") == std::string::npos) {
            ++number_;
            return {};
        }
        const auto result = player_.play(line, number_);
        if (!result) return stop_line(result.error().key, result.error().word);
        ++number_;
        if (!result->as_expected) ++unexpected_;
        if (!print_json(result->output + (each_ ? node_lines(trial_) : "")))
            return stop(context_, "cli.file.output_closed");
        return {};
    }
    tl::unexpected<Failure> stop_line(std::string_view key, const std::string& word) {
        return stop(context_, key, {{"line", std::to_string(number_)}, {"word", shown(word)}});
    }

    const Context& context_;
    TrialInterview& trial_;
    ScriptPlayer player_;
    bool each_;
    std::string line_;
    std::uint64_t number_ = 1;
    std::uint64_t unexpected_ = 0;
};

Outcome<void> run_script(const Context& context, const FormRunOptions& options) {
    if (options.path.empty() || options.script.empty()) return stop(context, "cli.form.run.usage", {}, Exit::Usage);
    AMPARO_TRY(const sheets, read_sheets(context, options.path));
    AMPARO_TRY(form, load_form(context, sheets, options.path));
    AMPARO_TRY(trial, TrialInterview::start(context, std::move(form), options.interview));
    AMPARO_TRY(const input, Input::open(context, options.script));
    Script script(context, trial, options.each);
    auto played = input.each(context, [&](crypto::ByteView bytes) { return script.take(crypto::as_text(bytes)); });
    if (played) played = script.end();
    if (!played) return played;
    if (!print_json(node_lines(trial) + outcome_lines(trial))) return stop(context, "cli.file.output_closed");
    if (script.unexpected() == 0) return {};
    context.fail_counted("cli.form.run.unexpected", script.unexpected());
    return tl::make_unexpected(Failure{Exit::Failed});
}

}  // namespace

void add_form_run(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<FormRunOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("run", context.text("cli.form.run.help"));
    command->add_option("PATH", options->path, context.text("cli.form.check.path"));
    command->add_option("--script", options->script, context.text("cli.form.run.script"));
    add_interview_options(*command, context, options->interview);
    command->add_flag("--each", options->each, context.text("cli.form.run.each"));
    command->footer(context.text("cli.form.run.steps") + "\n" + script_steps());
    command->callback([options, &run] { run.exit = exit_of(run_script(run.context, *options)); });
}

}  // namespace app::cli
