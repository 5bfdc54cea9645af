// A store of an earlier version opens as one of the newest, with everything in it; what is not one of ours does not.
#include "tests/store/support.hpp"
#include "tests/support/old_store.hpp"

using app::store::Error;
using test::ready;
using test::record_id;
using test::sealed;
namespace store = app::store;

namespace {

/// A store as version 1 left it: two records, a worker, an enrolment.
void make_version_1(const store::StateFolder& folder) {
    support::make_store_of_version_1(ready(), folder.database(), test::key(), [](store::Store& kiosk) {
        REQUIRE(kiosk.device().enrol(test::enrolment()));
        REQUIRE(kiosk.people().add({{1}, store::Role::ShiftLead},
                                   *crypto::SecretBytes::copy_of(ready(), crypto::as_bytes("135790")),
                                   crypto::argon_floor));
        for (const unsigned i : {1U, 2U}) REQUIRE(kiosk.records().insert(record_id(i), 1, sealed("{}").bytes, {}));
    });
}

int version_of(const store::StateFolder& folder) {
    auto database = app::database::Database::open_damaged(ready(), folder.database(), test::key());
    REQUIRE(database);
    // The newer tables are there, or they are not.
    if (database->accepts("SELECT count(*) FROM way_back")) return 5;
    if (database->accepts("SELECT count(*) FROM receipt")) return 4;
    if (database->accepts("SELECT count(*) FROM value_copy")) return 3;
    return database->accepts("SELECT count(*) FROM audit") ? 2 : 1;
}

}  // namespace

TEST_CASE("a store of version 1 opens with the newest schema and every row, and goes on") {
    const test::Folder temp;
    const auto folder = store::StateFolder::open(temp.path());
    REQUIRE(folder);
    make_version_1(*folder);
    CHECK(version_of(*folder) == 1);
    auto kiosk = store::open_store(ready(), *folder, test::key());
    REQUIRE(kiosk);
    CHECK((*kiosk)->records().counts()->waiting == 2);
    CHECK((*kiosk)->people().workers()->size() == 1);
    CHECK((*kiosk)->device().enrolment()->epoch == 1);
    CHECK((*kiosk)->audit().head()->number == 0);
    CHECK_FALSE(*(*kiosk)->records().draft());
    REQUIRE((*kiosk)->records().save_revision(record_id(3), 1, sealed("{}")));
    REQUIRE((*kiosk)->audit().append({{1, 2, {}}, crypto::Bytes(100, std::byte{1}), {}}));
    kiosk->reset();
    CHECK(version_of(*folder) == 5);
    kiosk = store::open_store(ready(), *folder, test::key());
    REQUIRE(kiosk);
    CHECK((*kiosk)->records().counts()->waiting == 3);
    CHECK((*kiosk)->audit().head()->number == 1);
}

TEST_CASE("a migration without room leaves the store as it was, for the version before and for a later try") {
    const test::Folder temp;
    const auto folder = store::StateFolder::open(temp.path());
    REQUIRE(folder);
    make_version_1(*folder);
    const auto before = test::read_all(folder->database());
    {
        // One statement of the step fails: nothing of it stays.
        constexpr std::string_view wrong = "CREATE TABLE batch(id INTEGER)";
        const std::array broken{store::schema::audit_table, wrong};
        const std::array steps{store::schema::migrations[0], app::database::Migration(broken)};
        CHECK_FALSE(
            app::database::Database::open(ready(), folder->database(), test::key(), steps, store::schema::expected));
    }
    CHECK(version_of(*folder) == 1);
    CHECK(test::read_all(folder->database()).size() == before.size());
    CHECK(store::open_store(ready(), *folder, test::key()));
}

TEST_CASE("a store with a table or a column of somebody else's is not one of ours") {
    for (const std::string_view statement : {"CREATE TABLE more(id INTEGER)", "CREATE INDEX fast ON worker(role)",
                                             "ALTER TABLE worker ADD COLUMN name TEXT"}) {
        INFO(statement);
        const test::Folder temp;
        const auto folder = store::StateFolder::open(temp.path());
        REQUIRE(folder);
        const std::array with_more{
            app::database::Migration(store::schema::version_1), app::database::Migration(store::schema::version_2),
            app::database::Migration(store::schema::version_3), app::database::Migration(store::schema::version_4),
            app::database::Migration(store::schema::version_5), app::database::Migration(&statement, 1)};
        {
            REQUIRE(store::create_store(ready(), *folder, test::key()));
            // Made by a program that knows one version more…
            const auto newer = app::database::Database::open(ready(), folder->database(), test::key(), with_more, {});
            CHECK(newer.error() == Error::Damaged);  // … whose own expectation is of no interest here
        }
        CHECK(store::open_store(ready(), *folder, test::key()).error() == Error::Newer);
    }
}

TEST_CASE("a store of version 3 opens as it was: what it lacks is no sign of an older page") {
    const test::Folder temp;
    const auto folder = store::StateFolder::open(temp.path());
    REQUIRE(folder);
    support::make_store_of_version(3, ready(), folder->database(), test::key(), [](store::Store& kiosk) {
        REQUIRE(kiosk.device().enrol(test::enrolment()));
        REQUIRE(kiosk.records().insert(record_id(1), 1, sealed("{}").bytes, {}));
    });
    CHECK(version_of(*folder) == 3);
    CHECK((*store::open_store(ready(), *folder, test::key()))->records().counts()->waiting == 1);
    CHECK(version_of(*folder) == 5);
    CHECK(store::open_store(ready(), *folder, test::key()));
}

TEST_CASE("a store of version 4 opens with its batches, which nobody can answer, and the next one can be") {
    const test::Folder temp;
    const auto folder = store::StateFolder::open(temp.path());
    REQUIRE(folder);
    const auto freeze = [](store::Store& kiosk, crypto::ByteView way_back) {
        const auto plan = kiosk.outbox().plan({});
        REQUIRE(plan);
        const crypto::Bytes some(9);
        REQUIRE(kiosk.outbox().freeze(*plan, 1, {{}, some, some, some, some}, way_back));
    };
    support::make_store_of_version(4, ready(), folder->database(), test::key(), [&](store::Store& kiosk) {
        REQUIRE(kiosk.device().enrol(test::enrolment()));
        REQUIRE(kiosk.records().insert(record_id(1), 1, sealed("{}").bytes, {}));
        freeze(kiosk, {});
    });
    CHECK(version_of(*folder) == 4);
    auto kiosk = store::open_store(ready(), *folder, test::key());
    REQUIRE(kiosk);
    CHECK((*kiosk)->outbox().open_batches()->size() == 1);
    CHECK((*kiosk)->outbox().answerable()->empty());
    REQUIRE((*kiosk)->records().insert(record_id(2), 1, sealed("{}").bytes, {}));
    freeze(**kiosk, crypto::Bytes(32, std::byte{1}));
    CHECK((*kiosk)->outbox().answerable()->size() == 1);
    kiosk->reset();
    CHECK(version_of(*folder) == 5);
    CHECK(store::open_store(ready(), *folder, test::key()));
}
