#include "app/hardening/folders.hpp"

#include <fcntl.h>
#include <linux/landlock.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstddef>

#include "app/files/descriptor.hpp"

namespace app::hardening {

namespace {

namespace fs = std::filesystem;
using files::Descriptor;

// linux/landlock.h of Debian 12 ends with the second version of the interface; these are from the later ones.
constexpr std::uint64_t access_truncate = 1U << 14;   // 3
constexpr std::uint64_t access_ioctl_dev = 1U << 15;  // 5
constexpr std::uint64_t net_bind_tcp = 1U << 0;       // 4
constexpr std::uint64_t net_connect_tcp = 1U << 1;    // 4
constexpr std::uint64_t scope_signal = 1U << 1;       // 6

/// struct landlock_ruleset_attr of the sixth version; older kernels are told how much of it they know.
struct Ruleset {
    std::uint64_t files;
    std::uint64_t net;
    std::uint64_t scoped;
};

constexpr std::uint64_t to_read = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR;
constexpr std::uint64_t to_write = to_read | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_REMOVE_DIR |
                                   LANDLOCK_ACCESS_FS_REMOVE_FILE | LANDLOCK_ACCESS_FS_MAKE_DIR |
                                   LANDLOCK_ACCESS_FS_MAKE_REG | LANDLOCK_ACCESS_FS_REFER | access_truncate;
constexpr std::uint64_t to_use_devices = to_read | LANDLOCK_ACCESS_FS_WRITE_FILE | access_truncate | access_ioctl_dev;
constexpr std::uint64_t of_files = LANDLOCK_ACCESS_FS_EXECUTE | LANDLOCK_ACCESS_FS_WRITE_FILE |
                                   LANDLOCK_ACCESS_FS_READ_FILE | access_truncate | access_ioctl_dev;

constexpr std::array every_program_reads{"/usr", "/lib", "/lib64", "/etc", "/proc"};
constexpr std::array every_program_uses{"/dev/null", "/dev/zero", "/dev/random", "/dev/urandom"};

/// 0 when the kernel has none.
long interface_version() noexcept {
    const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, LANDLOCK_CREATE_RULESET_VERSION);
    return version < 0 ? 0 : version;
}

std::uint64_t known_file_rights(long version) noexcept {
    constexpr std::uint64_t first = (1U << 13) - 1;  // all of version 1
    std::uint64_t rights = first;
    if (version >= 2) rights |= LANDLOCK_ACCESS_FS_REFER;
    if (version >= 3) rights |= access_truncate;
    if (version >= 5) rights |= access_ioctl_dev;
    return rights;
}

std::size_t known_size(long version) noexcept {
    return version >= 6 ? sizeof(Ruleset) : version >= 4 ? offsetof(Ruleset, scoped) : offsetof(Ruleset, net);
}

/// What cannot be allowed is not allowed: the worst that comes of a failure here is a program that reaches too little.
void allow(const Descriptor& ruleset, const fs::path& path, std::uint64_t rights) noexcept {
    const Descriptor place(::open(path.c_str(), O_PATH | O_CLOEXEC));
    struct stat status {};
    if (place.get() < 0 || fstat(place.get(), &status) != 0) return;
    landlock_path_beneath_attr rule{};
    rule.allowed_access = S_ISDIR(status.st_mode) ? rights : rights & of_files;
    rule.parent_fd = place.get();
    (void)syscall(SYS_landlock_add_rule, ruleset.get(), LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
}

}  // namespace

bool can_confine() noexcept {
    return interface_version() > 0;
}

Confinement confine_to(const Folders& folders) noexcept {
    const long version = interface_version();
    if (version == 0) return Confinement::Unsupported;
    const auto known = known_file_rights(version);
    const Ruleset handled{known, net_bind_tcp | net_connect_tcp, scope_signal};
    const Descriptor ruleset(static_cast<int>(syscall(SYS_landlock_create_ruleset, &handled, known_size(version), 0)));
    if (ruleset.get() < 0) return Confinement::Refused;
    for (const char* path : every_program_reads) allow(ruleset, path, to_read & known);
    for (const char* path : every_program_uses) allow(ruleset, path, to_use_devices & known);
    for (const auto& path : folders.read) allow(ruleset, path, to_read & known);
    for (const auto& path : folders.write) allow(ruleset, path, to_write & known);
    for (const auto& path : folders.pipes) allow(ruleset, path, (to_write | LANDLOCK_ACCESS_FS_MAKE_FIFO) & known);
    for (const auto& path : folders.devices) allow(ruleset, path, to_use_devices & known);
    if (syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) return Confinement::Refused;
    return Confinement::Confined;
}

fs::path nearest_existing(const fs::path& path) {
    std::error_code failure;
    auto at = fs::absolute(path, failure).lexically_normal();
    while (at.has_relative_path() && !fs::exists(at, failure)) at = at.parent_path();
    return at;
}

}  // namespace app::hardening
