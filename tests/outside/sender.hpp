// A deployment with a casebook, and an enrolled device in the wrong hands: it seals and signs whatever it wants.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/exchange/batch.hpp"
#include "app/exchange/certificate.hpp"
#include "crypto/open/identity.hpp"
#include "tests/outside/support.hpp"

namespace outside {

namespace casebook = app::casebook;
namespace exchange = app::exchange;

/// Keys and a casebook in a desk, as `amparo deployment new` lays them out.
class Deployment {
  public:
    explicit Deployment(const Desk& desk);
    [[nodiscard]] const crypto::DeploymentSecretKey& key() const { return key_; }
    [[nodiscard]] std::vector<crypto::Recipient> recipients() const { return {coordinator_.recipient()}; }

  private:
    crypto::DeploymentSecretKey key_;
    crypto::open::Identity coordinator_;
};

inline constexpr const char* casebook_file = "casebook/cases.db";

class Sender {
  public:
    Sender(const Deployment& deployment, unsigned number);

    [[nodiscard]] const std::string& device() const { return device_; }
    /// A good record of this device with that number.
    [[nodiscard]] nlohmann::json record(unsigned number) const;
    void add(const nlohmann::json& record) { add_raw(record.dump()); }
    void add_raw(std::string_view text);
    /// An entry of the audit; `record` is put into its JSON as it is.
    void note(const std::string& record);
    /// Signed in place of what the device should say.
    std::optional<std::string> comment{};
    std::optional<exchange::SignedCertificate> certificate{};
    /// Everything added since the last batch, under this file name.
    void write(const Desk& desk, const std::string& name);

  private:
    const Deployment& deployment_;
    std::string device_;
    crypto::DeviceSecretKey key_;
    exchange::SignedCertificate own_;
    std::map<std::string, crypto::Bytes> waiting_;
    std::uint64_t sequence_ = 0;
    exchange::Digest previous_{};
    std::uint64_t audit_number_ = 0;
    exchange::Digest audit_{};
};

}  // namespace outside
