#pragma once
// Where a programme stands, out of its folder: people, recovery, bundle, kiosks, and what is missing next. Looks only;
// must not know how any of it is worded.

#include <optional>
#include <vector>

#include "app/deployment/coordinators.hpp"
#include "app/deployment/failure.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/sheets_note.hpp"

namespace app::deployment {

/// How long before its end a certificate or a bundle is said to end soon.
inline constexpr std::chrono::days ending_soon{30};

/// Somebody whom the newest bundle, or the next one, names.
struct Standing {
    std::string label;
    bool reads = false;       ///< opens what is sealed
    bool signs = false;       ///< signs receipts
    bool takes_in = false;    ///< opens deliveries, and nothing in them: a machine
    bool recovery = false;    ///< the recovery identity, which is nobody
    bool in_force = false;    ///< in the newest bundle
    bool stays = false;       ///< in the sources of the next one
    std::uint64_t since = 0;  ///< the first of the bundles without a break that seals to them; 0: none
    std::optional<exchange::Day> since_day = {};  ///< when that one was made
};

/// The newest certificate of a kiosk.
struct Kiosk {
    exchange::Certificate certificate;
    bool ended = false;
    bool ends_soon = false;
    casebook::Revocation revoked = {};  ///< as the casebook says; without one, as the newest bundle says
    bool casebook_says = false;
};

/// What a programme lacks, in the order in which it is to be done.
enum class Missing : std::uint8_t {
    NoBundle,            ///< none in the folder that is signed by the programme
    OneCoordinator,      ///< whoever loses the only identity loses every case
    SheetsNotMade,       ///< no set of recovery sheets
    SheetsNotReadBack,   ///< none of the sets counts
    RecoveryLeftHere,    ///< the sheets were read back, and keys/recovery.identity is still there
    SealedKeyMissing,    ///< the sheets give no deployment key back
    PeopleNotInBundle,   ///< content names others than the newest bundle
    RevokedNotInBundle,  ///< content revokes others than the newest bundle
    BundleEnded,
    BundleEndsSoon,
    NoKiosk,           ///< no certificate was given out
    CertificateEnded,  ///< of a kiosk that is not revoked
    CertificateEndsSoon,
};

struct Overview {
    std::string words;  ///< the programme's eight
    std::optional<exchange::Bundle> bundle;
    std::vector<Standing> people;
    std::vector<exchange::SheetsNote> sheets;  ///< as sheets_notes()
    std::vector<Kiosk> kiosks;                 ///< by number
    std::vector<Missing> missing;
};

/// `known`: the devices of the casebook; nothing where it was not opened. Errors: as read_people(), except that a
/// programme without people and bundle is one that lacks both.
[[nodiscard]] Result<Overview> look_over(crypto::SodiumReady ready, const std::filesystem::path& root,
                                         const crypto::DeploymentPublicKey& programme,
                                         const std::optional<std::vector<casebook::Device>>& known,
                                         exchange::Day today);

/// "sheets_not_read_back": for programs, and what its sentence is called by.
[[nodiscard]] std::string_view to_word(Missing missing);

}  // namespace app::deployment
