#include "crypto/age.hpp"

#include <set>

#include "crypto/age_header.hpp"
#include "crypto/random.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;
using support::people;

namespace {

const std::vector<std::size_t> sizes = {0, 1, 15, 16384, 65535, 65536, 65537, 131072, 200000};

std::size_t stanzas_in(ByteView file) {
    return must(age::parse_header(file)).stanzas.size();
}

Bytes sealed_in_pieces(ByteView plain, std::span<const Recipient> recipients, std::size_t piece) {
    auto stream = must(SealStream::start(support::ready(), recipients, Stanzas::Exact));
    Bytes out(stream.header().begin(), stream.header().end());
    for (; !plain.empty(); plain = plain.subspan(std::min(piece, plain.size())))
        must(stream.update(plain.first(std::min(piece, plain.size())), out));
    must(stream.finish(out));
    return out;
}

Result<Bytes> opened_in_pieces(ByteView file, const open::Keys& keys, std::size_t piece) {
    open::OpenStream stream(support::ready(), keys);
    Bytes out;
    for (; !file.empty(); file = file.subspan(std::min(piece, file.size())))
        if (auto done = stream.update(file.first(std::min(piece, file.size())), out); !done)
            return tl::unexpected(done.error());
    if (auto done = stream.finish(out); !done) return tl::unexpected(done.error());
    return out;
}

}  // namespace

TEST_CASE("each recipient opens what was sealed and a stranger does not") {
    const auto three = people(3);
    const auto stranger = people(1);
    for (const std::size_t size : sizes) {
        INFO(size);
        const Bytes plain = support::pattern(size);
        const auto sealed = must(seal(support::ready(), plain, three.recipients));
        CHECK(stanzas_in(sealed.bytes) == 3);
        for (const auto& identity : three.identities)
            CHECK(must(open::open(support::ready(), sealed.bytes, std::span(&identity, 1))).equals(plain));
        CHECK_FAILS(open::open(support::ready(), sealed.bytes, stranger.identities), Error::NoMatch);
        CHECK_FAILS(open::open(support::ready(), sealed.bytes, open::Keys{}), Error::NoMatch);
        must(verify_sealed(support::ready(), sealed.bytes, sealed.file_key, 3));
    }
}

TEST_CASE("streams seal and open the same bytes whatever the size of the pieces") {
    const auto one = people(1);
    const open::Keys keys{one.identities};
    for (const std::size_t size : sizes) {
        const Bytes plain = support::pattern(size);
        for (const std::size_t piece :
             {std::size_t{997}, std::size_t{65536}, std::size_t{65552}, std::size_t{300000}}) {
            INFO(size << " in pieces of " << piece);
            const Bytes sealed = sealed_in_pieces(plain, one.recipients, piece);
            CHECK(must(open::open_bytes(support::ready(), sealed, keys)) == plain);
            CHECK(must(opened_in_pieces(sealed, keys, piece)) == plain);
        }
    }
}

TEST_CASE("a record shows five stanzas for one to five recipients and ten for six to ten") {
    for (const std::size_t n : {1U, 3U, 5U, 6U, 10U}) {
        const auto all = people(n);
        const auto sealed = must(seal_record(support::ready(), as_bytes("{\"a\":1}"), all.recipients));
        INFO(n);
        CHECK(sealed.stanzas == (n <= 5 ? 5U : 10U));
        CHECK(stanzas_in(sealed.bytes) == sealed.stanzas);
        for (const auto& identity : all.identities)
            CHECK(open::open(support::ready(), sealed.bytes, std::span(&identity, 1)));
    }
    CHECK_FAILS(seal_record(support::ready(), as_bytes("{}"), people(11).recipients), Error::TooMany);
}

TEST_CASE("a record is padded with spaces to its bucket and longer ones are refused") {
    const auto one = people(1);
    std::set<std::size_t> seen;
    for (const std::size_t size : {0U, 2U, 16384U, 16385U, 32768U, 65536U, 65537U, 131073U, 262144U}) {
        const std::string json(size, 'j');
        const auto sealed = must(seal_record(support::ready(), as_bytes(json), one.recipients));
        const auto plain = support::text_of(must(open::open(support::ready(), sealed.bytes, one.identities)));
        INFO(size);
        CHECK(std::find(record_buckets.begin(), record_buckets.end(), plain.size()) != record_buckets.end());
        CHECK(plain == json + std::string(plain.size() - size, ' '));
        seen.insert(sealed.bytes.size());
    }
    CHECK(seen.size() == record_buckets.size());
    CHECK_FAILS(seal_record(support::ready(), Bytes(262145), one.recipients), Error::TooMany);
}

TEST_CASE("the place of a real recipient among the fillers varies") {
    const auto one = people(1);
    std::set<std::size_t> places;
    for (int i = 0; i < 100; ++i) {
        const auto sealed = must(seal_record(support::ready(), as_bytes("{}"), one.recipients));
        const auto header = must(age::parse_header(sealed.bytes));
        for (std::size_t k = 0; k < header.stanzas.size(); ++k) {
            Bytes only;
            append(only, age::version_line);
            age::append_stanza(only, "X25519 " + std::string(header.stanzas[k].arguments[1]), header.stanzas[k].body);
            age::append_end(support::ready(), only, sealed.file_key.view(), Bytes(16));
            if (open::open_file_key(support::ready(), only, open::Keys{one.identities})) places.insert(k);
        }
    }
    CHECK(places.size() == 5);
}

TEST_CASE("a file key opens only its own file when it is verified") {
    const auto one = people(1);
    const auto sealed = must(seal_record(support::ready(), as_bytes("{}"), one.recipients));
    const auto other = must(seal_record(support::ready(), as_bytes("{}"), one.recipients));
    must(verify_sealed(support::ready(), sealed.bytes, sealed.file_key, 5));
    CHECK_FAILS(verify_sealed(support::ready(), sealed.bytes, other.file_key, 5), Error::Mac);
    CHECK_FAILS(verify_sealed(support::ready(), sealed.bytes, sealed.file_key, 4), Error::Header);
    CHECK_FAILS(verify_sealed(support::ready(), sealed.bytes, SecretBytes(), 5), Error::Input);
    CHECK_FAILS(verify_sealed(support::ready(), {}, sealed.file_key, 5), Error::Header);
}

TEST_CASE("a stream is verified in pieces as it would be whole") {
    const auto one = people(2);
    auto stream = must(SealStream::start(support::ready(), one.recipients, Stanzas::Filled));
    Bytes file(stream.header().begin(), stream.header().end());
    must(stream.update(support::pattern(150000), file));
    must(stream.finish(file));
    CHECK(stream.stanzas() == 5);
    CHECK_FAILS(stream.finish(file), Error::Input);
    CHECK_FAILS(stream.update(file, file), Error::Input);
    const auto verified = [&](ByteView all, std::size_t piece) -> Result<void> {
        VerifyStream check(support::ready(), stream.file_key(), stream.stanzas());
        for (; !all.empty(); all = all.subspan(std::min(piece, all.size())))
            if (auto done = check.update(all.first(std::min(piece, all.size()))); !done) return done;
        return check.finish();
    };
    for (const std::size_t piece : {std::size_t{1000}, std::size_t{65536}, file.size()}) must(verified(file, piece));
    for (const std::size_t size : {std::size_t{0}, std::size_t{20}, std::size_t{400}})
        CHECK_FAILS(verified(ByteView(file).first(size), 1000), Error::Header);
    CHECK_FAILS(verified(ByteView(file).first(file.size() - 1), 1000), Error::Payload);
    file.push_back({});
    CHECK_FAILS(verified(file, 1000), Error::Payload);
}

TEST_CASE("nobody to seal to, too many, and a recipient without a secret are refused") {
    CHECK_FAILS(seal(support::ready(), {}, {}), Error::Input);
    CHECK_FAILS(seal_record(support::ready(), {}, {}), Error::Input);
    CHECK_FAILS(SealStream::start(support::ready(), {}, Stanzas::Filled), Error::Input);
    const std::vector<Recipient> many(21, people(1).recipients.front());
    CHECK_FAILS(seal(support::ready(), {}, many), Error::TooMany);
    const std::vector<Recipient> low_order{must(Recipient::from_key(Bytes(32)))};
    CHECK_FAILS(seal(support::ready(), {}, low_order), Error::Input);
    CHECK_FAILS(seal_record(support::ready(), {}, low_order), Error::Input);
}

TEST_CASE("two seals of the same thing share nothing but their form") {
    const auto one = people(1);
    const auto first = must(seal_record(support::ready(), as_bytes("{}"), one.recipients));
    const auto second = must(seal_record(support::ready(), as_bytes("{}"), one.recipients));
    CHECK(first.bytes.size() == second.bytes.size());
    CHECK_FALSE(first.file_key.equals(second.file_key.view()));
    CHECK(first.bytes != second.bytes);
}

TEST_CASE("what the header parser accepts is written back as the same bytes") {
    const auto some = people(4);
    const auto sealed = must(seal(support::ready(), as_bytes("x"), some.recipients));
    const auto header = must(age::parse_header(sealed.bytes));
    Bytes again;
    append(again, age::version_line);
    for (const auto& stanza : header.stanzas)
        age::append_stanza(again, std::string(stanza.arguments[0]) + " " + std::string(stanza.arguments[1]),
                           stanza.body);
    age::append_end(support::ready(), again, sealed.file_key.view(), {});
    CHECK(again == Bytes(sealed.bytes.begin(), sealed.bytes.begin() + static_cast<std::ptrdiff_t>(header.size)));
}

TEST_CASE("a stream that is not age fails before it has swallowed much") {
    open::OpenStream stream(support::ready(), {});
    Bytes out;
    CHECK_FAILS(stream.update(as_bytes("PK\x03\x04 this is a zip"), out), Error::Header);
    CHECK_FAILS(stream.update(as_bytes("more"), out), Error::Header);
    open::OpenStream endless(support::ready(), {});
    Bytes long_header;
    append(long_header, age::version_line);
    long_header.resize(age::header_limit + 100, std::byte{'\n'});
    CHECK_FAILS(endless.update(long_header, out), Error::Header);
}

TEST_CASE("a file that was opened whole is opened once more without identities, and no other one is") {
    const auto two = people(2);
    const auto plain = support::pattern(3 * age_chunk + 5);
    const auto sealed = must(seal(support::ready(), plain, two.recipients)).bytes;
    open::OpenStream first(support::ready(), open::Keys{two.identities});
    Bytes out;
    must(first.update(ByteView(sealed).first(sealed.size() / 2), out));
    CHECK_FAILS(first.again(), Error::Input);  // nobody knows yet whether the file is whole
    must(first.update(ByteView(sealed).subspan(sealed.size() / 2), out));
    must(first.finish(out));
    const auto once_more = [&](ByteView file, std::size_t piece) -> Result<Bytes> {
        auto stream = must(first.again());
        Bytes again;
        for (; !file.empty(); file = file.subspan(std::min(piece, file.size())))
            if (auto done = stream.update(file.first(std::min(piece, file.size())), again); !done)
                return tl::unexpected(done.error());
        if (auto done = stream.finish(again); !done) return tl::unexpected(done.error());
        return again;
    };
    for (const std::size_t piece : {7U, 4096U, 300'000U}) CHECK(must(once_more(sealed, piece)) == plain);
    // Sealed anew to the same people: another file, whatever it says.
    CHECK_FAILS(once_more(must(seal(support::ready(), plain, two.recipients)).bytes, 4096), Error::Header);
    auto changed = sealed;
    changed[changed.size() / 2] ^= std::byte{1};
    CHECK_FAILS(once_more(changed, 4096), Error::Payload);
    CHECK_FAILS(once_more(ByteView(sealed).first(sealed.size() - 1), 4096), Error::Payload);
    CHECK_FAILS(once_more(ByteView(sealed).first(100), 4096), Error::Header);
}

TEST_CASE("identities and recipients are read in one form only") {
    const auto one = people(1);
    const auto recipient = one.recipients.front().to_string();
    CHECK(recipient.size() == 62);
    CHECK(must(Recipient::parse(recipient)) == one.recipients.front());
    const auto identity = support::text_of(must(one.identities.front().to_text(support::ready())));
    CHECK(identity.size() == 74);
    CHECK(must(open::Identity::parse(support::ready(), as_bytes(identity))).recipient() == one.recipients.front());
    std::string upper = recipient;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    std::string lower = identity;
    std::transform(lower.begin(), lower.end(), lower.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    for (const auto& text : {upper, " " + recipient, recipient + "\n", recipient.substr(1), std::string(), identity})
        CHECK_FAILS(Recipient::parse(text), Error::Malformed);
    for (const auto& text : {lower, identity + "\n", identity.substr(0, 73), std::string(), recipient})
        CHECK_FAILS(open::Identity::parse(support::ready(), as_bytes(text)), Error::Malformed);
}

TEST_CASE("every changed character of a recipient is noticed") {
    const auto good = people(1).recipients.front().to_string();
    for (std::size_t i = 0; i < good.size(); ++i) {
        for (const char c : std::string_view("qpzry9x8gf2tvdw0s3jn54khce6mua7l1bioQ")) {
            if (good[i] == c) continue;
            std::string bad = good;
            bad[i] = c;
            REQUIRE_FAILS(Recipient::parse(bad), Error::Malformed);
        }
    }
}

TEST_CASE("an identity file may hold comments and several identities, and nothing else") {
    const auto two = people(2);
    const auto first = support::text_of(must(open::identity_file(support::ready(), two.identities[0])));
    const auto second = support::text_of(must(two.identities[1].to_text(support::ready())));
    const auto both = must(open::parse_identity_file(support::ready(), as_bytes(first + "\n# more\r\n" + second)));
    REQUIRE(both.size() == 2);
    CHECK(both[0].recipient() == two.recipients[0]);
    CHECK(both[1].recipient() == two.recipients[1]);
    for (const auto& text : {std::string(), std::string("# nothing\n"), first + "x\n", " " + second})
        CHECK_FAILS(open::parse_identity_file(support::ready(), as_bytes(text)), Error::Malformed);
}

TEST_CASE("a passphrase opens what it sealed and no other one does") {
    const auto passphrase = support::secret("correct horse");
    const std::vector<std::size_t> some = {0, 1, 65536, 65537};
    for (const std::size_t size : some) {
        const Bytes plain = support::pattern(size);
        const Bytes file = must(open::seal_with_passphrase(support::ready(), plain, passphrase, 10));
        CHECK(must(open::open(support::ready(), file, open::Keys{{}, std::span(&passphrase, 1)})).equals(plain));
        const auto wrong = support::secret("correct horse ");
        CHECK_FAILS(open::open(support::ready(), file, open::Keys{{}, std::span(&wrong, 1)}), Error::NoMatch);
        CHECK_FAILS(open::open(support::ready(), file, people(1).identities), Error::NoMatch);
        CHECK_FAILS(open::open(support::ready(), file, open::Keys{{}, std::span(&passphrase, 1), 9}),
                    Error::WorkFactor);
    }
    CHECK_FAILS(open::seal_with_passphrase(support::ready(), {}, SecretBytes(), 10), Error::Input);
    CHECK_FAILS(open::seal_with_passphrase(support::ready(), {}, passphrase, 9), Error::Input);
    CHECK_FAILS(open::seal_with_passphrase(support::ready(), {}, passphrase, 23), Error::Input);
}
