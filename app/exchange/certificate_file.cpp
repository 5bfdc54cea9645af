#include "app/exchange/certificate_file.hpp"

#include "app/exchange/text.hpp"
#include "app/exchange/ustar.hpp"
#include "app/record/rules.hpp"
#include "crypto/try.hpp"

namespace app::exchange {
namespace {

constexpr std::string_view certificate_ending = ".amparo-cert";
constexpr std::string_view certificate_member = "CERT";
constexpr std::string_view certificate_signature_member = "CERT.minisig";
// The signature's comments are the longest of it.
constexpr UstarLimits certificate_limits{2, 16U << 10U, 24U << 10U};

}  // namespace

std::string certificate_file_name(const Certificate& certificate) {
    return certificate.device + "-" + std::to_string(certificate.epoch) + std::string(certificate_ending);
}

bool is_certificate_file_name(std::string_view name) {
    if (!name.ends_with(certificate_ending)) return false;
    name.remove_suffix(certificate_ending.size());
    if (name.size() < record::id_digits + 2 || name[record::id_digits] != '-') return false;
    const auto epoch = number_of(name.substr(record::id_digits + 1));
    return device_id_allowed(name.substr(0, record::id_digits)) && epoch && *epoch > 0 && *epoch <= most_epoch;
}

Result<crypto::Bytes> certificate_file(const SignedCertificate& certificate) {
    UstarWriter archive;
    AMPARO_DO(archive.add(certificate_member, certificate.text));
    AMPARO_DO(archive.add(certificate_signature_member, certificate.signature));
    return std::move(archive).finish();
}

Result<CertificateFile> load_certificate_file(crypto::SodiumReady ready, crypto::ByteView archive,
                                              const crypto::DeploymentPublicKey& pinned) {
    if (archive.size() > certificate_file_most_bytes) return failed(Error::TooLarge, Reason::ArchiveLarge);
    AMPARO_TRY(const members, read_ustar(archive, certificate_limits));
    if (members.size() != 2 || members[0].name != certificate_member || members[1].name != certificate_signature_member)
        return failed(Error::Members, Reason::CertificateFile);
    if (!begins_as_ours(crypto::as_text(members[1].content))) return failed(Error::Signature, Reason::CommentOther);
    SignedCertificate both{{members[0].content.begin(), members[0].content.end()},
                           {members[1].content.begin(), members[1].content.end()}};
    AMPARO_TRY(certificate, verify_certificate(ready, both, pinned));
    return CertificateFile{std::move(both), std::move(certificate)};
}

bool certificate_of_other_programme(crypto::ByteView archive, const crypto::DeploymentPublicKey& pinned) {
    if (archive.size() > certificate_file_most_bytes) return false;
    const auto members = read_ustar(archive, certificate_limits);
    if (!members || members->size() != 2) return false;
    const auto signer = crypto::signer_of(crypto::as_text((*members)[1].content));
    return signer && *signer != pinned.id();
}

}  // namespace app::exchange
