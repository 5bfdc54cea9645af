#pragma once
// What a casebook without a database keeps, for the parts of memory_custody.hpp.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/casebook/custody.hpp"

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
        bool revoked = false;
    };

    std::map<std::int64_t, Sealed> sealed;
    std::vector<Shown> listed;
    std::vector<Shown> held;
    std::map<std::int64_t, Batch> batches;
    std::map<std::string, Device, std::less<>> devices;
};

}  // namespace test
