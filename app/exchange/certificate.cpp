#include "app/exchange/certificate.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

#include "app/exchange/text.hpp"
#include "app/record/rules.hpp"
#include "crypto/try.hpp"
#include "crypto/words.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view certificate_title = "amparo-cert 1";
constexpr std::size_t certificate_limit = 4096;

std::string certificate_comment(const Certificate& certificate) {
    return std::string(certificate_title) + " dev=" + certificate.device + " ep=" + std::to_string(certificate.epoch);
}

}  // namespace

std::string day_text(Day day) {
    const std::chrono::year_month_day date(day);
    std::array<char, 32> text{};
    std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return text.data();
}

Result<Day> parse_day(std::string_view text) {
    const auto wrong = [] { return failed(Error::Content, Reason::DayForm); };
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return wrong();
    int number[3] = {0, 0, 0};
    constexpr std::pair<std::size_t, std::size_t> parts[] = {{0, 4}, {5, 2}, {8, 2}};
    for (std::size_t i = 0; i < 3; ++i)
        for (const char c : text.substr(parts[i].first, parts[i].second)) {
            if (c < '0' || c > '9') return wrong();
            number[i] = number[i] * 10 + (c - '0');
        }
    const std::chrono::year_month_day date{std::chrono::year(number[0]),
                                           std::chrono::month(static_cast<unsigned>(number[1])),
                                           std::chrono::day(static_cast<unsigned>(number[2]))};
    if (!date.ok() || number[0] < 1970) return wrong();
    return Day(date);
}

std::string deployment_id(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& key) {
    const auto digest = crypto::blake2b_256(ready, key.bytes());
    return crypto::to_hex(crypto::ByteView(digest).first(record::deployment_digits / 2));
}

std::string deployment_words(crypto::SodiumReady ready, const crypto::DeploymentPublicKey& key) {
    return crypto::fingerprint_words(crypto::blake2b_256(ready, key.bytes()));
}

bool device_id_allowed(std::string_view id) {
    return record::is_hex(id, record::id_digits);
}

std::string certificate_text(const Certificate& certificate) {
    std::string text(certificate_title);
    text += "\ndeployment " + certificate.deployment;
    text += "\ndevice " + certificate.device;
    text += "\nepoch " + std::to_string(certificate.epoch);
    text += "\nkey " + public_key_line(certificate.key);
    text += "\nnot-after " + day_text(certificate.not_after) + "\n";
    return text;
}

Result<Certificate> parse_certificate(crypto::ByteView text) {
    const auto wrong = [] { return failed(Error::Certificate, Reason::CertificateForm); };
    if (text.size() > certificate_limit) return wrong();
    crypto::Reader reader(text);
    if (reader.line(text_line_limit) != certificate_title) return wrong();
    const auto deployment = value_of(reader, "deployment");
    const auto device = value_of(reader, "device");
    const auto epoch = value_of(reader, "epoch");
    const auto key = value_of(reader, "key");
    const auto not_after = value_of(reader, "not-after");
    if (!deployment || !device || !epoch || !key || !not_after || !reader.at_end()) return wrong();
    const auto number = number_of(*epoch);
    const auto public_key = crypto::DevicePublicKey::parse_line(*key);
    const auto day = parse_day(*not_after);
    if (!record::is_hex(*deployment, record::deployment_digits) || !device_id_allowed(*device) || !number ||
        *number == 0 || *number > most_epoch || !public_key || !day)
        return wrong();
    return Certificate{std::string(*deployment), std::string(*device), *number, *public_key, *day};
}

Result<SignedCertificate> sign_certificate(crypto::SodiumReady ready, const Certificate& certificate,
                                           const crypto::DeploymentSecretKey& key) {
    const auto text = certificate_text(certificate);
    AMPARO_DO(parse_certificate(crypto::as_bytes(text)));
    if (certificate.deployment != deployment_id(ready, key.public_key()))
        return failed(Error::Deployment, Reason::OtherDeployment);
    const auto signature = crypto::sign(ready, crypto::as_bytes(text), key, certificate_comment(certificate));
    if (!signature) return failed(Error::Crypto, reason_of(signature.error()));
    return SignedCertificate{bytes_of(text), bytes_of(*signature)};
}

Result<Certificate> verify_certificate(crypto::SodiumReady ready, const SignedCertificate& certificate,
                                       const crypto::DeploymentPublicKey& pinned) {
    const auto comment = crypto::verify(ready, certificate.text, crypto::as_text(certificate.signature), pinned);
    if (!comment) return failed(Error::Signature, Reason::CertificateUnsigned);
    auto parsed = parse_certificate(certificate.text);
    if (!parsed) return parsed;
    if (parsed->deployment != deployment_id(ready, pinned)) return failed(Error::Deployment, Reason::OtherDeployment);
    if (*comment != certificate_comment(*parsed)) return failed(Error::Certificate, Reason::CommentOther);
    return parsed;
}

}  // namespace app::exchange
