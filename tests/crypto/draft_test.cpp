// A draft opens with its key, its record and its revision, and with nothing else.
#include "crypto/draft.hpp"

#include "support.hpp"

using namespace crypto;
using support::must;

namespace {

const std::string record(32, 'a');

}  // namespace

TEST_CASE("a draft gives back what was sealed, of any size") {
    const auto key = must(SecretBytes::random(support::ready(), draft_key_size));
    for (const std::size_t size : {0U, 1U, 4096U, 100'000U}) {
        const auto content = support::pattern(size);
        const auto sealed = must(seal_draft(support::ready(), key, record, 7, content));
        CHECK(sealed.size() == size + draft_overhead);
        CHECK(must(open_draft(support::ready(), key, record, 7, sealed)).equals(content));
    }
}

TEST_CASE("the same draft sealed twice has nothing in common") {
    const auto key = must(SecretBytes::random(support::ready(), draft_key_size));
    const auto content = support::pattern(64);
    const auto first = must(seal_draft(support::ready(), key, record, 1, content));
    const auto second = must(seal_draft(support::ready(), key, record, 1, content));
    CHECK(ByteView(first).subspan(9).size() == ByteView(second).subspan(9).size());
    CHECK(Bytes(first.begin() + 9, first.end()) != Bytes(second.begin() + 9, second.end()));
}

TEST_CASE("another key, record or revision opens nothing, and no changed byte or cut passes") {
    const auto key = must(SecretBytes::random(support::ready(), draft_key_size));
    const auto other = must(SecretBytes::random(support::ready(), draft_key_size));
    const auto sealed = must(seal_draft(support::ready(), key, record, 2, support::pattern(40)));
    CHECK_FAILS(open_draft(support::ready(), other, record, 2, sealed), Error::WrongSecret);
    CHECK_FAILS(open_draft(support::ready(), key, std::string(32, 'b'), 2, sealed), Error::WrongSecret);
    CHECK_FAILS(open_draft(support::ready(), key, record, 1, sealed), Error::WrongSecret);
    for (std::size_t i = 0; i < sealed.size(); ++i) {
        auto changed = sealed;
        changed[i] ^= std::byte{1};
        CHECK_FALSE(open_draft(support::ready(), key, record, 2, changed));
        CHECK_FALSE(open_draft(support::ready(), key, record, 2, ByteView(sealed).first(i)));
    }
    auto longer = sealed;
    longer.push_back(std::byte{0});
    CHECK_FAILS(open_draft(support::ready(), key, record, 2, longer), Error::WrongSecret);
}

TEST_CASE("a key of another length is refused") {
    const auto key = must(SecretBytes::random(support::ready(), draft_key_size - 1));
    CHECK_FAILS(seal_draft(support::ready(), key, record, 1, {}), Error::Input);
    CHECK_FAILS(open_draft(support::ready(), key, record, 1, {}), Error::Input);
}
