#include "crypto/open/open.hpp"

#include <algorithm>

#include "crypto/age_payload.hpp"
#include "crypto/open/unwrap.hpp"
#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto::open {
namespace {

struct Opening {
    ByteView nonce;
    ByteView sealed;  // the payload behind the nonce
    std::size_t plain_size;
};

// The file key goes into the caller's scratch memory.
Result<Opening> begin(SodiumReady ready, ByteView file, const Keys& keys, FileKey file_key) {
    AMPARO_TRY(const header, age::parse_header(file));
    AMPARO_DO(unwrap(ready, header, keys, file_key));
    if (file.size() < header.size + age::nonce_size) return tl::unexpected(Error::Header);
    const ByteView sealed = file.subspan(header.size + age::nonce_size);
    AMPARO_TRY(const size, age::plain_size(sealed.size()));
    return Opening{file.subspan(header.size, age::nonce_size), sealed, size};
}

}  // namespace

Result<SecretBytes> open(SodiumReady ready, ByteView sealed, const Keys& keys) {
    Scratch<age::file_key_size> file_key;
    AMPARO_TRY(opening, begin(ready, sealed, keys, file_key.writable()));
    auto plain = SecretBytes::make(ready, opening.plain_size);
    if (!plain) return plain;
    Scratch<32> key;
    age::Payload payload(file_key.view(), opening.nonce, key.writable());
    AMPARO_DO(age::open_all(payload, opening.sealed, plain->writable().data()));
    return plain;
}

Result<SecretBytes> open(SodiumReady ready, ByteView sealed, std::span<const Identity> identities) {
    return open(ready, sealed, Keys{identities});
}

Result<Bytes> open_bytes(SodiumReady ready, ByteView sealed, const Keys& keys) {
    Scratch<age::file_key_size> file_key;
    AMPARO_TRY(opening, begin(ready, sealed, keys, file_key.writable()));
    Bytes plain(opening.plain_size + 1);  // never a null pointer, which would only verify
    Scratch<32> key;
    age::Payload payload(file_key.view(), opening.nonce, key.writable());
    auto opened = age::open_all(payload, opening.sealed, plain.data());
    if (!opened) {
        wipe(plain);
        return tl::unexpected(opened.error());
    }
    plain.pop_back();
    return plain;
}

Result<SecretBytes> open_file_key(SodiumReady ready, ByteView sealed, const Keys& keys) {
    AMPARO_TRY(const header, age::parse_header(sealed));
    auto file_key = SecretBytes::make(ready, age::file_key_size);
    if (!file_key) return file_key;
    AMPARO_DO(unwrap(ready, header, keys, file_key->writable().first<age::file_key_size>()));
    return file_key;
}

struct OpenStream::Parts {
    SodiumReady ready;
    Keys keys;
    age::HeaderCollector header{};
    std::optional<age::PayloadReader> payload{};
    std::optional<Error> failed{};
    bool complete = false;
    Bytes front{};                          ///< header and nonce, once the header was opened; or as they must be
    std::optional<SecretBytes> file_key{};  ///< the same

    Result<void> fail(Error error) {
        failed = error;
        return tl::unexpected(error);
    }
    Result<void> find_file_key(const age::Header& parsed);
    Result<void> open_header(Bytes& out);
};

OpenStream::OpenStream(SodiumReady ready, const Keys& keys) : parts_(std::make_unique<Parts>(Parts{ready, keys})) {}
OpenStream::OpenStream(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {}
OpenStream::OpenStream(OpenStream&&) noexcept = default;
OpenStream& OpenStream::operator=(OpenStream&&) noexcept = default;
OpenStream::~OpenStream() = default;

Result<void> OpenStream::Parts::find_file_key(const age::Header& parsed) {
    AMPARO_TRY(room, SecretBytes::make(ready, age::file_key_size));
    AMPARO_DO(unwrap(ready, parsed, keys, room.writable().first<age::file_key_size>()));
    file_key.emplace(std::move(room));
    return {};
}

Result<void> OpenStream::Parts::open_header(Bytes& out) {
    AMPARO_TRY(const parsed, age::parse_header(header.bytes()));
    const ByteView seen = header.bytes().first(parsed.size + age::nonce_size);
    if (!file_key) {
        AMPARO_DO(find_file_key(parsed));
        front.assign(seen.begin(), seen.end());
    } else if (!std::equal(seen.begin(), seen.end(), front.begin(), front.end())) {
        return tl::unexpected(Error::Header);
    }
    AMPARO_TRY(begun, age::PayloadReader::start(ready, file_key->view(), seen.last(age::nonce_size), true));
    payload.emplace(std::move(begun));
    return payload->update(header.bytes().subspan(seen.size()), out);
}

Result<void> OpenStream::update(ByteView piece, Bytes& out) {
    Parts& p = *parts_;
    if (p.failed) return tl::unexpected(*p.failed);
    Result<void> done;
    if (p.payload) {
        done = p.payload->update(piece, out);
    } else {
        const auto complete = p.header.add(piece);
        if (!complete) return p.fail(complete.error());
        if (*complete) done = p.open_header(out);
    }
    return done ? done : p.fail(done.error());
}

Result<void> OpenStream::finish(Bytes& out) {
    Parts& p = *parts_;
    if (p.failed) return tl::unexpected(*p.failed);
    if (!p.payload) {
        // The file ended inside the header or the nonce. Whose fault it is (no match, changed, cut short) is told as
        // open() would tell it.
        if (p.file_key) return p.fail(Error::Header);
        const auto why = open_file_key(p.ready, p.header.bytes(), p.keys);
        return p.fail(why ? Error::Header : why.error());
    }
    auto done = p.payload->finish(out);
    p.complete = done.has_value();
    p.failed = done ? Error::Input : done.error();
    return done;
}

Result<OpenStream> OpenStream::again() const {
    const Parts& p = *parts_;
    if (!p.complete) return tl::unexpected(Error::Input);
    AMPARO_TRY(key, SecretBytes::copy_of(p.ready, p.file_key->view()));
    auto parts = std::make_unique<Parts>(Parts{p.ready, {}});
    parts->front = p.front;
    parts->file_key.emplace(std::move(key));
    return OpenStream(std::move(parts));
}

}  // namespace crypto::open
