// Whatever page of a database is damaged, everything that is not on it is kept, and nothing is deleted.
#include "app/store/repair.hpp"

#include <sys/resource.h>

#include <csignal>
#include <map>
#include <set>

#include "app/store/schema.hpp"
#include "tests/store/support.hpp"
#include "tests/support/pages.hpp"

using app::store::Error;
using test::ready;
using test::record_id;
using test::sealed;
namespace store = app::store;

namespace {

constexpr int records = 12;
constexpr std::size_t page = 4096;

store::Digest step(const store::Digest& previous, const store::AuditRow& row, store::ByteView bytes) {
    crypto::Bytes data(previous.begin(), previous.end());
    crypto::append_u64_le(data, row.number);
    data.push_back(static_cast<std::byte>(row.type));
    crypto::append(data, bytes);
    return crypto::sha256(ready(), data);
}

crypto::SecretBytes pin(std::string_view digits) {
    return *crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(digits));
}

/// A device in use: records, two workers and a shift lead, a bundle, a batch, an audit.
void fill(store::Store& kiosk) {
    REQUIRE(kiosk.device().enrol(test::enrolment()));
    REQUIRE(kiosk.bundle().keep_excerpt(crypto::Bytes(3'000, std::byte{5})));
    REQUIRE(kiosk.device().keep_key(*crypto::DeviceSecretKey::generate(ready())));
    REQUIRE(kiosk.bundle().install(1, crypto::Bytes(20'000, std::byte{7})));
    REQUIRE(kiosk.people().add({{1}, store::Role::Shelter}, pin("135790")));
    REQUIRE(kiosk.people().add({{9}, store::Role::ShiftLead}, pin("246802")));
    for (unsigned i = 0; i < records; ++i) REQUIRE(kiosk.records().save_revision(record_id(i + 1), 1, sealed("{}")));
    store::AuditHead head;
    for (std::uint64_t number = 1; number <= 5; ++number) {
        store::AuditEntry entry{{number, 2, {}}, crypto::Bytes(600, std::byte{3}), {}};
        entry.head = step(head.head, entry.row, entry.sealed);
        head = {number, entry.head};
        REQUIRE(kiosk.audit().append(entry));
    }
}

store::Result<store::Repaired> repair(const store::StateFolder& folder) {
    std::vector<crypto::SecretBytes> keys;
    keys.push_back(test::key());
    return store::repair(ready(), folder, keys, step);
}

void flip(const test::fs::path& file, std::size_t at) {
    auto content = test::read_all(file);
    content.at(at) = static_cast<char>(content.at(at) ^ 0x40);
    test::write_all(file, content);
}

/// As somebody with the device's key could.
void run_sql(const test::fs::path& file, std::string_view sql) {
    auto database =
        app::database::Database::open(ready(), file, test::key(), store::schema::migrations, store::schema::expected);
    REQUIRE(database);
    REQUIRE(database->run(sql));
}

/// The bytes of every sealed row, by its number.
std::map<std::int64_t, crypto::Bytes> all_bytes(store::Store& kiosk) {
    std::map<std::int64_t, crypto::Bytes> all;
    const auto plan = kiosk.outbox().plan({});
    REQUIRE(plan);
    for (const auto& row : plan->rows) all[row.id.value] = *kiosk.records().read(row.id);
    return all;
}

void every_page(std::size_t step_of_pages) {
    test::Kiosk original;
    fill(*original);
    const auto bytes = all_bytes(*original);
    REQUIRE(bytes.size() == records);
    original.close();
    const auto content = test::read_all(original.database());
    const auto leaves = support::leaves_of(ready(), original.database(), test::key());
    REQUIRE(leaves.size() == records);
    const auto pages = content.size() / page;
    REQUIRE(pages > 60);
    std::size_t repairs = 0;
    std::size_t complete = 0;
    for (std::size_t i = 0; i < pages; i += step_of_pages) {
        INFO("page " << i + 1 << " of " << pages);
        const test::Folder temp;
        const auto folder = store::StateFolder::open(temp.path());
        REQUIRE(folder);
        test::write_all(folder->database(), content);
        REQUIRE(folder->keep_salt());
        flip(folder->database(), i * page + 10);  // of the first page: its salt
        const auto damaged = test::read_all(folder->database());
        const auto opened = store::open_store(ready(), *folder, test::key());
        if (opened) continue;  // a page that nothing uses
        support::Rows expected;
        for (const auto& [row, ignored] : bytes) expected.insert(row);
        if (i > 0) expected = support::readable(ready(), folder->database(), test::key(), leaves);
        const auto repaired = repair(*folder);
        REQUIRE(repaired);
        CHECK(repaired->kept == expected.size());
        CHECK(repaired->kept + repaired->lost == records);
        CHECK(test::read_all(folder->path() / repaired->damaged_file) == damaged);
        auto kiosk = store::open_store(ready(), *folder, test::key());
        REQUIRE(kiosk);
        REQUIRE((*kiosk)->device().enrolment());
        CHECK((*kiosk)->device().enrolment()->epoch == 2);
        CHECK(repaired->enrolment_kept);
        const auto kept = all_bytes(**kiosk);
        CHECK(kept.size() == expected.size());
        for (const auto row : expected) CHECK((kept.contains(row) && kept.at(row) == bytes.at(row)));
        CHECK((*kiosk)->audit().head()->number + repaired->audit_lost == 5);
        CHECK((*kiosk)->bundle().sequence() == 1);
        CHECK((*kiosk)->bundle().installed().has_value() == repaired->bundle_kept);
        CHECK((*kiosk)->people().workers()->size() == (repaired->people_kept ? 2 : 0));
        CHECK((*kiosk)->bundle().excerpt());
        ++repairs;
        complete += repaired->lost == 0 && repaired->people_kept && repaired->bundle_kept ? 1U : 0U;
    }
    CHECK(complete > 0);
    CHECK(repairs > complete);
    WARN(repairs << " pages damaged one at a time, " << complete << " repaired without any loss");
}

}  // namespace

TEST_CASE("a database with any one damaged page is repaired: only what lay on that page is missing") {
    every_page(6);
}

TEST_CASE("a database with every page damaged, one at a time, is repaired", "[.every]") {
    every_page(1);
}

TEST_CASE("of a database that was cut every record that lies before the cut is kept") {
    test::Kiosk original;
    fill(*original);
    original.close();
    const auto leaves = support::leaves_of(ready(), original.database(), test::key());
    const auto content = test::read_all(original.database());
    std::uint64_t kept = 0;
    for (const std::size_t tenths : {5U, 7U, 9U})
        for (const std::size_t rest : {0U, 100U}) {
            INFO(tenths << " tenths and " << rest << " bytes");
            const test::Folder temp;
            const auto folder = store::StateFolder::open(temp.path());
            REQUIRE(folder);
            const auto end = content.size() * tenths / 10 / page * page;
            auto zeroed = content;
            std::fill(zeroed.begin() + static_cast<std::ptrdiff_t>(end), zeroed.end(), '\0');
            test::write_all(temp.path() / "zeroed", zeroed);
            const auto expected = support::readable(ready(), temp.path() / "zeroed", test::key(), leaves);
            auto cut = content;
            cut.resize(end + rest);
            test::write_all(folder->database(), cut);
            REQUIRE_FALSE(store::open_store(ready(), *folder, test::key()));
            const auto repaired = repair(*folder);
            REQUIRE(repaired);
            CHECK(repaired->kept == expected.size());
            CHECK(repaired->enrolment_kept);
            const auto kiosk = store::open_store(ready(), *folder, test::key());
            REQUIRE(kiosk);
            CHECK(all_bytes(**kiosk).size() == repaired->kept);
            kept += repaired->kept;
        }
    CHECK(kept > 0);
}

TEST_CASE("what was put back to an older state keeps its records, and nobody comes in") {
    test::Kiosk kiosk;
    fill(*kiosk);
    kiosk.close();
    run_sql(kiosk.database(), "UPDATE worker SET wrong = 3 WHERE number = 1");
    REQUIRE(kiosk.open().error() == Error::RolledBack);
    const auto repaired = repair(kiosk.folder());
    REQUIRE(repaired);
    CHECK(repaired->kept == records);
    CHECK_FALSE(repaired->people_kept);
    REQUIRE(kiosk.open());
    CHECK(kiosk->people().workers()->empty());
    CHECK(kiosk->device().enrolment()->epoch == 2);
    CHECK(kiosk->bundle().installed()->bytes.size() == 20'000);
    CHECK(*kiosk->audit().sent() == 0);  // what had been sent is not known for certain: all of it goes again
    const auto note = *kiosk->settings().get(store::repair_setting);
    REQUIRE(note);
    CHECK(*note == "0 " + repaired->damaged_file + " people settings");
}

TEST_CASE("a removed shift lead does not come back with any page of an earlier state, also beside a damaged one") {
    test::Kiosk kiosk;
    fill(*kiosk);
    REQUIRE(kiosk->people().add({{8}, store::Role::ShiftLead}, pin("975310")));
    kiosk.close();
    const auto before = test::read_all(kiosk.database());
    REQUIRE(kiosk.open());
    REQUIRE(kiosk->people().remove({8}));
    REQUIRE(kiosk->records().save_revision(record_id(77), 1, sealed("{}")));
    store::AuditEntry entry{{6, 6, {}}, crypto::Bytes(600, std::byte{3}), {}};
    entry.head = step(kiosk->audit().head()->head, entry.row, entry.sealed);
    REQUIRE(kiosk->audit().append(entry));
    kiosk.close();
    const auto now = test::read_all(kiosk.database());
    std::vector<std::size_t> differ;
    for (std::size_t at = page; at + page <= std::min(before.size(), now.size()); at += page)
        if (!std::equal(before.begin() + static_cast<std::ptrdiff_t>(at),
                        before.begin() + static_cast<std::ptrdiff_t>(at + page),
                        now.begin() + static_cast<std::ptrdiff_t>(at)))
            differ.push_back(at);
    REQUIRE(differ.size() > 3);
    std::size_t put_back = 0;
    // Each page alone, also beside a damaged one; and all of them but one. (All of them, with what is newer damaged, is
    // the whole file put back.)
    for (std::size_t i = 0; i < 2 * differ.size(); ++i) {
        const test::Folder temp;
        const auto folder = store::StateFolder::open(temp.path());
        REQUIRE(folder);
        auto mixed = now;
        for (std::size_t j = 0; j < differ.size(); ++j)
            if ((i < differ.size()) == (j == i % differ.size()))
                std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(differ[j]), page,
                            mixed.begin() + static_cast<std::ptrdiff_t>(differ[j]));
        for (const bool damaged_too : {false, true}) {
            if (damaged_too && i >= differ.size()) continue;
            INFO(i << " of " << 2 * differ.size() << (damaged_too ? ", and the last page damaged" : ""));
            test::write_all(folder->database(), mixed);
            if (damaged_too) flip(folder->database(), mixed.size() - page + 50);
            if (store::open_store(ready(), *folder, test::key())) continue;
            REQUIRE(repair(*folder));
            const auto opened = store::open_store(ready(), *folder, test::key());
            REQUIRE(opened);
            const auto workers = *(*opened)->people().workers();
            CHECK(std::none_of(workers.begin(), workers.end(), [](const auto& w) { return w.number.value == 8; }));
            ++put_back;
        }
    }
    CHECK(put_back > differ.size());
}

TEST_CASE("an older bundle does not become the one in use through a repair") {
    test::Kiosk kiosk;
    fill(*kiosk);
    REQUIRE(kiosk->bundle().install(2, crypto::Bytes(20'000, std::byte{8})));
    kiosk.close();
    // As an old page of `value` would have it.
    run_sql(kiosk.database(),
            "UPDATE value SET bytes = x'0100000000000000', "
            "digest = x'7c9fa136d4413fa6173637e883b6998d32e1d675f88cddff9dcbcf331820f4b8' "
            "WHERE name = 'bundle.sequence'");
    const auto repaired = repair(kiosk.folder());
    REQUIRE(repaired);
    CHECK_FALSE(repaired->bundle_kept);
    REQUIRE(kiosk.open());
    CHECK(*kiosk->bundle().sequence() == 2);
    CHECK(kiosk->bundle().installed().error() == Error::NotFound);
    CHECK(kiosk->bundle().install(1, crypto::Bytes(20'000, std::byte{7})).error() == Error::Refused);
    CHECK(kiosk->bundle().install(2, crypto::Bytes(20'000, std::byte{8})));
    CHECK(kiosk->bundle().installed());
}

TEST_CASE("after a repair everything without a receipt waits again, in an epoch that names the manifest before it") {
    test::Kiosk kiosk;
    fill(*kiosk);
    const auto plan = kiosk->outbox().plan({});
    REQUIRE(plan);
    const auto manifest = crypto::Bytes(50, std::byte{4});
    const auto digest = crypto::sha256(ready(), manifest);
    REQUIRE(kiosk->outbox().freeze(*plan, 5, {digest, manifest, manifest, manifest, manifest}));
    CHECK(kiosk->records().counts()->waiting == records - 5);
    REQUIRE(kiosk->settings().set("send.unfinished", "1 1"));
    kiosk.close();
    run_sql(kiosk.database(), "UPDATE worker SET wrong = 3 WHERE number = 1");
    REQUIRE(repair(kiosk.folder()));
    REQUIRE(kiosk.open());
    CHECK(kiosk->records().counts()->waiting == records);
    CHECK(kiosk->outbox().open_batches()->empty());
    CHECK_FALSE(*kiosk->settings().get("send.unfinished"));
    const auto next = kiosk->outbox().plan({});
    REQUIRE(next);
    CHECK(next->epoch == 2);
    CHECK(next->sequence == 1);
    CHECK(next->previous == digest);
}

TEST_CASE("an audit that was changed is kept up to the change") {
    test::Kiosk kiosk;
    fill(*kiosk);
    kiosk.close();
    run_sql(kiosk.database(), "UPDATE audit SET sealed = zeroblob(600) WHERE id = 4");
    REQUIRE(repair(kiosk.folder()));
    REQUIRE(kiosk.open());
    CHECK(kiosk->audit().head()->number == 3);
    CHECK(kiosk->audit().entry(4).error() == Error::NotFound);
}

TEST_CASE("a transaction that was cut off is played back in the copy, and never into the repaired database") {
    test::Kiosk kiosk;
    fill(*kiosk);
    kiosk.close();
    flip(kiosk.database(), 10 * page + 100);
    test::write_all(kiosk.database().string() + "-journal", std::vector<char>(600, 'j'));
    const auto repaired = repair(kiosk.folder());
    REQUIRE(repaired);
    CHECK(test::fs::exists(kiosk.folder().path() / (repaired->damaged_file + "-journal")));
    CHECK_FALSE(test::fs::exists(kiosk.database().string() + "-journal"));
    CHECK(kiosk.open());
}

TEST_CASE("without room nothing is repaired, and everything is as it was") {
    test::Kiosk kiosk;
    fill(*kiosk);
    kiosk.close();
    flip(kiosk.database(), 10 * page + 100);
    const auto damaged = test::read_all(kiosk.database());
    const int answer = test::in_child([&] {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{100'000, 100'000};
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 2;
        const auto repaired = repair(kiosk.folder());
        return !repaired && repaired.error() == Error::NoSpace ? 0 : 1;
    });
    CHECK(answer == 0);
    CHECK(test::read_all(kiosk.database()) == damaged);
    std::vector<std::string> names;
    for (const auto& entry : test::fs::directory_iterator(kiosk.folder().path()))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    CHECK(names == std::vector<std::string>{"amparo.db"});
}
