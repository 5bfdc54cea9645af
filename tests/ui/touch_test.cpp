#include <catch2/catch_all.hpp>

#include "tests/ui/driver.hpp"

using app::platform::Key;
using gallery::Driver;

TEST_CASE("A button acts when the finger is lifted, not when it goes down") {
    Driver d("question");
    d.press("next");
    CHECK_FALSE(d.used("next"));
    d.wait(80);
    d.release();
    CHECK(d.used("next"));
}

TEST_CASE("Lifting the finger beside the button presses nothing") {
    Driver d("question");
    d.press("next");
    d.wait(50);
    d.move(0, -80);
    d.release();
    CHECK(d.state.used.empty());
}

TEST_CASE("A drag that starts on a choice scrolls and presses nothing") {
    Driver d("question", {.width = 412, .height = 500, .scale = 1.0F});
    REQUIRE(d.trace().scroll_range > 60);
    d.press("choice.yes");
    for (int i = 0; i < 6; ++i) {
        d.wait(30);
        d.move(0, -10);
    }
    d.wait(300);
    d.release();
    d.draw();
    CHECK(d.state.used.empty());
    CHECK(d.trace().scroll > 30);
    CHECK(d.trace().scroll < 60);
}

TEST_CASE("A finger that trembles less than the slop still presses") {
    Driver d("question");
    d.press("choice.no");
    d.move(3, 4);
    d.move(-2, 3);
    d.release();
    CHECK(d.used("choice.no"));
}

TEST_CASE("A thrown page runs on after the finger is lifted, slows down and stops") {
    Driver d("both", {.width = 360, .height = 480, .scale = 1.0F});
    d.press("choice.cannot");
    for (int i = 0; i < 4; ++i) {
        d.wait(16);
        d.move(0, -20);
    }
    d.release();
    const float lifted = d.trace().scroll;
    REQUIRE(d.ui->next_wake(d.window.now()).has_value());
    const int frames = d.draw();
    CHECK(frames > 3);
    CHECK(d.trace().scroll > lifted + 20);
    CHECK_FALSE(d.ui->next_wake(d.window.now()).has_value());
    CHECK(d.state.used.empty());
}

TEST_CASE("With reduced motion nothing runs on") {
    Driver d("both", {.width = 360, .height = 480, .scale = 1.0F}, {.reduced_motion = true});
    d.press("choice.cannot");
    for (int i = 0; i < 4; ++i) {
        d.wait(16);
        d.move(0, -20);
    }
    d.release();
    CHECK_FALSE(d.ui->next_wake(d.window.now()).has_value());
}

TEST_CASE("A finger put on a page that runs on only stops it") {
    Driver d("both", {.width = 360, .height = 480, .scale = 1.0F});
    d.press("choice.cannot");
    for (int i = 0; i < 4; ++i) {
        d.wait(16);
        d.move(0, -20);
    }
    d.release();
    d.wait(16);
    d.draw_once();
    d.press("choice.grows");
    d.wait(40);
    d.release();
    CHECK(d.state.used.empty());
    CHECK_FALSE(d.ui->next_wake(d.window.now()).has_value());
}

TEST_CASE("A second tap within 300 ms after the screen changed is ignored") {
    Driver d("question");
    d.state.screen = "both";
    d.ui->invalidate();
    d.draw();
    d.wait(250);
    d.tap("next");
    CHECK(d.state.used.empty());
    d.wait(100);
    d.tap("next");
    CHECK(d.used("next"));
}

TEST_CASE("What is urgent acts right after the screen changed, and on a page that still runs on") {
    Driver d("question");
    d.state.screen = "both";
    d.ui->invalidate();
    d.draw();
    d.wait(10);
    d.tap("header.exit");
    CHECK(d.used("header.exit"));

    Driver moving("both", {.width = 360, .height = 480, .scale = 1.0F});
    moving.press("choice.cannot");
    for (int i = 0; i < 4; ++i) {
        moving.wait(16);
        moving.move(0, -20);
    }
    moving.release();
    REQUIRE(moving.ui->next_wake(moving.window.now()).has_value());
    moving.tap("header.exit");
    CHECK(moving.used("header.exit"));
}

TEST_CASE("What is urgent acts although a key is held and shows its accents") {
    Driver d("keyboard");
    d.press("kb.u");
    d.wait(500);
    d.draw();
    REQUIRE(d.shows("kb.alt.ü"));
    d.release();
    d.tap("header.exit");
    CHECK(d.used("header.exit"));
}

TEST_CASE("A language switch keeps the place and needs no waiting") {
    Driver d("question", {.width = 412, .height = 500, .scale = 1.0F});
    d.window.events().push({d.window.now(), app::platform::WheelEvent{1, {200, 250}}});
    d.draw();
    const float scrolled = d.trace().scroll;
    REQUIRE(scrolled > 0);
    d.tap("header.language.en");
    CHECK(d.state.language == "en");
    CHECK(d.trace().scroll == scrolled);
    d.tap("header.language.es");
    CHECK(d.state.language == "es");
}

TEST_CASE("A tap shows its result in the same frame") {
    Driver d("question");
    d.press("choice.no");
    d.wait(50);
    d.release();
    CHECK(d.widget("choice.no").selected);
    CHECK_FALSE(d.widget("choice.yes").selected);
}

TEST_CASE("What is disabled cannot be pressed") {
    Driver d("sending");
    d.tap("next");
    CHECK(d.state.used.empty());
}

TEST_CASE("Two quick taps in one batch of events are both seen") {
    Driver d("pin");
    for (const char* key : {"pin.pad.1", "pin.pad.7"}) {
        const auto& w = d.widget(key);
        const app::platform::Point at{w.rect.x + 20, w.rect.y + 20};
        d.window.events().push({d.window.now(), app::platform::PointerEvent{app::platform::PointerPhase::press, at}});
        d.window.events().push({d.window.now(), app::platform::PointerEvent{app::platform::PointerPhase::release, at}});
    }
    d.draw();
    CHECK(d.state.used == std::vector<std::string>{"digit 1", "digit 7"});
}

TEST_CASE("A cancelled touch presses nothing") {
    Driver d("question");
    d.press("next");
    d.window.events().push({d.window.now(), app::platform::PointerEvent{app::platform::PointerPhase::cancel, {}}});
    d.draw();
    d.release();
    CHECK(d.state.used.empty());
}

TEST_CASE("Tab goes through the controls from the question to the footer and Enter presses") {
    Driver d("question");
    CHECK(d.described > 0);
    std::vector<std::string> visited;
    for (int i = 0; i < 9; ++i) {
        d.key(Key::tab);
        d.wait(10);
        for (const auto& w : d.trace().widgets)
            if (w.focused) visited.emplace_back(w.key);
    }
    CHECK(visited == std::vector<std::string>{"choice.yes", "choice.no", "choice.before", "refuse", "unknown", "skip",
                                              "why", "back", "next"});
    d.key(Key::enter);
    CHECK(d.used("next"));
}

TEST_CASE("Arrows move the focus and Enter without focus presses the primary button") {
    Driver d("question");
    d.key(Key::enter);
    CHECK(d.used("next"));
    d.key(Key::down);
    d.key(Key::down);
    CHECK(d.widget("choice.no").focused);
    d.key(Key::up);
    CHECK(d.widget("choice.yes").focused);
    d.key(Key::enter);
    CHECK(d.used("choice.yes"));
}

TEST_CASE("The focus scrolls what it reaches into sight") {
    Driver d("both", {.width = 360, .height = 480, .scale = 1.0F});
    for (int i = 0; i < 7; ++i) d.key(Key::tab);
    const auto& w = d.widget("skip");
    CHECK(w.focused);
    CHECK(w.visible.h == Catch::Approx(w.rect.h));
}

TEST_CASE("A touch hides the focus ring") {
    Driver d("question");
    d.key(Key::tab);
    CHECK(d.widget("choice.yes").focused);
    d.tap("unknown");
    CHECK_FALSE(d.widget("choice.yes").focused);
}

TEST_CASE("Digits of a physical keyboard work the PIN pad") {
    Driver d("pin");
    d.type("40");
    d.key(Key::backspace);
    d.key(Key::enter);
    CHECK(d.state.used == std::vector<std::string>{"digit 4", "digit 0", "backspace", "ok"});
}

TEST_CASE("Any key and any touch leave the clock") {
    Driver d("clock");
    d.type("x");
    CHECK(d.used("clock"));
    Driver e("clock");
    e.tap("clock");
    CHECK(e.used("clock"));
}

TEST_CASE("A fold opens, stays open in the next frame and closes") {
    Driver d("question");
    CHECK_FALSE(d.shows("why.text"));
    d.tap("why");
    CHECK(d.shows("why.text"));
    d.ui->invalidate();
    d.draw();
    CHECK(d.shows("why.text"));
    d.tap("why");
    CHECK_FALSE(d.shows("why.text"));
}
