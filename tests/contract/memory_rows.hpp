#pragma once
// What a casebook without a database keeps, for the parts of memory_custody.hpp.

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/casebook/custody.hpp"
#include "app/casebook/erasing.hpp"

namespace test {

struct MemoryRows {
    struct Sealed {
        std::int64_t batch = 0;
        std::string device;
        std::string name;
        std::string record;
        crypto::Digest sha256{};
        crypto::Bytes bytes;
        std::optional<app::casebook::Fate> fate;
    };
    struct Shown {
        app::casebook::Case is;
        std::string json;
        crypto::Digest digest{};
    };
    struct Batch {
        std::string device;
        app::casebook::rules::Batch is;
        crypto::Bytes certificate;
        bool ended = false;
    };
    struct Device {
        bool forked = false;
        app::casebook::Revocation revoked;
    };

    struct Entry {
        std::string device;
        std::uint64_t epoch = 0;
        std::uint64_t number = 0;
        std::string name;
        crypto::Digest sha256{};
        crypto::Bytes sealed;
    };
    struct Claim {
        std::string device;
        std::uint64_t epoch = 0;
        std::uint64_t number = 0;
        crypto::Digest head{};
    };

    struct Erased {
        app::casebook::Erased is;
        bool whole_visit = false;
        std::size_t place = 0;  ///< in the order of the notes
    };

    std::map<std::int64_t, Sealed> sealed;
    std::vector<Shown> listed;
    std::vector<Shown> held;
    std::map<std::int64_t, Batch> batches;
    std::map<std::string, Device, std::less<>> devices;
    app::casebook::Heeded heeded;
    std::map<std::pair<std::string, std::string>, Erased> erased;  ///< by device and record
    std::vector<app::casebook::Quarantined> refused;
    std::optional<app::exchange::Day> backup;
    std::vector<app::casebook::Step> steps;
    std::vector<std::pair<app::casebook::RecordName, app::casebook::RecordName>> links;
    std::vector<app::casebook::Access> accesses;
    std::vector<Entry> entries;
    std::vector<Claim> claims;
    std::map<std::pair<std::string, std::uint64_t>, app::casebook::rules::AuditChain> chains;  ///< by device and epoch
};

/// Nothing that coordinators did about a record is kept, nor what names it as the other one.
inline void forget_handled(MemoryRows& rows, std::string_view device, std::string_view record) {
    std::erase_if(rows.steps, [&](const auto& one) {
        return (one.device == device && one.record == record) ||
               (one.other_device == device && one.other_record == record);
    });
    std::erase_if(rows.links, [&](const auto& link) {
        const app::casebook::RecordName name{std::string(device), std::string(record)};
        return link.first == name || link.second == name;
    });
}

}  // namespace test
