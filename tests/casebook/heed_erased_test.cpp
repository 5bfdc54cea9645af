// What one casebook erased goes from another one of the same programme, which knows less of it: one out of an older
// backup.
#include "tests/casebook/support.hpp"

using app::casebook::Erasable;
using app::casebook::Erased;
using test::Deployment;

namespace {

constexpr auto their_code = "radio-hotel-canal-482";
constexpr auto anothers_code = "hotel-radio-canal-100";

void erase_here(Deployment& deployment, const std::string& name, bool whole_visit) {
    auto& book = deployment.book();
    const auto found = book.erasable(name, deployment.identities());
    REQUIRE(found);
    REQUIRE_FALSE(found->empty());
    REQUIRE(book.erase(*found, {}, {app::casebook::ErasedFor::Request, test::today, "asked", whole_visit}));
}

std::vector<std::string> codes_in(Deployment& deployment) {
    std::vector<std::string> all;
    for (const auto& one : deployment.cases()) all.push_back(one.case_code);
    return all;
}

/// A casebook, and an older one of the same programme that has the first batch only.
struct TwoBooks {
    Deployment now;
    Deployment before{now};
    test::Kiosk kiosk = now.kiosk();

    TwoBooks() {
        kiosk.add(1, {.code = their_code});
        kiosk.add(2, {.code = anothers_code});
        const auto first = kiosk.batch(now.identities());
        now.import(first);
        before.import(first);
    }
    std::vector<Erased> notes() {
        const auto all = now.book().erased();
        REQUIRE(all);
        return *all;
    }
    std::size_t heed(const std::vector<Erased>& notes) {
        const auto gone = before.book().heed_erased(notes, before.identities());
        REQUIRE(gone);
        return *gone;
    }
};

}  // namespace

TEST_CASE("an older casebook erases what the newer one had erased, and notes it as that one did") {
    TwoBooks books;
    REQUIRE(books.now.open());  // an identity opened it, and is named
    erase_here(books.now, their_code, true);
    CHECK(books.heed(books.notes()) == 1);
    CHECK(codes_in(books.before) == std::vector<std::string>{anothers_code});
    const auto here = books.before.book().erased();
    REQUIRE(here->size() == 1);
    const auto there = books.notes().front();
    CHECK(here->front().record == there.record);
    CHECK(here->front().day == there.day);
    CHECK(here->front().by == there.by);
    CHECK_FALSE(here->front().by.empty());
    CHECK(here->front().whole_visit);
    CHECK(books.heed(books.notes()) == 0);  // once more changes nothing
    CHECK(books.before.book().erased()->size() == 1);
}

TEST_CASE("what still comes of an erased visit is erased in the older casebook as well") {
    TwoBooks books;
    erase_here(books.now, their_code, true);
    books.heed(books.notes());
    books.kiosk.add(1, {.revision = 2, .code = their_code});
    books.kiosk.add(3, {.code = their_code});
    books.before.import(books.kiosk);
    CHECK(codes_in(books.before) == std::vector<std::string>{anothers_code});
}

TEST_CASE("a record of an erased visit that only the older casebook has goes too, and only where the visit did") {
    for (const bool whole_visit : {true, false}) {
        TwoBooks books;
        erase_here(books.now, their_code, whole_visit);
        const auto notes = books.notes();
        books.kiosk.add(3, {.code = their_code});
        books.before.import(books.kiosk);
        CHECK(books.heed(notes) == (whole_visit ? 2 : 1));
        CHECK(codes_in(books.before).size() == (whole_visit ? 1 : 2));
    }
}

TEST_CASE("a refused file that holds an erased case goes from beside the older casebook") {
    TwoBooks books;
    erase_here(books.now, their_code, true);
    books.kiosk.add(1, {.revision = 2, .code = their_code});
    const auto file = books.kiosk.write(books.before.folder());
    auto& book = books.before.book();
    REQUIRE(book.quarantine(file, "revoked", "").value_or(false));
    books.heed(books.notes());
    REQUIRE(book.quarantined()->size() == 1);
    CHECK_FALSE(book.quarantined()->front().kept);
    CHECK(std::filesystem::is_empty(app::casebook::quarantine_of(books.before.file())));
}
