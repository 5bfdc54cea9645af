// A new coordinator introduces themselves to the deployment, as a device does; people compare eight words before
// anything is changed. The secret keys stay where they were made.
#pragma once

#include <array>
#include <cstddef>
#include <string>

#include "app/exchange/failure.hpp"
#include "crypto/bytes.hpp"
#include "crypto/minisign.hpp"
#include "crypto/recipient.hpp"

namespace app::exchange {

/// Whom a coordinator asks to be in the next bundle.
struct CoordinatorRequest {
    std::string label;  ///< for people, as in recipients.txt and signers.txt
    crypto::Recipient recipient;
    crypto::ReceiptPublicKey signer;
    std::array<std::byte, 16> nonce{};  ///< fresh for each request
};

/// Bytes of the request: "amparo-coordinator-request 1", then the lines label, recipient, signer, nonce, then the
/// receipt key's own minisign signature over those five lines. `nonce` is drawn here. Errors: Content (a label that is
/// none, a recipient that nothing can be sealed to), Crypto.
[[nodiscard]] Result<crypto::Bytes> make_coordinator_request(crypto::SodiumReady ready, const std::string& label,
                                                             const crypto::Recipient& recipient,
                                                             const crypto::ReceiptSecretKey& key);

/// Reads a request and checks that its sender holds the receipt key it names. Accepts exactly what
/// make_coordinator_request() writes. It proves neither who the sender is nor that the recipient is theirs: that is
/// what comparing the words is for. Errors: TooLarge, Signature, Content.
[[nodiscard]] Result<CoordinatorRequest> parse_coordinator_request(crypto::SodiumReady ready, crypto::ByteView bytes);

/// The eight words both sides see: of BLAKE2b-256 over the title, the deployment key, the receipt key, the recipient,
/// the nonce and the label. Go on only when people have read out the same words on both sides.
[[nodiscard]] std::string coordinator_words(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& deployment,
                                            const CoordinatorRequest& request);

}  // namespace app::exchange
