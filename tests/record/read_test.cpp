// Reading a record's JSON: strict in every member that the format has, patient with what it does not know.
#include <memory>
#include <nlohmann/json.hpp>
#include <set>

#include "tests/record/support.hpp"

using nlohmann::json;
using test::engine::Level;
using test::engine::ReadingKind;
using test::record::Kind;
using test::record::read;

namespace {

json full() {
    return json::parse(test::written(test::full()));
}

json withdrawal() {
    return json::parse(test::written(test::withdrawal()));
}

std::string text_of(const json& record) {
    return record.dump();
}

json with(const char* pointer, json value, json record = full()) {
    record[json::json_pointer(pointer)] = std::move(value);
    return record;
}

/// Every member of a record, by pointer: the objects and lists themselves, and what is in them.
std::vector<std::string> members_of(const json& value, const std::string& at = {}) {
    std::vector<std::string> all;
    if (!at.empty()) all.push_back(at);
    if (value.is_object())
        for (const auto& [name, member] : value.items())
            for (auto& inner : members_of(member, at + "/" + name)) all.push_back(std::move(inner));
    if (value.is_array())
        for (std::size_t i = 0; i < value.size(); ++i)
            for (auto& inner : members_of(value[i], at + "/" + std::to_string(i))) all.push_back(std::move(inner));
    return all;
}

bool is_in_list(const std::string& pointer) {
    return std::isdigit(static_cast<unsigned char>(pointer.back())) != 0 && pointer[pointer.size() - 2] == '/';
}

/// What the failure calls the member: without the places in lists.
std::string place_of(const std::string& pointer) {
    std::string place;
    for (std::size_t at = 1; at <= pointer.size();) {
        const auto end = std::min(pointer.find('/', at), pointer.size());
        const auto part = pointer.substr(at, end - at);
        if (part.find_first_not_of("0123456789") != std::string::npos) place += (place.empty() ? "" : ".") + part;
        at = end + 1;
    }
    return place;
}

void check_refused(const std::string& text, std::string_view place) {
    const auto record = read(text);
    INFO(text.substr(0, 300));
    REQUIRE_FALSE(record);
    INFO(record.error().detail);
    CHECK(record.error().detail.starts_with(std::string(place) + ":"));
    CHECK(record.error().detail.size() < 60);
}

/// Once more beside the first, which stays as it is.
std::string doubled(const json& record, const std::string& pointer) {
    const auto slash = pointer.rfind('/');
    const auto name = pointer.substr(slash + 1);
    auto text =
        text_of(with((pointer.substr(0, slash) + "/zzzz").c_str(), json(record[json::json_pointer(pointer)]), record));
    const auto at = text.find("\"zzzz\"");
    REQUIRE(at != std::string::npos);
    return text.replace(at, 6, "\"" + name + "\"");
}

}  // namespace

TEST_CASE("a record is read with and without its padding") {
    for (const std::string& text : {text_of(full()), text_of(full()) + std::string(10'000, ' ')}) {
        const auto record = read(text);
        if (!record) FAIL(record.error().detail);
        CHECK(record->record == "0123456789abcdef0123456789abcdef");
        CHECK(record->kind == Kind::Final);
        CHECK(record->form == "adult");
        CHECK(record->case_code == "radio-hotel-canal-482");
        CHECK(record->reading(ReadingKind::Danger).level == Level::Strong);
        CHECK(record->reading(ReadingKind::Danger).rule == "danger-1");
        CHECK(record->reading(ReadingKind::Harm).level == Level::NoneReported);
        CHECK(record->reading(ReadingKind::Risk).level == Level::Some);
    }
}

TEST_CASE("what a record says stays readable when the text that it was read from is gone") {
    auto text = std::make_unique<std::string>(text_of(full()));
    auto record = read(*text);
    REQUIRE(record);
    std::fill(text->begin(), text->end(), 'x');
    text.reset();
    const auto moved = std::move(*record);
    CHECK(moved.answers[1].name == "kid[2]/age");
    CHECK(moved.form_version == "2026-11");
}

TEST_CASE("a member that is missing is refused, unless a record can be without it") {
    const std::set<std::string> may_be_absent{"/follows",
                                              "/notes",
                                              "/override",
                                              "/training",
                                              "/worker",
                                              "/language",
                                              "/language/start",
                                              "/language/end",
                                              "/consent",
                                              "/consent/answer",
                                              "/consent/asked_as",
                                              "/consent/asked_as/key",
                                              "/consent/asked_as/sha256",
                                              "/consent/scope",
                                              "/consent/tell_worker_now",
                                              "/indicators",
                                              "/actions",
                                              "/readings/danger/rule",
                                              "/readings/harm/rule",
                                              "/readings/risk/rule"};
    const std::set<std::string> may_be_absent_of_one{"value", "language", "dimension", "strength", "because"};
    for (const auto& pointer : members_of(full())) {
        if (is_in_list(pointer)) continue;
        auto record = full();
        auto& holder = record[json::json_pointer(pointer.substr(0, pointer.rfind('/')))];
        holder.erase(pointer.substr(pointer.rfind('/') + 1));
        INFO(pointer);
        const bool of_one = pointer.starts_with("/answers/") || pointer.starts_with("/indicators/");
        const auto name = pointer.substr(pointer.rfind('/') + 1);
        if (may_be_absent.contains(pointer) || (of_one && may_be_absent_of_one.contains(name)))
            CHECK(read(text_of(record)));
        else
            check_refused(text_of(record), place_of(pointer));
    }
    const auto whole = withdrawal();
    for (const auto& [name, value] : whole.items()) {
        auto record = whole;
        record.erase(name);
        INFO(name);
        CHECK(read(text_of(record)).has_value() == may_be_absent.contains("/" + name));
    }
}

TEST_CASE("a member that is there twice is refused, wherever it is") {
    for (const auto& pointer : members_of(full()))
        if (!is_in_list(pointer)) check_refused(doubled(full(), pointer), "record");
}

TEST_CASE("a member of another type is refused, wherever it is") {
    const std::vector<json> others{nullptr, true, 1, -1, 1.5, "\x01", json::array({1}), json::object({{"x", 1}})};
    std::size_t tried = 0;
    for (const auto& pointer : members_of(full()))
        for (const auto& other : others) {
            const auto is = full()[json::json_pointer(pointer)];
            if (is.type() == other.type() && !is.is_string()) {
                // The same type, but of what it should be a list of, or with other members.
                if (!is.is_structured()) continue;
            }
            if (is.is_number() && other.is_number_integer() && other > 0) continue;
            // An object whose members may all be missing, and one that nobody knows.
            const bool may_be_empty = pointer.starts_with("/consent") || pointer == "/language";
            if (may_be_empty && is.is_object() && other.is_object()) continue;
            if (pointer == "/answers/0/value" && other.is_string()) continue;
            if (pointer == "/answers/1/value" && other.is_string()) continue;
            const auto record = read(text_of(with(pointer.c_str(), other)));
            INFO(pointer << " " << other.dump());
            CHECK_FALSE(record);
            ++tried;
        }
    CHECK(tried > 300);
}

TEST_CASE("a number out of its range is refused, and the ends of the range are read") {
    struct Range {
        const char* pointer;
        std::uint64_t least;
        std::uint64_t most;
    };
    for (const auto& range : {Range{"/revision", 1, 0x7fff'ffff}, Range{"/worker", 1, 999'999},
                              Range{"/bundle", 1, 0x7fff'ffff'ffff'ffff}, Range{"/amparo", 1, 1}}) {
        INFO(range.pointer);
        CHECK(read(text_of(with(range.pointer, range.least))));
        CHECK(read(text_of(with(range.pointer, range.most))));
        check_refused(text_of(with(range.pointer, range.least - 1)), range.pointer + 1);
        check_refused(text_of(with(range.pointer, range.most + 1)), range.pointer + 1);
        check_refused(text_of(with(range.pointer, -1)), range.pointer + 1);
        check_refused(text_of(with(range.pointer, 1.0)), range.pointer + 1);
        check_refused(text_of(with(range.pointer, "1")), range.pointer + 1);
    }
}

TEST_CASE("names are those that forms and engines give, with places in repeats") {
    for (const auto* const name : {"age", "kid[2]/age", "a_b-c.d", "kid[12]/toy[3]/name", "niño"})
        CHECK(read(text_of(with("/answers/0/name", name))));
    for (const auto* const rule : {"", "danger-1", "r_2"}) CHECK(read(text_of(with("/readings/danger/rule", rule))));
    for (const auto* const version : {"", "1", "2026-11-24 (beta)", "versión 2"})
        CHECK(read(text_of(with("/form/version", version))));
    for (const auto* const reason : {"observed", "other_source", "a-later-word"})
        CHECK(read(text_of(with("/override/reason", reason))));
}

TEST_CASE("a value that a person gave can hold anything") {
    for (const auto& value : {std::string(), std::string(100'000, 'x'), std::string("\x1b[2J\u202e")})
        CHECK(read(text_of(with("/answers/0/value", value))));
}

TEST_CASE("an id, name, word or day that no kiosk writes is refused with its place and without its content") {
    const std::string hex(32, '0');
    const std::vector<std::pair<const char*, json>> faults{
        {"/amparo", 2},
        {"/record", "G" + hex.substr(1)},
        {"/record", hex + "0"},
        {"/follows", ""},
        {"/follows", "the first"},
        {"/follows", "0123456789abcdef0123456789abcdef"},  // itself
        {"/kind", "last"},
        {"/deployment", "0" + std::string(16, 'a')},
        {"/device", "X" + hex.substr(1)},
        {"/form/id", "First"},
        {"/form/id", "../first"},
        {"/form/id", "a\x1b[2J"},
        {"/form/id", std::string(41, 'a')},
        {"/form/version", "1\u009b"},
        {"/form/version", std::string(256, '1')},
        {"/form/sha256", std::string(63, 'a')},
        {"/mode", "shouted"},
        {"/role", "shift_lead"},
        {"/day", "2026-13-24"},
        {"/day", "2026-02-30"},
        {"/day", "1969-12-31"},
        {"/day", "tomorrow"},
        {"/case_code", ""},
        {"/case_code", "radio hotel canal 482"},
        {"/case_code", "radi-hotel-canal-482"},
        {"/case_code", "radio-hotel-needle-482"},
        {"/language/start", ""},
        {"/language/start", "es\u2066"},
        {"/language/end", "Español"},
        {"/notes", ""},
        {"/notes", "what she said"},
        {"/consent/answer", "yes"},
        {"/consent/scope", "../adult"},
        {"/consent/asked_as/key", "Do you agree?"},
        {"/consent/asked_as/sha256", std::string(64, 'G')},
        {"/answers/0/name", "kid[2]/"},
        {"/answers/0/name", "kid[0]/age"},
        {"/answers/0/name", "kid[2"},
        {"/answers/0/name", "a b"},
        {"/answers/0/name", "a\u202e"},
        {"/answers/0/language", "es\u2066"},
        {"/answers/0/state", "maybe"},
        {"/indicators/0/id", "a b"},
        {"/indicators/0/dimension", ""},
        {"/indicators/0/strength", "very"},
        {"/indicators/0/because/0", "a\u202e"},
        {"/readings/danger/level", "0.97"},
        {"/readings/harm/rule", "r 1"},
        {"/override/reading", "worst"},
        {"/override/level", "0.97"},
        {"/override/reason", "a b"},
        {"/override/reason", ""},
        {"/actions/0", "call now"},
        {"/training", "yes"},
    };
    for (const auto& [pointer, value] : faults) check_refused(text_of(with(pointer, value)), place_of(pointer));
}

TEST_CASE("what cannot be true together is refused") {
    check_refused(text_of(with("/role", "border")), "mode");  // assisted
    check_refused(text_of(with("/consent/answer", "not_asked")), "consent.asked_as");
}

TEST_CASE("a withdrawn record has no answers, and what else stands in one is not read") {
    check_refused(text_of(with("/answers", full()["answers"], withdrawal())), "answers");
    CHECK(read(text_of(with("/answers", json::array(), withdrawal()))));
    for (const auto* const name : {"indicators", "readings", "actions", "override"}) {
        const auto record = read(text_of(with(("/" + std::string(name)).c_str(), full()[name], withdrawal())));
        INFO(name);
        REQUIRE(record);
        CHECK(record->indicators.empty());
        CHECK(record->actions.empty());
        CHECK(record->reading(ReadingKind::Danger).level == Level::NoneReported);
        CHECK_FALSE(record->raised);
    }
}

TEST_CASE("what is not one JSON object of a record's size and depth is refused") {
    const auto good = text_of(full());
    const std::string deep = std::string(20, '[') + std::string(20, ']');
    const std::vector<std::string> faults{"",
                                          "[]",
                                          "{",
                                          "null",
                                          good + "x",
                                          good + "\n",
                                          good + good,
                                          good + std::string(300'000, ' '),
                                          "{\"more\":" + deep + "," + good.substr(1),
                                          "{\"more\":\"\xff\xfe\"," + good.substr(1)};
    for (const auto& fault : faults) check_refused(fault, "record");
}

TEST_CASE("lists longer than any form gives are refused") {
    for (const auto* const pointer : {"/actions", "/indicators/0/because"}) {
        CHECK(read(text_of(with(pointer, json(1000, "a")))));
        check_refused(text_of(with(pointer, json(1001, "a"))), place_of(pointer));
    }
}

TEST_CASE("members that are not known are no failure, and are counted wherever they are") {
    auto record = full();
    CHECK(read(text_of(record))->unknown == 0);
    for (const auto* const pointer :
         {"/a_later_member", "/form/later", "/consent/later", "/consent/asked_as/later", "/language/later",
          "/answers/0/later", "/indicators/0/later", "/readings/later", "/readings/harm/later", "/override/later"}) {
        const auto one = read(text_of(with(pointer, {{"deep", {1, 2, nullptr}}})));
        INFO(pointer);
        REQUIRE(one);
        CHECK(one->unknown == 1);
        record[json::json_pointer(pointer)] = 1;
    }
    CHECK(read(text_of(record))->unknown == 10);
}

TEST_CASE("how another program orders members and sets blanks does not decide whether a record is read") {
    CHECK(read(full().dump(4)));
    auto text = text_of(full());
    text.insert(1, "\"zzz\":1,");
    CHECK(read(text));
}

TEST_CASE("a record says which record of the same visit it follows, if any") {
    CHECK(read(text_of(full()))->follows == "fedcba9876543210fedcba9876543210");
    auto first = full();
    first.erase("follows");
    CHECK(read(text_of(first))->follows.empty());
}

TEST_CASE("a withdrawn record says nothing but that it is one") {
    const auto record = read(text_of(withdrawal()));
    REQUIRE(record);
    CHECK(record->kind == Kind::Withdrawn);
    CHECK(record->revision == 3);
    CHECK(record->answers.empty());
}
