// What everybody has to do who erases: each case runs on each of tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using app::casebook::Erased;
using app::casebook::ErasedFor;
using test::eight;
using test::Outcome;
using test::Scene;
using test::seven;

namespace {

constexpr auto code = "radio-hotel-canal-482";
constexpr auto other_code = "hotel-radio-canal-100";

Erased note(const std::string& device, unsigned number, const std::string& day, const std::string& of = code) {
    return {device, Scene::name(number), of, day, ErasedFor::Request, "asked", "somebody"};
}

}  // namespace

TEST_CASE("what can be erased is named after what is listed, else what is held, else what was noted") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    scene.keep(seven);  // of nothing that is known
    scene.list(seven, 1, {.code = code, .day = "2026-11-20"});
    scene.hold(seven, 1, {.revision = 2, .code = other_code, .day = "2026-11-22"});
    scene.hold(eight, 1, {.code = other_code, .day = "2026-11-21"});
    scene.hold(eight, 1, {.revision = 2, .code = code, .day = "2026-11-25"});
    scene.list(seven, 2, {.kind = "withdrawn", .code = other_code});
    const auto gone = scene.list(seven, 3);
    REQUIRE(scene.erasures().erase(seven, Scene::name(3)));
    REQUIRE(scene.erasures().note(note(seven, 3, "2026-11-24", other_code), false));
    CHECK((*scene.ledger().fate(gone))->outcome == Outcome::Erased);

    const auto all = *scene.erasures().kept();
    REQUIRE(all.size() == 4);  // by device and record
    CHECK(all[0].device == seven);
    CHECK(all[0].record == Scene::name(1));
    CHECK(all[0].case_code == code);
    CHECK(all[0].day == "2026-11-20");
    CHECK(all[0].form == "first-contact");
    CHECK(all[0].sealed == 2);
    CHECK(all[0].held == 1);
    CHECK_FALSE(all[0].withdrawn);
    CHECK_FALSE(all[0].erased);
    CHECK(all[1].withdrawn);
    CHECK(all[2].erased);
    CHECK(all[2].sealed == 0);
    CHECK(all[2].case_code == other_code);
    CHECK(all[2].day.empty());
    CHECK(all[3].device == eight);
    CHECK(all[3].case_code == other_code);
    CHECK(all[3].day == "2026-11-21");
    CHECK(all[3].held == 2);
    const auto held = *scene.erasures().held(eight, Scene::name(1));
    REQUIRE(held.size() == 2);
    CHECK(held[0].case_code != held[1].case_code);
    CHECK(scene.erasures().held(seven, Scene::name(2))->empty());
}

TEST_CASE("an erased record is in no list and has no bytes, also where another device brought the same as no record") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& ledger = scene.ledger();
    const auto mine = scene.list(seven, 1);
    scene.hold(seven, 1, {.revision = 2});
    scene.list(eight, 1);
    scene.list(seven, 2);
    REQUIRE(scene.batches().note(eight, false));
    const auto digests = *scene.erasures().digests(seven, Scene::name(1));
    REQUIRE(digests.size() == 2);
    const auto copy = ledger.keep({1, Scene::name(90), eight, digests.front(), crypto::as_bytes("the same")});
    CHECK_FALSE(*scene.erasures().same_was_erased(*copy));
    REQUIRE(scene.erasures().erase(seven, Scene::name(1)));
    CHECK((*ledger.sealed(mine))->bytes.empty());
    CHECK((*ledger.sealed(*copy))->bytes.empty());
    CHECK((*ledger.fate(*copy))->outcome == Outcome::Erased);
    CHECK_FALSE(*ledger.listed(seven, Scene::name(1)));
    CHECK(ledger.held()->empty());
    CHECK(*ledger.listed(eight, Scene::name(1)));
    CHECK(*ledger.listed(seven, Scene::name(2)));
    CHECK(ledger.original(eight, Scene::name(3)));
    CHECK(*scene.erasures().same_was_erased(*copy));
    CHECK(scene.erasures().digests(seven, Scene::name(1))->size() == 2);  // they stay known
}

TEST_CASE("of bytes that were erased as no record of who brought them nothing follows for others") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const auto text = crypto::as_bytes("the same");
    const auto digest = crypto::sha256(test::ready(), text);
    const auto stray = scene.ledger().keep({1, Scene::name(90), seven, digest, text});
    REQUIRE(scene.ledger().empty(*stray));
    const auto copy = scene.ledger().keep({1, Scene::name(91), eight, digest, text});
    CHECK_FALSE(*scene.erasures().same_was_erased(*copy));
}

TEST_CASE("strays are what is kept sealed and neither listed nor held, as they came") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    scene.list(seven, 1);
    const auto first = scene.keep(seven);
    scene.hold(eight, 2);
    const auto second = scene.keep(eight);
    const auto emptied = scene.keep(seven);
    REQUIRE(scene.ledger().empty(emptied));
    std::vector<std::int64_t> seen;
    REQUIRE(scene.erasures().each_stray(
        [&](const app::casebook::Stray& stray, crypto::ByteView sealed) -> app::casebook::Result<void> {
            seen.push_back(stray.key);
            CHECK(stray.device == (stray.key == first ? seven : eight));
            CHECK_FALSE(stray.name.empty());
            CHECK_FALSE(sealed.empty());
            return {};
        }));
    CHECK(seen == std::vector<std::int64_t>{first, second});
    const auto fails = [](const app::casebook::Stray&, crypto::ByteView) -> app::casebook::Result<void> {
        return tl::unexpected(app::casebook::Error::Memory);
    };
    CHECK(scene.erasures().each_stray(fails).error() == app::casebook::Error::Memory);
}

TEST_CASE("what was erased is noted once, and what still comes of a whole visit goes under its note") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& erasures = scene.erasures();
    REQUIRE(erasures.note(note(seven, 1, "2026-11-20"), false));
    CHECK(*erasures.was_erased(seven, Scene::name(1)));
    CHECK_FALSE(*erasures.was_erased(eight, Scene::name(1)));
    CHECK_FALSE(*erasures.visit_was_erased(seven, code));
    REQUIRE(erasures.note_with_visit(seven, Scene::name(2), code));
    CHECK_FALSE(*erasures.was_erased(seven, Scene::name(2)));  // there is no such visit

    auto again = note(seven, 1, "2026-11-25");
    again.by = "somebody else";
    REQUIRE(erasures.note(again, true));
    CHECK(*erasures.visit_was_erased(seven, code));
    CHECK_FALSE(*erasures.visit_was_erased(eight, code));
    CHECK_FALSE(*erasures.visit_was_erased(seven, other_code));
    REQUIRE(erasures.note_with_visit(seven, Scene::name(2), code));
    REQUIRE(erasures.note_with_visit(seven, Scene::name(2), code));
    REQUIRE(erasures.note(note(eight, 5, "2026-11-24", other_code), false));
    const auto all = *erasures.erased();
    REQUIRE(all.size() == 3);  // the latest first
    CHECK(all[0].device == eight);
    CHECK_FALSE(all[0].whole_visit);
    CHECK(all[1].record == Scene::name(2));
    CHECK(all[2].record == Scene::name(1));
    for (const auto& one : {all[1], all[2]}) {
        CHECK(one.whole_visit);
        CHECK(one.day == "2026-11-20");
        CHECK(one.by == "somebody");
        CHECK(one.case_code == code);
        CHECK(one.reason == "asked");
        CHECK(one.cause == ErasedFor::Request);
    }
}

TEST_CASE("a ledger tells of an erased record the code that was noted") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const auto sealed = scene.list(seven, 1);
    REQUIRE(scene.erasures().erase(seven, Scene::name(1)));
    CHECK((*scene.ledger().told(sealed))->case_code.empty());
    REQUIRE(scene.erasures().note(note(seven, 1, "2026-11-20", other_code), false));
    CHECK((*scene.ledger().told(sealed))->case_code == other_code);
}
