// slots.bin, key files, recovery texts and PIN verifiers: what parses is written back as the same bytes, nothing opens
// that was not set, and what is set into any slots opens.
#include "crypto/pin.hpp"
#include "crypto/recovery.hpp"
#include "crypto/slots.hpp"
#include "crypto_support.hpp"

using namespace crypto;

namespace {

struct Secrets {
    SecretBytes key;
    SecretBytes pin;
    open::Identity identity;
    std::vector<Recipient> recipients;
};

SecretBytes secret(std::string_view text) {
    auto bytes = SecretBytes::copy_of(fuzzing::ready(), as_bytes(text));
    fuzzing::require(bytes.has_value());
    return std::move(*bytes);
}

// Words and PINs cost Argon2id at the slots' floor: once is enough.
void costly_ways(const Secrets& secrets) {
    auto slots = Slots::create(fuzzing::ready(), DeviceId{});
    fuzzing::require(slots.has_value());
    fuzzing::require(slots->set_words(fuzzing::ready(), 0, secret("eight words"), secrets.key).has_value());
    const auto with_pin = slots->set_key_file(fuzzing::ready(), 1, secrets.key, &secrets.pin);
    fuzzing::require(with_pin.has_value());
    const auto again = Slots::parse(slots->serialise());
    fuzzing::require(again.has_value());
    const auto by_words = again->unlock_words(fuzzing::ready(), 0, secret("eight words"));
    fuzzing::require(by_words && by_words->equals(secrets.key.view()));
    const auto by_file = again->unlock_key_file(fuzzing::ready(), *with_pin, &secrets.pin);
    fuzzing::require(by_file && by_file->equals(secrets.key.view()));
    fuzzing::require(!again->unlock_key_file(fuzzing::ready(), *with_pin).has_value());
}

const Secrets& secrets() {
    static const Secrets all = [] {
        auto identity = open::Identity::generate(fuzzing::ready());
        fuzzing::require(identity.has_value());
        const Recipient recipient = identity->recipient();
        Secrets made{secret(std::string(database_key_size, 'k')), secret("135790"), std::move(*identity), {recipient}};
        costly_ways(made);
        return made;
    }();
    return all;
}

void key_file_comes_back(ByteView bytes) {
    const auto key_file = KeyFile::parse(fuzzing::ready(), bytes);
    if (!key_file) return;
    const auto again = key_file->to_text(fuzzing::ready());
    fuzzing::require(again && again->equals(bytes));
}

void recovery_comes_back(ByteView bytes) {
    const auto recovery = Recovery::parse(fuzzing::ready(), bytes);
    if (!recovery) return;
    const auto text = recovery->to_text(fuzzing::ready());  // the spaces that fill up are not part of it
    fuzzing::require(text && text->equals(bytes.first(text->size())));
    for (const std::byte b : bytes.subspan(text->size())) fuzzing::require(b == std::byte{' '});

    std::vector<const SecretBytes*> keys;
    for (const auto& key : recovery->keys()) keys.push_back(&key);
    const auto sealed =
        seal_recovery(fuzzing::ready(), recovery->device(), keys, secrets().recipients, recovery->salts());
    fuzzing::require(sealed.has_value());
    const auto opened = open::open(fuzzing::ready(), sealed->bytes, std::span(&secrets().identity, 1));
    fuzzing::require(opened.has_value());
    const auto parsed = Recovery::parse(fuzzing::ready(), opened->view());
    const auto again = parsed ? parsed->to_text(fuzzing::ready()) : tl::unexpected(parsed.error());
    fuzzing::require(again && again->equals(text->view()));
}

void slots_come_back(ByteView bytes) {
    auto slots = Slots::parse(bytes);
    if (!slots) return;
    fuzzing::require(as_text(slots->serialise()) == as_text(bytes));
    const std::string text =
        "amparo key file 1\ndevice " + to_hex(slots->device()) + "\nslot 3\nkey " + std::string(64, '7') + "\n";
    const auto guessed = KeyFile::parse(fuzzing::ready(), as_bytes(text));
    fuzzing::require(guessed.has_value());
    const auto nothing = slots->unlock_key_file(fuzzing::ready(), *guessed);
    fuzzing::require(!nothing && nothing.error() == Error::WrongSecret);

    const auto file = slots->set_key_file(fuzzing::ready(), 5, secrets().key);
    fuzzing::require(file.has_value());
    const auto opened = slots->unlock_key_file(fuzzing::ready(), *file);
    fuzzing::require(opened && opened->equals(secrets().key.view()));
    fuzzing::require(slots->clear(fuzzing::ready(), 5).has_value());
    fuzzing::require(!slots->unlock_key_file(fuzzing::ready(), *file).has_value());
    fuzzing::require(slots->keep_key_file(fuzzing::ready(), *file, secrets().key).has_value());
    fuzzing::require(slots->unlock_key_file(fuzzing::ready(), *file).has_value());
}

void pin_is_checked(ByteView bytes) {
    // A cost of at most 64 KiB and one pass keeps a run quick; dearer ones are left out by their bytes here.
    const auto at = [&](std::size_t i) { return std::to_integer<unsigned>(bytes[i]); };
    if (bytes.size() == pin_verifier_size && at(18) == 0 && at(19) == 0 && at(20) == 0 && at(21) <= 1)
        (void)check_pin(fuzzing::ready(), bytes, secrets().pin);
    else if (bytes.size() != pin_verifier_size)
        fuzzing::require(!check_pin(fuzzing::ready(), bytes, secrets().pin).has_value());
    const auto pin = SecretBytes::copy_of(fuzzing::ready(), bytes);
    fuzzing::require(pin.has_value());
    const auto verifier = make_pin_verifier(fuzzing::ready(), *pin, ArgonCost{8, 1});
    fuzzing::require(verifier.has_value() == valid_pin(bytes));
    if (verifier) fuzzing::require(check_pin(fuzzing::ready(), *verifier, *pin).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const ByteView bytes = fuzzing::view(data, size);
    (void)secrets();
    key_file_comes_back(bytes);
    recovery_comes_back(bytes);
    slots_come_back(bytes);
    pin_is_checked(bytes);
    return 0;
}
