#include "app/platform/fonts.hpp"

#include <string>
#include <system_error>

#include "app/files/plain_file.hpp"

namespace app::platform {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_font_bytes = std::size_t{64} << 20;

struct Wanted {
    const char* file;
    const char* usual;  // where the package puts it below a font folder
    const char* package;
};

constexpr Wanted noto_regular{"NotoSans-Regular.ttf", "truetype/noto", "fonts-noto-core"};
constexpr Wanted noto_bold{"NotoSans-Bold.ttf", "truetype/noto", "fonts-noto-core"};
constexpr Wanted material_icons{"MaterialIcons-Regular.ttf", "truetype/material-design-icons-iconfont",
                                "fonts-material-design-icons-iconfont"};

fs::path locate(const std::vector<fs::path>& folders, const Wanted& wanted) {
    std::error_code failed;
    for (const fs::path& folder : folders) {
        fs::path usual = folder / wanted.usual / wanted.file;
        if (fs::is_regular_file(usual, failed)) return usual;
    }
    for (const fs::path& folder : folders) {
        fs::recursive_directory_iterator at(folder, fs::directory_options::skip_permission_denied, failed);
        for (; !failed && at != fs::recursive_directory_iterator(); at.increment(failed))
            if (at->path().filename() == wanted.file && at->is_regular_file(failed)) return at->path();
    }
    return {};
}

// TrueType and OpenType files start with one of these; anything else would fail later and less clearly.
bool looks_like_font(const std::vector<std::byte>& bytes) {
    if (bytes.size() < 1024) return false;
    std::string tag;
    for (std::size_t i = 0; i < 4; ++i) tag.push_back(static_cast<char>(bytes[i]));
    return tag == std::string("\0\1\0\0", 4) || tag == "OTTO" || tag == "true";
}

Result<std::vector<std::byte>> load(const std::vector<fs::path>& folders, const Wanted& wanted) {
    const fs::path path = locate(folders, wanted);
    if (path.empty()) return tl::unexpected(Failure{Error::font_missing, wanted.package});
    auto bytes = files::read_plain(path, most_font_bytes);
    if (!bytes || !looks_like_font(*bytes)) return tl::unexpected(Failure{Error::font_damaged, path.string()});
    return std::move(*bytes);
}

}  // namespace

std::vector<fs::path> font_folders() {
    return {"/usr/share/fonts", "/usr/local/share/fonts"};
}

Result<FontFiles> find_fonts(const std::vector<fs::path>& folders) {
    FontFiles files;
    struct Slot {
        const Wanted& wanted;
        std::vector<std::byte>& into;
    };
    for (const Slot& slot :
         {Slot{noto_regular, files.regular}, Slot{noto_bold, files.bold}, Slot{material_icons, files.icons}}) {
        auto bytes = load(folders, slot.wanted);
        if (!bytes) return tl::unexpected(bytes.error());
        slot.into = std::move(*bytes);
    }
    return files;
}

}  // namespace app::platform
