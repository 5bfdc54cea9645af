#pragma once
// The answer to a batch that brought a RETURN: what goes into it besides the receipt, and where it is put. Must not
// know how it is said.

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/deployment/casebook_access.hpp"
#include "app/deployment/failure.hpp"
#include "app/deployment/receipts.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/exchange/reply.hpp"

namespace app::deployment {

/// What the programme has for its kiosks, as it lies beside a casebook.
struct KioskNews {
    struct Issued {
        exchange::Certificate certificate;
        exchange::ReplyFile file;
    };
    std::vector<Issued> certificates;
    std::optional<exchange::ReplyFile> bundle;  ///< the newest
    std::uint64_t sequence = 0;                 ///< its number
};
/// What is not there, or is not what its name says, is left out.
[[nodiscard]] KioskNews news_beside(crypto::SodiumReady ready, const std::filesystem::path& casebook,
                                    const crypto::DeploymentPublicKey& programme);

/// The receipt; the device's certificate where it is newer than that of the batch; and the bundle, unless a record of
/// the batch shows that the device has it.
[[nodiscard]] std::vector<exchange::ReplyFile> answer_to(crypto::SodiumReady ready,
                                                         const exchange::VerifiedBatch& batch,
                                                         std::span<const crypto::open::Identity> identities,
                                                         IssuedReceipt receipt, const KioskNews& news);

/// Into a folder that may be a stick, durable; gives its name. A reply to the same batch that is there, of another
/// coordinator or of before, is replaced in one step by one that holds what was in it as well. Never over or through
/// anything else of that name. Errors: exchange::Failure (Exists: something else has the name).
[[nodiscard]] Result<std::string> put_reply(crypto::SodiumReady ready, const std::filesystem::path& folder,
                                            crypto::ByteView secret, std::vector<exchange::ReplyFile> files);

}  // namespace app::deployment
