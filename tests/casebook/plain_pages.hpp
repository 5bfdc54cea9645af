#pragma once
// Every page of a closed casebook as SQLCipher sees it when it has the key: rows, and what unused parts still hold.

#define SQLITE_HAS_CODEC 1
#include <sqlcipher/sqlite3.h>

#include "app/casebook/sqlcipher/key_file.hpp"
#include "tests/casebook/support.hpp"

namespace test {

inline std::string pages_of(const fs::path& file, const crypto::SecretBytes& key) {
    sqlite3* connection = nullptr;
    REQUIRE(sqlite3_open_v2(file.c_str(), &connection, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
    const auto literal = "x'" + crypto::to_hex(key.view()) + "'";
    REQUIRE(sqlite3_key_v2(connection, "main", literal.data(), static_cast<int>(literal.size())) == SQLITE_OK);
    REQUIRE(sqlite3_exec(connection, "SELECT count(*) FROM sqlite_schema", nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_int64 size = 0;
    auto* const bytes = sqlite3_serialize(connection, "main", &size, 0);
    REQUIRE(bytes != nullptr);
    std::string pages(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    sqlite3_close(connection);
    REQUIRE(pages.starts_with("SQLite format 3"));
    return pages;
}

/// Of a casebook, which is closed for it.
inline std::string plain_pages(Deployment& deployment) {
    deployment.close();
    const auto key = app::casebook::sqlcipher::read_key_file(
        ready(), casebook::sqlcipher::key_file_of(deployment.file()), deployment.identities());
    REQUIRE(key);
    auto pages = pages_of(deployment.file(), *key);
    REQUIRE(deployment.open());
    return pages;
}

/// How often a text stands in them.
inline std::size_t times_in(const std::string& pages, std::string_view text) {
    std::size_t found = 0;
    for (auto at = pages.find(text); at != std::string::npos; at = pages.find(text, at + 1)) ++found;
    return found;
}

}  // namespace test
