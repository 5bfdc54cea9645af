#include "app/ui/core/painter.hpp"

#include <imgui.h>

#include <cmath>
#include <numbers>
#include <vector>

namespace app::ui {
namespace {

ImU32 packed(Colour c) {
    return IM_COL32(c.r, c.g, c.b, c.a);
}

}  // namespace

Painter::Painter() {
    ImGuiContext* const before = ImGui::GetCurrentContext();
    context_ = ImGui::CreateContext();
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.IniFilename = nullptr;
    io.LogFilename = nullptr;
    io.BackendFlags |= ImGuiBackendFlags_RendererHasVtxOffset;
    io.ConfigFlags |= ImGuiConfigFlags_NoMouseCursorChange;
    io.DeltaTime = 1.0F / 60.0F;
    ImGuiStyle& style = ImGui::GetStyle();
    style.AntiAliasedLinesUseTex = false;  // our atlas has no baked lines
    style.CircleTessellationMaxError = 0.1F;
    style.CurveTessellationTol = 0.5F;
    // Only its white pixel is used, and that one is ours: the smallest atlas will do.
    io.Fonts->Flags |= ImFontAtlasFlags_NoMouseCursors | ImFontAtlasFlags_NoBakedLines;
    io.Fonts->Build();
    ImGui::SetCurrentContext(before);
}

Painter::~Painter() {
    ImGuiContext* const before = ImGui::GetCurrentContext();
    ImGui::DestroyContext(context_);
    ImGui::SetCurrentContext(before == context_ ? nullptr : before);
}

void Painter::begin(int width, int height, float scale, Glyphs& glyphs) {
    before_ = ImGui::GetCurrentContext();
    ImGui::SetCurrentContext(context_);
    ImGuiIO& io = ImGui::GetIO();
    io.DisplaySize = {static_cast<float>(width), static_cast<float>(height)};
    glyphs_ = &glyphs;
    scale_ = scale;
    generation_ = glyphs.generation();
    io.Fonts->TexUvWhitePixel = {2.0F / static_cast<float>(glyphs.width()), 2.0F / static_cast<float>(glyphs.height())};
    ImGui::NewFrame();
    list_ = ImGui::GetBackgroundDrawList();
}

bool Painter::end(platform::Picture& out) {
    ImGui::Render();
    out.data = ImGui::GetDrawData();
    list_ = nullptr;
    ImGui::SetCurrentContext(before_);
    return glyphs_->generation() == generation_;
}

namespace {

struct Box4 {
    ImVec2 a, b;
};

Box4 snap(const Rect& r, float scale) {
    return {{std::round(r.x * scale), std::round(r.y * scale)},
            {std::round(r.right() * scale), std::round(r.bottom() * scale)}};
}

// At least one pixel, whole pixels.
float thick(float dp, float scale) {
    return std::max(1.0F, std::round(dp * scale));
}

}  // namespace

void Painter::clip(const Rect& rect) {
    const Box4 box = snap(rect, scale_);
    list_->PushClipRect(box.a, box.b, true);
}

void Painter::unclip() {
    list_->PopClipRect();
}

void Painter::fill(const Rect& rect, float radius, Colour colour) {
    const Box4 box = snap(rect, scale_);
    const float most = std::min(box.b.x - box.a.x, box.b.y - box.a.y) / 2;
    list_->AddRectFilled(box.a, box.b, packed(colour), std::min(radius * scale_, most));
}

void Painter::frame(const Rect& rect, float radius, float thickness, Colour colour) {
    const Box4 box = snap(rect, scale_);
    const float t = thick(thickness, scale_);
    const float most = std::min(box.b.x - box.a.x, box.b.y - box.a.y) / 2;
    const float r = std::max(0.0F, std::min(radius * scale_, most) - t / 2);
    list_->PathRect({box.a.x + t / 2, box.a.y + t / 2}, {box.b.x - t / 2, box.b.y - t / 2}, r);
    list_->PathStroke(packed(colour), ImDrawFlags_Closed, t);
}

void Painter::dashes(const Rect& rect, float radius, float thickness, Colour colour) {
    const Box4 box = snap(rect, scale_);
    const float t = thick(thickness, scale_);
    const float r = radius * scale_;
    const ImVec2 a{box.a.x + t / 2, box.a.y + t / 2};
    const ImVec2 b{box.b.x - t / 2, box.b.y - t / 2};
    std::vector<ImVec2> path;
    const auto corner = [&](float x, float y, float from) {
        for (int i = 0; i <= 12; ++i) {
            const float angle = (from + static_cast<float>(i) / 24.0F) * std::numbers::pi_v<float>;
            path.push_back({x + std::cos(angle) * r, y + std::sin(angle) * r});
        }
    };
    corner(b.x - r, a.y + r, -0.5F);
    corner(b.x - r, b.y - r, 0.0F);
    corner(a.x + r, b.y - r, 0.5F);
    corner(a.x + r, a.y + r, 1.0F);
    path.push_back(path.front());
    const float on = 5 * scale_;
    const float period = 9 * scale_;
    float travelled = 0;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        const ImVec2 p = path[i];
        const ImVec2 q = path[i + 1];
        const float length = std::hypot(q.x - p.x, q.y - p.y);
        for (float s = 0; s < length;) {
            const float phase = std::fmod(travelled + s, period);
            const float step = std::min(length - s, phase < on ? on - phase : period - phase) + 0.001F;
            const float e = std::min(length, s + step);
            if (phase < on)
                list_->AddLine({p.x + (q.x - p.x) * s / length, p.y + (q.y - p.y) * s / length},
                               {p.x + (q.x - p.x) * e / length, p.y + (q.y - p.y) * e / length}, packed(colour), t);
            s += step;
        }
        travelled += length;
    }
}

void Painter::disc(float x, float y, float radius, Colour colour) {
    list_->AddCircleFilled({x * scale_, y * scale_}, radius * scale_, packed(colour));
}

void Painter::ring(float x, float y, float radius, float thickness, Colour colour) {
    const float t = std::max(1.0F, thickness * scale_);
    list_->AddCircle({x * scale_, y * scale_}, radius * scale_ - t / 2, packed(colour), 0, t);
}

void Painter::line(float x0, float y0, float x1, float y1, float thickness, Colour colour) {
    const float t = thick(thickness, scale_);
    const ImVec2 a{std::round(x0 * scale_), std::round(y0 * scale_)};
    list_->AddRectFilled(a, {std::max(a.x + t, std::round(x1 * scale_)), std::max(a.y + t, std::round(y1 * scale_))},
                         packed(colour));
}

void Painter::fade(const Rect& rect, Colour colour, float top, float bottom) {
    const Box4 box = snap(rect, scale_);
    const auto part = [&colour](float share) {
        Colour c = colour;
        c.a = static_cast<std::uint8_t>(std::lround(share * 255.0F));
        return packed(c);
    };
    list_->AddRectFilledMultiColor(box.a, box.b, part(top), part(top), part(bottom), part(bottom));
}

void Painter::text(std::string_view text, const Block& block, Face face, const Rect& rect, Colour colour,
                   bool centered) {
    const float px = block.size * scale_;
    const float ascent = glyphs_->ascent(face);
    const float descent = glyphs_->descent(face);
    float top = rect.y;
    for (const Line& line : block.lines) {
        const float baseline =
            std::round((top + (block.line - (ascent + descent) * block.size) / 2 + ascent * block.size) * scale_);
        float pen = (rect.x + (centered ? (rect.w - line.width) / 2 : 0)) * scale_;
        char32_t before = 0;
        for (std::size_t at = line.begin; at < line.end;) {
            const char32_t c = next_character(text, at);
            pen += glyphs_->kerning(face, before, c) * px;
            glyph(face, c, px, pen, baseline, colour);
            pen += glyphs_->advance(face, c) * px;
            before = c;
        }
        top += block.line;
    }
}

void Painter::icon(Icon icon, const Rect& rect, Colour colour) {
    if (icon == Icon::none || rect.w <= 0) return;
    // The em square is the drawing's frame: its bottom is the font's descent below the baseline.
    const float px = rect.h * scale_;
    const float baseline = std::round((rect.y + rect.h * (1 - glyphs_->descent(Face::icons))) * scale_);
    glyph(Face::icons, static_cast<char32_t>(icon), px, std::round(rect.x * scale_), baseline, colour);
}

void Painter::glyph(Face face, char32_t character, float px, float pen, float baseline, Colour colour) {
    constexpr auto steps = static_cast<float>(Glyphs::steps);
    const float stepped = px < 60.0F ? std::floor(pen * steps + 0.5F) / steps : std::round(pen);
    const float whole = std::floor(stepped);
    const Glyph& g = glyphs_->glyph(face, character, px, static_cast<int>((stepped - whole) * steps));
    if (g.w == 0) return;
    const auto w = static_cast<float>(glyphs_->width());
    const auto h = static_cast<float>(glyphs_->height());
    const ImVec2 a{whole + static_cast<float>(g.left), baseline - static_cast<float>(g.top)};
    const ImVec2 b{a.x + static_cast<float>(g.w), a.y + static_cast<float>(g.h)};
    const ImVec2 uv_a{static_cast<float>(g.x) / w, static_cast<float>(g.y) / h};
    const ImVec2 uv_b{static_cast<float>(g.x + g.w) / w, static_cast<float>(g.y + g.h) / h};
    list_->PrimReserve(6, 4);
    list_->PrimRectUV(a, b, uv_a, uv_b, packed(colour));
}

}  // namespace app::ui
