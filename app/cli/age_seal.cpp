// amparo age seal: plain age, any size, bounded memory.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/stream.hpp"
#include "crypto/age.hpp"

namespace app::cli {
namespace {

constexpr std::size_t recipients_file_limit = 1U << 20U;

struct SealOptions {
    std::vector<std::string> recipients;
    std::vector<std::string> recipient_files;
    std::string output;
    std::string input;
};

/// One recipient per line; empty lines and '#' comments between.
Outcome<void> read_recipients(const Context& context, const std::string& file,
                              std::vector<crypto::Recipient>& recipients) {
    const auto bytes = read_plain_file(context, file, recipients_file_limit);
    if (!bytes) return tl::make_unexpected(bytes.error());
    auto rest = crypto::as_text(*bytes);
    for (std::size_t number = 1; !rest.empty(); ++number) {
        const auto end = rest.find('\n');
        auto line = rest.substr(0, end);
        rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (line.empty() || line.starts_with('#')) continue;
        const auto recipient = crypto::Recipient::parse(line);
        if (!recipient)
            return stop(context, "cli.recipient.bad_line", {{"file", shown(file)}, {"line", std::to_string(number)}});
        recipients.push_back(*recipient);
    }
    return {};
}

Outcome<void> seal(const Context& context, const SealOptions& options) {
    std::vector<crypto::Recipient> recipients;
    for (const auto& text : options.recipients) {
        const auto recipient = crypto::Recipient::parse(text);
        if (!recipient) return stop(context, "cli.recipient.bad", {{"recipient", shown(text.substr(0, 80))}});
        recipients.push_back(*recipient);
    }
    for (const auto& file : options.recipient_files)
        if (auto done = read_recipients(context, file, recipients); !done) return done;
    if (recipients.empty()) return stop(context, "cli.recipient.none", {}, Exit::Usage);

    auto stream = crypto::SealStream::start(context.ready(), recipients, crypto::Stanzas::Exact);
    if (!stream) return stop_crypto(context, stream.error());
    const auto input = Input::open(context, options.input);
    if (!input) return tl::make_unexpected(input.error());
    auto output = Output::open(context, options.output, false);
    if (!output) return tl::make_unexpected(output.error());
    if (auto done = output->write(context, stream->header()); !done) return done;
    crypto::Bytes sealed;
    auto read = input->each(context, [&](crypto::ByteView piece) -> Outcome<void> {
        sealed.clear();
        if (auto done = stream->update(piece, sealed); !done) return stop_crypto(context, done.error());
        return output->write(context, sealed);
    });
    if (!read) return read;
    sealed.clear();
    if (auto done = stream->finish(sealed); !done) return stop_crypto(context, done.error());
    if (auto done = output->write(context, sealed); !done) return done;
    return output->finish(context);
}

}  // namespace

void add_age_seal(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<SealOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("seal", context.text("cli.age.seal.help"));
    command->add_option("-r,--recipient", options->recipients, context.text("cli.age.seal.recipient"))
        ->allow_extra_args(false);
    command->add_option("-R,--recipients-file", options->recipient_files, context.text("cli.age.seal.recipients_file"))
        ->allow_extra_args(false);
    command->add_option("-o,--output", options->output, context.text("cli.option.output"));
    command->add_option("IN", options->input, context.text("cli.option.input"));
    command->callback([options, &run] { run.exit = exit_of(seal(run.context, *options)); });
}

}  // namespace app::cli
