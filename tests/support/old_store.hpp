#pragma once
// A store as an earlier version of its schema left it.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <functional>
#include <span>

#include "app/store/schema.hpp"
#include "app/store/store.hpp"

namespace support {

/// In a file that must not be there yet, with the rows that `fill` puts into a store of today.
inline void make_store_of_version(std::size_t version, crypto::SodiumReady ready, const std::filesystem::path& file,
                                  const crypto::SecretBytes& key,
                                  const std::function<void(app::store::Store& store)>& fill) {
    namespace store = app::store;
    const auto today = file.string() + ".today";
    auto summary = store::detail::Summary::make(ready, key);
    auto again = store::detail::Summary::make(ready, key);
    REQUIRE((summary && again));
    {
        auto database = app::database::Database::create(ready, today, key, store::schema::migrations);
        REQUIRE(database);
        auto transaction = app::database::Transaction::begin(*database);
        REQUIRE(summary->start(*database));
        REQUIRE(transaction->commit());
        store::Store filled(ready, std::move(*database), std::move(*summary));
        fill(filled);
    }
    auto from = app::database::Database::open_damaged(ready, today, key);
    auto old = app::database::Database::create(ready, file, key, std::span(store::schema::migrations).first(version));
    REQUIRE((from && old));
    auto transaction = app::database::Transaction::begin(*old);
    for (const auto* table : {"batch", "sealed", "value", "worker", "wrong_pin"}) REQUIRE(from->copy_rows(table, *old));
    if (version >= 2) REQUIRE(from->copy_rows("audit", *old));
    if (version >= 3) REQUIRE(from->copy_rows("value_copy", *old));
    if (version >= 4)
        for (const auto* table : {"receipt", "held"}) REQUIRE(from->copy_rows(table, *old));
    REQUIRE(again->rebuild(*old));
    REQUIRE(transaction->commit());
    std::filesystem::remove(today);
}

inline void make_store_of_version_1(crypto::SodiumReady ready, const std::filesystem::path& file,
                                    const crypto::SecretBytes& key,
                                    const std::function<void(app::store::Store& store)>& fill) {
    make_store_of_version(1, ready, file, key, fill);
}

}  // namespace support
