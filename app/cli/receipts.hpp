// The receipts of one import: the key that signs them, where they are put, and what is said of it at the end.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "app/cli/casebook_access.hpp"
#include "app/cli/context.hpp"
#include "app/cli/files.hpp"
#include "app/deployment/import.hpp"
#include "app/deployment/receipts.hpp"
#include "app/deployment/replies.hpp"
#include "crypto/minisign.hpp"

namespace app::cli {

/// Why a batch that was read has no receipt.
enum class NoReceipt : std::uint8_t {
    InDoubt,    ///< the device was revoked, or may be copied: none is due
    NoBackup,   ///< receipts wait: the casebook has no backup that is young enough
    NoKey,      ///< there is no key that signs them
    KeyClosed,  ///< the key could not be opened
    Unwritten,  ///< it could be written nowhere
};
/// Stable lower-case word ("no-backup"), for JSON.
[[nodiscard]] std::string_view to_word(NoReceipt why) noexcept;
/// The name of the file that was written.
using ReceiptOutcome = tl::expected<std::string, NoReceipt>;

class ReceiptDesk {
  public:
    /// `plain`: receipts in clear also where a batch asks for a sealed reply.
    ReceiptDesk(const Context& context, const std::filesystem::path& casebook, bool plain)
        : context_(context), casebook_(casebook), plain_(plain) {}

    /// Reads the key that signs: `named`, or else the one that lies where `deployment new` and `join` put it. `typed`
    /// is a passphrase that was given already and is tried first. Fails only for a key that was named: without one
    /// the import goes on, and say() tells that no receipt was issued.
    /// Where the casebook has no young backup, receipts wait: no key is read.
    [[nodiscard]] Outcome<void> unlock(OpenCasebook& open, const std::string& named, const std::string& passphrase_file,
                                       const crypto::SecretBytes* typed);
    /// For a batch that has just been taken in, into the folder that it came from and beside the casebook: in a reply
    /// where the batch brought what it is sealed with, else plainly. What cannot be written is said, and the import
    /// stands.
    ReceiptOutcome issue(const std::filesystem::path& batch, const deployment::BatchTaken& taken,
                         const OpenCasebook& open);
    /// One sentence on standard output about all of them (none for programs that read JSON there), or why there are
    /// none.
    void say(bool as_json) const;

  private:
    [[nodiscard]] Outcome<crypto::ReceiptSecretKey> read_key(const std::filesystem::path& file,
                                                             const std::string& passphrase_file,
                                                             const crypto::SecretBytes* typed) const;
    /// Gives the name of the file.
    using Put = std::function<deployment::Result<std::string>(const std::filesystem::path& folder)>;
    void put(const std::filesystem::path& folder, const Put& write, ReceiptOutcome& name);
    /// Nothing where receipts are signed and written.
    [[nodiscard]] std::optional<NoReceipt> withheld() const;

    const Context& context_;
    std::filesystem::path casebook_;
    bool plain_;
    std::filesystem::path key_file_;
    std::optional<std::uint32_t> backup_wanted_;  ///< no backup of so many days: receipts wait for one
    std::optional<crypto::ReceiptSecretKey> key_;
    std::optional<deployment::KioskNews> news_;  ///< read when the first reply is written
    std::set<std::string> issued_;               ///< names
    std::set<std::filesystem::path> folders_;    ///< that took them
    std::set<std::filesystem::path> failed_;     ///< that did not: said once
    std::size_t wanted_ = 0;                     ///< batches that would have had one
};

}  // namespace app::cli
