// The record: what docs/FORMATS.md says, in one canonical form, read back by the coordinator's own reader.
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "app/casebook/record.hpp"
#include "app/session/json_writer.hpp"
#include "crypto/hash.hpp"
#include "tests/session/support.hpp"

using namespace test;
using nlohmann::json;

TEST_CASE("A record reads back in the casebook as what was said") {
    Rig rig;
    rig.for_worker("yes");
    rig.send(session::OpenRaise{});
    rig.send(session::ChooseRaise{{engine::ReadingKind::Harm, engine::Level::Some, session::RaiseReason::Fear}});
    rig.send(session::SealNow{});
    const auto read = app::casebook::parse_record(rig.record());
    if (!read) FAIL(read.error().detail);
    CHECK(read->kind == app::casebook::Kind::Final);
    CHECK(read->record == std::string(32, 'a'));
    CHECK(read->mode == app::casebook::Mode::Assisted);
    CHECK(read->case_code == "radio-hotel-canal-482");
    CHECK(read->readings[0].level == app::casebook::Level::Strong);
    CHECK(read->readings[1].level == app::casebook::Level::Some);
    CHECK(read->readings[1].raised);
    CHECK(read->day == "2026-03-10");
}

TEST_CASE("Every kind of record is one the casebook takes") {
    Rig rig;
    rig.begin(session::Mode::Private);
    rig.choose("danger_now", "no");
    rig.send(session::Next{});
    CHECK(app::casebook::parse_record(rig.record()));
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    const auto order = app::casebook::parse_record(crypto::as_text(rig.last<session::Withdraw>()->withdrawn.view()));
    REQUIRE(order);
    CHECK(order->kind == app::casebook::Kind::Withdrawn);
}

TEST_CASE("A record is canonical: members sorted, no white space, and the same again from the same state") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    const auto text = rig.record();
    CHECK(json::parse(text).dump() == text);  // nlohmann sorts members and writes no white space
    Rig again;
    again.begin();
    again.choose("danger_now", "yes");
    again.send(session::Next{});
    CHECK(again.record() == text);
}

TEST_CASE("Every answer carries its state and the language it was given in") {
    Rig rig;
    rig.begin();
    rig.choose("danger_now", "yes");
    rig.send(session::Next{});
    rig.send(session::ChooseLanguage{locales::Language::En});
    rig.say("words", engine::AnswerState::Refused);
    const auto read = json::parse(rig.record());
    CHECK(read["answers"][0] ==
          json{{"name", "danger_now"}, {"state", "answered"}, {"value", "yes"}, {"language", "es"}});
    CHECK(read["answers"][1]["state"] == "refused");
    CHECK(read["answers"][1]["language"] == "en");
    CHECK(read["answers"][2]["state"] == "not_asked");
    CHECK(read["language"] == json{{"start", "es"}, {"end", "en"}});
}

TEST_CASE("The consent names exactly the words that were shown") {
    Rig rig;
    rig.begin();
    rig.send(session::Next{});
    std::string shown;
    for (std::size_t page = 0; page < session::consent_pages; ++page)
        for (const auto key : session::consent_texts(session::Mode::Assisted, store::Role::Shelter, page)) {
            shown += rig.texts.tr(key, {{"count", 365}, {"who", "Test"}}).view();
            shown += '\n';
        }
    const auto read = json::parse(rig.record());
    CHECK(read["consent"]["asked_as"]["key"] == "consent.assisted");
    CHECK(read["consent"]["asked_as"]["sha256"] == crypto::to_hex(crypto::sha256(ready(), crypto::as_bytes(shown))));
    CHECK(read["consent"]["answer"] == "given");
}

TEST_CASE("The page of formats names every member that a record can have") {
    std::ifstream in(AMPARO_SOURCE_DIR "/docs/FORMATS.md");
    const std::string page((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    Rig rig;
    rig.for_worker("yes");
    rig.send(session::OpenRaise{});
    rig.send(session::ChooseRaise{{engine::ReadingKind::Harm, engine::Level::Some, session::RaiseReason::Fear}});
    rig.send(session::SealNow{});
    Rig interpreter;
    interpreter.sign_in();
    interpreter.send(session::NewScreening{});
    interpreter.send(session::NeedInterpreter{});
    interpreter.send(session::RecordInterpreter{});
    interpreter.send(session::Prepared{origin()});
    for (const auto& text : {rig.record(), interpreter.record()}) {
        const auto read = json::parse(text);
        for (const auto& [name, value] : read.items()) {
            INFO(name);
            CHECK(page.find("| `" + name + "` |") != std::string::npos);
            const auto& inner = value.is_array() && !value.empty() ? value.front() : value;
            if (!inner.is_object()) continue;
            for (const auto& [member, unused] : inner.items()) {
                INFO(member);
                CHECK(page.find("`" + member + "`") != std::string::npos);
            }
        }
    }
}

TEST_CASE("Where no consent was asked for, the record does not say that it was") {
    Rig rig;
    rig.sign_in();
    rig.send(session::NewScreening{});
    rig.send(session::NeedInterpreter{});
    rig.send(session::RecordInterpreter{});
    rig.send(session::Prepared{origin()});
    const auto read = json::parse(rig.record());
    CHECK(read["consent"]["answer"] == "not_asked");
    CHECK_FALSE(read["consent"].contains("asked_as"));
    CHECK(app::casebook::parse_record(rig.record()));
}

TEST_CASE("A worker has a number and no name, and a record has a day and no time") {
    Rig rig;
    rig.begin();
    rig.send(session::Next{});
    const auto read = json::parse(rig.record());
    CHECK(read["worker"] == 1);
    CHECK(read["day"] == "2026-03-10");
    CHECK_FALSE(read.contains("time"));
}

TEST_CASE("Text is written in NFC") {
    Rig rig;
    rig.begin();
    rig.send(session::Next{});
    rig.type("words", "a\xCC\x81rbol");  // a and a combining acute accent
    rig.send(session::Next{});
    CHECK(json::parse(rig.record())["answers"][1]["value"] == "árbol");
}

TEST_CASE("The writer refuses members out of order, members twice and text that is not UTF-8") {
    const auto good = [](const std::function<void(session::JsonWriter&)>& write) {
        session::JsonWriter writer(std::pmr::get_default_resource());
        write(writer);
        return writer.good();
    };
    CHECK(good([](auto& j) {
        j.begin_object();
        j.key("a").number(1);
        j.key("b").text("x");
        j.end_object();
    }));
    CHECK_FALSE(good([](auto& j) {
        j.begin_object();
        j.key("b").number(1);
        j.key("a").number(1);
        j.end_object();
    }));
    CHECK_FALSE(good([](auto& j) {
        j.begin_object();
        j.key("a").number(1);
        j.key("a").number(1);
        j.end_object();
    }));
    CHECK_FALSE(good([](auto& j) { j.text("\xC3"); }));
    CHECK_FALSE(good([](auto& j) { j.begin_object(); }));
}

TEST_CASE("Quotes, backslashes and control characters are escaped, everything else stands as it is") {
    session::JsonWriter writer(std::pmr::get_default_resource());
    writer.text("\"\\\x01\n ñ 漢");
    CHECK(writer.view() == "\"\\\"\\\\\\u0001\\u000a ñ 漢\"");
    CHECK(json::parse(writer.view()).get<std::string>() == "\"\\\x01\n ñ 漢");
}
