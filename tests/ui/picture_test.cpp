#include <catch2/catch_all.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "app/platform/glfw_window.hpp"
#include "tests/support/folder.hpp"
#include "tests/ui/driver.hpp"

using gallery::Driver;
namespace fs = std::filesystem;

namespace {

struct Pixel {
    int r, g, b;
    bool operator==(const Pixel& o) const { return r == o.r && g == o.g && b == o.b; }
};

Pixel pixel(const driver::Image& image, float x, float y) {
    const auto at =
        (static_cast<std::size_t>(y) * static_cast<std::size_t>(image.width) + static_cast<std::size_t>(x)) * 4;
    return {image.rgba[at], image.rgba[at + 1], image.rgba[at + 2]};
}

}  // namespace

TEST_CASE("A headless frame has the theme's colours where they belong") {
    Driver d("question");
    const auto image = d.window.capture(*d.last).value();
    CHECK(image.width == 412);
    CHECK(pixel(image, 2, 850) == Pixel{0xF7, 0xF3, 0xEC});
    const auto& next = d.widget("next").rect;
    CHECK(pixel(image, next.x + 8, next.y + next.h / 2) == Pixel{0x0E, 0x5A, 0x61});
    const auto& no = d.widget("choice.no").rect;
    CHECK(pixel(image, no.right() - 20, no.y + no.h / 2) == Pixel{255, 255, 255});
    CHECK(pixel(image, no.x + no.w / 2, no.y + 1) == Pixel{0xDE, 0xD6, 0xC8});
}

TEST_CASE("The same screen gives the same picture") {
    Driver a("result");
    Driver b("result");
    CHECK(a.window.capture(*a.last).value().rgba == b.window.capture(*b.last).value().rgba);
}

TEST_CASE("The clock is dark whatever the theme") {
    Driver d("clock");
    CHECK(pixel(d.window.capture(*d.last).value(), 5, 5) == Pixel{0x12, 0x18, 0x1A});
}

TEST_CASE("A picture written as PNG is read back unchanged") {
    const test::Folder folder;
    Driver d("home");
    const auto image = d.window.capture(*d.last).value();
    REQUIRE(driver::write_png(image, folder.path() / "home.png"));
    const auto back = driver::read_png(folder.path() / "home.png");
    REQUIRE(back);
    CHECK(back->rgba == image.rgba);
    CHECK_FALSE(fs::exists(folder.path() / "home.png.part"));
}

TEST_CASE("A picture that cannot be written is an error with its path") {
    Driver d("home");
    const auto image = d.window.capture(*d.last).value();
    const auto failed = driver::write_png(image, "/nonexistent/folder/x.png");
    REQUIRE_FALSE(failed);
    CHECK(failed.error() == "/nonexistent/folder/x.png");
}

TEST_CASE("Missing fonts name the Debian package") {
    const test::Folder folder;
    const auto none = app::platform::find_fonts({folder.path()});
    REQUIRE_FALSE(none);
    CHECK(none.error().error == app::platform::Error::font_missing);
    CHECK(none.error().subject == "fonts-noto-core");
    const auto real = app::platform::find_fonts().value();
    for (const char* name : {"NotoSans-Regular.ttf", "NotoSans-Bold.ttf"}) {
        std::ofstream(folder.path() / name, std::ios::binary)
            .write(reinterpret_cast<const char*>(real.regular.data()),
                   static_cast<std::streamsize>(real.regular.size()));
    }
    const auto icons = app::platform::find_fonts({folder.path()});
    REQUIRE_FALSE(icons);
    CHECK(icons.error().subject == "fonts-material-design-icons-iconfont");
}

TEST_CASE("Without a display the window is refused with the display's name") {
    const char* const before = std::getenv("DISPLAY");
    const std::string kept = before == nullptr ? "" : before;
    setenv("DISPLAY", ":98765", 1);
    const auto failed = app::platform::open_window({});
    if (before == nullptr)
        unsetenv("DISPLAY");
    else
        setenv("DISPLAY", kept.c_str(), 1);
    REQUIRE_FALSE(failed);
    CHECK(failed.error().error == app::platform::Error::no_display);
    CHECK(failed.error().subject == ":98765");
}

TEST_CASE("A damaged font is an error with its path") {
    const test::Folder folder;
    std::ofstream(folder.path() / "NotoSans-Regular.ttf") << std::string(4096, 'x');
    const auto failed = app::platform::find_fonts({folder.path()});
    REQUIRE_FALSE(failed);
    CHECK(failed.error().error == app::platform::Error::font_damaged);
    CHECK(failed.error().subject == (folder.path() / "NotoSans-Regular.ttf").string());
}

TEST_CASE("Every icon has a glyph and the widest text size at the highest scale fits the atlas") {
    Driver d("both", {.width = 412, .height = 860, .scale = 3.0F}, {.text_size = app::ui::TextSize::largest});
    for (const std::string& name : gallery::names()) {
        d.state.screen = name;
        d.ui->invalidate();
        d.draw();
        CHECK(d.last->atlas.height <= 4096);
    }
}

TEST_CASE("The event queue keeps order, refuses when full and never loses the first") {
    app::platform::EventQueue queue;
    int pushed = 0;
    while (queue.push({app::platform::Instant{pushed}, app::platform::WakeEvent{}})) ++pushed;
    CHECK(pushed == 512);
    app::platform::Event event;
    REQUIRE(queue.take(event));
    CHECK(event.when.count() == 0);
    CHECK(queue.push({}));
}
