// amparo age open: nothing comes out unless everything verified.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/stream.hpp"
#include "crypto/open/open.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct OpenOptions {
    std::vector<std::string> identities;
    std::string passphrase_file;
    std::string output;
    std::string input;
};

Outcome<void> open(const Context& context, const OpenOptions& options) {
    if (options.identities.empty() && options.passphrase_file.empty())
        return stop(context, "cli.open.no_identity", {}, Exit::Usage);
    const auto passphrase_file = passphrase_file_of(options.passphrase_file);
    AMPARO_TRY(const identities,
               read_identities(context, {options.identities.begin(), options.identities.end()}, passphrase_file));
    std::vector<crypto::SecretBytes> passphrases;
    if (passphrase_file && options.identities.empty()) {
        AMPARO_TRY(passphrase, read_passphrase_file(context, *passphrase_file));
        passphrases.push_back(std::move(passphrase));
    }

    AMPARO_TRY(const input, Input::open(context, options.input));
    AMPARO_TRY(output, Output::open(context, options.output, true));
    crypto::open::OpenStream stream(context.ready(), crypto::open::Keys{identities, passphrases});
    crypto::Bytes plain;
    auto read = input.each(context, [&](crypto::ByteView piece) -> Outcome<void> {
        plain.clear();
        if (auto done = stream.update(piece, plain); !done) return stop_opening(context, done.error());
        return output.write(context, plain);
    });
    if (!read) return read;
    plain.clear();
    if (auto done = stream.finish(plain); !done) return stop_opening(context, done.error());
    AMPARO_DO(output.write(context, plain));
    return output.finish(context);
}

}  // namespace

void add_age_open(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<OpenOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("open", context.text("cli.age.open.help"));
    command->add_option("-i,--identity", options->identities, context.text("cli.option.identity"))
        ->allow_extra_args(false);
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_option("-o,--output", options->output, context.text("cli.option.output"));
    command->add_option("IN", options->input, context.text("cli.option.input"));
    command->callback([options, &run] { run.exit = exit_of(open(run.context, *options)); });
}

}  // namespace app::cli
