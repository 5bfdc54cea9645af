// Sealed records become cases: opened one by one, each bad one set down with its reason.
#include <algorithm>

#include "app/casebook/parts.hpp"
#include "crypto/hash.hpp"
#include "crypto/open/open.hpp"

namespace app::casebook {

using detail::Opened;
using detail::passed_on;

namespace {

constexpr std::size_t at_once = 256;  // records of one transaction: a commit costs more than opening one

/// Memory trouble is the machine's and stops the import; everything else is the record's.
Result<Opened> refused_by(crypto::Error error) {
    switch (error) {
        case crypto::Error::LockedMemory:
        case crypto::Error::Memory:
            return tl::unexpected(Error::Memory);
        case crypto::Error::NoMatch:
            return Opened{Outcome::NotForUs, "no identity fits", {}, false};
        case crypto::Error::Header:
            return Opened{Outcome::Unopenable, "header malformed", {}, false};
        case crypto::Error::Mac:
            return Opened{Outcome::Unopenable, "header changed", {}, false};
        case crypto::Error::Payload:
            return Opened{Outcome::Unopenable, "content changed or cut", {}, false};
        case crypto::Error::SelfTest:
        case crypto::Error::Input:
        case crypto::Error::Malformed:
        case crypto::Error::TooMany:
        case crypto::Error::Mixed:
        case crypto::Error::Kind:
        case crypto::Error::Signature:
        case crypto::Error::OtherKey:
        case crypto::Error::WrongSecret:
        case crypto::Error::Protected:
        case crypto::Error::WorkFactor:
            return Opened{Outcome::Unopenable, "not openable", {}, false};
    }
    return tl::unexpected(Error::Internal);
}

std::string_view without_padding(std::string_view json) {
    return json.substr(0, json.find_last_not_of(' ') + 1);
}

}  // namespace

Result<void> Casebook::Parts::list_record(std::int64_t sealed, const Record& record, std::string_view json) {
    const auto digest = crypto::sha256(ready, crypto::as_bytes(json));
    auto row = database.prepare(
        "INSERT INTO record(device, record, sealed, revision, kind, case_code, json_sha256, json) "
        "VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT(device, record) DO UPDATE SET sealed = excluded.sealed, "
        "revision = excluded.revision, kind = excluded.kind, case_code = excluded.case_code, "
        "json_sha256 = excluded.json_sha256, json = excluded.json");
    if (!row) return passed_on(row.error());
    row->bind(1, record.device).bind(2, record.record).bind(3, sealed).bind(4, std::int64_t{record.revision});
    row->bind(5, static_cast<std::int64_t>(record.kind)).bind(6, record.case_code);
    row->bind(7, crypto::ByteView(digest)).bind(8, crypto::as_bytes(json));
    if (auto done = row->finish(); !done) return passed_on(done.error());
    return {};
}

/// What was sealed of a record goes, except one row; that it was here stays known by its digest.
Result<void> Casebook::Parts::erase_sealed(std::string_view device, std::string_view record, std::int64_t but) {
    auto row = database.prepare(
        "UPDATE sealed SET bytes = x'', outcome = ?1, detail = 'erased' WHERE device = ?2 AND record = ?3 AND id <> "
        "?4");
    if (!row) return passed_on(row.error());
    row->bind(1, static_cast<std::int64_t>(Outcome::WasWithdrawn)).bind(2, device).bind(3, record).bind(4, but);
    if (auto done = row->finish(); !done) return passed_on(done.error());
    return {};
}

Result<Opened> Casebook::Parts::withdraw(std::int64_t sealed, const Record& record, std::string_view json) {
    if (auto done = erase_sealed(record.device, record.record, sealed); !done) return tl::unexpected(done.error());
    if (auto done = list_record(sealed, record, json); !done) return tl::unexpected(done.error());
    return Opened{Outcome::Withdrawn, {}, record.case_code, false};
}

/// Compares with what is listed of the same record and lists the later of the two.
Result<Opened> Casebook::Parts::file_record(std::int64_t sealed, const Record& record, std::string_view json) {
    auto listed =
        database.prepare("SELECT revision, kind, json_sha256, sealed FROM record WHERE device = ?1 AND record = ?2");
    if (!listed) return passed_on(listed.error());
    auto there = listed->bind(1, record.device).bind(2, record.record).step();
    if (!there) return passed_on(there.error());
    const bool interrupted = record.kind == Kind::Partial;
    Opened opened{Outcome::New, {}, record.case_code, interrupted};
    if (*there) {
        const auto revision = static_cast<std::uint32_t>(listed->integer(0));
        const bool withdrawn = listed->integer(1) == static_cast<std::int64_t>(Kind::Withdrawn);
        const auto digest = crypto::sha256(ready, crypto::as_bytes(json));
        const auto before = listed->bytes(2);
        const bool same = std::equal(before.begin(), before.end(), digest.begin(), digest.end());
        if (withdrawn) {
            auto erased = erase_sealed(record.device, record.record, listed->integer(3));
            if (!erased) return tl::unexpected(erased.error());
            return Opened{Outcome::WasWithdrawn, "erased", {}, false};
        }
        if (record.kind != Kind::Withdrawn && record.revision < revision) return Opened{Outcome::Older, {}, {}, false};
        if (record.kind != Kind::Withdrawn && record.revision == revision)
            return same ? Opened{Outcome::Older, {}, {}, false}
                        : Opened{Outcome::Conflict, "same revision, other content", record.case_code, false};
        opened.outcome = Outcome::Replaced;
    }
    listed->reset();
    if (record.kind == Kind::Withdrawn) return withdraw(sealed, record, json);
    if (auto done = list_record(sealed, record, json); !done) return tl::unexpected(done.error());
    return opened;
}

Result<Opened> Casebook::Parts::open_one(std::int64_t sealed, std::span<const crypto::open::Identity> identities) {
    auto row = database.prepare("SELECT device, bytes FROM sealed WHERE id = ?1");
    if (!row) return passed_on(row.error());
    auto there = row->bind(1, sealed).step();
    if (!there) return passed_on(there.error());
    if (!*there) return tl::unexpected(Error::Internal);
    const std::string device(row->text(0));
    auto plain = crypto::open::open(ready, row->bytes(1), identities);
    row->reset();
    if (!plain) return refused_by(plain.error());
    const std::string_view json = without_padding(crypto::as_text(plain->view()));
    const auto record = parse_record(json);
    if (!record) return Opened{Outcome::Malformed, record.error().detail, {}, false};
    if (record->device != device || record->deployment != deployment_id)
        return Opened{Outcome::OtherDevice, "names another device or deployment", {}, false};
    // The row learns whose it is before anything is compared, so that a withdrawal finds it.
    auto mark = database.prepare("UPDATE sealed SET record = ?1, revision = ?2 WHERE id = ?3");
    if (!mark) return passed_on(mark.error());
    mark->bind(1, record->record).bind(2, std::int64_t{record->revision}).bind(3, sealed);
    if (auto done = mark->finish(); !done) return passed_on(done.error());
    return file_record(sealed, *record, json);
}

/// Opens everything that was never tried, and what this batch holds that no identity opened before.
Result<void> Casebook::Parts::open_waiting(std::int64_t batch, std::span<const crypto::open::Identity> identities) {
    std::vector<std::int64_t> waiting;
    auto row =
        database.prepare("SELECT id FROM sealed WHERE outcome IS NULL OR (outcome = ?1 AND batch = ?2) ORDER BY id");
    if (!row) return passed_on(row.error());
    row->bind(1, static_cast<std::int64_t>(Outcome::NotForUs)).bind(2, batch);
    for (;;) {
        auto more = row->step();
        if (!more) return passed_on(more.error());
        if (!*more) break;
        waiting.push_back(row->integer(0));
    }
    for (std::size_t from = 0; from < waiting.size(); from += at_once) {
        auto transaction = store::Transaction::begin(database);
        if (!transaction) return passed_on(transaction.error());
        for (std::size_t i = from; i < std::min(from + at_once, waiting.size()); ++i) {
            auto opened = open_one(waiting[i], identities);
            if (!opened) return tl::unexpected(opened.error());
            auto mark = database.prepare("UPDATE sealed SET outcome = ?1, detail = ?2 WHERE id = ?3");
            if (!mark) return passed_on(mark.error());
            mark->bind(1, static_cast<std::int64_t>(opened->outcome)).bind(2, opened->detail).bind(3, waiting[i]);
            if (auto done = mark->finish(); !done) return passed_on(done.error());
        }
        if (auto done = transaction->commit(); !done) return passed_on(done.error());
        database.release_memory();
    }
    return {};
}

}  // namespace app::casebook
