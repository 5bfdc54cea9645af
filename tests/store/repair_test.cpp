// Whatever page of a database is damaged, everything that is not on it is kept, and nothing is deleted.
#include "app/store/repair.hpp"

#include <sys/resource.h>

#include <csignal>

#include "app/store/schema.hpp"
#include "tests/store/support.hpp"

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
    REQUIRE(kiosk.enrol(test::enrolment()));
    REQUIRE(kiosk.install_bundle(1, crypto::Bytes(20'000, std::byte{7})));
    REQUIRE(kiosk.add_worker({{1}, store::Role::Shelter}, pin("135790")));
    REQUIRE(kiosk.add_worker({{9}, store::Role::ShiftLead}, pin("246802")));
    for (unsigned i = 0; i < records; ++i)
        REQUIRE(store::save_revision(ready(), kiosk, record_id(i + 1), 1, sealed("{}")));
    store::AuditHead head;
    for (std::uint64_t number = 1; number <= 5; ++number) {
        store::AuditEntry entry{{number, 2, {}}, crypto::Bytes(600, std::byte{3}), {}};
        entry.head = step(head.head, entry.row, entry.sealed);
        head = {number, entry.head};
        REQUIRE(kiosk.append_audit(entry));
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
        store::Database::open(ready(), file, test::key(), store::schema::migrations, store::schema::expected);
    REQUIRE(database);
    REQUIRE(database->run(sql));
}

}  // namespace

TEST_CASE("a database with any one damaged page is repaired: only what lay on that page is missing") {
    test::Kiosk original;
    fill(*original);
    original.close();
    const auto content = test::read_all(original.database());
    const auto pages = content.size() / page;
    REQUIRE(pages > 60);
    std::size_t repairs = 0;
    std::size_t complete = 0;
    for (std::size_t i = 1; i < pages; i += 6) {
        INFO("page " << i + 1 << " of " << pages);
        const test::TempFolder temp;
        const auto folder = store::StateFolder::open(temp.path());
        REQUIRE(folder);
        test::write_all(folder->database(), content);
        flip(folder->database(), i * page + 100);
        const auto damaged = test::read_all(folder->database());
        REQUIRE_FALSE(store::open_store(ready(), *folder, test::key()));
        const auto repaired = repair(*folder);
        REQUIRE(repaired);
        CHECK(repaired->kept + repaired->lost == records);
        CHECK(repaired->lost <= 8);  // a leaf of the table holds the beginnings of several rows
        CHECK(test::read_all(folder->path() / repaired->damaged_file) == damaged);
        auto kiosk = store::open_store(ready(), *folder, test::key());
        REQUIRE(kiosk);
        const auto counts = (*kiosk)->counts();
        REQUIRE(counts);
        CHECK(counts->waiting == repaired->kept);
        std::uint64_t readable = 0;
        for (unsigned r = 0; r < records; ++r) readable += *(*kiosk)->last_revision(record_id(r + 1)) == 1 ? 1U : 0U;
        CHECK(readable == repaired->kept);
        CHECK((*kiosk)->audit_head()->number <= 5);
        if (const auto enrolment = (*kiosk)->enrolment()) CHECK(enrolment->epoch == 2);
        ++repairs;
        complete += repaired->lost == 0 && repaired->people_kept ? 1U : 0U;
        if (repaired->people_kept) CHECK((*kiosk)->workers()->size() == 2);
    }
    CHECK(complete > 0);
    WARN(repairs << " pages damaged one at a time, " << complete << " repaired without any loss");
}

TEST_CASE("what was put back to an older state keeps its records, but only shift leads come in") {
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
    const auto workers = *kiosk->workers();
    REQUIRE(workers.size() == 1);
    CHECK(workers[0].role == store::Role::ShiftLead);
    CHECK(kiosk->enrolment()->epoch == 2);
    CHECK(kiosk->bundle()->bytes.size() == 20'000);
    const auto note = *kiosk->setting(store::repair_setting);
    REQUIRE(note);
    CHECK(*note == "0 " + repaired->damaged_file);
}

TEST_CASE("an audit that was changed is kept up to the change") {
    test::Kiosk kiosk;
    fill(*kiosk);
    kiosk.close();
    run_sql(kiosk.database(), "UPDATE audit SET sealed = zeroblob(600) WHERE id = 4");
    REQUIRE(repair(kiosk.folder()));
    REQUIRE(kiosk.open());
    CHECK(kiosk->audit_head()->number == 3);
    CHECK(kiosk->audit_entry(4).error() == Error::NotFound);
}

TEST_CASE("when not even the first page can be read a new store is begun, and the damaged file is there as it was") {
    test::Kiosk kiosk;
    fill(*kiosk);
    kiosk.close();
    flip(kiosk.database(), 50);
    const auto damaged = test::read_all(kiosk.database());
    REQUIRE(kiosk.open().error() == Error::WrongKey);
    const auto repaired = repair(kiosk.folder());
    REQUIRE(repaired);
    CHECK(repaired->kept == 0);
    CHECK(test::read_all(kiosk.folder().path() / repaired->damaged_file) == damaged);
    REQUIRE(kiosk.open());
    CHECK(kiosk->workers()->empty());
    CHECK(kiosk->enrolment().error() == Error::NotFound);
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
    CHECK(names == std::vector<std::string>{"amparo.db", "lock"});
}
