// The kinds of widgets. One is one file here: its name, its measures, its look, and the calls of Ui that describe it.
// Inside app/ui only.
#pragma once

#include "app/ui/core/widget_kind.hpp"

namespace app::ui {

namespace widgets {
extern const WidgetKind heading;
extern const WidgetKind title;
extern const WidgetKind body;
extern const WidgetKind strong;
extern const WidgetKind hint;
extern const WidgetKind small;
extern const WidgetKind code;
extern const WidgetKind clock;
extern const WidgetKind icon_text;
extern const WidgetKind badge;
extern const WidgetKind tag;
extern const WidgetKind stat;
extern const WidgetKind banner;
extern const WidgetKind progress;
extern const WidgetKind divider;
extern const WidgetKind card;
extern const WidgetKind choice;
extern const WidgetKind chip;
extern const WidgetKind fold;
extern const WidgetKind button;
extern const WidgetKind icon_button;
extern const WidgetKind list_row;
extern const WidgetKind segments;
extern const WidgetKind pin_dots;
extern const WidgetKind pin_key;
extern const WidgetKind text_field;
extern const WidgetKind key;
}  // namespace widgets

/// A text in that size (dp), lines `line` times as high, all by `factor`.
[[nodiscard]] TextStyle style(Face face, float size, float line, float factor);
/// Text alone, grown with the size of the texts.
[[nodiscard]] Box text_box(Face face, float size, float line, const Look& look);
/// As large as that whatever is in it, its content in the middle.
[[nodiscard]] Box fixed_box(float width, float height);

}  // namespace app::ui
