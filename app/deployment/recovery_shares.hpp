#pragma once
// The recovery identity on paper: split into shares, read back from the papers, put together again. A set counts as
// made only when enough of its papers were read back and gave the identity: until then its maker keeps the identity.

#include <optional>
#include <string>
#include <vector>

#include "app/deployment/failure.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/shamir.hpp"
#include "crypto/share.hpp"

namespace app::deployment {

/// Shares 1 to `total` of a new set. `programme`: the deployment's id, 16 hex digits. Errors: crypto::Error (Input for
/// numbers out of range).
[[nodiscard]] Result<std::vector<crypto::PaperShare>> make_shares(crypto::SodiumReady ready,
                                                                  const crypto::open::Identity& identity,
                                                                  unsigned threshold, unsigned total,
                                                                  const std::string& programme);

/// Why a paper is not taken.
enum class ShareRefusal : std::uint8_t {
    Unreadable,      ///< no share, or not typed as it stands there; where, says `typed`
    OtherProgramme,  ///< of the programme that `head` names
    OtherKey,        ///< of this programme, and of a key that its bundle does not name
    OtherSet,        ///< of another splitting, which `head` names: shares of two sets never fit
    Twice,           ///< this paper was read already
    SameNumber,      ///< another paper has this number: one of the two is false
};

struct RefusedShare {
    ShareRefusal why;
    crypto::ShareFailure typed{crypto::ShareError::Nothing};  ///< for Unreadable
    crypto::ShareHead head;                                   ///< of the refused one; for the others
};

/// What the papers have to be of. What is not known is not asked for.
struct ExpectedShares {
    std::optional<std::string> programme;  ///< the deployment's id
    std::optional<crypto::Recipient>
        recipient;                         ///< whose identity it is: the bundle's for recovery, or the one just split
    std::optional<crypto::ShareHead> set;  ///< the splitting; without it, that of the first paper
};

/// Why the papers give no identity.
enum class JoinError : std::uint8_t {
    TooFew,        ///< fewer than the threshold were taken
    Wrong,         ///< no choice of enough of them gives the identity: at least one is false, and nobody can say which
    LockedMemory,  ///< as crypto::Error::LockedMemory
};

struct JoinedShares {
    crypto::open::Identity identity;
    std::vector<std::uint8_t> verified;  ///< numbers of the shares that fit each other and give it, ascending
    std::vector<std::uint8_t> wrong;     ///< of those that do not fit them
};

/// Papers as they are read, one after the other, in any order.
class GatheredShares {
  public:
    explicit GatheredShares(ExpectedShares expected) : expected_(std::move(expected)) {}

    /// What was typed, or the text of a QR code. A refused one changes nothing.
    tl::expected<crypto::ShareHead, RefusedShare> take(crypto::SodiumReady ready, crypto::ByteView typed);

    /// Of the set, as the first paper says: nothing before.
    [[nodiscard]] std::optional<crypto::ShareHead> set() const;
    [[nodiscard]] std::size_t taken() const noexcept { return shares_.size(); }
    /// How many more have to be read before join() can give anything; nothing before the first.
    [[nodiscard]] std::optional<std::size_t> missing() const;

    /// Tries every choice of as many as are needed (252 at most), and keeps to what gives the recipient that the shares
    /// are bound to. With a false one among exactly as many as are needed nothing is given.
    [[nodiscard]] tl::expected<JoinedShares, JoinError> join(crypto::SodiumReady ready) const;

  private:
    [[nodiscard]] std::optional<ShareRefusal> refusal(crypto::SodiumReady ready, const crypto::PaperShare& share) const;
    /// The polynomial through some of them, when it gives the identity, and which of all lie on it.
    struct Line {
        crypto::open::Identity identity;
        std::vector<bool> on_it;
    };
    [[nodiscard]] tl::expected<std::optional<Line>, JoinError> line_through(
        crypto::SodiumReady ready, const std::vector<crypto::shamir::Share>& parts,
        const std::vector<std::size_t>& chosen) const;

    ExpectedShares expected_;
    std::vector<crypto::PaperShare> shares_;
};

}  // namespace app::deployment
