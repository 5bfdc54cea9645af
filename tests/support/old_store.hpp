#pragma once
// A store as the first version of its schema left it.
#include <catch2/catch_all.hpp>
#include <filesystem>
#include <span>

#include "app/store/schema.hpp"
#include "app/store/sql_store.hpp"

namespace support {

/// An empty one in a file that must not be there yet.
inline app::store::detail::SqlStore make_store_of_version_1(crypto::SodiumReady ready,
                                                            const std::filesystem::path& file,
                                                            const crypto::SecretBytes& key) {
    namespace store = app::store;
    auto database = store::Database::create(ready, file, key, std::span(store::schema::migrations).first(1));
    REQUIRE(database);
    auto summary = store::detail::Summary::make(ready, key);
    REQUIRE(summary);
    auto transaction = store::Transaction::begin(*database);
    REQUIRE(summary->start(*database));
    REQUIRE(transaction->commit());
    return {ready, std::move(*database), std::move(*summary)};
}

}  // namespace support
