#include "app/kiosk/programme_key.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>

namespace app::kiosk {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 4096;

/// An open file, closed by the destructor.
class Opened {
  public:
    explicit Opened(const fs::path& file)
        : descriptor_(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC)) {}
    Opened(const Opened&) = delete;
    Opened& operator=(const Opened&) = delete;
    ~Opened() {
        if (descriptor_ >= 0) ::close(descriptor_);
    }
    [[nodiscard]] int get() const noexcept { return descriptor_; }

  private:
    int descriptor_;
};

/// Whoever can write the folder can put another file in its place; where it is sticky (/tmp) only its owner can.
bool replaceable(const fs::path& file, bool only_root) {
    struct stat folder {};
    const auto parent = file.has_parent_path() ? file.parent_path() : fs::path(".");
    if (::stat(parent.c_str(), &folder) != 0) return true;
    const bool sticky = (folder.st_mode & S_ISVTX) != 0;
    if (!only_root) return (folder.st_mode & S_IWOTH) != 0 && !sticky;
    return folder.st_uid != 0 || (folder.st_mode & (S_IWGRP | S_IWOTH)) != 0;
}

}  // namespace

std::string_view catalogue_key(ProgrammeFault fault) noexcept {
    switch (fault) {
        case ProgrammeFault::Missing:
            return "kiosk.programme.missing";
        case ProgrammeFault::Unreadable:
            return "kiosk.programme.unreadable";
        case ProgrammeFault::NotPlain:
            return "kiosk.programme.not_plain";
        case ProgrammeFault::Writable:
            return "kiosk.programme.writable";
        case ProgrammeFault::Foreign:
            return "kiosk.programme.foreign";
        case ProgrammeFault::Malformed:
            return "kiosk.programme.malformed";
    }
    return "kiosk.programme.unreadable";
}

tl::expected<crypto::DeploymentPublicKey, ProgrammeFault> read_programme_file(const fs::path& file, bool only_root) {
    const Opened opened(file);
    if (opened.get() < 0)
        return tl::unexpected(errno == ENOENT  ? ProgrammeFault::Missing
                              : errno == ELOOP ? ProgrammeFault::NotPlain
                                               : ProgrammeFault::Unreadable);
    struct stat status {};
    if (::fstat(opened.get(), &status) != 0) return tl::unexpected(ProgrammeFault::Unreadable);
    if (!S_ISREG(status.st_mode)) return tl::unexpected(ProgrammeFault::NotPlain);
    if (status.st_uid != 0 && (only_root || status.st_uid != ::geteuid()))
        return tl::unexpected(ProgrammeFault::Foreign);
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0 || replaceable(file, only_root))
        return tl::unexpected(ProgrammeFault::Writable);
    std::array<char, most_bytes> text{};
    std::size_t length = 0;
    while (length < text.size()) {
        const auto got = ::read(opened.get(), text.data() + length, text.size() - length);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return tl::unexpected(ProgrammeFault::Unreadable);
        if (got == 0) break;
        length += static_cast<std::size_t>(got);
    }
    const auto key = crypto::DeploymentPublicKey::parse(std::string_view(text.data(), length));
    if (!key) return tl::unexpected(ProgrammeFault::Malformed);
    return *key;
}

tl::expected<std::optional<crypto::DeploymentPublicKey>, ProgrammeFault> read_programme_key(const fs::path& named) {
    const auto key = read_programme_file(named.empty() ? fs::path(default_programme_file) : named, named.empty());
    if (key) return *key;
    if (named.empty() && key.error() == ProgrammeFault::Missing) return std::nullopt;
    return tl::unexpected(key.error());
}

}  // namespace app::kiosk
