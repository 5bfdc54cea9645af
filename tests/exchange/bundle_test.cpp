// The bundle: what goes in comes out, only under the right signature.
#include "app/exchange/bundle.hpp"

#include <catch2/catch_all.hpp>

#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

TEST_CASE("a bundle loads with everything that went into it") {
    const test::Deployment deployment;
    const auto archive = build_bundle(ready(), deployment.bundle(7), deployment.key);
    REQUIRE(archive);
    const auto bundle = load_bundle(ready(), *archive, {deployment.key.public_key(), 7});
    REQUIRE(bundle);
    CHECK(bundle->version.sequence == 7);
    CHECK(bundle->version.name == "Prueba");
    CHECK(bundle->version.demo);
    CHECK(bundle->recipient_keys() == deployment.recipients());
    CHECK(bundle->recipients[1].recovery);
    CHECK(bundle->signers.at(0).key == deployment.receipt_key.public_key());
    CHECK(bundle->policy.child_workers == std::vector<std::uint32_t>{1, 3});
    REQUIRE(bundle->form("first-contact") != nullptr);
    CHECK(bundle->form("first-contact")->form->size() > 0);
    CHECK(bundle->form("adult") == nullptr);
    CHECK(bundle->catalogues.size() == 2);
    REQUIRE(bundle->referrals.size() == 2);
    CHECK(bundle->referrals[0].who_answers == "Una organización civil");
}

TEST_CASE("the same contents and key give the same bundle") {
    const test::Deployment deployment;
    CHECK(*build_bundle(ready(), deployment.bundle(), deployment.key) ==
          *build_bundle(ready(), deployment.bundle(), deployment.key));
}

TEST_CASE("a form's digest names its exact content") {
    const test::Deployment deployment;
    auto contents = deployment.bundle();
    const auto load = [&deployment](const BundleContents& c) {
        return *load_bundle(ready(), *build_bundle(ready(), c, deployment.key), {deployment.key.public_key()});
    };
    const auto before = load(contents).forms[0].sha256;
    contents.version.sequence = 2;
    CHECK(load(contents).forms[0].sha256 == before);
    crypto::append(contents.files["forms/first-contact/settings.csv"], "\n");
    CHECK(load(contents).forms[0].sha256 != before);
}

TEST_CASE("a bundle of the same sequence is taken again and an older one is not") {
    const test::Deployment deployment;
    const auto archive = *build_bundle(ready(), deployment.bundle(4), deployment.key);
    CHECK(load_bundle(ready(), archive, {deployment.key.public_key(), 4}));
    const auto older = load_bundle(ready(), archive, {deployment.key.public_key(), 5});
    REQUIRE_FALSE(older);
    CHECK(older.error().error == Error::Rollback);
}

TEST_CASE("after its soft expiry a bundle still loads and says that it is old") {
    const test::Deployment deployment;
    auto contents = deployment.bundle();
    contents.version.expires = deployment.today;
    const auto bundle =
        load_bundle(ready(), *build_bundle(ready(), contents, deployment.key), {deployment.key.public_key()});
    REQUIRE(bundle);
    CHECK_FALSE(past_expiry(*bundle, deployment.today));
    CHECK(past_expiry(*bundle, deployment.today + std::chrono::days(1)));
}

TEST_CASE("a day before the bundle was made is known to be wrong, and a bundle that ends before it was made is none") {
    const test::Deployment deployment;
    auto contents = deployment.bundle();
    const auto load = [&] {
        const auto built = build_bundle(ready(), contents, deployment.key);
        return built ? load_bundle(ready(), *built, {deployment.key.public_key()}) : tl::unexpected(built.error());
    };
    const auto bundle = load();
    REQUIRE(bundle);
    CHECK_FALSE(before_made(*bundle, deployment.today));
    CHECK(before_made(*bundle, deployment.today - std::chrono::days(1)));
    contents.version.made = contents.version.expires + std::chrono::days(1);
    const auto never = load();
    REQUIRE_FALSE(never);
    CHECK(never.error().error == Error::Content);
}

TEST_CASE("a bundle is not built from what a kiosk would refuse") {
    const test::Deployment deployment;
    const auto error = [&deployment](const std::function<void(BundleContents&)>& spoil) {
        auto contents = deployment.bundle();
        spoil(contents);
        const auto built = build_bundle(ready(), contents, deployment.key);
        REQUIRE_FALSE(built);
        return built.error().error;
    };
    const auto coordinator = [] {
        return BundleRecipient{"more", crypto::open::Identity::generate(ready())->recipient(), false};
    };
    CHECK(error([](auto& c) { c.recipients.clear(); }) == Error::Recipients);
    CHECK(error([](auto& c) { c.recipients.pop_back(); }) == Error::Recipients);
    CHECK(error([](auto& c) { c.recipients.erase(c.recipients.begin()); }) == Error::Recipients);
    CHECK(error([](auto& c) { c.recipients.push_back(c.recipients[0]); }) == Error::Recipients);
    CHECK(error([](auto& c) { c.recipients[0].recovery = true; }) == Error::Recipients);
    CHECK(error([](auto& c) { c.recipients[0].label = "a\nage1"; }) == Error::Recipients);
    CHECK(error([&](auto& c) {
              for (int i = 0; i < 9; ++i) c.recipients.push_back(coordinator());
          }) == Error::Recipients);
    CHECK(error([](auto& c) { c.signers.clear(); }) == Error::Content);
    CHECK(error([](auto& c) { c.signers.push_back(c.signers[0]); }) == Error::Content);
    CHECK(error([](auto& c) { c.version.sequence = 0; }) == Error::Content);
    CHECK(error([](auto& c) { c.version.name = "x\ndemo no"; }) == Error::Content);
    CHECK(error([](auto& c) { c.version.name = "\xe2\x80\xae"; }) == Error::Content);
    CHECK(error([](auto& c) { c.version.deployment = "0123456789abcdef"; }) == Error::Deployment);
    CHECK(error([](auto& c) { c.version.minimum_app = {{99, 0, 0}}; }) == Error::AppTooOld);
    CHECK(error([](auto& c) { c.policy.roles = {"police"}; }) == Error::Content);
    CHECK(error([](auto& c) { c.policy.forms = {"first-contact", "missing"}; }) == Error::Members);
    CHECK(error([](auto& c) { c.policy.forms = {"../x"}; }) == Error::Content);
    CHECK(error([](auto& c) { c.policy.languages = {"es", "fr"}; }) == Error::Content);
    CHECK(error([](auto& c) { c.policy.languages = {"es"}; }) == Error::Members);
    CHECK(error([](auto& c) { c.policy.receipts_required = 0; }) == Error::Content);
    CHECK(error([](auto& c) { c.policy.resume_minutes = 11; }) == Error::Content);
    CHECK(error([](auto& c) { c.policy.child_workers = {3, 1}; }) == Error::Content);
    CHECK(error([](auto& c) { c.files.erase("referrals.csv"); }) == Error::Members);
    CHECK(error([](auto& c) { c.files.erase("locales/es.json"); }) == Error::Members);
    CHECK(error([](auto& c) { c.files["locales/es.json"] = bytes("{"); }) == Error::Content);
    CHECK(error([](auto& c) { c.files["policy.json"] = bytes("{}"); }) == Error::Members);
    CHECK(error([](auto& c) { c.files["notes.txt"] = bytes("x"); }) == Error::Members);
    CHECK(error([](auto& c) { c.files["forms/first-contact/tool.exe"] = bytes("x"); }) == Error::Members);
    CHECK(error([](auto& c) { c.files["forms/first-contact/survey.csv"] = bytes("type,name\nbarcode,x\n"); }) ==
          Error::Content);
    CHECK(error([](auto& c) { c.files["referrals.csv"] = bytes("country,service\nMX,x\n"); }) == Error::Content);
    CHECK(error([](auto& c) { c.files["../escape"] = bytes("x"); }) == Error::Archive);
}

TEST_CASE("ten recipients with the recovery one are the most") {
    const test::Deployment deployment;
    auto contents = deployment.bundle();
    while (contents.recipients.size() < bundle_most_recipients)
        contents.recipients.push_back({"more", crypto::open::Identity::generate(ready())->recipient(), false});
    CHECK(build_bundle(ready(), contents, deployment.key));
}

TEST_CASE("program versions are compared part by part") {
    CHECK(app_version_text(*parse_app_version("1.20.3")) == "1.20.3");
    CHECK(parse_app_version("1.9.9")->part < parse_app_version("1.10.0")->part);
    for (const char* bad : {"1.2", "1.2.3.4", "1.2.x", "01.2.3", "1..3", "", "1.2.3 ", "1.2.99999"})
        CHECK_FALSE(parse_app_version(bad));
}
