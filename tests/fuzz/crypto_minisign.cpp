// Key and signature files of minisign: no crash, canonical base64, nothing verifies that was not signed.
#include "crypto/minisign.hpp"
#include "crypto_support.hpp"

using namespace crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes = fuzzing::view(data, size);
    const std::string_view text = as_text(bytes);
    static const auto key = PlainSecretKey::generate(fuzzing::ready());
    fuzzing::require(key.has_value());
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
    // The signature with the id of a key that never signed this: parsed to the end, refused as a signature.
    if (const auto signer = signer_of(text)) {
        minisign::Public impostor = key->public_key().raw();
        impostor.id = *signer;
        const auto verified = verify(fuzzing::ready(), as_bytes("message"), text, PlainPublicKey(impostor));
        fuzzing::require(!verified && verified.error() == Error::Signature);
    }
    return 0;
}
