// amparo sign: a minisign signature beside the file.
#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/signing.hpp"
#include "app/cli/stream.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

struct SignOptions {
    std::string key;
    std::string file;
    std::string signature;
    std::string comment;
    std::string passphrase_file;
};

std::string default_comment(const std::string& file) {
    const auto now = std::chrono::system_clock::now().time_since_epoch();
    return "timestamp:" + std::to_string(std::chrono::duration_cast<std::chrono::seconds>(now).count()) +
           " file:" + shown(std::filesystem::path(file).filename());
}

Outcome<void> sign(const Context& context, const SignOptions& options) {
    if (options.key.empty() || options.file.empty()) return stop(context, "cli.sign.usage", {}, Exit::Usage);
    AMPARO_TRY(const key, read_signing_key<crypto::Purpose::Plain>(context, options.key, options.passphrase_file));
    AMPARO_TRY(const hash, prehash(context, options.file));
    const auto comment = options.comment.empty() ? default_comment(options.file) : options.comment;
    const auto signature = crypto::sign(context.ready(), hash, key, comment);
    if (!signature && signature.error() == crypto::Error::Input) return stop(context, "cli.sign.bad_comment");
    if (!signature) return stop_crypto(context, signature.error());
    const auto to = options.signature.empty() ? options.file + ".minisig" : options.signature;
    return write_file(context, to, crypto::as_bytes(*signature));
}

}  // namespace

Outcome<crypto::Digest512> prehash(const Context& context, const std::string& file) {
    AMPARO_TRY(const input, Input::open(context, file));
    crypto::Blake2b512 hash(context.ready());
    AMPARO_DO(input.each(context, [&hash](crypto::ByteView piece) -> Outcome<void> {
        hash.update(piece);
        return {};
    }));
    return hash.finish();
}

void add_sign(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<SignOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("sign", context.text("cli.sign.help"));
    command->add_option("-s,--secret-key", options->key, context.text("cli.sign.key"));
    command->add_option("-x,--signature", options->signature, context.text("cli.sign.signature"));
    command->add_option("-t,--trusted-comment", options->comment, context.text("cli.sign.comment"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->add_option("FILE", options->file, context.text("cli.sign.file"));
    command->callback([options, &run] { run.exit = exit_of(sign(run.context, *options)); });
}

}  // namespace app::cli
