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
        return open::open(support::ready(), file, people.identities).has_value() || verifies(file);
    }
    [[nodiscard]] bool verifies(ByteView file) const {
        return verify_sealed(support::ready(), file, sealed.file_key, sealed.stanzas).has_value();
    }
};

}  // namespace

TEST_CASE("every flipped bit of a sealed record is refused") {
    const Record record;
    REQUIRE(record.accepted(record.sealed.bytes));
    Bytes damaged = record.sealed.bytes;
    const std::size_t header_bits = (damaged.size() - 16400) * 8;  // with the nonce
    std::size_t accepted = 0;
    for (std::size_t bit = 0; bit < damaged.size() * 8; ++bit) {
        damaged[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
        // Identities are only asked where the header changed, and for a sample of the rest: it costs five times more.
        const bool taken = bit < header_bits || bit % 257 == 0 ? record.accepted(damaged) : record.verifies(damaged);
        if (taken) UNSCOPED_INFO("bit " << bit);
        accepted += taken ? 1U : 0U;
        damaged[bit / 8] ^= static_cast<std::byte>(1U << (bit % 8));
    }
    CHECK(accepted == 0);
    CHECK(damaged == record.sealed.bytes);
    std::printf("P3 flipped bits of a sealed record: %zu tried, %zu accepted\n", damaged.size() * 8, accepted);
}

TEST_CASE("every truncation of a sealed record is refused") {
    const Record record;
    const ByteView whole = record.sealed.bytes;
    const std::size_t header = whole.size() - 16400;
    std::size_t accepted = 0;
    for (std::size_t n = 0; n < whole.size(); ++n) {
        const bool taken =
            n < header + 32 || n % 37 == 0 ? record.accepted(whole.first(n)) : record.verifies(whole.first(n));
        if (taken) UNSCOPED_INFO("cut to " << n);
        accepted += taken ? 1U : 0U;
    }
    CHECK(accepted == 0);
    std::printf("P3 truncations of a sealed record: %zu tried, %zu accepted\n", whole.size(), accepted);
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
