#include "crypto/shamir.hpp"

#include <set>

#include "support.hpp"
#include "tests/support/folder.hpp"
#include "tests/support/needs.hpp"

using namespace crypto;
using support::quoted;
using support::ready;
using support::run;

namespace {

template <typename T>
T got(shamir::Result<T> result) {
    if (!result) FAIL("refused: " << static_cast<int>(result.error()));
    return std::move(*result);
}

template <typename T>
std::optional<shamir::Error> refusal(const shamir::Result<T>& result) {
    return result ? std::nullopt : std::optional(result.error());
}

/// Each way to choose at least one of the shares, as pointers.
std::vector<std::vector<const shamir::Share*>> subsets(const std::vector<shamir::Share>& shares) {
    std::vector<std::vector<const shamir::Share*>> all;
    for (unsigned mask = 1; mask < 1U << shares.size(); ++mask) {
        auto& chosen = all.emplace_back();
        for (std::size_t i = 0; i < shares.size(); ++i)
            if ((mask >> i & 1U) != 0) chosen.push_back(&shares[i]);
    }
    return all;
}

shamir::Share share(unsigned number, std::string_view hex) {
    const auto content = support::bytes(hex);
    return {static_cast<std::uint8_t>(number), support::must(SecretBytes::copy_of(ready(), content))};
}

std::string suffix(unsigned number) {
    const auto digits = std::to_string(number);
    return "." + std::string(3 - digits.size(), '0') + digits;
}

}  // namespace

TEST_CASE("every choice of enough shares gives the secret back, and every smaller one is refused") {
    const auto secret = support::pattern(32);
    for (unsigned total = 2; total <= 6; ++total)
        for (unsigned threshold = 2; threshold <= total; ++threshold) {
            const auto shares = got(shamir::split(ready(), secret, threshold, total));
            REQUIRE(shares.size() == total);
            for (const auto& chosen : subsets(shares)) {
                INFO(threshold << " of " << total << ", " << chosen.size() << " chosen");
                const auto joined = shamir::combine(ready(), chosen, threshold);
                if (chosen.size() < threshold)
                    CHECK(refusal(joined) == shamir::Error::TooFew);
                else
                    CHECK(got(shamir::combine(ready(), chosen, threshold)).equals(secret));
            }
        }
}

TEST_CASE("ten of ten and secrets of every length up to the longest come back, in any order of shares") {
    for (const std::size_t size : {1U, 2U, 31U, 32U, 33U, 74U, 1024U}) {
        const auto secret = support::pattern(size);
        auto shares = got(shamir::split(ready(), secret, 10, 10));
        std::reverse(shares.begin(), shares.end());
        CHECK(got(shamir::combine(ready(), shares, 10)).equals(secret));
    }
}

TEST_CASE("with one share too few each value of a byte is as possible as any other") {
    std::set<std::byte> possible;
    for (unsigned other = 0; other < 256; ++other) {
        std::vector<shamir::Share> both;
        both.push_back(share(1, "5a"));
        both.push_back({2, support::must(SecretBytes::copy_of(ready(), std::array{static_cast<std::byte>(other)}))});
        possible.insert(got(shamir::combine(ready(), both, 2)).view()[0]);
    }
    CHECK(possible.size() == 256);
}

TEST_CASE("the same secret splits anew each time, and one share of it takes every value") {
    const std::array secret{std::byte{0}};
    for (const unsigned threshold : {2U, 3U}) {
        std::set<std::byte> seen;
        for (int i = 0; i < 4000; ++i)
            seen.insert(got(shamir::split(ready(), secret, threshold, 3))[2].bytes.view()[0]);
        CHECK(seen.size() == 256);
    }
}

TEST_CASE("known shares of 3 in the field of libgfshare give the known secret") {
    std::vector<shamir::Share> shares;
    shares.push_back(share(1, "6c75332892e4fddd836a210fd8e9d107aa7e98825c2523b044843f110dac6799"));
    shares.push_back(share(2, "78329fa5263b10a357fd7a904cd94052ec3024e5c1b2e109cee529bcc9e43212"));
    shares.push_back(share(3, "7426ceeed0ba8b19bcfe31f4f85dff3a363fce14e9e2b4cef2186cd6b8352bf4"));
    shares.push_back(share(4, "5036e4af16c0e37ce12e684c65a61b86819298fbb067b11816ad9fa44aca036f"));
    shares.push_back(share(5, "5c22b5e4e04178c60a2d2328d122a4ee5b9d720a9837e4df2a50dace3b1b1a89"));
    for (const auto& chosen : subsets(shares)) {
        if (chosen.size() < 3) continue;
        CHECK(to_hex(got(shamir::combine(ready(), chosen, 3)).view()) ==
              "606162636465666768696a6b6c6d6e6f707172737475767778797a7b7c7d7e7f");
    }
}

TEST_CASE("enough shares give every other share of their set, and themselves") {
    const auto shares = got(shamir::split(ready(), support::pattern(32), 3, 6));
    const std::vector<const shamir::Share*> chosen{&shares[0], &shares[2], &shares[5]};
    for (const auto& share : shares)
        CHECK(got(shamir::value_at(ready(), chosen, 3, share.number)).equals(share.bytes.view()));
    CHECK(refusal(shamir::value_at(ready(), std::span(chosen).first(2), 3, 1)) == shamir::Error::TooFew);
}

TEST_CASE("a changed bit of any share gives another secret, and never an error that would say which") {
    const auto secret = support::pattern(32);
    auto shares = got(shamir::split(ready(), secret, 3, 3));
    for (auto& changed : shares)
        for (std::size_t i = 0; i < 32; ++i) {
            changed.bytes.writable()[i] ^= std::byte{0x10};
            CHECK_FALSE(got(shamir::combine(ready(), shares, 3)).equals(secret));
            changed.bytes.writable()[i] ^= std::byte{0x10};
        }
}

TEST_CASE("thresholds, totals and secrets out of range are refused") {
    const auto secret = support::pattern(32);
    for (const auto& [threshold, total] :
         {std::pair{0U, 3U}, {1U, 3U}, {3U, 2U}, {2U, 11U}, {11U, 11U}, {2U, 0U}, {4'294'967'295U, 3U}})
        CHECK(refusal(shamir::split(ready(), secret, threshold, total)) == shamir::Error::Range);
    CHECK(refusal(shamir::split(ready(), {}, 2, 3)) == shamir::Error::Range);
    CHECK(refusal(shamir::split(ready(), support::pattern(1025), 2, 3)) == shamir::Error::Range);
    const auto shares = got(shamir::split(ready(), secret, 2, 3));
    for (const unsigned threshold : {0U, 1U, 11U})
        CHECK(refusal(shamir::combine(ready(), shares, threshold)) == shamir::Error::Range);
}

TEST_CASE("shares that cannot belong together are refused, each for its reason") {
    const auto joined = [](std::vector<shamir::Share> shares) { return shamir::combine(ready(), shares, 2); };
    const auto list = [](auto... shares) {
        std::vector<shamir::Share> all;
        (all.push_back(std::move(shares)), ...);
        return all;
    };
    CHECK(refusal(joined({})) == shamir::Error::TooFew);
    CHECK(refusal(joined(list(share(1, "aa")))) == shamir::Error::TooFew);
    CHECK(refusal(joined(list(share(1, "aa"), share(1, "bb")))) == shamir::Error::Doubled);
    CHECK(refusal(joined(list(share(1, "aa"), share(2, "bb"), share(1, "aa")))) == shamir::Error::Doubled);
    CHECK(refusal(joined(list(share(1, "aa"), share(2, "bbcc")))) == shamir::Error::Length);
    CHECK(refusal(joined(list(share(1, "aa"), share(0, "bb")))) == shamir::Error::Range);
    CHECK(refusal(joined(list(share(1, ""), share(2, "")))) == shamir::Error::Range);
    CHECK(joined(list(share(1, "aa"), share(255, "bb"))));
}

TEST_CASE("gfcombine gives back what is split here", "[interop]") {
    support::need_programs({"gfcombine"});
    const test::Folder dir;
    std::size_t done = 0;
    for (const auto& [threshold, total] : {std::pair{2U, 2U}, {2U, 3U}, {3U, 5U}, {10U, 10U}}) {
        const auto secret = support::must(SecretBytes::random(ready(), 32 + done));
        const auto shares = got(shamir::split(ready(), secret.view(), threshold, total));
        std::string files;
        for (std::size_t i = total - threshold; i < total; ++i) {
            const auto file = dir / ("ours" + std::to_string(done) + suffix(shares[i].number));
            support::write(file, shares[i].bytes.view());
            files += " " + quoted(file);
        }
        const auto out = dir / ("joined" + std::to_string(done));
        REQUIRE(run("gfcombine -o " + quoted(out) + files) == 0);
        CHECK(secret.equals(support::read(out)));
        ++done;
    }
}

TEST_CASE("what gfsplit splits is given back here", "[interop]") {
    support::need_programs({"gfsplit"});
    for (const auto& [threshold, total] : {std::pair{2U, 3U}, {3U, 5U}, {7U, 10U}}) {
        const test::Folder dir;
        const auto secret = support::must(SecretBytes::random(ready(), 64));
        support::write(dir / "secret", secret.view());
        REQUIRE(run("gfsplit -m " + std::to_string(total) + " -n " + std::to_string(threshold) + " " +
                    quoted(dir / "secret") + " " + quoted(dir / "theirs")) == 0);
        std::vector<shamir::Share> shares;  // under numbers that it draws
        for (unsigned number = 1; number <= 255; ++number) {
            const auto file = dir / ("theirs" + suffix(number));
            if (!std::filesystem::exists(file)) continue;
            shares.push_back(
                {static_cast<std::uint8_t>(number), support::must(SecretBytes::copy_of(ready(), support::read(file)))});
        }
        REQUIRE(shares.size() == total);
        CHECK(got(shamir::combine(ready(), shares, threshold)).equals(secret.view()));
        shares.resize(threshold);
        CHECK(got(shamir::combine(ready(), shares, threshold)).equals(secret.view()));
    }
}
