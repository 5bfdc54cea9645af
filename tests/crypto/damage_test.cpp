// Sealed records that were flipped, cut, lengthened or reordered: none is ever accepted.
#include "crypto/age.hpp"
#include "crypto/random.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;

namespace {

struct Record {
    support::People people = support::people(3);
    Sealed sealed = must(seal_record(support::ready(), as_bytes("{\"answers\":[]}"), people.recipients));

    [[nodiscard]] bool accepted(ByteView file) const {
        const bool opens = open::open(support::ready(), file, people.identities).has_value();
        const bool verifies = verify_sealed(support::ready(), file, sealed.file_key, sealed.stanzas).has_value();
        return opens || verifies;
    }
};

}  // namespace

TEST_CASE("2,000 sampled bit flips of a sealed record are all refused") {
    const Record record;
    REQUIRE(record.accepted(record.sealed.bytes));
    const auto header_bits = static_cast<std::uint32_t>((record.sealed.bytes.size() - 16400) * 8);
    std::size_t accepted = 0;
    for (std::uint32_t i = 0; i < 2000; ++i) {
        // Half of them in the header and nonce, where the grammar is; half anywhere.
        const auto bit =
            i % 2 == 0 ? random_below(support::ready(), header_bits)
                       : random_below(support::ready(), static_cast<std::uint32_t>(record.sealed.bytes.size() * 8));
        Bytes damaged = record.sealed.bytes;
        damaged[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        if (record.accepted(damaged)) {
            UNSCOPED_INFO("bit " << bit);
            ++accepted;
        }
    }
    CHECK(accepted == 0);
}

TEST_CASE("every truncation in the header and 500 in the payload are refused") {
    const Record record;
    const std::size_t size = record.sealed.bytes.size();
    std::vector<std::size_t> cuts;
    for (std::size_t n = 0; n < size - 16400 + 32; ++n) cuts.push_back(n);
    for (int i = 0; i < 500; ++i) cuts.push_back(random_below(support::ready(), static_cast<std::uint32_t>(size)));
    for (const std::size_t n : cuts) {
        INFO(n);
        REQUIRE_FALSE(record.accepted(ByteView(record.sealed.bytes).first(n)));
    }
}

TEST_CASE("a byte put in anywhere in the header, or behind the end, is refused") {
    const Record record;
    const std::size_t header = record.sealed.bytes.size() - 16400;
    for (std::size_t at = 0; at <= header; ++at) {
        for (const char c : {'\n', ' ', 'A', '\r', '\0'}) {
            Bytes damaged = record.sealed.bytes;
            damaged.insert(damaged.begin() + static_cast<std::ptrdiff_t>(at), static_cast<std::byte>(c));
            INFO(at << " " << int{c});
            REQUIRE_FALSE(record.accepted(damaged));
        }
    }
    Bytes longer = record.sealed.bytes;
    longer.push_back({});
    CHECK_FALSE(record.accepted(longer));
}

TEST_CASE("chunks that were swapped, repeated or dropped are refused") {
    const auto one = support::people(1);
    const auto sealed = must(seal(support::ready(), support::pattern(3 * 65536), one.recipients));
    const auto payload = sealed.bytes.end() - 3 * 65552;
    const auto refused = [&](const Bytes& file) {
        CHECK_FAILS(open::open_bytes(support::ready(), file, open::Keys{one.identities}), Error::Payload);
        CHECK_FAILS(verify_sealed(support::ready(), file, sealed.file_key, 1), Error::Payload);
    };
    const auto start = payload - sealed.bytes.begin();
    Bytes swapped = sealed.bytes;
    std::swap_ranges(swapped.begin() + start, swapped.begin() + start + 65552, swapped.begin() + start + 65552);
    refused(swapped);
    Bytes repeated = sealed.bytes;
    repeated.insert(repeated.begin() + start, payload, payload + 65552);
    refused(repeated);
    Bytes dropped = sealed.bytes;
    dropped.erase(dropped.begin() + start, dropped.begin() + start + 65552);
    refused(dropped);
    refused(Bytes(sealed.bytes.begin(), payload + 2 * 65552));
    refused(Bytes(sealed.bytes.begin(), payload));
}

TEST_CASE("a header given to another payload is refused") {
    const auto one = support::people(1);
    const auto first = must(seal(support::ready(), as_bytes("one"), one.recipients));
    const auto second = must(seal(support::ready(), as_bytes("two"), one.recipients));
    Bytes mixed(first.bytes.begin(), first.bytes.end() - 35);
    mixed.insert(mixed.end(), second.bytes.end() - 35, second.bytes.end());
    CHECK_FAILS(open::open(support::ready(), mixed, one.identities), Error::Payload);
}
