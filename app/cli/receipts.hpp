// The receipts of one import: the key that signs them, where they are put, and what is said of it at the end.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>

#include "app/cli/casebook_access.hpp"
#include "app/cli/context.hpp"
#include "app/cli/files.hpp"
#include "app/deployment/import.hpp"
#include "app/deployment/receipts.hpp"
#include "crypto/minisign.hpp"

namespace app::cli {

class ReceiptDesk {
  public:
    ReceiptDesk(const Context& context, const std::filesystem::path& casebook)
        : context_(context), casebook_(casebook) {}

    /// Reads the key that signs: `named`, or else the one that lies where `deployment new` and `join` put it. `typed`
    /// is a passphrase that was given already and is tried first. Fails only for a key that was named: without one
    /// the import goes on, and say() tells that no receipt was issued.
    /// Where the casebook has no young backup, receipts wait: no key is read.
    [[nodiscard]] Outcome<void> unlock(OpenCasebook& open, const std::string& named, const std::string& passphrase_file,
                                       const crypto::SecretBytes* typed);
    /// For a batch that has just been taken in, into the folder that it came from and beside the casebook. Gives the
    /// name of the receipt; nothing where there is none. What cannot be written is said, and the import stands.
    std::optional<std::string> issue(const std::filesystem::path& batch, const deployment::BatchTaken& taken);
    /// One sentence on standard output about all of them (none for programs that read JSON there), or why there are
    /// none.
    void say(bool as_json) const;

  private:
    [[nodiscard]] Outcome<crypto::ReceiptSecretKey> read_key(const std::filesystem::path& file,
                                                             const std::string& passphrase_file,
                                                             const crypto::SecretBytes* typed) const;
    void put(const std::filesystem::path& folder, const deployment::IssuedReceipt& receipt);

    const Context& context_;
    std::filesystem::path casebook_;
    std::filesystem::path key_file_;
    std::optional<std::uint32_t> backup_wanted_;  ///< no backup of so many days: receipts wait for one
    std::optional<crypto::ReceiptSecretKey> key_;
    std::set<std::string> issued_;             ///< names
    std::set<std::filesystem::path> folders_;  ///< that took them
    std::set<std::filesystem::path> failed_;   ///< that did not: said once
    std::size_t wanted_ = 0;                   ///< batches that would have had one
};

}  // namespace app::cli
