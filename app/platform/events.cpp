#include "app/platform/events.hpp"

namespace app::platform {

EventQueue::~EventQueue() {
    Event gone;
    while (take(gone)) {
    }
    gone = Event{};
}

bool EventQueue::push(const Event& event) noexcept {
    if (count_ == slots_.size()) return false;
    slots_[(first_ + count_) % slots_.size()] = event;
    ++count_;
    return true;
}

bool EventQueue::take(Event& out) noexcept {
    if (count_ == 0) return false;
    Event& slot = slots_[first_];
    out = slot;
    // Through volatile, so that the compiler keeps the store although nobody reads the slot again.
    if (auto* typed = std::get_if<CharacterEvent>(&slot.what)) {
        volatile char32_t* const character = &typed->character;
        *character = 0;
    } else if (auto* pointer = std::get_if<PointerEvent>(&slot.what)) {
        volatile float* const x = &pointer->at.x;
        volatile float* const y = &pointer->at.y;
        *x = 0;
        *y = 0;
    }
    slot.what = WakeEvent{};
    first_ = (first_ + 1) % slots_.size();
    --count_;
    return true;
}

}  // namespace app::platform
