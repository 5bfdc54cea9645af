// A machine that takes deliveries in opens their outer layer, and nothing else that a kiosk ever seals.
#include "app/device/brought_differences.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "crypto/open/open.hpp"
#include "tests/kiosk/brought_kiosk.hpp"

using namespace test;

namespace {

struct IntakeMachine {
    crypto::open::Identity identity = *crypto::open::Identity::generate(ready());

    [[nodiscard]] std::string text(const std::string& label = "Entrada") const {
        return "# intake " + label + "\n" + identity.recipient().to_string() + "\n";
    }
    [[nodiscard]] bool opens(crypto::ByteView sealed) const {
        const auto plain = crypto::open::open(ready(), sealed, std::span(&identity, 1));
        if (!plain) CHECK(plain.error() == crypto::Error::NoMatch);
        return plain.has_value();
    }
};

/// What one delivery is to the machine: it verifies as any batch does, and holds nothing that opens.
void check_delivery(const Deployment& deployment, const IntakeMachine& machine, const std::string& file) {
    const auto path = deployment.outbox() / file;
    CHECK(stanzas(read(path)) == 5);
    const auto batch =
        exchange::open_batch(ready(), path, std::span(&machine.identity, 1), deployment.pinned(), today());
    REQUIRE(batch);
    CHECK(batch->records.size() == 1);
    CHECK_FALSE(batch->audit.empty());
    std::size_t looked_at = 0;
    const auto done = exchange::read_members(ready(), *batch, [&](const auto&, crypto::ByteView sealed) {
        CHECK_FALSE(machine.opens(sealed));
        CHECK(stanzas(crypto::as_text(sealed)) == 5);
        ++looked_at;
        return true;
    });
    CHECK(done);
    CHECK(looked_at == batch->records.size() + batch->audit.size());
}

}  // namespace

TEST_CASE("An intake machine opens the deliveries of a kiosk, and no record, note or key of it") {
    const Deployment deployment;
    const IntakeMachine machine;
    deployment.install_bundle_with("intake.txt", machine.text());
    std::string sent_file;
    {
        auto device = deployment.open();
        REQUIRE(device.bundle);
        CHECK(device.recipients.size() == 2);
        CHECK(device.batch_recipients.size() == 3);
        REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
        for (const auto& row : waiting(device)) {
            const auto sealed = device.store->records().read(row.id);
            REQUIRE(sealed);
            CHECK_FALSE(machine.opens(*sealed));
        }
        const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
        REQUIRE(sent);
        sent_file = sent->file;
    }
    check_delivery(deployment, machine, sent_file);
    const auto recovery = read(deployment.state() / "recovery.age");
    CHECK_FALSE(machine.opens(crypto::as_bytes(recovery)));
    CHECK_FALSE(opened(deployment, crypto::as_bytes(recovery)).empty());  // as coordinators open it
}

TEST_CASE("A kiosk whose bundle is lost goes on to seal its deliveries to the intake machine, and nothing else to it") {
    const Deployment deployment;
    const IntakeMachine machine;
    deployment.install_bundle_with("intake.txt", machine.text());
    {
        auto device = deployment.open();  // keeps the excerpt
        REQUIRE(kiosk::seal(ready(), device, order('b', 1, "{}")));
    }
    deployment.lose_bundle();
    std::string sent_file;
    {
        auto device = deployment.open();
        REQUIRE_FALSE(device.bundle);
        const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), no_report);
        REQUIRE(sent);
        sent_file = sent->file;
    }
    check_delivery(deployment, machine, sent_file);
}

TEST_CASE("Whoever takes a bundle in is told which machine takes deliveries in, and when it does not any more") {
    const BroughtKiosk kiosk;
    const IntakeMachine machine;
    kiosk.put("bundle-2.amparo", kiosk.deployment.bundle_with("intake.txt", machine.text()));
    const auto next = exchange::load_bundle(ready(), crypto::as_bytes(kiosk.next_bundle(2)),
                                            {kiosk.deployment.programme_key().public_key()});
    auto open = kiosk.deployment.open();
    const auto brought = kiosk.look(open);
    REQUIRE(brought.news.bundle);
    CHECK(brought.news.bundle->intake_added == "Entrada");
    CHECK(brought.news.bundle->intake_removed.empty());
    CHECK(brought.news.bundle->readers_added.empty());
    REQUIRE(device::accept_news(ready(), open, brought));
    CHECK(open.batch_recipients.size() == open.recipients.size() + 1);
    REQUIRE(next);
    const auto news = device::bundle_news(open.bundle.get(), *next, {});
    CHECK(news.intake_added.empty());
    CHECK(news.intake_removed == "Entrada");
}
