#include <catch2/catch_all.hpp>

#include "tests/kiosk_screens/stage.hpp"

namespace {

struct Size {
    int width, height;
};
constexpr Size sizes[] = {{360, 640}, {412, 915}, {800, 480}, {800, 1280}, {1280, 800}};

constexpr app::ui::TextSize text_sizes[] = {app::ui::TextSize::normal, app::ui::TextSize::larger,
                                            app::ui::TextSize::large, app::ui::TextSize::largest};

/// Everything wrong with a screen in one language, at every size and every text size.
std::string faults_of(stage::Stage& stage, const std::string& name, const locales::Translator& texts) {
    std::string found;
    const auto state = stage::state_of(stage.ready(), name);
    for (const auto& size : sizes)
        for (const auto text : text_sizes) {
            stage.size(size.width, size.height);
            stage.prefer({.text_size = text});
            (void)stage.draw(state, texts);
            for (const auto& fault : app::ui::faults(stage.trace()))
                found += name + " " + std::to_string(size.width) + "x" + std::to_string(size.height) + " text " +
                         std::to_string(static_cast<int>(text)) + ": " + fault.key + " " + fault.what + "\n";
        }
    return found;
}

}  // namespace

TEST_CASE("Every screen fits every size and text size in Spanish, English and the pseudo-language", "[long][proof]") {
    stage::Stage stage;
    const std::string language = GENERATE("es", "en", "qps");
    const auto texts = stage::words(language);
    std::string found;
    for (const auto& name : stage::names()) found += faults_of(stage, name, texts);
    CAPTURE(language);
    CHECK(found == "");
}

TEST_CASE("No word about the purpose can be read before a worker is in") {
    stage::Stage stage;
    for (const std::string language : {"es", "en"}) {
        const auto texts = stage::words(language);
        for (const std::string name : {"starting",
                                       "problem.error.slots_lost",
                                       "slot",
                                       "words.pan",
                                       "words.refused",
                                       "clock",
                                       "who",
                                       "pin",
                                       "pin.wrong",
                                       "set_up",
                                       "set_up.words",
                                       "asking.before",
                                       "compare",
                                       "differ",
                                       "back",
                                       "back.no_certificate",
                                       "back.no_bundle",
                                       "test_record",
                                       "test_record.sent",
                                       "test_record.written"}) {
            (void)stage.draw(stage::state_of(stage.ready(), name), texts);
            for (const auto& widget : stage.trace().widgets)
                for (const std::string_view word :
                     {"trata", "víctima", "victim", "traffick", "daño", "peligro", "entrevista"}) {
                    CAPTURE(name, widget.key);
                    CHECK(widget.text.find(word) == std::string_view::npos);
                }
        }
    }
}

TEST_CASE("Every screen but the clock offers the language switch and the text size in the header") {
    stage::Stage stage;
    const auto texts = stage::words("es");
    for (const auto& name : stage::names()) {
        if (name == "clock") continue;
        CAPTURE(name);
        (void)stage.draw(stage::state_of(stage.ready(), name), texts);
        CHECK(stage.trace().find("header.language.es") != nullptr);
        CHECK(stage.trace().find("header.language.en") != nullptr);
        CHECK(stage.trace().find("header.size") != nullptr);
    }
}

TEST_CASE("A demonstration says so on every screen but the clock once its set-up is known") {
    stage::Stage stage;
    const auto texts = stage::words("en");
    for (const auto& name : stage::names()) {
        const auto state = stage::state_of(stage.ready(), name);
        if (!state.setup || name == "clock") continue;
        CAPTURE(name);
        (void)stage.draw(state, texts);
        CHECK(stage.trace().find("demo") != nullptr);
    }
}
