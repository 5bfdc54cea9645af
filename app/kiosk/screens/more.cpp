#include "app/kiosk/screens/more.hpp"

#include <string>

namespace app::kiosk::screens {
namespace {

/// The form's words for it, which may quote an answer: never copied into a text of ours.
ui::Text label_of(const engine::Interview& interview, engine::NodeId node, engine::LanguageId language,
                  const locales::Text& otherwise) {
    const auto label = interview.label(node, language);
    return label.empty() ? ui::Text(otherwise) : ui::Text::verbatim(label);
}

/// The first text that was said about it: what tells one instance from another for people.
ui::Text first_words(const engine::Interview& interview, engine::NodeId instance) {
    for (const auto node : interview.nodes()) {
        const bool said = interview.kind(node) == engine::Kind::Text && interview.relevant(node) &&
                          interview.state(node) == engine::AnswerState::Answered;
        if (said && interview.instance(node) == instance) return ui::Text::verbatim(interview.value(node));
    }
    return {};
}

void ask(const Pen& pen, const session::Question& s, engine::NodeId repeat) {
    const auto& interview = pen.state.screening->interview();
    const auto language = pen.form_language();
    const auto middle = pen.ui.middle();
    const auto count = interview.instance_count(repeat);
    pen.ui.heading("more.title", label_of(interview, repeat, language, pen.tr("more.title")));
    pen.ui.hint("more.ask", count == 0 ? pen.tr("more.first") : pen.tr("more.ask", {{"count", count}}));
    if (pen.ui.card("more.add", ui::CardStyle::dashed, ui::Icon::add, pen.tr("more.add"), {}))
        pen.send(session::AddInstance{repeat});
    if (s.refused)
        pen.ui.icon_text("more.refused", ui::Icon::error_outline, pen.tr("more.no_room"),
                         {.tone = ui::Tone::danger, .strong = true});
    if (count == 0) return;
    const auto rows = pen.ui.column(8);
    pen.ui.small("more.remove", pen.tr("more.remove"));
    const auto unnamed = pen.tr("more.unnamed");
    for (std::uint32_t i = 1; i <= count; ++i) {
        const auto instance = interview.instance_at(repeat, i);
        const auto number = pen.context.texts.number(i);
        if (instance &&
            pen.ui.list_row(
                "more.remove." + std::to_string(i), label_of(interview, *instance, language, unnamed),
                {.icon = ui::Icon::delete_outline, .second = first_words(interview, *instance), .value = number}))
            pen.send(session::RemoveInstance{*instance, false});
    }
}

void ask_whether_sure(const Pen& pen, engine::NodeId instance) {
    const auto& interview = pen.state.screening->interview();
    {
        const auto middle = pen.ui.middle();
        pen.ui.heading("removing.title", pen.tr("removing.title"));
        instance_heading(pen, "removing", interview, instance);
        const auto words = first_words(interview, instance);
        if (!words.empty()) pen.ui.body("removing.words", words);
        pen.ui.hint("removing.body", pen.tr("removing.body"));
    }
    const auto footer = pen.ui.footer();
    if (back(pen, "removing.keep", "removing.keep")) pen.send(session::Back{});
    pen.ui.push();
    if (pen.ui.button("removing.remove", pen.tr("removing.remove"), {.style = ui::ButtonStyle::danger}))
        pen.send(session::RemoveInstance{instance, true});
}

}  // namespace

void instance_heading(const Pen& pen, std::string_view key, const engine::Interview& interview,
                      engine::NodeId instance) {
    const auto line = pen.ui.row(8);
    const std::string name(key);
    pen.ui.strong(name + ".label", label_of(interview, instance, pen.form_language(), pen.tr("more.unnamed")));
    pen.ui.strong(name + ".number", pen.context.texts.number(interview.position(instance)));
}

void ways_on(const Pen& pen) {
    const bool saving = pen.state.saving();
    if (pen.ui.button("question.back", pen.tr("button.back"), {.before = ui::Icon::arrow_back, .enabled = !saving}))
        pen.send(session::Back{});
    pen.ui.push();
    const auto next = pen.tr(saving ? "question.saving" : "button.next");
    if (pen.ui.button("question.next", next,
                      {.style = ui::ButtonStyle::primary,
                       .after = saving ? ui::Icon::none : ui::Icon::arrow_forward,
                       .enabled = !saving}))
        pen.send(session::Next{});
}

void draw_more(const Pen& pen, const session::Question& s, engine::NodeId repeat, float progress) {
    const auto name = std::string(pen.state.screening->interview().address(repeat));
    const HeaderOptions header{.left = Left::nothing, .cross = Cross::leave, .progress = progress};
    if (s.removing) {
        begin(pen, "removing." + name, header);
        return ask_whether_sure(pen, *s.removing);
    }
    begin(pen, "more." + name, header);
    ask(pen, s, repeat);
    const auto footer = pen.ui.footer();
    ways_on(pen);
}

}  // namespace app::kiosk::screens
