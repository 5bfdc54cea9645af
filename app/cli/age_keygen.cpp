// amparo age keygen: a new identity.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/identities.hpp"
#include "app/cli/new_passphrase.hpp"
#include "app/deployment/identities.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct KeygenOptions {
    std::string output;
    bool passphrase = false;
    std::string passphrase_file;
    bool post_quantum = false;
};

Outcome<void> keygen(const Context& context, const KeygenOptions& options) {
    const auto identity =
        crypto::open::Identity::generate(context.ready(), options.post_quantum ? crypto::Recipient::Kind::MlKem768X25519
                                                                               : crypto::Recipient::Kind::X25519);
    if (!identity) return stop_crypto(context, identity.error());
    std::optional<crypto::SecretBytes> passphrase;
    if (options.passphrase || !options.passphrase_file.empty()) {
        if (options.output.empty()) return stop(context, "cli.age.keygen.name_output", {}, Exit::Usage);
        AMPARO_TRY(chosen, new_passphrase(context, passphrase_file_of(options.passphrase_file), "cli.passphrase.new"));
        passphrase = std::move(chosen);
    }
    if (!options.output.empty()) {
        const auto done =
            deployment::write_identity(context.ready(), options.output, *identity, passphrase ? &*passphrase : nullptr);
        if (!done) return stop_deployment(context, done.error());
        context.note("cli.age.keygen.public", {{"key", identity->recipient().to_string()}});
        return {};
    }
    const auto text = crypto::open::identity_file(context.ready(), *identity);
    if (!text) return stop_crypto(context, text.error());
    if (!write_bytes(text->view())) return stop(context, "cli.file.output_closed");
    return {};
}

}  // namespace

void add_age_keygen(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<KeygenOptions>();
    auto* command = parent.add_subcommand("keygen", run.context.text("cli.age.keygen.help"));
    command->add_option("-o,--output", options->output, run.context.text("cli.option.output"));
    command->add_flag("-p,--passphrase", options->passphrase, run.context.text("cli.age.keygen.passphrase"));
    command->add_option("--passphrase-file", options->passphrase_file, run.context.text("cli.option.passphrase_file"));
    command->add_flag("--pq", options->post_quantum, run.context.text("cli.age.keygen.post_quantum"));
    command->callback([options, &run] { run.exit = exit_of(keygen(run.context, *options)); });
}

}  // namespace app::cli
