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
        const auto file = open::identity_file(fuzzing::ready(), *identity);
        const auto read =
            file ? open::parse_identity_file(fuzzing::ready(), file->view()) : tl::unexpected(file.error());
        fuzzing::require(read && read->size() == 1 && read->front().recipient() == identity->recipient());
    }
    if (const auto file = open::parse_identity_file(fuzzing::ready(), text)) {
        std::string_view rest = as_text(text);  // every identity stands there in its one form, in this order
        for (const auto& identity : *file) {
            const auto again = identity.to_text(fuzzing::ready());
            fuzzing::require(again.has_value());
            const auto at = rest.find(as_text(again->view()));
            fuzzing::require(at != std::string_view::npos);
            rest.remove_prefix(at + again->size());
        }
    }
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
