// Typed case codes and passphrases: the canonical form is its own canonical form.
#include "crypto/words.hpp"
#include "crypto_support.hpp"

using namespace crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes = fuzzing::view(data, size);
    if (const auto code = parse_case_code(as_text(bytes))) fuzzing::require(parse_case_code(*code) == code);
    if (const auto words = canonical_passphrase(fuzzing::ready(), bytes)) {
        const auto again = canonical_passphrase(fuzzing::ready(), words->view());
        fuzzing::require(again && again->equals(words->view()));
    }
    return 0;
}
