// The casebook as a file: key, damage, permissions, quarantine.
#include "app/casebook/sqlcipher/key_file.hpp"
#include "tests/casebook/support.hpp"

using app::casebook::Error;
using test::Deployment;
using test::ready;

namespace {

std::vector<char> read_all(const test::fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

void change_byte(const test::fs::path& file, std::streamoff at) {
    std::fstream both(file, std::ios::binary | std::ios::in | std::ios::out);
    both.seekg(at);
    const auto byte = static_cast<char>(both.get() ^ 1);
    both.seekp(at);
    both.put(byte);
    REQUIRE(both.good());
}

}  // namespace

TEST_CASE("a casebook and its key are readable by their owner only") {
    const Deployment deployment;
    const auto only_owner = test::fs::perms::owner_read | test::fs::perms::owner_write;
    CHECK(test::fs::status(deployment.file()).permissions() == only_owner);
    CHECK(test::fs::status(app::casebook::sqlcipher::key_file_of(deployment.file())).permissions() == only_owner);
}

TEST_CASE("a casebook opens with its coordinator's identity and remembers the deployment") {
    Deployment deployment;
    REQUIRE(deployment.open());
    CHECK(deployment.book().deployment() == deployment.key().public_key());
}

TEST_CASE("another identity does not open a casebook") {
    Deployment deployment;
    deployment.close();
    std::vector<test::Identity> others;
    others.push_back(test::must(test::Identity::generate(ready())));
    CHECK(app::casebook::sqlcipher::open(ready(), deployment.file(), others).error() == Error::NoIdentity);
    CHECK(app::casebook::sqlcipher::open(ready(), deployment.file(), {}).error() == Error::NoIdentity);
}

TEST_CASE("every recipient opens the casebook") {
    const test::Folder folder;
    const auto key = test::must(crypto::DeploymentSecretKey::generate(ready()));
    std::vector<test::Identity> two;
    two.push_back(test::must(test::Identity::generate(ready())));
    two.push_back(test::must(test::Identity::generate(ready())));
    const std::vector recipients{two[0].recipient(), two[1].recipient()};
    const auto file = folder.path() / "book.db";
    { REQUIRE(app::casebook::sqlcipher::create(ready(), file, recipients, key.public_key())); }
    for (const auto& identity : two) CHECK(app::casebook::sqlcipher::open(ready(), file, std::span(&identity, 1)));
}

TEST_CASE("what is missing, changed or foreign is told apart") {
    Deployment deployment;
    deployment.close();
    const auto key_file = app::casebook::sqlcipher::key_file_of(deployment.file());
    SECTION("no casebook") {
        test::fs::remove(deployment.file());
        CHECK(deployment.open().error() == Error::Missing);
    }
    SECTION("no key file") {
        test::fs::remove(key_file);
        CHECK(deployment.open().error() == Error::Missing);
    }
    SECTION("key file changed") {
        change_byte(key_file, static_cast<std::streamoff>(test::fs::file_size(key_file)) - 1);
        CHECK(deployment.open().error() == Error::KeyDamaged);
    }
    SECTION("key file of another casebook") {
        const Deployment other;
        const auto sealed = crypto::seal(ready(), crypto::as_bytes(std::string(64, 'a')), deployment.recipients());
        REQUIRE(sealed);
        std::ofstream(key_file, std::ios::binary | std::ios::trunc) << crypto::as_text(sealed->bytes);
        CHECK(deployment.open().error() == Error::KeyDamaged);
    }
    SECTION("database changed") {
        change_byte(deployment.file(), 4096 + 200);
        CHECK(deployment.open().error() == Error::Damaged);
    }
}

TEST_CASE("a casebook is never made over an existing file") {
    Deployment deployment;
    const auto before = read_all(deployment.file());
    const auto key_before = read_all(app::casebook::sqlcipher::key_file_of(deployment.file()));
    CHECK(app::casebook::sqlcipher::create(ready(), deployment.file(), deployment.recipients(),
                                           deployment.key().public_key())
              .error() == Error::Exists);
    CHECK(read_all(deployment.file()) == before);
    CHECK(read_all(app::casebook::sqlcipher::key_file_of(deployment.file())) == key_before);
}

TEST_CASE("nothing that was said is readable in the file") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.code = "zarzuela-yeti-wasabi-777"});
    REQUIRE(deployment.import(kiosk).records.front().outcome == app::casebook::Outcome::New);
    deployment.close();
    for (const auto& entry : test::fs::recursive_directory_iterator(deployment.folder())) {
        if (!entry.is_regular_file()) continue;
        const auto content = read_all(entry.path());
        CHECK(std::string(content.begin(), content.end()).find("zarzuela") == std::string::npos);
    }
}

TEST_CASE("a refused file is kept once, whole, with its reason") {
    Deployment deployment;
    const auto bad = deployment.folder() / "b-bad.age";
    std::ofstream(bad, std::ios::binary) << std::string(200000, 'x');
    CHECK(deployment.book().quarantine(bad, "signature-invalid", "not by the device") == true);
    CHECK(deployment.book().quarantine(bad, "signature-invalid", "not by the device") == true);
    REQUIRE(deployment.open());
    const auto kept = deployment.book().quarantined();
    REQUIRE(kept);
    REQUIRE(kept->size() == 1);
    CHECK(kept->front().reason == "signature-invalid");
    const auto copy = app::casebook::quarantine_of(deployment.file()) / (kept->front().file_sha256 + ".age");
    CHECK(read_all(copy) == read_all(bad));
    CHECK(deployment.book().quarantine(deployment.folder() / "none", "x", "").error() == Error::Missing);
}
