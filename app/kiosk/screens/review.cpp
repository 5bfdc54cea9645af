// The answers so far, in the order asked; touch one to go back to it.
#include <array>
#include <string>

#include "app/kiosk/screens/all.hpp"
#include "app/kiosk/screens/more.hpp"
#include "crypto/secret.hpp"

namespace app::kiosk::screens {
namespace {

using engine::AnswerState;
using engine::Kind;

/// A line put together from what was answered; wiped when it goes.
class Line {
  public:
    Line() = default;
    Line(const Line&) = delete;
    Line& operator=(const Line&) = delete;
    ~Line() { crypto::wipe(std::as_writable_bytes(std::span(text_))); }

    /// What does not fit whole is left out.
    void add(std::string_view part) noexcept {
        const std::string_view comma = size_ == 0 ? "" : ", ";
        if (size_ + comma.size() + part.size() > text_.size()) return;
        for (const char c : comma) text_[size_++] = c;
        for (const char c : part) text_[size_++] = c;
    }
    [[nodiscard]] ui::Text text() const noexcept { return ui::Text::verbatim({text_.data(), size_}); }

  private:
    std::array<char, 1024> text_{};
    std::size_t size_ = 0;
};

void row(const Pen& pen, const engine::Interview& interview, engine::NodeId node) {
    const auto language = pen.form_language();
    Line line;
    ui::Tone tone = ui::Tone::primary;
    ui::Icon icon = ui::Icon::check_circle_outline;
    const auto open = [&](std::string_view key) {
        line.add(pen.tr(key).view());
        tone = ui::Tone::soft;
        icon = ui::Icon::remove;
    };
    switch (interview.state(node)) {
        case AnswerState::Answered:
            for (const auto choice : interview.choices(node))
                if (interview.selected(node, choice)) line.add(interview.choice_label(node, choice, language));
            if (interview.choices(node).empty()) line.add(interview.value(node));
            break;
        case AnswerState::NotAsked:
            open("review.open");
            break;
        case AnswerState::Skipped:
            open("review.skipped");
            break;
        case AnswerState::Refused:
            open("review.refused");
            break;
        case AnswerState::Unknown:
            open("review.unknown");
            break;
    }
    const auto label = ui::Text::verbatim(interview.label(node, language));
    if (pen.ui.list_row("review." + std::string(interview.address(node)), label,
                        {.icon = icon, .tone = tone, .second = line.text()}))
        pen.send(session::JumpTo{node});
}

/// Where an instance begins its place among the rows, and before the first one the way to add or take out.
void repeat_row(const Pen& pen, const engine::Interview& interview, engine::NodeId node) {
    const auto key = "review." + std::string(interview.address(node));
    if (interview.is_instance(node)) return instance_heading(pen, key, interview, node);
    if (!interview.may_change(node)) return;
    const auto label = interview.label(node, pen.form_language());
    const auto unnamed = pen.tr("more.unnamed");
    if (pen.ui.list_row(key, label.empty() ? ui::Text(unnamed) : ui::Text::verbatim(label),
                        {.icon = ui::Icon::add, .tone = ui::Tone::primary, .second = pen.tr("more.change")}))
        pen.send(session::JumpTo{node});
}

}  // namespace

void draw_review(const Pen& pen, const session::Review&) {
    const auto& interview = pen.state.screening->interview();
    begin(pen, "review", {.left = Left::nothing, .cross = Cross::leave, .progress = 1});
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("review.title", pen.tr("review.title"));
        pen.ui.hint("review.body", pen.tr("review.body"));
        const auto rows = pen.ui.column(8);
        for (const engine::NodeId node : interview.nodes()) {
            if (!interview.relevant(node)) continue;
            if (interview.kind(node) == Kind::Repeat) repeat_row(pen, interview, node);
            if (interview.takes_answer(node)) row(pen, interview, node);
        }
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "review.back")) pen.send(session::Back{});
    if (primary(pen, "review.finish", "review.finish", ui::Icon::check)) pen.send(session::FinishReview{});
}

}  // namespace app::kiosk::screens
