#include "tests/kiosk_screens/maker.hpp"

namespace stage {

locales::Translator words(std::string_view language) {
    if (language != "qps")
        return locales::Translator::built_in(language == "es" ? locales::Language::Es : locales::Language::En);
    const auto english = must(locales::Catalogue::parse(locales::shipped(locales::Language::En)), "catalogue");
    const auto pseudo = locales_test::pseudo_locale(english);
    return must(locales::Translator::make(pseudo, pseudo, locales::Language::En), "pseudo-language");
}

Stage::Stage()
    : window_({.width = 412, .height = 915, .scale = 1.0F}),
      ready_(must(crypto::SodiumReady::init(), "libsodium")),
      fonts_(must(app::platform::find_fonts(), "fonts")),
      ui_(must(app::ui::Ui::make(ready_, fonts_), "interface")) {}

app::platform::Picture Stage::draw(const State& state, const locales::Translator& texts) {
    app::kiosk::screens::Inputs said;
    ui_->forget();
    ui_->invalidate();
    window_.poll();
    const auto picture = ui_->frame(window_.metrics(), window_.events(), window_.now(), [&](app::ui::Ui& ui) {
        app::kiosk::screens::draw(ui, state, {texts, "0.1.0"}, said);
        return false;
    });
    if (!picture) stop("no frame");
    return *picture;
}

app::kiosk::screens::Inputs Stage::tap(const State& state, const locales::Translator& texts, std::string_view key) {
    app::kiosk::screens::Inputs said;
    const auto* widget = ui_->trace().find(key);
    if (widget == nullptr) stop("no widget " + std::string(key));
    const float scale = window_.metrics().scale;
    const app::platform::Point at{(widget->visible.x + widget->visible.w / 2) * scale,
                                  (widget->visible.y + widget->visible.h / 2) * scale};
    for (const auto phase : {app::platform::PointerPhase::press, app::platform::PointerPhase::release}) {
        window_.advance(std::chrono::milliseconds(400));
        window_.events().push({window_.now(), app::platform::PointerEvent{phase, at}});
        (void)ui_->frame(window_.metrics(), window_.events(), window_.now(), [&](app::ui::Ui& ui) {
            app::kiosk::screens::draw(ui, state, {texts, "0.1.0"}, said);
            return false;
        });
    }
    return said;
}

}  // namespace stage
