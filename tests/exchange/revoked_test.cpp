// revoked.txt: exactly one encoding, and every other refused with its reason.
#include <catch2/catch_all.hpp>

#include "app/exchange/bundle_parts.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

const std::string first_number = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";
const std::string second_number(32, '1');
const std::string third_number = std::string(31, 'f') + "0";

/// Why the text is refused.
std::string why_refused(const std::string& text) {
    const auto parsed = parse_revoked(bytes(text));
    return parsed ? "taken" : parsed.error().why.text();
}

std::string rising_numbers(std::size_t count) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) {
        auto digits = std::to_string(i);
        text += std::string(32 - digits.size(), '0') + digits + "\n";
    }
    return text;
}

}  // namespace

TEST_CASE("what is written of revoked devices is read as the same, up to the most there may be") {
    const std::vector<std::string> all{first_number, second_number, third_number};
    CHECK(revoked_text(all) == first_number + "\n" + second_number + "\n" + third_number + "\n");
    CHECK(parse_revoked(bytes(revoked_text(all))) == all);
    const auto most = parse_revoked(bytes(rising_numbers(bundle_most_revoked)));
    REQUIRE(most);
    CHECK(most->size() == bundle_most_revoked);
    CHECK(revoked_text(*most) == rising_numbers(bundle_most_revoked));
}

TEST_CASE("every other form of revoked.txt is refused, and the line is named") {
    CHECK(why_refused("") == "revoked_empty");
    CHECK(why_refused(first_number) == "revoked_form: 1");
    CHECK(why_refused(first_number + "\n" + second_number) == "revoked_form: 2");
    CHECK(why_refused(first_number + "\r\n") == "revoked_form: 1");
    CHECK(why_refused(first_number + "\n\n") == "revoked_form: 2");
    CHECK(why_refused("\n" + first_number + "\n") == "revoked_form: 1");
    CHECK(why_refused(" " + first_number + "\n") == "revoked_form: 1");
    CHECK(why_refused(first_number + " \n") == "revoked_form: 1");
    CHECK(why_refused("\xEF\xBB\xBF" + first_number + "\n") == "revoked_form: 1");
    CHECK(why_refused("# lost\n" + first_number + "\n") == "revoked_form: 1");
    CHECK(why_refused(first_number.substr(1) + "\n") == "revoked_form: 1");
    CHECK(why_refused(first_number + "0\n") == "revoked_form: 1");
    CHECK(why_refused(std::string(5000, '1')) == "revoked_form: 1");
    CHECK(why_refused(first_number + "\n" + std::string(31, 'A') + "1\n") == "revoked_form: 2");
    CHECK(why_refused("0A1b2c3d4e5f60718293a4b5c6d7e8f9\n") == "revoked_form: 1");
    CHECK(why_refused(std::string(31, '1') + std::string(1, '\0') + "\n") == "revoked_form: 1");
    CHECK(why_refused(first_number + "\n" + std::string(1, '\0')) == "revoked_form: 2");
    CHECK(why_refused(first_number + "\n" + first_number + "\n") == "revoked_twice: 2");
    CHECK(why_refused(first_number + "\n" + second_number + "\n" + first_number + "\n") == "revoked_unsorted: 3");
    CHECK(why_refused(second_number + "\n" + first_number + "\n") == "revoked_unsorted: 2");
    CHECK(why_refused(rising_numbers(bundle_most_revoked + 1)) == "revoked_count");
}

TEST_CASE("a bundle says whom it revokes, and one that revokes nobody has no such member") {
    const test::Deployment deployment;
    auto contents = deployment.bundle(3);
    contents.revoked = {first_number, second_number};
    const auto archive = build_bundle(ready(), contents, deployment.key);
    REQUIRE(archive);
    const auto loaded = load_bundle(ready(), *archive, {deployment.key.public_key()});
    REQUIRE(loaded);
    CHECK(loaded->revoked == contents.revoked);
    CHECK(loaded->revokes(first_number));
    CHECK_FALSE(loaded->revokes(third_number));
    CHECK(bundle_files(*archive)->count("revoked.txt") == 1);
    contents.revoked.clear();
    const auto without = build_bundle(ready(), contents, deployment.key);
    REQUIRE(without);
    CHECK(bundle_files(*without)->count("revoked.txt") == 0);
    CHECK(load_bundle(ready(), *without, {deployment.key.public_key()})->revoked.empty());
}

TEST_CASE("no bundle is signed whose list of revoked devices a kiosk would refuse") {
    const test::Deployment deployment;
    for (const auto& wrong :
         {std::vector<std::string>{second_number, first_number}, {first_number, first_number}, {"0a1b"}}) {
        auto contents = deployment.bundle(3);
        contents.revoked = wrong;
        CHECK_FALSE(preview_bundle(ready(), contents));
        CHECK_FALSE(build_bundle(ready(), contents, deployment.key));
    }
    for (const bool named : {false, true}) {
        auto contents = deployment.bundle(3);
        if (named) contents.revoked = {first_number};
        contents.files.emplace("revoked.txt", bytes(first_number + "\n"));
        const auto built = build_bundle(ready(), contents, deployment.key);
        REQUIRE_FALSE(built);
        CHECK(built.error().why.reason == Reason::MadeHere);
    }
}
