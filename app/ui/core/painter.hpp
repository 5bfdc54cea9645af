// The one place that draws: shapes and glyphs into Dear ImGui's draw lists; it must not know what the shapes mean.
#pragma once

#include <memory>
#include <string_view>

#include "app/platform/picture.hpp"
#include "app/ui/core/icons.hpp"
#include "app/ui/core/shaping.hpp"
#include "app/ui/core/theme.hpp"
#include "app/ui/core/trace.hpp"

struct ImDrawList;
struct ImGuiContext;

namespace app::ui {

/// All measures in dp; edges are snapped to whole pixels. Owns a Dear ImGui context that has no windows, no input, no
/// files, only a draw list.
class Painter {
  public:
    Painter();
    ~Painter();
    Painter(const Painter&) = delete;
    Painter& operator=(const Painter&) = delete;

    void begin(int width, int height, float scale, Glyphs& glyphs);
    /// The finished frame; false when the atlas changed on the way and everything has to be drawn again.
    [[nodiscard]] bool end(platform::Picture& out);

    void clip(const Rect& rect);
    void unclip();
    void fill(const Rect& rect, float radius, Colour colour);
    /// A frame inside the rectangle's edge.
    void frame(const Rect& rect, float radius, float thickness, Colour colour);
    void dashes(const Rect& rect, float radius, float thickness, Colour colour);
    void disc(float x, float y, float radius, Colour colour);
    void ring(float x, float y, float radius, float thickness, Colour colour);
    void line(float x0, float y0, float x1, float y1, float thickness, Colour colour);
    /// `top` at the upper edge, `bottom` at the lower one, by their share of opacity.
    void fade(const Rect& rect, Colour colour, float top, float bottom);
    /// The function all text goes through. It shows characters as they are and never formats.
    void text(std::string_view text, const Block& block, Face face, const Rect& rect, Colour colour, bool centered);
    void icon(Icon icon, const Rect& rect, Colour colour);

  private:
    void glyph(Face face, char32_t character, float px, float pen, float baseline, Colour colour);

    ImGuiContext* context_;
    ImGuiContext* before_ = nullptr;
    ImDrawList* list_ = nullptr;
    Glyphs* glyphs_ = nullptr;
    float scale_ = 1;
    std::uint64_t generation_ = 0;
};

/// What draw() needs besides the scene.
struct Paint {
    std::string_view pressed;  ///< key under the finger
    bool focus_visible = false;
    std::string_view focus;
};

struct Scene;
struct Look;
void draw(Painter& painter, const Scene& scene, const Look& look, const Paint& paint);

}  // namespace app::ui
