#pragma once
// What the store's tests share: a folder that goes away, keys, sealed bytes.

#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include "app/store/store.hpp"
#include "crypto/age.hpp"
#include "tests/database/support.hpp"

namespace test {

namespace store = app::store;

inline std::string record_id(unsigned number) {
    std::string text = std::to_string(number);
    return std::string(32 - text.size(), '0') + text;
}

inline const crypto::Recipient& recipient() {
    static const auto parsed = [] {
        // The base point of X25519: a public key whose secret nobody here needs.
        crypto::Bytes point(32);
        point[0] = std::byte{9};
        return crypto::Recipient::from_key(point);
    }();
    REQUIRE(parsed);
    return *parsed;
}

inline crypto::Sealed sealed(std::string_view json) {
    auto bytes = crypto::seal_record(ready(), crypto::as_bytes(json), std::span(&recipient(), 1));
    REQUIRE(bytes);
    return std::move(*bytes);
}

inline store::Enrolment enrolment(std::uint64_t epoch = 1) {
    return {std::string(32, 'd'), "deployment key", epoch, crypto::Bytes(10, std::byte{1}),
            crypto::Bytes(20, std::byte{2})};
}

/// A folder with a store in it, closed and opened at will.
class Kiosk {
  public:
    Kiosk() : folder_(take_folder()), store_(store::create_store(ready(), *folder_, key())) { REQUIRE(store_); }
    store::Store& operator*() { return **store_; }
    store::Store* operator->() { return store_->get(); }
    [[nodiscard]] const store::StateFolder& folder() const { return *folder_; }
    [[nodiscard]] fs::path database() const { return folder_->database(); }
    void close() { store_ = tl::unexpected(store::Error::Missing); }
    store::Result<void> open(char letter = 'k') {
        close();
        store_ = store::open_store(ready(), *folder_, key(letter));
        if (!store_) return tl::unexpected(store_.error());
        return {};
    }

  private:
    store::Result<store::StateFolder> take_folder() {
        auto folder = store::StateFolder::open(temp_.path());
        REQUIRE(folder);
        return folder;
    }
    Folder temp_;
    store::Result<store::StateFolder> folder_;
    store::Result<std::unique_ptr<store::Store>> store_;
};

/// Runs `what` in a child process and gives its exit code (what `what` returns).
inline int in_child(const std::function<int()>& what) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) _exit(what());
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/// For repair() of a store whose audit is nobody's concern: no entry moves its head.
inline store::Digest same_head(const store::Digest& previous, const store::AuditRow&, store::ByteView) {
    return previous;
}

}  // namespace test
