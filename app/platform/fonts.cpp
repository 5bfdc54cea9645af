#include "app/platform/fonts.hpp"

#include <cstdlib>
#include <fstream>
#include <string>
#include <system_error>

namespace app::platform {
namespace {

namespace fs = std::filesystem;

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
    std::ifstream in(path, std::ios::binary | std::ios::ate);
    const auto size = in ? in.tellg() : std::streampos(-1);
    std::vector<std::byte> bytes;
    if (size > 0 && size < std::streamoff{64} * 1024 * 1024) {
        bytes.resize(static_cast<std::size_t>(size));
        in.seekg(0);
        in.read(reinterpret_cast<char*>(bytes.data()), size);
    }
    if (!in || !looks_like_font(bytes)) return tl::unexpected(Failure{Error::font_damaged, path.string()});
    return bytes;
}

}  // namespace

std::vector<fs::path> font_folders() {
    std::vector<fs::path> folders;
    const char* data = std::getenv("XDG_DATA_HOME");
    const char* home = std::getenv("HOME");
    if (data != nullptr && *data != '\0') folders.push_back(fs::path(data) / "fonts");
    if (home != nullptr && *home != '\0') folders.push_back(fs::path(home) / ".local/share/fonts");
    folders.emplace_back("/usr/local/share/fonts");
    folders.emplace_back("/usr/share/fonts");
    return folders;
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
