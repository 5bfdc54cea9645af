#include <catch2/catch_all.hpp>

#include "tests/driver/tour.hpp"
#include "tests/ui/driver.hpp"

using driver::Tour;
using gallery::Driver;

namespace {

struct Run {
    Driver d;
    int pumped = 0;
    std::vector<std::string> pictures;
    int width = 0;
    std::string told;

    explicit Run(const std::string& screen) : d(screen) {}

    tl::expected<driver::TourReport, driver::TourFailure> play(std::string_view text) {
        const auto tour = Tour::parse(text);
        if (!tour) return tl::unexpected(tour.error());
        return driver::play(
            *tour, {d.window,
                    *d.ui,
                    [this](app::ui::Ui& u) { return gallery::describe(u, d.state); },
                    [this] {
                        if (++pumped == 3) d.state.screen = "sealed";
                        return pumped <= 3;
                    },
                    [this](const std::string& name, const driver::Image& image) -> tl::expected<void, std::string> {
                        pictures.push_back(name);
                        width = image.width;
                        return {};
                    },
                    [this](const std::string& name, const std::string& noted) -> tl::expected<void, std::string> {
                        told += name + ": " + noted;
                        return {};
                    },
                    {}});
    }
};

}  // namespace

TEST_CASE("A tour taps, checks, types, takes pictures and changes the size") {
    Run run("question");
    const auto done = run.play(
        "# a comment\n"
        "screen question\n"
        "tap choice.no\n"
        "selected choice.no\n"
        "expect label ¿Alguien guarda sus documentos y no se los devuelve?\n"
        "absent why.text\n"
        "tap why\n"
        "expect why.text\n"
        "check\n"
        "size 360x640\n"
        "screenshot small\n"
        "tap next\n");
    INFO((done ? "" : done.error().what));
    REQUIRE(done);
    CHECK(done->steps == 11);
    CHECK(run.d.used("next"));
    CHECK(run.pictures == std::vector<std::string>{"small"});
    CHECK(run.width == 360);
}

TEST_CASE("A tour scrolls to what is out of sight before it taps") {
    Run run("both");
    const auto done = run.play("size 360x420\ntap skip\n");
    INFO((done ? "" : done.error().what));
    REQUIRE(done);
    CHECK(run.d.used("skip"));
    CHECK(run.d.trace().scroll > 0);
    const auto up = run.play("tap choice.cannot");
    INFO((up ? "" : up.error().what));
    CHECK(up);
}

TEST_CASE("A tour types with accents by holding and by physical keys") {
    Run run("keyboard");
    run.d.state.typed.clear();
    run.d.ui->forget();
    const auto done = run.play("tap kb.c\naccent kb.o kb.alt.ó\ntype mo está\npress Backspace\n");
    INFO((done ? "" : done.error().what));
    REQUIRE(done);
    CHECK(run.d.state.seen == "cómo est");
}

TEST_CASE("A tour waits for background work by pumping it") {
    Run run("home");
    const auto done = run.play("wait sealed.code\nexpect sealed.code radio-hotel-canal-482\n");
    INFO((done ? "" : done.error().what));
    CHECK(done);
    CHECK(run.pumped == 3);
}

TEST_CASE("A tour keeps what it notes until it tells it") {
    Run run("sealed");
    const auto done = run.play("note sealed.code\ntell code\ntell nothing\n");
    INFO((done ? "" : done.error().what));
    REQUIRE(done);
    CHECK(run.told == "code: radio-hotel-canal-482\nnothing: ");
}

TEST_CASE("A tour that fails says where and why") {
    const auto why = [](const char* screen, const char* text) {
        Run run(screen);
        run.pumped = 10;
        const auto done = run.play(text);
        REQUIRE_FALSE(done);
        return std::to_string(done.error().line) + " " + done.error().what;
    };
    CHECK(why("question", "\ntap nowhere") == "2 \"nowhere\" is not on the screen \"question\"");
    CHECK(why("question", "absent next") == "1 \"next\" is on the screen \"question\"");
    CHECK(why("question", "tap label") == "1 \"label\" cannot be tapped: it is a heading");
    CHECK(why("sending", "tap next") == "1 \"next\" cannot be used now");
    CHECK(why("question", "expect choice.no Sí") == "1 \"choice.no\" shows \"No\", not \"Sí\"");
    CHECK(why("question", "screen home") == "1 the screen is \"question\", not \"home\"");
    CHECK(why("question", "selected choice.no") == "1 \"choice.no\" is not selected");
    CHECK(why("question", "fly away") == "1 there is no command \"fly\"");
    CHECK(why("question", "size big") == "1 size needs a width and a height, as in 360x640");
    CHECK(why("question", "drag next 1") == "1 \"drag\" has too few or too many words");
}
