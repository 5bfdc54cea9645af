// Orders that erase or hide are carried out for a source that nothing speaks against; every other one asks a person.
#include "tests/casebook/support.hpp"

using app::casebook::Held;
using questionnaires::engine::Level;
using test::Deployment;
using test::Outcome;
using test::Standing;

namespace {

const test::Said urgent{.revision = 3, .danger = "strong"};
const test::Said withdrawn{.kind = "withdrawn", .revision = 9};
const test::Said pushed_down{.revision = 99, .danger = "none-reported"};

/// The only case that is listed of a record, without what is set beside it.
app::casebook::Case listed(Deployment& deployment, unsigned record = 1) {
    for (const auto& one : deployment.cases())
        if (one.record == test::digits(record) && one.doubt.empty()) return one;
    FAIL("not listed");
    return {};
}

std::size_t in_doubt(Deployment& deployment) {
    std::size_t count = 0;
    for (const auto& one : deployment.cases())
        if (!one.doubt.empty()) ++count;
    return count;
}

std::vector<Held> held(Deployment& deployment) {
    auto all = deployment.book().held();
    REQUIRE(all);
    return *all;
}

/// A device with one urgent case in its first batch, which is already here.
struct Urgent {
    Deployment deployment;
    test::Kiosk kiosk = deployment.kiosk();
    std::string original;  ///< name of the sealed record

    Urgent() {
        kiosk.add(1, urgent);
        original = deployment.import(kiosk).records.front().name;
    }
    /// Everything that was sealed and read of the case is as it was.
    void check_untouched() {
        const auto one = listed(deployment);
        CHECK_FALSE(one.withdrawn);
        CHECK(one.revision == 3);
        CHECK(one.readings[0].level == Level::Strong);
        CHECK(deployment.book().sealed_original(kiosk.device(), original));
    }
};

/// Every way in which a batch can be in doubt, with a batch of such a source that carries what `add` adds.
struct Way {
    const char* name;
    const char* doubt;
    app::exchange::VerifiedBatch (*make)(Urgent&, const test::Said&);
};

app::exchange::VerifiedBatch batch_with(Urgent& scene, const test::Said& said) {
    scene.kiosk.add(1, said);
    return scene.kiosk.batch(scene.deployment.identities());
}

void skip_a_batch(Urgent& scene) {
    scene.kiosk.add(50);
    (void)scene.kiosk.batch(scene.deployment.identities());
}

const Way ways[] = {{"another batch of the same number", "forked",
                     [](Urgent& s, const test::Said& said) {
                         s.kiosk.roll_back_to(0, {});
                         return batch_with(s, said);
                     }},
                    {"later batches of a device that was found forked", "forked",
                     [](Urgent& s, const test::Said& said) {
                         const auto honest = s.kiosk.previous();
                         s.kiosk.roll_back_to(0, {});
                         s.kiosk.add(60);
                         REQUIRE(s.deployment.import(s.kiosk).standing == Standing::Forked);
                         s.kiosk.roll_back_to(1, honest);
                         return batch_with(s, said);
                     }},
                    {"after a gap", "gap",
                     [](Urgent& s, const test::Said& said) {
                         skip_a_batch(s);
                         return batch_with(s, said);
                     }},
                    {"in order after a gap", "gap",
                     [](Urgent& s, const test::Said& said) {
                         skip_a_batch(s);
                         s.kiosk.add(51);
                         s.deployment.import(s.kiosk);
                         return batch_with(s, said);
                     }},
                    {"the start of an epoch with a repair", "epoch-start",
                     [](Urgent& s, const test::Said& said) {
                         s.kiosk.begin_epoch(2);
                         s.kiosk.note(app::exchange::AuditType::DatabaseRepaired);
                         return batch_with(s, said);
                     }},
                    {"later in an epoch with a repair", "earlier-epoch",
                     [](Urgent& s, const test::Said& said) {
                         s.kiosk.begin_epoch(2);
                         s.kiosk.note(app::exchange::AuditType::DatabaseRepaired);
                         s.kiosk.add(52);
                         s.deployment.import(s.kiosk);
                         return batch_with(s, said);
                     }},
                    {"an epoch that nothing explains", "epoch-doubt",
                     [](Urgent& s, const test::Said& said) {
                         s.kiosk.begin_epoch(2);
                         return batch_with(s, said);
                     }},
                    {"an epoch of a new certificate", "epoch-start",
                     [](Urgent& s, const test::Said& said) {
                         s.kiosk.certify(s.deployment.key(), 2, test::today + std::chrono::days(400));
                         s.kiosk.begin_epoch(2);
                         return batch_with(s, said);
                     }},
                    {"an ended certificate", "certificate-ended",
                     [](Urgent& s, const test::Said& said) {
                         s.kiosk.certify(s.deployment.key(), 1, test::today - std::chrono::days(1));
                         return batch_with(s, said);
                     }},
                    {"a broken audit", "audit-broken", [](Urgent& s, const test::Said& said) {
                         s.kiosk.note(app::exchange::AuditType::SignedIn);
                         s.kiosk.add(53);
                         s.deployment.import(s.kiosk);
                         s.kiosk.roll_audit_back_to(0, {});
                         s.kiosk.note(app::exchange::AuditType::WordsChanged);
                         return batch_with(s, said);
                     }}};

}  // namespace

TEST_CASE("a withdrawal of a source in doubt erases nothing, and waits for a person") {
    for (const auto& way : ways) {
        INFO(way.name);
        Urgent scene;
        const auto batch = way.make(scene, withdrawn);
        const auto report = scene.deployment.import(batch);
        CHECK(report.count(Outcome::WithdrawalHeld) == 1);
        CHECK(report.count(Outcome::Withdrawn) == 0);
        CHECK(report.records.front().detail == way.doubt);
        CHECK(report.records.front().case_code == urgent.code);
        scene.check_untouched();
        CHECK(listed(scene.deployment).withdrawal_held);
        REQUIRE(held(scene.deployment).size() == 1);
        CHECK(held(scene.deployment)[0].withdrawal);
        CHECK(scene.deployment.book().unseen()->withdrawals == 1);
        // Said again, held once, however often it comes; also after the casebook was closed.
        REQUIRE(scene.deployment.open());
        CHECK(scene.deployment.import(batch).count(Outcome::WithdrawalHeld) == 1);
        CHECK(held(scene.deployment).size() == 1);
        scene.check_untouched();
    }
}

TEST_CASE("a revision of a source in doubt is listed beside the earlier one, not in its place") {
    for (const auto& way : ways) {
        INFO(way.name);
        Urgent scene;
        const auto report = scene.deployment.import(way.make(scene, pushed_down));
        CHECK(report.count(Outcome::RevisionHeld) == 1);
        scene.check_untouched();
        CHECK(in_doubt(scene.deployment) == 1);
        CHECK(scene.deployment.cases().front().readings[0].level == Level::Strong);
    }
}

TEST_CASE("a person confirms a withdrawal, and everything of the case is erased") {
    Urgent scene;
    scene.kiosk.roll_back_to(0, {});
    scene.deployment.import(batch_with(scene, withdrawn));
    REQUIRE(scene.deployment.book().decide(held(scene.deployment).front(), true));
    CHECK(listed(scene.deployment).withdrawn);
    CHECK_FALSE(scene.deployment.book().sealed_original(scene.kiosk.device(), scene.original));
    CHECK(held(scene.deployment).empty());
    CHECK(scene.deployment.book().decide({scene.kiosk.device(), test::digits(1), {}, 0, true, {}, {}}, true).error() ==
          app::casebook::Error::NotFound);
}

TEST_CASE("a person rejects a withdrawal: the case stays, and the decision is remembered") {
    Urgent scene;
    scene.kiosk.roll_back_to(0, {});
    const auto batch = batch_with(scene, withdrawn);
    scene.deployment.import(batch);
    REQUIRE(scene.deployment.book().decide(held(scene.deployment).front(), false));
    scene.check_untouched();
    CHECK_FALSE(listed(scene.deployment).withdrawal_held);
    REQUIRE(scene.deployment.open());
    const auto again = scene.deployment.import(batch);
    CHECK(again.count(Outcome::WithdrawalHeld) == 0);
    CHECK(held(scene.deployment).empty());
    scene.check_untouched();
}

TEST_CASE("a person decides about revisions that are set beside each other") {
    for (const bool confirm : {true, false}) {
        Urgent scene;
        scene.kiosk.roll_back_to(0, {});
        scene.deployment.import(batch_with(scene, pushed_down));
        REQUIRE(scene.deployment.book().decide(held(scene.deployment).front(), confirm));
        CHECK(in_doubt(scene.deployment) == 0);
        CHECK(listed(scene.deployment).revision == (confirm ? 99 : 3));
        CHECK(scene.deployment.book().sealed_original(scene.kiosk.device(), scene.original));
    }
}

TEST_CASE("what waited only for a missing batch is carried out when it comes") {
    Urgent scene;
    scene.kiosk.add(2);
    const auto missing = scene.kiosk.batch(scene.deployment.identities());
    const bool withdrawal = GENERATE(true, false);
    const auto late = batch_with(scene, withdrawal ? withdrawn : pushed_down);
    CHECK(scene.deployment.import(late).standing == Standing::Gap);
    scene.check_untouched();
    const auto report = scene.deployment.import(missing);
    REQUIRE(report.settled.size() == 1);
    CHECK(report.settled[0].outcome == (withdrawal ? Outcome::Withdrawn : Outcome::Replaced));
    CHECK(report.settled[0].case_code == urgent.code);
    CHECK(listed(scene.deployment).withdrawn == withdrawal);
    CHECK(listed(scene.deployment).revision == (withdrawal ? 9 : 99));
    CHECK(held(scene.deployment).empty());
    CHECK(in_doubt(scene.deployment) == 0);
}

TEST_CASE("a missing batch that turns out to be another one's cures nothing") {
    Urgent scene;
    const auto after_first = scene.kiosk.previous();
    scene.kiosk.add(2);
    (void)scene.kiosk.batch(scene.deployment.identities());
    scene.deployment.import(batch_with(scene, withdrawn));  // number 3, of a batch 2 that is not here
    scene.kiosk.roll_back_to(1, after_first);
    scene.kiosk.add(3);
    CHECK(scene.deployment.import(scene.kiosk).standing == Standing::Forked);
    scene.check_untouched();
    CHECK(held(scene.deployment).size() == 1);
}

TEST_CASE("a withdrawal that comes in order from an honest batch is carried out, whatever else is held") {
    Urgent scene;
    const auto first = scene.kiosk.previous();
    skip_a_batch(scene);
    scene.kiosk.add(70);
    scene.deployment.import(batch_with(scene, pushed_down));  // number 3, held for the gap
    scene.kiosk.roll_back_to(1, first);
    const auto report = scene.deployment.import(batch_with(scene, withdrawn));
    // The two chains contradict each other now, so even this one asks; that is a fork, not an order.
    CHECK(report.standing == Standing::Forked);
    CHECK(report.count(Outcome::WithdrawalHeld) == 1);

    Urgent honest;
    const auto in_order = honest.deployment.import(batch_with(honest, withdrawn));
    CHECK(in_order.count(Outcome::Withdrawn) == 1);
    REQUIRE(in_order.with(Outcome::Withdrawn).size() == 1);
    CHECK(in_order.with(Outcome::Withdrawn)[0]->case_code == urgent.code);
    CHECK_FALSE(honest.deployment.book().sealed_original(honest.kiosk.device(), honest.original));
}

TEST_CASE("what a source in doubt sent first does not hide what an honest one sends later") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(5);
    const auto first = kiosk.batch(deployment.identities());
    kiosk.add(1, urgent);
    const auto second = kiosk.batch(deployment.identities());
    kiosk.add(6);
    const auto third = kiosk.batch(deployment.identities());
    kiosk.add(1, pushed_down);
    const auto fourth = kiosk.batch(deployment.identities());
    CHECK(deployment.import(fourth).count(Outcome::New) == 1);
    deployment.import(first);
    deployment.import(second);  // the fourth still follows a gap
    CHECK(listed(deployment).revision == 3);
    CHECK(in_doubt(deployment) == 1);
    deployment.import(third);
    CHECK(listed(deployment).revision == 99);
    CHECK(in_doubt(deployment) == 0);
}

TEST_CASE("a withdrawal in doubt of a record that is not here yet does not erase it when it comes") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(5);
    deployment.import(kiosk);
    kiosk.add(1, urgent);
    const auto second = kiosk.batch(deployment.identities());
    kiosk.add(1, withdrawn);
    auto third = kiosk.batch(deployment.identities());
    third.certificate_ended = true;  // so that the missing batch does not cure it
    CHECK(deployment.import(third).count(Outcome::WithdrawalHeld) == 1);
    CHECK(deployment.import(second).count(Outcome::New) == 1);
    CHECK_FALSE(listed(deployment).withdrawn);
    CHECK(held(deployment).size() == 1);
}

TEST_CASE("a certificate that had ended by a wrong clock is no doubt once the batch comes in time") {
    Urgent scene;
    auto batch = batch_with(scene, withdrawn);
    batch.certificate_ended = true;
    CHECK(scene.deployment.import(batch).count(Outcome::WithdrawalHeld) == 1);
    batch.certificate_ended = false;
    const auto report = scene.deployment.import(batch);
    REQUIRE(report.settled.size() == 1);
    CHECK(report.settled[0].outcome == Outcome::Withdrawn);
    batch.certificate_ended = true;
    scene.deployment.import(batch);
    CHECK(listed(scene.deployment).withdrawn);
}

TEST_CASE("a device that is revoked carries out nothing that was held of it") {
    Urgent scene;
    skip_a_batch(scene);
    scene.deployment.import(batch_with(scene, withdrawn));
    REQUIRE(scene.deployment.book().revoke(scene.kiosk.device()));
    scene.kiosk.add(2);
    CHECK(scene.deployment.import(scene.kiosk).standing == Standing::Revoked);
    scene.check_untouched();
    CHECK(held(scene.deployment).size() == 1);
}
