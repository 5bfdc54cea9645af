// A programme with a casebook that has one batch of one device, and that device in the wrong hands: honest batches out
// of the real sealing path, opened, spoiled and sealed again. Knows nothing of what an import says.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "crypto/open/identity.hpp"
#include "tests/exchange/support.hpp"
#include "tests/outside/sender.hpp"

namespace hostile {

namespace fs = std::filesystem;
namespace exchange = app::exchange;
using crypto::Bytes;
using exchange::Digest;
using test::RawMember;

using Members = std::vector<RawMember>;
/// The place of the first record; before it stand MANIFEST, CERT and their signatures.
inline constexpr std::size_t first_record = 4;

/// What a batch is made from; every part may be another one than is right.
struct Order {
    std::uint64_t epoch = 1;
    std::uint64_t sequence = 2;
    Digest previous{};
    Digest audit{};
    std::vector<std::pair<std::string, Bytes>> sealed{};  ///< records and audit entries by name
    Bytes way_back{};                                     ///< RETURN
    std::vector<crypto::Recipient> recipients{};
    std::optional<exchange::Certificate> certificate{};  ///< in place of the device's own
};

class Forge {
  public:
    Forge();
    Forge(const Forge&) = delete;
    Forge& operator=(const Forge&) = delete;

    /// Where `keys` and `casebook` lie, the latter with a backup of today and the device's first batch.
    [[nodiscard]] const fs::path& programme() const { return desk_.path(); }
    [[nodiscard]] const std::string& device() const { return sender_.device(); }
    [[nodiscard]] const std::vector<crypto::open::Identity>& identities() const { return identities_; }
    /// The batch that the casebook has: record 1, revision 3.
    [[nodiscard]] const Bytes& first() const { return first_; }
    [[nodiscard]] const Bytes& sealed_of_first() const { return sealed_of_first_; }

    /// A good record of this device with this number.
    [[nodiscard]] nlohmann::json record(unsigned number) const { return sender_.record(number); }
    [[nodiscard]] Bytes sealed(std::string_view record) const;
    [[nodiscard]] Bytes sealed_to_others(std::string_view record) const;
    /// What the device would send next: the second batch, with record 2 in it.
    [[nodiscard]] Order next() const;
    /// The same with this sealed record, or these, beside record 2.
    [[nodiscard]] Order with(std::vector<Bytes> more) const;
    /// Adds the note that the device's database was repaired.
    void note_repair(Order& order) const;

    /// The file, by the functions that a kiosk calls.
    [[nodiscard]] Bytes file(const Order& order) const;
    /// A good certificate of the device for this epoch, until this many days from now.
    [[nodiscard]] exchange::Certificate certificate(std::uint64_t epoch, int days) const;
    [[nodiscard]] const crypto::DeploymentSecretKey& deployment_key() const { return deployment_.key(); }
    /// Of whom its receipts are.
    [[nodiscard]] const crypto::ReceiptPublicKey& signer() const { return signer_; }
    [[nodiscard]] const crypto::DeviceSecretKey& device_key() const { return key_; }
    [[nodiscard]] const crypto::DeviceSecretKey& other_device_key() const { return other_key_; }
    [[nodiscard]] const crypto::DeploymentSecretKey& other_deployment_key() const { return other_deployment_; }

    /// Members of an honest batch without FILL, with RETURN among them where it is asked for.
    [[nodiscard]] Members members(bool with_return = false) const { return with_return ? returning_ : plain_; }
    /// Seals any bytes as the outer file is.
    [[nodiscard]] Bytes outer(crypto::ByteView archive) const;
    /// The file around these members, FILL added.
    [[nodiscard]] Bytes filled(Members members) const;
    /// MANIFEST signed again by the device, with this comment or the honest one.
    void sign(Members& members, const std::string& comment = {}) const;
    /// The comment that the honest next batch has.
    [[nodiscard]] exchange::BatchHeader header() const;

  private:
    void import_first();
    [[nodiscard]] Members members_of(const Order& order) const;

    outside::Desk desk_;
    outside::Deployment deployment_{desk_};
    outside::Sender sender_{deployment_, 90'007};
    crypto::DeviceSecretKey key_;
    crypto::DeviceSecretKey other_key_;
    crypto::DeploymentSecretKey other_deployment_;
    crypto::open::Identity other_;
    std::vector<crypto::open::Identity> identities_;
    crypto::ReceiptPublicKey signer_{crypto::minisign::Public{}};
    Bytes first_;
    Bytes sealed_of_first_;
    Digest previous_{};
    Members plain_;
    Members returning_;
};

[[nodiscard]] RawMember& member(Members& members, std::string_view name);
/// Changes the text of a member.
void edit(RawMember& member, const std::function<void(std::string&)>& change);
void replace(std::string& text, std::string_view from, std::string_view to);
/// A line of a text, with its end.
[[nodiscard]] std::string line_of(const std::string& text, std::size_t number);

}  // namespace hostile
