#include "crypto/age.hpp"

#include <algorithm>
#include <cstring>

#include "crypto/age_hybrid.hpp"
#include "crypto/age_payload.hpp"
#include "crypto/random.hpp"
#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto {
namespace {

using age::file_key_size;
using age::nonce_size;
using age::tag_size;

// A throw-away recipient: a random point nobody has the secret of. (A random u-coordinate is on the curve or its twist;
// X25519 works on both, and neither shows in the file.)
Result<Recipient> throw_away(SodiumReady ready, Recipient::Kind kind) {
    if (kind == Recipient::Kind::MlKem768X25519) return age::throw_away_hybrid(ready);
    std::array<std::byte, 32> key;
    random_fill(ready, key);
    return Recipient::from_key(key);
}

Result<std::vector<Recipient>> filled(SodiumReady ready, std::span<const Recipient> recipients) {
    if (recipients.size() > many_stanzas) return tl::unexpected(Error::TooMany);
    std::vector<Recipient> all(recipients.begin(), recipients.end());
    const std::size_t wanted = all.size() <= few_stanzas ? few_stanzas : many_stanzas;
    while (all.size() < wanted) {
        AMPARO_TRY(extra, throw_away(ready, recipients.front().kind()));
        all.push_back(extra);
    }
    for (std::size_t i = all.size(); i > 1; --i)
        std::swap(all[i - 1], all[random_below(ready, static_cast<std::uint32_t>(i))]);
    return all;
}

struct Start {
    Bytes header;  // with the payload nonce
    SecretBytes file_key;
    std::size_t stanzas;
    [[nodiscard]] ByteView nonce() const noexcept { return ByteView(header).last(nonce_size); }
};

Result<Start> begin(SodiumReady ready, std::span<const Recipient> recipients, std::size_t payload_size) {
    AMPARO_DO(check_kinds(recipients));
    if (recipients.size() > age::max_recipients) return tl::unexpected(Error::TooMany);
    AMPARO_TRY(file_key, SecretBytes::random(ready, file_key_size));
    Bytes header;
    header.reserve(age::version_line.size() + recipients.size() * age::stanza_size(recipients.front().kind()) + 48 +
                   nonce_size + payload_size);
    append(header, age::version_line);
    for (const Recipient& one : recipients) AMPARO_DO(age::wrap_for(ready, header, file_key.view(), one));
    std::array<std::byte, nonce_size> nonce;
    random_fill(ready, nonce);
    age::append_end(ready, header, file_key.view(), nonce);
    return Start{std::move(header), std::move(file_key), recipients.size()};
}

void append_chunk(age::Payload& payload, Bytes& out, ByteView plain, bool last) {
    const std::size_t before = out.size();
    out.resize(before + plain.size() + tag_size);
    payload.seal(plain, std::span(out).subspan(before), last);
}

}  // namespace

Result<Sealed> seal(SodiumReady ready, ByteView plaintext, std::span<const Recipient> recipients) {
    AMPARO_TRY(start, begin(ready, recipients, plaintext.size() + (plaintext.size() / age_chunk + 1) * tag_size));
    Scratch<32> key;
    age::Payload payload(start.file_key.view(), start.nonce(), key.writable());
    Bytes out = std::move(start.header);
    while (plaintext.size() > age_chunk) {
        append_chunk(payload, out, plaintext.first(age_chunk), false);
        plaintext = plaintext.subspan(age_chunk);
    }
    append_chunk(payload, out, plaintext, true);
    return Sealed{std::move(out), std::move(start.file_key), start.stanzas};
}

Result<Sealed> seal_record(SodiumReady ready, ByteView json, std::span<const Recipient> recipients) {
    const auto bucket = std::find_if(record_buckets.begin(), record_buckets.end(),
                                     [&](std::size_t size) { return json.size() <= size; });
    if (bucket == record_buckets.end()) return tl::unexpected(Error::TooMany);
    AMPARO_DO(check_kinds(recipients));
    AMPARO_TRY(const all, filled(ready, recipients));
    AMPARO_TRY(padded, SecretBytes::make(ready, *bucket));
    std::memset(padded.writable().data(), ' ', padded.size());
    std::copy(json.begin(), json.end(), padded.writable().begin());
    return seal(ready, padded.view(), all);
}

Result<void> verify_sealed(SodiumReady ready, ByteView sealed, const SecretBytes& file_key, std::size_t stanzas) {
    if (file_key.size() != file_key_size) return tl::unexpected(Error::Input);
    AMPARO_TRY(const header, age::parse_header(sealed));
    if (header.stanzas.size() != stanzas || sealed.size() < header.size + nonce_size)
        return tl::unexpected(Error::Header);
    if (!age::mac_fits(ready, header, file_key.view())) return tl::unexpected(Error::Mac);
    Scratch<32> key;
    age::Payload payload(file_key.view(), sealed.subspan(header.size, nonce_size), key.writable());
    return age::open_all(payload, sealed.subspan(header.size + nonce_size), nullptr);
}

struct SealStream::Parts {
    Start start;
    SecretBytes key;
    age::Payload payload;
    SecretBytes held;  // room for one chunk
    std::size_t holds = 0;
    bool finished = false;
};

SealStream::SealStream(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {}
SealStream::SealStream(SealStream&&) noexcept = default;
SealStream& SealStream::operator=(SealStream&&) noexcept = default;
SealStream::~SealStream() = default;

Result<SealStream> SealStream::start(SodiumReady ready, std::span<const Recipient> recipients, Stanzas stanzas) {
    AMPARO_DO(check_kinds(recipients));
    std::vector<Recipient> all(recipients.begin(), recipients.end());
    if (stanzas == Stanzas::Filled) {
        AMPARO_TRY(more, filled(ready, recipients));
        all = std::move(more);
    }
    AMPARO_TRY(begun, begin(ready, all, 0));
    auto key = SecretBytes::make(ready, 32);
    auto held = SecretBytes::make(ready, age_chunk);
    if (!key || !held) return tl::unexpected(Error::LockedMemory);
    const age::Payload payload(begun.file_key.view(), begun.nonce(), key->writable().first<32>());
    return SealStream(std::make_unique<Parts>(Parts{std::move(begun), std::move(*key), payload, std::move(*held)}));
}

ByteView SealStream::header() const noexcept {
    return parts_->start.header;
}
const SecretBytes& SealStream::file_key() const noexcept {
    return parts_->start.file_key;
}
std::size_t SealStream::stanzas() const noexcept {
    return parts_->start.stanzas;
}

Result<void> SealStream::update(ByteView plaintext, Bytes& out) {
    Parts& p = *parts_;
    if (p.finished) return tl::unexpected(Error::Input);
    while (!plaintext.empty()) {
        if (p.holds == age_chunk) {  // more follows, so this one is not the last
            append_chunk(p.payload, out, p.held.view(), false);
            p.holds = 0;
        }
        const std::size_t n = std::min(age_chunk - p.holds, plaintext.size());
        std::copy_n(plaintext.begin(), n, p.held.writable().begin() + static_cast<std::ptrdiff_t>(p.holds));
        p.holds += n;
        plaintext = plaintext.subspan(n);
    }
    return {};
}

Result<void> SealStream::finish(Bytes& out) {
    Parts& p = *parts_;
    if (p.finished) return tl::unexpected(Error::Input);
    append_chunk(p.payload, out, p.held.view().first(p.holds), true);
    p.finished = true;
    return {};
}

struct VerifyStream::Parts {
    SodiumReady ready;
    const SecretBytes* file_key;
    std::size_t stanzas;
    age::HeaderCollector header{};
    std::optional<age::PayloadReader> payload{};
    std::optional<Error> failed{};

    Result<void> open_header();
    Result<void> fail(Error error) {
        failed = error;
        return tl::unexpected(error);
    }
};

VerifyStream::VerifyStream(SodiumReady ready, const SecretBytes& file_key, std::size_t stanzas)
    : parts_(std::make_unique<Parts>(Parts{ready, &file_key, stanzas})) {}
VerifyStream::VerifyStream(VerifyStream&&) noexcept = default;
VerifyStream& VerifyStream::operator=(VerifyStream&&) noexcept = default;
VerifyStream::~VerifyStream() = default;

Result<void> VerifyStream::Parts::open_header() {
    const auto parsed = age::parse_header(header.bytes());
    if (!parsed) return fail(parsed.error());
    if (file_key->size() != file_key_size) return fail(Error::Input);
    if (parsed->stanzas.size() != stanzas) return fail(Error::Header);
    if (!age::mac_fits(ready, *parsed, file_key->view())) return fail(Error::Mac);
    auto begun =
        age::PayloadReader::start(ready, file_key->view(), header.bytes().subspan(parsed->size, nonce_size), false);
    if (!begun) return fail(begun.error());
    payload.emplace(std::move(*begun));
    Bytes nothing;
    return payload->update(header.bytes().subspan(parsed->size + nonce_size), nothing);
}

Result<void> VerifyStream::update(ByteView piece) {
    Parts& p = *parts_;
    if (p.failed) return tl::unexpected(*p.failed);
    Result<void> done;
    Bytes nothing;
    if (p.payload) {
        done = p.payload->update(piece, nothing);
    } else {
        const auto complete = p.header.add(piece);
        if (!complete) return p.fail(complete.error());
        if (*complete) done = p.open_header();
    }
    return done ? done : p.fail(done.error());
}

Result<void> VerifyStream::finish() {
    Parts& p = *parts_;
    if (p.failed) return tl::unexpected(*p.failed);
    if (!p.payload) return p.fail(Error::Header);
    Bytes nothing;
    auto done = p.payload->finish(nothing);
    p.failed = Error::Input;  // finished: nothing more is taken
    return done;
}

}  // namespace crypto
