#include "app/ui/core/glyphs.hpp"

#include <ft2build.h>
#include FT_FREETYPE_H
#include FT_OUTLINE_H

#include <algorithm>
#include <cmath>
#include <span>

namespace app::ui {

struct Glyphs::Faces {
    FT_Library library = nullptr;
    FT_Face face[3] = {nullptr, nullptr, nullptr};
    float sized[3] = {0, 0, 0};

    Faces() = default;
    Faces(const Faces&) = delete;
    Faces& operator=(const Faces&) = delete;
    ~Faces() {
        for (FT_Face f : face)
            if (f != nullptr) FT_Done_Face(f);
        if (library != nullptr) FT_Done_FreeType(library);
    }
    [[nodiscard]] FT_Face of(Face which) const noexcept { return face[static_cast<std::size_t>(which)]; }
    [[nodiscard]] float em(Face which) const noexcept { return static_cast<float>(of(which)->units_per_EM); }
    void set_size(Face which, float px) noexcept {
        float& now = sized[static_cast<std::size_t>(which)];
        if (now == px) return;
        FT_Set_Char_Size(of(which), 0, std::lround(px * 64.0F), 72, 72);
        now = px;
    }
};

namespace {

constexpr int atlas_limit = 4096;
constexpr int white_size = 4;

std::uint64_t glyph_key(Face face, char32_t character, float px, int step) {
    return (static_cast<std::uint64_t>(face) << 60U) | (static_cast<std::uint64_t>(step) << 56U) |
           (static_cast<std::uint64_t>(std::lround(px * 16.0F)) << 32U) | static_cast<std::uint64_t>(character);
}

std::uint64_t advance_key(Face face, char32_t character) {
    return (static_cast<std::uint64_t>(face) << 32U) | static_cast<std::uint64_t>(character);
}

}  // namespace

Glyphs::Glyphs(std::unique_ptr<Faces> faces) : faces_(std::move(faces)) {
    pixels_.resize(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
    paint_white();
}

Glyphs::~Glyphs() = default;

platform::Result<std::unique_ptr<Glyphs>> Glyphs::make(const platform::FontFiles& fonts) {
    auto faces = std::make_unique<Faces>();
    const auto damaged = [](const char* which) {
        return tl::unexpected(platform::Failure{platform::Error::font_damaged, which});
    };
    if (FT_Init_FreeType(&faces->library) != 0) return damaged("FreeType");
    const std::span<const std::byte> bytes[3] = {fonts.regular, fonts.bold, fonts.icons};
    const char* const names[3] = {"Noto Sans Regular", "Noto Sans Bold", "Material Icons"};
    for (std::size_t i = 0; i < 3; ++i) {
        const auto* data = reinterpret_cast<const FT_Byte*>(bytes[i].data());
        if (FT_New_Memory_Face(faces->library, data, static_cast<FT_Long>(bytes[i].size()), 0, &faces->face[i]) != 0)
            return damaged(names[i]);
        if (!FT_IS_SCALABLE(faces->face[i]) || FT_Select_Charmap(faces->face[i], FT_ENCODING_UNICODE) != 0)
            return damaged(names[i]);
    }
    return std::unique_ptr<Glyphs>(new Glyphs(std::move(faces)));
}

float Glyphs::advance(Face face, char32_t character) {
    const auto [found, fresh] = advances_.try_emplace(advance_key(face, character), 0.0F);
    if (fresh) {
        FT_Face f = faces_->of(face);
        if (FT_Load_Glyph(f, FT_Get_Char_Index(f, character), FT_LOAD_NO_SCALE) == 0)
            found->second = static_cast<float>(f->glyph->metrics.horiAdvance) / faces_->em(face);
    }
    return found->second;
}

float Glyphs::kerning(Face face, char32_t left, char32_t right) {
    FT_Face f = faces_->of(face);
    if (!FT_HAS_KERNING(f) || left == 0 || right == 0) return 0;
    FT_Vector by{};
    FT_Get_Kerning(f, FT_Get_Char_Index(f, left), FT_Get_Char_Index(f, right), FT_KERNING_UNSCALED, &by);
    return static_cast<float>(by.x) / faces_->em(face);
}

float Glyphs::ascent(Face face) const noexcept {
    return static_cast<float>(faces_->of(face)->ascender) / faces_->em(face);
}

float Glyphs::descent(Face face) const noexcept {
    return -static_cast<float>(faces_->of(face)->descender) / faces_->em(face);
}

bool Glyphs::has(Face face, char32_t character) {
    return FT_Get_Char_Index(faces_->of(face), character) != 0;
}

const Glyph& Glyphs::glyph(Face face, char32_t character, float px, int step) {
    const std::uint64_t key = glyph_key(face, character, px, step);
    if (const auto found = glyphs_.find(key); found != glyphs_.end()) return found->second;
    faces_->set_size(face, px);
    FT_Face f = faces_->of(face);
    // Light hinting snaps to the baseline and x-height only; above that size shapes need no help.
    const bool hint = face != Face::icons && px < 40.0F;
    const FT_Int32 flags = hint ? (FT_LOAD_TARGET_LIGHT | FT_LOAD_NO_BITMAP) : (FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP);
    Glyph made;
    if (FT_Load_Glyph(f, FT_Get_Char_Index(f, character), flags) != 0) return glyphs_[key] = made;
    FT_Outline_Translate(&f->glyph->outline, step * 64 / steps, 0);
    if (FT_Render_Glyph(f->glyph, FT_RENDER_MODE_NORMAL) != 0) return glyphs_[key] = made;
    const FT_Bitmap& bitmap = f->glyph->bitmap;
    made.w = static_cast<int>(bitmap.width);
    made.h = static_cast<int>(bitmap.rows);
    made.left = f->glyph->bitmap_left;
    made.top = f->glyph->bitmap_top;
    while (made.w > 0 && made.h > 0 && !place(made.w, made.h, made.x, made.y)) {
        if (made.w + 2 > width_ || made.h + 2 > atlas_limit) {
            made.w = made.h = 0;
            break;
        }
        enlarge();
    }
    for (int y = 0; y < made.h; ++y) {
        const auto* from = bitmap.buffer + static_cast<std::ptrdiff_t>(y) * bitmap.pitch;
        const auto to =
            static_cast<std::size_t>(made.y + y) * static_cast<std::size_t>(width_) + static_cast<std::size_t>(made.x);
        std::copy_n(from, made.w, pixels_.begin() + static_cast<std::ptrdiff_t>(to));
    }
    if (made.h > 0) {
        dirty_top_ = dirty_bottom_ == 0 ? made.y : std::min(dirty_top_, made.y);
        dirty_bottom_ = std::max(dirty_bottom_, made.y + made.h);
    }
    return glyphs_[key] = made;
}

// Shelves, one empty pixel around each glyph so that linear filtering never sees a neighbour.
bool Glyphs::place(int w, int h, int& x, int& y) {
    if (shelf_x_ + w + 1 > width_) {
        shelf_y_ += shelf_h_;
        shelf_x_ = 0;
        shelf_h_ = 0;
    }
    if (shelf_y_ + h + 1 > height_ || shelf_x_ + w + 1 > width_) return false;
    x = shelf_x_;
    y = shelf_y_;
    shelf_x_ += w + 1;
    shelf_h_ = std::max(shelf_h_, h + 1);
    return true;
}

// Twice the height; at the limit it starts again from nothing, which only an unheard-of number of sizes can cause.
void Glyphs::enlarge() {
    if (height_ < atlas_limit) {
        height_ *= 2;
        pixels_.resize(static_cast<std::size_t>(width_) * static_cast<std::size_t>(height_));
    } else {
        glyphs_.clear();
        std::fill(pixels_.begin(), pixels_.end(), std::uint8_t{0});
        shelf_x_ = shelf_y_ = shelf_h_ = 0;
        paint_white();
    }
    ++generation_;
}

void Glyphs::paint_white() noexcept {
    for (int y = 0; y < white_size; ++y)
        std::fill_n(pixels_.begin() + std::ptrdiff_t{y} * width_, white_size, std::uint8_t{255});
    shelf_x_ = white_size + 1;
    shelf_h_ = white_size + 1;
}

platform::AtlasView Glyphs::finish() noexcept {
    if (dirty_bottom_ > dirty_top_) ++revision_;
    const platform::AtlasView view{pixels_.data(), width_, height_, generation_, revision_, dirty_top_, dirty_bottom_};
    dirty_top_ = dirty_bottom_ = 0;
    return view;
}

}  // namespace app::ui
