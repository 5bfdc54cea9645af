#pragma once
// What the rules need of a database about the audits of devices: their entries as they came, still sealed, what signed
// batches say of them, and how far the chain of each epoch is whole. Speaks in the values of the rules; knows no SQL.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/error.hpp"
#include "app/casebook/rules/audit_chain.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace app::casebook {

/// One entry of a device's audit as it came, still sealed.
struct AuditEntry {
    std::string device;
    std::uint64_t epoch = 0;  ///< of the batch that brought it; 0 for those taken in before epochs were told apart
    std::string name;         ///< exchange::audit_name()
    crypto::Bytes sealed;
};

/// An entry as it comes with a batch.
struct ArrivedEntry {
    std::string_view device;
    std::uint64_t epoch = 0;
    std::uint64_t number = 0;
    std::string_view name;
    const crypto::Digest& sha256;
    crypto::ByteView sealed;
};

class AuditBook {
  public:
    AuditBook() = default;
    AuditBook(const AuditBook&) = delete;
    AuditBook& operator=(const AuditBook&) = delete;
    virtual ~AuditBook() = default;

    // Entries. Errors, here and below: NoSpace, Io, Damaged, Memory.

    /// Beside whatever else has its number; not twice.
    [[nodiscard]] virtual Result<void> keep(const ArrivedEntry& entry) = 0;
    /// What is here of the device under the same number, of any epoch.
    [[nodiscard]] virtual Result<std::vector<rules::EntryBeside>> beside(const ArrivedEntry& entry) = 0;
    /// Shows the entries of an epoch after a number, by number, then as they came, until `see` says false or fails.
    using SeeEntry = std::function<Result<bool>(std::string_view name, crypto::ByteView sealed)>;
    [[nodiscard]] virtual Result<void> each_after(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                                                  const SeeEntry& see) = 0;
    /// By epoch and number, each once, under the lowest epoch. Empty `device`: of all, one device after the other.
    [[nodiscard]] virtual Result<std::vector<AuditEntry>> entries(std::string_view device) = 0;
    /// Epochs of which there are entries, ascending.
    [[nodiscard]] virtual Result<std::vector<std::uint64_t>> epochs(std::string_view device) = 0;
    /// 0 where there are none.
    [[nodiscard]] virtual Result<std::uint64_t> first_number(std::string_view device, std::uint64_t epoch) = 0;
    [[nodiscard]] virtual Result<std::uint64_t> last_number(std::string_view device, std::uint64_t epoch) = 0;
    /// Whether an entry of this type is here of the epoch, or of before epochs were told apart.
    [[nodiscard]] virtual Result<bool> notes(std::string_view device, std::uint64_t epoch, std::string_view type) = 0;
    /// Whether entries of the epoch `before`, after a number, are not among those of `epoch`.
    [[nodiscard]] virtual Result<bool> left_behind(std::string_view device, std::uint64_t before, std::uint64_t number,
                                                   std::uint64_t epoch) = 0;

    // Chains, and what signed batches say of them.

    [[nodiscard]] virtual Result<std::optional<rules::AuditChain>> chain(std::string_view device,
                                                                         std::uint64_t epoch) = 0;
    /// Where a chain starts does not change any more.
    [[nodiscard]] virtual Result<void> set_chain(std::string_view device, const rules::AuditChain& chain) = 0;
    /// A batch of this epoch says that this was the head after this entry.
    [[nodiscard]] virtual Result<void> claim(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                                             const crypto::Digest& head) = 0;
    [[nodiscard]] virtual Result<std::vector<crypto::Digest>> claims(std::string_view device, std::uint64_t epoch,
                                                                     std::uint64_t number) = 0;
};

}  // namespace app::casebook
