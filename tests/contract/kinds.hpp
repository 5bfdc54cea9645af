#pragma once
// What the contract is held against: whoever keeps casebooks in something else adds it here.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/casebook/sqlcipher/custody.hpp"
#include "tests/contract/memory_custody.hpp"

namespace test {

/// A new, empty custody, and whatever it lives in.
struct Opened {
    std::shared_ptr<void> home;
    std::unique_ptr<casebook::Custody> custody;
};

struct Kind {
    std::string name;
    std::function<Opened()> make;
};

inline Opened in_sqlcipher() {
    auto home = std::make_shared<Deployment>();
    return {home, std::make_unique<casebook::sqlcipher::Custody>(ready(), database_of(*home))};
}

inline Opened in_memory() {
    return {nullptr, std::make_unique<MemoryCustody>()};
}

inline const std::vector<Kind>& kinds() {
    static const std::vector<Kind> all{{"SQLCipher", in_sqlcipher}, {"memory", in_memory}};
    return all;
}

/// The case that calls it runs on each.
inline const Kind& each_kind() {
    return kinds()[GENERATE(range(std::size_t{0}, kinds().size()))];
}

}  // namespace test
