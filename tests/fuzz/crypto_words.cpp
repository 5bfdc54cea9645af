// Typed case codes and passphrases: the canonical form is its own canonical form, and what is generated is canonical.
#include "crypto/words.hpp"
#include "crypto_support.hpp"

using namespace crypto;

namespace {

void require_canonical(const SecretBytes& words) {
    const auto again = canonical_passphrase(fuzzing::ready(), words.view());
    fuzzing::require(again && again->equals(words.view()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes = fuzzing::view(data, size);
    if (const auto code = parse_case_code(as_text(bytes))) fuzzing::require(parse_case_code(*code) == code);
    if (const auto words = canonical_passphrase(fuzzing::ready(), bytes)) require_canonical(*words);

    const std::string code = case_code(fuzzing::ready());
    fuzzing::require(parse_case_code(code) == code);
    const auto generated = generate_passphrase(fuzzing::ready());
    fuzzing::require(generated.has_value());
    require_canonical(*generated);
    // A fingerprint is eight words of the list too: the input's own.
    const std::string fingerprint = fingerprint_words(sha256(fuzzing::ready(), bytes));
    const auto words = canonical_passphrase(fuzzing::ready(), as_bytes(fingerprint));
    fuzzing::require(words && as_text(words->view()) == fingerprint);
    return 0;
}
