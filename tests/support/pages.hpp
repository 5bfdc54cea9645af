#pragma once
// Which sealed rows lie on which pages of a database, found without the way that leads to them.
#include <catch2/catch_all.hpp>
#include <cstdint>
#include <filesystem>
#include <map>
#include <set>

#include "app/store/salvage.hpp"

namespace support {

using Rows = std::set<std::int64_t>;
using Leaves = std::map<std::int64_t, std::uint64_t>;

/// Another name beside a database, which is opened, changed and removed.
class Aside {
  public:
    explicit Aside(const std::filesystem::path& database) : path_(database.string() + ".aside") {
        std::filesystem::copy_file(database, path_, std::filesystem::copy_options::overwrite_existing);
    }
    Aside(const Aside&) = delete;
    Aside& operator=(const Aside&) = delete;
    ~Aside() {
        std::error_code ignored;
        std::filesystem::remove(path_, ignored);
        std::filesystem::remove(path_.string() + "-journal", ignored);
    }
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    std::filesystem::path path_;
};

/// The leaf of every sealed row of a whole database: the page from which the fewest rows are reached.
inline Leaves leaves_of(crypto::SodiumReady ready, const std::filesystem::path& file, const crypto::SecretBytes& key) {
    const Aside copy(file);
    app::store::detail::Salvage salvage(ready, copy.path(), key);
    REQUIRE(salvage.open());
    Leaves leaves;
    std::map<std::int64_t, std::size_t> fewest;
    const auto pages = salvage.pages();
    for (std::uint64_t number = 2; number <= pages; ++number) {
        const auto rows = salvage.rows_at("sealed", number);
        for (const auto row : rows) {
            if (!salvage.whole("sealed", row)) continue;  // of another table
            if (fewest.contains(row) && fewest[row] <= rows.size()) continue;
            fewest[row] = rows.size();
            leaves[row] = number;
        }
    }
    return leaves;
}

/// The rows whose bytes can be read from their own leaf on, whatever leads there: those that are on no damaged page.
inline Rows readable(crypto::SodiumReady ready, const std::filesystem::path& file, const crypto::SecretBytes& key,
                     const Leaves& leaves) {
    const Aside copy(file);
    app::store::detail::Salvage salvage(ready, copy.path(), key);
    if (!salvage.open()) return {};
    Rows rows;
    for (const auto& [row, leaf] : leaves)
        if (salvage.rows_at("sealed", leaf).contains(row) && salvage.whole("sealed", row)) rows.insert(row);
    return rows;
}

}  // namespace support
