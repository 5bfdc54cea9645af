// The one draft: with the row it belongs to or not at all, replaced by the next, gone when it is dropped.
#include "tests/store/support.hpp"

using test::ready;
using test::record_id;
using test::sealed;

namespace {

crypto::Bytes bytes(std::string_view text) {
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

}  // namespace

TEST_CASE("a draft comes with its row, the next one takes its place, and a row without one leaves it") {
    test::Kiosk kiosk;
    CHECK_FALSE(*kiosk->records().draft());
    REQUIRE(kiosk->records().save_revision(record_id(1), 1, sealed("{}"), bytes("first")));
    REQUIRE(kiosk->records().save_revision(record_id(1), 2, sealed("{}"), bytes("second")));
    REQUIRE(kiosk->records().save_revision(record_id(2), 1, sealed("{}")));
    const auto kept = kiosk->records().draft();
    REQUIRE(kept);
    REQUIRE(*kept);
    CHECK((*kept)->record == record_id(1));
    CHECK((*kept)->revision == 2);
    CHECK((*kept)->bytes == bytes("second"));
}

TEST_CASE("a dropped draft is gone, also after opening again, and dropping none is no failure") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->records().drop_draft());
    REQUIRE(kiosk->records().save_revision(record_id(1), 1, sealed("{}"), bytes("draft")));
    REQUIRE(kiosk->records().drop_draft());
    kiosk.close();
    REQUIRE(kiosk.open());
    CHECK_FALSE(*kiosk->records().draft());
    CHECK(*kiosk->records().last_revision(record_id(1)) == 1);
}

TEST_CASE("a row that is refused leaves the draft as it was") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->records().save_revision(record_id(1), 2, sealed("{}"), bytes("kept")));
    CHECK_FALSE(kiosk->records().insert(record_id(1), 2, sealed("{}").bytes, bytes("other")));
    CHECK((*kiosk->records().draft())->bytes == bytes("kept"));
    CHECK_FALSE(kiosk->records().insert(record_id(1), 3, sealed("{}").bytes, crypto::Bytes(5U << 20)));
    CHECK(*kiosk->records().last_revision(record_id(1)) == 2);
}
