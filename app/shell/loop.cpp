#include "app/shell/loop.hpp"

namespace app::shell {

void Loop::run() {
    for (;;) {
        turn();
        if (turning_.done()) return;
        window_.wait(next_wake());
    }
}

void Loop::turn() {
    turning_.take_in();
    const auto picture = ui_.frame(window_.metrics(), window_.events(), window_.now(),
                                   [this](ui::Ui& ui) { return turning_.describe(ui); });
    if (!picture) return;
    window_.show(*picture);
    ++frames_;
}

std::optional<platform::Instant> Loop::next_wake() const {
    auto wake = ui_.next_wake(window_.now());
    if (const auto due = turning_.due(); due && (!wake || *due < *wake)) wake = due;
    return wake;
}

}  // namespace app::shell
