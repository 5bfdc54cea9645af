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
#include "app/files/replaceable.hpp"

namespace app::kiosk {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 4096;

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
    if ((status.st_mode & (S_IWGRP | S_IWOTH)) != 0 || files::replaceable(file, only_root))
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
