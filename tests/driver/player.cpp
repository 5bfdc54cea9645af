#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "app/ui/core/shaping.hpp"
#include "app/ui/core/touch.hpp"
#include "tests/driver/numbers.hpp"
#include "tests/driver/picture.hpp"
#include "tests/driver/tour.hpp"

namespace driver {
namespace {

using namespace app::ui;
using app::platform::Instant;
using app::platform::Key;
using app::platform::Point;
using app::platform::PointerPhase;
namespace platform = app::platform;

using Outcome = tl::expected<void, std::string>;

std::optional<Key> key_named(std::string_view name) {
    constexpr std::array<std::pair<std::string_view, Key>, 9> keys{{{"Enter", Key::enter},
                                                                    {"Escape", Key::escape},
                                                                    {"Tab", Key::tab},
                                                                    {"BackTab", Key::back_tab},
                                                                    {"Up", Key::up},
                                                                    {"Down", Key::down},
                                                                    {"Left", Key::left},
                                                                    {"Right", Key::right},
                                                                    {"Backspace", Key::backspace}}};
    for (const auto& [known, key] : keys)
        if (known == name) return key;
    return std::nullopt;
}

class Player {
  public:
    explicit Player(const TourHost& host) : host_(host), now_(host.window.now()) {}

    tl::expected<TourReport, TourFailure> run(const Tour& tour) {
        draw();
        for (const TourStep& step : tour.steps) {
            const Outcome done = perform(step);
            if (host_.ending && host_.ending()) {
                draw();
                static_cast<void>(settle());
                return report_;
            }
            if (!done) return tl::unexpected(TourFailure{step.line, done.error()});
            ++report_.steps;
        }
        return report_;
    }

  private:
    Outcome perform(const TourStep& step) {
        const auto& w = step.words;
        const std::string& c = step.command;
        if (c == "tap") return tap(w[0]);
        if (c == "hold") return hold(w[0]);
        if (c == "accent") return accent(w[0], w[1]);
        if (c == "type") return type(w[0]);
        if (c == "note") return note(w[0]);
        if (c == "recite") return type(noted(' '));
        if (c == "tell") return tell(w[0]);
        if (c == "press") return press(w[0]);
        if (c == "drag") return drag(w[0], w[1], w[2]);
        if (c == "expect") return expect(w[0], w.size() > 1 ? w[1] : std::string());
        if (c == "selected") return selected(w[0]);
        if (c == "absent") return absent(w[0]);
        if (c == "screen") return screen(w[0]);
        if (c == "wait") return wait(w[0]);
        if (c == "settle") return settle();
        if (c == "pass") return pass(w[0]);
        if (c == "close") return close();
        if (c == "lap") return lap(w[0]);
        if (c == "screenshot") return screenshot(w[0]);
        if (c == "size") return size(w[0]);
        if (c == "scale") return scale(w[0]);
        return check();
    }

    static tl::unexpected<std::string> wrong(std::string what) { return tl::unexpected(std::move(what)); }

    // A real window stamps its own events (it was shown, it was uncovered) with real time: never fall behind that.
    void pass_time(Instant by) {
        now_ = std::max(now_, host_.window.now()) + by;
        if (host_.advance) host_.advance(by);
    }
    void send(const decltype(platform::Event::what)& what) { host_.window.events().push({now_, what}); }
    // Until nothing is due: what was sent has its effect, inertia runs out.
    void draw() {
        host_.window.poll();
        for (int i = 0; i < 400; ++i) {
            const auto picture = host_.ui.frame(host_.window.metrics(), host_.window.events(), now_, host_.describe);
            if (picture) {
                last_ = picture;
                ++report_.frames;
                host_.window.show(*picture);
            }
            const auto next = host_.ui.next_wake(now_);
            if (!next && host_.window.events().empty()) return;
            if (next && *next > now_) pass_time(*next - now_);
        }
    }
    // Only what is due now: a finger is still down.
    void draw_held() {
        const auto picture = host_.ui.frame(host_.window.metrics(), host_.window.events(), now_, host_.describe);
        if (!picture) return;
        last_ = picture;
        ++report_.frames;
        host_.window.show(*picture);
    }

    [[nodiscard]] const Widget* find(const std::string& key) const { return host_.ui.trace().find(key); }
    [[nodiscard]] Point pixels(float x, float y) const {
        const float scale = host_.window.metrics().scale;
        return {x * scale, y * scale};
    }
    [[nodiscard]] static Point middle(const Widget& w) {
        return {w.visible.x + w.visible.w / 2, w.visible.y + w.visible.h / 2};
    }

    bool pump_and_draw() {
        if (!host_.pump || !host_.pump()) return false;
        host_.ui.invalidate();
        draw();
        return true;
    }
    Outcome need(const std::string& key) {
        for (int i = 0; i < 1000; ++i)
            if (find(key) != nullptr || !pump_and_draw()) break;
        return find(key) != nullptr ? Outcome{} : wrong("\"" + key + "\" is not on the screen " + where());
    }
    [[nodiscard]] std::string where() const { return "\"" + std::string(host_.ui.trace().screen) + "\""; }

    // Scrolls as a finger would until the whole widget can be seen.
    Outcome into_sight(const std::string& key) {
        if (const Outcome there = need(key); !there) return there;
        for (int i = 0; i < 60; ++i) {
            const Widget* const w = find(key);
            if (w == nullptr) return wrong("\"" + key + "\" went away while scrolling");
            const Rect& m = host_.ui.trace().middle;
            if (w->area != Area::middle || (w->visible.h >= w->rect.h - 0.5F) || w->visible.h >= m.h - 1) return {};
            const float down = w->rect.y < m.y ? m.y - w->rect.y : m.bottom() - w->rect.bottom();
            const float limit = m.h * 0.7F;
            const float by = std::clamp(down + (down > 0 ? 12.0F : -12.0F), -limit, limit);
            const float before = host_.ui.trace().scroll;
            const float x = m.x + 4;
            slide({x, by < 0 ? m.bottom() - 4 : m.y + 4},
                  {x, (by < 0 ? m.bottom() - 4 : m.y + 4) + by + (by < 0 ? -dp_slop : dp_slop)});
            if (host_.ui.trace().scroll == before) break;
        }
        const Widget* const w = find(key);
        return w != nullptr && w->visible.h > 0 ? Outcome{} : wrong("\"" + key + "\" cannot be scrolled into sight");
    }

    // Slowly enough that nothing is thrown.
    void slide(Point from, Point to) {
        pass_time(tap_guard + Instant{50});
        send(platform::PointerEvent{PointerPhase::press, pixels(from.x, from.y)});
        for (int i = 1; i <= 8; ++i) {
            pass_time(Instant{40});
            const float part = static_cast<float>(i) / 8.0F;
            send(platform::PointerEvent{PointerPhase::move,
                                        pixels(from.x + (to.x - from.x) * part, from.y + (to.y - from.y) * part)});
            draw_held();
        }
        pass_time(Instant{200});
        send(platform::PointerEvent{PointerPhase::release, pixels(to.x, to.y)});
        draw();
    }

    Outcome tap(const std::string& key) {
        if (const Outcome seen = into_sight(key); !seen) return seen;
        for (int i = 0; i < 1000 && !find(key)->enabled; ++i)
            if (!pump_and_draw() || find(key) == nullptr) break;
        if (find(key) == nullptr) return wrong("\"" + key + "\" is not on the screen " + where());
        const Widget& w = *find(key);
        if (!w.target) return wrong("\"" + key + "\" cannot be tapped: it is a " + std::string(w.kind_name));
        if (!w.enabled) return wrong("\"" + key + "\" cannot be used now");
        const Point at = middle(w);
        if (const Widget* const top = target_at(host_.ui.trace(), at); top == nullptr || top->key != key)
            return wrong("\"" + key + "\" is covered");
        pass_time(tap_guard + Instant{50});
        send(platform::PointerEvent{PointerPhase::press, pixels(at.x, at.y)});
        pass_time(Instant{60});
        send(platform::PointerEvent{PointerPhase::release, pixels(at.x, at.y)});
        draw();
        return {};
    }

    Outcome press_down(const std::string& key) {
        if (const Outcome seen = into_sight(key); !seen) return seen;
        const Point at = middle(*find(key));
        pass_time(tap_guard + Instant{50});
        send(platform::PointerEvent{PointerPhase::press, pixels(at.x, at.y)});
        draw_held();
        pass_time(Instant{600});
        draw_held();
        held_ = at;
        return {};
    }

    Outcome hold(const std::string& key) {
        if (const Outcome down = press_down(key); !down) return down;
        send(platform::PointerEvent{PointerPhase::release, pixels(held_.x, held_.y)});
        draw();
        return {};
    }

    Outcome accent(const std::string& key, const std::string& other) {
        if (const Outcome down = press_down(key); !down) return down;
        const Widget* const to = find(other);
        if (to == nullptr) return wrong("holding \"" + key + "\" does not offer \"" + other + "\"");
        const Point at = middle(*to);
        for (int i = 1; i <= 4; ++i) {
            pass_time(Instant{20});
            const float part = static_cast<float>(i) / 4.0F;
            send(platform::PointerEvent{PointerPhase::move,
                                        pixels(held_.x + (at.x - held_.x) * part, held_.y + (at.y - held_.y) * part)});
        }
        send(platform::PointerEvent{PointerPhase::release, pixels(at.x, at.y)});
        draw();
        return {};
    }

    Outcome type(const std::string& text) {
        for (std::size_t at = 0; at < text.size();) {
            pass_time(Instant{30});
            send(platform::CharacterEvent{next_character(text, at)});
            draw();
        }
        return {};
    }

    Outcome press(const std::string& which) {
        const auto key = key_named(which);
        if (!key) return wrong("there is no key called \"" + which + "\"");
        pass_time(tap_guard + Instant{50});
        send(platform::KeyEvent{*key});
        draw();
        return {};
    }

    Outcome drag(const std::string& key, const std::string& dx, const std::string& dy) {
        const auto x = whole(dx);
        const auto y = whole(dy);
        if (!x || !y) return wrong("drag needs two whole numbers");
        if (const Outcome there = need(key); !there) return there;
        const Point at = middle(*find(key));
        slide(at, {at.x + static_cast<float>(*x), at.y + static_cast<float>(*y)});
        return {};
    }

    Outcome expect(const std::string& key, const std::string& text) {
        if (const Outcome there = need(key); !there) return there;
        for (int i = 0; i < 1000; ++i) {
            const Widget* const w = find(key);
            if (w != nullptr && (text.empty() || w->text == text || w->second == text)) return {};
            if (!pump_and_draw()) break;
        }
        const Widget* const w = find(key);
        if (w == nullptr) return wrong("\"" + key + "\" is not on the screen " + where());
        return wrong("\"" + key + "\" shows \"" + std::string(w->text) + "\", not \"" + text + "\"");
    }

    Outcome note(const std::string& key) {
        if (const Outcome there = into_sight(key); !there) return there;
        noted_.emplace_back(find(key)->text);
        return {};
    }

    Outcome tell(const std::string& name) {
        const auto all = noted('\n');
        return host_.text ? host_.text(name, all) : Outcome{};
    }

    /// All that was kept, with this behind each; it is forgotten.
    std::string noted(char behind) {
        std::string all;
        for (const auto& one : std::exchange(noted_, {})) all += one + behind;
        return all;
    }

    Outcome selected(const std::string& key) {
        if (const Outcome there = need(key); !there) return there;
        return find(key)->selected ? Outcome{} : wrong("\"" + key + "\" is not selected");
    }

    Outcome absent(const std::string& key) {
        return find(key) == nullptr ? Outcome{} : wrong("\"" + key + "\" is on the screen " + where());
    }

    Outcome screen(const std::string& name) {
        for (int i = 0; i < 1000 && host_.ui.trace().screen != name; ++i)
            if (!pump_and_draw()) break;
        return host_.ui.trace().screen == name ? Outcome{}
                                               : wrong("the screen is " + where() + ", not \"" + name + "\"");
    }

    Outcome wait(const std::string& key) { return need(key); }

    Outcome settle() {
        while (pump_and_draw()) {
        }
        return {};
    }

    Outcome pass(const std::string& text) {
        const auto seconds = whole(text);
        if (!seconds || *seconds < 0) return wrong("\"" + text + "\" is not a number of seconds");
        pass_time(std::chrono::seconds(*seconds));
        host_.ui.invalidate();
        draw();
        return settle();
    }

    Outcome lap(const std::string& name) {
        const auto at = std::chrono::steady_clock::now();
        report_.laps.emplace_back(name, std::chrono::duration<double, std::milli>(at - lap_).count());
        lap_ = std::chrono::steady_clock::now();
        return {};
    }

    Outcome close() {
        send(platform::CloseEvent{});
        draw();
        return settle();
    }

    Outcome screenshot(const std::string& name) {
        host_.ui.invalidate();
        draw();
        if (!last_ || !host_.picture) return {};
        const auto metrics = host_.window.metrics();
        auto image = rasterise(*last_, metrics.width, metrics.height);
        if (!image) return wrong("the picture could not be taken: " + image.error());
        if (const Outcome kept = host_.picture(name, *image); !kept) return kept;
        ++report_.pictures;
        return {};
    }

    Outcome size(const std::string& text) {
        const std::size_t x = std::min(text.find('x'), text.size());
        const auto width = whole(std::string_view(text).substr(0, x));
        const auto height = whole(std::string_view(text).substr(std::min(x + 1, text.size())));
        if (!width || !height || *width < 100 || *height < 100)
            return wrong("size needs a width and a height, as in 360x640");
        host_.window.resize(*width, *height);
        draw();
        return {};
    }

    Outcome scale(const std::string& text) {
        const auto value = decimal(text);
        if (!value || *value < 0.5F || *value > 4) return wrong("scale needs a number from 0.5 to 4");
        host_.window.rescale(*value);
        draw();
        return {};
    }

    Outcome check() {
        std::string all;
        for (const Fault& fault : faults(host_.ui.trace())) all += "\n  " + fault.key + ": " + fault.what;
        return all.empty() ? Outcome{} : wrong("the screen " + where() + " has faults:" + all);
    }

    static constexpr float dp_slop = dp::slop + 1;
    const TourHost& host_;
    Instant now_;
    std::optional<platform::Picture> last_;
    Point held_;
    std::vector<std::string> noted_;
    TourReport report_;
    std::chrono::steady_clock::time_point lap_ = std::chrono::steady_clock::now();
};

}  // namespace

tl::expected<TourReport, TourFailure> play(const Tour& tour, const TourHost& host) {
    return Player(host).run(tour);
}

}  // namespace driver
