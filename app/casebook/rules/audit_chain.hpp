#pragma once
// Whether what a device noted about itself is whole: each epoch is a chain of its own, which leaves the chain of the
// epoch before where a repair lost entries on the device. Knows entries and heads, and nothing of where they are kept.

#include <cstdint>
#include <string_view>

#include "app/casebook/outcome.hpp"
#include "app/exchange/audit.hpp"

namespace app::casebook::rules {

/// How far the entries of one epoch make an unbroken chain.
struct AuditChain {
    std::uint64_t epoch = 0;
    std::uint64_t start = 0;  ///< last entry that it shares with the epoch before
    exchange::Digest start_head{};
    std::uint64_t number = 0;  ///< last entry up to which it is whole
    exchange::Digest head{};
    bool broken = false;

    /// The same chain before its first own entry.
    [[nodiscard]] AuditChain from_start() const noexcept {
        return {epoch, start, start_head, start, start_head, false};
    }
};

/// What the next entry of an epoch, by number, does to its chain.
enum class ChainStep : std::uint8_t {
    Taken,  ///< the chain is one longer
    Twin,   ///< a second entry of one number: broken
    Ends,   ///< an entry is missing before it, or the chain was to go no further
};
[[nodiscard]] ChainStep add_entry(crypto::SodiumReady ready, AuditChain& chain, const exchange::AuditName& name,
                                  crypto::ByteView sealed, std::uint64_t last);

/// What is known of one epoch's audit, in the order of the epochs.
struct EpochAudit {
    bool begun = false;        ///< its chain begins where the entries before it are known
    bool broken = false;       ///< of its chain
    bool beyond = false;       ///< entries are here beyond the end of the chain
    bool left_behind = false;  ///< entries of the epoch before are here that this epoch says nothing of any more
    bool vouched = false;      ///< a repair was noted in it, or the deployment itself made it
};

/// Puts together what the epochs say.
class AuditVerdict {
  public:
    /// False once nothing that follows changes it.
    bool add(const EpochAudit& epoch) noexcept;
    [[nodiscard]] bool anything_absent() const noexcept { return absent_ && standing_ != AuditStanding::Broken; }
    /// `all_batches_here`: each batch carries every entry since the one before, so with all of them here no other batch
    /// brings what is absent. Asked for only where something is absent.
    [[nodiscard]] AuditStanding standing(bool all_batches_here) const noexcept;

  private:
    AuditStanding standing_ = AuditStanding::Whole;
    bool absent_ = false;
};

/// What is here already under the number of an entry that comes.
struct EntryBeside {
    std::uint64_t epoch = 0;
    bool same = false;  ///< the same name and bytes
};

/// Whether an entry that comes is here, and whether it contradicts what its epoch said before. It is kept beside
/// whatever else has its number.
class NewEntry {
  public:
    explicit NewEntry(std::uint64_t epoch) : epoch_(epoch) {}
    void look_at(const EntryBeside& other) noexcept;
    [[nodiscard]] bool here() const noexcept { return here_; }
    /// `chain_start`: the start of the epoch's chain when it has begun; 0 while it has not.
    [[nodiscard]] bool contradicts(std::uint64_t number, std::uint64_t chain_start) const noexcept;

  private:
    std::uint64_t epoch_;
    bool here_ = false;
    bool other_here_ = false;
    bool same_anywhere_ = false;
};

}  // namespace app::casebook::rules
