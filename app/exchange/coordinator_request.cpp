#include "app/exchange/coordinator_request.hpp"

#include <algorithm>
#include <utility>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/text.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view coordinator_title = "amparo-coordinator-request 1";
constexpr std::size_t coordinator_limit = 16'384;

std::string coordinator_text(const CoordinatorRequest& request) {
    std::string text(coordinator_title);
    text += "\nlabel " + request.label;
    text += "\nrecipient " + request.recipient.to_string();
    text += "\nsigner " + public_key_line(request.signer);
    text += "\nnonce " + crypto::to_hex(request.nonce) + "\n";
    return text;
}

/// What the signature says besides: the receipt key signs for this recipient.
std::string coordinator_comment(const CoordinatorRequest& request) {
    return std::string(coordinator_title) + " recipient=" + request.recipient.to_string();
}

Result<CoordinatorRequest> parse_coordinator_text(crypto::Reader& reader) {
    const auto wrong = [] { return failed(Error::Content, Reason::RequestForm); };
    if (reader.line(text_line_limit) != coordinator_title) return wrong();
    const auto label = value_of(reader, "label");
    const auto recipient = value_of(reader, "recipient");
    const auto signer = value_of(reader, "signer");
    const auto nonce = value_of(reader, "nonce");
    if (!label || !recipient || !signer || !nonce || !label_allowed(*label)) return wrong();
    auto to = crypto::Recipient::parse(*recipient);
    const auto key = crypto::ReceiptPublicKey::parse_line(*signer);
    const auto random = crypto::from_hex(*nonce);
    if (!to || !crypto::check_kinds({&*to, 1}) || !key || !random) return wrong();
    CoordinatorRequest request{std::string(*label), std::move(*to), *key, {}};
    if (random->size() != request.nonce.size()) return wrong();
    std::copy(random->begin(), random->end(), request.nonce.begin());
    return request;
}

}  // namespace

Result<crypto::Bytes> make_coordinator_request(crypto::SodiumReady ready, const std::string& label,
                                               const crypto::Recipient& recipient,
                                               const crypto::ReceiptSecretKey& key) {
    CoordinatorRequest request{label, recipient, key.public_key(), {}};
    crypto::random_fill(ready, request.nonce);
    const auto text = coordinator_text(request);
    crypto::Reader reader(crypto::as_bytes(text));
    AMPARO_DO(parse_coordinator_text(reader));
    if (!reader.at_end()) return failed(Error::Content, Reason::LabelLines);
    const auto signature = crypto::sign(ready, crypto::as_bytes(text), key, coordinator_comment(request));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));
    return bytes_of(text + *signature);
}

Result<CoordinatorRequest> parse_coordinator_request(crypto::SodiumReady ready, crypto::ByteView bytes) {
    if (bytes.size() > coordinator_limit) return failed(Error::TooLarge, Reason::ArchiveLarge);
    crypto::Reader reader(bytes);
    auto request = parse_coordinator_text(reader);
    if (!request) return request;
    const auto signature = crypto::as_text(reader.rest());
    const auto text = bytes.first(bytes.size() - signature.size());
    const auto comment = crypto::verify(ready, text, signature, request->signer);
    if (!comment || *comment != coordinator_comment(*request) || !begins_as_ours(signature))
        return failed(Error::Signature, Reason::RequestUnsigned);
    return request;
}

std::string coordinator_words(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& deployment,
                              const CoordinatorRequest& request) {
    // The label is last, and everything before it has a fixed length: no two requests share these bytes.
    crypto::Bytes input;
    crypto::append(input, coordinator_title);
    crypto::append(input, deployment.bytes());
    crypto::append(input, request.signer.bytes());
    crypto::append(input, request.recipient.key());
    crypto::append(input, request.nonce);
    crypto::append(input, request.label);
    return crypto::fingerprint_words(crypto::blake2b_256(ready, input));
}

}  // namespace app::exchange
