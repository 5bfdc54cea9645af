// Keys in Bech32 and identity files: what parses is written back as the same text.
#include "crypto/bech32.hpp"
#include "crypto_support.hpp"

using namespace crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView text = fuzzing::view(data, size);
    if (const auto recipient = Recipient::parse(as_text(text)))
        fuzzing::require(recipient->to_string() == as_text(text));
    if (const auto identity = open::Identity::parse(fuzzing::ready(), text)) {
        const auto again = identity->to_text(fuzzing::ready());
        fuzzing::require(again && again->equals(text));
    }
    (void)open::parse_identity_file(fuzzing::ready(), text);
    // The first byte chooses how much data to expect behind the shortest prefix.
    if (!text.empty()) {
        Bytes out(std::to_integer<std::size_t>(text.front()) % 40);
        const ByteView rest = text.subspan(1);
        for (const auto letters : {bech32::Case::Lower, bech32::Case::Upper}) {
            if (!bech32::decode("a", rest, letters, out)) continue;
            Bytes again(rest.size());
            bech32::encode("a", out, letters, again);
            fuzzing::require(as_text(again) == as_text(rest));
        }
    }
    return 0;
}
