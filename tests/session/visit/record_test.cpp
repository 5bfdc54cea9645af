// The record: what docs/FORMATS.md says, in one canonical form, read back by the one reader.
#include <nlohmann/json.hpp>

#include "app/record/read.hpp"
#include "crypto/hash.hpp"
#include "tests/session/support.hpp"

using namespace test;
using nlohmann::json;

TEST_CASE("A record reads back as what was said") {
    Rig rig;
    rig.for_worker("yes");
    rig.send(session::OpenRaise{});
    rig.send(session::ChooseRaise{{engine::ReadingKind::Harm, engine::Level::Some, session::RaiseReason::Fear}});
    rig.send(session::SealNow{});
    const auto read = app::record::read(rig.record());
    if (!read) FAIL(read.error().detail);
    CHECK(read->kind == app::record::Kind::Final);
    CHECK(read->record == std::string(32, 'a'));
    CHECK(read->mode == app::record::Mode::Assisted);
    CHECK(read->case_code == "radio-hotel-canal-482");
    CHECK(read->reading(engine::ReadingKind::Danger).level == engine::Level::Strong);
    REQUIRE(read->raised);
    CHECK(read->raised->reading == engine::ReadingKind::Harm);
    CHECK(read->raised->level == engine::Level::Some);
    CHECK(read->raised->reason == "fear");
    CHECK(read->unknown == 0);
    CHECK(read->day == "2026-03-10");
}

TEST_CASE("Every kind of record is one that the reader takes") {
    Rig rig;
    rig.begin(session::Mode::Private);
    rig.choose("danger_now", "no");
    rig.send(session::Next{});
    CHECK(app::record::read(rig.record()));
    rig.send(session::Leave{});
    rig.send(session::EraseWhatWasSaid{});
    const auto order = app::record::read(crypto::as_text(rig.last<session::Withdraw>()->withdrawn.view()));
    REQUIRE(order);
    CHECK(order->kind == app::record::Kind::Withdrawn);
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
        for (const auto key : session::consent_texts(session::Mode::Assisted, model::Role::Shelter, page)) {
            shown += rig.texts.tr(key, {{"count", 365}, {"who", "Test"}}).view();
            shown += '\n';
        }
    const auto read = json::parse(rig.record());
    CHECK(read["consent"]["asked_as"]["key"] == "consent.assisted");
    CHECK(read["consent"]["asked_as"]["sha256"] == crypto::to_hex(crypto::sha256(ready(), crypto::as_bytes(shown))));
    CHECK(read["consent"]["answer"] == "given");
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
    CHECK(app::record::read(rig.record()));
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
