// Both ways with the stock age and minisign programs.
#include "crypto/age.hpp"
#include "crypto/minisign.hpp"
#include "support.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/needs.hpp"

using namespace crypto;
using support::must;
using support::quoted;
using support::run;

namespace {

const std::vector<std::size_t> file_sizes = {0, 1, 65535, 65536, 65537, 262144};

// Through its standard output: with -o it makes no file at all for an empty plaintext.
int age_opens(const test::Folder& dir) {
    return run("( age -d -i " + quoted(dir / "id") + " " + quoted(dir / "sealed") + " > " + quoted(dir / "plain") +
               " )");
}

}  // namespace

TEST_CASE("the age program opens what Amparo seals, at every size and number of recipients", "[interop]") {
    support::need_programs({"age"});
    const test::Folder dir;
    int done = 0;
    for (const std::size_t n : {1U, 3U, 5U}) {
        const auto all = support::people(n);
        support::write(dir / "id", must(open::identity_file(support::ready(), all.identities.back())).view());
        for (const std::size_t size : file_sizes) {
            const Bytes plain = support::pattern(size);
            support::write(dir / "sealed", must(crypto::seal(support::ready(), plain, all.recipients)).bytes);
            REQUIRE(age_opens(dir) == 0);
            CHECK(support::read(dir / "plain") == plain);
            ++done;
        }
        support::write(dir / "sealed", must(seal_record(support::ready(), as_bytes("{}"), all.recipients)).bytes);
        REQUIRE(age_opens(dir) == 0);
        CHECK(support::read(dir / "plain").size() == 16384);
    }
    CHECK(done == 18);
    std::printf("P2 sealed here, opened by age: %d files\n", done);
}

TEST_CASE("Amparo opens what the age program seals, at every size and number of recipients", "[interop]") {
    support::need_programs({"age"});
    const test::Folder dir;
    int done = 0;
    for (const std::size_t n : {1U, 3U, 5U}) {
        const auto all = support::people(n);
        std::string recipients;
        for (const auto& one : all.recipients) recipients += " -r " + one.to_string();
        for (const std::size_t size : file_sizes) {
            const Bytes plain = support::pattern(size);
            support::write(dir / "plain", plain);
            REQUIRE(run("age" + recipients + " -o " + quoted(dir / "sealed") + " " + quoted(dir / "plain")) == 0);
            const Bytes sealed = support::read(dir / "sealed");
            CHECK(must(open::open(support::ready(), sealed, std::span(&all.identities.back(), 1))).equals(plain));
            ++done;
        }
    }
    std::printf("P2 sealed by age, opened here: %d files\n", done);
}

TEST_CASE("identities made by age-keygen are read and ours are taken by it", "[interop]") {
    support::need_programs({"age-keygen"});
    const test::Folder dir;
    REQUIRE(run("age-keygen -o " + quoted(dir / "theirs")) == 0);
    CHECK(must(open::parse_identity_file(support::ready(), support::read(dir / "theirs"))).size() == 1);
    const auto ours = support::people(1);
    support::write(dir / "ours", must(open::identity_file(support::ready(), ours.identities.front())).view());
    REQUIRE(run("age-keygen -y -o " + quoted(dir / "public") + " " + quoted(dir / "ours")) == 0);
    CHECK(as_text(support::read(dir / "public")) == ours.recipients.front().to_string() + "\n");
}

TEST_CASE("the minisign program verifies what Amparo signs", "[interop]") {
    support::need_programs({"minisign"});
    const test::Folder dir;
    const auto key = must(PlainSecretKey::generate(support::ready()));
    support::write(dir / "key.pub", as_bytes(key.public_key().to_text()));
    for (const std::size_t size : file_sizes) {
        const Bytes content = support::pattern(size);
        support::write(dir / "file", content);
        support::write(dir / "file.minisig", as_bytes(must(crypto::sign(support::ready(), content, key, "v=1 seq=7"))));
        CHECK(run("minisign -V -p " + quoted(dir / "key.pub") + " -m " + quoted(dir / "file")) == 0);
    }
    std::printf("P2 signed here, verified by minisign: %zu files\n", file_sizes.size());
    support::write(dir / "file", as_bytes("changed"));
    CHECK(run("minisign -V -p " + quoted(dir / "key.pub") + " -m " + quoted(dir / "file")) != 0);
}

TEST_CASE("Amparo verifies what the minisign program signs, with either program's key", "[interop]") {
    support::need_programs({"minisign"});
    const test::Folder dir;
    REQUIRE(run("minisign -G -W -p " + quoted(dir / "their.pub") + " -s " + quoted(dir / "their.key")) == 0);
    const Bytes their_text = support::read(dir / "their.key");
    const auto theirs = must(PlainSecretKey::parse(support::ready(), their_text));
    // The second line: the first is a comment, in which minisign writes the key id without leading zeros.
    const auto second_line = [](std::string_view text) { return std::string(text.substr(text.find('\n') + 1)); };
    CHECK(second_line(theirs.public_key().to_text()) == second_line(as_text(support::read(dir / "their.pub"))));
    CHECK(must(theirs.to_text(support::ready())).equals(their_text));
    const auto ours = must(PlainSecretKey::generate(support::ready()));
    support::write(dir / "our.key", must(ours.to_text(support::ready())).view());
    for (const auto* name : {"their.key", "our.key"}) {
        const auto key = must(PlainSecretKey::parse(support::ready(), support::read(dir / name)));
        for (const std::size_t size : file_sizes) {
            const Bytes content = support::pattern(size);
            support::write(dir / "file", content);
            REQUIRE(run("minisign -S -s " + quoted(dir / name) + " -t 'some words' -m " + quoted(dir / "file")) == 0);
            const Bytes signature = support::read(dir / "file.minisig");
            CHECK(must(verify(support::ready(), content, as_text(signature), key.public_key())) == "some words");
        }
    }
    std::printf("P2 signed by minisign, verified here: %zu files\n", 2 * file_sizes.size());
}

TEST_CASE("a passphrase-protected key goes both ways with the minisign program", "[interop]") {
    support::need_programs({"minisign"});
    const test::Folder dir;
    const auto passphrase = support::secret("una frase");
    const auto key = must(PlainSecretKey::generate(support::ready()));
    // A light cost keeps the test quick; the file says it, and minisign follows the file.
    support::write(dir / "our.key",
                   must(key.to_text(support::ready(), passphrase, ScryptCost{524288, 16777216})).view());
    support::write(dir / "file", as_bytes("content"));
    REQUIRE(run("printf 'una frase\\n' | minisign -S -s " + quoted(dir / "our.key") + " -m " + quoted(dir / "file")) ==
            0);
    const Bytes signature = support::read(dir / "file.minisig");
    CHECK(verify(support::ready(), as_bytes("content"), as_text(signature), key.public_key()));

    REQUIRE(run("printf 'una frase\\nuna frase\\n' | minisign -G -p " + quoted(dir / "their.pub") + " -s " +
                quoted(dir / "their.key")) == 0);
    const Bytes theirs = support::read(dir / "their.key");
    CHECK(must(is_protected(theirs)));
    const auto opened = must(PlainSecretKey::parse(support::ready(), theirs, passphrase));
    // The key itself, not the untrusted comment above it: minisign writes a key number without its leading zeros.
    const auto theirs_public = must(PlainPublicKey::parse(as_text(support::read(dir / "their.pub"))));
    CHECK(opened.public_key() == theirs_public);
}
