#include "crypto/secret.hpp"

#include <pthread.h>
#include <sodium.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <bit>
#include <cstdlib>
#include <cstring>
#include <new>
#include <utility>

#include "crypto/raw.hpp"
#include "crypto/try.hpp"

namespace crypto {

void wipe(std::span<std::byte> memory) noexcept {
    sodium_memzero(memory.data(), memory.size());
}

// A mapping of its own for each secret: a page that cannot be touched, the locked pages, another such page. The bytes
// end where the last page begins, so that running over faults; what lies before them is filled and looked at in the
// end, so that running under is noticed. As sodium_malloc does it, with half the system calls (it is most of what
// opening a record costs beside the arithmetic), and with a lock that is checked: libsodium 1.0.18 ignores a failed
// one.
namespace {

constexpr std::byte filling{0xdb};
constexpr std::size_t least_filling = 16;

std::size_t page_size() noexcept {
    return static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

std::size_t locked_size(std::size_t n) noexcept {
    const std::size_t page = page_size();
    return (n + least_filling + page - 1) / page * page;
}

// One wiped mapping of each small size is kept, closed but still locked, for the next secret of that size: opening
// thousands of records does not map, lock and fault in pages each time. At most 144 KiB stay locked for it.
constexpr std::size_t most_spare_pages = 8;
std::array<std::atomic<std::byte*>, most_spare_pages> spares;

std::atomic<std::byte*>* spare_of(std::size_t locked) noexcept {
    const std::size_t pages = locked / page_size();
    return pages <= most_spare_pages ? &spares[pages - 1] : nullptr;
}

// A child's memory is not locked, whatever its parent's was.
[[maybe_unused]] const int child_forgets = pthread_atfork(nullptr, nullptr, [] {
    for (auto& spare : spares) spare = nullptr;
});

// The locked pages, which can be written to and are zero; null when that cannot be had.
std::byte* locked_pages(std::size_t locked) noexcept {
    if (auto* const spare = spare_of(locked)) {
        std::byte* const pages = spare->exchange(nullptr);
        if (pages != nullptr && mprotect(pages, locked, PROT_READ | PROT_WRITE) == 0) return pages;
    }
    const std::size_t page = page_size();
    void* const mapped = mmap(nullptr, locked + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (mapped == MAP_FAILED) return nullptr;
    std::byte* const pages = static_cast<std::byte*>(mapped) + page;
    // Locking also keeps the pages out of core dumps. New pages are zero.
    if (mprotect(pages, locked, PROT_READ | PROT_WRITE) == 0 && sodium_mlock(pages, locked) == 0) return pages;
    munmap(mapped, locked + 2 * page);
    return nullptr;
}

void give_back_pages(std::byte* pages, std::size_t locked) noexcept {
    sodium_memzero(pages, locked);
    if (auto* const spare = spare_of(locked)) {
        std::byte* none = nullptr;
        if (mprotect(pages, locked, PROT_NONE) == 0 && spare->compare_exchange_strong(none, pages)) return;
    }
    const std::size_t page = page_size();
    munmap(pages - page, locked + 2 * page);  // unlocks too
}

std::byte* take(std::size_t n) noexcept {
    if (n > SIZE_MAX / 2) return nullptr;
    const std::size_t locked = locked_size(n);
    std::byte* const pages = locked_pages(locked);
    if (pages == nullptr) return nullptr;
    std::fill(pages, pages + (locked - n), filling);
    return pages + (locked - n);
}

void give_back(std::byte* data, std::size_t n) noexcept {
    if (data == nullptr) return;
    const std::size_t locked = locked_size(n);
    std::byte* const pages = data + n - locked;
    if (std::any_of(pages, data, [](std::byte b) { return b != filling; })) std::abort();
    give_back_pages(pages, locked);
}

}  // namespace

SecretBytes::SecretBytes(SecretBytes&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      room_(std::exchange(other.room_, 0)) {}

SecretBytes& SecretBytes::operator=(SecretBytes&& other) noexcept {
    if (this == &other) return *this;
    give_back(data_, room_);
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    room_ = std::exchange(other.room_, 0);
    return *this;
}

SecretBytes::~SecretBytes() {
    give_back(data_, room_);
}

Result<SecretBytes> SecretBytes::make(SodiumReady, std::size_t n) noexcept {
    std::byte* const memory = take(n);
    if (memory == nullptr) return tl::unexpected(Error::LockedMemory);
    return SecretBytes(memory, n);
}

Result<SecretBytes> SecretBytes::random(SodiumReady ready, std::size_t n) noexcept {
    auto made = make(ready, n);
    if (made) randombytes_buf(made->data_, n);
    return made;
}

Result<SecretBytes> SecretBytes::copy_of(SodiumReady ready, ByteView bytes) noexcept {
    auto made = make(ready, bytes.size());
    if (made && !bytes.empty()) std::memcpy(made->data_, bytes.data(), bytes.size());
    return made;
}

bool SecretBytes::equals(ByteView other) const noexcept {
    return equal_constant_time(view(), other);
}

void SecretBytes::shorten(std::size_t n) noexcept {
    if (n >= size_) return;
    crypto::wipe({data_ + n, size_ - n});
    size_ = n;
}

namespace {

constexpr std::size_t page = 4096;
constexpr std::size_t smallest_block = 16;
constexpr std::size_t link_size = sizeof(std::byte*);

}  // namespace

Result<std::unique_ptr<LockedArena>> LockedArena::make(SodiumReady ready, std::size_t size) noexcept {
    if (size == 0) return tl::unexpected(Error::Input);
    if (size > SIZE_MAX - page) return tl::unexpected(Error::LockedMemory);
    AMPARO_TRY(memory, SecretBytes::make(ready, (size + page - 1) / page * page));
    std::unique_ptr<LockedArena> arena(new (std::nothrow) LockedArena(std::move(memory)));
    if (!arena) return tl::unexpected(Error::LockedMemory);
    return arena;
}

void LockedArena::wipe() noexcept {
    crypto::wipe(memory_.writable());
    std::fill(std::begin(free_), std::end(free_), nullptr);
    used_ = 0;
    in_use_ = 0;
}

void* LockedArena::do_allocate(std::size_t bytes, std::size_t alignment) {
    if (alignment > smallest_block || bytes > memory_.size()) throw std::bad_alloc();
    const std::size_t block = std::bit_ceil(std::max(bytes, smallest_block));
    std::byte* found = take_block(static_cast<std::size_t>(std::countr_zero(block)));
    if (found == nullptr) throw std::bad_alloc();
    in_use_ += block;
    return found;
}

void LockedArena::do_deallocate(void* block, std::size_t bytes, std::size_t) {
    const std::size_t size = std::bit_ceil(std::max(bytes, smallest_block));
    crypto::wipe({static_cast<std::byte*>(block), size});
    in_use_ -= size;
    give_back(static_cast<std::byte*>(block), static_cast<std::size_t>(std::countr_zero(size)));
}

// A free block of this size, else fresh memory, else half of a larger free block.
std::byte* LockedArena::take_block(std::size_t order) noexcept {
    if (order >= orders) return nullptr;
    if (std::byte* block = free_[order]; block != nullptr) {
        std::memcpy(&free_[order], block, link_size);
        std::memset(block, 0, link_size);
        return block;
    }
    const std::size_t size = std::size_t{1} << order;
    if (size <= memory_.size() - used_) {
        std::byte* block = memory_.writable().data() + used_;
        used_ += size;
        return block;
    }
    std::byte* larger = take_block(order + 1);
    if (larger != nullptr) give_back(larger + size, order);
    return larger;
}

void LockedArena::give_back(std::byte* block, std::size_t order) noexcept {
    std::memcpy(block, &free_[order], link_size);
    free_[order] = block;
}

}  // namespace crypto
