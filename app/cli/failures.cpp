#include "app/cli/failures.hpp"

#include "app/cli/reasons.hpp"

namespace app::cli {

tl::unexpected<Failure> stop_crypto(const Context& context, crypto::Error error) {
    using crypto::Error;
    switch (error) {
        case Error::SelfTest:
            return stop(context, "cli.crypto.self_test");
        case Error::LockedMemory: {
            const auto limit = crypto::locked_memory_limit();
            return stop(context, "cli.crypto.locked_memory", {{"kib", limit ? std::to_string(*limit / 1024) : "?"}});
        }
        case Error::Memory:
            return stop(context, "cli.crypto.memory");
        case Error::Malformed:
            return stop(context, "cli.crypto.malformed");
        case Error::TooMany:
            return stop(context, "cli.crypto.recipient_limit");
        case Error::Mixed:
            return stop(context, "cli.crypto.mixed");
        case Error::Kind:
            return stop(context, "cli.crypto.kind");
        case Error::Input:
            return stop(context, "cli.crypto.input");
        case Error::NoMatch:
        case Error::Header:
        case Error::Mac:
        case Error::Payload:
            return stop_opening(context, error);
        case Error::Signature:
            return stop(context, "cli.verify.bad");
        case Error::OtherKey:
            return stop(context, "cli.verify.other_key");
        case Error::WrongSecret:
            return stop(context, "cli.passphrase.wrong");
        case Error::Protected:
            return stop(context, "cli.passphrase.needed");
        case Error::WorkFactor:
            return stop(context, "cli.crypto.work_factor");
    }
    return stop(context, "cli.crypto.self_test");
}

tl::unexpected<Failure> stop_opening(const Context& context, crypto::Error error) {
    using crypto::Error;
    switch (error) {
        case Error::NoMatch:
            return stop(context, "cli.open.no_match", {}, Exit::NoMatch);
        case Error::Header:
            return stop(context, "cli.open.header", {}, Exit::Header);
        case Error::Mac:
            return stop(context, "cli.open.mac", {}, Exit::Mac);
        case Error::Payload:
            return stop(context, "cli.open.payload", {}, Exit::Payload);
        case Error::WorkFactor:
            return stop(context, "cli.crypto.work_factor", {}, Exit::Header);
        case Error::SelfTest:
        case Error::LockedMemory:
        case Error::Memory:
        case Error::Input:
        case Error::Malformed:
        case Error::TooMany:
        case Error::Mixed:
        case Error::Kind:
        case Error::Signature:
        case Error::OtherKey:
        case Error::WrongSecret:
        case Error::Protected:
            return stop_crypto(context, error);
    }
    return stop(context, "cli.crypto.self_test");
}

tl::unexpected<Failure> stop_exchange(const Context& context, const exchange::Failure& failure,
                                      const std::string& file) {
    using exchange::Error;
    const Words words{{"file", file}, {"reason", reason_words(context, failure.why)}};
    switch (failure.error) {
        case Error::Io:
            return stop(context, "cli.file.unwritable", words);
        case Error::NoSpace:
            return stop(context, "cli.file.no_space", words);
        case Error::Exists:
            return stop(context, "cli.file.exists", words);
        case Error::Cancelled:
            return stop(context, "cli.stopped");
        case Error::TooLarge:
            return stop(context, "cli.file.too_large", words);
        case Error::Archive:
        case Error::Members:
        case Error::Manifest:
        case Error::Signature:
        case Error::Certificate:
        case Error::Deployment:
        case Error::Rollback:
        case Error::AppTooOld:
        case Error::Recipients:
        case Error::Content:
            return stop(context, "cli.bundle.refused", words);
        case Error::Crypto:
            return stop(context, "cli.crypto.failed", words);
    }
    return stop(context, "cli.bundle.refused", words);
}

}  // namespace app::cli
