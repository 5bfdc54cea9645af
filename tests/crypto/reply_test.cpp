// An answer is named, written and read by whoever has the secret of its batch, and by nobody else.
#include "crypto/reply.hpp"

#include "crypto/random.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;
using support::ready;

TEST_CASE("an answer gives back what was sealed, of any size, and the same answer is the same file") {
    const auto secret = random_bytes(ready(), return_secret_size);
    for (const std::size_t size : {0U, 1U, 4096U, 100'000U}) {
        const auto content = support::pattern(size);
        const auto sealed = must(seal_reply(ready(), secret, content));
        CHECK(sealed.size() == size + reply_overhead);
        CHECK(must(open_reply(ready(), secret, sealed)) == content);
        CHECK(must(seal_reply(ready(), secret, content)) == sealed);
    }
}

TEST_CASE("two answers under one secret share neither nonce nor anything behind it") {
    const auto secret = random_bytes(ready(), return_secret_size);
    auto content = support::pattern(64);
    const auto first = must(seal_reply(ready(), secret, content));
    content.back() ^= std::byte{1};
    const auto second = must(seal_reply(ready(), secret, content));
    CHECK_FALSE(std::equal(first.begin(), first.begin() + 24, second.begin()));
    CHECK_FALSE(std::equal(first.begin() + 24, first.begin() + 24 + 32, second.begin() + 24));
}

TEST_CASE("another secret opens nothing and gives another name, and no changed byte or cut passes") {
    const auto secret = random_bytes(ready(), return_secret_size);
    const auto other = random_bytes(ready(), return_secret_size);
    const auto name = must(reply_name(ready(), secret));
    CHECK(name.size() == 16);
    CHECK(name == must(reply_name(ready(), secret)));
    CHECK(name != must(reply_name(ready(), other)));
    const auto sealed = must(seal_reply(ready(), secret, support::pattern(40)));
    CHECK_FAILS(open_reply(ready(), other, sealed), Error::WrongSecret);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] ^= std::byte{1};
        CHECK_FALSE(open_reply(ready(), secret, changed));
        CHECK_FALSE(open_reply(ready(), secret, ByteView(sealed).first(i)));
    }
    auto longer = sealed;
    longer.push_back(std::byte{0});
    CHECK_FAILS(open_reply(ready(), secret, longer), Error::WrongSecret);
}

TEST_CASE("a secret of another length names, seals and opens nothing") {
    for (const std::size_t size : {0U, 31U, 33U}) {
        const Bytes secret(size);
        CHECK_FAILS(reply_name(ready(), secret), Error::Input);
        CHECK_FAILS(seal_reply(ready(), secret, {}), Error::Input);
        CHECK_FAILS(open_reply(ready(), secret, Bytes(reply_overhead)), Error::Input);
    }
}
