// Whole files, opened at once and in pieces: no crash, the same verdict and the same plaintext both ways.
// An input that begins with 0x01 is a payload under a fixed header whose file key is known, so that the fuzzer gets
// behind the MAC.
#include "crypto/age.hpp"
#include "crypto/age_payload.hpp"
#include "crypto_support.hpp"

using namespace crypto;

namespace {

constexpr std::string_view identity_text = "AGE-SECRET-KEY-17R6VJZKR79AQT50EQT9MCLKL2US5TJJJJH89RG0C8SQWX66QWXPQ43H2W6";

struct Secrets {
    std::vector<open::Identity> identities;
    std::vector<SecretBytes> passphrases;
    Bytes header;  // of a file to that identity, with the nonce
    SecretBytes file_key;

    Secrets() {
        auto identity = open::Identity::parse(fuzzing::ready(), as_bytes(identity_text));
        fuzzing::require(identity.has_value());
        const Recipient recipient = identity->recipient();
        auto sealed = seal(fuzzing::ready(), {}, std::span(&recipient, 1));
        auto passphrase = SecretBytes::copy_of(fuzzing::ready(), as_bytes("una frase de prueba"));
        fuzzing::require(sealed.has_value() && passphrase.has_value());
        header.assign(sealed->bytes.begin(), sealed->bytes.end() - 16);
        file_key = std::move(sealed->file_key);
        identities.push_back(std::move(*identity));
        passphrases.push_back(std::move(*passphrase));
    }
};

Result<Bytes> in_pieces(ByteView file, const open::Keys& keys, std::size_t piece) {
    open::OpenStream stream(fuzzing::ready(), keys);
    Bytes out;
    for (; !file.empty(); file = file.subspan(std::min(piece, file.size())))
        if (auto done = stream.update(file.first(std::min(piece, file.size())), out); !done)
            return tl::unexpected(done.error());
    if (auto done = stream.finish(out); !done) return tl::unexpected(done.error());
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Secrets secrets;
    const open::Keys keys{secrets.identities, secrets.passphrases, 10};
    ByteView file = fuzzing::view(data, size);
    Bytes with_header;
    const bool behind_mac = !file.empty() && file.front() == std::byte{1};
    if (behind_mac) {
        with_header = secrets.header;
        append(with_header, file.subspan(1));
        file = with_header;
        (void)verify_sealed(fuzzing::ready(), file, secrets.file_key, 1);
    }
    const auto whole = open::open_bytes(fuzzing::ready(), file, keys);
    const auto pieces = in_pieces(file, keys, 1 + size % 97);
    fuzzing::require(whole.has_value() == pieces.has_value());
    if (whole) fuzzing::require(*whole == *pieces);
    if (!whole) fuzzing::require(whole.error() == pieces.error());
    if (behind_mac) {
        const bool verified = verify_sealed(fuzzing::ready(), file, secrets.file_key, 1).has_value();
        fuzzing::require(verified == whole.has_value());
    }
    return 0;
}
