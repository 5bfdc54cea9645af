// P9: what lies around the sealed records says how many there are, and nothing of when or how much anyone spoke.
#include <algorithm>
#include <cstdio>
#include <set>

#include "app/exchange/ustar.hpp"
#include "crypto/open/open.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;

namespace {

std::string id_of(std::size_t number) {
    auto hex = std::to_string(number);
    return std::string(32 - hex.size(), '0') + hex;
}

/// Sealed, sent as one batch, and looked at from outside.
void seal_and_look(std::size_t interviews) {
    const Deployment deployment;
    auto device = deployment.open();
    for (std::size_t i = 0; i < interviews; ++i) {
        const std::string json = "{\"words\":\"" + std::string(i % 100 * (i % 100) * 2, 'x') + "\"}";  // up to 20 KB
        REQUIRE(kiosk::seal(ready(), device, {id_of(i), 1, secret(json)}));
    }
    const auto sent =
        kiosk::send(ready(), device, deployment.to_outbox(), [](std::uint64_t, std::uint64_t) { return true; });
    REQUIRE(sent);
    CHECK(sent->records == interviews);

    // The carrier of the batch sees one opaque file.
    const auto batch = read(deployment.outbox() / sent->file);
    CHECK(sent->file.find("2026") == std::string::npos);
    for (std::size_t i = 0; i < interviews; i += 7) CHECK(batch.find(id_of(i)) == std::string::npos);

    // Whoever opens the outer layer without being a recipient of the records sees sizes and random names.
    const auto identities = deployment.coordinator();
    const auto inner = crypto::open::open(ready(), crypto::as_bytes(batch), std::span(identities));
    REQUIRE(inner);
    const auto archive = inner->view();
    const auto members = app::exchange::read_ustar(archive, {10'000, 1U << 28, 1U << 28});
    INFO((members ? "" : members.error().why.text()));
    REQUIRE(members);
    std::set<std::size_t> sizes;
    std::set<std::size_t> stanza_counts;
    std::vector<std::string> names;
    for (const auto& [name, bytes] : *members) {
        if (!name.starts_with("records/")) continue;
        const auto text = crypto::as_text(bytes);
        REQUIRE(text.starts_with("age-encryption.org/v1\n"));
        sizes.insert(bytes.size());
        stanza_counts.insert(stanzas(text));
        names.push_back(name);
        CHECK(name.find(id_of(names.size() - 1)) == std::string::npos);
    }
    CHECK(names.size() == interviews);
    CHECK(sizes.size() <= 5);
    CHECK(stanza_counts.size() == 1);
    for (std::size_t at = 0; at + 512 <= archive.size();) {
        const auto header = crypto::as_text(archive.subspan(at, 512));
        if (header.front() == '\0') break;
        CHECK(header.substr(136, 11) == "00000000000");  // mtime, POSIX.1 ustar
        const auto size = std::stoull(std::string(header.substr(124, 11)), nullptr, 8);
        at += 512 + (size + 511) / 512 * 512;
    }

    // Records do not lie in the order in which people spoke: here each said more than the one before.
    std::vector<std::string> in_order;
    for (const auto& [name, bytes] : *members) {
        if (!name.starts_with("records/")) continue;
        in_order.push_back(opened(deployment, bytes));
    }
    CHECK_FALSE(std::is_sorted(in_order.begin(), in_order.end(),
                               [](const auto& a, const auto& b) { return a.size() < b.size(); }));
    std::printf("P9 sealed interviews: %zu, %zu sizes, %zu stanza count, no times\n", interviews, sizes.size(),
                stanza_counts.size());
}

}  // namespace

TEST_CASE("A hundred interviews of any length give at most five sizes, one stanza count, no times and no order",
          "[proof]") {
    seal_and_look(100);
}

TEST_CASE("So do a thousand", "[.every]") {
    seal_and_look(1'000);
}
