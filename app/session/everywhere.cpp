// What works on every screen: language, sizes, leaving, idle.
#include <algorithm>

#include "app/session/everywhere_rules.hpp"

namespace app::session {

void Everywhere::on(ChooseLanguage& event) {
    s_.language = event.language;
    if (s_.screening) s_.screening->interview().speak(s_.screening->language_id(s_.language));
    if (auto* question = at<Question>()) question->refused.reset();  // its words were in the other language
}

void Everywhere::on(NextTextSize&) {
    const auto* found = std::find(text_sizes.begin(), text_sizes.end(), s_.text_percent);
    const auto next = found == text_sizes.end() || found + 1 == text_sizes.end() ? text_sizes.begin() : found + 1;
    s_.text_percent = *next;
    if (s_.setup) want(SavePreference{"text_percent", std::to_string(s_.text_percent)});
}

void Everywhere::on(ChooseTheme& event) {
    s_.theme = event.theme;
    if (s_.setup) want(SavePreference{"theme", std::to_string(static_cast<int>(event.theme))});
}

void Everywhere::on(Leave&) {
    if (at<IdleWarning>() != nullptr) ways_out_.stay();
    if (storing(s_) || at<Leaving>() != nullptr || at<Starting>() != nullptr) return;
    if (!s_.worker) {  // what is kept or erased is not for whoever stands before the PIN to say
        if (at<EnterPin>() != nullptr) show<Clock>();
        return;
    }
    if (!s_.screening) return ways_out_.lock();
    ways_out_.put_under();
    show<Leaving>();
}

void Everywhere::on(QuickExit&) {
    if (first_lead_waits(s_)) return entry_.end_first_lead();
    if (!s_.setup) return;
    ways_out_.lock();
    s_.quiet_until = s_.now.steady + quiet_time;
}

void Everywhere::on(CloseWindow&) {
    if (s_.exporting()) want(StopExport{});
    if (s_.screening || !s_.unstored.empty()) ways_out_.lock();
    storing_.store_again();
    if (s_.unstored.empty()) return want(Quit{});
    s_.closing = !s_.unstored_error();  // else it stays, tries again, and says so to the next worker
}

void Everywhere::on(Tick&) {
    entry_.drop_old_words();
    if (s_.retry_at && *s_.retry_at <= s_.now.steady) storing_.store_again();
    if (s_.closes_at && *s_.closes_at <= s_.now.steady) {
        storing_.hand_over();
        s_.closes_at.reset();
    }
    const auto due = idle_at(s_);
    if (!due || *due > s_.now.steady) return;
    if (at<IdleWarning>() != nullptr) return ways_out_.cover();
    // Leaving is covered by the warning too; what lay under it stays there.
    if (at<Leaving>() == nullptr) ways_out_.put_under();
    show<IdleWarning>();
}

void Everywhere::on(Problem& problem, Retry&) {
    if (!problem.can_retry) return;
    if (!s_.setup) {
        show<Starting>();
        want(Unlock{}, Pending::Unlock);
    } else if (!s_.worker) {
        show<Who>();
    } else if (s_.screening) {
        storing_.finish_as(s_.screening->ending.value_or(Ending::Sealed));
    } else {
        show<Home>();
    }
}

void Everywhere::on(IdleWarning&, Touched&) {
    ways_out_.stay();
}

void Everywhere::on(IdleWarning&, StayHere&) {
    ways_out_.stay();
}

}  // namespace app::session
