#include "app/session/ways_out.hpp"

#include <algorithm>

namespace app::session {

void WaysOut::go_home() {
    const auto minor = std::find(s_.minors_with.begin(), s_.minors_with.end(), s_.worker->number);
    if (minor != s_.minors_with.end()) {
        s_.minors_with.erase(minor);
        return show(WantsToTalk{true});
    }
    const auto asked = std::find(s_.asked_for.begin(), s_.asked_for.end(), s_.worker->number);
    if (asked != s_.asked_for.end()) {
        s_.asked_for.erase(asked);
        return show<WantsToTalk>();
    }
    if (s_.unstored_error()) return show<NotStored>();
    if (s_.leads() && s_.keys_told) {
        const auto told = *s_.keys_told;
        s_.keys_told.reset();
        return show(told);
    }
    show<Home>();
}

void WaysOut::lock() {
    storing_.hand_over();
    s_.under.reset();
    s_.worker.reset();
    s_.resumable = false;
    s_.outlasting.drop(Pending::Prepare);
    s_.closes_at.reset();
    want(ForgetScreen{});
    show<Clock>();
}

void WaysOut::put_under() {
    came(Pending::SealPage);  // asked for again after coming back
    s_.under = std::move(s_.screen);
}

void WaysOut::stay() {
    if (!s_.under || storing(s_)) return;
    s_.screen = std::move(*s_.under);
    s_.under.reset();
}

void WaysOut::cover() {
    // Whoever answers alone cannot be brought back to the page by a worker's PIN; an ending asked for is carried out.
    if (!s_.screening || !s_.under || s_.screening->mode == Mode::Private || s_.screening->ending) return lock();
    s_.seal_error.reset();
    (void)storing_.seal(*s_.screening, s_.screening->finished ? record::Kind::Final : record::Kind::Partial,
                        s_.language);
    if (auto* question = std::get_if<Question>(&*s_.under)) {
        question->refused.reset();
        question->unsettled.reset();  // the field is wiped with the screen
    }
    s_.worker.reset();
    s_.outlasting.drop(Pending::Prepare);
    s_.closes_at = s_.now.steady + neutral_grace;
    want(ForgetScreen{});
    show<Clock>();
}

void WaysOut::uncover() {
    s_.closes_at.reset();
    s_.screen = std::move(*s_.under);
    s_.under.reset();
}

}  // namespace app::session
