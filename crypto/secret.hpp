#pragma once
// Memory for secrets: locked (checked), outside core dumps, between guard pages, wiped when given back.

#include <cstddef>
#include <memory>
#include <memory_resource>
#include <span>

#include "crypto/bytes.hpp"
#include "crypto/ready.hpp"

namespace crypto {

/// Overwrites memory in a way the compiler keeps.
void wipe(std::span<std::byte> memory) noexcept;

/// A fixed number of secret bytes. Move-only; no comparison, no printing, no conversion to ordinary strings.
/// A SecretBytes that exists is locked. It lies between pages that cannot be touched and costs at least one locked page
/// (4 KiB). Wiped in the destructor, which ends the program when something has written before its beginning; one wiped
/// mapping of each size up to 8 pages then stays locked and closed for the next secret (at most 144 KiB in all).
class SecretBytes {
  public:
    SecretBytes() noexcept = default;  ///< empty
    SecretBytes(SecretBytes&& other) noexcept;
    SecretBytes& operator=(SecretBytes&& other) noexcept;
    SecretBytes(const SecretBytes&) = delete;
    SecretBytes& operator=(const SecretBytes&) = delete;
    ~SecretBytes();

    /// n zero bytes. Error: LockedMemory.
    [[nodiscard]] static Result<SecretBytes> make(SodiumReady ready, std::size_t n) noexcept;
    /// n random bytes.
    [[nodiscard]] static Result<SecretBytes> random(SodiumReady ready, std::size_t n) noexcept;
    /// A copy of bytes the caller holds elsewhere; wiping the original is the caller's business.
    [[nodiscard]] static Result<SecretBytes> copy_of(SodiumReady ready, ByteView bytes) noexcept;

    [[nodiscard]] ByteView view() const noexcept { return {data_, size_}; }
    [[nodiscard]] std::span<std::byte> writable() noexcept { return {data_, size_}; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

    /// Constant-time for equal lengths; different lengths are unequal.
    [[nodiscard]] bool equals(ByteView other) const noexcept;
    /// Keeps the first n bytes and wipes the others; n above size() changes nothing.
    void shorten(std::size_t n) noexcept;

  private:
    SecretBytes(std::byte* data, std::size_t size) noexcept : data_(data), size_(size), room_(size) {}
    std::byte* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t room_ = 0;
};

/// One locked, non-dumpable mapping for everything an interview says: std::pmr containers allocate from it, given-back
/// blocks are wiped at once and used again, wipe() erases the whole. Not for use from two threads at a time.
/// Blocks are powers of two from 16 bytes, aligned to 16; an allocation that does not fit (or asks for a larger
/// alignment) throws std::bad_alloc as the standard demands, which the layer above turns into its own failure.
class LockedArena final : public std::pmr::memory_resource {
  public:
    /// `size` in bytes is rounded up to whole pages of 4096. Error: LockedMemory, Input when size is 0.
    [[nodiscard]] static Result<std::unique_ptr<LockedArena>> make(SodiumReady ready, std::size_t size) noexcept;
    LockedArena(const LockedArena&) = delete;
    LockedArena& operator=(const LockedArena&) = delete;
    ~LockedArena() override = default;

    /// Erases all content. Nothing allocated from it may be used (or destroyed) afterwards.
    void wipe() noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return memory_.size(); }
    /// Bytes in blocks now handed out.
    [[nodiscard]] std::size_t in_use() const noexcept { return in_use_; }

  private:
    explicit LockedArena(SecretBytes memory) noexcept : memory_(std::move(memory)) {}
    void* do_allocate(std::size_t bytes, std::size_t alignment) override;
    void do_deallocate(void* block, std::size_t bytes, std::size_t alignment) override;
    [[nodiscard]] bool do_is_equal(const std::pmr::memory_resource& other) const noexcept override {
        return this == &other;
    }
    std::byte* take_block(std::size_t order) noexcept;
    void give_back(std::byte* block, std::size_t order) noexcept;

    static constexpr std::size_t orders = 48;
    SecretBytes memory_;
    std::size_t used_ = 0;          // bytes of the mapping cut into blocks so far
    std::size_t in_use_ = 0;        // bytes in blocks handed out
    std::byte* free_[orders] = {};  // first free block per power of two; the next pointer lies in the block
};

}  // namespace crypto
