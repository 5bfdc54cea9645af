#include <cstring>
#include <memory_resource>
#include <string>
#include <vector>

#include "crypto/random.hpp"
#include "crypto/secret.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;

TEST_CASE("strings and vectors live in a locked arena and give their memory back") {
    const auto arena = must(LockedArena::make(support::ready(), 65536));
    {
        std::pmr::vector<std::pmr::string> words(arena.get());
        for (int i = 0; i < 100; ++i) words.emplace_back("a sentence that is longer than a small string");
        CHECK(arena->in_use() > 4000);
        CHECK(words.back() == "a sentence that is longer than a small string");
    }
    CHECK(arena->in_use() == 0);
}

TEST_CASE("a full arena refuses and works again when something was given back") {
    const auto arena = must(LockedArena::make(support::ready(), 8192));
    CHECK(arena->size() == 8192);
    void* first = arena->allocate(4096);
    void* second = arena->allocate(4096);
    CHECK_THROWS_AS(arena->allocate(16), std::bad_alloc);
    arena->deallocate(first, 4096);
    void* small = arena->allocate(16);  // cut from the larger free block
    CHECK(small == first);
    void* rest = arena->allocate(2048);
    arena->deallocate(small, 16);
    arena->deallocate(rest, 2048);
    arena->deallocate(second, 4096);
    CHECK(arena->in_use() == 0);
}

TEST_CASE("what is given back is wiped at once") {
    const auto arena = must(LockedArena::make(support::ready(), 4096));
    auto* block = static_cast<char*>(arena->allocate(64));
    std::memset(block, 'x', 64);
    arena->deallocate(block, 64);
    CHECK(std::string_view(block, 64).find('x') == std::string_view::npos);
}

TEST_CASE("wiping an arena leaves no byte of it and all of its room") {
    const auto arena = must(LockedArena::make(support::ready(), 4096));
    auto* block = static_cast<char*>(arena->allocate(4096));
    std::memset(block, 'x', 4096);
    arena->wipe();
    CHECK(std::string_view(block, 4096).find('x') == std::string_view::npos);
    CHECK(arena->in_use() == 0);
    CHECK(arena->allocate(4096) == block);
    arena->wipe();
}

TEST_CASE("blocks of an arena never overlap through a thousand random steps") {
    const auto arena = must(LockedArena::make(support::ready(), 262144));
    struct Block {
        std::byte* at;
        std::size_t size;
        std::byte mark;
    };
    std::vector<Block> blocks;
    for (int step = 0; step < 1000; ++step) {
        if (blocks.empty() || random_below(support::ready(), 3) != 0) {
            const std::size_t size = 1 + random_below(support::ready(), 700);
            auto* at = static_cast<std::byte*>(arena->allocate(size));
            blocks.push_back({at, size, static_cast<std::byte>(step & 255)});
            std::fill_n(at, size, blocks.back().mark);
        } else {
            const auto i = random_below(support::ready(), static_cast<std::uint32_t>(blocks.size()));
            const Block gone = blocks[i];
            REQUIRE(std::all_of(gone.at, gone.at + gone.size, [&](std::byte b) { return b == gone.mark; }));
            arena->deallocate(gone.at, gone.size);
            blocks.erase(blocks.begin() + i);
        }
    }
    for (const Block& left : blocks) {
        CHECK(std::all_of(left.at, left.at + left.size, [&](std::byte b) { return b == left.mark; }));
        arena->deallocate(left.at, left.size);
    }
    CHECK(arena->in_use() == 0);
}

TEST_CASE("an arena of nothing and an alignment beyond sixteen are refused") {
    CHECK_FAILS(LockedArena::make(support::ready(), 0), Error::Input);
    const auto arena = must(LockedArena::make(support::ready(), 1));
    CHECK(arena->size() == 4096);
    CHECK_THROWS_AS(arena->allocate(64, 64), std::bad_alloc);
}
