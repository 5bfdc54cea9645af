// A certificate as the one file that goes to its kiosk.
#include "app/exchange/certificate_file.hpp"

#include <catch2/catch_all.hpp>

#include "app/exchange/ustar.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

crypto::Bytes archive_of(const std::vector<std::pair<std::string, crypto::Bytes>>& members) {
    UstarWriter archive;
    for (const auto& [name, content] : members) REQUIRE(archive.add(name, content));
    return std::move(archive).finish();
}

}  // namespace

TEST_CASE("a certificate's file gives back what was signed") {
    const test::Deployment deployment;
    const auto both = deployment.signed_certificate();
    const auto archive = certificate_file(both);
    REQUIRE(archive);
    const auto read = load_certificate_file(ready(), *archive, deployment.key.public_key());
    REQUIRE(read);
    CHECK(read->signed_certificate.text == both.text);
    CHECK(read->signed_certificate.signature == both.signature);
    CHECK(read->certificate.device == deployment.device);
    CHECK(certificate_file_name(read->certificate) == deployment.device + "-1.amparo-cert");
}

TEST_CASE("a certificate's file of another programme, changed, cut, or with other members is refused") {
    const test::Deployment mine;
    const test::Deployment other;
    const auto both = mine.signed_certificate();
    const auto pinned = mine.key.public_key();
    const auto archive = *certificate_file(both);
    const auto refused = [&](crypto::ByteView file) { return !load_certificate_file(ready(), file, pinned); };
    REQUIRE_FALSE(refused(archive));
    CHECK(load_certificate_file(ready(), archive, other.key.public_key()).error().error == Error::Signature);
    for (std::size_t at = 0; at < archive.size(); at += 7) {
        auto changed = archive;
        changed[at] ^= std::byte{1};
        INFO(at);
        CHECK(refused(changed));
        CHECK(refused(crypto::ByteView(archive).first(at)));
    }
    CHECK(refused(archive_of({{"CERT", both.text}})));
    CHECK(refused(archive_of({{"CERT.minisig", both.signature}, {"CERT", both.text}})));
    CHECK(refused(archive_of({{"CERT", both.text}, {"CERT.minisig", both.signature}, {"more", bytes("x")}})));
    CHECK(refused(archive_of({{"CERT", both.text}, {"CERT.minisig", other.signed_certificate().signature}})));
    CHECK(refused(crypto::Bytes(certificate_file_most_bytes + 1)));
}

TEST_CASE("only a device and an epoch make the name of a certificate's file") {
    const std::string device(32, 'a');
    CHECK(is_certificate_file_name(device + "-12.amparo-cert"));
    for (const auto& bad : {device + "-0.amparo-cert", device + "-01.amparo-cert", device + "-.amparo-cert",
                            device + ".amparo-cert", "../" + device + "-1.amparo-cert", device + "-1.amparo-cert~",
                            device + "-1000000001.amparo-cert", std::string(31, 'a') + "-1.amparo-cert",
                            std::string(32, 'A') + "-1.amparo-cert", std::string(".amparo-cert"), std::string()}) {
        INFO(bad);
        CHECK_FALSE(is_certificate_file_name(bad));
    }
}
