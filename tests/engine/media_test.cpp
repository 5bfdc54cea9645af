#include <catch2/catch_all.hpp>

#include "tests/support/scenario.hpp"

namespace engine = questionnaires::engine;
using engine::Media;
using scenario::Scenario;
using scenario::Sheets;

namespace {

Sheets spoken(std::string_view file = "ask-es.opus") {
    Sheets sheets;
    sheets.survey(
        "type | name | label::Español (es) | label::English (en) | media::audio::Español (es) | image::English (en)\n"
        "text | t | te | te | " +
        std::string(file) + " | look.png\n select_one l | o | o | o | |");
    sheets.choices(
        "list_name | name | label::Español (es) | label::English (en) | audio::Español (es) | media::video::English "
        "(en)\n"
        "l | a | A | A | a.opus | a.webm\n l | b | B | B | |");
    return sheets;
}

}  // namespace

TEST_CASE("files of questions and choices are kept by language, and a language may lack one") {
    const Scenario s(spoken());
    const auto& form = s.form();
    const auto es = *form.language("es");
    const auto en = *form.language("en");
    CHECK(form.media(engine::QuestionId{0U}, Media::Audio, es) == "ask-es.opus");
    CHECK(form.media(engine::QuestionId{0U}, Media::Audio, en).empty());
    CHECK(form.media(engine::QuestionId{0U}, Media::Image, en) == "look.png");
    CHECK(form.media(engine::QuestionId{0U}, Media::Video, en).empty());
    CHECK(form.media(engine::QuestionId{1U}, Media::Audio, es).empty());
    CHECK(form.choice_media(engine::QuestionId{1U}, engine::ChoiceId{0U}, Media::Audio, es) == "a.opus");
    CHECK(form.choice_media(engine::QuestionId{1U}, engine::ChoiceId{0U}, Media::Video, en) == "a.webm");
    CHECK(form.choice_media(engine::QuestionId{1U}, engine::ChoiceId{1U}, Media::Audio, es).empty());
    CHECK(form.choice_media(engine::QuestionId{0U}, engine::ChoiceId{0U}, Media::Audio, es).empty());
    CHECK(form.media(engine::QuestionId{99U}, Media::Audio, es).empty());
    CHECK(form.choice_media(engine::QuestionId{99U}, engine::ChoiceId{0U}, Media::Audio, es).empty());
    CHECK(form.choice_media(engine::QuestionId{1U}, engine::ChoiceId{99U}, Media::Audio, es).empty());
}

TEST_CASE("a file outside the folder of the form is refused") {
    for (const std::string_view name : {"../a.opus", "/etc/passwd", "a/b.opus", "a\\b.opus", ".hidden", "c:a.opus"}) {
        INFO(name);
        const auto loaded = spoken(name).load();
        REQUIRE_FALSE(loaded.has_value());
        CHECK_THAT(scenario::all_text(loaded.error()),
                   Catch::Matchers::ContainsSubstring("survey row 2, column media::audio::Español (es)"));
    }
}
