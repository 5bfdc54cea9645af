#pragma once
// Which devices the next bundle revokes: revoked.txt in the programme's folder `content`. Must not know what a casebook
// says, nor how anybody is asked.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/deployment/failure.hpp"
#include "app/files/descriptor.hpp"
#include "crypto/minisign.hpp"

namespace app::deployment {

/// Whether the sources of a programme are here: a coordinator who joined has none.
[[nodiscard]] bool has_sources(const std::filesystem::path& root);

/// Whom a bundle would revoke that is built now; nothing where there are no sources. Errors: files::Error,
/// exchange::Failure (of a list that no bundle could hold).
[[nodiscard]] Result<std::optional<std::vector<std::string>>> revoked_next(const std::filesystem::path& root);

/// The revoked devices of the next bundle, held so that nobody else changes the sources meanwhile.
class RevokedEdit {
  public:
    /// A list that is not there is what the newest bundle says. Errors: Refusal::Busy, files::Error, exchange::Failure
    /// (also of a list that no bundle could hold).
    [[nodiscard]] static Result<RevokedEdit> begin(crypto::SodiumReady ready, const std::filesystem::path& root,
                                                   const crypto::DeploymentPublicKey& programme);
    /// The device is in the next bundle, or with `revoked` false it is not. The same again changes nothing; the file is
    /// replaced whole. Errors: exchange::Failure.
    [[nodiscard]] Result<void> write(const std::string& device, bool revoked);

  private:
    RevokedEdit(std::filesystem::path file, files::Descriptor held, std::string written,
                std::vector<std::string> devices)
        : file_(std::move(file)), held_(std::move(held)), written_(std::move(written)), devices_(std::move(devices)) {}

    std::filesystem::path file_;
    files::Descriptor held_;
    std::string written_;  ///< what the file says now; empty also where there is none
    std::vector<std::string> devices_;
};

}  // namespace app::deployment
