// The members of a bundle. The first byte chooses the member, because no fuzzer gets behind a signature; byte 0 feeds
// the whole file to the loader.
#include <cstdlib>

#include "app/exchange/bundle_parts.hpp"

using namespace app::exchange;

namespace {

constexpr std::string_view pinned_key = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";  // minisign's own

template <class Parsed, class Writer>
void same(const Parsed& parsed, Writer write, crypto::ByteView input) {
    if (parsed && write(*parsed) != crypto::as_text(input)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const auto ready = crypto::SodiumReady::init();
    static const auto key = crypto::DeploymentPublicKey::parse_line(pinned_key);
    if (!ready || !key) std::abort();
    if (size == 0) return 0;
    const auto input = std::as_bytes(std::span(data + 1, size - 1));
    switch (data[0] % 7) {
        case 0:
            if (load_bundle(*ready, input, {*key})) std::abort();  // signed by nobody we know
            break;
        case 1:
            same(parse_version(input), version_text, input);
            break;
        case 2:
            same(parse_recipients(input), recipients_text, input);
            break;
        case 3:
            same(parse_signers(input), signers_text, input);
            break;
        case 4:
            same(parse_policy(input), policy_text, input);
            break;
        case 5:
            same(parse_revoked(input), revoked_text, input);
            break;
        default:
            (void)parse_referrals(input);
            break;
    }
    return 0;
}
