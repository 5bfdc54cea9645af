// A share as somebody typed it, or as a QR code gave it: what is read is written in one way, and that reads as the
// same.
#include "crypto/share.hpp"
#include "crypto_support.hpp"

using namespace crypto;

namespace {

void require_same(const SecretBytes& text, const PaperShare& share) {
    const auto again = read_share(fuzzing::ready(), text.view());
    fuzzing::require(again && again->head == share.head && again->payload.equals(share.payload.view()));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto share = read_share(fuzzing::ready(), fuzzing::view(data, size));
    if (!share) return 0;
    const auto words = share_words(fuzzing::ready(), *share);
    const auto code = share_code(fuzzing::ready(), *share);
    fuzzing::require(words && code);
    require_same(*words, *share);
    require_same(*code, *share);
    return 0;
}
