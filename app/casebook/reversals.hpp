#pragma once
// What the rules need of a database to put right what orders did once their source is in doubt: withdrawals that
// emptied something, revisions that another one hides, bytes that come once more. Knows neither SQL nor rules.

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "app/casebook/error.hpp"
#include "app/casebook/ledger.hpp"

namespace app::casebook {

/// From which batch on the batches of a device contradict each other; zeros where that cannot be known.
struct ForkPlace {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
};

/// Why an outcome is what it is where a person said so: nothing here touches it.
inline constexpr std::string_view decided_word = "a person decided";

class Reversals {
  public:
    Reversals() = default;
    Reversals(const Reversals&) = delete;
    Reversals& operator=(const Reversals&) = delete;
    virtual ~Reversals() = default;

    /// Listed withdrawals since then that emptied something, and that no person decided about.
    /// Errors, here and below: NoSpace, Io, Damaged, Memory.
    [[nodiscard]] virtual Result<std::vector<std::int64_t>> withdrawals_since(std::string_view device,
                                                                              const ForkPlace& since) = 0;
    /// What is kept, was opened, and is in no list, because a revision that came since then stands in its place, is
    /// opened again; not where a person decided so.
    [[nodiscard]] virtual Result<void> reopen_hidden_since(std::string_view device, const ForkPlace& since) = 0;
    /// The same of one, whenever the other came.
    [[nodiscard]] virtual Result<void> reopen_hidden(std::int64_t sealed) = 0;
    /// The one of these bytes that the device brought and a withdrawal emptied.
    [[nodiscard]] virtual Result<std::optional<std::int64_t>> emptied(std::string_view device,
                                                                      const crypto::Digest& sha256) = 0;
    /// The withdrawal that is listed of its record, and what became of that; nothing when none is.
    struct Order {
        std::int64_t batch = 0;
        Fate fate;
    };
    [[nodiscard]] virtual Result<std::optional<Order>> withdrawal_of(std::int64_t sealed) = 0;
    /// Its bytes are here again, as nobody has opened them.
    [[nodiscard]] virtual Result<void> fill_again(std::int64_t sealed, crypto::ByteView bytes) = 0;
};

}  // namespace app::casebook
