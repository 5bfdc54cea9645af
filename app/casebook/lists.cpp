// What a casebook shows: cases, orders that wait, devices, records that could not be listed.
#include "app/casebook/parts.hpp"

namespace app::casebook {

using detail::as_column;
using detail::next_row;
using detail::passed_on;

Result<CasePage> Casebook::cases(const CaseQuery& query) {
    return parts_->ledger.cases(query);
}

Result<std::vector<Held>> Casebook::held() {
    return parts_->ledger.held();
}

Result<Unseen> Casebook::unseen() {
    auto row = parts_->database.prepare(
        "SELECT (SELECT count(*) FROM sealed WHERE outcome IS NULL), "
        "(SELECT count(*) FROM sealed WHERE outcome BETWEEN ?1 AND ?2), (SELECT count(*) FROM quarantine), "
        "(SELECT count(*) FROM held WHERE kind = ?3), (SELECT count(*) FROM held WHERE kind <> ?3), "
        "(SELECT count(*) FROM erased)");
    if (!row) return passed_on(row.error());
    row->bind(1, as_column(Outcome::NotForUs)).bind(2, as_column(Outcome::Conflict));
    row->bind(3, static_cast<std::int64_t>(Kind::Withdrawn));
    auto there = next_row(*row);
    if (!there) return tl::unexpected(there.error());
    const auto number = [&](int column) { return static_cast<std::size_t>(row->integer(column)); };
    return Unseen{number(0), number(1), number(2), number(3), number(4), number(5)};
}

namespace {

/// The last batch of a device and the certificate that came with it.
Result<void> read_last(app::database::Database& database, Device& device) {
    auto row = database.prepare(
        "SELECT epoch, sequence, certificate FROM batch WHERE device = ?1 ORDER BY epoch DESC, sequence DESC LIMIT 1");
    if (!row) return passed_on(row.error());
    auto there = next_row(row->bind(1, device.device));
    if (!there) return tl::unexpected(there.error());
    if (!*there) return {};
    device.epoch = static_cast<std::uint64_t>(row->integer(0));
    device.last_sequence = static_cast<std::uint64_t>(row->integer(1));
    if (const auto certificate = exchange::parse_certificate(row->bytes(2)))
        device.certificate_end = certificate->not_after;
    return {};
}

}  // namespace

Result<std::vector<Device>> Casebook::devices() {
    auto row = parts_->database.prepare("SELECT device, forked, revoked FROM device ORDER BY device");
    if (!row) return passed_on(row.error());
    std::vector<Device> all;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) break;
        Device device;
        device.device = row->text(0);
        device.forked = row->integer(1) == 1;
        device.revoked = row->integer(2) == 1;
        all.push_back(std::move(device));
    }
    for (auto& device : all) {
        auto missing = parts_->missing(device.device);
        if (!missing) return tl::unexpected(missing.error());
        device.missing = std::move(*missing);
        auto doubtful = parts_->doubtful_epochs(device.device);
        if (!doubtful) return tl::unexpected(doubtful.error());
        device.doubtful_epochs = std::move(*doubtful);
        const auto audit = parts_->standing_of_audit(device.device);
        if (!audit) return tl::unexpected(audit.error());
        device.audit = *audit;
        if (auto done = read_last(parts_->database, device); !done) return tl::unexpected(done.error());
    }
    return all;
}

Result<std::vector<Unlisted>> Casebook::unlisted() {
    auto row = parts_->database.prepare(
        "SELECT name, device, outcome, detail FROM sealed WHERE outcome BETWEEN ?1 AND ?2 ORDER BY id");
    if (!row) return passed_on(row.error());
    row->bind(1, as_column(Outcome::NotForUs)).bind(2, as_column(Outcome::Conflict));
    std::vector<Unlisted> all;
    for (;;) {
        auto more = next_row(*row);
        if (!more) return tl::unexpected(more.error());
        if (!*more) return all;
        all.push_back({std::string(row->text(0)), std::string(row->text(1)), static_cast<Outcome>(row->integer(2)),
                       std::string(row->text(3))});
    }
}

Result<void> Casebook::revoke(std::string_view device, bool revoked) {
    if (!exchange::device_id_allowed(device)) return tl::unexpected(Error::NotFound);
    auto transaction = app::database::Transaction::begin(parts_->database);
    if (!transaction) return passed_on(transaction.error());
    auto row = parts_->database.prepare(
        "INSERT INTO device(device, forked, revoked) VALUES(?1, 0, ?2) "
        "ON CONFLICT(device) DO UPDATE SET revoked = excluded.revoked");
    if (!row) return passed_on(row.error());
    if (auto done = row->bind(1, device).bind(2, std::int64_t{revoked ? 1 : 0}).finish(); !done)
        return passed_on(done.error());
    if (auto done = transaction->commit(); !done) return passed_on(done.error());
    return {};
}

Result<crypto::Bytes> Casebook::sealed_original(std::string_view device, std::string_view name) {
    return parts_->ledger.original(device, name);
}

Result<std::string> Casebook::record_json(const Case& listed) {
    return parts_->ledger.json(listed.device, listed.record, listed.version);
}

}  // namespace app::casebook
