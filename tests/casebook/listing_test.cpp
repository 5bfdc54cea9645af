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

/// How SQLite would answer a page. `few`: what few_rows() would give in a large casebook.
std::string plan_of(Deployment& deployment, const CaseQuery& query, bool count = false, const std::string& few = {}) {
    std::string plan;
    {
        auto database = test::database_of(deployment);
        const auto asked = count ? app::casebook::sqlcipher::count_question(query, few)
                                 : app::casebook::sqlcipher::page_question(query, few);
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

TEST_CASE("where a filter lets few pass they are taken from its own index, and the list is not looked through") {
    using app::casebook::Kind;
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    constexpr unsigned usual = 200;
    for (unsigned i = 1; i <= usual; ++i) kiosk.add(i, {.code = "radio-hotel-canal-" + std::to_string(100 + i)});
    kiosk.add(901, {.kind = "partial", .danger = "strong", .day = "2027-01-02"});
    kiosk.add(902, {.kind = "withdrawn"});
    kiosk.add(903, {.code = "hotel-radio-canal-100", .training = true});
    deployment.import(kiosk);
    auto other = deployment.kiosk(8);
    other.add(904, {.code = "hotel-radio-canal-200"});
    deployment.import(other);
    const auto first = all_of(deployment, {.order = CaseOrder::Code, .most = 1}).front();
    using app::casebook::StepKind;
    for (const auto& [kind, text] : {std::pair(StepKind::Status, "working"), std::pair(StepKind::Assigned, "Ana"),
                                     std::pair(StepKind::Referred, "summary")})
        REQUIRE(deployment.book().take_step(first, kind, text, test::today));
    const std::pair<const char*, CaseQuery> asked[] = {
        {"record_danger", {.danger = Level::Strong}},
        {"record_worst", {.worst = Level::Strong}},
        {"record_day", {.first_day = "2027-01-01"}},
        {"record_form", {.form = "another"}},
        {"sqlite_autoindex_record_1", {.device = other.device()}},
        {"record_mode", {.mode = app::casebook::Mode::Private}},
        {"record_kind", {.state = Kind::Partial}},
        {"record_status", {.status = app::casebook::CaseStatus::Working}},
        {"record_assigned", {.assigned = "Ana"}},
        {"record_referred", {.referred = app::casebook::ReferralState::Referred}},
        {"record_urgency", {.practice = Practice::Only}}};
    const auto order = GENERATE(CaseOrder::Urgency, CaseOrder::Newest, CaseOrder::Code);
    for (auto [index, query] : asked) {
        INFO(index);
        query.order = order;
        std::string few;
        {
            auto database = test::database_of(deployment);
            few = *app::casebook::sqlcipher::few_rows(database, query);
        }
        REQUIRE(deployment.open());
        for (const bool count : {false, true}) {
            const auto plan = plan_of(deployment, query, count, few);
            INFO(plan);
            CHECK(says(plan, std::string("SEARCH record USING COVERING INDEX ") + index));
            CHECK_FALSE(says(plan, "SCAN record"));
        }
        std::vector<Case> wanted;
        for (const auto& one : all_of(deployment, {.practice = Practice::Included, .order = order}))
            if (test::passes(query, one)) wanted.push_back(one);
        CHECK(texts_of(all_of(deployment, query)) == texts_of(wanted));
        query.skip = 1;
        if (!wanted.empty()) wanted.erase(wanted.begin());
        CHECK(texts_of(all_of(deployment, query)) == texts_of(wanted));
    }
    // What most say is found in the order of the list.
    auto database = test::database_of(deployment);
    CHECK(app::casebook::sqlcipher::few_rows(database, {.state = Kind::Final, .assigned = ""})->empty());
}

TEST_CASE("what a page by its number leaves out is looked for from the nearer end, in an index alone") {
    Deployment deployment;
    const auto order = GENERATE(CaseOrder::Urgency, CaseOrder::Newest, CaseOrder::Code);
    const auto practice = GENERATE(Practice::Included, Practice::LeftOut, Practice::Only);
    test::fill_at_random(deployment, 6);
    const CaseQuery query{.practice = practice, .order = order};
    const auto whole = all_of(deployment, query);
    for (std::size_t skip = 1; skip < whole.size(); skip += 3) {
        auto page = query;
        page.skip = skip;
        page.most = 1;
        CHECK(texts_of(all_of(deployment, page)) == texts_of({whole[skip]}));
    }
    const auto plan = [&] {
        auto database = test::database_of(deployment);
        std::string text;
        const auto asked = app::casebook::sqlcipher::skip_question(query, {}, whole.size() - 1, whole.size());
        REQUIRE(database.each(
            "EXPLAIN QUERY PLAN " + asked.sql, [&](app::database::Row row) { text.append(row.text(3)).append("\n"); },
            std::span<const app::database::Value>(asked.values)));
        CHECK(std::get<std::int64_t>(asked.values[13].held()) == 1);
        return text;
    }();
    CAPTURE(plan);
    CHECK(says(plan, "record USING COVERING INDEX record_"));
}
