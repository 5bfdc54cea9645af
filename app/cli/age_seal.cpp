// amparo age seal: plain age, any size, bounded memory.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/stream.hpp"
#include "crypto/age.hpp"
#include "crypto/try.hpp"

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
    AMPARO_TRY(const bytes, read_plain_file(context, file, recipients_file_limit));
    auto rest = crypto::as_text(bytes);
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
    for (const auto& file : options.recipient_files) AMPARO_DO(read_recipients(context, file, recipients));
    if (recipients.empty()) return stop(context, "cli.recipient.none", {}, Exit::Usage);

    auto stream = crypto::SealStream::start(context.ready(), recipients, crypto::Stanzas::Exact);
    if (!stream) return stop_crypto(context, stream.error());
    AMPARO_TRY(const input, Input::open(context, options.input));
    AMPARO_TRY(output, Output::open(context, options.output, false));
    AMPARO_DO(output.write(context, stream->header()));
    crypto::Bytes sealed;
    auto read = input.each(context, [&](crypto::ByteView piece) -> Outcome<void> {
        sealed.clear();
        if (auto done = stream->update(piece, sealed); !done) return stop_crypto(context, done.error());
        return output.write(context, sealed);
    });
    if (!read) return read;
    sealed.clear();
    if (auto done = stream->finish(sealed); !done) return stop_crypto(context, done.error());
    AMPARO_DO(output.write(context, sealed));
    return output.finish(context);
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
