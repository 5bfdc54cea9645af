#pragma once
// A new programme in a folder: keys, first bundle, casebook, and for a demonstration a kiosk.

#include <filesystem>
#include <string>

#include "app/deployment/content.hpp"
#include "app/exchange/certificate.hpp"
#include "crypto/argon.hpp"
#include "crypto/secret.hpp"

namespace app::deployment {

struct Programme {
    std::string name;         ///< for people
    std::string coordinator;  ///< how the coordinator's keys are labelled in the bundle
    std::string recovery;     ///< the same of the recovery identity
    Content content;
    bool demo = false;  ///< its keys protect nobody, and a kiosk is made as well
};

/// Fills `root`, which is made when there is none, with `keys`, `bundle-1.amparo`, `content` (the sources of the next),
/// `casebook/cases.db`, and for a demonstration what make_demo_kiosk() makes. `passphrase` protects every secret key;
/// null for none. After a failure what was written is left: the caller makes it in a folder that it gives up. Errors:
/// exchange::Failure, crypto::Error, casebook::Error, store::Error (of the kiosk).
[[nodiscard]] Result<void> make_programme(crypto::SodiumReady ready, const std::filesystem::path& root,
                                          Programme programme, const crypto::SecretBytes* passphrase,
                                          exchange::Day today, const crypto::Clock& clock);

}  // namespace app::deployment
