// Cases that belong together because a person says so, whichever devices sent them.
#include "tests/casebook/support.hpp"

using app::casebook::Case;
using app::casebook::StepKind;
using test::Deployment;

namespace {

constexpr auto shared_code = "radio-hotel-canal-482";

/// Two devices sent the same code, and one of them another one as well.
struct LinkedBook {
    Deployment deployment;
    test::Kiosk seventh = deployment.kiosk(7);
    test::Kiosk eighth = deployment.kiosk(8);

    LinkedBook() {
        seventh.add(1, {.code = shared_code});
        seventh.add(2, {.code = shared_code});  // of the same visit
        seventh.add(3, {.code = "hotel-radio-canal-100"});
        deployment.import(seventh);
        eighth.add(4, {.code = shared_code});
        deployment.import(eighth);
    }
    Case of(unsigned number) {
        for (const auto& one : deployment.cases())
            if (one.record == test::digits(number)) return one;
        FAIL("not listed");
        return {};
    }
    static std::string records(const app::casebook::Result<std::vector<Case>>& cases) {
        REQUIRE(cases);
        std::string all;
        for (const auto& one : *cases) all += one.record.substr(31);
        return all;
    }
    std::string may(unsigned number) { return records(deployment.book().may_belong(of(number))); }
    std::string linked(unsigned number) { return records(deployment.book().linked(of(number))); }
    bool change(unsigned one, unsigned other, bool to) {
        const auto changed = deployment.book().change_link(of(one), of(other), to, test::today);
        REQUIRE(changed);
        return *changed;
    }
};

}  // namespace

TEST_CASE("the code of another device is offered on both sides, and the forms of one visit are not") {
    LinkedBook book;
    CHECK(book.may(1) == "4");
    CHECK(book.may(3).empty());
    CHECK(book.may(4) == "1");  // the first form of the visit
    CHECK(book.linked(1).empty());
    CHECK(book.change(4, 1, true));
    for (const unsigned one : {1U, 2U, 4U}) CHECK(book.may(one).empty());
    CHECK(book.linked(1) == "4");
    CHECK(book.linked(4) == "1");
    CHECK_FALSE(book.change(1, 4, true));
    CHECK_FALSE(book.change(1, 1, true));
    CHECK_FALSE(book.change(1, 3, false));
    CHECK(book.deployment.book().steps(book.of(4))->size() == 1);
    CHECK(book.change(1, 4, false));
    CHECK(book.linked(4).empty());
    CHECK(book.deployment.book().steps(book.of(4))->back().kind == StepKind::Unlinked);
    CHECK(book.deployment.book().steps(book.of(1))->back().other_record == test::digits(4));
}

TEST_CASE("a case that is taken back is offered to nobody, and a link with it and its steps are gone from the other") {
    LinkedBook book;
    REQUIRE(book.change(1, 3, true));
    REQUIRE(book.change(1, 4, true));
    const auto before = book.of(4);
    book.eighth.add(4, {.kind = "withdrawn", .revision = 2, .code = shared_code});
    book.deployment.import(book.eighth);
    CHECK(book.may(1).empty());
    CHECK(book.linked(1) == "3");
    const auto steps = *book.deployment.book().steps(book.of(1));
    REQUIRE(steps.size() == 1);
    CHECK(steps.front().other_record == test::digits(3));
    CHECK(book.deployment.book().change_link(book.of(1), before, true, test::today).error() ==
          app::casebook::Error::NotFound);
    CHECK(book.linked(1) == "3");
}

TEST_CASE("what was done about an erased case comes back neither with its batch nor from an older casebook") {
    LinkedBook book;
    auto& desk = book.deployment.book();
    REQUIRE(book.change(1, 4, true));
    REQUIRE(desk.refer(book.of(4), {"a place", app::casebook::ReferralScope::Nothing, false}, test::today));
    REQUIRE(*desk.answer_referral(book.of(4), StepKind::Accepted, "a place", test::today));
    CHECK_FALSE(*desk.answer_referral(book.of(4), StepKind::Accepted, "another place", test::today));
    CHECK_FALSE(*desk.refer(book.of(4), {"a place", app::casebook::ReferralScope::Contact, false}, test::today));
    const auto erased = book.of(4);
    const app::casebook::Erased note{erased.device, erased.record, erased.case_code, "2026-11-24", {}, {}, {}, false};
    REQUIRE(*desk.heed_erased({&note, 1}, book.deployment.identities()) == 1);  // as a restored casebook does
    CHECK(book.linked(1).empty());
    CHECK(desk.steps(book.of(1))->empty());
    CHECK(desk.steps(erased)->empty());
    book.eighth.add(4, {.revision = 2, .code = shared_code});
    book.deployment.import(book.eighth);
    CHECK(book.may(1).empty());
    CHECK(book.deployment.cases().size() == 3);
    CHECK(desk.steps(erased)->empty());
    CHECK(desk.cases({.referred = app::casebook::ReferralState::Accepted})->cases.empty());
}
