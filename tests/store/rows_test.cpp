// The life of a sealed record on the kiosk.
#include "tests/store/support.hpp"

using app::store::Error;
using test::ready;
using test::record_id;
using test::sealed;

TEST_CASE("a sealed row is read back as it was, also after closing") {
    test::Kiosk kiosk;
    const auto record = sealed(R"({"kind":"partial"})");
    const auto id = kiosk->records().insert(record_id(1), 1, record.bytes);
    REQUIRE(id);
    CHECK(*kiosk->records().read(*id) == record.bytes);
    REQUIRE(kiosk.open());
    CHECK(*kiosk->records().read(*id) == record.bytes);
    CHECK(kiosk->records().read(app::store::RowId{99}).error() == Error::NotFound);
}

TEST_CASE("a later revision replaces the earlier one that was not exported") {
    test::Kiosk kiosk;
    for (std::uint32_t revision = 1; revision <= 5; ++revision) {
        const auto record = sealed(R"({"kind":"partial"})");
        const auto id = kiosk->records().save_revision(record_id(1), revision, record);
        REQUIRE(id);
        CHECK(kiosk->records().counts()->waiting == 1);
        CHECK(*kiosk->records().read(*id) == record.bytes);
    }
    CHECK(*kiosk->records().last_revision(record_id(1)) == 5);
    CHECK(*kiosk->records().last_revision(record_id(2)) == 0);
}

TEST_CASE("a revision that does not rise is refused and changes nothing") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->records().save_revision(record_id(1), 3, sealed("{}")));
    CHECK(kiosk->records().insert(record_id(1), 3, sealed("{}").bytes).error() == Error::Refused);
    CHECK(kiosk->records().insert(record_id(1), 2, sealed("{}").bytes).error() == Error::Refused);
    CHECK(kiosk->records().counts()->waiting == 1);
}

TEST_CASE("records do not disturb each other") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->records().save_revision(record_id(1), 1, sealed("{}")));
    REQUIRE(kiosk->records().save_revision(record_id(2), 1, sealed("{}")));
    REQUIRE(kiosk->records().save_revision(record_id(2), 2, sealed("{}")));
    CHECK(kiosk->records().counts()->waiting == 2);
    CHECK(*kiosk->records().last_revision(record_id(1)) == 1);
}

TEST_CASE("a copy that does not verify is not kept and the earlier revision stays") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->records().save_revision(record_id(1), 1, sealed("{}")));
    auto bad = sealed("{}");
    SECTION("header changed") {
        bad.bytes[40] ^= std::byte{1};
    }
    SECTION("payload changed") {
        bad.bytes[bad.bytes.size() - 1] ^= std::byte{1};
    }
    SECTION("cut") {
        bad.bytes.resize(bad.bytes.size() - 1);
    }
    SECTION("another number of stanzas") {
        bad.stanzas = 10;
    }
    SECTION("another file key") {
        bad.file_key = test::secret(std::string(16, 'x'));
    }
    CHECK(kiosk->records().save_revision(record_id(1), 2, bad).error() == Error::Damaged);
    CHECK(kiosk->records().counts()->waiting == 1);
    CHECK(*kiosk->records().last_revision(record_id(1)) == 1);
}

TEST_CASE("input outside the range is refused") {
    test::Kiosk kiosk;
    const auto record = sealed("{}");
    CHECK(kiosk->records().insert("short", 1, record.bytes).error() == Error::Input);
    CHECK(kiosk->records().insert(std::string(32, 'G'), 1, record.bytes).error() == Error::Input);
    CHECK(kiosk->records().insert(record_id(1), 0, record.bytes).error() == Error::Input);
    CHECK(kiosk->records().insert(record_id(1), 1, {}).error() == Error::Input);
}

TEST_CASE("a record that was taken back before any export leaves no row") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->records().insert(record_id(1), 1, sealed("{}").bytes));
    REQUIRE(kiosk->records().insert(record_id(1), 2, sealed("{}").bytes));
    REQUIRE(kiosk->records().insert(record_id(2), 1, sealed("{}").bytes));
    CHECK_FALSE(*kiosk->records().was_exported(record_id(1)));
    CHECK(*kiosk->records().erase(record_id(1)) == 2);
    CHECK(kiosk->records().counts()->waiting == 1);
    REQUIRE(kiosk.open());
}

TEST_CASE("a hundred saved revisions leave one row, a summary that fits and a small file") {
    test::Kiosk kiosk;
    for (std::uint32_t revision = 1; revision <= 100; ++revision)
        REQUIRE(kiosk->records().save_revision(record_id(1), revision, sealed("{}")));
    CHECK(kiosk->records().counts()->waiting == 1);
    REQUIRE(kiosk.open());
    CHECK(test::fs::file_size(kiosk.database()) < 300'000);
}
