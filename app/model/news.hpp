#pragma once
// What somebody brought to a device on a stick, as far as people are told: what would change, and why something that
// lay there is not taken. Knows neither files nor keys.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace app::model {

/// What can be brought.
enum class NewsKind : std::uint8_t { Bundle, Certificate, Receipt };

/// Why a file that is called like one of these is not taken.
enum class NotTaken : std::uint8_t {
    Same,           ///< it is in force already
    Older,          ///< not newer than what is in force
    Foreign,        ///< of another programme
    OtherDevice,    ///< a certificate or receipt of another device, or of a key that this one does not have any more
    Cut,            ///< it ends too early: the copy broke off
    Damaged,        ///< not what was signed, or put together from several
    FewSigned,      ///< fewer people signed the bundle than the policy in force asks for
    NotPlain,       ///< a link, a folder, a pipe or a device of such a name
    ProgramOld,     ///< it asks for a newer program
    NoReaders,      ///< it names nobody who could read what is sealed
    NoForm,         ///< no questionnaire in it can be used
    TooMany,        ///< there are more files of such names than are looked at
    Unreadable,     ///< the stick was pulled, or gives an error
    UnknownSigner,  ///< a receipt by nobody whose receipts count
    OtherBatch,     ///< a receipt for a batch that this device did not make
};

/// One kind of refusal, however many files it was.
struct RefusedNews {
    NewsKind kind = NewsKind::Bundle;
    NotTaken why = NotTaken::Damaged;
    friend bool operator==(const RefusedNews& a, const RefusedNews& b) noexcept {
        return a.kind == b.kind && a.why == b.why;
    }
};

/// A questionnaire that is not as it was.
struct FormNews {
    enum class How : std::uint8_t { Added, Removed, Changed };
    How how;
    std::string title;  ///< as its author wrote it; its id where there is none
};

/// A rule of the programme that is not as it was: a member of its policy.
struct RuleNews {
    std::string member;
    std::vector<std::string> before;  ///< as the policy has it, with names for ids and keys; a list has one for each
    std::vector<std::string> after;
};

/// What a newer bundle changes against the one in force; against nothing where there is none.
struct BundleNews {
    std::uint64_t sequence = 0;
    std::string name;  ///< of the programme
    std::chrono::year_month_day until;
    std::vector<FormNews> forms;
    std::vector<std::string> readers_added;    ///< by their labels: who can read what is sealed from then on
    std::vector<std::string> readers_removed;  ///< and who cannot any more
    std::string intake_added;    ///< the label of a machine that takes batches in from then on, and reads no record
    std::string intake_removed;  ///< and of one that does not any more
    std::size_t readers = 0;     ///< all who can, with the recovery key
    std::vector<std::string> revoked;   ///< numbers of other devices that nobody trusts from then on
    std::vector<std::string> admitted;  ///< and of those that are trusted again
    enum class Self : std::uint8_t { AsBefore, Revoked, Admitted };
    Self self = Self::AsBefore;          ///< the same of this device
    std::vector<std::string> languages;  ///< all, where they are others than before; else empty
    bool referrals = false;              ///< whom a person can call
    std::vector<RuleNews> rules;         ///< besides languages; of questionnaires their order
    bool words = false;                  ///< a text of the screens
    bool demo = false;                   ///< it protects nobody, and the one in force did
};

/// A newer certificate of this device.
struct CertificateNews {
    std::chrono::year_month_day until;   ///< its last day
    std::chrono::year_month_day before;  ///< that of the one in force
};

/// What receipts said. They were taken: what is signed by coordinators about batches of this device needs nobody to
/// agree.
struct ReceiptNews {
    std::uint64_t confirmed = 0;            ///< screenings that nobody had confirmed before
    std::uint64_t again = 0;                ///< screenings that were refused and travel with the next batch
    std::vector<RefusedNews> refused = {};  ///< each kind once
};

/// All of it.
struct News {
    std::string id;  ///< of exactly these bytes, hexadecimal
    std::optional<BundleNews> bundle;
    std::optional<CertificateNews> certificate;
    std::vector<RefusedNews> refused;  ///< each kind once
    ReceiptNews receipts = {};
    std::size_t folders = 0;  ///< that could be looked at; none: no stick is there
    [[nodiscard]] bool any() const noexcept { return bundle.has_value() || certificate.has_value(); }
};

}  // namespace app::model
