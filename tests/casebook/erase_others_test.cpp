// Erasing one case takes nothing of anybody else's: neither what is kept of it nor what still comes.
#include "tests/casebook/support.hpp"

using app::casebook::ErasedFor;
using test::Deployment;
using test::Outcome;
using test::Standing;

namespace {

const std::string code = "radio-hotel-canal-482";
const test::Said other_visit{.danger = "strong", .code = "hotel-radio-canal-100"};

void erase_all(Deployment& deployment, const std::string& name, const std::string& device = {}) {
    auto& book = deployment.book();
    auto found = book.erasable(name, deployment.identities());
    REQUIRE(found);
    if (!device.empty()) std::erase_if(*found, [&](const auto& one) { return one.device != device; });
    REQUIRE_FALSE(found->empty());
    const auto traces = book.traces(*found, name, deployment.identities());
    REQUIRE(traces);
    REQUIRE(book.erase(*found, *traces, {ErasedFor::Request, test::today, {}, true}));
}

std::size_t listed(Deployment& deployment, const std::string& device) {
    std::size_t count = 0;
    for (const auto& one : deployment.cases())
        if (one.device == device && !one.withdrawn) ++count;
    return count;
}

}  // namespace

TEST_CASE("a record that names another device and its erased visit notes nothing of that device as erased") {
    Deployment deployment;
    auto kiosk = deployment.kiosk(7);
    auto other = deployment.kiosk(8);
    kiosk.add(1);
    kiosk.add(2, other_visit);
    deployment.import(kiosk);
    erase_all(deployment, code);
    other.add(2, {.device = kiosk.device()});
    other.add(3, {.device = kiosk.device()});
    CHECK(deployment.import(other).count(Outcome::OtherDevice) == 2);
    CHECK(deployment.book().erased()->size() == 1);
    auto later = other_visit;
    later.revision = 2;
    kiosk.add(2, later);
    kiosk.add(3, other_visit);
    const auto report = deployment.import(kiosk);
    CHECK(report.count(Outcome::Replaced) == 1);
    CHECK(report.count(Outcome::New) == 1);
    CHECK(listed(deployment, kiosk.device()) == 2);
}

TEST_CASE("a copied device that names an erased visit has nothing erased before it comes") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.add(2, other_visit);
    deployment.import(kiosk);
    auto copy = kiosk;
    erase_all(deployment, code);
    kiosk.add(9, other_visit);
    deployment.import(kiosk);
    copy.add(3);
    copy.add(2, {.revision = 7});
    const auto forked = deployment.import(copy);
    CHECK(forked.standing == Standing::Forked);
    CHECK(forked.count(Outcome::RevisionHeld) == 2);
    CHECK(deployment.book().erased()->size() == 1);
    auto later = other_visit;
    later.revision = 8;
    kiosk.add(2, later);
    kiosk.add(3, other_visit);
    CHECK(deployment.import(kiosk).count(Outcome::Erased) == 0);
    CHECK(listed(deployment, kiosk.device()) >= 3);
}

TEST_CASE("what comes of an erased visit before a batch that is missing is erased when that has come") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    erase_all(deployment, code);
    kiosk.add(4, other_visit);
    const auto missing = kiosk.batch(deployment.identities());
    kiosk.add(5);
    const auto report = deployment.import(kiosk);
    CHECK(report.standing == Standing::Gap);
    CHECK(report.count(Outcome::RevisionHeld) == 1);
    CHECK(deployment.import(missing).with(Outcome::Erased).size() == 1);
    CHECK(deployment.book().held()->empty());
    CHECK(deployment.book().erased()->size() == 2);
    CHECK(listed(deployment, kiosk.device()) == 1);
}

TEST_CASE("a record of another case that is listed is not erased because a later revision names an erased visit") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    kiosk.add(2, other_visit);
    deployment.import(kiosk);
    erase_all(deployment, code);
    kiosk.add(2, {.revision = 2});
    const auto report = deployment.import(kiosk);
    CHECK(report.records.front().outcome == Outcome::RevisionHeld);
    CHECK(report.records.front().detail == "other-case");
    CHECK(deployment.book().erased()->size() == 1);
    CHECK(listed(deployment, kiosk.device()) == 2);
}

TEST_CASE("a record under the id of a known device is refused") {
    Deployment deployment;
    auto kiosk = deployment.kiosk(7);
    auto other = deployment.kiosk(8);
    kiosk.add(1, other_visit);
    deployment.import(kiosk);
    auto text = other.json(2, {});
    text.replace(text.find(test::digits(2)), 32, kiosk.device());
    other.add_raw(text);
    const auto report = deployment.import(other);
    CHECK(report.records.front().outcome == Outcome::Malformed);
    CHECK(report.records.front().detail == "record: the id of a device");
}

TEST_CASE("erasing a case under another's device or record id takes no copy, refused file or coming bytes of theirs") {
    const bool as_device = GENERATE(true, false);
    Deployment deployment;
    auto kiosk = deployment.kiosk(7);
    auto hostile = deployment.kiosk(8);
    const auto text = kiosk.json(5, other_visit);
    const auto waiting = crypto::seal_record(test::ready(), crypto::as_bytes(text), deployment.recipients());
    REQUIRE(waiting);
    auto claim = hostile.json(5, {});
    if (as_device) claim.replace(claim.find(test::digits(5)), 32, kiosk.device());  // before that device is known
    hostile.add_raw(claim);
    hostile.add_sealed(waiting->bytes);
    CHECK(deployment.import(hostile).count(Outcome::OtherDevice) == 1);
    kiosk.add_raw(R"({"record":")" + kiosk.device() + test::digits(5) + R"(","note":"broken"})");
    const auto broken = kiosk.batch(deployment.identities());
    deployment.import(broken);
    kiosk.add(6, other_visit);
    const auto refused = kiosk.write(deployment.folder());
    REQUIRE(deployment.book().quarantine(refused, "revoked", ""));
    erase_all(deployment, code);
    CHECK(deployment.book().sealed_original(kiosk.device(), broken.records.front().name));
    REQUIRE(deployment.book().quarantined()->size() == 1);
    CHECK(deployment.book().quarantined()->front().kept);
    kiosk.add_sealed(waiting->bytes);
    CHECK(deployment.import(kiosk).count(Outcome::New) == 1);
    CHECK(listed(deployment, kiosk.device()) == 1);
}
