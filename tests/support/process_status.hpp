#pragma once
// What the system says of this process. Source: proc(5).

#include <catch2/catch_all.hpp>
#include <cstddef>
#include <fstream>
#include <string>

namespace support {

/// A number out of /proc/self/status, in KiB.
inline std::size_t status_kib(const std::string& name) {
    std::ifstream in("/proc/self/status");
    for (std::string line; std::getline(in, line);)
        if (line.starts_with(name + ":")) return std::stoul(line.substr(name.size() + 1));
    FAIL("no " << name);
    return 0;
}

}  // namespace support
