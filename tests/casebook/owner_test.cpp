// Whose a record is, is part of what it is: nothing that one device sends decides about another's.
#include "tests/casebook/support.hpp"

using questionnaires::engine::Level;
using test::Deployment;
using test::Outcome;

TEST_CASE("another device's copy of a sealed record does not keep the genuine one out") {
    Deployment deployment;
    auto genuine = deployment.kiosk(7);
    auto copier = deployment.kiosk(8);
    const auto sealed = crypto::seal_record(test::ready(), crypto::as_bytes(genuine.json(1, {.danger = "strong"})),
                                            deployment.recipients());
    REQUIRE(sealed);
    const bool copy_first = GENERATE(true, false);
    const auto import_copy = [&] {
        copier.add_sealed(sealed->bytes);
        CHECK(deployment.import(copier).count(Outcome::OtherDevice) == 1);
    };
    if (copy_first) import_copy();
    genuine.add_sealed(sealed->bytes);
    const auto report = deployment.import(genuine);
    CHECK(report.count(Outcome::New) == 1);
    CHECK(report.refused() == 0);
    if (!copy_first) import_copy();
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 1);
    CHECK(cases[0].device == genuine.device());
    CHECK(cases[0].readings[0].level == Level::Strong);
}

TEST_CASE("records of two devices under one id and one code are two cases, each with its own content") {
    Deployment deployment;
    auto genuine = deployment.kiosk(7);
    auto forger = deployment.kiosk(8);
    const bool forged_first = GENERATE(true, false);
    const auto import_forged = [&] {
        forger.add(1, {.more = R"("notes":"forged",)"});
        deployment.import(forger);
    };
    if (forged_first) import_forged();
    genuine.add(1, {.danger = "strong", .more = R"("notes":"genuine",)"});
    deployment.import(genuine);
    if (!forged_first) import_forged();
    REQUIRE(deployment.cases().size() == 2);
    CHECK(deployment.json_of(genuine.device(), 1).find("genuine") != std::string::npos);
    CHECK(deployment.json_of(forger.device(), 1).find("forged") != std::string::npos);
}

TEST_CASE(
    "the content of a case is asked for by device, record and version: what another device has is not shown instead") {
    Deployment deployment;
    auto genuine = deployment.kiosk(7);
    auto forger = deployment.kiosk(8);
    const bool held = GENERATE(false, true);
    if (held) {  // versions of both wait beside what is listed
        for (auto* kiosk : {&genuine, &forger}) {
            kiosk->add(1, {.more = R"("notes":"listed",)"});
            deployment.import(*kiosk);
            kiosk->roll_back_to(0, {});
        }
    }
    forger.add(1, {.revision = 2, .more = R"("notes":"forged",)"});
    deployment.import(forger);
    genuine.add(1, {.revision = 2, .danger = "strong", .more = R"("notes":"genuine",)"});
    deployment.import(genuine);
    std::size_t shown = 0;
    for (const auto& one : deployment.cases()) {
        const auto given = deployment.book().records_json({&one, 1}, test::today);
        REQUIRE(given);
        const auto& json = given->front();
        CHECK(json.find(one.device) != std::string::npos);
        CHECK(json.find(one.device == genuine.device() ? "forged" : "genuine") == std::string::npos);
        ++shown;
        // A row number alone opens nothing, whoever's it is.
        app::casebook::Case other;
        other.key = one.key;
        other.record = one.record;
        CHECK(deployment.book().records_json({&other, 1}, test::today).error() == app::casebook::Error::NotFound);
        other = one;
        other.device = one.device == genuine.device() ? forger.device() : genuine.device();
        CHECK(deployment.book().records_json({&other, 1}, test::today).error() == app::casebook::Error::NotFound);
    }
    CHECK(shown == (held ? 4 : 2));
    // What was not given out was not opened.
    CHECK(deployment.book().accesses("", 0)->size() == shown);
}

TEST_CASE("the sealed original is that of the device that is asked for") {
    Deployment deployment;
    auto one = deployment.kiosk(7);
    auto two = deployment.kiosk(8);
    const std::string name(32, 'a');
    one.add_sealed_as(name, {crypto::Bytes(300, std::byte{1})});
    two.add_sealed_as(name, {crypto::Bytes(300, std::byte{2})});
    deployment.import(one);
    deployment.import(two);
    CHECK(deployment.book().sealed_original(one.device(), name)->front() == std::byte{1});
    CHECK(deployment.book().sealed_original(two.device(), name)->front() == std::byte{2});
}

TEST_CASE("a withdrawal of one device reaches no record of another under the same id") {
    Deployment deployment;
    auto genuine = deployment.kiosk(7);
    auto other = deployment.kiosk(8);
    genuine.add(1, {.danger = "strong"});
    const auto name = deployment.import(genuine).records.front().name;
    other.add(1);
    deployment.import(other);
    other.add(1, {.kind = "withdrawn", .revision = 2});
    CHECK(deployment.import(other).count(Outcome::Withdrawn) == 1);
    CHECK(deployment.book().sealed_original(genuine.device(), name));
    std::size_t stays = 0;
    for (const auto& one : deployment.cases())
        if (one.device == genuine.device() && !one.withdrawn) ++stays;
    CHECK(stays == 1);
}
