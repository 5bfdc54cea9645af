#pragma once
// What the rules need of a database about records: what came and is kept sealed, what is listed of it, and what waits
// beside it for a person. In words of the field: whoever keeps it, tests/contract says how it has to behave. Knows
// neither SQL nor rules. Everything is known by device and record: an id alone is nobody's.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/cases.hpp"
#include "app/casebook/error.hpp"
#include "app/casebook/outcome.hpp"
#include "crypto/bytes.hpp"
#include "crypto/hash.hpp"

namespace app::casebook {

/// An order that waits for a person.
struct Held {
    std::string device;
    std::string record;
    std::string case_code;  ///< of a withdrawal: of the listed case, whatever the order calls it
    std::uint32_t revision = 0;
    bool withdrawal = false;  ///< else a revision
    std::string doubt;        ///< word of the Doubt of the time when it came
    std::string version;      ///< SHA-256 of its JSON, 64 hex digits: tells it from others of the same record
};

/// A sealed record as it comes.
struct Arrival {
    std::int64_t batch = 0;  ///< that brings it
    std::string_view name;   ///< in the batch
    std::string_view device;
    const crypto::Digest& sha256;
    crypto::ByteView sealed;
};

/// A sealed record that is kept, by its number in this ledger, and the batch that brought it.
struct Kept {
    std::int64_t sealed = 0;
    std::int64_t batch = 0;
    bool emptied = false;  ///< its bytes are gone
};

/// What an identity is tried on.
struct Sealed {
    std::string device;  ///< that brought it
    std::int64_t batch = 0;
    crypto::Bytes bytes;
};

/// What became of a sealed record, and why.
struct Fate {
    Outcome outcome = Outcome::New;
    std::string why;
};

/// What a report says of a sealed record.
struct Told {
    std::string name;  ///< in its batch
    Fate fate;
    std::string case_code;     ///< of what is listed or held of it, or was erased; a withdrawal's is that of its case
    bool interrupted = false;  ///< listed or held as a partial without a final
};

/// A record that is kept but not listed, with the reason.
struct Unlisted {
    std::string name;
    std::string device;
    Outcome outcome;
    std::string detail;
};

/// An opened record and the sealed one that it came from.
struct Entry {
    std::int64_t sealed = 0;
    const Record& record;
    std::string_view json;
};

/// What stands in the list of a record, as far as orders ask.
struct Listed {
    std::int64_t sealed = 0;
    std::int64_t batch = 0;
    std::uint32_t revision = 0;
    bool withdrawn = false;
    crypto::Digest json_sha256{};
    std::string case_code;
    std::string day;  ///< empty where this version cannot read it
    bool training = false;
};

class Ledger {
  public:
    Ledger() = default;
    Ledger(const Ledger&) = delete;
    Ledger& operator=(const Ledger&) = delete;
    virtual ~Ledger() = default;

    // Sealed records. Every one that is kept has a number, which is its own for good.

    /// Keeps it, as nobody has opened it. Errors, here and below: NoSpace, Io, Damaged, Memory.
    [[nodiscard]] virtual Result<std::int64_t> keep(const Arrival& arrival) = 0;
    /// The one of these bytes that the device brought, emptied or not.
    [[nodiscard]] virtual Result<std::optional<Kept>> kept_as(std::string_view device,
                                                              const crypto::Digest& sha256) = 0;
    [[nodiscard]] virtual Result<std::optional<Sealed>> sealed(std::int64_t sealed) = 0;
    /// The bytes as they left the device. Errors: NotFound, when nothing is left of them as well.
    [[nodiscard]] virtual Result<crypto::Bytes> original(std::string_view device, std::string_view name) = 0;
    /// It is known now which record it is a revision of.
    [[nodiscard]] virtual Result<void> own(std::int64_t sealed, const Record& record) = 0;
    [[nodiscard]] virtual Result<void> mark(std::int64_t sealed, const Fate& fate) = 0;
    /// Nothing where nobody has opened it.
    [[nodiscard]] virtual Result<std::optional<Fate>> fate(std::int64_t sealed) = 0;
    /// Those that nobody has opened, and of this batch those that no identity opened before, as they came.
    [[nodiscard]] virtual Result<std::vector<Kept>> waiting(std::int64_t batch) = 0;
    /// Whether nobody has opened it, or no identity could.
    [[nodiscard]] virtual Result<bool> waits(std::int64_t sealed) = 0;
    /// Nothing where nobody has opened it.
    [[nodiscard]] virtual Result<std::optional<Told>> told(std::int64_t sealed) = 0;
    /// Those that could not be listed, as they came.
    [[nodiscard]] virtual Result<std::vector<Unlisted>> unlisted() = 0;
    /// Whether anything else is kept of a record, emptied or not.
    [[nodiscard]] virtual Result<bool> has_other(std::string_view device, std::string_view record,
                                                 std::int64_t sealed) = 0;
    /// The lowest batch above that brought something of a record.
    [[nodiscard]] virtual Result<std::optional<std::int64_t>> next_batch(std::string_view device,
                                                                         std::string_view record,
                                                                         std::int64_t batch) = 0;
    /// The bytes go, and it is marked as erased; that they were here stays known by their digest.
    [[nodiscard]] virtual Result<void> empty(std::int64_t sealed) = 0;
    /// The same for all that is kept of a record, except one, marked as taken back. Nothing of it is held any more.
    [[nodiscard]] virtual Result<void> empty_record(std::string_view device, std::string_view record,
                                                    std::int64_t but) = 0;

    // What is listed: one revision of a record.

    /// In the place of whatever is listed of this device's record.
    [[nodiscard]] virtual Result<void> list(const Entry& entry) = 0;
    [[nodiscard]] virtual Result<std::optional<Listed>> listed(std::string_view device, std::string_view record) = 0;
    /// What is listed, and the revisions that are held beside it; a withdrawal that is held shows on its case.
    [[nodiscard]] virtual Result<CasePage> cases(const CaseQuery& query) = 0;
    /// Of what is listed or held. Errors: NotFound.
    [[nodiscard]] virtual Result<std::string> json(std::string_view device, std::string_view record,
                                                   std::string_view version) = 0;

    // What is held beside it.

    [[nodiscard]] virtual Result<void> hold(const Entry& entry) = 0;
    /// What is listed is held as well, whatever takes its place then. It may be held already.
    [[nodiscard]] virtual Result<void> hold_listed(std::int64_t sealed) = 0;
    [[nodiscard]] virtual Result<bool> is_held(std::string_view device, std::string_view record,
                                               const crypto::Digest& json_sha256) = 0;
    /// By device and record, in the order in which they came.
    [[nodiscard]] virtual Result<std::vector<Held>> held() = 0;
    /// Of a device, the latest revision first.
    [[nodiscard]] virtual Result<std::vector<Kept>> held_of(std::string_view device) = 0;
    /// The same of one: several when several batches brought the same bytes.
    [[nodiscard]] virtual Result<std::vector<Kept>> held_as(const Held& held) = 0;
    /// Nothing when it is not held.
    [[nodiscard]] virtual Result<std::optional<std::string>> held_json(std::int64_t sealed) = 0;
    [[nodiscard]] virtual Result<void> release(std::int64_t sealed) = 0;
};

}  // namespace app::casebook
