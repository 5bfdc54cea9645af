// A bundle is taken only with the signatures that the policy in force asks for, whatever it says of itself.
#include <catch2/catch_all.hpp>

#include "app/exchange/bundle.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/ustar.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

/// A programme whose policy in force asks for two signatures, of the deployment and of one of two people.
struct Two {
    test::Deployment deployment;
    crypto::ReceiptSecretKey norte = *crypto::ReceiptSecretKey::generate(ready());
    crypto::ReceiptSecretKey sur = *crypto::ReceiptSecretKey::generate(ready());
    BundleContents next = deployment.bundle(2);

    [[nodiscard]] BundleTrust trust(std::uint32_t signatures = 2) const {
        Policy in_force = next.policy;
        in_force.signatures_required = signatures;
        in_force.bundle_signers = {norte.public_key(), sur.public_key()};
        return BundleTrust{deployment.key.public_key(), 1}.under(in_force);
    }
    /// What `signatures` makes of MANIFEST and its own signature takes the place of MANIFEST.minisig.
    template <class Make>
    [[nodiscard]] crypto::Bytes bundle(Make signatures) const {
        const auto archive = build_bundle(ready(), next, deployment.key);
        REQUIRE(archive);
        const auto members = read_ustar(*archive, bundle_limits);
        REQUIRE(members);
        const crypto::Bytes manifest(members->front().content.begin(), members->front().content.end());
        UstarWriter writer;
        for (const auto& member : *members) {
            crypto::Bytes content(member.content.begin(), member.content.end());
            if (member.name == "MANIFEST.minisig") content = bytes(signatures(manifest, test::text(content)));
            REQUIRE(writer.add(member.name, content));
        }
        return std::move(writer).finish();
    }
    template <class Key>
    [[nodiscard]] std::string by(const Key& key, const crypto::Bytes& manifest, const std::string& comment = "") const {
        return *crypto::sign(ready(), manifest, key, comment.empty() ? bundle_comment(next.version) : comment);
    }
    template <class Make>
    void refused(const BundleTrust& under, Make signatures) const {
        const auto archive = bundle(signatures);
        const auto loaded = load_bundle(ready(), archive, under);
        REQUIRE_FALSE(loaded);
        CHECK(loaded.error().error == Error::Signature);
        const auto excerpt = bundle_excerpt(archive);
        REQUIRE(excerpt);
        CHECK_FALSE(load_excerpt(ready(), *excerpt, under));
    }
};

}  // namespace

TEST_CASE("the deployment's signature and one of the people of the policy in force are enough, in any order") {
    const Two two;
    const auto behind =
        two.bundle([&](const auto& manifest, const auto& own) { return own + two.by(two.sur, manifest); });
    const auto before =
        two.bundle([&](const auto& manifest, const auto& own) { return two.by(two.norte, manifest) + own; });
    for (const auto& archive : {behind, before}) {
        CHECK(load_bundle(ready(), archive, two.trust()));
        CHECK(load_excerpt(ready(), *bundle_excerpt(archive), two.trust()));
        CHECK(load_bundle(ready(), archive, two.trust(1)));
    }
}

TEST_CASE("fewer signatures than the policy in force asks for are refused, whatever the offered policy says") {
    Two two;
    two.next.policy.signatures_required = 1;  // whoever makes a bundle must not lower the bar for it
    two.refused(two.trust(), [](const auto&, const auto& own) { return own; });
    two.refused(two.trust(3), [&](const auto& manifest, const auto& own) { return own + two.by(two.sur, manifest); });
    const auto stranger = *crypto::ReceiptSecretKey::generate(ready());
    two.next.policy.bundle_signers = {stranger.public_key()};  // nor name those who may sign it
    two.refused(two.trust(), [&](const auto& manifest, const auto& own) { return own + two.by(stranger, manifest); });
}

TEST_CASE("a signature of a bundle counts once, for this bundle only, and never in place of the deployment's") {
    const Two two;
    two.refused(two.trust(3), [&](const auto& manifest, const auto& own) {
        return own + two.by(two.sur, manifest) + two.by(two.sur, manifest);
    });
    two.refused(two.trust(), [](const auto&, const auto& own) { return own + own; });
    two.refused(two.trust(), [&](const auto& manifest, const auto&) {
        return two.by(two.sur, manifest) + two.by(two.norte, manifest);
    });
    two.refused(two.trust(), [&](const auto& manifest, const auto& own) {
        auto other = manifest;
        other.back() ^= std::byte{1};
        return own + two.by(two.sur, other);
    });
    two.refused(two.trust(), [&](const auto& manifest, const auto& own) {
        return own + two.by(two.sur, manifest, "amparo-bundle 1 deployment=0000000000000000 seq=9");
    });
    two.refused(two.trust(), [&](const auto& manifest, const auto& own) {
        return own + two.by(two.sur, manifest) + "untrusted comment: cut";
    });
}

TEST_CASE("a signer of bundles who is listed twice in what a reader trusts is one person") {
    const Two two;
    auto trust = two.trust(3);
    trust.signers = {two.sur.public_key(), two.sur.public_key()};
    two.refused(trust, [&](const auto& manifest, const auto& own) { return own + two.by(two.sur, manifest); });
}
