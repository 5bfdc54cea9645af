// Two people for what a kiosk works by: it takes a bundle by the rule that is in force on it.
#include <nlohmann/json.hpp>

#include "tests/kiosk/brought_kiosk.hpp"

using namespace test;

TEST_CASE(
    "A bundle that fewer people signed than the policy in force asks for is refused, whatever its own policy says") {
    const BroughtKiosk kiosk;
    const auto second = *crypto::ReceiptSecretKey::generate(ready());
    auto policy = nlohmann::json::parse(member(kiosk.first, "policy.json"));
    policy["signatures_required"] = 2;
    policy["bundle_signers"] = nlohmann::json::array({exchange::public_key_line(second.public_key())});
    kiosk.deployment.install_bundle_with("policy.json",
                                         policy.dump(2) + "\n");  // number 2; the next asks for one signature again
    const auto next = kiosk.deployment.bundle_with("policy.json", member(kiosk.first, "policy.json"), 1);
    kiosk.put("bundle-3.amparo", next);
    CHECK(refused(kiosk.look(), NotTaken::FewSigned));
    CHECK_FALSE(kiosk.look().bundle);

    const auto manifest = member(next, "MANIFEST");
    const auto first = member(next, "MANIFEST.minisig");
    const auto comment =
        crypto::verify(ready(), crypto::as_bytes(manifest), first, kiosk.deployment.programme_key().public_key());
    REQUIRE(comment);
    const auto both = first + *crypto::sign(ready(), crypto::as_bytes(manifest), second, *comment);
    exchange::UstarWriter archive;
    const auto members = exchange::read_ustar(crypto::as_bytes(next), exchange::bundle_limits);
    REQUIRE(members);
    for (const auto& one : *members)
        REQUIRE(archive.add(one.name, one.name == "MANIFEST.minisig" ? crypto::as_bytes(both) : one.content));
    const auto signed_twice = std::move(archive).finish();
    kiosk.put("bundle-3.amparo", crypto::as_text(signed_twice));
    const auto news = kiosk.look();
    REQUIRE(news.bundle);
    CHECK(news.bundle->sequence == 3);
    CHECK_FALSE(refused(news, NotTaken::FewSigned));
    REQUIRE(news.bundle->rules.size() == 2);  // and that one signature is enough from then on is told
    CHECK(news.bundle->rules[0].member == "bundle_signers");
    CHECK(news.bundle->rules[1].member == "signatures_required");
    CHECK(news.bundle->rules[1].before == std::vector<std::string>{"2"});
    CHECK(news.bundle->rules[1].after == std::vector<std::string>{"1"});
}
