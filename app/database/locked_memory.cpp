#include "app/database/locked_memory.hpp"

#include <sqlite3.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>
#include <memory_resource>
#include <mutex>
#include <new>
#include <span>
#include <vector>

namespace app::database::detail {
namespace {

/// Whole pages from the system, locked. Remembers them, so that they can be locked again.
class LockedPages final : public std::pmr::memory_resource {
  public:
    void lock_again() noexcept {
        for (const auto& pages : all_) static_cast<void>(mlock(pages.data(), pages.size()));
    }

  private:
    static std::size_t whole(std::size_t bytes) noexcept {
        static const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        return (bytes + page - 1) / page * page;
    }

    void* do_allocate(std::size_t bytes, std::size_t) override {
        const std::size_t size = whole(bytes);
        void* const mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) throw std::bad_alloc();
        try {
            all_.emplace_back(static_cast<std::byte*>(mapped), size);
        } catch (...) {
            munmap(mapped, size);
            throw;
        }
        static_cast<void>(madvise(mapped, size, MADV_DONTDUMP));
        static_cast<void>(mlock(mapped, size));
        return mapped;
    }

    void do_deallocate(void* data, std::size_t bytes, std::size_t) override {
        std::erase_if(all_, [&](const auto& pages) { return pages.data() == data; });
        munmap(data, whole(bytes));  // unlocks; what lay there was wiped block by block
    }

    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

    std::vector<std::span<std::byte>> all_;
};

/// Before each block, as large as SQLite asked for it: SQLite asks later how large that was.
struct alignas(std::max_align_t) Front {
    std::size_t size;
};

/// Pools of blocks of like sizes. A page of the database is the largest that is asked for often; what is larger gets
/// pages of its own.
class Memory {
  public:
    void* take(std::size_t size) noexcept {
        try {
            const std::lock_guard guard(mutex_);
            auto* const front = new (pool_.allocate(whole(size), alignof(Front))) Front{size};
            return front + 1;
        } catch (const std::bad_alloc&) {
            return nullptr;
        }
    }

    static std::size_t size_of(void* block) noexcept { return (static_cast<Front*>(block) - 1)->size; }

    void give_back(void* block) noexcept {
        auto* const front = static_cast<Front*>(block) - 1;
        const std::size_t bytes = whole(front->size);
        explicit_bzero(front, bytes);
        const std::lock_guard guard(mutex_);
        pool_.deallocate(front, bytes, alignof(Front));
    }

    void lock_again() noexcept {
        const std::lock_guard guard(mutex_);
        pages_.lock_again();
    }

  private:
    /// With its front, in whole steps of the alignment: the pools of libstdc++ keep to that only where the size does.
    static std::size_t whole(std::size_t size) noexcept {
        constexpr std::size_t step = alignof(Front);
        return (sizeof(Front) + size + step - 1) / step * step;
    }

    static constexpr std::size_t most_pooled = 8192;
    static constexpr std::size_t most_at_once = 64;  ///< blocks in one piece, so that little lies idle

    std::mutex mutex_;
    LockedPages pages_;
    std::pmr::unsynchronized_pool_resource pool_{{most_at_once, most_pooled}, &pages_};
};

/// Never taken down: SQLite gives blocks back until the very end of the program.
Memory& memory() {
    static auto& only = *new Memory;
    return only;
}

std::atomic<bool> taken_from = false;

void* take(int size) noexcept {
    taken_from.store(true, std::memory_order_relaxed);
    return memory().take(static_cast<std::size_t>(size));
}

void give_back(void* block) noexcept {
    memory().give_back(block);
}

int size_of(void* block) noexcept {
    return block == nullptr ? 0 : static_cast<int>(Memory::size_of(block));
}

void* resize(void* block, int size) noexcept {
    void* const next = take(size);
    if (next == nullptr) return nullptr;
    std::memcpy(next, block, std::min(static_cast<std::size_t>(size), Memory::size_of(block)));
    give_back(block);
    return next;
}

int round_up(int size) noexcept {
    return (size + 7) / 8 * 8;
}

int begin(void*) noexcept {
    return SQLITE_OK;
}

void end(void*) noexcept {}

bool give_to_sqlite() noexcept {
    try {
        static_cast<void>(memory());
    } catch (const std::bad_alloc&) {
        return false;
    }
    static const sqlite3_mem_methods methods{take, give_back, resize, size_of, round_up, begin, end, nullptr};
    return sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
}

}  // namespace

bool use_locked_memory() noexcept {
    static const bool given = give_to_sqlite();
    return given;
}

bool locked_memory_in_use() noexcept {
    return use_locked_memory() && taken_from.load(std::memory_order_relaxed);
}

void lock_again() noexcept {
    memory().lock_again();
}

}  // namespace app::database::detail
