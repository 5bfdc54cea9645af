// The post-quantum stanza. An input is what is changed in a good one (bytes that are XORed over share and body, from
// the place that its first two bytes say): only no change opens. One that begins with 0xffff is a stanza's own text
// under a good MAC: no crash, and refused. Any input is also read as a recipient, and sealed to.
#include "crypto/age.hpp"
#include "crypto/age_header.hpp"
#include "crypto_support.hpp"

using namespace crypto;

namespace {

constexpr std::string_view identity_text =
    "AGE-SECRET-KEY-PQ-1XX76JRALNLXDMEW0CRK45QMCCH4X06SE84UN3VPM33W6HWDX0H3SK3ZQFR";
constexpr std::size_t share_size = 1120;

struct Secrets {
    std::vector<open::Identity> identities;
    Bytes file_key = Bytes(16, std::byte{0x59});
    Bytes share;
    Bytes body;

    Secrets() {
        fuzzing::require(hybrid_available);
        auto identity = open::Identity::parse(fuzzing::ready(), as_bytes(identity_text));
        fuzzing::require(identity.has_value());
        Bytes header;
        append(header, age::version_line);
        fuzzing::require(age::wrap_for(fuzzing::ready(), header, file_key, identity->recipient()).has_value());
        age::append_end(fuzzing::ready(), header, file_key, Bytes(16));
        const auto parsed = age::parse_header(header);
        fuzzing::require(parsed.has_value());
        const auto bytes = from_base64_unpadded(parsed->stanzas.front().arguments.at(1));
        fuzzing::require(bytes && bytes->size() == share_size);
        share = *bytes;
        body = parsed->stanzas.front().body;
        identities.push_back(std::move(*identity));
    }
    [[nodiscard]] Result<SecretBytes> opened(std::string_view arguments, ByteView sealed) const {
        Bytes header;
        append(header, age::version_line);
        age::append_stanza(header, arguments, sealed);
        age::append_end(fuzzing::ready(), header, file_key, Bytes(16));
        return open::open_file_key(fuzzing::ready(), header, open::Keys{identities});
    }
};

void changed(const Secrets& secrets, ByteView input) {
    Bytes both = secrets.share;
    append(both, secrets.body);
    std::size_t at =
        (std::to_integer<std::size_t>(input[0]) << 8U | std::to_integer<std::size_t>(input[1])) % both.size();
    bool any = false;
    for (const std::byte b : input.subspan(2)) {
        both[at % both.size()] ^= b;
        ++at;
    }
    for (std::size_t i = 0; i < both.size(); ++i)
        any = any || both[i] != (i < share_size ? secrets.share[i] : secrets.body[i - share_size]);
    const auto opened = secrets.opened("mlkem768x25519 " + to_base64_unpadded(ByteView(both).first(share_size)),
                                       ByteView(both).subspan(share_size));
    // The last bit of an X25519 share counts for nothing in X25519; in X-Wing it does.
    fuzzing::require(opened.has_value() != any);
    if (opened) fuzzing::require(opened->equals(secrets.file_key));
    if (!opened) fuzzing::require(opened.error() == Error::NoMatch || opened.error() == Error::Header);
}

void as_text_of_a_stanza(const Secrets& secrets, ByteView input) {
    const auto text = as_text(input);
    const auto end = std::min(text.find('\n'), text.size());
    const auto opened = secrets.opened("mlkem768x25519 " + std::string(text.substr(0, end)),
                                       input.subspan(std::min(end + 1, text.size())));
    fuzzing::require(!opened.has_value());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const Secrets secrets;
    const ByteView input = fuzzing::view(data, size);
    if (input.size() >= 2) {
        if (input[0] == std::byte{0xff} && input[1] == std::byte{0xff})
            as_text_of_a_stanza(secrets, input.subspan(2));
        else
            changed(secrets, input);
    }
    if (const auto recipient = Recipient::parse(as_text(input));
        recipient && recipient->kind() != Recipient::Kind::X25519) {
        fuzzing::require(recipient->to_string() == as_text(input));
        const auto sealed = seal(fuzzing::ready(), input, std::vector{*recipient});
        fuzzing::require(sealed || sealed.error() == Error::Input);
    }
    return 0;
}
