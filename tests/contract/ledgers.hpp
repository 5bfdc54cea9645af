#pragma once
// The ledgers that the contract is held against: whoever writes another one adds it here.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/casebook/sqlcipher/ledger.hpp"
#include "tests/contract/memory_ledger.hpp"

namespace test {

/// A new, empty ledger, and whatever it lives in.
struct Opened {
    std::shared_ptr<void> home;
    std::unique_ptr<casebook::Ledger> ledger;
    std::int64_t batch = 1;  ///< that records can come with
};

struct Kind {
    std::string name;
    std::function<Opened()> make;
};

/// In a database of a casebook that has taken in one batch, of nothing that is listed.
inline Opened in_sqlcipher() {
    struct Home {
        Deployment deployment;
        std::unique_ptr<app::database::Database> database;
    };
    auto home = std::make_shared<Home>();
    auto kiosk = home->deployment.kiosk();
    kiosk.add_raw("no record");
    home->deployment.import(kiosk);
    home->database = std::make_unique<app::database::Database>(database_of(home->deployment));
    auto ledger = std::make_unique<casebook::sqlcipher::Ledger>(ready(), *home->database);
    return {home, std::move(ledger), 1};
}

inline Opened in_memory() {
    return {nullptr, std::make_unique<MemoryLedger>(), 1};
}

inline const std::vector<Kind>& ledgers() {
    static const std::vector<Kind> all{{"SQLCipher", in_sqlcipher}, {"memory", in_memory}};
    return all;
}

}  // namespace test
