// amparo deployment new: a demonstration that a kiosk can start from, and a real one behind a passphrase.
#include <sys/stat.h>

#include <catch2/catch_all.hpp>

#include "app/exchange/bundle.hpp"
#include "app/store/store.hpp"
#include "tests/cli/support.hpp"

using test::bytes;
using test::Desk;
using test::ready;
namespace store = app::store;
namespace exchange = app::exchange;

TEST_CASE("a demo deployment reopens as an enrolled kiosk with its three workers") {
    const Desk desk;
    desk.good("amparo deployment new demo --name \"Prueba\" --demo");
    const auto key_file = crypto::KeyFile::parse(ready(), bytes(desk.read("demo/usb/amparo-device.key")));
    REQUIRE(key_file);
    const auto folder = store::StateFolder::open(desk.path() / "demo/kiosk");
    REQUIRE(folder);
    const auto key = folder->read_slots()->unlock_key_file(ready(), *key_file);
    REQUIRE(key);
    auto kiosk = store::open_store(ready(), *folder, *key);
    REQUIRE(kiosk);
    const auto enrolment = (*kiosk)->device().enrolment();
    REQUIRE(enrolment);
    const auto deployment = crypto::DeploymentPublicKey::parse(enrolment->deployment_key);
    REQUIRE(deployment);
    CHECK(deployment->to_text() == desk.read("demo/keys/deployment.pub"));
    const auto certificate =
        exchange::verify_certificate(ready(), {enrolment->certificate, enrolment->certificate_signature}, *deployment);
    REQUIRE(certificate);
    CHECK(certificate->device == enrolment->device);
    CHECK(certificate->key == (*kiosk)->device().key()->public_key());
    const auto bundle = exchange::load_bundle(ready(), (*kiosk)->bundle().installed()->bytes, {*deployment, 1});
    REQUIRE(bundle);
    CHECK(bundle->version.demo);
    CHECK(bundle->version.name == "Prueba");
    CHECK(bundle->policy.forms ==
          std::vector<std::string>{"first-contact", "adult", "child", "observation", "training"});
    for (const auto& id : bundle->policy.forms) CHECK(bundle->form(id) != nullptr);
    CHECK(bundle->policy.child_workers == std::vector<std::uint32_t>{1});
    REQUIRE((*kiosk)->people().workers()->size() == 3);
    const auto pin = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes("246801"));
    const auto entered = (*kiosk)->people().sign_in(
        {2}, *pin, store::Now{std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000))});
    REQUIRE(entered);
    REQUIRE(std::holds_alternative<store::SignedIn>(*entered));
    CHECK(std::get<store::SignedIn>(*entered).worker.role == store::Role::Border);
}

TEST_CASE("everything a deployment writes is closed to others") {
    const Desk desk;
    desk.good("amparo deployment new demo --name Prueba --demo");
    std::size_t files = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(desk.path() / "demo")) {
        struct stat status {};
        REQUIRE(::stat(entry.path().c_str(), &status) == 0);
        INFO(entry.path());
        CHECK((status.st_mode & 0777) == (entry.is_directory() ? 0700U : 0600U));
        ++files;
    }
    CHECK(files > 12);
}

TEST_CASE("a deployment is never made over something, and a failed one leaves nothing") {
    const Desk desk;
    std::filesystem::create_directory(desk.path() / "there");
    std::filesystem::create_directory(desk.path() / "content");
    desk.write("content/referrals.csv", "country\n");
    for (const auto* line :
         {"amparo deployment new there --name X --demo", "amparo deployment new demo --name X --demo --content missing",
          "amparo deployment new demo --name X --demo --content content",
          "amparo deployment new nowhere/demo --name X --demo", "amparo deployment new demo --name X"}) {
        const auto ran = desk.run(line);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
        CHECK(desk.names() == std::vector<std::string>{"content", "there"});
    }
    CHECK(desk.run("amparo deployment new demo --demo").code == 64);
}

TEST_CASE("the keys of a real deployment open only with its passphrase", "[long]") {
    const Desk desk;
    desk.write("words", test::passphrase_line);
    desk.good("chmod 600 words; amparo deployment new real --name Casa --passphrase-file words");
    CHECK_FALSE(desk.has("real/kiosk"));
    for (const auto* file : {"coordinator.identity", "recovery.identity"})
        CHECK(desk.read(std::string("real/keys/") + file).find("AGE-SECRET") == std::string::npos);
    CHECK(*crypto::is_protected(bytes(desk.read("real/keys/deployment.key"))));
    CHECK(*crypto::is_protected(bytes(desk.read("real/keys/receipt.key"))));
    CHECK(desk.good("amparo cases list --casebook real/casebook/cases.db --passphrase-file words").code == 0);
    CHECK(desk.run("amparo cases list --casebook real/casebook/cases.db").code == 1);
    const auto deployment = crypto::DeploymentPublicKey::parse(desk.read("real/keys/deployment.pub"));
    REQUIRE(deployment);
    const auto bundle = exchange::load_bundle(ready(), bytes(desk.read("real/bundle-1.amparo")), {*deployment});
    REQUIRE(bundle);
    CHECK_FALSE(bundle->version.demo);
}
