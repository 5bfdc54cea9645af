// What every ledger has to do, whatever it keeps its rows in: each case runs on each of tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using app::casebook::Case;
using app::casebook::CaseOrder;
using app::casebook::CaseQuery;
using app::casebook::Error;
using app::casebook::Practice;
using test::eight;
using test::Outcome;
using test::Said;
using test::Scene;
using test::seven;

TEST_CASE("a ledger lists a record in the place of an earlier revision of the same device, and of no other's") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    CHECK_FALSE(*scene.ledger().listed(seven, Scene::name(1)));
    scene.list(seven, 1, {.danger = "some"});
    scene.list(eight, 1, {.danger = "strong"});
    const auto later = scene.list(seven, 1, {.revision = 2, .code = "hotel-radio-canal-100", .day = "2026-11-25"});
    const auto listed = scene.ledger().listed(seven, Scene::name(1));
    REQUIRE(*listed);
    CHECK((*listed)->sealed == later);
    CHECK((*listed)->revision == 2);
    CHECK((*listed)->case_code == "hotel-radio-canal-100");
    CHECK((*listed)->day == "2026-11-25");
    CHECK_FALSE((*listed)->withdrawn);
    CHECK_FALSE((*listed)->training);
    const auto cases = scene.cases();
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].device == eight);
    CHECK(cases[1].revision == 2);
}

TEST_CASE("a ledger gives the content of a case for its device, record and version together") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    scene.list(seven, 1, {.danger = "strong"});
    scene.list(eight, 1, {.danger = "some"});
    scene.hold(eight, 1, {.revision = 2});
    const auto cases = scene.cases();
    REQUIRE(cases.size() == 3);
    for (const auto& one : cases) {
        const auto json = scene.ledger().json(one.device, one.record, one.version);
        REQUIRE(json);
        CHECK(json->find(one.device) != std::string::npos);
        const auto other = one.device == seven ? eight : seven;
        CHECK(scene.ledger().json(other, one.record, one.version).error() == Error::NotFound);
        CHECK(scene.ledger().json(one.device, Scene::name(2), one.version).error() == Error::NotFound);
        CHECK(scene.ledger().json(one.device, one.record, std::string(64, '0')).error() == Error::NotFound);
        CHECK(scene.ledger().json(one.device, one.record, "").error() == Error::NotFound);
    }
}

TEST_CASE("a ledger lists held revisions beside their case, and says of a case that a withdrawal is held") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    scene.list(seven, 1, {.code = "radio-hotel-canal-482"});
    scene.list(eight, 1);
    const auto revision = scene.hold(seven, 1, {.revision = 2});
    REQUIRE(scene.ledger().mark(revision, {Outcome::RevisionHeld, "gap"}));
    const auto withdrawal = scene.hold(seven, 1, {.kind = "withdrawn", .revision = 3, .code = "hotel-radio-canal-100"});
    REQUIRE(scene.ledger().mark(withdrawal, {Outcome::WithdrawalHeld, "forked"}));
    auto cases = scene.cases({.device = seven});
    REQUIRE(cases.size() == 2);
    for (const auto& one : cases) {
        CHECK(one.withdrawal_held == one.doubt.empty());
        CHECK((one.doubt.empty() || one.doubt == "gap"));
    }
    CHECK_FALSE(scene.cases({.device = eight}).front().withdrawal_held);

    const auto held = scene.ledger().held();
    REQUIRE(held->size() == 2);
    CHECK((*held)[1].withdrawal);
    CHECK((*held)[1].case_code == "radio-hotel-canal-482");  // of the case, not what the order calls it
    CHECK((*held)[1].doubt == "forked");
    const auto order = scene.ledger().held_of(seven);
    REQUIRE(order->size() == 2);
    CHECK((*order)[0].sealed == withdrawal);  // the latest revision first
    CHECK(scene.ledger().held_of(eight)->empty());

    REQUIRE(scene.ledger().release(withdrawal));
    CHECK(scene.ledger().held()->size() == 1);
    CHECK_FALSE(*scene.ledger().held_json(withdrawal));
    CHECK(*scene.ledger().held_json(revision));
    for (const auto& one : scene.cases()) CHECK_FALSE(one.withdrawal_held);
}

TEST_CASE("a ledger finds what is held by device, record, kind and version, and nothing else") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const auto mine = scene.hold(seven, 1, {.revision = 2});
    scene.hold(eight, 1, {.revision = 2});
    scene.hold(seven, 1, {.revision = 3});
    const auto again = scene.hold(seven, 1, {.revision = 2});  // the same, brought by another batch
    const auto held = scene.ledger().held();
    REQUIRE(held->size() == 4);
    auto one = held->front();
    REQUIRE(one.device == seven);
    REQUIRE(one.revision == 2);
    const auto found = scene.ledger().held_as(one);
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].sealed == mine);
    CHECK((*found)[1].sealed == again);
    const auto digest = crypto::from_hex(one.version);
    crypto::Digest version{};
    std::copy(digest->begin(), digest->end(), version.begin());
    CHECK(*scene.ledger().is_held(seven, Scene::name(1), version));
    CHECK_FALSE(*scene.ledger().is_held(eight, Scene::name(1), version));
    CHECK_FALSE(*scene.ledger().is_held(seven, Scene::name(2), version));
    one.withdrawal = true;
    CHECK(scene.ledger().held_as(one)->empty());
    one.withdrawal = false;
    one.version = "no digest";
    CHECK(scene.ledger().held_as(one)->empty());
}

TEST_CASE("a ledger holds what is listed beside what takes its place, once") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const auto first = scene.list(seven, 1, {.danger = "strong"});
    REQUIRE(scene.ledger().hold_listed(first));
    REQUIRE(scene.ledger().hold_listed(first));
    scene.list(seven, 1, {.revision = 1});
    CHECK(scene.ledger().held()->size() == 1);
    const auto cases = scene.cases();
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].key == first);
    CHECK(cases[0].readings[0].level == app::casebook::engine::Level::Strong);
}

TEST_CASE("a ledger empties what was sealed of a record but the order, and lets nothing of it wait") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const auto first = scene.list(seven, 1);  // each is kept under the name of its place
    scene.hold(seven, 1, {.revision = 2});
    scene.list(eight, 1);
    const auto other = scene.list(seven, 2);
    const auto order = scene.list(seven, 1, {.kind = "withdrawn", .revision = 3});
    REQUIRE(scene.ledger().empty_record(seven, Scene::name(1), order));
    CHECK(scene.ledger().original(seven, Scene::name(1)).error() == Error::NotFound);
    CHECK(scene.ledger().original(seven, Scene::name(2)).error() == Error::NotFound);
    CHECK(scene.ledger().original(eight, Scene::name(3)));
    CHECK(scene.ledger().original(seven, Scene::name(4)));
    CHECK(scene.ledger().original(seven, Scene::name(5)));
    CHECK(scene.ledger().held()->empty());
    CHECK((*scene.ledger().fate(first))->outcome == Outcome::WasWithdrawn);
    CHECK_FALSE(*scene.ledger().fate(order));
    REQUIRE(scene.ledger().empty(other));
    CHECK(scene.ledger().original(seven, Scene::name(4)).error() == Error::NotFound);
    CHECK((*scene.ledger().fate(other))->outcome == Outcome::Erased);
}

TEST_CASE("a ledger knows a sealed record by its device and bytes, also when it was emptied") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    const auto sealed = scene.keep(seven);
    const auto digest = crypto::sha256(test::ready(), crypto::as_bytes("sealed 1"));
    CHECK_FALSE(*scene.ledger().fate(sealed));
    REQUIRE(*scene.ledger().kept_as(seven, digest));
    CHECK((*scene.ledger().kept_as(seven, digest))->sealed == sealed);
    CHECK_FALSE(*scene.ledger().kept_as(eight, digest));
    CHECK(scene.ledger().original(eight, Scene::name(1)).error() == Error::NotFound);
    REQUIRE(scene.ledger().mark(sealed, {Outcome::Malformed, "why"}));
    CHECK((*scene.ledger().fate(sealed))->why == "why");
    REQUIRE(scene.ledger().empty(sealed));
    CHECK(*scene.ledger().kept_as(seven, digest));
}

TEST_CASE("a ledger answers every query as a look at each case does, and pages make up the whole list") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    std::mt19937 random(9);
    const auto one_of = [&](const std::vector<std::string>& words) { return words[random() % words.size()]; };
    const std::vector<std::string> levels{"none-reported", "some", "strong"};
    for (unsigned i = 1; i <= 60; ++i) {
        const Said said{.kind = one_of({"final", "partial", "withdrawn"}),
                        .danger = one_of(levels),
                        .harm = one_of(levels),
                        .risk = one_of(levels),
                        .code = one_of({"radio-hotel-canal-482", "hotel-radio-canal-100"}),
                        .day = one_of({"2026-11-20", "2026-11-24"}),
                        .training = random() % 5 == 0};
        scene.list(i % 2 == 0 ? seven : eight, i / 2, said);
        if (i % 3 == 0) scene.hold(seven, i / 2, {.revision = 2, .danger = one_of(levels)});
    }
    const auto whole = scene.cases();
    REQUIRE(whole.size() == 80);
    for (CaseQuery query : {CaseQuery{}, CaseQuery{.practice = Practice::Included},
                            CaseQuery{.danger = app::casebook::engine::Level::Some, .device = seven},
                            CaseQuery{.last_day = "2026-11-20", .state = app::casebook::Kind::Partial},
                            CaseQuery{.name = "hotel-radio-canal-100", .order = CaseOrder::Newest},
                            CaseQuery{.worst = app::casebook::engine::Level::Strong, .order = CaseOrder::Code}}) {
        std::vector<Case> wanted;
        for (const auto& one : whole)
            if (test::passes(query, one)) wanted.push_back(one);
        std::sort(wanted.begin(), wanted.end(), test::comparison(query.order));
        CHECK(test::texts_of(scene.cases(query)) == test::texts_of(wanted));
        query.most = 7;
        query.counted = true;
        std::vector<Case> together;
        for (bool more = true; more;) {
            const auto page = scene.ledger().cases(query);
            REQUIRE(page);
            CHECK(page->total == wanted.size());
            together.insert(together.end(), page->cases.begin(), page->cases.end());
            more = page->more;
            if (more) query.after = together.back();
        }
        CHECK(test::texts_of(together) == test::texts_of(wanted));
    }
}

TEST_CASE("a ledger gives what waits to be opened as it came, and of one batch what no identity opened") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& ledger = scene.ledger();
    const auto fresh = scene.keep(seven);
    const auto closed = scene.keep(seven);
    const auto opened = scene.keep(eight);
    REQUIRE(ledger.mark(closed, {Outcome::NotForUs, "no identity fits"}));
    REQUIRE(ledger.mark(opened, {Outcome::New, ""}));
    const auto numbers = [](const auto& kept) {
        std::vector<std::int64_t> all;
        for (const auto& one : *kept) all.push_back(one.sealed);
        return all;
    };
    const auto batch = (*ledger.sealed(closed))->batch;
    CHECK(numbers(ledger.waiting(0)) == std::vector<std::int64_t>{fresh});
    CHECK(numbers(ledger.waiting(batch)) == std::vector<std::int64_t>{fresh, closed});
    CHECK(*ledger.waits(fresh));
    CHECK(*ledger.waits(closed));
    CHECK_FALSE(*ledger.waits(opened));
    const auto sealed = *ledger.sealed(opened);
    REQUIRE(sealed);
    CHECK(sealed->device == eight);
    CHECK(crypto::as_text(sealed->bytes) == "sealed 3");
    CHECK_FALSE(*ledger.sealed(opened + 100));
    const auto unlisted = *ledger.unlisted();
    REQUIRE(unlisted.size() == 1);
    CHECK(unlisted[0].name == Scene::name(2));
    CHECK(unlisted[0].device == seven);
    CHECK(unlisted[0].outcome == Outcome::NotForUs);
    CHECK(unlisted[0].detail == "no identity fits");
}

TEST_CASE("a ledger tells what became of a sealed record under the code of its case") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& ledger = scene.ledger();
    const auto first = scene.list(seven, 1, {.kind = "partial", .code = "radio-hotel-canal-482"});
    CHECK_FALSE(*ledger.told(first));
    REQUIRE(ledger.mark(first, {Outcome::New, ""}));
    auto told = *ledger.told(first);
    REQUIRE(told);
    CHECK(told->name == Scene::name(1));
    CHECK(told->fate.outcome == Outcome::New);
    CHECK(told->case_code == "radio-hotel-canal-482");
    CHECK(told->interrupted);
    const auto revision = scene.hold(seven, 1, {.revision = 2, .code = "hotel-radio-canal-100"});
    REQUIRE(ledger.mark(revision, {Outcome::RevisionHeld, "gap"}));
    CHECK((*ledger.told(revision))->case_code == "hotel-radio-canal-100");
    CHECK((*ledger.told(revision))->fate.why == "gap");
    CHECK_FALSE((*ledger.told(revision))->interrupted);
    const auto order = scene.hold(seven, 1, {.kind = "withdrawn", .revision = 3, .code = "hotel-radio-canal-100"});
    REQUIRE(ledger.mark(order, {Outcome::WithdrawalHeld, "gap"}));
    CHECK((*ledger.told(order))->case_code == "radio-hotel-canal-482");  // of the case that it would end
    scene.list(seven, 1, {.revision = 4});
    CHECK((*ledger.told(first))->case_code.empty());  // in no list
    CHECK_FALSE((*ledger.told(first))->interrupted);
}

TEST_CASE("a ledger knows what else is kept of a record, and which batches brought it") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& ledger = scene.ledger();
    const auto first = scene.list(seven, 1);
    scene.list(eight, 1);
    CHECK_FALSE(*ledger.has_other(seven, Scene::name(1), first));
    const auto batch = (*ledger.sealed(first))->batch;
    CHECK(*ledger.next_batch(seven, Scene::name(1), 0) == batch);
    CHECK_FALSE(*ledger.next_batch(seven, Scene::name(1), batch));
    const auto later = scene.arrive(seven, 1, 2);
    scene.come_with(later);
    const auto second = scene.hold(seven, 1, {.revision = 2});
    REQUIRE(ledger.empty(second));
    CHECK(*ledger.has_other(seven, Scene::name(1), first));
    CHECK(*ledger.next_batch(seven, Scene::name(1), batch) == later);
    CHECK_FALSE(*ledger.next_batch(seven, Scene::name(2), 0));
}
