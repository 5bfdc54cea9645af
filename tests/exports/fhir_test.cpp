// Screenings as FHIR R4, held against what that asks of them.
#include "tests/exports/fhir_rules.hpp"
#include "tests/exports/support.hpp"

using namespace test;

namespace {

struct Exported {
    json questionnaire;
    std::vector<json> responses;
    Written written;
};

Exported fhir_of(const std::vector<record::Record>& records, bool words = false) {
    const auto spoken = locales::Translator::built_in(locales::Language::En);
    const auto format = exports::make_fhir(spoken);
    Exported made{{}, {}, export_all(*format, records, words)};
    for (const auto& [name, text] : made.written.files) {
        if (name.starts_with("Questionnaire-")) {
            CHECK(made.questionnaire.is_null());
            made.questionnaire = json::parse(text);
        }
        if (!name.ends_with(".ndjson")) continue;
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) made.responses.push_back(json::parse(line));
    }
    return made;
}

const json& item_of(const json& items, const std::string& name) {
    const auto found = std::find_if(items.begin(), items.end(), [&](const json& one) { return one["linkId"] == name; });
    INFO(name);
    REQUIRE(found != items.end());
    return *found;
}

std::string absent_of(const json& item) {
    for (const auto& one : item["extension"])
        if (one["url"].get<std::string>().ends_with("data-absent-reason")) return one["valueCode"];
    return {};
}

}  // namespace

TEST_CASE("a form is a Questionnaire and a screening its response, as FHIR R4 asks") {
    std::vector<record::Record> records;
    records.push_back(record_of());
    records.push_back(record_of({{"kind", "partial"}, {"answers", json::array()}}));
    const auto made = fhir_of(records);
    const auto items = fhir::check_questionnaire(made.questionnaire);
    CHECK(items.at("kid").at("repeats") == true);
    CHECK(items.at("safe").at("text") == "¿Está a salvo?");
    CHECK_FALSE(items.contains("sum"));
    REQUIRE(made.responses.size() == 2);
    for (const auto& response : made.responses) fhir::check_response(response, made.questionnaire);
    CHECK(made.responses[0]["status"] == "completed");
    CHECK(made.responses[1]["status"] == "stopped");
    const auto& given = made.responses[0]["item"];
    CHECK(item_of(given, "safe")["answer"][0]["valueCoding"]["code"] == "no");
    CHECK(item_of(item_of(given, "more")["item"], "with")["answer"].size() == 2);
    CHECK(std::count_if(given.begin(), given.end(), [](const json& one) { return one["linkId"] == "kid"; }) == 2);
}

TEST_CASE("in a response what became of a question without an answer is kept apart") {
    std::vector<record::Record> records;
    records.push_back(record_of(
        {{"answers",
          {answer("safe", "refused"), answer("with", "unknown"), answer("story", "answered", "Eva"),
           answer("age", "answered", "4294967296"), answer("read", "skipped"), answer("kid[1]/born", "not_asked")}}}));
    const auto made = fhir_of(records);
    fhir::check_response(made.responses[0], made.questionnaire);
    const auto& given = made.responses[0]["item"];
    CHECK(absent_of(item_of(given, "safe")) == "asked-declined");
    CHECK(absent_of(item_of(item_of(given, "more")["item"], "with")) == "asked-unknown");
    CHECK(absent_of(item_of(item_of(given, "more")["item"], "story")) == "masked");
    CHECK(absent_of(item_of(item_of(given, "more")["item"], "age")) == "unsupported");
    CHECK(absent_of(item_of(given, "read")) == "unknown");
    CHECK(absent_of(item_of(item_of(given, "kid")["item"], "born")) == "not-asked");
    CHECK(item_of(given, "read")["extension"][0]["valueCode"] == "skipped");
    for (const auto& [name, text] : made.written.files) CHECK(text.find("Eva") == std::string::npos);
}

TEST_CASE("nothing of a FHIR export says who the person, the worker or the device is") {
    std::vector<record::Record> records;
    records.push_back(record_of());
    for (const auto& [name, text] : fhir_of(records, true).written.files) {
        INFO(name);
        CHECK(text.find(std::string(32, '1')) == std::string::npos);
        CHECK(text.find("radio-hotel") == std::string::npos);
    }
}

TEST_CASE("the dictionary of a FHIR export has every item") {
    std::vector<record::Record> records;
    records.push_back(record_of());
    const auto made = fhir_of(records);
    const auto rows = rows_of(made.written.files.at("dictionary.csv"));
    for (const auto& [link, item] : fhir::check_questionnaire(made.questionnaire))
        CHECK(std::any_of(rows.begin(), rows.end(), [&](const auto& row) { return row[0].ends_with("#" + link); }));
}
