#include <catch2/catch_all.hpp>

#include <thread>

#include "tests/ui/driver.hpp"

using gallery::Driver;

TEST_CASE("Without an event there is no frame, no description and nothing to wake for") {
    Driver d("keyboard");
    const int described = d.described;
    for (int i = 0; i < 20; ++i) {
        d.wait(1000);
        CHECK_FALSE(d.draw_once());
    }
    CHECK(d.described == described);
    CHECK_FALSE(d.ui->next_wake(d.window.now()).has_value());
}

TEST_CASE("One tap needs at most two frames") {
    Driver d("question");
    const int before = d.window.shown();
    d.tap("choice.no");
    CHECK(d.window.shown() - before <= 2);
}

TEST_CASE("A finger held still draws once") {
    Driver d("question");
    d.press("next");
    d.wait(5000);
    CHECK_FALSE(d.draw_once());
    CHECK_FALSE(d.ui->next_wake(d.window.now()).has_value());
}

TEST_CASE("A wake from another thread ends the wait and reaches the description") {
    Driver d("home");
    std::thread other([&d] { d.window.wake(); });
    d.window.wait(std::nullopt);
    other.join();
    bool woken = false;
    (void)d.ui->frame(d.window.metrics(), d.window.events(), d.window.now(), [&](app::ui::Ui& u) {
        woken = woken || u.woken();
        return gallery::describe(u, d.state);
    });
    CHECK(woken);
}

TEST_CASE("A resize is a frame") {
    Driver d("home");
    d.window.resize(800, 480);
    CHECK(d.draw_once());
    CHECK(d.trace().window.w == 800);
}

TEST_CASE("A description that never settles is stopped") {
    Driver d("home");
    int calls = 0;
    d.ui->invalidate();
    (void)d.ui->frame(d.window.metrics(), d.window.events(), d.window.now(), [&](app::ui::Ui& u) {
        ++calls;
        (void)gallery::describe(u, d.state);
        return true;
    });
    CHECK(calls <= 8);
}

TEST_CASE("Forgetting leaves no text in the trace") {
    Driver d("keyboard");
    d.ui->forget();
    CHECK(d.trace().widgets.empty());
    CHECK(d.trace().screen.empty());
}

TEST_CASE("Forgetting while describing takes effect when the pass ends") {
    Driver d("keyboard");
    d.type("secreto");
    bool once = true;
    d.ui->invalidate();
    (void)d.ui->frame(d.window.metrics(), d.window.events(), d.window.now(), [&](app::ui::Ui& u) {
        if (once) u.forget();
        once = false;
        return gallery::describe(u, d.state);
    });
    CHECK(d.state.seen == d.state.typed);
    CHECK(d.shows("answer"));
}
