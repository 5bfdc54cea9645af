// amparo age, sign and verify with everything that can be wrong about what they are given: one sentence that says what
// to do, the documented exit code, and nothing half-written.
#include <catch2/catch_all.hpp>

#include "crypto/bech32.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/open.hpp"
#include "tests/cli/support.hpp"

using test::Desk;
using test::ready;

namespace {

crypto::SecretBytes secret(std::string_view text) {
    auto bytes = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(text));
    REQUIRE(bytes);
    return std::move(*bytes);
}

/// A desk with an identity `id`, its recipient, a file `plain` and what is sealed of it.
struct Bench : Desk {
    std::string recipient;
    Bench() {
        good("amparo age keygen -o id");
        const auto text = read("id");
        recipient = text.substr(text.find("age1"), 62);
        write("plain", std::string(200'000, 'q'));
        good("amparo age seal -r " + recipient + " -o sealed plain");
    }
    /// Runs a line that has to fail in this way and change nothing.
    std::string refuses(const std::string& line, int code) const {
        const auto before = names();
        const auto ran = run(line);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == code);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.out.empty());
        CHECK(names() == before);
        return ran.err;
    }
    /// Runs a line that may not write a file of more than so many blocks of 512 bytes: what a full medium looks like to
    /// a program, which gets no further. What it says goes through a pipe.
    void refuses_when_full(const std::string& line, int blocks) const {
        const auto before = names();
        const auto said = good("(ulimit -f " + std::to_string(blocks) + "; " + line + " 2>&1; echo code $?) | cat").out;
        INFO(line << "\n" << said);
        const auto end = said.find("code 1\n");
        REQUIRE(end != std::string::npos);
        CHECK(test::is_one_sentence(said.substr(0, end)));
        CHECK(said.find("room") != std::string::npos);
        CHECK(names() == before);
    }
};

std::string post_quantum_recipient() {
    const crypto::Bytes key(1216, std::byte{7});
    std::string text(crypto::bech32::encoded_size(6, key.size()), ' ');
    crypto::bech32::encode("age1pq", key, crypto::bech32::Case::Lower, std::as_writable_bytes(std::span(text)));
    return text;
}

}  // namespace

TEST_CASE("a full medium is named, and neither a file nor a part of one stays") {
    const Bench desk;
    desk.refuses_when_full("amparo age seal -r " + desk.recipient + " -o out plain", 100);
    desk.refuses_when_full("amparo age open -i id -o out sealed", 100);
    desk.refuses_when_full("amparo age keygen -o new", 0);
    const auto key = crypto::PlainSecretKey::generate(ready());
    REQUIRE(key);
    desk.write("key.sec", crypto::as_text(key->to_text(ready())->view()));
    desk.good("chmod 600 key.sec");
    desk.refuses_when_full("amparo sign -s key.sec plain", 0);
}

TEST_CASE("recipients of two kinds are not put into one file, nor is anything sealed to a kind that cannot be yet") {
    const Bench desk;
    const auto hybrid = post_quantum_recipient();
    CHECK(desk.refuses("amparo age seal -r " + desk.recipient + " -r " + hybrid + " -o out plain", 1)
              .find("different kinds") != std::string::npos);
    desk.write("who", "# two kinds\n" + hybrid + "\n" + desk.recipient + "\n");
    CHECK(desk.refuses("amparo age seal -R who -o out plain", 1).find("different kinds") != std::string::npos);
    if (crypto::hybrid_available)
        desk.good("amparo age seal -r " + hybrid + " -o out plain");
    else
        CHECK(desk.refuses("amparo age seal -r " + hybrid + " -o out plain", 1).find("post-quantum") !=
              std::string::npos);
}

TEST_CASE("more recipients than a file may have are refused") {
    const Bench desk;
    std::string who;
    for (int i = 0; i < 21; ++i) who += desk.recipient + "\n";
    desk.write("who", who);
    CHECK(desk.refuses("amparo age seal -R who -o out plain", 1).find("20") != std::string::npos);
}

TEST_CASE("a key that was cut is named by its file") {
    const Bench desk;
    const auto identity = desk.read("id");
    desk.write("cut", identity.substr(0, identity.size() - 9));
    desk.good("chmod 600 cut");
    CHECK(desk.refuses("amparo age open -i cut -o out sealed", 1).find("cut") != std::string::npos);
    desk.refuses("amparo age seal -r " + desk.recipient.substr(0, 40) + " -o out plain", 1);
    desk.write("who", desk.recipient + "\n" + desk.recipient.substr(0, 61) + "\n");
    CHECK(desk.refuses("amparo age seal -R who -o out plain", 1).find("2") != std::string::npos);

    const auto key = crypto::PlainSecretKey::generate(ready());
    REQUIRE(key);
    const std::string text(crypto::as_text(key->to_text(ready())->view()));
    const auto public_text = key->public_key().to_text();
    desk.write("cut.sec", text.substr(0, text.size() - 20));
    desk.write("cut.pub", public_text.substr(0, public_text.size() - 5));
    desk.write("plain.minisig", "untrusted comment: x\n");
    desk.good("chmod 600 cut.sec");
    CHECK(desk.refuses("amparo sign -s cut.sec -x out plain", 1).find("cut.sec") != std::string::npos);
    CHECK(desk.refuses("amparo verify -p cut.pub plain", 1).find("cut.pub") != std::string::npos);
}

TEST_CASE("a wrong passphrase has the exit code of a missing match, for a file as for an identity") {
    const Bench desk;
    const auto sealed =
        crypto::open::seal_with_passphrase(ready(), crypto::as_bytes("hola\n"), secret("una frase larga"), 10);
    REQUIRE(sealed);
    desk.write("locked", crypto::as_text(*sealed));
    desk.write("words", "una frase larga\n");
    desk.write("wrong", "otra frase larga\n");
    desk.good("chmod 600 words wrong");
    CHECK(desk.good("amparo age open --passphrase-file words locked").out == "hola\n");
    desk.refuses("amparo age open --passphrase-file wrong -o out locked", 2);
    desk.refuses("amparo age open --passphrase-file wrong locked", 2);
    desk.refuses("amparo age open --passphrase-file words -o out sealed", 2);  // sealed to an identity
    desk.refuses("amparo age open -i id -o out locked", 2);                    // sealed under a passphrase
}

TEST_CASE("a wrong passphrase of a signing key signs nothing") {
    const Bench desk;
    const auto key = crypto::PlainSecretKey::generate(ready());
    REQUIRE(key);
    const auto text = key->to_text(ready(), secret("una frase larga"), crypto::ScryptCost{524288, 16777216});
    REQUIRE(text);
    desk.write("key.sec", crypto::as_text(text->view()));
    desk.write("words", "una frase larga\n");
    desk.write("wrong", "otra frase larga\n");
    desk.good("chmod 600 key.sec words wrong");
    desk.refuses("amparo sign -s key.sec --passphrase-file wrong -x out plain", 1);
    desk.refuses("amparo sign -s key.sec -x out plain", 1);  // no terminal to ask on
    desk.good("amparo sign -s key.sec --passphrase-file words -x out plain");
}

TEST_CASE("a passphrase file that asks for more work than the cap is a malformed header and costs no work") {
    const Bench desk;
    desk.write("heavy", "age-encryption.org/v1\n-> scrypt " + std::string(22, 'A') + " 23\n" + std::string(43, 'A') +
                            "\n--- " + std::string(43, 'A') + "\n" + std::string(32, 'n'));
    desk.write("words", "una frase larga\n");
    desk.good("chmod 600 words");
    CHECK(desk.refuses("amparo age open --passphrase-file words -o out heavy", 3).find("more memory") !=
          std::string::npos);
}

TEST_CASE("secrets that others can read are used with a warning that says how to close them") {
    const Bench desk;
    const auto key = crypto::PlainSecretKey::generate(ready());
    REQUIRE(key);
    desk.write("key.sec", crypto::as_text(key->to_text(ready())->view()));
    desk.good("chmod 644 key.sec");
    CHECK(desk.good("amparo sign -s key.sec plain").err.find("chmod 600") != std::string::npos);
    const auto sealed = crypto::open::seal_with_passphrase(ready(), {}, secret("una frase larga"), 10);
    REQUIRE(sealed);
    desk.write("locked", crypto::as_text(*sealed));
    desk.write("words", "una frase larga\n");
    desk.good("chmod 640 words");
    CHECK(desk.good("amparo age open --passphrase-file words locked").err.find("chmod 600") != std::string::npos);
}
