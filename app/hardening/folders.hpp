// Which files a program reaches from now on (Landlock). It must not know what lies in them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <vector>

namespace app::hardening {

/// Files and folders with everything below them, also what is mounted there later. One that does not exist is left out.
struct Folders {
    std::vector<std::filesystem::path> read;
    std::vector<std::filesystem::path> write;    ///< read, written, made, renamed and removed
    std::vector<std::filesystem::path> pipes;    ///< the same, and pipes with names: where developers hold a program
    std::vector<std::filesystem::path> devices;  ///< read, written and asked with ioctl(2)
};

enum class Confinement : std::uint8_t {
    Confined,
    Unsupported,  ///< the kernel has no Landlock, or it is switched off; the program can go on and should say so
    Refused,      ///< the kernel has it and refused: the program must not go on
};

/// For good, and for every thread made afterwards: only these files are opened or changed, besides what every program
/// reads (/usr, /etc, /proc, /dev/null and its like); nothing is executed, no special file or symbolic link is made or
/// moved, and as far as the kernel can (Linux 6.7, 6.12) no TCP port is used and no signal reaches another program.
/// Local sockets with abstract names are left alone: a display may be behind one. Needs no_new_privs; to be called
/// before any other thread exists.
[[nodiscard]] Confinement confine_to(const Folders& folders) noexcept;

/// Whether confine_to() can do anything on this system.
[[nodiscard]] bool can_confine() noexcept;

/// The nearest folder above `path`, or itself, that exists: where something will be made that is not there yet.
[[nodiscard]] std::filesystem::path nearest_existing(const std::filesystem::path& path);

}  // namespace app::hardening
