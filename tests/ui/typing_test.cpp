#include <catch2/catch_all.hpp>

#include "tests/ui/driver.hpp"

using app::platform::Key;
using gallery::Driver;

TEST_CASE("The on-screen keyboard types into the field") {
    Driver d("keyboard");
    d.state.typed.clear();
    d.ui->forget();
    d.draw();
    for (const char* key : {"kb.shift", "kb.n", "kb.i", "kb.ñ", "kb.o", "kb.space", "kb.u"}) d.tap(key);
    CHECK(d.state.seen == "Niño u");
    d.tap("kb.backspace");
    CHECK(d.state.seen == "Niño ");
}

TEST_CASE("Holding a vowel offers its accents; sliding to one types it") {
    Driver d("keyboard");
    d.state.seen.clear();
    const std::string before = d.state.typed;
    d.press("kb.e");
    d.wait(500);
    d.draw();
    REQUIRE(d.shows("kb.alt.é"));
    const auto& to = d.widget("kb.alt.é").rect;
    const auto& from = d.widget("kb.e").rect;
    d.move(to.x + to.w / 2 - from.x - from.w / 2, to.y + to.h / 2 - from.y - from.h / 2);
    d.release();
    d.draw();
    CHECK(d.state.seen == before + "é");
    CHECK_FALSE(d.shows("kb.alt.é"));
}

TEST_CASE("An open accent pop-up also takes a tap, and closes when touched elsewhere") {
    Driver d("keyboard");
    const std::string before = d.state.typed;
    d.press("kb.u");
    d.wait(500);
    d.draw();
    d.release();
    d.draw();
    REQUIRE(d.shows("kb.alt.ü"));
    d.tap("kb.alt.ü");
    CHECK(d.state.seen == before + "ü");
    d.press("kb.u");
    d.wait(500);
    d.draw();
    d.release();
    d.tap("kb.q");
    CHECK_FALSE(d.shows("kb.alt.ü"));
    CHECK(d.state.seen == before + "ü");
}

TEST_CASE("The accent key offers all vowels and the question mark its pair") {
    Driver d("keyboard");
    d.press("kb.á");
    d.wait(500);
    d.draw();
    for (const char* key : {"kb.alt.á", "kb.alt.é", "kb.alt.í", "kb.alt.ó", "kb.alt.ú", "kb.alt.ü"})
        CHECK(d.shows(key));
}

TEST_CASE("Digits and signs are one touch away") {
    Driver d("keyboard");
    d.tap("kb.numbers");
    d.tap("kb.4");
    CHECK(d.state.seen == d.state.typed + "4");
    d.tap("kb.numbers");
    CHECK(d.shows("kb.q"));
}

TEST_CASE("A physical keyboard types into the same field and moves the caret") {
    Driver d("keyboard");
    d.type("n ¡ay!");
    CHECK(d.state.seen == d.state.typed + "n ¡ay!");
    d.key(Key::home);
    d.type("Z");
    CHECK(d.state.seen.substr(0, 2) == "ZL");
    d.key(Key::backspace);
    CHECK(d.state.seen == d.state.typed + "n ¡ay!");
}

TEST_CASE("Done submits and puts the keyboard away") {
    Driver d("keyboard");
    d.tap("kb.done");
    CHECK(d.state.submitted);
    CHECK_FALSE(d.shows("kb.q"));
    d.tap("answer");
    CHECK(d.shows("kb.q"));
}

TEST_CASE("Escape puts the keyboard away") {
    Driver d("keyboard");
    d.key(Key::escape);
    CHECK_FALSE(d.shows("kb.q"));
}

TEST_CASE("A tap in the text moves the caret there") {
    Driver d("keyboard");
    const auto& w = d.widget("answer");
    d.press("answer", -w.rect.w / 2 + 20, -w.rect.h / 2 + 25);
    d.wait(40);
    d.release();
    d.draw();
    d.type("X");
    CHECK(d.state.seen.substr(0, 2) == "XL");
}

TEST_CASE("The trace never says what was typed") {
    Driver d("keyboard");
    d.type("secreto");
    for (const auto& w : d.trace().widgets) CHECK(w.text.find("Limpiaba") == std::string_view::npos);
    CHECK(d.widget("answer").text == "Respuesta");
}

TEST_CASE("A field forgets when its screen goes") {
    Driver d("keyboard");
    d.type("secreto");
    d.state.screen = "home";
    d.ui->invalidate();
    d.draw();
    d.state.screen = "keyboard";
    d.ui->invalidate();
    d.draw();
    CHECK(d.state.seen == d.state.typed);
}

TEST_CASE("A key without accents types its letter however long it is held") {
    Driver d("keyboard");
    d.press("kb.w");
    d.wait(900);
    d.draw();
    d.release();
    d.draw();
    CHECK(d.state.seen == d.state.typed + "w");
}

TEST_CASE("A field that gets the caret is scrolled above the keyboard") {
    Driver d("keyboard", {.width = 360, .height = 420, .scale = 1.0F}, {.text_size = app::ui::TextSize::largest});
    const auto& w = d.widget("answer");
    CHECK(w.visible.h > 0);
    CHECK(w.focused);
}

TEST_CASE("A numeric field opens the keyboard with digits") {
    Driver d("sending");
    const auto show = [&d] {
        const auto fields = [](app::ui::Ui& u) {
            u.screen("age");
            {
                const auto middle = u.middle();
                (void)u.text_field("age", app::ui::Text::verbatim("Edad"), {}, {.numeric = true});
            }
            u.keyboard("kb", {app::ui::Text::verbatim("espacio"), app::ui::Text::verbatim("Listo")});
            return false;
        };
        d.ui->invalidate();
        (void)d.ui->frame(d.window.metrics(), d.window.events(), d.window.now(), fields);
    };
    show();
    CHECK_FALSE(d.shows("kb.7"));
    d.wait(400);
    const auto& w = d.widget("age").rect;
    for (const auto phase : {app::platform::PointerPhase::press, app::platform::PointerPhase::release})
        d.window.events().push({d.window.now(), app::platform::PointerEvent{phase, {w.x + 30, w.y + 30}}});
    show();
    CHECK(d.shows("kb.7"));
    CHECK_FALSE(d.shows("kb.q"));
}
