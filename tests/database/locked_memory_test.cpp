// The memory that SQLite and SQLCipher work in: locked as long as it is used, and wiped when it is given back.
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "tests/database/support.hpp"
#include "tests/support/locking.hpp"
#include "tests/support/process_status.hpp"

namespace {

constexpr int block_bytes = 200;
constexpr std::array<std::string_view, 1> one_table{"CREATE TABLE word(id INTEGER PRIMARY KEY)"};
constexpr std::array<app::database::Migration, 1> one_version{app::database::Migration(one_table)};

app::database::Database new_database(const test::Folder& folder, const std::string& name = "a") {
    return test::must(app::database::Database::create(test::ready(), folder.path() / name, test::key(), one_version));
}

std::uintptr_t address(const void* block) {
    return reinterpret_cast<std::uintptr_t>(block);
}

/// What the kernel says of the mapping that a block lies in: "lo" locked, "dd" not in core dumps. Source: proc(5).
std::string flags_of(const void* block) {
    std::ifstream maps("/proc/self/smaps");
    bool inside = false;
    for (std::string line; std::getline(maps, line);) {
        unsigned long long from = 0;
        unsigned long long to = 0;
        if (std::sscanf(line.c_str(), "%llx-%llx ", &from, &to) == 2)
            inside = from <= address(block) && address(block) < to;
        if (inside && line.starts_with("VmFlags:")) return line + " ";
    }
    return "";
}

bool locked(const void* block) {
    return flags_of(block).find(" lo ") != std::string::npos;
}

std::vector<void*> blocks(std::size_t count, int size = block_bytes) {
    std::vector<void*> all;
    for (std::size_t i = 0; i < count; ++i) all.push_back(sqlite3_malloc(size));
    return all;
}

constexpr int page_with_head = 4400;  ///< about what SQLite's cache asks for with each page

/// So much may be locked while it lives; it is less than this process may.
class Lockable {
  public:
    explicit Lockable(rlim_t bytes) {
        REQUIRE(getrlimit(RLIMIT_MEMLOCK, &before_) == 0);
        const rlimit less{bytes, before_.rlim_max};
        REQUIRE(setrlimit(RLIMIT_MEMLOCK, &less) == 0);
    }
    Lockable(const Lockable&) = delete;
    Lockable& operator=(const Lockable&) = delete;
    ~Lockable() { static_cast<void>(setrlimit(RLIMIT_MEMLOCK, &before_)); }

  private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("what SQLite holds stays locked and out of core dumps while its neighbours are given back") {
    const test::Folder folder;
    const auto database = new_database(folder);
    auto held = blocks(64);
    for (std::size_t i = 0; i < held.size(); i += 8) sqlite3_free(std::exchange(held[i], nullptr));
    for (auto* const block : held) {
        if (block == nullptr) continue;
        CHECK((locked(block) || !support::locking_is_real));
        CHECK(flags_of(block).find(" dd ") != std::string::npos);
        sqlite3_free(block);
    }
}

TEST_CASE("what was unlocked, as SQLCipher does with the keys it gives back, is locked when a database is open") {
    if (!support::locking_is_real) SKIP("sanitizers lock no memory");
    const test::Folder folder;
    const auto before = new_database(folder);
    auto held = blocks(8);
    REQUIRE(munlock(held.front(), block_bytes) == 0);
    REQUIRE_FALSE(locked(held.front()));
    const auto database = new_database(folder, "b");
    for (auto* const block : held) {
        CHECK(locked(block));
        sqlite3_free(block);
    }
}

TEST_CASE("what SQLite gives back is wiped, whatever its size") {
    const test::Folder folder;
    const auto database = new_database(folder);
    // Read as from outside: the memory is no longer ours. A mapping that is gone cannot be read at all.
    const int memory = ::open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    REQUIRE(memory >= 0);
    for (const int size : {1, 24, block_bytes, 4096, 9000, 300'000}) {
        auto* const block = static_cast<char*>(sqlite3_malloc(size));
        REQUIRE(block != nullptr);
        std::memset(block, 'N', static_cast<std::size_t>(size));
        const auto at = static_cast<off_t>(address(block));
        sqlite3_free(block);
        std::vector<char> left(static_cast<std::size_t>(size));
        const auto got = pread(memory, left.data(), left.size(), at);
        CHECK(std::count(left.begin(), left.begin() + std::max<ssize_t>(got, 0), 'N') == 0);
    }
    ::close(memory);
}

TEST_CASE("every block lies where any type may, whatever its size") {
    const test::Folder folder;
    const auto database = new_database(folder);
    for (int size = 1; size < 20'000; size += size < 300 ? 1 : 61) {
        std::array<void*, 3> held{};
        for (auto*& block : held) block = sqlite3_malloc(size);
        for (auto* const block : held) {
            CHECK(address(block) % alignof(std::max_align_t) == 0);
            sqlite3_free(block);
        }
    }
}

TEST_CASE("what grows or shrinks keeps what it holds, and the old place is wiped") {
    const test::Folder folder;
    const auto database = new_database(folder);
    auto* block = static_cast<char*>(sqlite3_malloc(8));
    std::memcpy(block, "1234567", 8);
    for (const int size : {100, 5000, 100'000, 300, 8}) {
        block = static_cast<char*>(sqlite3_realloc(block, size));
        REQUIRE(block != nullptr);
        CHECK(std::string_view(block) == "1234567");
        CHECK(sqlite3_msize(block) >= static_cast<sqlite3_uint64>(size));
    }
    sqlite3_free(block);
}

TEST_CASE("however much SQLite holds, it leaves half of what may be locked to secrets") {
    if (!support::locking_is_real) SKIP("sanitizers lock no memory");
    constexpr std::size_t lockable = 4U << 20;
    const Lockable limit(lockable);
    const test::Folder folder;
    const auto database = new_database(folder);
    const auto held = blocks(2'000, page_with_head);
    CHECK(support::status_kib("VmLck") <= (lockable / 2 + (256U << 10)) / 1024);  // and what of secrets is locked
    CHECK(support::status_kib("VmLck") > (lockable / 4) / 1024);
    const auto secret = crypto::SecretBytes::make(test::ready(), 1U << 20);
    CHECK(secret);
    for (auto* const block : held) sqlite3_free(block);
}

TEST_CASE("a page of a database takes up little more memory than it has") {
    const test::Folder folder;
    const auto database = new_database(folder);
    constexpr std::size_t count = 4'000;
    const auto before = support::status_kib("VmSize");
    const auto held = blocks(count, page_with_head);
    CHECK(support::status_kib("VmSize") - before <= count * page_with_head / 1024 * 11 / 10);
    for (auto* const block : held) sqlite3_free(block);
}

TEST_CASE("the cache of a database can be made larger for a while") {
    const test::Folder folder;
    auto database = new_database(folder);
    database.set_cache(8192);
    CHECK(database.settings()->cache_kib == 8192);
    CHECK_FALSE(database.run("PRAGMA user_version = 3"));  // nothing else may be said in passing
    database.set_cache(app::database::kiosk_cache_kib);
    CHECK(database.settings()->cache_kib == app::database::kiosk_cache_kib);
}
