// The way back of a batch while the disk fails: receipts written at the desk, taken in on the device, and what may go
// because of them.
#include "app/device/receipts.hpp"

#include "app/deployment/receipts.hpp"
#include "app/deployment/replies.hpp"
#include "app/exchange/receipt.hpp"
#include "tests/fault/desk.hpp"

namespace fault {
namespace {

using test::Deployment;
using test::ready;
namespace fs = test::fs;
namespace exchange = app::exchange;
namespace store = app::store;

const auto never_stop = [](std::uint64_t, std::uint64_t) { return true; };

fs::path receipt_stick(const Deployment& deployment) {
    return deployment.path() / "usb";
}

crypto::ReceiptSecretKey receipt_key(const fs::path& keys) {
    auto key = crypto::ReceiptSecretKey::parse(ready(), crypto::as_bytes(test::read(keys / "receipt.key")));
    REQUIRE(key);
    return std::move(*key);
}

/// Two screenings are sent, and what the coordinators say of it lies on the stick.
void bring_receipt(const Deployment& deployment) {
    auto device = deployment.open();
    for (const char record : {'a', 'b'}) REQUIRE(app::kiosk::seal(ready(), device, test::order(record, 1, "{}")));
    REQUIRE(app::kiosk::send(ready(), device, deployment.to_outbox(), never_stop));
    const auto key = receipt_key(deployment.path() / "keys");
    const auto manifest = device.store->outbox().batch({1, 1})->bytes.manifest_sha256;
    const auto file =
        exchange::sign_receipt(ready(), {device.enrolment.device, 1, 1, manifest, {}, key.public_key()}, key);
    REQUIRE(file);
    test::write(receipt_stick(deployment) / exchange::receipt_file_name(ready(), *file), crypto::as_text(*file));
}

/// The same in a reply, which is all that lies there.
void bring_reply(const Deployment& deployment) {
    bring_receipt(deployment);
    std::vector<exchange::ReplyFile> files;
    for (const auto& entry : fs::directory_iterator(receipt_stick(deployment))) {
        const auto name = entry.path().filename().string();
        if (!exchange::is_receipt_file_name(name)) continue;
        const auto text = test::read(entry.path());
        files.push_back({name, {crypto::as_bytes(text).begin(), crypto::as_bytes(text).end()}});
    }
    fs::remove(receipt_stick(deployment) / files.at(0).name);
    auto device = deployment.open();
    const auto secret = device.store->outbox().way_back({1, 1});
    REQUIRE((secret && *secret));
    const auto reply = exchange::make_reply(ready(), (*secret)->view(), files);
    REQUIRE(reply);
    test::write(receipt_stick(deployment) / *exchange::reply_file_name(ready(), (*secret)->view()),
                crypto::as_text(*reply));
}

store::Now moment_after(std::chrono::hours running) {
    return {test::today() + running, running, 1};
}

bool take_from_stick(const Deployment& deployment, const std::function<void()>& begin) {
    auto device = deployment.open();
    begin();
    return app::device::take_receipts(ready(), device, {receipt_stick(deployment)}, moment_after(std::chrono::hours(0)))
        .has_value();
}

bool erase_held(const Deployment& deployment, const std::function<void()>& begin) {
    auto device = deployment.open();
    const std::chrono::days hold(device.bundle->policy.hold_days + 1);
    begin();
    app::device::erase_confirmed(ready(), device, moment_after(hold));
    const auto counts = device.store->records().counts();
    return counts && counts->erased == 2;
}

std::size_t answerable(const Deployment& deployment) {
    return deployment.open().store->outbox().answerable()->size();
}

/// All of the batch or nothing of it, and what is not erased is whole.
store::Counts counts_of(const Deployment& deployment) {
    auto device = deployment.open();
    const auto counts = *device.store->records().counts();
    CHECK(counts.waiting == 0);
    CHECK((counts.batched == 0 || counts.batched == 2));
    CHECK((counts.receipted == 0 || counts.receipted == 2));
    CHECK(counts.batched + counts.receipted + counts.erased == 2);
    for (const auto& row : device.store->records().kept_rows()->rows)
        CHECK_FALSE(device.store->records().read(row.id)->empty());
    return counts;
}

void is_taken(const Deployment& deployment, Told told) {
    const auto counts = counts_of(deployment);
    if (told == Told::Done) CHECK(counts.confirmed() == 2);
    CHECK(take_from_stick(deployment, [] {}));
    CHECK(counts_of(deployment).confirmed() == 2);
}

Scenario take_receipt() {
    return {"taking a receipt in", bring_receipt, take_from_stick, is_taken};
}

Scenario take_reply() {
    return {"taking a reply in", bring_reply, take_from_stick, is_taken};
}

Scenario erase_confirmed() {
    return {"erasing what was confirmed",
            [](const Deployment& deployment) {
                bring_receipt(deployment);
                CHECK(take_from_stick(deployment, [] {}));
            },
            erase_held,
            [](const Deployment& deployment, Told told) {
                const auto counts = counts_of(deployment);
                CHECK(counts.confirmed() == 2);
                if (told == Told::Done) CHECK(counts.erased == 2);
                CHECK(answerable(deployment) == (counts.erased == 0 ? 1 : 0));  // with the last row, in one step
                CHECK(erase_held(deployment, [] {}));
                CHECK(counts_of(deployment).erased == 2);
                CHECK(answerable(deployment) == 0);
            }};
}

/// One that is whole, or none, in both places.
bool issue(const Deployment& at, const std::function<void()>& begin) {
    const auto key = receipt_key(desk::root(at) / "keys");
    app::casebook::ImportReport report;
    report.device = std::string(32, 'd');
    report.epoch = report.sequence = 1;
    const auto receipt = desk::must(app::deployment::issue_receipt(ready(), report, {}, key));
    begin();
    for (const auto& folder : {desk::place(at), desk::root(at)})
        if (!app::deployment::put_receipt(folder, receipt)) return false;
    return true;
}

void receipts_are_whole(const Deployment& at, std::size_t least) {
    const std::array pinned{receipt_key(desk::root(at) / "keys").public_key()};
    std::size_t whole = 0;
    for (const auto& folder : {desk::place(at), desk::root(at)})
        for (const auto& entry : fs::directory_iterator(folder)) {
            if (!exchange::is_receipt_file_name(entry.path().filename().string())) continue;
            CHECK(exchange::load_receipt(ready(), crypto::as_bytes(test::read(entry.path())), pinned));
            ++whole;
        }
    CHECK(whole >= least);
}

// ---- replies, of two coordinators on one stick

crypto::Bytes return_of_reply() {
    return crypto::Bytes(crypto::return_secret_size, std::byte{7});
}

exchange::ReplyFile receipt_by(const crypto::ReceiptSecretKey& key) {
    app::casebook::ImportReport report;
    report.device = std::string(32, 'd');
    report.epoch = report.sequence = 1;
    auto receipt = desk::must(app::deployment::issue_receipt(ready(), report, {}, key));
    return {std::move(receipt.name), std::move(receipt.file)};
}

/// The reply of the first one is there, in the second of the places.
void first_has_answered(const Deployment& at) {
    desk::take_programme(at);
    const auto other = crypto::ReceiptSecretKey::generate(ready());
    REQUIRE(other);
    REQUIRE(app::deployment::put_reply(ready(), desk::root(at), return_of_reply(), {receipt_by(*other)}));
}

bool answer(const Deployment& at, const std::function<void()>& begin) {
    const auto one = receipt_by(receipt_key(desk::root(at) / "keys"));
    begin();
    for (const auto& folder : {desk::place(at), desk::root(at)})
        if (!app::deployment::put_reply(ready(), folder, return_of_reply(), {one})) return false;
    return true;
}

/// One that is whole, or none; and what the first one answered is never lost.
void replies_are_whole(const Deployment& at, bool done) {
    const auto name = *exchange::reply_file_name(ready(), return_of_reply());
    const auto receipts_in = [&](const fs::path& folder) -> std::size_t {
        if (!fs::exists(folder / name)) return 0;
        const auto files =
            exchange::load_reply(ready(), return_of_reply(), crypto::as_bytes(test::read(folder / name)));
        REQUIRE(files);
        return files->size();
    };
    const auto alone = receipts_in(desk::place(at));
    const auto both = receipts_in(desk::root(at));
    CHECK((alone == 1 || (alone == 0 && !done)));
    CHECK((both == 2 || (both == 1 && !done)));
}

}  // namespace

std::vector<Scenario> receipt_scenarios() {
    return {take_receipt(), take_reply(), erase_confirmed()};
}

Scenario write_reply() {
    return desk::scenario("writing a reply", first_has_answered, answer, [](const Deployment& at, Told told) {
        replies_are_whole(at, told == Told::Done);
        CHECK(answer(at, [] {}));
        replies_are_whole(at, true);
    });
}

Scenario issue_receipt() {
    return desk::scenario("issuing a receipt", desk::take_programme, issue, [](const Deployment& at, Told told) {
        receipts_are_whole(at, told == Told::Done ? 2 : 0);
        CHECK(issue(at, [] {}));
        receipts_are_whole(at, 2);
    });
}

}  // namespace fault
