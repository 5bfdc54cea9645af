// amparo sign and verify, with minisign on the other side.
#include <catch2/catch_all.hpp>

#include "crypto/minisign.hpp"
#include "tests/cli/support.hpp"
#include "tests/support/needs.hpp"

using test::Desk;

namespace {

/// A desk with a minisign key pair `key.sec`, `key.pub` and a file.
struct Signer : Desk {
    Signer() {
        const auto ready = crypto::SodiumReady::init();
        REQUIRE(ready);
        const auto key = crypto::PlainSecretKey::generate(*ready);
        REQUIRE(key);
        write("key.sec", crypto::as_text(key->to_text(*ready)->view()));
        write("key.pub", key->public_key().to_text());
        write("file", "hola\n");
        good("chmod 600 key.sec");
    }
};

}  // namespace

TEST_CASE("a signature verifies and shows its comment") {
    const Signer desk;
    desk.good("amparo sign -s key.sec -t \"seq=1\" file");
    CHECK(desk.good("amparo verify -p key.pub file").out.find("seq=1") != std::string::npos);
}

TEST_CASE("minisign verifies what amparo signed and the other way round") {
    support::need_programs({"minisign"});
    const Signer desk;
    desk.good("amparo sign -s key.sec file && minisign -Vm file -p key.pub");
    desk.good("minisign -G -W -p their.pub -s their.sec && minisign -S -s their.sec -m file -x their.sig");
    desk.good("amparo verify -p their.pub -x their.sig file");
}

TEST_CASE("what does not verify has exit code 1 and one sentence") {
    const Signer desk;
    desk.good("amparo sign -s key.sec file");
    const Signer other;
    desk.write("other.pub", other.read("key.pub"));
    const auto refused = [&desk](const std::string& line, int code = 1) {
        const auto ran = desk.run(line);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == code);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(ran.out.empty());
    };
    refused("amparo verify -p other.pub file");
    refused("amparo verify -p file file");
    refused("amparo verify -p key.pub key.pub");
    refused("amparo verify -p key.pub -x file file");
    refused("amparo verify file", 64);
    refused("amparo sign -s key.sec file");  // the signature is there already
    refused("amparo sign -s key.pub -x new file");
    refused("amparo sign -s missing -x new file");
    refused("amparo sign file", 64);
    desk.write("file", "hola!\n");
    refused("amparo verify -p key.pub file");
    CHECK_FALSE(desk.has("new"));
}
