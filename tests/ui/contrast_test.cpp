#include <catch2/catch_all.hpp>

#include "app/ui/core/theme.hpp"

using app::ui::Contrast;

TEST_CASE("Contrast ratios follow the definition") {
    CHECK(app::ui::contrast_ratio({0, 0, 0}, {255, 255, 255}) == Catch::Approx(21.0));
    CHECK(app::ui::contrast_ratio({255, 255, 255}, {255, 255, 255}) == Catch::Approx(1.0));
    CHECK(app::ui::contrast_ratio({0x77, 0x77, 0x77}, {255, 255, 255}) == Catch::Approx(4.48).margin(0.01));
}

TEST_CASE("Every text has a contrast of 4.5, and of 7 in high contrast") {
    for (const Contrast contrast : {Contrast::light, Contrast::dark, Contrast::high}) {
        const double least = contrast == Contrast::high ? 7.0 : 4.5;
        for (const auto& pair : app::ui::text_colour_pairs(app::ui::theme(contrast))) {
            INFO(pair.name << " in theme " << static_cast<int>(contrast));
            CHECK(app::ui::contrast_ratio(pair.front, pair.back) >= least);
        }
    }
}

TEST_CASE("What marks a control stands out by 3 to 1") {
    for (const Contrast contrast : {Contrast::light, Contrast::dark, Contrast::high}) {
        const auto& t = app::ui::theme(contrast);
        INFO("theme " << static_cast<int>(contrast));
        CHECK(app::ui::contrast_ratio(t.focus, t.background) >= 3);
        CHECK(app::ui::contrast_ratio(t.focus, t.card) >= 3);
        CHECK(app::ui::contrast_ratio(t.primary, t.background) >= 3);
        CHECK(app::ui::contrast_ratio(t.soft, t.card) >= 3);  // the ring of a choice
    }
}

TEST_CASE("High contrast is black, white and one yellow") {
    const auto& t = app::ui::theme(Contrast::high);
    for (const auto& c :
         {t.background, t.card, t.ink, t.soft, t.line, t.primary, t.on_primary, t.amber, t.danger, t.good, t.focus}) {
        const bool black = c.r == 0 && c.g == 0 && c.b == 0;
        const bool white = c.r == 255 && c.g == 255 && c.b == 255;
        const bool yellow = c.r == t.primary.r && c.g == t.primary.g && c.b == t.primary.b;
        CHECK((black || white || yellow));
    }
}
