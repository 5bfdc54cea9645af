#include "app/database/locked_memory.hpp"

#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory_resource>
#include <mutex>
#include <new>
#include <span>
#include <vector>

namespace app::database::detail {
namespace {

/// How much of what the system lets the program lock is taken here: half, the rest is for keys and for what is opened.
std::size_t most_locked() noexcept {
    rlimit limit{};
    if (getrlimit(RLIMIT_MEMLOCK, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return SIZE_MAX;
    return static_cast<std::size_t>(limit.rlim_cur) / 2;
}

/// Whole pages from the system, locked. Remembers them, so that they can be locked again.
class LockedPages final : public std::pmr::memory_resource {
  public:
    void lock_again() noexcept {
        for (auto& piece : all_) lock(piece);
    }

  private:
    struct Piece {
        std::byte* data;
        std::size_t size;
        bool locked;
    };

    static std::size_t whole(std::size_t bytes) noexcept {
        static const auto page = static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
        return (bytes + page - 1) / page * page;
    }

    void lock(Piece& piece) noexcept {
        if (!piece.locked && locked_ + piece.size > most_locked()) return;
        if (mlock(piece.data, piece.size) != 0 || piece.locked) return;
        piece.locked = true;
        locked_ += piece.size;
    }

    void* do_allocate(std::size_t bytes, std::size_t) override {
        const std::size_t size = whole(bytes);
        void* const mapped = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (mapped == MAP_FAILED) throw std::bad_alloc();
        try {
            all_.push_back({static_cast<std::byte*>(mapped), size, false});
        } catch (...) {
            munmap(mapped, size);
            throw;
        }
        static_cast<void>(madvise(mapped, size, MADV_DONTDUMP));
        lock(all_.back());
        return mapped;
    }

    void do_deallocate(void* data, std::size_t bytes, std::size_t) override {
        const auto piece = std::find_if(all_.begin(), all_.end(), [&](const auto& one) { return one.data == data; });
        if (piece->locked) locked_ -= piece->size;
        all_.erase(piece);
        munmap(data, whole(bytes));  // unlocks; what lay there was wiped block by block
    }

    [[nodiscard]] bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

    std::vector<Piece> all_;
    std::size_t locked_ = 0;
};

/// Blocks for the pages of a database, as SQLite's cache asks for them: a page and a little more. The pools of
/// libstdc++ would give each twice that.
class PageBlocks {
  public:
    static constexpr std::size_t size = 4608;

    explicit PageBlocks(std::pmr::memory_resource& pages) : pages_(&pages) {}
    static bool fits(std::size_t bytes) noexcept { return bytes > 4096 && bytes <= size; }

    void* take() {
        if (free_ == nullptr) cut_piece();
        auto* const block = free_;
        free_ = block->next;
        block->next = nullptr;
        return block;
    }
    void give_back(void* block) noexcept { free_ = new (block) Free{free_}; }

  private:
    struct Free {
        Free* next;
    };
    static constexpr std::size_t blocks_of_piece = 56;  ///< 63 pages of the system

    void cut_piece() {
        auto* const piece = static_cast<std::byte*>(pages_->allocate(blocks_of_piece * size));
        for (std::size_t i = blocks_of_piece; i > 0; --i) give_back(piece + (i - 1) * size);
    }

    std::pmr::memory_resource* pages_;
    Free* free_ = nullptr;
};

/// Before each block, as large as SQLite asked for it: SQLite asks later how large that was.
struct alignas(std::max_align_t) Front {
    std::size_t size;
};

/// Pools of blocks of like sizes, and one for pages of a database, the largest that is asked for often; what is larger
/// gets pages of its own.
class Memory {
  public:
    void* take(std::size_t size) noexcept {
        try {
            const std::lock_guard guard(mutex_);
            const std::size_t bytes = whole(size);
            void* const block = PageBlocks::fits(bytes) ? for_pages_.take() : pool_.allocate(bytes, alignof(Front));
            return new (block) Front{size} + 1;
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
        if (PageBlocks::fits(bytes)) return for_pages_.give_back(front);
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
    PageBlocks for_pages_{pages_};
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
