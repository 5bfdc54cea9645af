#pragma once
// A batch's place in its device's life: epochs, sequences, and what is missing. Knows batches by number and digest.

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "app/casebook/outcome.hpp"
#include "crypto/hash.hpp"

namespace app::casebook::rules {

/// A batch that is here, or one that has come just now.
struct Batch {
    std::uint64_t epoch = 0;
    std::uint64_t sequence = 0;
    crypto::Digest manifest{};  ///< SHA-256
    crypto::Digest previous{};  ///< of the one before, as the device knows it; zeros for none
};

/// What the batches beside a batch, of the same epoch, say about it.
class Neighbours {
  public:
    explicit Neighbours(const Batch& batch) : batch_(batch) {}
    /// One of the same epoch; others than the one before, after or under the same number say nothing.
    void look_at(const Batch& other) noexcept;

    [[nodiscard]] bool again() const noexcept { return again_; }    ///< this very batch is here
    [[nodiscard]] bool before() const noexcept { return before_; }  ///< the one before is here
    [[nodiscard]] bool follows_the_one_before() const noexcept { return before_fits_; }
    [[nodiscard]] bool contradiction() const noexcept;

  private:
    Batch batch_;
    bool again_ = false;
    bool twin_ = false;
    bool before_ = false;
    bool before_fits_ = false;
    bool after_ = false;
    bool after_fits_ = false;
};

/// What is known where an epoch begins.
struct EpochStart {
    std::uint64_t epoch = 0;
    std::uint64_t epoch_before = 0;       ///< the highest below that is known; 0 for none
    std::uint64_t certificate_epoch = 0;  ///< of the certificate that came with the batch
    bool names_one = false;               ///< its first batch names the one before
    std::optional<Batch> named;           ///< that one, when it is here
    std::uint64_t last_of_named = 0;      ///< the highest sequence of its epoch
};
/// The first batch of an epoch names the last one of the epoch before, as far as the device knows.
[[nodiscard]] Standing standing_of_start(const EpochStart& facts) noexcept;

/// Whether the first batch of a later epoch, which names `named` as the one that it followed, left `batch` out.
/// `last`: the highest sequence of the epoch of `batch` that is here.
[[nodiscard]] bool leaves_out(const Batch& named, const Batch& batch, std::uint64_t last) noexcept;

/// What is known of a batch that is neither here nor contradicted.
struct BatchFacts {
    bool before = false;                  ///< the one before is here
    std::optional<Standing> epoch_start;  ///< of the first of an epoch
    bool forked_before = false;           ///< of the device
    std::uint64_t epoch = 0;
    std::uint64_t certificate_epoch = 0;
    bool repair_noted = false;  ///< in this epoch, by this batch or one that is here
};
[[nodiscard]] Standing standing_of(const BatchFacts& facts) noexcept;

/// Collects what has not arrived of a device, from its batches by epoch and sequence.
class Missing {
  public:
    /// Whether what came before the epoch of this batch has to be looked for: known when its first batch is here. Of a
    /// device's first epoch here something came before in any case, unless a certificate names it.
    [[nodiscard]] bool asks_before(std::uint64_t epoch, std::uint64_t sequence) const noexcept;
    /// What is missing where nobody knows what came before `epoch`.
    [[nodiscard]] Gap unknown_before(std::uint64_t epoch) const noexcept;
    [[nodiscard]] bool anything_before() const noexcept { return at_.epoch > 0; }
    void add(std::uint64_t epoch, std::uint64_t sequence, const std::optional<Gap>& before);
    [[nodiscard]] bool full() const noexcept { return gaps_.size() >= most_gaps; }
    [[nodiscard]] std::vector<Gap> gaps() && noexcept { return std::move(gaps_); }

  private:
    std::vector<Gap> gaps_;
    Gap at_{};  // epoch and last batch that were seen
};

}  // namespace app::casebook::rules
