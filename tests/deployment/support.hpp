// What the tests of the coordinators' steps share.
#pragma once

#include <catch2/catch_all.hpp>

#include "app/deployment/recovery_shares.hpp"
#include "crypto/share.hpp"

namespace test {

inline crypto::SodiumReady ready() {
    static const auto made = crypto::SodiumReady::init();
    REQUIRE(made);
    return *made;
}

template <class T, class E>
T must(tl::expected<T, E> result) {
    if (!result) FAIL("unexpected failure");
    return std::move(*result);
}

inline const std::string programme = "de7cdbde3e6c2ebc";

inline std::vector<crypto::PaperShare> shares_of(const crypto::open::Identity& identity, unsigned threshold,
                                                 unsigned total, const std::string& of = programme) {
    return must(app::deployment::make_shares(ready(), identity, threshold, total, of));
}

inline std::string words_of(const crypto::PaperShare& share) {
    return std::string(crypto::as_text(must(crypto::share_words(ready(), share)).view()));
}

}  // namespace test
