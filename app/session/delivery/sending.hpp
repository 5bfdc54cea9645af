// Sending what is sealed: where it can go, how far it is, what came of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/model/kept.hpp"
#include "app/model/news.hpp"

namespace app::session {

/// Where a batch can go.
struct Place {
    std::string path;
    bool removable = false;  ///< a USB stick; else the folder given at start
    bool read_only = false;
    std::uint64_t free = 0;  ///< bytes
};
enum class SendError : std::uint8_t { Full, Gone, ReadOnly, Check, Nothing, Cancelled, Memory, Other };

// ---- what comes back -----------------------------------------------------------------------------------------------

struct PlacesFound {
    std::vector<Place> places;
};
struct PlacesNotFound {
    SendError error;
};
struct SendProgress {
    std::uint64_t done;
    std::uint64_t total;
};
struct Sent {
    std::string file;         ///< name without folder; of several, the last
    std::uint64_t bytes = 0;  ///< of all of them
    std::uint64_t records = 0;
    model::Counts counts;
    model::ReceiptNews receipts = {};  ///< that lay where it was written to
    std::uint64_t files = 1;
};
struct SendFailed {
    SendError error;
};

// ---- screens -------------------------------------------------------------------------------------------------------

struct Send {
    std::vector<Place> places;
    std::uint64_t done = 0;
    std::uint64_t total = 0;
    std::optional<Sent> sent;
    std::optional<SendError> failed;
};

// ---- what people do ------------------------------------------------------------------------------------------------

struct OpenSend {};
struct LookForPlaces {};
struct SendTo {
    std::size_t place;  ///< index into Send::places
};
struct SendAgain {
    std::size_t place;  ///< the last batch once more, identical inside
};
struct CancelSending {};

// ---- effects -------------------------------------------------------------------------------------------------------

struct FindPlaces {};  ///< -> PlacesFound or PlacesNotFound
struct Export {        ///< -> SendProgress …, then Sent or SendFailed
    Place place;
    bool again;  ///< the last batch once more
};
struct StopExport {};  ///< the Export that was asked for last ends early: SendFailed, or Sent when it was done before

}  // namespace app::session
