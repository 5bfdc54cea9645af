// The casebook itself over everything that keeps one: the same comes out, whatever it is.
#include <sstream>

#include "tests/contract/scene.hpp"

using app::casebook::Casebook;
using app::exchange::AuditType;
using test::Deployment;

namespace {

/// What a report says of records.
std::string told(const std::vector<app::casebook::RecordOutcome>& outcomes) {
    std::ostringstream text;
    for (const auto& one : outcomes)
        text << one.name << " " << to_word(one.outcome) << " " << one.detail << " " << one.case_code << " "
             << one.interrupted << "\n";
    return text.str();
}

std::string gaps_of(const std::vector<app::casebook::Gap>& gaps) {
    std::ostringstream text;
    for (const auto& gap : gaps) text << " " << gap.epoch << ":" << gap.first << "-" << gap.last;
    return text.str();
}

std::string text_of(const app::casebook::ImportReport& report) {
    std::ostringstream text;
    text << to_word(report.standing) << " " << report.forked << " " << to_word(report.audit) << " "
         << report.opened_late << gaps_of(report.missing) << "\n";
    return text.str() + told(report.records) + "settled\n" + told(report.settled);
}

template <class T>
T value_of(app::casebook::Result<T> result) {
    REQUIRE(result);
    return std::move(*result);
}

/// Everything that a casebook lists.
std::string state_of(Casebook& book) {
    std::ostringstream text;
    for (const auto& one : test::texts_of(value_of(book.cases({.practice = app::casebook::Practice::Included})).cases))
        text << one << "\n";
    for (const auto& one : value_of(book.held()))
        text << "held " << one.device << one.record << one.case_code << one.revision << one.withdrawal << one.doubt
             << one.version << "\n";
    for (const auto& one : value_of(book.devices())) {
        text << "device " << one.device << " " << one.epoch << " " << one.last_sequence << gaps_of(one.missing) << " "
             << one.forked << one.revoked.own << one.revoked.bundle << " " << to_word(one.audit);
        for (const auto epoch : one.doubtful_epochs) text << " " << epoch;
        text << "\n";
    }
    for (const auto& one : value_of(book.unlisted()))
        text << "unlisted " << one.device << one.name << to_word(one.outcome) << one.detail << "\n";
    for (const auto& one : value_of(book.audit(""))) text << "audit " << one.device << one.epoch << one.name << "\n";
    for (const auto& one : value_of(book.erased()))
        text << "erased " << one.device << one.record << one.case_code << one.day << to_word(one.cause) << one.reason
             << "\n";
    const auto unseen = value_of(book.unseen());
    text << unseen.waiting << unseen.unlisted << unseen.quarantined << unseen.withdrawals << unseen.revisions
         << unseen.erased;
    return text.str();
}

/// Has no room for who opened what.
class FullCustody final : public test::MemoryCustody {
  public:
    app::casebook::AccessLog& access_log() noexcept override { return full_; }
    [[nodiscard]] std::size_t tried() const { return full_.tried; }

  private:
    struct Full final : app::casebook::AccessLog {
        app::casebook::Result<void> add(const app::casebook::Access& /*access*/) override {
            ++tried;
            return tl::unexpected(app::casebook::Error::NoSpace);
        }
        app::casebook::Result<std::vector<app::casebook::Access>> latest(std::string_view /*name*/,
                                                                         std::size_t /*most*/) override {
            return std::vector<app::casebook::Access>();
        }
        std::size_t tried = 0;
    };

    Full full_;
};

/// One casebook in a database and one in memory, to which the same is done.
struct Both {
    Deployment deployment;
    Casebook plain{test::ready(), deployment.folder() / "plain", std::make_unique<test::MemoryCustody>(),
                   deployment.key().public_key()};

    void take(test::Kiosk& kiosk) { take(kiosk.batch(deployment.identities())); }
    void take(const app::exchange::VerifiedBatch& batch) {
        const auto one = deployment.book().import_batch(batch, deployment.identities());
        const auto other = plain.import_batch(batch, deployment.identities());
        REQUIRE(one);
        REQUIRE(other);
        CHECK(text_of(*one) == text_of(*other));
        compare();
    }
    template <class Do>
    void both(const Do& act) {
        for (auto* book : {&deployment.book(), &plain}) act(*book);
        compare();
    }
    void compare() { CHECK(state_of(deployment.book()) == state_of(plain)); }
};

}  // namespace

TEST_CASE("a casebook says the same of what comes in order, late, twice and in doubt, whatever keeps it") {
    Both both;
    auto kiosk = both.deployment.kiosk();
    kiosk.add(1, {.danger = "strong"});
    kiosk.add(2);
    kiosk.note(AuditType::SignedIn);
    const auto first = kiosk.batch(both.deployment.identities());
    both.take(first);
    both.take(first);
    kiosk.add(1, {.revision = 2, .danger = "some"});
    kiosk.add(3, {.kind = "partial"});
    kiosk.add_raw("no record");
    both.take(kiosk);
    auto copy = kiosk;
    kiosk.add(4);
    kiosk.note(AuditType::SignedIn);
    const auto late = kiosk.batch(both.deployment.identities());
    kiosk.add(2, {.kind = "withdrawn", .revision = 2});
    kiosk.add(1, {.revision = 3});
    both.take(kiosk);  // a gap: it waits
    CHECK(both.plain.held()->size() == 2);
    both.take(late);  // and is settled
    CHECK(both.plain.held()->empty());
    copy.add(2, {.revision = 5});
    copy.add(3, {.kind = "withdrawn", .revision = 2});
    both.take(copy);  // forked: what was taken back waits again
    both.take(first);
    CHECK(both.plain.devices()->front().forked);
    CHECK_FALSE(both.plain.held()->empty());
}

TEST_CASE("a casebook decides, revokes and erases the same, whatever keeps it") {
    Both both;
    auto kiosk = both.deployment.kiosk();
    kiosk.add(1);
    kiosk.add(2, {.code = "hotel-radio-canal-100"});
    both.take(kiosk);
    kiosk.begin_epoch(3);
    kiosk.add(1, {.kind = "withdrawn", .revision = 2});
    kiosk.add(2, {.revision = 2, .code = "hotel-radio-canal-100"});
    both.take(kiosk);
    REQUIRE(both.plain.held()->size() == 2);
    both.both([](Casebook& book) {
        const auto held = *book.held();
        REQUIRE(book.decide(held[0], true));
        REQUIRE(book.decide(held[1], false));
    });
    const auto device = kiosk.device();
    both.both([&](Casebook& book) { REQUIRE(book.revoke(device)); });
    kiosk.add(9);
    const auto refused = kiosk.batch(both.deployment.identities());
    both.take(refused);
    app::exchange::Bundle says{};
    says.version.deployment = app::exchange::deployment_id(test::ready(), both.deployment.key().public_key());
    says.version.sequence = 3;
    says.policy.signatures_required = 1;
    says.revoked = {device};
    both.both([&](Casebook& book) { REQUIRE(book.heed(says)); });
    both.both([&](Casebook& book) { REQUIRE(book.revoke(device, false)); });
    both.take(refused);
    CHECK(both.plain.devices()->front().revoked);
    says.version.sequence = 2;
    says.revoked.clear();
    both.both([&](Casebook& book) { REQUIRE(book.heed(says)); });  // an older one takes nothing back
    both.take(refused);
    CHECK(both.plain.devices()->front().revoked.bundle == 3);
    says.version.sequence = 4;
    both.both([&](Casebook& book) { REQUIRE(book.heed(says)); });
    CHECK_FALSE(both.plain.devices()->front().revoked);
    both.take(refused);
    both.both([&](Casebook& book) {
        const auto found = book.erasable("hotel-radio-canal-100", both.deployment.identities());
        REQUIRE(found);
        REQUIRE(found->size() == 1);
        const auto traces = book.traces(*found, "hotel-radio-canal-100", both.deployment.identities());
        REQUIRE(traces);
        REQUIRE(book.erase(*found, *traces, {.day = test::today, .reason = "asked", .whole_visit = true}));
    });
    kiosk.add(2, {.revision = 7, .code = "hotel-radio-canal-100"});
    kiosk.add(20, {.code = "hotel-radio-canal-100"});
    both.take(kiosk);
    CHECK(both.plain.erased()->size() >= 1);
}

TEST_CASE("what a case says is given out only once it is noted who opened it") {
    Both both;
    auto kiosk = both.deployment.kiosk();
    kiosk.add(1);
    kiosk.add(2);
    both.take(kiosk);
    for (auto* book : {&both.deployment.book(), &both.plain}) {
        auto cases = value_of(book->cases()).cases;
        REQUIRE(cases.size() == 2);
        CHECK(value_of(book->records_json(cases, test::today)).size() == 2);
        cases.back().version = std::string(64, '0');
        CHECK(book->records_json(cases, test::today).error() == app::casebook::Error::NotFound);
        const auto noted = value_of(book->accesses("", 0));
        REQUIRE(noted.size() == 2);
        CHECK(noted.back().record == cases.front().record);
        CHECK(noted.back().day == app::exchange::day_text(test::today));
    }
    auto full = std::make_unique<FullCustody>();
    const auto& custody = *full;
    Casebook book{test::ready(), both.deployment.folder() / "full", std::move(full),
                  both.deployment.key().public_key()};
    auto again = both.deployment.kiosk(9);
    again.add(1);
    REQUIRE(book.import_batch(again.batch(both.deployment.identities()), both.deployment.identities()));
    const auto cases = value_of(book.cases()).cases;
    REQUIRE(cases.size() == 1);
    CHECK(book.records_json(cases, test::today).error() == app::casebook::Error::NoSpace);
    CHECK(custody.tried() == 1);
}
