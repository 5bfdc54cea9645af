// Glyph shapes, widths and the one texture they are drawn from; it must not know what is written.
#pragma once

#include <cstdint>
#include <memory>
#include <unordered_map>
#include <vector>

#include "app/platform/fonts.hpp"
#include "app/platform/picture.hpp"

namespace app::ui {

enum class Face : std::uint8_t { regular, bold, icons };

/// Where a glyph lies in the atlas and relative to the pen, in pixels.
struct Glyph {
    int x = 0, y = 0, w = 0, h = 0;
    int left = 0;  ///< pen to left edge
    int top = 0;   ///< baseline up to top edge
};

/// Rasterises with FreeType exactly the glyphs that are drawn, at the size they are drawn, when they are first drawn:
/// start-up bakes nothing and 200 % text on a 3x display costs no gigantic texture. Widths are unhinted, so that layout
/// is the same at every display scale.
class Glyphs {
  public:
    /// `fonts` must outlive this. Error: font_damaged.
    [[nodiscard]] static platform::Result<std::unique_ptr<Glyphs>> make(const platform::FontFiles& fonts);
    ~Glyphs();
    Glyphs(const Glyphs&) = delete;
    Glyphs& operator=(const Glyphs&) = delete;

    /// In ems.
    [[nodiscard]] float advance(Face face, char32_t character);
    [[nodiscard]] float kerning(Face face, char32_t left, char32_t right);
    [[nodiscard]] float ascent(Face face) const noexcept;
    [[nodiscard]] float descent(Face face) const noexcept;  ///< positive
    [[nodiscard]] bool has(Face face, char32_t character);

    static constexpr int steps = 4;  ///< horizontal positions between two pixels
    /// `px`: size in pixels; `step`: 0 to steps - 1. May enlarge or clear the atlas: then generation() changes and what
    /// was drawn before in this frame has to be drawn again.
    [[nodiscard]] const Glyph& glyph(Face face, char32_t character, float px, int step);

    [[nodiscard]] int width() const noexcept { return width_; }
    [[nodiscard]] int height() const noexcept { return height_; }
    [[nodiscard]] std::uint64_t generation() const noexcept { return generation_; }
    /// Call once a frame, after drawing: closes the revision.
    [[nodiscard]] platform::AtlasView finish() noexcept;

  private:
    struct Faces;
    explicit Glyphs(std::unique_ptr<Faces> faces);
    bool place(int w, int h, int& x, int& y);
    void enlarge();
    void paint_white() noexcept;

    std::unique_ptr<Faces> faces_;
    std::unordered_map<std::uint64_t, Glyph> glyphs_;
    std::unordered_map<std::uint64_t, float> advances_;
    std::vector<std::uint8_t> pixels_;
    int width_ = 1024;
    int height_ = 512;
    int shelf_x_ = 0, shelf_y_ = 0, shelf_h_ = 0;
    std::uint64_t generation_ = 1;
    std::uint64_t revision_ = 1;
    int dirty_top_ = 0, dirty_bottom_ = 0;
};

}  // namespace app::ui
