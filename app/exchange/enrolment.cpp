#include "app/exchange/enrolment.hpp"

#include <algorithm>

#include "app/exchange/text.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "crypto/words.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view request_title = "amparo-enroll-request 1";
constexpr std::size_t request_limit = 16'384;

std::string request_text(const EnrolmentRequest& request) {
    std::string text(request_title);
    text += "\ndevice " + request.device;
    text += "\nkey " + public_key_line(request.key);
    text += "\nnonce " + crypto::to_hex(request.nonce) + "\n";
    return text;
}

std::string request_comment(const EnrolmentRequest& request) {
    return std::string(request_title) + " dev=" + request.device;
}

Result<EnrolmentRequest> parse_text(crypto::Reader& reader) {
    const auto wrong = [] { return failed(Error::Certificate, Reason::RequestForm); };
    if (reader.line(text_line_limit) != request_title) return wrong();
    const auto device = value_of(reader, "device");
    const auto key = value_of(reader, "key");
    const auto nonce = value_of(reader, "nonce");
    if (!device || !key || !nonce || !device_id_allowed(*device)) return wrong();
    const auto public_key = crypto::DevicePublicKey::parse_line(*key);
    const auto random = crypto::from_hex(*nonce);
    if (!public_key || !random) return wrong();
    EnrolmentRequest request{std::string(*device), *public_key, {}};
    if (random->size() != request.nonce.size()) return wrong();
    std::copy(random->begin(), random->end(), request.nonce.begin());
    return request;
}

}  // namespace

Result<crypto::Bytes> make_enrolment_request(crypto::SodiumReady ready, const std::string& device,
                                             const crypto::DeviceSecretKey& key) {
    if (!device_id_allowed(device)) return failed(Error::Certificate, Reason::DeviceForm);
    EnrolmentRequest request{device, key.public_key(), {}};
    crypto::random_fill(ready, request.nonce);
    auto text = request_text(request);
    const auto signature = crypto::sign(ready, crypto::as_bytes(text), key, request_comment(request));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));
    return bytes_of(text + *signature);
}

Result<EnrolmentRequest> parse_enrolment_request(crypto::SodiumReady ready, crypto::ByteView bytes) {
    if (bytes.size() > request_limit) return failed(Error::TooLarge, Reason::ArchiveLarge);
    crypto::Reader reader(bytes);
    auto request = parse_text(reader);
    if (!request) return request;
    const auto signature = reader.rest();
    const auto text = bytes.first(bytes.size() - signature.size());
    const auto comment = crypto::verify(ready, text, crypto::as_text(signature), request->key);
    if (!comment || *comment != request_comment(*request)) return failed(Error::Signature, Reason::RequestUnsigned);
    return request;
}

std::string enrolment_words(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& deployment,
                            const EnrolmentRequest& request) {
    // Every part has a fixed length, so no two inputs share their bytes.
    crypto::Bytes input;
    crypto::append(input, request_title);
    crypto::append(input, deployment.bytes());
    crypto::append(input, request.key.bytes());
    crypto::append(input, request.device);
    crypto::append(input, request.nonce);
    return crypto::fingerprint_words(crypto::blake2b_256(ready, input));
}

Result<SignedCertificate> certify(crypto::SodiumReady ready, const EnrolmentRequest& request, std::uint64_t epoch,
                                  Day not_after, const crypto::DeploymentSecretKey& key) {
    return sign_certificate(
        ready, Certificate{deployment_id(ready, key.public_key()), request.device, epoch, request.key, not_after}, key);
}

}  // namespace app::exchange
