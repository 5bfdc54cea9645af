// amparo verify: checks a minisign signature and shows its trusted comment.
#include <CLI/CLI.hpp>
#include <memory>

#include "app/cli/commands.hpp"
#include "app/cli/failures.hpp"
#include "app/cli/signing.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

constexpr std::size_t signature_limit = 16'384;

struct VerifyOptions {
    std::string key_file;
    std::string key_line;
    std::string file;
    std::string signature;
};

Outcome<crypto::PlainPublicKey> read_key(const Context& context, const VerifyOptions& options) {
    if (!options.key_line.empty()) {
        const auto key = crypto::PlainPublicKey::parse_line(options.key_line);
        if (!key) return stop(context, "cli.verify.bad_key", {{"file", shown(options.key_line.substr(0, 80))}});
        return *key;
    }
    AMPARO_TRY(const text, read_plain_file(context, options.key_file, signature_limit));
    const auto key = crypto::PlainPublicKey::parse(crypto::as_text(text));
    if (!key) return stop(context, "cli.verify.bad_key", {{"file", shown(options.key_file)}});
    return *key;
}

Outcome<void> verify(const Context& context, const VerifyOptions& options) {
    if ((options.key_file.empty() && options.key_line.empty()) || options.file.empty())
        return stop(context, "cli.verify.usage", {}, Exit::Usage);
    AMPARO_TRY(const key, read_key(context, options));
    const auto from = options.signature.empty() ? options.file + ".minisig" : options.signature;
    AMPARO_TRY(const signature, read_plain_file(context, from, signature_limit));
    AMPARO_TRY(const hash, prehash(context, options.file));
    const auto comment = crypto::verify(context.ready(), hash, crypto::as_text(signature), key);
    if (!comment && comment.error() == crypto::Error::Malformed)
        return stop(context, "cli.verify.malformed", {{"file", shown(from)}});
    if (!comment) return stop_crypto(context, comment.error());
    context.say("cli.verify.good", {{"comment", *comment}});
    return {};
}

}  // namespace

void add_verify(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<VerifyOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("verify", context.text("cli.verify.help"));
    command->add_option("-p,--public-key-file", options->key_file, context.text("cli.verify.key_file"));
    command->add_option("-P,--public-key", options->key_line, context.text("cli.verify.key_line"));
    command->add_option("-x,--signature", options->signature, context.text("cli.verify.signature"));
    command->add_option("FILE", options->file, context.text("cli.sign.file"));
    command->callback([options, &run] { run.exit = exit_of(verify(run.context, *options)); });
}

}  // namespace app::cli
