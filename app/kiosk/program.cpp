#include "app/kiosk/program.hpp"

#include "app/kiosk/screens/screens.hpp"
#include "app/shell/clock.hpp"

namespace app::kiosk {

namespace {

constexpr platform::Instant twice{600};  ///< two Esc within this leave at once

ui::Contrast contrast(session::Theme theme) noexcept {
    switch (theme) {
        case session::Theme::Light:
            return ui::Contrast::light;
        case session::Theme::Dark:
            return ui::Contrast::dark;
        case session::Theme::HighContrast:
            return ui::Contrast::high;
    }
    return ui::Contrast::light;
}

/// What an answer that opened the device brought.
const session::Setup* opened(const session::Answer& answer) {
    if (const auto* unlocked = std::get_if<session::Unlocked>(&answer)) return &unlocked->setup;
    if (const auto* enrolled = std::get_if<session::DeviceEnrolled>(&answer)) return &enrolled->setup;
    const auto* repaired = std::get_if<session::StoreRepaired>(&answer);
    return repaired != nullptr && repaired->setup ? &*repaired->setup : nullptr;
}

}  // namespace

Program::Program(crypto::SodiumReady ready, const Options& options, platform::Window& window, ui::Ui& ui,
                 locales::Translator texts)
    : options_(options),
      window_(window),
      ui_(ui),
      texts_(std::move(texts)),
      state_(ready),
      runner_(ready, options.places, [&window] { window.wake(); }),
      loop_(window, ui, *this) {
    state_.language = texts_.language();
    if (options.places.programme) state_.programme = exchange::deployment_words(ready, *options.places.programme);
    if (options.display.text_percent) state_.text_percent = *options.display.text_percent;
    if (options.theme) state_.theme = *options.theme;
    state_.confined = options.confined;
    window_.when_lost([this] { finish(); });
}

Program::~Program() {
    window_.when_lost({});
}

session::Now Program::now() const {
    const auto wall = shell::wall_time();
    return {wall.utc, window_.now() + ahead_, wall.of_day, wall.local};
}

void Program::ask_to_end() noexcept {
    end_asked_ = true;
    window_.wake();
}

void Program::finish() {
    dispatch(session::CloseWindow{});
    while (runner_.wait_for_event())
        for (auto& answer : runner_.take()) dispatch(std::move(answer));
}

void Program::begin() {
    carry_out(session::begin(state_, now()));
    ui_.invalidate();
}

void Program::dispatch(session::Event event) {
    if (const auto* answer = std::get_if<session::Answer>(&event)) take_words(*answer);
    carry_out(session::update(state_, std::move(event), now(), texts_));
}

/// After unlocking, the words are those of the signed bundle, and what the command line asked for wins over what the
/// device remembers.
void Program::take_words(const session::Answer& answer) {
    const auto* setup = opened(answer);
    if (setup == nullptr) return;
    const auto& catalogues = setup->bundle->catalogues;
    const auto es = catalogues.find("es");
    const auto en = catalogues.find("en");
    if (es == catalogues.end() || en == catalogues.end()) return;
    if (auto signed_words = locales::Translator::make(es->second, en->second, texts_.language()))
        texts_ = std::move(*signed_words);
}

void Program::carry_out(session::Effects effects) {
    for (auto& effect : effects) {
        if (std::holds_alternative<session::ForgetScreen>(effect))
            forget_ = true;
        else if (std::holds_alternative<session::Quit>(effect))
            done_ = true;
        else
            runner_.run(std::move(effect));
    }
}

bool Program::drain() {
    auto answers = runner_.take();
    for (auto& answer : answers) {
        const bool unlocked = opened(answer) != nullptr;
        dispatch(std::move(answer));
        if (!unlocked) continue;
        if (options_.display.text_percent) state_.text_percent = *options_.display.text_percent;
        if (options_.theme) state_.theme = *options_.theme;
    }
    if (!answers.empty()) ui_.invalidate();
    return !answers.empty();
}

bool Program::wait_for_worker() {
    return runner_.wait_for_event() && drain();
}

void Program::pass(platform::Instant by) {
    ahead_ += by;
    tick();
}

void Program::show_preferences() {
    ui_.prefer(
        {contrast(state_.theme), shell::text_size_of(state_.text_percent).value_or(ui::TextSize::normal), false});
    texts_.set_language(state_.language);
}

bool Program::describe(ui::Ui& ui) {
    if (std::exchange(forget_, false)) ui.forget();
    show_preferences();
    said_.clear();
    screens::draw(ui, state_, {texts_, AMPARO_VERSION}, said_);
    const bool asked = end_asked_.exchange(false);
    ending_ = ending_ || asked;
    if (asked || ui.closed()) said_.emplace_back(session::CloseWindow{});
    if (ui.escape()) {
        const bool again = escaped_ && ui.now() - *escaped_ < twice;
        escaped_ = ui.now();
        if (again)
            said_.emplace_back(session::QuickExit{});
        else
            said_.emplace_back(session::Back{});
    }
    const bool changed = !said_.empty();
    if (!changed && ui.touched()) dispatch(session::Touched{});
    auto said = std::move(said_);
    for (auto& input : said) dispatch(std::move(input));
    return changed;
}

std::optional<platform::Instant> Program::due() const {
    const auto tick = session::next_tick(state_, now());
    return tick ? std::optional<platform::Instant>(window_.now() + *tick) : std::nullopt;
}

void Program::tick() {
    const auto due = session::next_tick(state_, now());
    if (!due || *due > std::chrono::milliseconds(0)) return;
    dispatch(session::Tick{});
    ui_.invalidate();
}

void Program::take_in() {
    drain();
    tick();
    // The neutral screen shows the time: it is drawn anew when a minute has passed.
    if (std::holds_alternative<session::Clock>(state_.screen) && now().local != state_.now.local) {
        dispatch(session::Tick{});
        ui_.invalidate();
    }
    if (std::exchange(forget_, false)) {
        ui_.forget();
        ui_.invalidate();
    }
}

void Program::run() {
    begin();
    loop_.run();
}

}  // namespace app::kiosk
