// Who may sign in on an open device: adding and removing workers, and PINs. What was done is noted in the audit.
#pragma once

#include "app/device/device.hpp"
#include "app/model/people.hpp"

namespace app::device {

/// `first_lead`: by nobody who signed in; refused unless it is a lead and there is none. Errors: Taken, Removed (its
/// number), Number, NoRoom, ReadOnly, Memory, Other.
[[nodiscard]] tl::expected<model::Workers, model::PeopleError> add_worker(crypto::SodiumReady ready, Device& device,
                                                                          const model::Worker& worker,
                                                                          const crypto::SecretBytes& pin,
                                                                          bool first_lead);
/// Errors: LastLead, Gone, NoRoom, ReadOnly, Memory, Other.
[[nodiscard]] tl::expected<model::Workers, model::PeopleError> remove_worker(crypto::SodiumReady ready, Device& device,
                                                                             model::WorkerNumber number);
/// Of whoever has shown the present one. Errors: Gone, NoRoom, ReadOnly, Memory, Other.
[[nodiscard]] tl::expected<void, model::PeopleError> change_pin(crypto::SodiumReady ready, Device& device,
                                                                model::WorkerNumber number,
                                                                const crypto::SecretBytes& pin);

}  // namespace app::device
