// slots.bin, key files and PIN verifiers: what parses is written back as the same bytes; nothing opens.
#include "crypto/pin.hpp"
#include "crypto/slots.hpp"
#include "crypto_support.hpp"

using namespace crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes = fuzzing::view(data, size);
    const auto key_file = KeyFile::parse(fuzzing::ready(), bytes);
    if (key_file) {
        const auto again = key_file->to_text(fuzzing::ready());
        fuzzing::require(again && again->equals(bytes));
    }
    const auto slots = Slots::parse(bytes);
    if (slots) {
        fuzzing::require(as_text(slots->serialise()) == as_text(bytes));
        const std::string text =
            "amparo key file 1\ndevice " + to_hex(slots->device()) + "\nslot 3\nkey " + std::string(64, '7') + "\n";
        const auto guessed = KeyFile::parse(fuzzing::ready(), as_bytes(text));
        fuzzing::require(guessed.has_value());
        const auto opened = slots->unlock_key_file(fuzzing::ready(), *guessed);
        fuzzing::require(!opened && opened.error() == Error::WrongSecret);
    }
    // A cost of at most 64 KiB and one pass keeps a run quick; others are refused by length here.
    if (size == pin_verifier_size && data[18] == 0 && data[19] == 0 && data[20] == 0 && data[21] <= 1) {
        const auto pin = SecretBytes::copy_of(fuzzing::ready(), as_bytes("135790"));
        fuzzing::require(pin.has_value());
        (void)check_pin(fuzzing::ready(), bytes, *pin);
    }
    return 0;
}
