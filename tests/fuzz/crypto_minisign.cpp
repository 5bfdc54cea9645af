// Key and signature files of minisign: no crash, canonical base64, nothing verifies that was not signed.
#include "crypto/minisign.hpp"
#include "crypto_support.hpp"

using namespace crypto;

namespace {

constexpr ScryptCost lightest{32768, 16777216};

SecretBytes passphrase() {
    auto bytes = SecretBytes::copy_of(fuzzing::ready(), as_bytes("una frase"));
    fuzzing::require(bytes.has_value());
    return std::move(*bytes);
}

// A protected key with the lightest cost comes back with its passphrase only: once, for it takes a moment.
PlainSecretKey key_that_went_both_ways() {
    const auto made = PlainSecretKey::generate(fuzzing::ready());
    fuzzing::require(made.has_value());
    const auto text = made->to_text(fuzzing::ready(), passphrase(), lightest);
    fuzzing::require(text.has_value());
    const auto without = PlainSecretKey::parse(fuzzing::ready(), text->view());
    fuzzing::require(!without && without.error() == Error::Protected);
    auto opened = PlainSecretKey::parse(fuzzing::ready(), text->view(), passphrase());
    fuzzing::require(opened && opened->public_key() == made->public_key());
    const auto again = PlainPublicKey::parse(opened->public_key().to_text());
    fuzzing::require(again && *again == made->public_key());
    return std::move(*opened);
}

// The cost that a protected key file states, wherever it stands; nothing when it is none.
std::optional<ScryptCost> stated_cost(std::string_view text) {
    const auto line = text.find('\n');
    if (line == std::string_view::npos || text.size() < line + 1 + 212) return std::nullopt;
    const auto blob = from_base64(text.substr(line + 1, 212));
    if (!blob || blob->size() < 54) return std::nullopt;
    Reader numbers(ByteView(*blob).subspan(38, 16));
    return ScryptCost{numbers.u64_le().value_or(0), numbers.u64_le().value_or(0)};
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes = fuzzing::view(data, size);
    const std::string_view text = as_text(bytes);
    static const PlainSecretKey key = key_that_went_both_ways();
    static const SecretBytes words = passphrase();
    if (const auto public_key = PlainPublicKey::parse(text))
        fuzzing::require(text.find("\n" + to_base64(public_key->bytes()) + "\n") != std::string_view::npos);
    if (const auto public_key = PlainPublicKey::parse_line(text))
        fuzzing::require(to_base64(public_key->bytes()) == text);
    const auto asks = is_protected(bytes);
    if (const auto secret_key = PlainSecretKey::parse(fuzzing::ready(), bytes)) {
        fuzzing::require(asks && !*asks);
        const auto again = secret_key->to_text(fuzzing::ready());
        fuzzing::require(again && as_text(again->view()).substr(49) == text.substr(text.find('\n') + 1));
    }
    // Work beyond the cap or below the floor is refused before it is done; what lies between is left out as too slow.
    const auto cost = stated_cost(text);
    if (cost && (cost->operations > ScryptCost{}.operations || cost->memory > ScryptCost{}.memory ||
                 cost->operations < lightest.operations || cost->memory < lightest.memory)) {
        const auto refused = PlainSecretKey::parse(fuzzing::ready(), bytes, words);
        if (asks && *asks)
            fuzzing::require(!refused && (refused.error() == Error::WorkFactor || refused.error() == Error::Malformed));
    }
    // Four lines, the second and fourth of them the one base64 of their bytes.
    if (signer_of(text)) {
        Reader lines(bytes);
        for (int i = 0; i < 4; ++i) {
            const auto line = lines.line(untrusted_comment_limit + trusted_comment_limit);
            fuzzing::require(line.has_value());
            if (i % 2 == 0) continue;
            const auto blob = from_base64(*line);
            fuzzing::require(blob && to_base64(*blob) == *line);
        }
        fuzzing::require(lines.at_end());
    }
    // The input as a trusted comment: signed only if it is one line, and then it verifies and comes back unchanged.
    static const Digest512 hash{};
    if (const auto made = sign(fuzzing::ready(), hash, key, text)) {
        const auto verified = verify(fuzzing::ready(), hash, *made, key.public_key());
        fuzzing::require(verified && *verified == text);
        fuzzing::require(signer_of(*made) == key.public_key().id());
    }
    // The signature with the id of a key that never signed this: parsed to the end, refused as a signature.
    if (const auto signer = signer_of(text)) {
        minisign::Public impostor = key.public_key().raw();
        impostor.id = *signer;
        const auto verified = verify(fuzzing::ready(), as_bytes("message"), text, PlainPublicKey(impostor));
        fuzzing::require(!verified && verified.error() == Error::Signature);
    }
    return 0;
}
