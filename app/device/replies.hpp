// The coordinators' replies on sticks: found by names that only this device and whoever opened its batches can know,
// and opened. Nothing in them is believed for that. Must not know what is taken of them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <tl/expected.hpp>
#include <vector>

#include "app/device/stick_files.hpp"
#include "app/exchange/reply.hpp"
#include "app/model/device_error.hpp"
#include "app/model/news.hpp"
#include "app/store/store.hpp"

namespace app::device {

/// Gets what is in one reply; a failure stops.
using UseReply = std::function<tl::expected<void, model::DeviceError>(std::vector<exchange::ReplyFile> files)>;
/// Gets why a reply to a batch of this device was not opened.
using RefuseReply = std::function<void(model::NotTaken why)>;

/// Opens the replies in these folders to batches whose RETURN is kept, one after the other. Those to others are passed
/// over: nobody here can tell them from anything else. Errors: those of reading the store, and what `use` gives.
[[nodiscard]] tl::expected<void, model::DeviceError> each_reply(crypto::SodiumReady ready, store::Store& store,
                                                                const std::vector<std::filesystem::path>& folders,
                                                                StickReader& reader, const UseReply& use,
                                                                const RefuseReply& refuse);

/// What lay in replies besides receipts.
struct InReplies {
    std::vector<crypto::Bytes> certificates;  ///< none of them verified
    crypto::Bytes bundle;                     ///< the newest whose beginning the programme signed
    std::uint64_t sequence = 0;               ///< as signed there; 0: there is none
    std::optional<exchange::BadHead> bad_bundle;
};
/// A reply that cannot be opened is passed over. Errors: as each_reply().
[[nodiscard]] tl::expected<InReplies, model::DeviceError> look_into_replies(
    crypto::SodiumReady ready, store::Store& store, const std::vector<std::filesystem::path>& folders,
    const crypto::DeploymentPublicKey& programme, StickReader& reader);

}  // namespace app::device
