// P17: whatever page of a device's database is damaged, and whatever other file of its folder, every sealed record that
// does not lie there leaves the device, byte for byte, and what is lost is said.
#include <cstdio>

#include "app/device/brought.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "tests/kiosk/support.hpp"
#include "tests/support/batch_members.hpp"
#include "tests/support/pages.hpp"

using namespace test;
using session::DeviceError;
namespace exchange = app::exchange;

namespace {

constexpr std::size_t page = 4096;
/// A device in use, and everything that is known of it while it is whole.
class Original {
  public:
    Original() {
        auto device = deployment.open();
        for (const char record : {'0', '1', '2', '3', '4', '5', '6', '7'}) seal(device, record);
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
        for (const char record : {'8', '9', 'a', 'b', 'c', 'd'}) seal(device, record);
        for (const auto& [row, name] : rows_of(device)) names[row] = name;
        for (const auto& [row, name] : names) sealed[name] = *device.store->records().read(std::string_view(name));
        bundle = device.store->bundle().installed()->bytes;
        key = std::move(device.key);
        device.store.reset();
        REQUIRE(sealed.size() == 14);
        leaves = support::leaves_of(ready(), database(), key);
        REQUIRE(leaves.size() == sealed.size());
        for (const auto& entry : fs::directory_iterator(deployment.state()))
            files[entry.path().filename().string()] = read(entry.path());
    }

    [[nodiscard]] fs::path database() const { return deployment.state() / store::database_file; }
    /// The state folder as it was; what a repair left behind is gone.
    void restore() const {
        for (const auto& entry : fs::directory_iterator(deployment.state())) fs::remove(entry.path());
        for (const auto& [name, content] : files) write(deployment.state() / name, content);
        for (const auto& entry : fs::directory_iterator(deployment.outbox())) fs::remove(entry.path());
    }
    [[nodiscard]] std::set<std::string> names_of(const support::Rows& rows) const {
        std::set<std::string> found;
        for (const auto row : rows) found.insert(names.at(row));
        return found;
    }
    [[nodiscard]] std::set<std::string> all() const {
        std::set<std::string> found;
        for (const auto& [name, ignored] : sealed) found.insert(name);
        return found;
    }

    const Deployment deployment;
    std::map<std::int64_t, std::string> names;
    std::map<std::string, crypto::Bytes> sealed;
    std::map<std::string, std::string> files;
    support::Leaves leaves;
    crypto::SecretBytes key;
    crypto::Bytes bundle;

  private:
    static void seal(kiosk::Device& device, char record) {
        REQUIRE(kiosk::seal(ready(), device, order(record, 1, "{}")));
    }
    static std::map<std::int64_t, std::string> rows_of(kiosk::Device& device) {
        std::map<std::int64_t, std::string> found;
        for (const auto& row : waiting(device)) found[row.id.value] = row.name;
        const auto batches = device.store->outbox().open_batches();
        REQUIRE(batches);
        for (const auto number : *batches) {
            const auto batch = device.store->outbox().batch(number);
            REQUIRE(batch);
            for (const auto& row : batch->rows) found[row.id.value] = row.name;
        }
        return found;
    }
};

/// What the batches in the outbox bring to the coordinators.
std::map<std::string, crypto::Bytes> exported(const Deployment& deployment, const kiosk::Device& device) {
    std::map<std::string, crypto::Bytes> found;
    const auto identities = deployment.coordinator();
    const auto pinned = crypto::DeploymentPublicKey::parse(device.enrolment.deployment_key);
    for (const auto& name : deployment.batches()) {
        auto batch = exchange::open_batch(ready(), deployment.outbox() / name, identities, *pinned, today());
        REQUIRE(batch);
        const auto sealed = sealed_members(ready(), *batch);
        for (const auto& record : batch->records) found[record.name] = sealed.at(record.name);
    }
    return found;
}

struct Seen {
    std::size_t repaired = 0, without_bundle = 0, without_people = 0, records_lost = 0;
};

/// Opens the device, repairing it when it asks for that, sends everything, and brings the bundle when it is lost.
/// `expected`: the names of the records that must come out.
void all_comes_out(const Original& original, const std::set<std::string>& expected, Seen& seen) {
    const auto& deployment = original.deployment;
    std::uint64_t lost = 0;
    std::optional opened(kiosk::Device::unlock(ready(), deployment.places(), std::nullopt, today()));
    if (!*opened) {
        REQUIRE(opened->error() == DeviceError::StoreDamaged);
        const auto repaired = app::device::repair(ready(), deployment.places(), std::nullopt, {});
        REQUIRE(repaired);
        ++seen.repaired;
        lost = repaired->lost;
        CHECK(repaired->kept == expected.size());
        CHECK(repaired->enrolment_kept);
        opened.reset();
        opened.emplace(kiosk::Device::unlock(ready(), deployment.places(), std::nullopt, today()));
        const auto& device = *opened;
        REQUIRE(device);
        CHECK((device->bundle != nullptr) == repaired->bundle_kept);
        CHECK(device->store->people().workers()->empty() != repaired->people_kept);
        seen.without_people += repaired->people_kept ? 0U : 1U;
        seen.records_lost += lost;
        CHECK(device->store->device().enrolment()->epoch == 2);
        // The first thing the audit says after the repair is that there was one.
        const auto noted = device->store->audit().rows(2);
        REQUIRE(noted);
        REQUIRE(noted->size() == 2);
        CHECK(noted->at(1).type == static_cast<std::uint8_t>(exchange::AuditType::DatabaseRepaired));
        CHECK(noted->at(0).type == static_cast<std::uint8_t>(exchange::AuditType::DeviceUnlocked));
    }
    auto& device = *opened;
    CHECK(lost == original.sealed.size() - expected.size());
    REQUIRE_FALSE(device->recipients.empty());
    if (!device->bundle) {
        ++seen.without_bundle;
        CHECK(device->without_bundle().can_send);
    }
    if (device->store->records().counts()->waiting > 0)
        REQUIRE(kiosk::send(ready(), *device, deployment.to_outbox(), no_report));
    const auto arrived = exported(deployment, *device);
    for (const auto& name : expected) {
        INFO(name);
        if (!arrived.contains(name)) {  // it left before, and nothing was repaired: its batch is still there
            CHECK(device->store->records().read(std::string_view(name)).value() == original.sealed.at(name));
            continue;
        }
        CHECK(arrived.at(name) == original.sealed.at(name));
    }
    if (device->bundle) return;
    const auto stick = deployment.path() / "stick";
    fs::create_directory(stick);
    CHECK(app::device::find_bundle(ready(), *device, {stick}).error() == DeviceError::NoBundle);
    write(stick / exchange::bundle_file_name(1), crypto::as_text(original.bundle));
    CHECK(app::device::find_bundle(ready(), *device, {stick}));
    CHECK(device->bundle != nullptr);
    fs::remove_all(stick);
}

void flip(const fs::path& file, std::size_t at) {
    auto bytes = read(file);
    REQUIRE(at < bytes.size());
    bytes[at] = static_cast<char>(bytes[at] ^ 0x40);
    write(file, bytes);
}

void every_page(std::size_t step) {
    const Original original;
    const auto pages = fs::file_size(original.database()) / page;
    Seen seen;
    std::size_t flipped = 0;
    for (std::size_t number = 0; number < pages; number += step) {
        INFO("page " << number + 1 << " of " << pages);
        original.restore();
        flip(original.database(), number * page + 10);  // of the first page: the salt of all of them
        const auto on_others =
            number == 0
                ? original.all()
                : original.names_of(support::readable(ready(), original.database(), original.key, original.leaves));
        all_comes_out(original, on_others, seen);
        ++flipped;
    }
    std::printf(
        "P17 pages of a device: %zu of %zu damaged one at a time: %zu repairs, %zu records on the page itself, "
        "bundle lost %zu times, people %zu times; everything else came out\n",
        flipped, static_cast<std::size_t>(pages), seen.repaired, seen.records_lost, seen.without_bundle,
        seen.without_people);
    CHECK(seen.without_bundle > 0);
    CHECK(seen.repaired > seen.without_bundle);
}

}  // namespace

TEST_CASE("Any one damaged page of a device costs what lies on it and nothing else", "[long]") {
    every_page(7);
}

TEST_CASE("Every page of a device, damaged one at a time, costs what lies on it and nothing else", "[.every]") {
    every_page(1);
}

TEST_CASE("The first page of a device costs no record, wherever in it the damage is") {
    const Original original;
    Seen seen;
    for (const std::size_t at : {0U, 15U, 16U, 40U, 2000U, 4095U}) {
        INFO(at);
        original.restore();
        flip(original.database(), at);
        all_comes_out(original, original.all(), seen);
    }
}

TEST_CASE("A damaged copy of the key slots, recovery file or salt costs nothing") {
    const Original original;
    Seen seen;
    for (const auto name : {store::slots_file, store::slots_copy_file, store::recovery_file, store::salt_file}) {
        const auto size = original.files.at(std::string(name)).size();
        for (const auto at : {std::size_t{0}, size / 2, size - 1}) {
            INFO(name << " at " << at);
            original.restore();
            flip(original.deployment.state() / name, at);
            all_comes_out(original, original.all(), seen);
        }
    }
    CHECK(seen.repaired == 0);
}

TEST_CASE("Of a device's database that was cut to half, every record in that half comes out") {
    const Original original;
    original.restore();
    const auto half = fs::file_size(original.database()) / page / 2 * page;
    auto zeroed = read(original.database());
    std::fill(zeroed.begin() + static_cast<std::ptrdiff_t>(half), zeroed.end(), '\0');
    write(original.deployment.path() / "zeroed", zeroed);
    const auto before_the_cut =
        support::readable(ready(), original.deployment.path() / "zeroed", original.key, original.leaves);
    fs::resize_file(original.database(), half);
    REQUIRE(kiosk::Device::unlock(ready(), original.deployment.places(), std::nullopt, today()).error() ==
            DeviceError::StoreDamaged);
    const auto repaired = app::device::repair(ready(), original.deployment.places(), std::nullopt, {});
    REQUIRE(repaired);
    CHECK(repaired->kept == before_the_cut.size());
    auto device = kiosk::Device::unlock(ready(), original.deployment.places(), std::nullopt, today());
    REQUIRE(device);
    CHECK(device->store->records().counts()->waiting == repaired->kept);
    if (repaired->kept > 0) REQUIRE(kiosk::send(ready(), *device, original.deployment.to_outbox(), no_report));
    CHECK(exported(original.deployment, *device).size() == repaired->kept);
}

TEST_CASE("A transaction that was cut off, with a journal that is damaged anywhere, costs no record that was there") {
    const Original original;
    // The journal as SQLite leaves it while a record is being added, when the power goes before the end.
    original.restore();
    const auto journal = original.database().string() + "-journal";
    std::string cut_database;
    std::string cut_journal;
    {
        const auto folder = store::StateFolder::open(original.deployment.state());
        REQUIRE(folder);
        auto database = app::database::Database::open_damaged(ready(), original.database(), original.key);
        REQUIRE(database);
        auto transaction = app::database::Transaction::begin(*database);
        REQUIRE(transaction);
        // More than the cache holds, so that pages are written before the end.
        REQUIRE(database->run("INSERT INTO value(name, digest, bytes) VALUES('x', x'', zeroblob(4000000))"));
        cut_database = read(original.database());
        cut_journal = read(journal);
    }
    REQUIRE(cut_journal.size() > page);
    Seen seen;
    for (std::size_t at = 0; at < cut_journal.size(); at += cut_journal.size() / 6) {
        INFO("byte " << at << " of the journal");
        original.restore();
        write(original.database(), cut_database);
        write(journal, cut_journal);
        if (at > 0) flip(journal, at);
        all_comes_out(original, original.all(), seen);
    }
}
