#include "app/cli/new_passphrase.hpp"

#include "app/cli/deployment_failures.hpp"
#include "app/deployment/passphrase.hpp"
#include "app/files/system.hpp"
#include "crypto/try.hpp"

namespace app::cli {

Outcome<crypto::SecretBytes> new_passphrase(const Context& context, const std::optional<std::filesystem::path>& file,
                                            std::string_view question, std::span<const std::string> known) {
    const bool asked = !file;
    if (asked && files::open_terminal().get() >= 0) context.note("cli.passphrase.explained");
    for (;;) {
        AMPARO_TRY(passphrase, passphrase_from(context, file, question));
        if (const auto good = deployment::judge_passphrase(context.ready(), passphrase, known); !good) {
            auto stopped = stop_deployment(context, good.error());
            if (asked && std::holds_alternative<deployment::PassphraseRefusal>(good.error().cause)) continue;
            return stopped;
        }
        if (!asked) return passphrase;
        AMPARO_TRY(const again, ask_passphrase(context, "cli.passphrase.again"));
        if (again.equals(passphrase.view())) return passphrase;
        context.note("cli.passphrase.differs");
    }
}

}  // namespace app::cli
