// What happens to records: dedupe, revisions, withdrawal, and bad ones among good ones.
#include "tests/casebook/support.hpp"

using questionnaires::engine::Level;
using test::Deployment;
using test::Outcome;
using test::Said;
using test::Standing;

namespace {

/// Outcomes of one batch with a single record.
Outcome only(const app::casebook::ImportReport& report) {
    REQUIRE(report.records.size() == 1);
    return report.records.front().outcome;
}

}  // namespace

TEST_CASE("a sealed screening arrives as a case with all that is listed of it") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.danger = "strong", .risk = "some"});
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::InOrder);
    CHECK(only(report) == Outcome::New);
    CHECK(report.records.front().case_code == "radio-hotel-canal-482");
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 1);
    CHECK(cases[0].case_code == "radio-hotel-canal-482");
    CHECK(cases[0].day == "2026-11-24");
    CHECK(cases[0].device == kiosk.device());
    CHECK(cases[0].form == "first-contact");
    CHECK(cases[0].mode == app::record::Mode::Assisted);
    CHECK(cases[0].role == questionnaires::engine::Role::Shelter);
    CHECK(cases[0].readings[0].level == Level::Strong);
    CHECK(cases[0].readings[2].level == Level::Some);
    CHECK_FALSE(cases[0].interrupted);
}

TEST_CASE("importing the same batch again changes nothing and says so") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.add(2);
    const auto batch = kiosk.batch(deployment.identities());
    deployment.import(batch);
    REQUIRE(deployment.open());
    const auto again = deployment.import(batch);
    CHECK(again.standing == Standing::Again);
    CHECK(again.count(Outcome::Known) == 2);
    CHECK(deployment.cases().size() == 2);
}

TEST_CASE("the same sealed record in two batches is one record") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    auto sealed = crypto::seal_record(test::ready(), crypto::as_bytes(kiosk.json(1, {})), deployment.recipients());
    REQUIRE(sealed);
    kiosk.add_sealed(sealed->bytes);
    CHECK(only(deployment.import(kiosk)) == Outcome::New);
    kiosk.add_sealed(sealed->bytes);
    CHECK(only(deployment.import(kiosk)) == Outcome::Known);
    CHECK(deployment.cases().size() == 1);
}

TEST_CASE("a later revision replaces an earlier one, in whatever order they arrive") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    const Said early{.kind = "partial", .revision = 2, .danger = "none-reported"};
    const Said late{.kind = "final", .revision = 5, .danger = "some"};
    const bool in_order = GENERATE(true, false);
    kiosk.add(1, in_order ? early : late);
    CHECK(only(deployment.import(kiosk)) == Outcome::New);
    kiosk.add(1, in_order ? late : early);
    CHECK(only(deployment.import(kiosk)) == (in_order ? Outcome::Replaced : Outcome::Older));
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 1);
    CHECK(cases[0].revision == 5);
    CHECK(cases[0].readings[0].level == Level::Some);
    CHECK_FALSE(cases[0].interrupted);
}

TEST_CASE("revisions of one record in one batch leave the latest, whatever their names") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    for (unsigned revision = 1; revision <= 8; ++revision) kiosk.add(1, {.kind = "partial", .revision = revision});
    const auto report = deployment.import(kiosk);
    CHECK(report.records.size() == 8);
    CHECK(report.refused() == 0);
    REQUIRE(deployment.cases().size() == 1);
    CHECK(deployment.cases()[0].revision == 8);
}

TEST_CASE("a partial without a final is listed as interrupted") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.kind = "partial", .revision = 3});
    CHECK(deployment.import(kiosk).records.front().interrupted);
    CHECK(deployment.cases()[0].interrupted);
    kiosk.add(1, {.kind = "final", .revision = 4});
    deployment.import(kiosk);
    CHECK_FALSE(deployment.cases()[0].interrupted);
}

TEST_CASE("the same revision sealed twice is one case; other content under the same revision is a conflict") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.revision = 2});
    deployment.import(kiosk);
    kiosk.add(1, {.revision = 2});
    CHECK(only(deployment.import(kiosk)) == Outcome::Older);
    kiosk.add(1, {.revision = 2, .danger = "strong"});
    const auto report = deployment.import(kiosk);
    CHECK(only(report) == Outcome::Conflict);
    CHECK(report.refused() == 1);
    CHECK(deployment.cases()[0].readings[0].level == Level::NoneReported);
    CHECK(deployment.book().sealed_original(kiosk.device(), report.records[0].name));
}

TEST_CASE("a withdrawn record erases what came before and keeps only the fact") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.kind = "final", .revision = 3, .danger = "strong"});
    const auto first = deployment.import(kiosk);
    REQUIRE(deployment.book().sealed_original(kiosk.device(), first.records[0].name));
    kiosk.add(1, {.kind = "withdrawn", .revision = 4});
    CHECK(only(deployment.import(kiosk)) == Outcome::Withdrawn);
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 1);
    CHECK(cases[0].withdrawn);
    CHECK(cases[0].readings[0].level == Level::NoneReported);
    CHECK(deployment.book().sealed_original(kiosk.device(), first.records[0].name).error() ==
          app::casebook::Error::NotFound);
    CHECK(deployment.json_of(kiosk.device(), 1).find("skipped") == std::string::npos);
}

TEST_CASE("what arrives after a withdrawal is erased too, earlier or later revision") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.kind = "withdrawn", .revision = 4});
    deployment.import(kiosk);
    for (const unsigned revision : {2U, 9U}) {
        kiosk.add(1, {.kind = "partial", .revision = revision});
        const auto report = deployment.import(kiosk);
        CHECK(only(report) == Outcome::WasWithdrawn);
        CHECK(deployment.book().sealed_original(kiosk.device(), report.records[0].name).error() ==
              app::casebook::Error::NotFound);
    }
    CHECK(deployment.cases()[0].withdrawn);
}

TEST_CASE("a withdrawal and its record in one batch leave only the fact, whatever their names") {
    Deployment deployment;
    for (unsigned i = 0; i < 6; ++i) {
        auto kiosk = deployment.kiosk(100 + i);
        kiosk.add(i, {.kind = "partial", .revision = 1});
        kiosk.add(i, {.kind = "withdrawn", .revision = 2});
        deployment.import(kiosk);
    }
    for (const auto& one : deployment.cases()) CHECK(one.withdrawn);
    CHECK(deployment.cases().size() == 6);
}

TEST_CASE("one device cannot withdraw or replace another one's record") {
    Deployment deployment;
    auto kiosk = deployment.kiosk(7);
    auto other = deployment.kiosk(8);
    kiosk.add(1, {.revision = 3});
    deployment.import(kiosk);
    other.add(1, {.kind = "withdrawn", .revision = 9});
    deployment.import(other);
    other.add(1, {.revision = 9, .device = kiosk.device()});
    CHECK(only(deployment.import(other)) == Outcome::OtherDevice);
    std::size_t intact = 0;
    for (const auto& one : deployment.cases())
        if (one.device == kiosk.device() && !one.withdrawn && one.revision == 3) ++intact;
    CHECK(intact == 1);
}

TEST_CASE("bad records are listed with their reason and never stop the good ones") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    for (unsigned i = 1; i <= 5; ++i) kiosk.add(i);
    kiosk.add_raw("not a record");
    kiosk.add_raw(R"({"amparo":2})");
    auto cut = crypto::seal_record(test::ready(), crypto::as_bytes(kiosk.json(9, {})), deployment.recipients());
    REQUIRE(cut);
    cut->bytes.resize(cut->bytes.size() - 20);
    kiosk.add_sealed(cut->bytes);
    const auto stranger = test::must(test::Identity::generate(test::ready()));
    const std::vector strangers{stranger.recipient()};
    auto foreign = crypto::seal_record(test::ready(), crypto::as_bytes(kiosk.json(10, {})), strangers);
    REQUIRE(foreign);
    kiosk.add_sealed(foreign->bytes);
    kiosk.add_sealed(crypto::Bytes(300, std::byte{0}));

    const auto report = deployment.import(kiosk);
    CHECK(report.count(Outcome::New) == 5);
    CHECK(report.count(Outcome::Malformed) == 2);
    CHECK(report.count(Outcome::Unopenable) == 2);
    CHECK(report.count(Outcome::NotForUs) == 1);
    CHECK(report.refused() == 5);
    for (const auto& record : report.records)
        if (app::casebook::is_refusal(record.outcome)) {
            CHECK_FALSE(record.detail.empty());
            CHECK(deployment.book().sealed_original(kiosk.device(), record.name));
        }
    CHECK(deployment.cases().size() == 5);
    CHECK(deployment.book().unlisted()->size() == 5);
}

TEST_CASE("a record that nobody could open is opened when the right identity comes") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    std::vector<test::Identity> second;
    second.push_back(test::must(test::Identity::generate(test::ready())));
    const std::vector recipients{second[0].recipient()};
    auto sealed = crypto::seal_record(test::ready(), crypto::as_bytes(kiosk.json(1, {})), recipients);
    REQUIRE(sealed);
    kiosk.add_sealed(sealed->bytes);
    const auto batch = kiosk.batch(deployment.identities());
    CHECK(only(deployment.import(batch)) == Outcome::NotForUs);
    CHECK(deployment.cases().empty());
    const auto report = deployment.book().import_batch(batch, second);
    REQUIRE(report);
    CHECK(report->standing == Standing::Again);
    CHECK(deployment.cases().size() == 1);
    CHECK(deployment.book().unlisted()->empty());
}

TEST_CASE("members that are not known stay in the record") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.more = R"("a_later_member":[1,2,3],)"});
    deployment.import(kiosk);
    const auto json = deployment.json_of(kiosk.device(), 1);
    CHECK(json.find(R"("a_later_member":[1,2,3])") != std::string::npos);
    CHECK(json.back() == '}');
}

TEST_CASE("training records are listed only when asked for, and after everybody who waits") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.danger = "strong", .training = true});
    kiosk.add(2);
    deployment.import(kiosk);
    CHECK(deployment.cases().size() == 1);
    const auto all = deployment.book().cases({.practice = app::casebook::Practice::Included});
    REQUIRE(all->cases.size() == 2);
    CHECK_FALSE(all->cases.front().training);
    CHECK(all->cases.back().training);
}

TEST_CASE("a case says which record of the same visit it follows") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.add(2, {.danger = "some", .more = R"("follows":")" + test::digits(1) + R"(",)"});
    deployment.import(kiosk);
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].follows == test::digits(1));
    CHECK(cases[1].follows.empty());
}

TEST_CASE("cases are sorted by danger, then by the higher of harm and risk, then by day; withdrawn ones last") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.code = "factor-factor-factor-100", .day = "2026-11-20"});
    kiosk.add(2, {.harm = "strong", .code = "decimal-decimal-decimal-100"});
    kiosk.add(3, {.danger = "some", .code = "cable-cable-cable-100"});
    kiosk.add(4, {.danger = "strong", .code = "ballet-ballet-ballet-100"});
    kiosk.add(5, {.danger = "strong", .risk = "some", .code = "acacia-acacia-acacia-100"});
    kiosk.add(6, {.kind = "withdrawn", .revision = 2, .code = "gala-gala-gala-100"});
    kiosk.add(7, {.code = "eclipse-eclipse-eclipse-100", .day = "2026-11-21"});
    kiosk.add(8, {.code = "radar-radar-radar-100",
                  .more = R"("override":{"level":"strong","reading":"danger","reason":"x"},)"});
    deployment.import(kiosk);
    std::string order;
    for (const auto& one : deployment.cases()) order += one.case_code.front();
    CHECK(order == "abrcdefg");
}

TEST_CASE("a batch of another deployment is not taken in") {
    Deployment deployment;
    const Deployment other;
    auto kiosk = other.kiosk();
    kiosk.add(1);
    const auto batch = kiosk.batch(other.identities());
    CHECK(deployment.book().import_batch(batch, deployment.identities()).error() == app::casebook::Error::Deployment);
    CHECK(deployment.book().devices()->empty());
}
