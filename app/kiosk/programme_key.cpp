#include "app/kiosk/programme_key.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <string_view>

#include "app/files/descriptor.hpp"
#include "app/files/inside.hpp"

namespace app::kiosk {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 4096;

/// Whether this folder lets somebody else put another entry in the place of one of its own: its owner, or a group or
/// everybody who may write it, but for a sticky one (/tmp).
bool open_to_others(const struct stat& folder, bool only_root) {
    if (folder.st_uid != 0 && (only_root || folder.st_uid != ::geteuid())) return true;
    const bool own_group = !only_root && folder.st_gid == ::getegid();
    const auto others = static_cast<mode_t>(own_group ? S_IWOTH : S_IWGRP | S_IWOTH);
    return (folder.st_mode & others) != 0 && (folder.st_mode & S_ISVTX) == 0;
}

/// From the file's folder up to the root, links on the way resolved: one folder that others can change is enough to
/// put another file at the end.
bool replaceable(const fs::path& file, bool only_root) {
    std::error_code failure;
    auto folder = fs::canonical(fs::absolute(file, failure).parent_path(), failure);
    if (failure) return true;
    for (;; folder = folder.parent_path()) {
        struct stat status {};
        if (::stat(folder.c_str(), &status) != 0 || open_to_others(status, only_root)) return true;
        if (folder == folder.root_path()) return false;
    }
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
        case ProgrammeFault::Inside:
            return "kiosk.programme.inside";
        case ProgrammeFault::Malformed:
            return "kiosk.programme.malformed";
    }
    return "kiosk.programme.unreadable";
}

tl::expected<crypto::DeploymentPublicKey, ProgrammeFault> read_programme_file(const fs::path& file, bool only_root,
                                                                              const fs::path& state) {
    const files::Descriptor opened(::open(file.c_str(), O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC));
    if (opened.get() < 0)
        return tl::unexpected(errno == ENOENT  ? ProgrammeFault::Missing
                              : errno == ELOOP ? ProgrammeFault::NotPlain
                                               : ProgrammeFault::Unreadable);
    struct stat status {};
    if (::fstat(opened.get(), &status) != 0) return tl::unexpected(ProgrammeFault::Unreadable);
    if (!S_ISREG(status.st_mode)) return tl::unexpected(ProgrammeFault::NotPlain);
    if (files::lies_in(file, state)) return tl::unexpected(ProgrammeFault::Inside);
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

tl::expected<std::optional<crypto::DeploymentPublicKey>, ProgrammeFault> read_programme_key(const fs::path& named,
                                                                                            const fs::path& state) {
    const auto key =
        read_programme_file(named.empty() ? fs::path(default_programme_file) : named, named.empty(), state);
    if (key) return *key;
    if (named.empty() && key.error() == ProgrammeFault::Missing) return std::nullopt;
    return tl::unexpected(key.error());
}

}  // namespace app::kiosk
