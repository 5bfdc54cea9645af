// The casebook's rules by themselves: facts in, verdicts out, no database.
#include <catch2/catch_all.hpp>

#include "app/casebook/rules/audit_chain.hpp"
#include "app/casebook/rules/doubt.hpp"
#include "app/casebook/rules/orders.hpp"
#include "app/casebook/rules/referring.hpp"
#include "app/casebook/rules/sequence.hpp"
#include "app/casebook/rules/urgency.hpp"
#include "tests/casebook/support.hpp"

using app::casebook::AuditStanding;
using app::casebook::Case;
using app::casebook::Doubt;
using app::casebook::Gap;
using app::casebook::Standing;
using questionnaires::engine::Level;
namespace rules = app::casebook::rules;

namespace {

/// Of a device that nothing speaks against.
rules::SourceFacts trusted() {
    rules::SourceFacts facts;
    facts.whole = facts.epoch_certified = facts.names_nothing_before = true;
    return facts;
}

rules::Source source(Doubt doubt = Doubt::None, std::uint64_t epoch = 1) {
    return {"de", epoch, doubt, true};
}

crypto::Digest digest(unsigned number) {
    crypto::Digest made{};
    made[0] = static_cast<std::byte>(number);
    return made;
}

rules::Batch batch(std::uint64_t sequence, unsigned manifest, unsigned previous, std::uint64_t epoch = 1) {
    return {epoch, sequence, digest(manifest), digest(previous)};
}

Case said(Level danger, Level harm, Level risk, std::string day) {
    Case one;
    one.readings[0].level = danger;
    one.readings[1].level = harm;
    one.readings[2].level = risk;
    one.day = std::move(day);
    return one;
}

}  // namespace

TEST_CASE("danger is more urgent than harm and risk, and the newer day than the older") {
    const auto none = Level::NoneReported;
    const auto danger = said(Level::Some, none, none, "2026-01-01");
    const auto harm = said(none, Level::Strong, Level::Some, "2026-12-31");
    const auto risk = said(none, none, Level::Strong, "2026-12-30");
    CHECK(rules::urgency(danger) < rules::urgency(harm));
    CHECK(rules::urgency(harm) < rules::urgency(risk));  // the same level, a day newer
    CHECK(rules::urgency(risk) < rules::urgency(said(none, Level::Some, Level::Some, "2026-12-31")));
    CHECK(rules::urgency(said(none, none, none, "1970-01-01")) < rules::urgency(said(none, none, none, "")));
    CHECK(rules::urgency(said(none, none, none, "9999-12-31")) > rules::urgency(said(none, Level::Some, none, "")));
}

TEST_CASE("what cannot be read counts as strong; what was withdrawn comes after everything, and practice last") {
    const auto quiet = Level::NoneReported;
    Case unreadable;
    unreadable.unreadable = true;
    const auto strong = said(Level::Strong, Level::Strong, Level::Strong, "2026-11-24");
    CHECK(rules::urgency(unreadable) < rules::urgency(said(Level::Strong, Level::Some, Level::Some, "2026-11-24")));
    CHECK(rules::worst_level(unreadable) == Level::Strong);
    auto taken_back = strong;
    taken_back.withdrawn = true;
    auto practice = strong;
    practice.training = true;
    CHECK(rules::urgency(taken_back) > rules::urgency(said(quiet, quiet, quiet, "2026-11-24")));
    CHECK(rules::urgency(practice) > rules::urgency(taken_back));
}

TEST_CASE("each fact that speaks against a source makes its own doubt, the worst first") {
    CHECK(rules::doubt_of(trusted()) == Doubt::None);
    auto facts = trusted();
    facts.begins_epoch = true;
    CHECK(rules::doubt_of(facts) == Doubt::None);
    facts.names_nothing_before = false;
    CHECK(rules::doubt_of(facts) == Doubt::EpochStart);
    facts.epoch_certified = false;
    CHECK(rules::doubt_of(facts) == Doubt::EpochDoubt);
    facts.epoch_noted = true;
    CHECK(rules::doubt_of(facts) == Doubt::EpochStart);
    facts.whole = false;
    CHECK(rules::doubt_of(facts) == Doubt::Gap);
    facts.certificate_ended = true;
    CHECK(rules::doubt_of(facts) == Doubt::CertificateEnded);
    facts.audit_broken = true;
    CHECK(rules::doubt_of(facts) == Doubt::AuditBroken);
    facts.revoked = true;
    CHECK(rules::doubt_of(facts) == Doubt::Revoked);
    facts.forked = true;
    CHECK(rules::doubt_of(facts) == Doubt::Forked);
}

TEST_CASE("what a device says of its first epoch counts only where the deployment certified that epoch") {
    auto facts = trusted();
    CHECK(rules::is_first_epoch(facts));
    facts.epoch_certified = false;
    facts.epoch_noted = true;
    CHECK_FALSE(rules::is_first_epoch(facts));
}

TEST_CASE("an order reaches its own epoch, nothing of another, and to erase nothing that came later in doubt") {
    CHECK(rules::reach(source(), source()) == Doubt::None);
    CHECK(rules::reach(source(Doubt::Gap), source()) == Doubt::Gap);
    CHECK(rules::reach(source(Doubt::None, 2), source()) == Doubt::EarlierEpoch);
    CHECK(rules::reach(source(), source(Doubt::Gap)) == Doubt::None);
    CHECK(rules::reach_to_erase(source(), source(Doubt::Gap), false) == Doubt::CameLater);
    CHECK(rules::reach_to_erase(source(), source(Doubt::Gap), true) == Doubt::None);
    CHECK(rules::reach_to_erase(source(), source(Doubt::EpochStart), false) == Doubt::None);
    CHECK(rules::reach_to_erase(source(Doubt::Forked), source(), true) == Doubt::Forked);
}

TEST_CASE("a revision hides another only where nothing speaks against the later of the two") {
    using rules::Filing;
    const auto good = source();
    const auto gap = source(Doubt::Gap);
    struct Row {
        const char* what;
        rules::Revision now;
        rules::Revision listed;
        bool own;
        Filing filing;
        Doubt doubt;
    };
    const Row rows[] = {
        {"later", {2, "a", false, good}, {1, "a", false, good}, false, Filing::Listed, Doubt::None},
        {"earlier", {1, "a", false, good}, {2, "a", false, good}, false, Filing::Older, Doubt::None},
        {"same", {1, "a", false, good}, {1, "a", false, good}, false, Filing::Conflict, Doubt::None},
        {"same, in doubt", {1, "a", false, gap}, {1, "a", false, good}, false, Filing::Held, Doubt::Gap},
        {"same, beside doubt", {1, "a", false, good}, {1, "a", false, gap}, false, Filing::MakesRoom, Doubt::Gap},
        {"later, in doubt", {2, "a", false, gap}, {1, "a", false, good}, false, Filing::Held, Doubt::Gap},
        {"earlier, beside doubt", {1, "a", false, good}, {2, "a", false, gap}, false, Filing::MakesRoom, Doubt::Gap},
        {"later, one batch in doubt", {2, "a", false, gap}, {1, "a", false, gap}, true, Filing::Listed, Doubt::None},
        {"other code", {2, "b", false, good}, {1, "a", false, good}, false, Filing::Held, Doubt::OtherCase},
        {"earlier, other code",
         {1, "b", false, good},
         {2, "a", false, good},
         false,
         Filing::MakesRoom,
         Doubt::OtherCase},
        {"becomes practice", {2, "a", true, good}, {1, "a", false, good}, true, Filing::Held, Doubt::OtherCase},
        {"no practice any more", {2, "a", false, good}, {1, "a", true, good}, false, Filing::Listed, Doubt::None}};
    for (const auto& row : rows) {
        CAPTURE(row.what);
        const auto filed = rules::file_revision(row.now, row.listed, row.own);
        CHECK(static_cast<int>(filed.filing) == static_cast<int>(row.filing));
        CHECK(filed.doubt == row.doubt);
    }
}

TEST_CASE("what comes after a withdrawal is erased where the order stands, and listed where a person must decide") {
    using rules::LateComing;
    const auto file = [](const rules::AfterWithdrawal& facts) { return rules::file_after_withdrawal(facts); };
    CHECK(file({}).filing == LateComing::ErasedAll);
    CHECK(file({.withdrawal = true}).filing == LateComing::ErasedAll);
    CHECK(file({.reach = Doubt::Gap}).filing == LateComing::ListedInDoubt);
    CHECK(file({.reach = Doubt::Gap}).doubt == Doubt::Gap);
    CHECK(file({.other_case = true}).doubt == Doubt::OtherCase);
    CHECK(file({.confirmed = true, .reach = Doubt::Gap, .other_case = true}).filing == LateComing::ErasedAll);
    CHECK(file({.rejected = true}).filing == LateComing::Listed);
    CHECK(file({.rejected = true, .withdrawal = true}).filing == LateComing::AsAnyOther);
    CHECK(file({.reach = Doubt::Gap, .withdrawal = true}).filing == LateComing::ErasedAlone);
}

TEST_CASE("to be told of a place takes no consent; more takes a yes to it, and no is no") {
    using app::casebook::ReferralScope;
    using app::record::Consent;
    using rules::MayRefer;
    for (const auto consent : {std::optional(Consent::Given), std::optional(Consent::NotAsked),
                               std::optional(Consent::Declined), std::optional<Consent>()}) {
        CHECK(rules::may_refer(consent, ReferralScope::Nothing) == MayRefer::Yes);
        for (const auto scope : {ReferralScope::Contact, ReferralScope::Summary, ReferralScope::Record})
            CHECK(rules::may_refer(consent, scope) ==
                  (consent == Consent::Declined ? MayRefer::No : MayRefer::IfAgreed));
    }
}

TEST_CASE("the batches beside one tell whether it follows, is here, or contradicts") {
    const auto now = batch(2, 2, 1);
    const auto look = [&](std::initializer_list<rules::Batch> others) {
        rules::Neighbours beside(now);
        for (const auto& other : others) beside.look_at(other);
        return beside;
    };
    CHECK_FALSE(look({}).before());
    CHECK(look({batch(1, 1, 0)}).follows_the_one_before());
    CHECK_FALSE(look({batch(1, 1, 0), batch(3, 3, 2)}).contradiction());
    CHECK(look({batch(2, 2, 1)}).again());
    CHECK(look({batch(2, 9, 1)}).contradiction());
    CHECK(look({batch(1, 9, 0)}).contradiction());
    CHECK_FALSE(look({batch(1, 9, 0), batch(1, 1, 0)}).contradiction());
    CHECK(look({batch(3, 3, 9)}).contradiction());
    CHECK_FALSE(look({batch(7, 7, 9)}).contradiction());
}

TEST_CASE("an epoch follows the last batch of the one before, is doubted without a repair, or shows a fork") {
    rules::EpochStart start{2, 1, 1, true, batch(3, 3, 2), 3};
    CHECK(rules::standing_of_start(start) == Standing::InOrder);
    start.last_of_named = 4;
    CHECK(rules::standing_of_start(start) == Standing::Forked);
    start.named.reset();
    CHECK(rules::standing_of_start(start) == Standing::Gap);
    start.epoch = 1;
    CHECK(rules::standing_of_start(start) == Standing::Forked);
    CHECK(rules::standing_of_start({2, 0, 1, false, {}, 0}) == Standing::Gap);
    CHECK(rules::standing_of_start({2, 0, 2, false, {}, 0}) == Standing::InOrder);

    rules::BatchFacts facts{true, {}, false, 2, 1, false};
    CHECK(rules::standing_of(facts) == Standing::EpochDoubt);
    facts.repair_noted = true;
    CHECK(rules::standing_of(facts) == Standing::InOrder);
    facts.before = false;
    CHECK(rules::standing_of(facts) == Standing::Gap);
    facts.forked_before = true;
    CHECK(rules::standing_of(facts) == Standing::ForkedBefore);
    facts.epoch_start = Standing::Forked;
    CHECK(rules::standing_of(facts) == Standing::Forked);

    CHECK(rules::leaves_out(batch(2, 2, 1), batch(3, 3, 2), 3));
    CHECK_FALSE(rules::leaves_out(batch(4, 4, 3), batch(3, 3, 2), 4));
    CHECK(rules::leaves_out(batch(2, 2, 1), batch(2, 2, 1), 3));
    CHECK_FALSE(rules::leaves_out(batch(3, 3, 2), batch(3, 3, 2), 3));
    CHECK(rules::leaves_out(batch(2, 2, 1, 1), batch(1, 9, 0, 2), 1));
}

TEST_CASE("what is missing is told as ranges of each epoch, and as a range without an end between epochs") {
    rules::Missing missing;
    CHECK(missing.asks_before(1, 2));
    missing.add(1, 2, std::nullopt);
    missing.add(1, 3, std::nullopt);
    CHECK_FALSE(missing.asks_before(1, 5));
    missing.add(1, 6, std::nullopt);
    CHECK_FALSE(missing.asks_before(2, 2));
    CHECK(missing.asks_before(2, 1));
    missing.add(2, 1, missing.unknown_before(2));
    const auto gaps = std::move(missing).gaps();
    CHECK(gaps == std::vector<Gap>{{1, 1, 1}, {1, 4, 5}, {1, 7, 0}});
    CHECK(rules::Missing().unknown_before(3) == Gap{2, 1, 0});
}

TEST_CASE("an audit chain takes the next entry, stops where one is missing, and breaks at two of one number") {
    const app::exchange::AuditName first{1, test::today, "signed-in"};
    const app::exchange::AuditName second{2, test::today, "signed-in"};
    const app::exchange::AuditName fourth{4, test::today, "signed-in"};
    const crypto::Bytes sealed(40, std::byte{1});
    rules::AuditChain chain{1, 0, {}, 0, {}, false};
    CHECK(rules::add_entry(test::ready(), chain, first, sealed, 9) == rules::ChainStep::Taken);
    CHECK(chain.head == app::exchange::audit_head(test::ready(), {}, first, sealed));
    CHECK(rules::add_entry(test::ready(), chain, fourth, sealed, 9) == rules::ChainStep::Ends);
    CHECK(rules::add_entry(test::ready(), chain, second, sealed, 1) == rules::ChainStep::Ends);
    CHECK(chain.number == 1);
    CHECK_FALSE(chain.broken);
    CHECK(rules::add_entry(test::ready(), chain, first, sealed, 9) == rules::ChainStep::Twin);
    CHECK(chain.broken);
    CHECK(chain.from_start().number == 0);
}

TEST_CASE("an audit is repaired where a noted repair lost entries, and broken where nothing explains it") {
    const auto verdict = [](std::initializer_list<rules::EpochAudit> epochs, bool all_here) {
        rules::AuditVerdict put_together;
        for (const auto& epoch : epochs) put_together.add(epoch);
        return put_together.standing(all_here);
    };
    const rules::EpochAudit whole{true, false, false, false, false};
    const rules::EpochAudit beyond{true, false, true, false, false};
    const rules::EpochAudit repaired{true, false, false, true, true};
    const rules::EpochAudit undone{true, false, false, true, false};
    CHECK(verdict({}, true) == AuditStanding::Whole);
    CHECK(verdict({whole}, true) == AuditStanding::Whole);
    CHECK(verdict({beyond}, false) == AuditStanding::Missing);
    CHECK(verdict({beyond}, true) == AuditStanding::Broken);
    CHECK(verdict({rules::EpochAudit{}}, false) == AuditStanding::Missing);
    CHECK(verdict({whole, repaired}, true) == AuditStanding::Repaired);
    CHECK(verdict({whole, undone, whole}, false) == AuditStanding::Broken);
    CHECK(verdict({beyond, repaired}, false) == AuditStanding::Missing);
}

TEST_CASE("an entry contradicts its epoch where another has its number, not where another epoch has it") {
    rules::NewEntry same(2);
    same.look_at({1, true});
    CHECK_FALSE(same.here());
    CHECK_FALSE(same.contradicts(3, 5));
    same.look_at({2, true});
    CHECK(same.here());
    rules::NewEntry other(2);
    other.look_at({1, false});
    CHECK_FALSE(other.contradicts(6, 5));
    CHECK(other.contradicts(5, 5));
    other.look_at({2, false});
    CHECK(other.contradicts(6, 5));
    rules::NewEntry old(2);
    old.look_at({0, true});
    CHECK(old.here());
}
