#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "tests/driver/picture.hpp"

namespace driver {

using namespace app::platform;

namespace {

// Positions in 1/256 pixel, as graphics hardware does, so that triangles sharing an edge neither overlap nor gap.
constexpr std::int64_t unit = 256;

struct Corner {
    std::int64_t x, y;
    float u, v;
    float r, g, b, a;
};

struct Clip {
    int left, top, right, bottom;
};

Corner corner(const ImDrawVert& v) {
    const auto channel = [&v](int shift) { return static_cast<float>((v.col >> shift) & 0xFFU); };
    return {std::llround(static_cast<double>(v.pos.x) * unit),
            std::llround(static_cast<double>(v.pos.y) * unit),
            v.uv.x,
            v.uv.y,
            channel(IM_COL32_R_SHIFT),
            channel(IM_COL32_G_SHIFT),
            channel(IM_COL32_B_SHIFT),
            channel(IM_COL32_A_SHIFT) / 255.0F};
}

class Canvas {
  public:
    Canvas(Image& image, const AtlasView& atlas) : image_(image), atlas_(atlas) {}

    void triangle(Corner a, Corner b, Corner c, const Clip& clip) {
        std::int64_t area = edge(a, b, c.x, c.y);
        if (area == 0) return;
        if (area < 0) {
            std::swap(b, c);
            area = -area;
        }
        const auto floor_px = [](std::int64_t v) {
            return static_cast<int>(v >= 0 ? v / unit : -((-v + unit - 1) / unit));
        };
        const int left = std::max(clip.left, floor_px(std::min({a.x, b.x, c.x})));
        const int top = std::max(clip.top, floor_px(std::min({a.y, b.y, c.y})));
        const int right = std::min(clip.right, floor_px(std::max({a.x, b.x, c.x})) + 1);
        const int bottom = std::min(clip.bottom, floor_px(std::max({a.y, b.y, c.y})) + 1);
        const bool flat = a.u == b.u && b.u == c.u && a.v == b.v && b.v == c.v;
        const float flat_cover = flat ? sample(a.u, a.v) : 0.0F;
        const float inverse = 1.0F / static_cast<float>(area);
        for (int y = top; y < bottom; ++y) {
            const std::int64_t py = std::int64_t{y} * unit + unit / 2;
            for (int x = left; x < right; ++x) {
                const std::int64_t px = std::int64_t{x} * unit + unit / 2;
                const std::int64_t wa = edge(b, c, px, py);
                const std::int64_t wb = edge(c, a, px, py);
                const std::int64_t wc = edge(a, b, px, py);
                if (wa < bias(b, c) || wb < bias(c, a) || wc < bias(a, b)) continue;
                const float fa = static_cast<float>(wa) * inverse;
                const float fb = static_cast<float>(wb) * inverse;
                const float fc = static_cast<float>(wc) * inverse;
                const float cover =
                    flat ? flat_cover : sample(fa * a.u + fb * b.u + fc * c.u, fa * a.v + fb * b.v + fc * c.v);
                blend(x, y, fa * a.r + fb * b.r + fc * c.r, fa * a.g + fb * b.g + fc * c.g,
                      fa * a.b + fb * b.b + fc * c.b, cover * (fa * a.a + fb * b.a + fc * c.a));
            }
        }
    }

  private:
    static std::int64_t edge(const Corner& p, const Corner& q, std::int64_t x, std::int64_t y) {
        return (q.x - p.x) * (y - p.y) - (q.y - p.y) * (x - p.x);
    }
    // Top-left rule: a pixel centre exactly on an edge belongs to one of the two triangles.
    static std::int64_t bias(const Corner& p, const Corner& q) {
        const bool top = p.y == q.y && q.x > p.x;
        const bool left = q.y < p.y;
        return top || left ? 0 : 1;
    }

    [[nodiscard]] float texel(int x, int y) const {
        x = std::clamp(x, 0, atlas_.width - 1);
        y = std::clamp(y, 0, atlas_.height - 1);
        const auto at =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(atlas_.width) + static_cast<std::size_t>(x);
        return static_cast<float>(atlas_.pixels[at]) / 255.0F;
    }
    [[nodiscard]] float sample(float u, float v) const {
        if (atlas_.pixels == nullptr) return 1.0F;
        const float x = u * static_cast<float>(atlas_.width) - 0.5F;
        const float y = v * static_cast<float>(atlas_.height) - 0.5F;
        const float fx = std::floor(x);
        const float fy = std::floor(y);
        const int ix = static_cast<int>(fx);
        const int iy = static_cast<int>(fy);
        const float tx = x - fx;
        const float ty = y - fy;
        const float upper = texel(ix, iy) * (1 - tx) + texel(ix + 1, iy) * tx;
        const float lower = texel(ix, iy + 1) * (1 - tx) + texel(ix + 1, iy + 1) * tx;
        return upper * (1 - ty) + lower * ty;
    }

    void blend(int x, int y, float r, float g, float b, float alpha) {
        if (alpha <= 0.0F) return;
        const auto at =
            (static_cast<std::size_t>(y) * static_cast<std::size_t>(image_.width) + static_cast<std::size_t>(x)) * 4;
        const auto mix = [alpha](std::uint8_t& under, float over) {
            const float value = over * alpha + static_cast<float>(under) * (1.0F - alpha) + 0.5F;
            under = static_cast<std::uint8_t>(std::clamp(value, 0.0F, 255.0F));
        };
        mix(image_.rgba[at], r);
        mix(image_.rgba[at + 1], g);
        mix(image_.rgba[at + 2], b);
    }

    Image& image_;
    const AtlasView& atlas_;
};

void draw_list(Canvas& canvas, const ImDrawList& list, int width, int height) {
    for (const ImDrawCmd& command : list.CmdBuffer) {
        const Clip clip{std::max(0, static_cast<int>(std::floor(command.ClipRect.x))),
                        std::max(0, static_cast<int>(std::floor(command.ClipRect.y))),
                        std::min(width, static_cast<int>(std::ceil(command.ClipRect.z))),
                        std::min(height, static_cast<int>(std::ceil(command.ClipRect.w)))};
        if (command.UserCallback != nullptr || clip.left >= clip.right || clip.top >= clip.bottom) continue;
        const auto first = static_cast<int>(command.IdxOffset);
        const auto base = static_cast<int>(command.VtxOffset);
        for (int i = first; i + 2 < first + static_cast<int>(command.ElemCount); i += 3)
            canvas.triangle(corner(list.VtxBuffer[base + list.IdxBuffer[i]]),
                            corner(list.VtxBuffer[base + list.IdxBuffer[i + 1]]),
                            corner(list.VtxBuffer[base + list.IdxBuffer[i + 2]]), clip);
    }
}

}  // namespace

tl::expected<Image, std::string> rasterise(const Picture& picture, int width, int height) {
    if (width <= 0 || height <= 0 || width > 16384 || height > 16384)
        return tl::unexpected(std::string("the window has no size"));
    Image image;
    image.width = width;
    image.height = height;
    image.rgba.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height) * 4);
    for (std::size_t i = 0; i < image.rgba.size(); i += 4) {
        image.rgba[i] = picture.background.r;
        image.rgba[i + 1] = picture.background.g;
        image.rgba[i + 2] = picture.background.b;
        image.rgba[i + 3] = 255;
    }
    if (picture.data == nullptr) return image;
    Canvas canvas(image, picture.atlas);
    for (const ImDrawList* list : picture.data->CmdLists) draw_list(canvas, *list, width, height);
    return image;
}

}  // namespace driver
