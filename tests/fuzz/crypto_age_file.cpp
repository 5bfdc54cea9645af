// Whole files, opened at once and in pieces: no crash, the same verdict and the same plaintext every way.
// An input that begins with 0x01 is a payload under a fixed header whose file key is known, so that the fuzzer gets
// behind the MAC; one that begins with 0x02 is a plaintext that is sealed in pieces and must come back.
#include "crypto/age.hpp"
#include "crypto/age_payload.hpp"
#include "crypto_support.hpp"

using namespace crypto;

namespace {

constexpr std::string_view identity_text = "AGE-SECRET-KEY-17R6VJZKR79AQT50EQT9MCLKL2US5TJJJJH89RG0C8SQWX66QWXPQ43H2W6";
constexpr unsigned light_work = 10;

struct Secrets {
    std::vector<open::Identity> identities;
    std::vector<Recipient> recipients;
    std::vector<SecretBytes> passphrases;
    Bytes header;  // of a file to that identity, with the nonce
    SecretBytes file_key;

    Secrets() {
        auto identity = open::Identity::parse(fuzzing::ready(), as_bytes(identity_text));
        fuzzing::require(identity.has_value());
        recipients.push_back(identity->recipient());
        auto sealed = seal(fuzzing::ready(), {}, recipients);
        auto passphrase = SecretBytes::copy_of(fuzzing::ready(), as_bytes("una frase de prueba"));
        fuzzing::require(sealed.has_value() && passphrase.has_value());
        header.assign(sealed->bytes.begin(), sealed->bytes.end() - 16);
        file_key = std::move(sealed->file_key);
        identities.push_back(std::move(*identity));
        passphrases.push_back(std::move(*passphrase));
        under_a_passphrase();
    }
    void under_a_passphrase() const {
        const auto plain = as_bytes("hola");
        const auto made = open::seal_with_passphrase(fuzzing::ready(), plain, passphrases.front(), light_work);
        fuzzing::require(made.has_value());
        const auto opened = open::open(fuzzing::ready(), *made, keys());
        fuzzing::require(opened && opened->equals(plain));
    }
    [[nodiscard]] open::Keys keys() const { return {identities, passphrases, light_work}; }
};

/// Gives a stream the file in pieces of that size.
template <typename Update>
Result<void> fed(ByteView file, std::size_t piece, const Update& update) {
    for (; !file.empty(); file = file.subspan(std::min(piece, file.size())))
        if (auto done = update(file.first(std::min(piece, file.size()))); !done) return done;
    return {};
}

Result<Bytes> opened_in_pieces(ByteView file, const open::Keys& keys, std::size_t piece) {
    open::OpenStream stream(fuzzing::ready(), keys);
    Bytes out;
    auto done = fed(file, piece, [&](ByteView part) { return stream.update(part, out); });
    if (done) done = stream.finish(out);
    if (!done) return tl::unexpected(done.error());
    return out;
}

Result<void> verified_in_pieces(ByteView file, const Secrets& secrets, std::size_t piece) {
    VerifyStream stream(fuzzing::ready(), secrets.file_key, 1);
    auto done = fed(file, piece, [&](ByteView part) { return stream.update(part); });
    return done ? stream.finish() : done;
}

void sealed_comes_back(ByteView plain, const Secrets& secrets, std::size_t piece) {
    auto stream = SealStream::start(fuzzing::ready(), secrets.recipients, Stanzas::Filled);
    fuzzing::require(stream.has_value());
    Bytes file(stream->header().begin(), stream->header().end());
    fuzzing::require(fed(plain, piece, [&](ByteView part) { return stream->update(part, file); }).has_value());
    fuzzing::require(stream->finish(file).has_value());
    fuzzing::require(verify_sealed(fuzzing::ready(), file, stream->file_key(), few_stanzas).has_value());
    const auto opened = open::open(fuzzing::ready(), file, secrets.identities);
    fuzzing::require(opened && opened->equals(plain));
    const auto whole = seal(fuzzing::ready(), plain, secrets.recipients);
    fuzzing::require(whole && open::open_bytes(fuzzing::ready(), whole->bytes, secrets.keys()).has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Secrets secrets;
    const open::Keys keys = secrets.keys();
    const std::size_t piece = 1 + size % 97;
    ByteView file = fuzzing::view(data, size);
    if (!file.empty() && file.front() == std::byte{2}) {
        sealed_comes_back(file.subspan(1), secrets, piece);
        return 0;
    }
    Bytes with_header;
    const bool behind_mac = !file.empty() && file.front() == std::byte{1};
    if (behind_mac) {
        with_header = secrets.header;
        append(with_header, file.subspan(1));
        file = with_header;
    }
    const auto whole = open::open_bytes(fuzzing::ready(), file, keys);
    const auto pieces = opened_in_pieces(file, keys, piece);
    const auto locked = open::open(fuzzing::ready(), file, keys);
    fuzzing::require(whole.has_value() == pieces.has_value() && whole.has_value() == locked.has_value());
    if (whole) fuzzing::require(*whole == *pieces && locked->equals(*whole));
    if (!whole) fuzzing::require(whole.error() == pieces.error() && whole.error() == locked.error());
    const auto file_key = open::open_file_key(fuzzing::ready(), file, keys);
    if (whole) fuzzing::require(file_key.has_value());
    if (behind_mac) {
        const auto verified = verify_sealed(fuzzing::ready(), file, secrets.file_key, 1);
        fuzzing::require(verified.has_value() == whole.has_value());
        fuzzing::require(verified_in_pieces(file, secrets, piece).has_value() == whole.has_value());
        fuzzing::require(file_key && file_key->equals(secrets.file_key.view()));
    }
    return 0;
}
