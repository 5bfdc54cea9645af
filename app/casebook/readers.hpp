#pragma once
// Sealed records are opened and read by several threads at once, and handed out in the order in which they were given.
// Knows no database and no rule: bytes in, what they say out. Inside app/casebook only.

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <thread>
#include <vector>

#include "app/casebook/ledger.hpp"
#include "app/record/read.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/secret.hpp"

namespace app::casebook::detail {

/// What a sealed record says. `said` is there when it could be opened, and refers to `plain`, as `json` does.
struct ReadRecord {
    Sealed sealed;
    crypto::Result<crypto::SecretBytes> plain = tl::unexpected(crypto::Error::Memory);
    std::string_view json = {};
    std::optional<tl::expected<Record, record::Failure>> said = {};
};

/// Used by one thread, which works along while it waits. What is not handed out any more is wiped.
class Readers {
  public:
    /// `threads`: with the one that uses it; where fewer can be had, there are fewer. `identities` must outlive it.
    Readers(crypto::SodiumReady ready, std::span<const crypto::open::Identity> identities, unsigned threads);
    Readers(const Readers&) = delete;
    Readers& operator=(const Readers&) = delete;
    ~Readers();

    /// Whether one more may be given: few are held at once, so that neither memory nor what may be locked of it grows
    /// with what is to be read.
    [[nodiscard]] bool has_room() const noexcept;
    void give(Sealed sealed);
    /// The first that was given and not taken yet; there must be one. Whatever is wrong with it is said of it alone.
    [[nodiscard]] ReadRecord take();

  private:
    enum class At : std::uint8_t { Waiting, Opening, Done };
    struct Item {
        ReadRecord record;
        At at = At::Waiting;
    };

    void read(ReadRecord& record) const noexcept;
    void work() noexcept;
    bool read_next(std::unique_lock<std::mutex>& lock) noexcept;

    crypto::SodiumReady ready_;
    std::span<const crypto::open::Identity> identities_;
    std::size_t most_;
    std::size_t bytes_ = 0;  ///< sealed, of what was given and not taken
    std::mutex mutex_;       ///< of what follows; an item that is being opened is that thread's alone
    std::condition_variable given_;
    std::condition_variable done_;
    std::deque<std::unique_ptr<Item>> items_;
    bool ends_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace app::casebook::detail
