// Reading a record's JSON: strict in what a casebook uses, patient with what it does not know.
#include "app/casebook/record.hpp"

#include "tests/casebook/support.hpp"

using app::casebook::Dimension;
using app::casebook::Kind;
using app::casebook::Level;
using app::casebook::parse_record;

namespace {

const test::Kiosk& kiosk() {
    static const test::Kiosk one = [] {
        const auto key = test::must(crypto::DeploymentSecretKey::generate(test::ready()));
        return test::Kiosk(key, {});
    }();
    return one;
}

std::string good() {
    return kiosk().json(5, {.danger = "strong", .harm = "some"});
}

std::string with(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

const app::casebook::Reading& reading(const app::casebook::Record& record, Dimension dimension) {
    return record.readings.at(static_cast<std::size_t>(dimension));
}

}  // namespace

TEST_CASE("a record is read with and without its padding") {
    for (const std::string& text : {good(), good() + std::string(10000, ' ')}) {
        const auto record = parse_record(text);
        REQUIRE(record);
        CHECK(record->record == test::digits(5));
        CHECK(record->kind == Kind::Final);
        CHECK(record->form == "first-contact");
        CHECK(record->case_code == "radio-hotel-canal-482");
        CHECK(reading(*record, Dimension::Danger).level == Level::Strong);
        CHECK(reading(*record, Dimension::Danger).rule == "r1");
        CHECK(reading(*record, Dimension::Harm).level == Level::Some);
        CHECK(reading(*record, Dimension::Risk).level == Level::NoneReported);
    }
}

TEST_CASE("names are those that forms and engines give, with places in repeats") {
    for (const auto* const name : {"age", "kid[2]/age", "a_b-c.d", "kid[12]/toy[3]/name", "niño"})
        CHECK(parse_record(with(good(), R"("name":"age")", std::string(R"("name":")") + name + "\"")));
    for (const auto* const rule : {"", "danger-1", "r_2"})
        CHECK(parse_record(with(good(), R"("rule":"r1")", std::string(R"("rule":")") + rule + "\"")));
    for (const auto* const version : {"", "1", "2026-11-24 (beta)", "versión 2"})
        CHECK(parse_record(with(good(), R"("version":"1")", std::string(R"("version":")") + version + "\"")));
}

TEST_CASE("members that are not known are no fault") {
    CHECK(parse_record(with(good(), R"("bundle")", R"("a_later_member":{"deep":[1,2,{}]},"bundle")")));
}

TEST_CASE("a record says which record of the same visit it follows, if any") {
    CHECK(parse_record(good())->follows.empty());
    const auto longer =
        parse_record(with(good(), R"("bundle":1)", R"("bundle":1,"follows":")" + test::digits(4) + "\""));
    REQUIRE(longer);
    CHECK(longer->follows == test::digits(4));
}

TEST_CASE("a worker may raise a level but not lower one") {
    const auto raised = parse_record(
        with(good(), R"("bundle")", R"("override":{"level":"strong","reading":"risk","reason":"x"},"bundle")"));
    REQUIRE(raised);
    CHECK(reading(*raised, Dimension::Risk).level == Level::Strong);
    CHECK(reading(*raised, Dimension::Risk).raised);
    const auto lowered = parse_record(
        with(good(), R"("bundle")", R"("override":{"level":"some","reading":"danger","reason":"x"},"bundle")"));
    REQUIRE(lowered);
    CHECK(reading(*lowered, Dimension::Danger).level == Level::Strong);
    CHECK_FALSE(reading(*lowered, Dimension::Danger).raised);
}

TEST_CASE("everything that is not a record of this format is refused with its place and without its content") {
    struct Fault {
        std::string text;
        std::string_view place;
    };
    const std::string deep = std::string(20, '[') + std::string(20, ']');
    const std::vector<Fault> faults{
        {"", "record"},
        {"[]", "record"},
        {"{", "record"},
        {"null", "record"},
        {good() + "x", "record"},
        {good() + "\n", "record"},
        {good() + good(), "record"},
        {good() + std::string(300000, ' '), "record"},
        {with(good(), "2026-11-24", "\xff\xfe"), "record"},
        {with(good(), R"("bundle":1)", R"("bundle":1,"bundle":1)"), "record"},
        {with(good(), R"("bundle":1)", R"("bundle":1,"more":)" + deep), "record"},
        {with(good(), R"("amparo":1)", R"("amparo":2)"), "amparo"},
        {with(good(), R"("amparo":1)", R"("amparo":"1")"), "amparo"},
        {with(good(), R"("kind":"final")", R"("kind":"last")"), "kind"},
        {with(good(), R"("revision":1)", R"("revision":0)"), "revision"},
        {with(good(), R"("revision":1)", R"("revision":-1)"), "revision"},
        {with(good(), R"("revision":1)", R"("revision":1.5)"), "revision"},
        {with(good(), R"("revision":1)", R"("revision":99999999999)"), "revision"},
        {with(good(), R"("record":")", R"("record":"G)"), "record"},
        {with(good(), R"("device":"0)", R"("device":"X)"), "device"},
        {with(good(), R"("day":"2026-11-24")", R"("day":"2026-13-24")"), "day"},
        {with(good(), R"("day":"2026-11-24")", R"("day":"tomorrow")"), "day"},
        {with(good(), "radio-hotel-canal-482", "radio hotel canal 482"), "case_code"},
        {with(good(), R"("day":"2026-11-24")", R"("day":"2026-02-30")"), "day"},
        {with(good(), "radio-hotel-canal-482", "radi-hotel-canal-482"), "case_code"},
        {with(good(), "radio-hotel-canal-482", "radio-hotel-needle-482"), "case_code"},
        {with(good(), "radio-hotel-canal-482", ""), "case_code"},
        {with(good(), R"("deployment":")", R"("deployment":"0)"), "deployment"},
        {with(good(), R"("id":"first-contact")", R"("id":"First")"), "form.id"},
        {with(good(), R"("id":"first-contact")", R"("id":"../first")"), "form.id"},
        {with(good(), R"("id":"first-contact")", R"("id":"a\u001b[2J")"), "form.id"},
        {with(good(), R"("id":"first-contact")", R"("id":")" + std::string(41, 'a') + "\""), "form.id"},
        {with(good(), R"("version":"1")", R"("version":"1\u009b")"), "form.version"},
        {with(good(), R"("version":"1")", R"("version":")" + std::string(256, '1') + "\""), "form.version"},
        {with(good(), R"("name":"age")", R"("name":"kid[2]/")"), "answers.name"},
        {with(good(), R"("name":"age")", R"("name":"kid[0]/age")"), "answers.name"},
        {with(good(), R"("name":"age")", R"("name":"kid[2")"), "answers.name"},
        {with(good(), R"("name":"age")", R"("name":"a b")"), "answers.name"},
        {with(good(), R"("name":"age")", R"("name":"a\u202e")"), "answers.name"},
        {with(good(), R"("language":"es")", R"("language":"es\u2066")"), "answers.language"},
        {with(good(), R"("rule":"r1")", R"("rule":"r 1")"), "readings.danger"},
        {with(good(), R"("bundle")", R"("override":{"level":"some","reading":"risk","reason":"a b"},"bundle")"),
         "override.reason"},
        {with(good(), R"("mode":"assisted")", R"("mode":"shouted")"), "mode"},
        {with(good(), R"("role":"shelter")", R"("role":"shift_lead")"), "role"},
        {with(good(), R"("role":"shelter")", R"("role":"border")"), "mode"},
        {with(good(), R"("level":"strong")", R"("level":"0.97")"), "readings.danger"},
        {with(good(), R"("risk":{)", R"("chance":{)"), "readings.risk"},
        {with(good(), R"("readings")", R"("other")"), "readings"},
        {with(good(), R"("state":"skipped")", R"("state":"maybe")"), "answers.state"},
        {with(good(), R"("answers":[)", R"("answers":[1,)"), "answers"},
        {with(good(), R"("answers")", R"("other")"), "answers"},
        {with(good(), R"("form":{)", R"("form":[],"forms":{)"), "form"},
        {with(good(), R"("bundle":1)", R"("bundle":1,"training":"yes")"), "training"},
        {with(good(), R"("bundle":1)", R"("bundle":1,"follows":"")"), "follows"},
        {with(good(), R"("bundle":1)", R"("bundle":1,"follows":"the first")"), "follows"},
        {with(good(), R"("bundle":1)", R"("bundle":1,"follows":")" + test::digits(5) + "\""), "follows"},
        {with(kiosk().json(5, {.kind = "withdrawn"}), R"("answers":[)", R"("answers":[{"name":"a","state":"skipped"})"),
         "answers"},
    };
    for (const auto& fault : faults) {
        const auto record = parse_record(fault.text);
        INFO(fault.text.substr(0, 300));
        REQUIRE_FALSE(record);
        INFO(record.error().detail);
        CHECK(record.error().detail.starts_with(std::string(fault.place) + ":"));
        CHECK(record.error().detail.size() < 60);
    }
}

TEST_CASE("a withdrawn record needs no readings") {
    const auto record = parse_record(kiosk().json(5, {.kind = "withdrawn", .revision = 4}));
    REQUIRE(record);
    CHECK(record->kind == Kind::Withdrawn);
    CHECK(record->revision == 4);
}
