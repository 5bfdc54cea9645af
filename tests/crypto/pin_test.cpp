#include "crypto/pin.hpp"

#include "support.hpp"

using namespace crypto;
using support::must;
using support::secret;

namespace {
constexpr ArgonCost quick{1024, 1};
}

TEST_CASE("the right PIN passes and every other one does not") {
    const auto verifier = must(make_pin_verifier(support::ready(), secret("135790"), quick));
    CHECK(verifier.size() == pin_verifier_size);
    must(check_pin(support::ready(), verifier, secret("135790")));
    for (const auto* wrong : {"135791", "135790 ", "13579", "0135790", "", "abcdef"}) {
        INFO(wrong);
        CHECK_FAILS(check_pin(support::ready(), verifier, secret(wrong)), Error::WrongSecret);
    }
}

TEST_CASE("the same PIN gives another verifier each time") {
    CHECK(must(make_pin_verifier(support::ready(), secret("135790"), quick)) !=
          must(make_pin_verifier(support::ready(), secret("135790"), quick)));
}

TEST_CASE("a PIN has six to twelve digits") {
    for (const auto* bad : {"", "12345", "1234567890123", "12345a", "12345\n", " 123456"}) {
        INFO(bad);
        CHECK_FALSE(valid_pin(as_bytes(bad)));
        CHECK_FAILS(make_pin_verifier(support::ready(), secret(bad), quick), Error::Input);
    }
    CHECK(valid_pin(as_bytes("123456")));
    CHECK(valid_pin(as_bytes("123456789012")));
}

TEST_CASE("a damaged verifier lets nobody in") {
    const auto verifier = must(make_pin_verifier(support::ready(), secret("135790"), quick));
    for (std::size_t n = 0; n < verifier.size(); ++n)
        CHECK_FAILS(check_pin(support::ready(), ByteView(verifier).first(n), secret("135790")), Error::Malformed);
    for (std::size_t i = 0; i < verifier.size(); ++i) {
        auto damaged = verifier;
        damaged[i] ^= std::byte{1};
        CHECK_FALSE(check_pin(support::ready(), damaged, secret("135790")));
    }
    auto longer = verifier;
    longer.push_back({});
    CHECK_FAILS(check_pin(support::ready(), longer, secret("135790")), Error::Malformed);
}

TEST_CASE("a hash cost outside its range is refused") {
    for (const ArgonCost cost : {ArgonCost{7, 1}, ArgonCost{argon_cap_kib + 1, 1}, ArgonCost{8, 0}, ArgonCost{8, 17}})
        CHECK_FAILS(make_pin_verifier(support::ready(), secret("135790"), cost), Error::WorkFactor);
}

TEST_CASE("calibration stays between the floor and the cap and follows the clock") {
    const auto with_clock = [](std::chrono::milliseconds step) {
        auto time = std::make_shared<std::chrono::nanoseconds>(0);
        return must(calibrate(support::ready(), std::chrono::milliseconds(1000), [time, step] {
            *time += step;
            return *time;
        }));
    };
    CHECK(with_clock(std::chrono::milliseconds(5000)) == argon_floor);
    CHECK(with_clock(std::chrono::milliseconds(400)) == ArgonCost{131072, 3});
    CHECK(with_clock(std::chrono::milliseconds(1)) == ArgonCost{argon_cap_kib, 3});
}
