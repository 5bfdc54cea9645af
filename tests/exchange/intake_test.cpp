// intake.txt: exactly one encoding, and a machine that takes batches in never reads what is in them.
#include <catch2/catch_all.hpp>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/open/identity.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

crypto::Recipient new_recipient() {
    return crypto::open::Identity::generate(ready())->recipient();
}

std::string why_no_intake(const std::string& text) {
    const auto parsed = parse_intake(bytes(text));
    return parsed ? "taken" : parsed.error().why.text();
}

BundleContents with_intake(const test::Deployment& deployment, const crypto::Recipient& recipient) {
    auto contents = deployment.bundle(3);
    contents.intake = BundleIntake{"Entrada", recipient};
    return contents;
}

}  // namespace

TEST_CASE("every other form of intake.txt is refused") {
    const auto recipient = new_recipient();
    const auto key = recipient.to_string() + "\n";
    const auto text = intake_text({"Entrada", recipient});
    CHECK(text == "# intake Entrada\n" + key);
    const auto parsed = parse_intake(bytes(text));
    REQUIRE(parsed);
    CHECK(parsed->label == "Entrada");
    CHECK(parsed->recipient == recipient);
    for (const auto& wrong :
         {std::string(), std::string("# intake Entrada\n"), "# intake \n" + key, "# intake  Entrada\n" + key,
          "# coordinator Entrada\n" + key, key, text + text, text + "\n", "\n" + text, text.substr(0, text.size() - 1),
          "# intake Entrada\r\n" + key, std::string("# intake Entrada\nage1\n"), "#intake Entrada\n" + key})
        CHECK(why_no_intake(wrong) == "intake_form");
}

TEST_CASE("a bundle names the machine beside those who read, and only batches are sealed to it") {
    const test::Deployment deployment;
    const auto recipient = new_recipient();
    const auto archive = build_bundle(ready(), with_intake(deployment, recipient), deployment.key);
    REQUIRE(archive);
    const auto loaded = load_bundle(ready(), *archive, {deployment.key.public_key()});
    REQUIRE(loaded);
    REQUIRE(loaded->intake);
    CHECK(loaded->intake->label == "Entrada");
    CHECK(loaded->recipient_keys() == deployment.recipients());
    auto with = deployment.recipients();
    with.push_back(recipient);
    CHECK(loaded->batch_keys() == with);
    // recipients.txt, which people hand to `age -R`, does not name it.
    CHECK(test::text(bundle_files(*archive)->at("recipients.txt")).find(recipient.to_string()) == std::string::npos);
    const auto excerpt = load_excerpt(ready(), *bundle_excerpt(*archive), {deployment.key.public_key()});
    REQUIRE(excerpt);
    CHECK(excerpt->recipients == deployment.recipients());
    CHECK(excerpt->batch_recipients == with);
    const auto without = build_bundle(ready(), deployment.bundle(3), deployment.key);
    REQUIRE(without);
    CHECK(bundle_files(*without)->count("intake.txt") == 0);
    CHECK(load_excerpt(ready(), *bundle_excerpt(*without), {deployment.key.public_key()})->batch_recipients ==
          deployment.recipients());
}

TEST_CASE("no bundle is signed whose machine could read records, or for which a batch has no room") {
    const test::Deployment deployment;
    for (const auto& reader : deployment.recipients()) {
        const auto built = build_bundle(ready(), with_intake(deployment, reader), deployment.key);
        REQUIRE_FALSE(built);
        CHECK(built.error().why.reason == Reason::IntakeReads);
    }
    auto full = with_intake(deployment, new_recipient());
    while (full.recipients.size() + 1 < bundle_most_recipients)
        full.recipients.push_back({"Norte " + std::to_string(full.recipients.size()), new_recipient(), false});
    CHECK(build_bundle(ready(), full, deployment.key));
    full.recipients.push_back({"Sur", new_recipient(), false});
    const auto crowded = build_bundle(ready(), full, deployment.key);
    REQUIRE_FALSE(crowded);
    CHECK(crowded.error().why.reason == Reason::RecipientsMany);
    full.intake.reset();
    CHECK(build_bundle(ready(), full, deployment.key));
    auto twice = with_intake(deployment, new_recipient());
    twice.files.emplace("intake.txt", bytes(intake_text({"Otra", new_recipient()})));
    CHECK_FALSE(build_bundle(ready(), twice, deployment.key));
}

TEST_CASE("no excerpt leaves out the machine that was signed, or names one that was not") {
    const test::Deployment deployment;
    const BundleTrust trust{deployment.key.public_key()};
    const auto with = bundle_excerpt(*build_bundle(ready(), with_intake(deployment, new_recipient()), deployment.key));
    const auto without = bundle_excerpt(*build_bundle(ready(), deployment.bundle(3), deployment.key));
    REQUIRE((with && without));
    const auto members = [](const crypto::Bytes& archive) { return *read_ustar(archive, bundle_limits); };
    UstarWriter fewer;
    UstarWriter more;
    UstarWriter other;
    for (const auto& one : members(*with)) {
        if (one.name != "intake.txt") REQUIRE(fewer.add(one.name, one.content));
        REQUIRE(other.add(one.name, one.name == "intake.txt" ? bytes(intake_text({"Entrada", new_recipient()}))
                                                             : crypto::Bytes(one.content.begin(), one.content.end())));
    }
    for (const auto& one : members(*without)) REQUIRE(more.add(one.name, one.content));
    REQUIRE(more.add("intake.txt", bytes(intake_text({"Entrada", new_recipient()}))));
    for (auto* changed : {&fewer, &more, &other})
        CHECK_FALSE(load_excerpt(ready(), std::move(*changed).finish(), trust));
}
