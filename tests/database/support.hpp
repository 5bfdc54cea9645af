#pragma once
// What the tests of the database and of what is built on it share: a folder that goes away, keys, files as bytes.

#include <catch2/catch_all.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "app/database/database.hpp"
#include "crypto/ready.hpp"
#include "tests/support/folder.hpp"

namespace test {

namespace fs = std::filesystem;

inline crypto::SodiumReady ready() {
    static const auto token = crypto::SodiumReady::init();
    REQUIRE(token);
    return *token;
}

/// What a result holds; the test ends where it holds a failure.
template <typename T>
T must(app::database::Result<T> result) {
    if (!result) FAIL(app::database::describe(result.error()));
    return std::move(*result);
}
inline void must(const app::database::Result<void>& result) {
    if (!result) FAIL(app::database::describe(result.error()));
}

inline crypto::SecretBytes secret(std::string_view text) {
    auto bytes = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(text));
    REQUIRE(bytes);
    return std::move(*bytes);
}

/// The same 32 bytes for the same letter.
inline crypto::SecretBytes key(char letter = 'k') {
    return secret(std::string(32, letter));
}

inline std::vector<char> read_all(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    std::vector<char> content(fs::file_size(file), '\0');
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    return content;
}

inline void write_all(const fs::path& file, const std::vector<char>& content) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out.write(content.data(), static_cast<std::streamsize>(content.size()));
    REQUIRE(out.good());
}

}  // namespace test
