#pragma once
// A database damaged where it matters.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <string>

namespace support {

/// Flips a bit in the last page without which `opens` says no: some row lies there.
inline void damage_a_row(const std::filesystem::path& database, const std::function<bool()>& opens) {
    constexpr std::size_t page = 4096;
    std::ifstream in(database, std::ios::binary);
    const std::string whole{std::istreambuf_iterator<char>(in), {}};
    for (std::size_t at = whole.size() - page + 100; at > page; at -= page) {
        auto damaged = whole;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        REQUIRE(std::ofstream(database, std::ios::binary | std::ios::trunc)
                    .write(damaged.data(), static_cast<std::streamsize>(damaged.size()))
                    .flush());
        if (!opens()) return;
    }
    FAIL("no page whose damage is found");
}

}  // namespace support
