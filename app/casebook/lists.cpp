// What a casebook shows: cases, devices, refused files, records that could not be listed.
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <fstream>

#include "app/casebook/parts.hpp"
#include "app/exchange/durable_file.hpp"
#include "crypto/hash.hpp"

namespace app::casebook {

using detail::passed_on;

namespace {

namespace fs = std::filesystem;

Case case_of(const Record& record, Kind kind) {
    Case one;
    one.record = record.record;
    one.follows = record.follows;
    one.case_code = record.case_code;
    one.day = record.day;
    one.device = record.device;
    one.mode = record.mode;
    one.role = record.role;
    one.form = record.form;
    one.form_version = record.form_version;
    one.revision = record.revision;
    one.readings = record.readings;
    one.interrupted = kind == Kind::Partial;
    one.withdrawn = kind == Kind::Withdrawn;
    one.training = record.training;
    return one;
}

/// The digest of a file of any size, in hexadecimal.
Result<std::string> file_digest(crypto::SodiumReady ready, std::ifstream& in) {
    crypto::Sha256 hash(ready);
    crypto::Bytes piece(1U << 16);
    while (in.good()) {
        in.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
        hash.update(crypto::ByteView(piece).first(static_cast<std::size_t>(in.gcount())));
    }
    if (in.bad()) return tl::unexpected(Error::Io);
    return crypto::to_hex(hash.finish());
}

Result<void> keep_copy(crypto::SodiumReady ready, std::ifstream& in, const fs::path& to) {
    std::error_code failure;
    if (fs::exists(to, failure)) return {};
    auto out = exchange::DurableFile::create(ready, to);
    if (!out) return passed_on(out.error().fault);
    in.clear();
    in.seekg(0);
    crypto::Bytes piece(1U << 16);
    while (in.good()) {
        in.read(reinterpret_cast<char*>(piece.data()), static_cast<std::streamsize>(piece.size()));
        const auto got = static_cast<std::size_t>(in.gcount());
        if (auto done = out->write(crypto::ByteView(piece).first(got)); !done) return passed_on(done.error().fault);
    }
    if (in.bad()) return tl::unexpected(Error::Io);
    if (auto done = out->publish(); !done && done.error().fault != exchange::Fault::Exists)
        return passed_on(done.error().fault);
    return {};
}

}  // namespace

Result<std::vector<Case>> Casebook::cases(bool with_training) {
    auto row = parts_->database.prepare("SELECT kind, json FROM record");
    if (!row) return passed_on(row.error());
    std::vector<Case> all;
    for (;;) {
        auto more = row->step();
        if (!more) return passed_on(more.error());
        if (!*more) break;
        const auto record = parse_record(crypto::as_text(row->bytes(1)));
        if (!record) return tl::unexpected(Error::Damaged);
        Case one = case_of(*record, static_cast<Kind>(row->integer(0)));
        if (with_training || !one.training) all.push_back(std::move(one));
    }
    std::sort(all.begin(), all.end(), more_urgent);
    return all;
}

Result<std::vector<Device>> Casebook::devices() {
    auto row = parts_->database.prepare(
        "SELECT d.device, d.forked, d.revoked, coalesce(max(b.epoch), 0) FROM device d "
        "LEFT JOIN batch b ON b.device = d.device GROUP BY d.device ORDER BY d.device");
    if (!row) return passed_on(row.error());
    std::vector<Device> all;
    for (;;) {
        auto more = row->step();
        if (!more) return passed_on(more.error());
        if (!*more) break;
        Device device;
        device.device = row->text(0);
        device.forked = row->integer(1) == 1;
        device.revoked = row->integer(2) == 1;
        device.epoch = static_cast<std::uint64_t>(row->integer(3));
        all.push_back(std::move(device));
    }
    for (auto& device : all) {
        auto missing = parts_->missing(device.device, device.epoch);
        if (!missing) return tl::unexpected(missing.error());
        device.missing = std::move(*missing);
        auto last =
            parts_->database.prepare("SELECT coalesce(max(sequence), 0) FROM batch WHERE device = ?1 AND epoch = ?2");
        if (!last) return passed_on(last.error());
        auto there = last->bind(1, device.device).bind(2, static_cast<std::int64_t>(device.epoch)).step();
        if (!there) return passed_on(there.error());
        device.last_sequence = static_cast<std::uint64_t>(last->integer(0));
    }
    return all;
}

Result<std::vector<Quarantined>> Casebook::quarantined() {
    auto row = parts_->database.prepare("SELECT file_sha256, reason, detail FROM quarantine ORDER BY id");
    if (!row) return passed_on(row.error());
    std::vector<Quarantined> all;
    for (;;) {
        auto more = row->step();
        if (!more) return passed_on(more.error());
        if (!*more) return all;
        all.push_back({std::string(row->text(0)), std::string(row->text(1)), std::string(row->text(2))});
    }
}

Result<std::vector<Unlisted>> Casebook::unlisted() {
    auto row =
        parts_->database.prepare("SELECT name, device, outcome, detail FROM sealed WHERE outcome >= ?1 ORDER BY id");
    if (!row) return passed_on(row.error());
    row->bind(1, static_cast<std::int64_t>(Outcome::NotForUs));
    std::vector<Unlisted> all;
    for (;;) {
        auto more = row->step();
        if (!more) return passed_on(more.error());
        if (!*more) return all;
        all.push_back({std::string(row->text(0)), std::string(row->text(1)), static_cast<Outcome>(row->integer(2)),
                       std::string(row->text(3))});
    }
}

Result<void> Casebook::quarantine(const fs::path& batch_file, std::string_view reason, std::string_view detail) {
    std::ifstream in(batch_file, std::ios::binary);
    if (!in) return tl::unexpected(Error::Missing);
    auto digest = file_digest(parts_->ready, in);
    if (!digest) return tl::unexpected(digest.error());
    const fs::path folder = quarantine_of(parts_->file);
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return tl::unexpected(errno == ENOSPC ? Error::NoSpace : Error::ReadOnly);
    if (auto kept = keep_copy(parts_->ready, in, folder / (*digest + ".age")); !kept) return kept;
    auto transaction = store::Transaction::begin(parts_->database);
    if (!transaction) return passed_on(transaction.error());
    auto row = parts_->database.prepare(
        "INSERT INTO quarantine(file_sha256, reason, detail) VALUES(?1, ?2, ?3) ON CONFLICT(file_sha256) DO NOTHING");
    if (!row) return passed_on(row.error());
    if (auto done = row->bind(1, *digest).bind(2, reason).bind(3, detail).finish(); !done)
        return passed_on(done.error());
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return {};
}

Result<void> Casebook::revoke(std::string_view device) {
    auto transaction = store::Transaction::begin(parts_->database);
    if (!transaction) return passed_on(transaction.error());
    auto row = parts_->database.prepare("UPDATE device SET revoked = 1 WHERE device = ?1");
    if (!row) return passed_on(row.error());
    if (auto done = row->bind(1, device).finish(); !done) return passed_on(done.error());
    if (parts_->database.changes() != 1) return tl::unexpected(Error::NotFound);
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return {};
}

Result<crypto::Bytes> Casebook::sealed_original(std::string_view name) {
    auto row = parts_->database.prepare("SELECT bytes FROM sealed WHERE name = ?1 AND length(bytes) > 0");
    if (!row) return passed_on(row.error());
    auto there = row->bind(1, name).step();
    if (!there) return passed_on(there.error());
    if (!*there) return tl::unexpected(Error::NotFound);
    const auto bytes = row->bytes(0);
    return crypto::Bytes(bytes.begin(), bytes.end());
}

Result<std::string> Casebook::record_json(std::string_view record) {
    auto row = parts_->database.prepare("SELECT json FROM record WHERE record = ?1");
    if (!row) return passed_on(row.error());
    auto there = row->bind(1, record).step();
    if (!there) return passed_on(there.error());
    if (!*there) return tl::unexpected(Error::NotFound);
    return std::string(crypto::as_text(row->bytes(0)));
}

}  // namespace app::casebook
