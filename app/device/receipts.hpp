// The coordinators' receipts: found on sticks, believed of the bundle's signers, kept in the store; and what may go
// because of them. Must not know how anybody is told.
#pragma once

#include <filesystem>
#include <vector>

#include "app/device/device.hpp"
#include "app/model/news.hpp"

namespace app::device {

/// Takes in every receipt in these folders, plain or in a reply, that a pinned signer gave for a batch of this device,
/// and notes how many screenings they confirm. What was taken stays so, whatever becomes of the next one. Anybody who
/// is signed in may ask for it: a receipt is signed, and says only what has arrived. Without a bundle nobody is pinned,
/// and none is taken. Errors: NoRoom, StateReadOnly, Other.
[[nodiscard]] tl::expected<model::ReceiptNews, model::DeviceError> take_receipts(
    crypto::SodiumReady ready, Device& device, const std::vector<std::filesystem::path>& folders, store::Now now);

/// Erases what enough coordinators have and what was held long enough since, and notes how many it was; to be called
/// again and again. Without a bundle nothing says what is enough, and nothing goes. Where it fails the next time does
/// it.
void erase_confirmed(crypto::SodiumReady ready, Device& device, store::Now now);

}  // namespace app::device
