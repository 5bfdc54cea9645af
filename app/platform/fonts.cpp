#include "app/platform/fonts.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
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

class Descriptor {
  public:
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int get() const { return number_; }

  private:
    int number_;
};

/// A regular file of a font's size; nothing else is read, or waited for.
std::vector<std::byte> read_font(const fs::path& path) {
    constexpr off_t most = 64 << 20;
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC));
    struct stat status {};
    if (file.get() < 0 || fstat(file.get(), &status) != 0) return {};
    if (!S_ISREG(status.st_mode) || status.st_size <= 0 || status.st_size > most) return {};
    std::vector<std::byte> bytes(static_cast<std::size_t>(status.st_size));
    for (std::size_t length = 0; length < bytes.size();) {
        const auto got = ::read(file.get(), bytes.data() + length, bytes.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return {};
        length += static_cast<std::size_t>(got);
    }
    return bytes;
}

Result<std::vector<std::byte>> load(const std::vector<fs::path>& folders, const Wanted& wanted) {
    const fs::path path = locate(folders, wanted);
    if (path.empty()) return tl::unexpected(Failure{Error::font_missing, wanted.package});
    auto bytes = read_font(path);
    if (!looks_like_font(bytes)) return tl::unexpected(Failure{Error::font_damaged, path.string()});
    return bytes;
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
