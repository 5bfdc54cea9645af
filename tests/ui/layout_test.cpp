#include <catch2/catch_all.hpp>

#include "tests/ui/driver.hpp"

using app::ui::Contrast;
using app::ui::TextSize;
using gallery::Driver;

namespace {

struct Size {
    int width, height;
};

void check_all(const Size& size, float scale, TextSize text) {
    Driver d(gallery::names().front(), {.width = size.width, .height = size.height, .scale = scale},
             {.text_size = text});
    for (const std::string& name : gallery::names()) {
        d.state = {};
        d.state.screen = name;
        d.ui->invalidate();
        d.draw();
        for (const auto& fault : app::ui::faults(d.trace()))
            FAIL_CHECK(name << " at " << size.width << "x" << size.height << " scale " << scale << " text "
                            << static_cast<int>(text) << ": " << fault.key << ": " << fault.what);
    }
}

}  // namespace

TEST_CASE("Every screen is without fault at every size and text size") {
    const auto size = GENERATE(Size{360, 640}, Size{412, 915}, Size{800, 480}, Size{800, 1280}, Size{1280, 800},
                               Size{1920, 1080}, Size{640, 360});
    const auto text = GENERATE(TextSize::normal, TextSize::larger, TextSize::large, TextSize::largest);
    check_all(size, 1.0F, text);
    SUCCEED();
}

TEST_CASE("Every screen is without fault at every display scale") {
    const auto scale = GENERATE(1.5F, 2.0F, 3.0F);
    check_all({360, 640}, scale, TextSize::normal);
    check_all({800, 480}, scale, TextSize::largest);
    SUCCEED();
}

TEST_CASE("The layout in dp does not depend on the display scale") {
    Driver one("question");
    Driver three("question", {.width = 412, .height = 860, .scale = 3.0F});
    REQUIRE(one.trace().widgets.size() == three.trace().widgets.size());
    for (std::size_t i = 0; i < one.trace().widgets.size(); ++i) {
        CHECK(one.trace().widgets[i].rect.y == Catch::Approx(three.trace().widgets[i].rect.y).margin(0.01));
        CHECK(one.trace().widgets[i].rect.h == Catch::Approx(three.trace().widgets[i].rect.h).margin(0.01));
    }
}

TEST_CASE("The content column is at most 820 dp wide and stands in the middle") {
    Driver d("question", {.width = 1920, .height = 1080, .scale = 1.0F});
    const auto& label = d.widget("label");
    CHECK(label.rect.w == Catch::Approx(788));
    CHECK(label.rect.x == Catch::Approx((1920 - 788) / 2.0));
    CHECK(d.widget("header.leave").rect.right() > 1900);
}

TEST_CASE("Choices stand in two columns only when there is room in ems") {
    const auto columns = [](Driver& d) {
        return d.widget("choice.yes").rect.y == d.widget("choice.no").rect.y ? 2 : 1;
    };
    Driver phone("question");
    Driver tablet("question", {.width = 1280, .height = 800, .scale = 1.0F});
    Driver large("question", {.width = 1280, .height = 800, .scale = 1.0F}, {.text_size = TextSize::largest});
    CHECK(columns(phone) == 1);
    CHECK(columns(tablet) == 2);
    CHECK(columns(large) == 1);
}

TEST_CASE("A spacer pushes what follows to the bottom of the middle") {
    Driver d("question");
    const auto& fold = d.widget("why");
    CHECK(fold.rect.bottom() == Catch::Approx(d.trace().middle.bottom() - 12).margin(0.5));
}

TEST_CASE("Header and footer stay where they are while the middle scrolls") {
    Driver d("both", {.width = 360, .height = 480, .scale = 1.0F});
    const auto next = d.widget("next").rect;
    const auto label = d.widget("label").rect;
    d.window.events().push({d.window.now(), app::platform::WheelEvent{2, {180, 240}}});
    d.draw();
    CHECK(d.widget("next").rect.y == next.y);
    CHECK(d.widget("label").rect.y < label.y);
}

TEST_CASE("Sizes are those of the reference screens") {
    Driver d("question");
    CHECK(d.widget("next").rect.h == 56);
    CHECK(d.widget("choice.no").rect.h == 60);
    CHECK(d.widget("skip").rect.h == 48);
    CHECK(d.widget("header.leave").rect.w == 48);
    CHECK(d.widget("label").rect.x == 16);
    CHECK(d.widget("choice.no").rect.y - d.widget("choice.yes").rect.bottom() == Catch::Approx(12));
}

TEST_CASE("A new screen starts at its top") {
    Driver d("both", {.width = 360, .height = 480, .scale = 1.0F});
    d.window.events().push({d.window.now(), app::platform::WheelEvent{3, {180, 240}}});
    d.draw();
    REQUIRE(d.trace().scroll > 0);
    d.state.screen = "consent";
    d.ui->invalidate();
    d.draw();
    CHECK(d.trace().scroll == 0);
}

TEST_CASE("The check finds what is too small, too close, overlapping, cut or twice there") {
    using app::ui::Area;
    using app::ui::Kind;
    app::ui::Trace trace;
    trace.window = trace.middle = {0, 0, 400, 400};
    const auto add = [&trace](std::string_view key, app::ui::Rect rect) -> app::ui::Widget& {
        app::ui::Widget w;
        w.key = key;
        w.kind = Kind::button;
        w.rect = w.visible = rect;
        w.target = true;
        trace.widgets.push_back(w);
        return trace.widgets.back();
    };
    const auto found = [&trace](std::string_view what) {
        for (const auto& fault : app::ui::faults(trace))
            if (fault.what.find(what) != std::string::npos) return true;
        return false;
    };
    add("a", {10, 10, 60, 60});
    CHECK(app::ui::faults(trace).empty());
    add("b", {74, 10, 60, 60});
    CHECK(found("too close"));
    trace.widgets.pop_back();
    add("b", {60, 10, 60, 60});
    CHECK(found("overlaps"));
    trace.widgets.pop_back();
    add("b", {100, 10, 40, 60});
    CHECK(found("too small"));
    trace.widgets.pop_back();
    add("a", {100, 10, 60, 60});
    CHECK(found("twice"));
    trace.widgets.pop_back();
    add("b", {100, 10, 60, 60}).overflow = true;
    CHECK(found("does not fit"));
    trace.widgets.pop_back();
    add("b", {380, 10, 60, 60});
    CHECK(found("outside"));
    trace.widgets.pop_back();
    add("b", {100, 380, 60, 60});
    CHECK(found("scrolled"));
}
