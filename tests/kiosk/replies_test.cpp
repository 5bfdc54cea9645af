// Replies on a stick: the one that answers a batch of this device is found among any others and opened; what lies in it
// goes the ways that it goes plainly, and nothing is believed for having lain there.
#include "app/device/replies.hpp"

#include <set>

#include "app/exchange/open/batch_open.hpp"
#include "crypto/open/open.hpp"
#include "tests/kiosk/sent_kiosk.hpp"

using namespace test;
using exchange::ReplyFile;

namespace {

/// The same kiosk, and the replies to it.
struct AnsweredKiosk : SentKiosk {
    explicit AnsweredKiosk(const Before& before = {}) : SentKiosk(before) {}
    [[nodiscard]] crypto::SecretBytes way_back(store::BatchKey batch = {1, 1}) const {
        auto secret = device.store->outbox().way_back(batch);
        REQUIRE((secret && *secret));
        return std::move(**secret);
    }
    [[nodiscard]] ReplyFile signed_receipt(const exchange::Receipt& of, const crypto::ReceiptSecretKey& key) const {
        auto file = exchange::sign_receipt(ready(), of, key);
        REQUIRE(file);
        return {exchange::receipt_file_name(ready(), *file), std::move(*file)};
    }
    [[nodiscard]] ReplyFile signed_receipt() const { return signed_receipt(receipt(), receipt_key(deployment)); }
    [[nodiscard]] std::string reply_name() const { return *exchange::reply_file_name(ready(), way_back().view()); }
    void answer(std::vector<ReplyFile> files) const {
        const auto reply = exchange::make_reply(ready(), way_back().view(), std::move(files));
        REQUIRE(reply);
        write(stick / reply_name(), crypto::as_text(*reply));
    }
    [[nodiscard]] device::Brought look() {
        auto brought = device::look_for_news(ready(), device, {stick});
        REQUIRE(brought);
        return std::move(*brought);
    }
};

ReplyFile file_of(const std::string& name, const std::string& content) {
    const auto bytes = crypto::as_bytes(content);
    return {name, {bytes.begin(), bytes.end()}};
}

}  // namespace

TEST_CASE("A reply confirms what was sent as a receipt does, and those to others are passed over") {
    AnsweredKiosk kiosk;
    kiosk.answer({kiosk.signed_receipt()});
    const auto other = crypto::SecretBytes::random(ready(), crypto::return_secret_size);
    const auto theirs = exchange::make_reply(ready(), other->view(), {kiosk.signed_receipt()});
    write(kiosk.stick / *exchange::reply_file_name(ready(), other->view()), crypto::as_text(*theirs));
    write(kiosk.stick / "0123456789abcdef.reply", "anything");
    const auto taken = kiosk.take();
    CHECK(taken.confirmed == 3);
    CHECK(taken.refused.empty());
    CHECK(kiosk.counts().confirmed() == 3);
    CHECK(kiosk.noted(exchange::AuditType::ReceiptsTaken) == 1);
    CHECK(kiosk.take().confirmed == 0);
    const auto news = kiosk.look().news;
    CHECK_FALSE(news.any());
    CHECK(news.refused.empty());
}

TEST_CASE("A reply vouches for nothing: what lies in it is judged as if it lay there plainly") {
    AnsweredKiosk kiosk;
    const auto stranger = crypto::ReceiptSecretKey::generate(ready());
    auto never = kiosk.receipt();
    never.sequence = 2;
    auto device_of_others = kiosk.receipt();
    device_of_others.device = std::string(32, 'b');
    const auto key = receipt_key(kiosk.deployment);
    kiosk.answer({kiosk.signed_receipt(kiosk.receipt(), *stranger), kiosk.signed_receipt(never, key),
                  kiosk.signed_receipt(device_of_others, key), file_of("bundle-2.amparo", "no bundle"),
                  file_of(std::string(32, 'b') + "-2.amparo-cert", "no certificate")});
    const auto taken = kiosk.take();
    CHECK(taken.confirmed == 0);
    CHECK(has(taken, NotTaken::UnknownSigner));
    CHECK(has(taken, NotTaken::OtherBatch));
    CHECK(has(taken, NotTaken::OtherDevice));
    CHECK(kiosk.counts().batched == 3);
    const auto news = kiosk.look().news;
    CHECK_FALSE(news.any());
    CHECK(refused(news, NotTaken::Damaged));
    CHECK(refused(news, NotTaken::Cut, true));
}

TEST_CASE("A newer bundle and certificate in a reply are shown, taken and in force as plain ones are") {
    const auto end = today() + std::chrono::days(900);
    std::string bundle;
    std::string later;
    std::string certificate;
    AnsweredKiosk kiosk([&](const Deployment& deployment) {
        bundle = deployment.bundle_with("", "");
        later = deployment.bundle_with("", "", 3);
        certificate = deployment.certificate_file(2, end);
    });
    const auto name = kiosk.device.enrolment.device + "-2.amparo-cert";
    kiosk.answer({kiosk.signed_receipt(), file_of("bundle-2.amparo", bundle), file_of(name, certificate)});
    const auto brought = kiosk.look();
    REQUIRE(brought.news.bundle);
    CHECK(brought.news.bundle->sequence == 2);
    REQUIRE(brought.news.certificate);
    CHECK(std::chrono::sys_days(brought.news.certificate->until) == end);
    CHECK(brought.news.refused.empty());
    REQUIRE(device::accept_news(ready(), kiosk.device, brought));
    CHECK(kiosk.device.bundle->version.sequence == 2);
    CHECK(kiosk.device.certificate_end == end);
    CHECK(kiosk.take().confirmed == 3);
    CHECK_FALSE(kiosk.look().news.any());
    // The plain one that is newer is taken before the one in the reply.
    write(kiosk.stick / "bundle-4.amparo", later);
    REQUIRE(kiosk.look().news.bundle);
    CHECK(kiosk.look().news.bundle->sequence == 4);
}

TEST_CASE("A damaged reply is said to be once, and what only has its name is never followed, opened or waited for") {
    AnsweredKiosk kiosk;
    kiosk.answer({kiosk.signed_receipt()});
    const auto file = kiosk.stick / kiosk.reply_name();
    auto damaged = read(file);
    const auto whole = damaged;
    damaged[1000] ^= 1;
    write(file, damaged);
    CHECK(has(kiosk.take(), NotTaken::Damaged));
    CHECK(kiosk.look().news.refused.empty());
    fs::remove(file);
    write(kiosk.deployment.path() / "outside", whole);
    fs::create_symlink(kiosk.deployment.path() / "outside", file);
    const auto linked = kiosk.take();
    CHECK(linked.confirmed == 0);
    CHECK(has(linked, NotTaken::NotPlain));
    fs::remove(file);
    fs::create_directory(file);
    CHECK(has(kiosk.take(), NotTaken::NotPlain));
    CHECK(kiosk.counts().batched == 3);
}

TEST_CASE("RETURN of a batch is kept until all of it was erased, and others are kept beside it") {
    AnsweredKiosk kiosk;
    REQUIRE(kiosk::seal(ready(), kiosk.device, order('d', 1, "{}")));
    REQUIRE(kiosk::send(ready(), kiosk.device, kiosk.deployment.to_outbox(), no_report));
    CHECK(kiosk.device.store->outbox().answerable()->size() == 2);
    CHECK_FALSE(kiosk.way_back({1, 1}).equals(kiosk.way_back({1, 2}).view()));
    kiosk.answer({kiosk.signed_receipt()});
    CHECK(kiosk.take().confirmed == 3);
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.device.store->outbox().answerable()->size() == 2);  // held: it may still be written again
    kiosk.pass(std::chrono::days(kiosk.device.bundle->policy.hold_days + 1));
    device::erase_confirmed(ready(), kiosk.device, kiosk.now);
    CHECK(kiosk.counts().erased == 3);
    const auto left = kiosk.device.store->outbox().answerable();
    REQUIRE(left->size() == 1);
    CHECK(left->front() == store::BatchKey{1, 2});
    CHECK_FALSE(*kiosk.device.store->outbox().way_back({1, 1}));
    CHECK(kiosk.take().refused.empty());  // nobody's by now
}

TEST_CASE("A batch that is written again is the same inside, with the same RETURN") {
    AnsweredKiosk kiosk;
    REQUIRE(kiosk::send(ready(), kiosk.device, kiosk.deployment.to_outbox(true), no_report));
    const auto identities = kiosk.deployment.coordinator();
    const auto programme = crypto::DeploymentPublicKey::parse(kiosk.device.enrolment.deployment_key);
    std::set<std::string> inside;
    for (const auto& name : kiosk.deployment.batches()) {
        const auto sealed = read(kiosk.deployment.outbox() / name);
        const auto plain = crypto::open::open_bytes(ready(), crypto::as_bytes(sealed), {identities, {}});
        REQUIRE(plain);
        inside.insert(crypto::to_hex(crypto::sha256(ready(), *plain)));
        const auto batch =
            exchange::open_batch(ready(), kiosk.deployment.outbox() / name, identities, *programme, today());
        REQUIRE(batch);
        REQUIRE(batch->way_back);
        CHECK(batch->way_back->equals(kiosk.way_back().view()));
    }
    CHECK(kiosk.deployment.batches().size() == 2);
    CHECK(inside.size() == 1);
}
