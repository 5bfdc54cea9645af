// What a verified batch carries, read out of its file into memory: for small batches of tests.
#pragma once

#include <catch2/catch_all.hpp>
#include <map>
#include <string>

#include "app/exchange/open/batch_open.hpp"

namespace test {

/// The sealed bytes of every record and audit entry, by name.
inline std::map<std::string, crypto::Bytes> sealed_members(crypto::SodiumReady ready,
                                                           const app::exchange::VerifiedBatch& batch) {
    std::map<std::string, crypto::Bytes> members;
    const auto take = [&](const app::exchange::BatchRecord& member, crypto::ByteView sealed) {
        return members.emplace(member.name, crypto::Bytes(sealed.begin(), sealed.end())).second;
    };
    REQUIRE(app::exchange::read_members(ready, batch, take));
    return members;
}

}  // namespace test
