#include "app/device/programme_key.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <string_view>

#include "app/files/inside.hpp"
#include "app/files/plain_file.hpp"
#include "app/files/replaceable.hpp"

namespace app::device {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_bytes = 4096;

}  // namespace

tl::expected<crypto::DeploymentPublicKey, ProgrammeError> read_programme_file(const fs::path& file, bool only_root,
                                                                              const fs::path& state) {
    const auto opened = files::InputFile::open(file, files::Kinds::Plain, files::Links::Refused);
    if (!opened)
        return tl::unexpected(opened.error() == files::Error::Missing ? ProgrammeError::Missing
                              : opened.error() == files::Error::Kind  ? ProgrammeError::NotPlain
                                                                      : ProgrammeError::Unreadable);
    if (files::lies_in(file, state)) return tl::unexpected(ProgrammeError::Inside);
    if (opened->owner() != 0 && (only_root || opened->owner() != ::geteuid()))
        return tl::unexpected(ProgrammeError::Foreign);
    if ((opened->permissions() & (S_IWGRP | S_IWOTH)) != 0 || files::replaceable(file, only_root))
        return tl::unexpected(ProgrammeError::Writable);
    std::array<std::byte, most_bytes> bytes{};
    const auto length = opened->fill(bytes);
    if (!length) return tl::unexpected(ProgrammeError::Unreadable);
    const auto text = crypto::as_text(crypto::ByteView(bytes).first(*length));
    const auto key = crypto::DeploymentPublicKey::parse(text);
    if (!key) return tl::unexpected(ProgrammeError::Malformed);
    return *key;
}

tl::expected<std::optional<crypto::DeploymentPublicKey>, ProgrammeError> read_programme_key(const fs::path& named,
                                                                                            const fs::path& state) {
    const auto key =
        read_programme_file(named.empty() ? fs::path(default_programme_file) : named, named.empty(), state);
    if (key) return *key;
    if (named.empty() && key.error() == ProgrammeError::Missing) return std::nullopt;
    return tl::unexpected(key.error());
}

}  // namespace app::device
