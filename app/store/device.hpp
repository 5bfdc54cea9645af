#pragma once
// What makes this device itself: its signing key and what enrolled it. What the bytes mean belongs to app/exchange.

#include "app/store/tables.hpp"
#include "crypto/minisign.hpp"

namespace app::store {

class Device {
  public:
    explicit Device(detail::Tables& tables) noexcept : tables_(tables), database_(tables.database()) {}
    Device(const Device&) = delete;
    Device& operator=(const Device&) = delete;

    /// Keeps the device's signing key. Errors: Refused (there is one already).
    [[nodiscard]] Result<void> keep_key(const crypto::DeviceSecretKey& key);
    /// Errors: NotFound.
    [[nodiscard]] Result<crypto::DeviceSecretKey> key();
    /// Errors: Refused (another device or deployment than before, or an epoch that does not rise), Input.
    [[nodiscard]] Result<void> enrol(const Enrolment& enrolment);
    /// A newer certificate of the same device. Errors: Refused (no enrolment, another device or deployment than before,
    /// or an epoch that falls), Input.
    [[nodiscard]] Result<void> renew(const Enrolment& enrolment);
    /// Errors: NotFound.
    [[nodiscard]] Result<Enrolment> enrolment();

  private:
    using Rule = Result<void> (*)(const Enrolment& next, const std::optional<Enrolment>& before) noexcept;
    [[nodiscard]] Result<void> put(const Enrolment& enrolment, Rule allowed);

    detail::Tables& tables_;
    database::Database& database_;
};

}  // namespace app::store
