// The signed list: one encoding.
#include "app/exchange/manifest.hpp"

#include <catch2/catch_all.hpp>

#include "crypto/hash.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;

namespace {

ManifestLine line(std::string_view content, std::string name) {
    return {crypto::sha256(test::ready(), bytes(content)), std::move(name)};
}

}  // namespace

TEST_CASE("a manifest is sorted and comes back as it was written") {
    const auto text = manifest_text("title 1", {line("a", "x/1"), line("b", "x/2"), line("c", "x/3")});
    const auto lines = parse_manifest(bytes(text), "title 1", 3);
    REQUIRE(lines);
    CHECK(lines->size() == 3);
    CHECK(manifest_text("title 1", *lines) == text);
    CHECK((*lines)[0].sha256 < (*lines)[1].sha256);
}

TEST_CASE("a manifest without lines is a manifest") {
    CHECK(parse_manifest(bytes("title 1\n"), "title 1", 3)->empty());
}

TEST_CASE("manifests that differ in one detail are refused") {
    const auto good = manifest_text("title 1", {line("a", "x/1"), line("b", "x/2")});
    const auto first = good.substr(8, good.find('\n', 8) - 7);
    const auto second = good.substr(8 + first.size());
    const auto replaced = [](std::string text, std::string_view from, std::string_view to) {
        return text.replace(text.find(from), from.size(), to);
    };
    auto upper = good;
    upper[8] = 'A';
    auto short_digest = good;
    short_digest.erase(8, 1);
    const std::pair<const char*, std::string> bad[] = {
        {"empty", ""},
        {"other title", replaced(good, "title 1", "title 2")},
        {"title not ended", "title 1"},
        {"unsorted", "title 1\n" + second + first},
        {"line twice", "title 1\n" + first + first},
        {"last line not ended", good.substr(0, good.size() - 1)},
        {"carriage returns", replaced(good, "\n", "\r\n")},
        {"empty line", good + "\n"},
        {"one space", replaced(good, "  x", " x")},
        {"binary mark", replaced(good, "  x", " *x")},
        {"three spaces", replaced(good, "  x", "   x")},
        {"upper-case digest", upper},
        {"short digest", short_digest},
        {"no name", replaced(good, "x/1", "")},
        {"unsafe name", replaced(good, "x/1", "../1")},
        {"absolute name", replaced(good, "x/1", "/x1")},
        {"trailing space", replaced(good, "x/1", "x/1 ")},
        {"NUL", replaced(good, "x/1", std::string_view("x\0", 2))},
    };
    for (const auto& [defect, text] : bad) {
        INFO(defect);
        const auto parsed = parse_manifest(bytes(text), "title 1", 10);
        REQUIRE_FALSE(parsed);
        CHECK(parsed.error().error == Error::Manifest);
    }
}

TEST_CASE("a name stands in a manifest once even under two digests") {
    const auto text = manifest_text("title 1", {line("a", "x/1"), line("b", "x/1")});
    CHECK_FALSE(parse_manifest(bytes(text), "title 1", 10));
}

TEST_CASE("a manifest has at most as many lines as the reader allows") {
    const auto text = manifest_text("title 1", {line("a", "x/1"), line("b", "x/2")});
    const auto parsed = parse_manifest(bytes(text), "title 1", 1);
    REQUIRE_FALSE(parsed);
    CHECK(parsed.error().error == Error::TooLarge);
}
