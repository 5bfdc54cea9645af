// The demo's casebook while another program changes it.
#pragma once

#include <optional>

#include "app/casebook/sqlcipher/key_file.hpp"
#include "app/casebook/sqlcipher/schema.hpp"
#include "app/database/database.hpp"
#include "tests/cli/desk_demo.hpp"

namespace test {

class BusyCasebook {
  public:
    explicit BusyCasebook(const DeskDemo& desk) {
        namespace sqlcipher = app::casebook::sqlcipher;
        const auto file = desk.path() / "demo/casebook/cases.db";
        const auto identities =
            crypto::open::parse_identity_file(ready(), bytes(desk.read("demo/keys/coordinator.identity")));
        REQUIRE(identities);
        const auto key = sqlcipher::read_key_file(ready(), sqlcipher::key_file_of(file), *identities);
        REQUIRE(key);
        auto other = app::database::Database::open(ready(), file, *key, sqlcipher::schema::migrations,
                                                   sqlcipher::schema::expected);
        REQUIRE(other);
        other_.emplace(std::move(*other));
        auto busy = app::database::Transaction::begin(*other_);
        REQUIRE(busy);
        busy_.emplace(std::move(*busy));
    }

  private:
    std::optional<app::database::Database> other_;
    std::optional<app::database::Transaction> busy_;
};

}  // namespace test
