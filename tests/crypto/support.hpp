#pragma once
// What the tests of the crypto layer share: unwrapping results, temporary folders, running stock programs.

#include <catch2/catch_all.hpp>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "crypto/open/open.hpp"

namespace support {

/// The value, or a failed test that names the error.
template <typename T>
T must(tl::expected<T, crypto::Error> result) {
    if (!result) FAIL("unexpected failure: " << crypto::describe(result.error()));
    return std::move(*result);
}
inline void must(const tl::expected<void, crypto::Error>& result) {
    if (!result) FAIL("unexpected failure: " << crypto::describe(result.error()));
}

template <typename T>
std::string failure(const tl::expected<T, crypto::Error>& result) {
    return result ? "success" : crypto::describe(result.error());
}

/// Passes when the result is exactly this failure.
#define CHECK_FAILS(expression, expected) CHECK(support::failure(expression) == crypto::describe(expected))
#define REQUIRE_FAILS(expression, expected) REQUIRE(support::failure(expression) == crypto::describe(expected))

crypto::SodiumReady ready();
crypto::SecretBytes secret(std::string_view text);
crypto::Bytes bytes(std::string_view hex);
/// n bytes that differ from place to place.
crypto::Bytes pattern(std::size_t n);
std::string text_of(const crypto::SecretBytes& secret);

struct People {
    std::vector<crypto::open::Identity> identities;
    std::vector<crypto::Recipient> recipients;
};
People people(std::size_t n, crypto::Recipient::Kind kind = crypto::Recipient::Kind::X25519);

void write(const std::filesystem::path& path, crypto::ByteView content);
crypto::Bytes read(const std::filesystem::path& path);
/// Exit status of a shell command; its output goes to the test's log only when it fails.
int run(const std::string& command);
/// A path as a word of such a command.
std::string quoted(const std::filesystem::path& path);

}  // namespace support
