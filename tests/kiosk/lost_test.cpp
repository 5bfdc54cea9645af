// A device that lost its bundle or everybody who leads a shift: records leave, the bundle comes back only as the
// deployment signed it and never older, and who makes a lead anew is in the audit.
#include <sys/stat.h>

#include "app/device/brought.hpp"
#include "app/device/people.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/exchange/ustar.hpp"
#include "app/kiosk/effect_runner.hpp"
#include "tests/kiosk/held_kiosk.hpp"

using namespace test;
using session::DeviceError;
namespace exchange = app::exchange;

namespace {

std::vector<session::Answer> carry_out(const Deployment& deployment, std::vector<session::Effect> effects) {
    kiosk::EffectRunner runner(ready(), deployment.places(), [] {});
    for (auto& effect : effects) runner.run(std::move(effect));
    std::vector<session::Answer> events;
    while (runner.wait_for_event())
        for (auto& event : runner.take()) events.push_back(std::move(event));
    return events;
}

std::size_t noted(kiosk::Device& device, exchange::AuditType type) {
    std::size_t count = 0;
    const auto rows = device.store->audit().rows(1000);
    REQUIRE(rows);
    for (const auto& row : *rows) count += row.type == static_cast<std::uint8_t>(type);
    return count;
}

/// The present ones, one line less.
std::string referrals(const Deployment& deployment) {
    const auto bundle = deployment.open().store->bundle().installed();
    REQUIRE(bundle);
    const auto members = exchange::read_ustar(bundle->bytes, {1'000, 1U << 24, 1U << 26});
    REQUIRE(members);
    for (const auto& [name, content] : *members) {
        if (name != "referrals.csv") continue;
        const std::string text(crypto::as_text(content));
        return text.substr(0, text.rfind('\n', text.size() - 2) + 1);
    }
    return {};
}

}  // namespace

TEST_CASE("A device without its bundle exports what it keeps, and goes on once the bundle is there again") {
    const Deployment deployment;
    {
        auto device = deployment.open();
        for (const char record : {'a', 'b'}) REQUIRE(kiosk::seal(ready(), device, order(record, 1, "{}")));
    }
    const auto stick = deployment.stick();
    deployment.lose_bundle();
    std::vector<session::Effect> effects;
    effects.emplace_back(session::Unlock{});
    effects.emplace_back(deployment.to_outbox());
    effects.emplace_back(session::FindBundle{});  // the outbox has none
    auto events = carry_out(deployment, std::move(effects));
    const auto* lost = std::get_if<session::UnlockedWithoutBundle>(&events.front());
    REQUIRE(lost != nullptr);
    CHECK(lost->lost.why == DeviceError::NoBundle);
    CHECK(lost->lost.counts.waiting == 2);
    CHECK(lost->lost.sequence == 1);
    CHECK(lost->lost.can_send);
    const auto* none = std::get_if<session::BundleNotFound>(&events.back());
    REQUIRE(none != nullptr);
    CHECK(none->error == DeviceError::NoBundle);
    REQUIRE(deployment.batches().size() == 1);
    const auto batch = exchange::open_batch(ready(), deployment.outbox() / deployment.batches().front(),
                                            deployment.coordinator(), deployment.pinned(), today());
    REQUIRE(batch);
    CHECK(batch->records.size() == 2);

    fs::copy_file(stick / "bundle-1.amparo", deployment.outbox() / "bundle-1.amparo");
    effects.clear();
    effects.emplace_back(session::Unlock{});
    effects.emplace_back(session::FindBundle{});
    effects.emplace_back(order('c', 1, "{}"));
    events = carry_out(deployment, std::move(effects));
    REQUIRE(events.size() == 3);
    REQUIRE(std::holds_alternative<session::Unlocked>(events[1]));
    CHECK(std::get<session::Unlocked>(events[1]).setup.workers.size() == 3);
    CHECK(std::holds_alternative<session::Sealed>(events[2]));
    auto device = deployment.open();
    CHECK(device.bundle);
    CHECK(noted(device, exchange::AuditType::BundleReplaced) == 1);
}

TEST_CASE("A bundle that is older, changed or no plain file is refused, whatever its name says") {
    const Deployment deployment;
    const auto stick = deployment.stick();
    const auto second = deployment.bundle_with("referrals.csv", referrals(deployment));
    deployment.install_bundle_with("referrals.csv", referrals(deployment));
    REQUIRE(*deployment.open().store->bundle().sequence() == 2);
    REQUIRE(deployment.open().bundle);
    deployment.lose_bundle();
    auto device = deployment.open();
    REQUIRE_FALSE(device.bundle);
    const auto refused = [&](const std::string& name) {
        const auto found = app::device::find_bundle(ready(), device, {stick});
        INFO(name);
        REQUIRE_FALSE(found);
        CHECK_FALSE(device.bundle);
        return found.error();
    };
    CHECK(refused("an older one") == DeviceError::OldBundle);
    fs::rename(stick / "bundle-1.amparo", stick / "bundle-99.amparo");
    CHECK(refused("an older one under another name") == DeviceError::OldBundle);
    auto changed = second;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    write(stick / "bundle-99.amparo", changed);
    CHECK(refused("a changed one") == DeviceError::BadBundle);
    fs::remove(stick / "bundle-99.amparo");
    REQUIRE(mkfifo((stick / "bundle-3.amparo").c_str(), 0600) == 0);
    fs::create_directory(stick / "bundle-4.amparo");
    fs::create_symlink("/dev/zero", stick / "bundle-5.amparo");
    CHECK(refused("no plain file") == DeviceError::BadBundle);
    for (const auto* name : {"bundle-.amparo", "bundle-01.amparo", "bundle-0.amparo", "bundle-1.amparo.age"})
        CHECK_FALSE(exchange::bundle_file_sequence(name));
}

TEST_CASE("Other files that are called like a newer bundle do not hide the genuine one") {
    const Deployment deployment;
    const auto stick = deployment.stick();
    const auto genuine = read(stick / "bundle-1.amparo");
    auto cut = genuine;
    cut[cut.size() / 2] = static_cast<char>(cut[cut.size() / 2] ^ 1);
    for (int i = 0; i < 200; ++i)
        write(stick / ("bundle-" + std::to_string(1000 + i) + ".amparo"), i % 10 == 0 ? cut : std::string("x"));
    deployment.lose_bundle();
    auto device = deployment.open();
    REQUIRE_FALSE(device.bundle);
    CHECK(app::device::find_bundle(ready(), device, {stick}));
    CHECK(device.bundle);
}

TEST_CASE("A stick with more files than are looked at is said to have too many") {
    const Deployment deployment;
    deployment.lose_bundle();
    const auto stick = deployment.path() / "stick";
    fs::create_directory(stick);
    for (int i = 0; i < 10'000; ++i) write(stick / ("bundle-" + std::to_string(1000 + i) + ".amparo"), "");
    auto device = deployment.open();
    const auto found = app::device::find_bundle(ready(), device, {stick});
    REQUIRE_FALSE(found);
    CHECK(found.error() == DeviceError::TooManyBundles);
}

TEST_CASE("Where nobody leads, a first lead can be made once, and the audit says so") {
    const Deployment deployment;
    deployment.lose_people();
    auto device = deployment.open();
    const auto setup = device.setup(today());
    REQUIRE(setup);
    CHECK(setup->workers.empty());
    const session::SaveWorker no_lead{{{4}, store::Role::Shelter}, secret("246802"), true};
    CHECK_FALSE(app::device::add_worker(ready(), device, no_lead.worker, no_lead.pin, no_lead.first_lead));
    const session::SaveWorker first{{{5}, store::Role::ShiftLead}, secret("246802"), true};
    REQUIRE(app::device::add_worker(ready(), device, first.worker, first.pin, first.first_lead));
    CHECK(noted(device, exchange::AuditType::LeadMade) == 1);
    CHECK(noted(device, exchange::AuditType::WorkerAdded) == 0);
    const session::SaveWorker second{{{6}, store::Role::ShiftLead}, secret("246802"), true};
    CHECK_FALSE(app::device::add_worker(ready(), device, second.worker, second.pin, second.first_lead));
    CHECK(device.store->people().workers()->size() == 1);
}

TEST_CASE("The screens lead from a device without people to a first lead who signs in, in both languages") {
    for (const auto* language : {"es", "en"}) {
        const Deployment deployment;
        deployment.lose_people();
        const auto file = deployment.path() / "lead.journey";
        std::string steps = "wait pin.ok\nscreen lead.number\ntap pin.ok\nscreen people.pin\n";
        for (int twice = 0; twice < 2; ++twice) {
            for (const char digit : std::string_view("246802")) steps += std::string("tap pin.") + digit + "\n";
            steps += "tap pin.ok\n";
        }
        // It has never sealed anything: a test goes first, or later.
        write(file, steps + "screen test_record\nwait test_record.later\ntap test_record.later\nwait who.1\n");
        const auto ran =
            deployment.drive_kiosk("--headless --lang " + std::string(language) + " --tour '" + file.string() + "'");
        INFO(language << "\n" << ran.err);
        CHECK(ran.code == 0);
    }
}

TEST_CASE("The screens lead from a lost bundle over sending to the next screening, in both languages") {
    for (const auto* language : {"es", "en"}) {
        const Deployment deployment;
        {
            auto device = deployment.open();
            REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
        }
        fs::copy_file(deployment.stick() / "bundle-1.amparo", deployment.outbox() / "bundle-1.amparo");
        deployment.lose_bundle();
        const auto file = deployment.path() / "lost.journey";
        write(file,
              "wait bundle_lost.look\nscreen bundle_lost\ntap bundle_lost.send\nwait send.to.0\ntap send.to.0\n"
              "wait send.home\ntap send.home\nwait bundle_lost.look\ntap bundle_lost.look\nwait who.1\n" +
                  sign_in_steps() + "tap home.new\nwait pick.es\n");
        const auto ran =
            deployment.drive_kiosk("--headless --lang " + std::string(language) + " --tour '" + file.string() + "'");
        INFO(language << "\n" << ran.err);
        CHECK(ran.code == 0);
        CHECK(deployment.batches().size() == 2);  // the batch, beside the bundle
    }
}
