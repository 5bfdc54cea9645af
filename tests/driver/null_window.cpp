#include "tests/driver/null_window.hpp"

#include <algorithm>
#include <cmath>

namespace driver {

using namespace app::platform;

namespace {

int pixels(int dp, float scale) {
    return std::max(1, static_cast<int>(std::lround(static_cast<float>(dp) * scale)));
}

}  // namespace

NullWindow::NullWindow(const WindowOptions& options) : width_dp_(options.width), height_dp_(options.height) {
    metrics_.scale = options.scale.value_or(1.0F);
    metrics_.width = pixels(width_dp_, metrics_.scale);
    metrics_.height = pixels(height_dp_, metrics_.scale);
}

void NullWindow::poll() noexcept {
    const std::lock_guard guard(mutex_);
    if (!wake_) return;
    wake_ = false;
    events_.push({now_, WakeEvent{}});
}

void NullWindow::wait(std::optional<Instant> until) noexcept {
    poll();
    if (!events_.empty()) return;
    if (until) {
        now_ = std::max(now_, *until);
        return;
    }
    {
        std::unique_lock guard(mutex_);
        woken_.wait(guard, [this] { return wake_; });
    }
    poll();
}

void NullWindow::wake() noexcept {
    {
        const std::lock_guard guard(mutex_);
        wake_ = true;
    }
    woken_.notify_one();
}

void NullWindow::show(const Picture& /*picture*/) noexcept {
    ++shown_;
}

tl::expected<Image, std::string> NullWindow::capture(const Picture& picture) const {
    return rasterise(picture, metrics_.width, metrics_.height);
}

void NullWindow::resize(int width, int height) noexcept {
    width_dp_ = width;
    height_dp_ = height;
    rescale(metrics_.scale);
}

void NullWindow::rescale(float scale) noexcept {
    metrics_ = {pixels(width_dp_, scale), pixels(height_dp_, scale), scale};
    events_.push({now_, ResizeEvent{}});
}

}  // namespace driver
