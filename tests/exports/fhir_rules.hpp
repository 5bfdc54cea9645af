// What FHIR R4 (4.0.1) asks of a Questionnaire and of a QuestionnaireResponse, as far as an export uses them: members,
// cardinalities, words, types and the invariants que-1 to que-6 and qrs-1, from hl7.org/fhir/R4. Facts, no text of it.
#pragma once

#include <catch2/catch_all.hpp>
#include <map>
#include <nlohmann/json.hpp>
#include <regex>
#include <set>
#include <string>

namespace test::fhir {

using nlohmann::json;

inline void only(const json& object, const std::set<std::string>& members) {
    for (const auto& [name, value] : object.items()) {
        INFO(name);
        CHECK(members.contains(name));
    }
}

/// Nothing is empty, anywhere; a code has no blanks at its ends.
inline void check_filled(const json& value) {
    if (value.is_string()) CHECK_FALSE(value.get<std::string>().empty());
    if (value.is_structured()) {
        CHECK_FALSE(value.empty());
        for (const auto& inner : value) check_filled(inner);
    }
    CHECK_FALSE(value.is_null());
}

inline void check_extension(const json& extensions) {
    REQUIRE(extensions.is_array());
    for (const auto& one : extensions) {
        only(one, {"url", "valueCode", "valueString", "extension"});
        CHECK(one.contains("url"));
        CHECK(one.size() == 2);  // a value or further extensions, never both
    }
}

inline bool is_code(const json& value) {
    return value.is_string() && std::regex_match(value.get<std::string>(), std::regex("[^\\s]+( [^\\s]+)*"));
}

inline bool is_id(const json& value) {
    return value.is_string() && std::regex_match(value.get<std::string>(), std::regex("[A-Za-z0-9.-]{1,64}"));
}

/// linkId -> its item, of the whole Questionnaire.
using Items = std::map<std::string, json>;

inline void check_items(const json& items, Items& known) {
    static const std::set<std::string> types{"group",    "display", "boolean", "decimal", "integer", "date",
                                             "dateTime", "time",    "string",  "text",    "choice"};
    for (const auto& item : items) {
        only(item, {"linkId", "text", "_text", "type", "repeats", "answerOption", "item"});
        REQUIRE(item.contains("linkId"));
        INFO(item["linkId"]);
        CHECK(known.emplace(item["linkId"], item).second);  // que-2
        REQUIRE(types.contains(item.at("type")));
        const auto type = item["type"].get<std::string>();
        CHECK((type == "group") == item.contains("item"));             // que-1
        CHECK((type == "choice") == item.contains("answerOption"));    // que-5
        if (type == "display") CHECK_FALSE(item.contains("repeats"));  // que-6
        if (item.contains("_text")) check_extension(item["_text"].at("extension"));
        if (item.contains("answerOption"))
            for (const auto& option : item["answerOption"]) {
                only(option, {"valueCoding"});
                only(option.at("valueCoding"), {"system", "code", "display", "_display"});
                CHECK(is_code(option["valueCoding"].at("code")));
            }
        if (item.contains("item")) check_items(item["item"], known);
    }
}

inline Items check_questionnaire(const json& made) {
    check_filled(made);
    only(made, {"resourceType", "id", "url", "version", "title", "status", "subjectType", "language", "item"});
    CHECK(made.at("resourceType") == "Questionnaire");
    CHECK(std::set<std::string>{"draft", "active", "retired", "unknown"}.contains(made.at("status")));
    CHECK(is_id(made.at("id")));
    Items items;
    check_items(made.at("item"), items);
    return items;
}

inline void check_answer(const json& answer, const json& item) {
    REQUIRE(answer.size() == 1);
    static const std::map<std::string, std::string> values{
        {"boolean", "valueBoolean"}, {"decimal", "valueDecimal"}, {"integer", "valueInteger"},
        {"date", "valueDate"},       {"time", "valueTime"},       {"dateTime", "valueDateTime"},
        {"string", "valueString"},   {"text", "valueString"},     {"choice", "valueCoding"}};
    const auto name = values.at(item["type"]);
    REQUIRE(answer.contains(name));
    const auto& value = answer[name];
    if (name == "valueInteger") CHECK(value.is_number_integer());
    if (name == "valueDecimal") CHECK(value.is_number());
    if (name == "valueBoolean") CHECK(value.is_boolean());
    if (name == "valueDate") CHECK(std::regex_match(value.get<std::string>(), std::regex("\\d{4}-\\d\\d-\\d\\d")));
    if (name == "valueTime") CHECK(std::regex_match(value.get<std::string>(), std::regex("\\d\\d:\\d\\d:\\d\\d")));
    if (name != "valueCoding") return;
    const auto& options = item["answerOption"];
    CHECK(std::any_of(options.begin(), options.end(), [&](const json& one) { return one["valueCoding"] == value; }));
}

/// In the order of the items that they answer, each in the group in which it is asked.
inline void check_responses(const json& given, const json& asked) {
    std::size_t place = 0;
    for (const auto& one : given) {
        only(one, {"linkId", "extension", "answer", "item"});
        while (place < asked.size() && asked[place]["linkId"] != one.at("linkId")) ++place;
        INFO(one["linkId"]);
        REQUIRE(place < asked.size());
        const auto& item = asked[place];
        CHECK_FALSE((one.contains("answer") && one.contains("item")));  // qrs-1
        if (one.contains("extension")) check_extension(one["extension"]);
        if (item["type"] == "group") {
            CHECK_FALSE(one.contains("answer"));
            check_responses(one.at("item"), item["item"]);
            continue;
        }
        if (!one.contains("answer")) continue;
        if (!item.value("repeats", false)) CHECK(one["answer"].size() == 1);
        for (const auto& answer : one["answer"]) check_answer(answer, item);
    }
}

inline void check_response(const json& made, const json& questionnaire) {
    check_filled(made);
    only(made, {"resourceType", "id", "questionnaire", "status", "authored", "language", "item"});
    CHECK(made.at("resourceType") == "QuestionnaireResponse");
    CHECK(is_id(made.at("id")));
    CHECK(made.at("questionnaire") == questionnaire.at("url"));
    CHECK(std::set<std::string>{"in-progress", "completed", "amended", "entered-in-error", "stopped"}.contains(
        made.at("status")));
    CHECK(std::regex_match(made.at("authored").get<std::string>(), std::regex("\\d{4}-\\d\\d-\\d\\d")));
    if (made.contains("item")) check_responses(made["item"], questionnaire["item"]);
}

}  // namespace test::fhir
