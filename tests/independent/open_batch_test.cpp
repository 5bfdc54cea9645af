// A reader written from the formats' page alone opens a batch, and refuses one in which anything was changed.
#include <catch2/catch_all.hpp>

#include "app/exchange/batch.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
namespace fs = std::filesystem;

namespace {

struct Reading {
    test::Folder folder;
    test::Deployment deployment;
    std::string output;

    Reading() {
        const auto identity = crypto::open::identity_file(test::ready(), deployment.coordinator);
        REQUIRE(identity);
        test::write(folder.path() / "identity", identity->view());
        save_public_key(deployment);
    }
    void save_public_key(const test::Deployment& whose) const {
        test::write(folder.path() / "deployment.pub", test::bytes("untrusted comment: minisign public key\n" +
                                                                  public_key_line(whose.key.public_key()) + "\n"));
    }
    void seal(const std::vector<test::RawMember>& members) const {
        auto all = members;
        all.push_back(test::fill_for(all));
        test::seal_to(folder.path() / "batch.age", deployment, test::raw_archive(all));
    }
    int read() {
        return test::shell(folder.path(),
                           "python3 '" AMPARO_SOURCE_DIR
                           "/tests/independent/open_batch.py' identity deployment.pub batch.age",
                           &output);
    }
};

}  // namespace

TEST_CASE("a reader that shares no code with us opens a batch down to its records") {
    Reading r;
    const test::Records records(r.deployment, 2);
    const auto secret = crypto::SecretBytes::random(test::ready(), crypto::return_secret_size);
    REQUIRE(secret);
    const auto manifest = make_batch_manifest(test::ready(), test::header_of(r.deployment), records.list,
                                              r.deployment.device_key, secret->view());
    REQUIRE(manifest);
    const auto certificate = r.deployment.signed_certificate();
    const auto recipients = r.deployment.recipients();
    const auto written = write_batch(test::ready(), {*manifest, records.list, certificate, recipients, secret->view()},
                                     records.source(), r.folder.path());
    REQUIRE(written);
    fs::rename(written->path, r.folder.path() / "batch.age");
    const int code = r.read();
    INFO(r.output);
    REQUIRE(code == 0);
    const std::string x(100, 'x');
    const auto first = "{\"n\":0,\"x\":\"" + x + "\"}\n";
    const auto second = "{\"n\":1,\"x\":\"" + x + "\"}\n";
    CHECK((r.output == first + second || r.output == second + first));  // in the order of their random names
}

TEST_CASE("it says what was changed in a batch, and gives out nothing") {
    Reading r;
    const test::Records records(r.deployment, 1);
    auto parts = test::good_parts(r.deployment, records);
    const auto last = parts.members.size() - 1;
    std::string said;
    SECTION("a byte of a record") {
        parts.members[last].content[900] ^= std::byte{1};
        said = parts.members[last].name + ": changed";
    }
    SECTION("a byte of MANIFEST") {
        parts.member("MANIFEST").content[20] ^= std::byte{1};
        said = "MANIFEST: the signature is not of this key";
    }
    SECTION("the certificate, by another programme") {
        r.save_public_key(test::Deployment());
        said = "CERT: signed with another key";
    }
    SECTION("a member that nobody signed") {
        auto more = parts.members[last];
        more.name = "records/" + std::string(32, 'f') + ".age";
        parts.members.push_back(more);
        said = "archive: holds something else than MANIFEST lists";
    }
    SECTION("a header that tar would take") {
        parts.members[last].mode = "0000644";
        said = "archive: the header of " + parts.members[last].name + " is not strict";
    }
    r.seal(parts.members);
    CHECK(r.read() == 1);
    CHECK(r.output == "open_batch.py: " + said + "\n");
}
