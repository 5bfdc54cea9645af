// The list of cases is a question to the database: in order, by pages, through filters, and without reading everything.
#include "app/casebook/sqlcipher/listing.hpp"
#include "tests/casebook/listing_support.hpp"

using app::casebook::Case;
using app::casebook::CaseOrder;
using app::casebook::CaseQuery;
using app::casebook::Practice;
using questionnaires::engine::Level;
using test::all_of;
using test::Deployment;
using test::texts_of;

namespace {

/// How SQLite would answer a page.
std::string plan_of(Deployment& deployment, const CaseQuery& query, bool count = false) {
    std::string plan;
    {
        auto database = test::database_of(deployment);
        const auto asked =
            count ? app::casebook::sqlcipher::count_question(query) : app::casebook::sqlcipher::page_question(query);
        REQUIRE(database.each(
            "EXPLAIN QUERY PLAN " + asked.sql, [&](app::database::Row row) { plan.append(row.text(3)).append("\n"); },
            std::span<const app::database::Value>(asked.values)));
    }
    REQUIRE(deployment.open());
    return plan;
}

bool says(const std::string& plan, std::string_view what) {
    return plan.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("the database puts cases in the same order as a comparison of each with each, in every order") {
    Deployment deployment;
    const unsigned seed = GENERATE(1U, 2U, 3U);
    CAPTURE(seed);
    test::fill_at_random(deployment, seed);
    auto kiosk = deployment.kiosk(9);
    kiosk.add(900);
    kiosk.add(901, {.kind = "withdrawn"});
    deployment.import(kiosk);
    test::make_unreadable(deployment, "record", 900);
    test::make_unreadable(deployment, "record", 901);
    for (const auto order : {CaseOrder::Urgency, CaseOrder::Newest, CaseOrder::Code}) {
        const auto listed = all_of(deployment, {.practice = Practice::Included, .order = order});
        REQUIRE(listed.size() > 120);
        auto sorted = listed;
        std::shuffle(sorted.begin(), sorted.end(), std::mt19937(seed));
        std::sort(sorted.begin(), sorted.end(), test::comparison(order));
        CHECK(texts_of(listed) == texts_of(sorted));
    }
}

TEST_CASE("pages, one after the other, are the whole list, in every order and for every size") {
    Deployment deployment;
    test::fill_at_random(deployment, 4);
    CaseQuery query{.practice = Practice::Included};
    query.order = GENERATE(CaseOrder::Urgency, CaseOrder::Newest, CaseOrder::Code);
    const auto whole = all_of(deployment, query);
    REQUIRE(whole.size() > 120);
    query.most = GENERATE(1U, 7U, 60U, 1000U);
    query.counted = true;
    std::vector<Case> together;
    for (bool more = true; more;) {
        const auto page = deployment.book().cases(query);
        REQUIRE(page);
        CHECK(page->total == whole.size());
        CHECK(page->cases.size() <= query.most);
        together.insert(together.end(), page->cases.begin(), page->cases.end());
        more = page->more;
        query.after = together.back();
    }
    CHECK(texts_of(together) == texts_of(whole));
}

TEST_CASE("a page by its number is what the pages before it leave, in every order") {
    Deployment deployment;
    test::fill_at_random(deployment, 4);
    CaseQuery query{.practice = Practice::Included};
    query.order = GENERATE(CaseOrder::Urgency, CaseOrder::Newest, CaseOrder::Code);
    const auto whole = all_of(deployment, query);
    query.most = 7;
    query.counted = true;
    std::vector<Case> together;
    for (bool more = true; more; query.skip += query.most) {
        const auto page = deployment.book().cases(query);
        REQUIRE(page);
        CHECK(page->total == whole.size());
        together.insert(together.end(), page->cases.begin(), page->cases.end());
        more = page->more;
    }
    CHECK(texts_of(together) == texts_of(whole));
    query.skip = whole.size();
    CHECK(deployment.book().cases(query)->cases.empty());
    CHECK(deployment.book().cases(query)->total == whole.size());
}

TEST_CASE("a page goes on after a case that is not there any more") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    for (unsigned i = 1; i <= 5; ++i) kiosk.add(i, {.code = "radio-hotel-canal-10" + std::to_string(i)});
    deployment.import(kiosk);
    const auto first = deployment.book().cases({.most = 2});
    REQUIRE(first->more);
    const auto gone = deployment.book().erasable(first->cases.back().case_code, deployment.identities());
    REQUIRE(deployment.book().erase(*gone, {}, {app::casebook::ErasedFor::Request, test::today, {}, true}));
    const auto next = deployment.book().cases({.most = 2, .after = first->cases.back(), .counted = true});
    REQUIRE(next->cases.size() == 2);
    CHECK(next->total == 4);
    CHECK(next->cases.front().case_code == "radio-hotel-canal-103");
    CHECK(next->more);
}

TEST_CASE("each filter lets pass what a look at every case lets pass, and what cannot be read") {
    Deployment deployment;
    test::fill_at_random(deployment, 5);
    test::handle_at_random(deployment, 5);
    auto kiosk = deployment.kiosk(9);
    kiosk.add(900);
    deployment.import(kiosk);
    test::make_unreadable(deployment, "record", 900);
    const auto whole = all_of(deployment, {.practice = Practice::Included});
    const std::vector<CaseQuery> queries{
        {},
        {.practice = Practice::Only},
        {.danger = Level::Some},
        {.danger = Level::Strong},
        {.worst = Level::Strong},
        {.first_day = "2026-11-21"},
        {.last_day = "2026-11-24"},
        {.first_day = "2026-11-21", .last_day = "2026-12-31"},
        {.form = "first-contact"},
        {.form = "another"},
        {.device = deployment.kiosk(8).device()},
        {.mode = app::casebook::Mode::Private},
        {.mode = app::casebook::Mode::Assisted},
        {.state = app::casebook::Kind::Partial},
        {.state = app::casebook::Kind::Withdrawn, .practice = Practice::Included},
        {.status = app::casebook::CaseStatus::Working},
        {.status = app::casebook::CaseStatus::New, .practice = Practice::Included},
        {.assigned = "Ana"},
        {.worst = Level::Some, .assigned = ""},
        {.referred = app::casebook::ReferralState::Declined},
        {.name = "hotel-radio-canal-100"},
        {.name = test::digits(3), .practice = Practice::Included},
        {.danger = Level::Some, .first_day = "2026-11-24", .device = deployment.kiosk(7).device()}};
    for (std::size_t i = 0; i < queries.size(); ++i) {
        CAPTURE(i);
        std::vector<Case> wanted;
        for (const auto& one : whole)
            if (test::passes(queries[i], one)) wanted.push_back(one);
        auto one_page = queries[i];
        one_page.counted = true;
        const auto page = deployment.book().cases(one_page);
        REQUIRE(page);
        CHECK(texts_of(page->cases) == texts_of(wanted));
        CHECK(page->total == wanted.size());
        const auto handled = [](const Case& one) { return one.status != app::casebook::CaseStatus::New; };
        if (i == 0) CHECK(std::any_of(wanted.begin(), wanted.end(), handled));
        auto small = queries[i];
        small.most = 1;
        CHECK_FALSE(deployment.book().cases(small)->total);
        small.counted = true;
        CHECK(deployment.book().cases(small)->total == wanted.size());
    }
}

TEST_CASE("a page reads its index in order: nothing is sorted, and no record that it does not show is read") {
    Deployment deployment;
    const auto order = GENERATE(CaseOrder::Urgency, CaseOrder::Newest, CaseOrder::Code);
    CaseQuery query{
        .danger = Level::Some, .first_day = "2026-11-21", .form = "first-contact", .order = order, .most = 100};
    const bool further = GENERATE(false, true);
    if (further) query.after = Case{};
    const auto plan = plan_of(deployment, query);
    CAPTURE(plan);
    CHECK(says(plan, "MERGE (UNION ALL)"));
    CHECK_FALSE(says(plan, "SCAN record\n"));
    const auto index = order == CaseOrder::Urgency  ? "record_list"
                       : order == CaseOrder::Newest ? "record_day"
                                                    : "record_code";
    CHECK(says(plan, std::string("record USING INDEX ") + index));
    if (further) CHECK(says(plan, std::string("SEARCH record USING INDEX ") + index));
    // Few records are ever held: beside the order that people work in, they are sorted.
    if (order == CaseOrder::Urgency) CHECK_FALSE(says(plan, "TEMP B-TREE"));
}

TEST_CASE("counting reads an index and no record, and a case that is asked for by name is found without a scan") {
    Deployment deployment;
    const auto count = plan_of(deployment,
                               {.danger = Level::Some,
                                .last_day = "2026-11-21",
                                .form = "first-contact",
                                .state = app::casebook::Kind::Final,
                                .status = app::casebook::CaseStatus::Working,
                                .assigned = "",
                                .referred = app::casebook::ReferralState::None},
                               true);
    CAPTURE(count);
    CHECK(says(count, "record USING COVERING INDEX record_list"));
    CHECK(says(count, "held USING COVERING INDEX held_list"));
    const auto named = plan_of(deployment, {.name = "radio-hotel-canal-482", .practice = Practice::Included});
    CAPTURE(named);
    CHECK(says(named, "MULTI-INDEX OR"));
    CHECK_FALSE(says(named, "SCAN record"));
}
