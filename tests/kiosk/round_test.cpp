// The whole round with the real programs and files: sealed, sent, imported, confirmed, held, erased; and both sides
// count the same all along, whatever is lost, comes twice or is made up on the way.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "app/device/receipts.hpp"
#include "app/exchange/receipt.hpp"
#include "app/exchange/reply.hpp"
#include "tests/kiosk/sent_kiosk.hpp"

using namespace test;

namespace {

/// One kiosk and one coordinator, who carries sticks between them.
struct Round {
    Deployment deployment;
    kiosk::Device device;
    store::Now now{today(), std::chrono::hours(1), 1};

    /// Receipts wait for a backup.
    explicit Round(const Before& before = {}) : device(open_after(before, deployment)) {
        const auto root = deployment.path();
        REQUIRE(
            deployment.run_amparo("casebook backup '" + root.string() + "' -o '" + (root / "backup.age").string() + "'")
                .code == 0);
    }
    fs::path stick(const std::string& name) const {
        const auto folder = deployment.path() / name;
        fs::create_directory(folder);
        return folder;
    }
    void seal(char record) { REQUIRE(kiosk::seal(ready(), device, order(record, 1, "{}"))); }
    void send_to(const fs::path& folder) {
        session::Place place;
        place.path = folder.string();
        REQUIRE(kiosk::send(ready(), device, {place, false}, no_report));
    }
    /// What lies on the stick is imported; gives what is said of each batch.
    nlohmann::json import(const fs::path& folder, const std::string& more = "") const {
        std::string batches;
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".age") batches += " '" + entry.path().string() + "'";
        const auto ran = deployment.run_amparo("import --json" + more + batches + " --casebook '" +
                                               (deployment.path() / "casebook/cases.db").string() + "'");
        INFO(ran.err);
        auto reports = nlohmann::json::parse(ran.out);
        REQUIRE_FALSE(reports.empty());
        return reports;
    }
    model::ReceiptNews take(const fs::path& folder) {
        auto taken = device::take_receipts(ready(), device, {folder}, now);
        REQUIRE(taken);
        return std::move(*taken);
    }
    [[nodiscard]] store::Counts counts() const { return *device.store->records().counts(); }
    /// Different records that are in custody at the coordinator's.
    std::size_t in_custody = 0;
    void took(const nlohmann::json& reports) {
        for (const auto& report : reports)
            if (report["standing"] != "again") in_custody += report["records"].size();
    }
    void pass(std::chrono::days time) {
        now.wall += time;
        now.running += time;
        device::erase_confirmed(ready(), device, now);
    }
};

std::vector<fs::path> files_on(const fs::path& folder, bool (*wanted)(std::string_view name)) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (wanted(entry.path().filename().string())) found.push_back(entry.path());
    return found;
}

}  // namespace

TEST_CASE("Screenings are sent, imported, confirmed, held and erased, and both sides count the same") {
    Round round;
    const auto stick = round.stick("stick");
    for (const char record : {'a', 'b', 'c'}) round.seal(record);
    CHECK(round.counts().waiting == 3);
    round.send_to(stick);
    CHECK(round.counts().batched == 3);
    round.took(round.import(stick));
    CHECK(round.in_custody == 3);
    CHECK(round.counts().confirmed() == 0);  // not before the stick is back
    REQUIRE(files_on(stick, exchange::is_reply_file_name).size() == 1);
    CHECK(files_on(stick, exchange::is_receipt_file_name).empty());
    CHECK(round.take(stick).confirmed == 3);
    CHECK(round.counts().confirmed() == round.in_custody);
    CHECK(round.counts().batched == 0);
    const std::chrono::days hold(round.device.bundle->policy.hold_days);
    round.pass(hold);
    CHECK(round.counts().erased == 0);
    round.pass(std::chrono::days(1));
    CHECK(round.counts().erased == round.in_custody);
    CHECK(round.counts().confirmed() == round.in_custody);
    CHECK(round.device.store->records().kept_rows()->rows.empty());
    // What comes after goes on as ever.
    round.seal('d');
    const auto next = round.stick("next");
    round.send_to(next);
    const auto reports = round.import(next);
    CHECK(reports.at(0)["standing"] == "in-order");
    round.took(reports);
    CHECK(round.take(next).confirmed == 1);
    CHECK(round.counts().confirmed() == round.in_custody);
}

TEST_CASE("A batch that was lost is not counted until it is found, and one that comes twice is counted once") {
    Round round;
    const auto lost = round.stick("lost");
    const auto second = round.stick("second");
    round.seal('a');
    round.seal('b');
    round.send_to(lost);
    round.seal('c');
    round.send_to(second);
    const auto gap = round.import(second);
    CHECK(gap.at(0)["standing"] == "gap");
    round.took(gap);
    CHECK(round.take(second).confirmed == 1);
    CHECK(round.counts().confirmed() == round.in_custody);
    CHECK(round.counts().batched == 2);
    round.pass(std::chrono::days(400));
    CHECK(round.counts().erased == 1);
    CHECK(round.counts().batched == 2);  // nothing that is on its way ever goes
    round.took(round.import(lost));
    round.took(round.import(second));  // replayed
    CHECK(round.take(second).confirmed == 0);
    CHECK(round.take(lost).confirmed == 2);
    CHECK(round.take(lost).confirmed == 0);
    CHECK(round.counts().confirmed() == round.in_custody);
    CHECK(round.counts().batched == 0);
}

TEST_CASE("A receipt that somebody made up, or changed on its way, confirms nothing") {
    Round round;
    const auto stick = round.stick("stick");
    round.seal('a');
    round.send_to(stick);
    round.took(round.import(stick, " --plain-receipts"));
    CHECK(files_on(stick, exchange::is_reply_file_name).empty());
    const auto file = files_on(stick, exchange::is_receipt_file_name).at(0);
    const auto real = read(file);
    const auto forged = crypto::ReceiptSecretKey::generate(ready());
    REQUIRE(forged);
    const exchange::Receipt claim{
        round.device.enrolment.device, 1, 1, round.device.store->outbox().batch({1, 1})->bytes.manifest_sha256, {},
        forged->public_key()};
    write(file, crypto::as_text(*exchange::sign_receipt(ready(), claim, *forged)));
    CHECK(round.take(stick).confirmed == 0);
    auto changed = real;
    changed.replace(changed.find("sequence 1"), 10, "sequence 2");
    write(file, changed);
    CHECK(round.take(stick).confirmed == 0);
    round.pass(std::chrono::days(400));
    CHECK(round.counts().batched == 1);
    write(file, real);
    CHECK(round.take(stick).confirmed == 1);
}

TEST_CASE("What the programme has for a kiosk comes back in the reply, sealed, and not once the kiosk has it") {
    std::string bundle;
    std::string certificate;
    Round round([&](const Deployment& deployment) {
        bundle = deployment.bundle_with("", "");
        certificate = deployment.certificate_file(2, today() + std::chrono::days(900));
    });
    const auto root = round.deployment.path();
    const auto stick = round.stick("stick");
    round.seal('a');
    round.send_to(stick);
    write(root / "bundle-2.amparo", bundle);
    fs::create_directories(root / "certificates");
    write(root / "certificates" / (round.device.enrolment.device + "-2.amparo-cert"), certificate);
    round.took(round.import(stick));
    const auto reply = files_on(stick, exchange::is_reply_file_name).at(0);
    CHECK(read(reply).find(round.device.enrolment.device) == std::string::npos);
    auto brought = device::look_for_news(ready(), round.device, {stick});
    REQUIRE((brought && brought->news.bundle && brought->news.certificate));
    REQUIRE(device::accept_news(ready(), round.device, *brought));
    CHECK(round.device.bundle->version.sequence == 2);
    CHECK(round.device.enrolment.epoch == 2);
    CHECK(round.take(stick).confirmed == 1);
    // The next batch has the new certificate; no screening of it says which bundle there is.
    const auto next = round.stick("next");
    round.seal('b');
    round.send_to(next);
    round.took(round.import(next));
    brought = device::look_for_news(ready(), round.device, {next});
    REQUIRE(brought);
    CHECK_FALSE(brought->news.any());
    CHECK(round.take(next).confirmed == 1);
}

TEST_CASE("A reply is written as the same file when its batch is imported again, and lost ones are written anew") {
    Round round;
    const auto stick = round.stick("stick");
    round.seal('a');
    round.send_to(stick);
    round.took(round.import(stick));
    const auto reply = files_on(stick, exchange::is_reply_file_name).at(0);
    const auto before = read(reply);
    const auto reports = round.import(stick);
    CHECK(reports.at(0)["receipt"] == reply.filename().string());
    CHECK(read(reply) == before);
    CHECK(read(round.deployment.path() / "casebook/receipts" / reply.filename()) == before);
    fs::remove(reply);
    round.import(stick);
    CHECK(read(reply) == before);
    // What somebody else put under its name is not replaced.
    write(reply, "mine");
    round.import(stick);
    CHECK(read(reply) == "mine");
}
