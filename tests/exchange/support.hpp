// A small deployment for tests, and archives as an attacker would write them.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/batch.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/certificate.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/ready.hpp"
#include "tests/support/folder.hpp"

namespace test {

using crypto::Bytes;

crypto::SodiumReady ready();
Bytes bytes(std::string_view text);
std::string text(crypto::ByteView bytes);
Bytes read(const std::filesystem::path& file);
void write(const std::filesystem::path& file, crypto::ByteView content);

/// Runs a shell command in a folder; gives its exit code. Output goes to `output` when given.
int shell(const std::filesystem::path& folder, const std::string& command, std::string* output = nullptr);

/// Keys of a deployment with one device.
struct Deployment {
    crypto::DeploymentSecretKey key;
    crypto::DeviceSecretKey device_key;
    crypto::ReceiptSecretKey receipt_key;
    crypto::open::Identity coordinator;
    crypto::open::Identity recovery;
    std::string device;
    app::exchange::Day today;

    Deployment();
    [[nodiscard]] std::vector<crypto::Recipient> recipients() const;
    [[nodiscard]] app::exchange::Certificate certificate() const;
    [[nodiscard]] app::exchange::SignedCertificate signed_certificate() const;
    /// The small questionnaire, words and referrals of the folder `content`.
    [[nodiscard]] app::exchange::BundleContents bundle(std::uint64_t sequence = 1) const;
};

/// One member of an archive, with every field of the header open to mischief.
struct RawMember {
    std::string name;
    Bytes content;
    char type = '0';
    std::string mode = "0000600";
    std::string uid = "0000000";
    std::string size;  // empty: that of the content
    std::string mtime = "00000000000";
    std::string magic = std::string("ustar\00000", 8);
    std::string link;
    std::string user;
    std::string prefix;
    std::string device_major = "0000000";
    bool good_checksum = true;
    std::byte padding{0};
};

/// The bytes of one member, header written field by field as POSIX lays it out.
Bytes raw_member(const RawMember& member);
/// Members one after the other, then `end_blocks` zero blocks.
Bytes raw_archive(const std::vector<RawMember>& members, std::size_t end_blocks = 2);

/// Sealed records with random content, by name.
struct Records {
    std::vector<app::exchange::BatchRecord> list;
    std::map<std::string, Bytes> sealed;
    explicit Records(const Deployment& deployment, std::size_t count, std::size_t json_bytes = 100);
    [[nodiscard]] app::exchange::RecordSource source() const;
};

app::exchange::BatchHeader header_of(const Deployment& deployment, std::uint64_t sequence = 1);

/// The members of a correct batch before FILL, for a test to spoil.
struct Parts {
    std::vector<RawMember> members;
    std::function<void(std::vector<RawMember>&)> after_fill;
    [[nodiscard]] RawMember& member(std::string_view name);
};
Parts good_parts(const Deployment& deployment, const Records& records);
/// FILL for these members, bringing the archive to the size.
RawMember fill_for(const std::vector<RawMember>& members, std::uint64_t size = 1U << 20U);
/// Seals an inner archive to the deployment's recipients and writes it as a batch file.
std::filesystem::path seal_to(const std::filesystem::path& file, const Deployment& deployment,
                              crypto::ByteView archive);

}  // namespace test
