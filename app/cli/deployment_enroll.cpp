// amparo deployment enroll: a kiosk's request is answered with a certificate, after people have compared the words.
#include <CLI/CLI.hpp>
#include <chrono>
#include <memory>

#include "app/cli/clock.hpp"
#include "app/cli/commands.hpp"
#include "app/cli/deployment_failures.hpp"
#include "app/cli/eight_words.hpp"
#include "app/cli/programme_folder.hpp"
#include "app/cli/signing.hpp"
#include "app/deployment/enrolling.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace {

constexpr std::chrono::days certificate_life{365};

struct EnrollOptions {
    std::string folder;
    std::string request;
    std::string until;
    std::string words;
    std::string passphrase_file;
};

/// The last day of the certificate.
Outcome<exchange::Day> last_day(const Context& context, const std::string& until, exchange::Day today) {
    if (until.empty()) return today + certificate_life;
    const auto day = exchange::parse_day(until);
    if (!day || *day < today) return stop(context, "cli.enroll.until_wrong", {{"text", until}}, Exit::Usage);
    return *day;
}

Outcome<void> enroll(const Context& context, const EnrollOptions& options) {
    if (options.folder.empty() || options.request.empty()) return stop(context, "cli.enroll.usage", {}, Exit::Usage);
    AMPARO_TRY(const until, last_day(context, options.until, utc_today()));
    AMPARO_TRY(const programme, programme_folder(context, options.folder));
    const auto request = deployment::read_device_request(context.ready(), options.request);
    if (!request) return stop_deployment(context, request.error());
    AMPARO_TRY(const known, devices_of(context, programme, options.passphrase_file));
    const auto epoch = deployment::epoch_for(context.ready(), programme.root, programme.key, *request, known);
    if (!epoch) return stop_deployment(context, epoch.error());
    const auto& device = request->request.device;
    context.note(*epoch == 1 ? "cli.enroll.asks" : "cli.enroll.asks_again",
                 {{"device", device}, {"epoch", std::to_string(*epoch)}});
    AMPARO_DO(compare_words(context, exchange::enrolment_words(context.ready(), programme.key, request->request),
                            options.words));
    const auto key_file = (programme.root / "keys" / "deployment.key").string();
    AMPARO_TRY(const key, read_signing_key<crypto::Purpose::Deployment>(context, key_file, options.passphrase_file));
    if (stop_requested()) return stop(context, "cli.stopped");
    if (!(key.public_key() == programme.key)) return stop(context, "cli.enroll.other_key", {{"file", shown(key_file)}});
    const auto file = deployment::enrol_device(context.ready(), programme.root, *request, *epoch, until, key);
    if (!file) return stop_deployment(context, file.error());
    context.say("cli.enroll.done", {{"device", device}, {"file", shown(*file)}, {"day", exchange::day_text(until)}});
    return {};
}

}  // namespace

void add_deployment_enroll(CLI::App& parent, Run& run) {
    const auto options = std::make_shared<EnrollOptions>();
    const auto& context = run.context;
    auto* command = parent.add_subcommand("enroll", context.text("cli.enroll.help"));
    command->add_option("DIR", options->folder, context.text("cli.programme.folder"));
    command->add_option("REQUEST", options->request, context.text("cli.enroll.request"));
    command->add_option("--until", options->until, context.text("cli.enroll.until"));
    command->add_option("--words", options->words, context.text("cli.option.words"));
    command->add_option("--passphrase-file", options->passphrase_file, context.text("cli.option.passphrase_file"));
    command->callback([options, &run] { run.exit = exit_of(enroll(run.context, *options)); });
}

}  // namespace app::cli
