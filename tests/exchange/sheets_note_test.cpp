// What a programme remembers of its recovery sheets: only its own key says it, in one encoding.
#include "app/exchange/sheets_note.hpp"

#include <catch2/catch_all.hpp>

#include "crypto/open/identity.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

SheetsNote note_of(const test::Deployment& deployment, std::vector<std::uint8_t> read) {
    const auto identity = crypto::open::Identity::generate(ready());
    REQUIRE(identity);
    return {deployment_id(ready(), deployment.key.public_key()),
            identity->recipient(),
            {},
            2,
            3,
            std::move(read),
            *parse_day("2026-11-30")};
}

}  // namespace

TEST_CASE("a note of recovery sheets comes back as it was signed") {
    const test::Deployment deployment;
    for (const auto& read :
         {std::vector<std::uint8_t>{}, std::vector<std::uint8_t>{1, 3}, std::vector<std::uint8_t>{1, 2, 3}}) {
        const auto note = note_of(deployment, read);
        const auto file = sign_sheets_note(ready(), note, deployment.key);
        REQUIRE(file);
        const auto loaded = load_sheets_note(ready(), *file, deployment.key.public_key());
        REQUIRE(loaded);
        CHECK(loaded->recipient == note.recipient);
        CHECK(loaded->read == read);
        CHECK(loaded->proven() == !read.empty());
        CHECK(loaded->day == note.day);
    }
}

TEST_CASE("numbers that no set of sheets has are not signed") {
    const test::Deployment deployment;
    const auto wrong = [&](std::uint8_t needed, std::uint8_t sheets, std::vector<std::uint8_t> read) {
        auto note = note_of(deployment, std::move(read));
        note.needed = needed;
        note.sheets = sheets;
        CHECK_FALSE(sign_sheets_note(ready(), note, deployment.key));
    };
    wrong(1, 3, {});
    wrong(4, 3, {});
    wrong(2, 11, {});
    wrong(2, 3, {1});
    wrong(2, 3, {1, 1});
    wrong(2, 3, {2, 1});
    wrong(2, 3, {1, 4});
    wrong(2, 3, {0, 1});
}

TEST_CASE("every altered, cut or foreign note of recovery sheets is refused") {
    const test::Deployment deployment;
    const test::Deployment other;
    const auto file = sign_sheets_note(ready(), note_of(deployment, {1, 2}), deployment.key);
    REQUIRE(file);
    const auto key = deployment.key.public_key();
    for (std::size_t at = 0; at < file->size(); ++at) {
        auto changed = *file;
        changed[at] ^= std::byte{1};
        CHECK_FALSE(load_sheets_note(ready(), changed, key));
        CHECK_FALSE(load_sheets_note(ready(), crypto::ByteView(*file).first(at), key));
    }
    auto longer = *file;
    longer.push_back(std::byte{'\n'});
    CHECK_FALSE(load_sheets_note(ready(), longer, key));
    CHECK_FALSE(load_sheets_note(ready(), *file, other.key.public_key()));
    CHECK_FALSE(sign_sheets_note(ready(), note_of(deployment, {1, 2}), other.key));
}
