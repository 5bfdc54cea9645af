// The words that a record is written in: one for each value, and one value for each.
#include "app/record/words.hpp"

#include <catch2/catch_all.hpp>

#include "questionnaires/engine/interview/interview.hpp"

namespace engine = questionnaires::engine;
using app::record::Consent;
using app::record::from_word;
using app::record::Kind;
using app::record::Mode;
using app::record::RaiseReason;
using app::record::to_word;

TEST_CASE("every word of a record gives the value that it was written for, and nothing else does") {
    CHECK(from_word<Kind>("partial") == Kind::Partial);
    CHECK(from_word<Kind>("final") == Kind::Final);
    CHECK(from_word<Kind>("withdrawn") == Kind::Withdrawn);
    CHECK(from_word<Mode>("assisted") == Mode::Assisted);
    CHECK(from_word<Mode>("private") == Mode::Private);
    CHECK(from_word<Mode>("observation") == Mode::Observation);
    CHECK(from_word<Consent>("not_asked") == Consent::NotAsked);
    CHECK(from_word<Consent>("given") == Consent::Given);
    CHECK(from_word<Consent>("declined") == Consent::Declined);
    CHECK(from_word<RaiseReason>("observed") == RaiseReason::Observed);
    CHECK(from_word<RaiseReason>("told") == RaiseReason::Told);
    CHECK(from_word<RaiseReason>("other_source") == RaiseReason::OtherSource);
    CHECK(from_word<RaiseReason>("fear") == RaiseReason::Fear);
    CHECK(from_word<engine::Role>("shelter") == engine::Role::Shelter);
    CHECK(from_word<engine::Role>("border") == engine::Role::Border);
    CHECK(from_word<engine::Level>("none-reported") == engine::Level::NoneReported);
    CHECK(from_word<engine::Level>("some") == engine::Level::Some);
    CHECK(from_word<engine::Level>("strong") == engine::Level::Strong);
    CHECK(from_word<engine::ReadingKind>("danger") == engine::ReadingKind::Danger);
    CHECK(from_word<engine::ReadingKind>("harm") == engine::ReadingKind::Harm);
    CHECK(from_word<engine::ReadingKind>("risk") == engine::ReadingKind::Risk);
    CHECK(from_word<engine::Strength>("weak") == engine::Strength::Weak);
    CHECK(from_word<engine::Strength>("medium") == engine::Strength::Medium);
    CHECK(from_word<engine::Strength>("strong") == engine::Strength::Strong);
    for (const auto* const word : {"not_asked", "answered", "skipped", "refused", "unknown"}) {
        const auto state = from_word<engine::AnswerState>(word);
        REQUIRE(state);
        CHECK(engine::to_word(*state) == word);
    }
    for (const auto* const other : {"", "Final", "final ", "last", "none_reported"}) {
        INFO(other);
        CHECK_FALSE(from_word<Kind>(other));
        CHECK_FALSE(from_word<Mode>(other));
        CHECK_FALSE(from_word<Consent>(other));
        CHECK_FALSE(from_word<RaiseReason>(other));
        CHECK_FALSE(from_word<engine::Level>(other));
        CHECK_FALSE(from_word<engine::AnswerState>(other));
    }
}

TEST_CASE("the words of a record do not change: records that exist hold them") {
    CHECK(to_word(Kind::Partial) == "partial");
    CHECK(to_word(Mode::Observation) == "observation");
    CHECK(to_word(Consent::NotAsked) == "not_asked");
    CHECK(to_word(RaiseReason::OtherSource) == "other_source");
}
