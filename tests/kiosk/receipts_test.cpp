// Receipts on a stick: those of pinned signers for this device's own batches are taken in, whoever is signed in; what
// they confirm goes after the hold, and nothing else on the stick changes anything.
#include "app/device/receipts.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <cstdio>

#include "app/kiosk/effect_runner.hpp"
#include "tests/kiosk/answered.hpp"
#include "tests/kiosk/sent_kiosk.hpp"

using namespace test;

TEST_CASE("A receipt on a stick confirms what was sent, once, and is noted with its count alone") {
    SentKiosk kiosk;
    kiosk.put(kiosk.receipt());
    const auto taken = kiosk.take();
    CHECK(taken.confirmed == 3);
    CHECK(taken.refused.empty());
    CHECK(kiosk.counts().confirmed() == 3);
    CHECK(kiosk.counts().batched == 0);
    CHECK(kiosk.noted(exchange::AuditType::ReceiptsTaken) == 1);
    const auto again = kiosk.take();
    CHECK(again.confirmed == 0);
    CHECK(again.refused.empty());
    CHECK(kiosk.noted(exchange::AuditType::ReceiptsTaken) == 1);
}

TEST_CASE("What is confirmed is erased when its hold is over, and noted with its count alone") {
    SentKiosk kiosk;
    kiosk.put(kiosk.receipt());
    kiosk.take();
    const std::chrono::days hold(kiosk.device.bundle->policy.hold_days);
    kiosk.pass(hold);
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.counts().erased == 0);
    kiosk.pass(std::chrono::days(1));
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.counts().erased == 3);
    CHECK(kiosk.noted(exchange::AuditType::ConfirmedErased) == 1);
    CHECK(kiosk.device.store->records().kept_rows()->rows.empty());
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.noted(exchange::AuditType::ConfirmedErased) == 1);
    REQUIRE(device::verify_audit(ready(), *kiosk.device.store));
}

TEST_CASE("What is confirmed is held for no more days than the policy keeps a case, and without a receipt it stays") {
    SentKiosk kiosk;
    auto bundle = std::make_shared<exchange::Bundle>(*kiosk.device.bundle);
    bundle->policy.hold_days = 300;
    bundle->policy.retention_days = 20;
    kiosk.device.bundle = bundle;
    kiosk.pass(std::chrono::days(400));
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.counts().batched == 3);
    kiosk.put(kiosk.receipt());
    kiosk.take();
    kiosk.pass(std::chrono::days(20));
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.counts().erased == 0);
    kiosk.pass(std::chrono::days(1));
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.counts().erased == 3);
}

TEST_CASE("Without a bundle nobody is pinned: no receipt is taken in, and nothing goes") {
    SentKiosk kiosk;
    kiosk.put(kiosk.receipt());
    kiosk.take();
    kiosk.pass(std::chrono::days(400));
    kiosk.device.bundle.reset();
    CHECK(kiosk.take().refused.empty());
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.counts().erased == 0);
}

TEST_CASE("A forged receipt, one of another device, or one for what was never sent is refused as what it is") {
    SentKiosk kiosk;
    const auto stranger = crypto::ReceiptSecretKey::generate(ready());
    REQUIRE(stranger);
    kiosk.put(kiosk.receipt(), *stranger);
    auto other = kiosk.receipt();
    other.device = std::string(32, 'b');
    kiosk.put(other);
    auto never = kiosk.receipt();
    never.sequence = 2;
    kiosk.put(never);
    auto changed = kiosk.receipt();
    changed.manifest[0] ^= std::byte{1};
    kiosk.put(changed);
    auto epoch = kiosk.receipt();
    epoch.epoch = 2;
    kiosk.put(epoch);
    write(kiosk.stick / "r-0000000000000000.receipt", "amparo-receipt 1\n");
    const auto receipts = std::count_if(fs::directory_iterator(kiosk.stick), {}, [](const fs::directory_entry& entry) {
        return exchange::is_receipt_file_name(entry.path().filename().string());
    });
    CHECK(receipts == 6);
    const auto taken = kiosk.take();
    CHECK(taken.confirmed == 0);
    CHECK(has(taken, NotTaken::UnknownSigner));
    CHECK(has(taken, NotTaken::OtherDevice));
    CHECK(has(taken, NotTaken::OtherBatch));
    CHECK(has(taken, NotTaken::Damaged));
    CHECK(taken.refused.size() == 4);
    CHECK(kiosk.counts().batched == 3);
    CHECK(kiosk.noted(exchange::AuditType::ReceiptsTaken) == 0);
    kiosk.put(kiosk.receipt());
    CHECK(kiosk.take().confirmed == 3);
    std::printf("P4 foreign receipts: %td kinds of them, nothing confirmed, erased or noted by any\n", receipts);
}

TEST_CASE("What only has the name of a receipt is never followed, opened or waited for") {
    SentKiosk kiosk;
    const auto outside = kiosk.deployment.path() / "outside";
    const auto file = exchange::sign_receipt(ready(), kiosk.receipt(), receipt_key(kiosk.deployment));
    write(outside, crypto::as_text(*file));
    fs::create_symlink(outside, kiosk.stick / "r-0000000000000001.receipt");
    fs::create_directory(kiosk.stick / "r-0000000000000002.receipt");
    REQUIRE(::mkfifo((kiosk.stick / "r-0000000000000003.receipt").c_str(), 0600) == 0);
    write(kiosk.stick / "r-0000000000000004.receipt", std::string(exchange::receipt_most_bytes + 1, 'x'));
    const auto taken = kiosk.take();
    CHECK(taken.confirmed == 0);
    CHECK(has(taken, NotTaken::NotPlain));
    CHECK(has(taken, NotTaken::Damaged));
    CHECK(kiosk.counts().batched == 3);
}

TEST_CASE("A record that a receipt refuses travels with the next batch") {
    SentKiosk kiosk;
    auto receipt = kiosk.receipt();
    receipt.refused = {{kiosk.device.store->outbox().batch({1, 1})->rows[0].sha256, exchange::RefusedWhy::Damaged}};
    kiosk.put(receipt);
    const auto taken = kiosk.take();
    CHECK(taken.confirmed == 2);
    CHECK(taken.again == 1);
    CHECK(kiosk.counts().waiting == 1);
    const auto sent = kiosk::send(ready(), kiosk.device, kiosk.deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 1);
}

TEST_CASE("A sending that was never said to be done holds up nothing when its batch has been confirmed and erased") {
    SentKiosk kiosk;
    kiosk.put(kiosk.receipt());
    kiosk.take();
    REQUIRE(kiosk.device.store->settings().set("send.unfinished", "1 1"));  // the power went before it was noted
    kiosk.pass(std::chrono::days(400));
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    REQUIRE(kiosk.counts().erased == 3);
    REQUIRE(kiosk::seal(ready(), kiosk.device, order('d', 1, "{}")));
    const auto sent = kiosk::send(ready(), kiosk.device, kiosk.deployment.to_outbox(), no_report);
    REQUIRE(sent);
    CHECK(sent->records == 1);
}

TEST_CASE("The kiosk takes receipts in when it looks for news and when it sends, and tells the counts") {
    const Deployment deployment;
    exchange::Receipt receipt{{}, 1, 1, {}, {}, receipt_key(deployment).public_key()};
    {
        auto device = deployment.open();
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
        REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
        receipt.device = device.enrolment.device;
        receipt.manifest = device.store->outbox().batch({1, 1})->bytes.manifest_sha256;
    }
    const auto file = exchange::sign_receipt(ready(), receipt, receipt_key(deployment));
    REQUIRE(file);
    const auto name = exchange::receipt_file_name(ready(), *file);
    write(deployment.outbox() / name, crypto::as_text(*file));
    kiosk::EffectRunner runner(ready(), deployment.places(), [] {});
    const auto answer = [&runner](session::Effect effect) { return answered(runner, std::move(effect)); };
    REQUIRE(std::holds_alternative<session::Unlocked>(answer(session::Unlock{})));
    const auto sent = answer(deployment.to_outbox());
    REQUIRE(std::holds_alternative<session::Sent>(sent));
    CHECK(std::get<session::Sent>(sent).receipts.confirmed == 1);
    CHECK(std::get<session::Sent>(sent).counts.confirmed() == 1);
    CHECK(std::get<session::Sent>(sent).counts.batched == 1);
    const auto found = answer(session::LookForNews{});
    REQUIRE(std::holds_alternative<session::NewsFound>(found));
    const auto& news = std::get<session::NewsFound>(found);
    CHECK(news.news.receipts.confirmed == 0);
    REQUIRE(news.counts);
    CHECK(news.counts->confirmed() == 1);
}
