#pragma once
// Workers and their PINs as the device keeps them. What wrong ones cost is said by pin_rules. Knows no names of people.

#include <cstdint>
#include <optional>
#include <vector>

#include "app/store/clock.hpp"
#include "app/store/pin_rules.hpp"
#include "app/store/tables.hpp"
#include "crypto/argon.hpp"
#include "crypto/secret.hpp"

namespace app::store {

/// A PIN has 6 to 12 digits (crypto::valid_pin).
class People {
  public:
    People(detail::Tables& tables, DeviceClock& clock) noexcept
        : tables_(tables), database_(tables.database()), clock_(clock) {}
    People(const People&) = delete;
    People& operator=(const People&) = delete;

    /// A number that was removed is not given again: lists of others (who is trained, who did what) go by it.
    /// Errors: Refused (number taken, or removed before), Input (number or PIN), Memory.
    [[nodiscard]] Result<void> add(Worker worker, const crypto::SecretBytes& pin,
                                   crypto::ArgonCost cost = crypto::argon_floor);
    /// Also ends that number's waiting. Errors: NotFound, Input.
    [[nodiscard]] Result<void> change_pin(WorkerNumber number, const crypto::SecretBytes& pin,
                                          crypto::ArgonCost cost = crypto::argon_floor);
    /// Errors: NotFound, Refused (the last shift lead).
    [[nodiscard]] Result<void> remove(WorkerNumber number);
    /// In order of number.
    [[nodiscard]] Result<std::vector<Worker>> workers();
    /// Numbers that were removed, in the order in which they were.
    [[nodiscard]] Result<std::vector<WorkerNumber>> removed();

    /// One try. It is counted on the medium before the PIN is looked at, so that cutting the power saves nobody a
    /// try. Takes as long as the verifier's cost (about 0.1 s).
    [[nodiscard]] Result<SignIn> sign_in(WorkerNumber number, const crypto::SecretBytes& pin, Now now);
    [[nodiscard]] Result<bool> device_locked();
    /// To be called only after somebody unlocked the device again with its words or key file.
    [[nodiscard]] Result<void> lift_device_lock();

  private:
    using DeviceTime = rules::DeviceTime;
    struct Tries {
        Worker worker;
        Bytes verifier;
        rules::WrongPins wrong;
    };
    Result<std::optional<Tries>> tries_of(WorkerNumber number);
    Result<std::int64_t> recent_wrong_pins(DeviceTime now);
    struct CountedTry {
        std::optional<SignIn> answer;  ///< set: do not even look at the PIN
        std::int64_t row = 0;          ///< otherwise: the try as it was counted
        DeviceTime at{};
    };
    Result<bool> count_for_number(const Tries& tries, CountedTry& result);
    Result<CountedTry> count_try(const std::optional<Tries>& tries, Now now);
    Result<void> take_back(const CountedTry& counted, const Tries& tries);
    Result<SignIn> after_wrong(int wrong, DeviceTime now);
    Result<void> set_device_locked(bool locked);

    detail::Tables& tables_;
    database::Database& database_;
    DeviceClock& clock_;
};

}  // namespace app::store
