// The excerpt of a bundle says to whom things are sealed, under the same signature, and nothing changed in it passes.
#include <catch2/catch_all.hpp>

#include "app/exchange/bundle.hpp"
#include "app/exchange/ustar.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::ready;

namespace {

crypto::Bytes excerpt_of(const test::Deployment& deployment, std::uint64_t sequence) {
    const auto archive = build_bundle(ready(), deployment.bundle(sequence), deployment.key);
    REQUIRE(archive);
    auto excerpt = bundle_excerpt(*archive);
    REQUIRE(excerpt);
    CHECK(excerpt->size() < archive->size());
    return std::move(*excerpt);
}

}  // namespace

TEST_CASE("the excerpt of a bundle gives its recipients") {
    const test::Deployment deployment;
    const auto excerpt = load_excerpt(ready(), excerpt_of(deployment, 7), {deployment.key.public_key(), 7});
    REQUIRE(excerpt);
    CHECK(excerpt->recipients == deployment.recipients());
    CHECK(excerpt->version.sequence == 7);
}

TEST_CASE("an excerpt of an older bundle or another deployment, and a whole bundle, are refused") {
    const test::Deployment deployment;
    const test::Deployment other;
    const auto older = load_excerpt(ready(), excerpt_of(deployment, 7), {deployment.key.public_key(), 8});
    REQUIRE_FALSE(older);
    CHECK(older.error().error == Error::Rollback);
    const auto foreign = load_excerpt(ready(), excerpt_of(other, 7), {deployment.key.public_key(), 1});
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().error == Error::Signature);
    const auto archive = build_bundle(ready(), deployment.bundle(7), deployment.key);
    REQUIRE(archive);
    CHECK_FALSE(load_excerpt(ready(), *archive, {deployment.key.public_key(), 1}));
}

TEST_CASE("no changed byte of an excerpt's members passes, and none can be exchanged between two bundles") {
    const test::Deployment deployment;
    const auto good = excerpt_of(deployment, 7);
    const BundleTrust trust{deployment.key.public_key(), 1};
    for (std::size_t at = 0; at < good.size(); at += 97) {
        auto changed = good;
        changed[at] ^= std::byte{1};
        const auto loaded = load_excerpt(ready(), changed, trust);
        INFO(at);
        // Of what is not a member's content (a signature's untrusted comment) nothing follows.
        if (loaded) CHECK(loaded->recipients == deployment.recipients());
    }
    const auto later = excerpt_of(deployment, 8);
    const UstarLimits limits{16, 1U << 20, 1U << 22};
    const auto one = read_ustar(good, limits);
    const auto two = read_ustar(later, limits);
    REQUIRE((one && two));
    for (std::size_t exchanged = 0; exchanged < one->size(); ++exchanged) {
        if ((*one)[exchanged].name == "recipients.txt" || (*one)[exchanged].name == "policy.json")
            continue;  // the same
        UstarWriter mixed;
        for (std::size_t i = 0; i < one->size(); ++i)
            REQUIRE(mixed.add((*one)[i].name, i == exchanged ? (*two)[i].content : (*one)[i].content));
        CHECK_FALSE(load_excerpt(ready(), std::move(mixed).finish(), trust));
    }
}

TEST_CASE("only the exact name of a bundle file gives a sequence") {
    CHECK(bundle_file_sequence("bundle-7.amparo") == 7);
    CHECK(bundle_file_sequence(bundle_file_name(9'007'199'254'740'991U)) == 9'007'199'254'740'991U);
    for (const auto* wrong :
         {"bundle-.amparo", "bundle-0.amparo", "bundle-07.amparo", "bundle--1.amparo", "bundle-7.amparo ",
          "Bundle-7.amparo", "bundle-7.amparo.age", "x/bundle-7.amparo", "bundle-18446744073709551616.amparo", ""})
        CHECK_FALSE(bundle_file_sequence(wrong));
}
