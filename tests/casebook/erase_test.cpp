// What a person asks to be erased is erased, whole, and does not come back; what others said stays.
#include <algorithm>
#include <iterator>

#include "app/database/database.hpp"
#include "crypto/age.hpp"
#include "crypto/open/open.hpp"
#include "tests/casebook/plain_pages.hpp"
#include "tests/support/batch_members.hpp"

using app::casebook::Erasable;
using app::casebook::ErasedFor;
using app::casebook::Erasure;
using test::Deployment;
using test::Outcome;
using test::Standing;
namespace fs = test::fs;

namespace {

const std::string code = "radio-hotel-canal-482";
const std::string secret = "what nobody else may ever read";
const std::string follows_first = R"("follows":")" + test::digits(1) + R"(",)";

test::Said said_so(unsigned revision = 1, std::string more = {}) {
    return {.revision = revision, .danger = "strong", .more = R"("note":")" + secret + R"(",)" + std::move(more)};
}

Erasure on_request() {
    return {ErasedFor::Request, test::today, "asked on the telephone", true};
}

crypto::Bytes bytes_of_file(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

/// As the command does it: everything with that name, everything that is found of it.
void erase_all(Deployment& deployment, const std::string& name = code) {
    auto& book = deployment.book();
    const auto found = book.erasable(name, deployment.identities());
    REQUIRE(found);
    REQUIRE_FALSE(found->empty());
    const auto traces = book.traces(*found, name, deployment.identities());
    REQUIRE(traces);
    REQUIRE(book.erase(*found, *traces, on_request()));
    REQUIRE(book.compact());
}

/// A kiosk whose person answered two forms, and somebody else.
struct Visit {
    Deployment deployment;
    test::Kiosk kiosk = deployment.kiosk();
    app::exchange::VerifiedBatch batch = first_batch();
    Visit() {
        deployment.import(batch);
        // Revisions move rows about on their pages.
        kiosk.add(1, said_so(2, R"("longer":")" + std::string(700, 'x') + R"(",)"));
        deployment.import(kiosk);
    }
    app::exchange::VerifiedBatch first_batch() {
        kiosk.add(1, said_so());
        kiosk.add(2, said_so(1, follows_first));
        kiosk.add(3, {.code = "hotel-radio-canal-100"});
        return kiosk.batch(deployment.identities());
    }
    [[nodiscard]] std::vector<std::string> codes() {
        std::vector<std::string> all;
        for (const auto& one : deployment.cases()) all.push_back(one.case_code);
        return all;
    }
    void check_gone() {
        CHECK(codes() == std::vector<std::string>{"hotel-radio-canal-100"});
        CHECK(test::times_in(test::plain_pages(deployment), secret) == 0);
    }
};

}  // namespace

TEST_CASE("an erased case is gone from the list, from every table and from every page; others stay") {
    Visit scene;
    const auto pages = test::times_in(test::plain_pages(scene.deployment), secret);
    REQUIRE(pages >= 2);
    for (const auto& one : scene.deployment.cases())
        if (one.case_code == code)
            REQUIRE(scene.deployment.book().take_step(one, app::casebook::StepKind::Note, secret, test::today));
    REQUIRE(test::times_in(test::plain_pages(scene.deployment), secret) > pages);
    REQUIRE(scene.deployment.book().records_json(scene.deployment.cases(), test::today));
    erase_all(scene.deployment);
    scene.check_gone();
    CHECK(scene.deployment.book().accesses(code, 0)->size() == 2);  // whoever opens and erases leaves that trace
    CHECK(scene.deployment.book().accesses("", 0)->size() == 3);
    std::size_t kept = 0;
    for (const auto& one : scene.batch.records)
        if (scene.deployment.book().sealed_original(scene.kiosk.device(), one.name)) ++kept;
    CHECK(kept == 1);
    CHECK(scene.deployment.book().unseen()->erased == 2);
}

TEST_CASE("a database that is written anew has nothing of deleted rows in unused parts of its pages") {
    // SQLite clears what it frees, and leaves behind what it moves: of 1,000 rows here 2 stayed without it.
    static constexpr std::string_view table = "CREATE TABLE row(id INTEGER PRIMARY KEY, name TEXT UNIQUE, said TEXT)";
    static constexpr std::array statements{table};
    static const std::array<app::database::Migration, 1> migrations{app::database::Migration(statements)};
    const test::Folder folder;
    const auto file = folder.path() / "rows.db";
    auto key = crypto::SecretBytes::make(test::ready(), app::database::database_key_bytes);
    REQUIRE(key);
    {
        auto database = app::database::Database::create(test::ready(), file, *key, migrations);
        REQUIRE(database);
        std::uint32_t size = 1;
        for (int round = 0; round < 6; ++round) {
            auto transaction = app::database::Transaction::begin(*database);
            REQUIRE(transaction);
            for (int i = 0; i < 2000; ++i) {
                size = size * 1'664'525U + 1'013'904'223U;
                const auto name = std::to_string(i);
                const auto said = (i % 2 == 0 ? "erased-" : "stays-") + std::string((size >> 8U) % 1500U, 'x');
                REQUIRE(
                    database->run("INSERT INTO row(name, said) VALUES(?1, ?2) ON CONFLICT(name) DO UPDATE SET "
                                  "said = excluded.said",
                                  name, said));
            }
            REQUIRE(transaction->commit());
        }
        REQUIRE(database->run("DELETE FROM row WHERE said LIKE 'erased-%'"));
        REQUIRE(database->compact());
        REQUIRE_FALSE(database->run("DROP TABLE row"));  // as protected as before
    }
    const auto pages = test::pages_of(file, *key);
    CHECK(test::times_in(pages, "erased-") == 0);
    CHECK(test::times_in(pages, "stays-") == 1000);
}

TEST_CASE("what stays of an erased case says which, when, why and who, and no word of what was said") {
    Visit scene;
    REQUIRE(scene.deployment.open());  // an identity opened it
    erase_all(scene.deployment);
    const auto erased = scene.deployment.book().erased();
    REQUIRE(erased->size() == 2);
    for (const auto& one : *erased) {
        CHECK(one.device == scene.kiosk.device());
        CHECK(one.case_code == code);
        CHECK(one.day == app::exchange::day_text(test::today));
        CHECK(one.cause == ErasedFor::Request);
        CHECK(one.reason == "asked on the telephone");
        CHECK(one.by == scene.deployment.identities().front().recipient().to_string());
    }
    // Erasing again notes nothing new.
    erase_all(scene.deployment);
    CHECK(scene.deployment.book().erased()->size() == 2);
}

TEST_CASE("the same batch again does not bring an erased case back, and the report says so") {
    Visit scene;
    erase_all(scene.deployment);
    const auto report = scene.deployment.import(scene.batch);
    CHECK(report.standing == Standing::Again);
    CHECK(report.count(Outcome::Erased) == 2);
    CHECK(report.count(Outcome::Known) == 1);
    CHECK(report.with(Outcome::Erased).front()->case_code == code);
    CHECK(report.refused() == 0);
    scene.check_gone();
}

TEST_CASE("a later revision, a withdrawal, or another form of an erased visit is erased as it comes") {
    for (const auto& [record, said] :
         {std::pair(1U, said_so(9)), std::pair(1U, test::Said{.kind = "withdrawn", .revision = 9}),
          std::pair(1U, test::Said{.kind = "partial", .revision = 9}),
          std::pair(1U, test::Said{.code = "canal-canal-canal-001"}), std::pair(8U, said_so(1, follows_first)),
          std::pair(9U, said_so())}) {
        Visit scene;
        erase_all(scene.deployment);
        scene.kiosk.add(record, said);
        const auto later = scene.kiosk.batch(scene.deployment.identities());
        const auto report = scene.deployment.import(later);
        REQUIRE(report.records.size() == 1);
        CHECK(report.records[0].outcome == Outcome::Erased);
        CHECK(report.records[0].case_code == code);
        CHECK_FALSE(scene.deployment.book().sealed_original(scene.kiosk.device(), later.records[0].name));
        CHECK(scene.deployment.book().held()->empty());
        scene.check_gone();
    }
}

TEST_CASE("a later revision of an erased case from a source in doubt waits for nobody and is erased as well") {
    Visit scene;
    erase_all(scene.deployment);
    scene.kiosk.roll_back_to(0, {});
    scene.kiosk.add(1, said_so(7));
    const auto report = scene.deployment.import(scene.kiosk);
    CHECK(report.standing == Standing::Forked);
    CHECK(report.count(Outcome::Erased) == 1);
    scene.check_gone();
}

TEST_CASE("versions that wait for a decision are erased with their case") {
    Visit scene;
    scene.kiosk.roll_back_to(0, {});
    scene.kiosk.add(1, said_so(99));
    scene.kiosk.add(2, {.kind = "withdrawn", .revision = 9});
    CHECK(scene.deployment.import(scene.kiosk).standing == Standing::Forked);
    // The first version as well: the second, which came since the fork, took its place.
    REQUIRE(scene.deployment.book().held()->size() == 3);
    const auto found = scene.deployment.book().erasable(code, scene.deployment.identities());
    REQUIRE(found->size() == 2);
    CHECK((*found)[0].held == 2);
    erase_all(scene.deployment);
    CHECK(scene.deployment.book().held()->empty());
    scene.check_gone();
}

TEST_CASE("a case that was taken back, or of which only a refused version is kept, is erased to the last byte") {
    Visit scene;
    scene.kiosk.add(2, {.kind = "withdrawn", .revision = 9});
    scene.deployment.import(scene.kiosk);
    // A withdrawal of a record that never came, in doubt, and rejected: it is neither listed nor held any more.
    scene.kiosk.add(4, {.code = "hotel-radio-canal-100"});
    (void)scene.kiosk.batch(scene.deployment.identities());
    scene.kiosk.add(5, {.kind = "withdrawn", .revision = 2, .code = code});
    const auto order = scene.kiosk.batch(scene.deployment.identities());
    scene.deployment.import(order);
    const auto held = scene.deployment.book().held();
    REQUIRE(held->size() == 1);
    REQUIRE(scene.deployment.book().decide(held->front(), false));
    REQUIRE(scene.deployment.book().sealed_original(scene.kiosk.device(), order.records[0].name));
    erase_all(scene.deployment);
    scene.check_gone();
    CHECK_FALSE(scene.deployment.book().sealed_original(scene.kiosk.device(), order.records[0].name));
}

TEST_CASE("the same code of another device is named apart, and stays unless it is chosen") {
    Visit scene;
    auto other = scene.deployment.kiosk(8);
    other.add(1, said_so());
    scene.deployment.import(other);
    auto& book = scene.deployment.book();
    auto found = book.erasable(code, scene.deployment.identities());
    REQUIRE(found->size() == 3);
    std::erase_if(*found, [&](const Erasable& one) { return one.device == other.device(); });
    const auto traces = book.traces(*found, code, scene.deployment.identities());
    CHECK(traces->strays.empty());
    REQUIRE(book.erase(*found, *traces, on_request()));
    REQUIRE(scene.codes().size() == 2);
    CHECK(scene.codes().front() == code);
    other.add(2, said_so(1, follows_first));
    CHECK(scene.deployment.import(other).count(Outcome::New) == 1);
}

TEST_CASE("one record is erased by its id, and the other forms of the visit stay") {
    Visit scene;
    auto& book = scene.deployment.book();
    const auto found = book.erasable(test::digits(2), scene.deployment.identities());
    REQUIRE(found->size() == 1);
    REQUIRE(book.erase(*found, {}, {ErasedFor::Request, test::today, {}, false}));
    CHECK(scene.codes().size() == 2);
    scene.kiosk.add(9, said_so());
    CHECK(scene.deployment.import(scene.kiosk).count(Outcome::New) == 1);
}

TEST_CASE(
    "copies that could not be listed are found by what they say and erased; byte for byte ones come back nowhere") {
    Visit scene;
    auto other = scene.deployment.kiosk(8);
    // The same sealed bytes, and a copy that is no proper record, from another device.
    const auto members = test::sealed_members(test::ready(), scene.batch);
    for (const auto& [name, sealed] : members) other.add_sealed(sealed);
    other.add_raw(R"({"broken":true,"device":")" + scene.kiosk.device() + R"(","record":")" + test::digits(1) +
                  R"(","note":")" + secret + R"("})");
    other.add_raw(R"({"broken":true,"case_code":"hotel-radio-canal-100"})");
    const auto copies = other.batch(scene.deployment.identities());
    scene.deployment.import(copies);
    REQUIRE(scene.deployment.book().unlisted()->size() == 5);
    erase_all(scene.deployment);
    CHECK(scene.deployment.book().unlisted()->size() == 2);
    std::size_t kept = 0;
    for (const auto& one : copies.records)
        if (scene.deployment.book().sealed_original(other.device(), one.name)) ++kept;
    CHECK(kept == 2);

    auto third = scene.deployment.kiosk(9);
    for (const auto& [name, sealed] : members) third.add_sealed(sealed);
    third.add_raw(scene.kiosk.json(1, said_so(5)));
    const auto report = scene.deployment.import(third);
    CHECK(report.count(Outcome::Erased) >= 2);
    const auto unlisted = scene.deployment.book().unlisted();
    REQUIRE(unlisted);
    for (const auto& one : *unlisted) CHECK(one.outcome != Outcome::Known);
    scene.check_gone();
}

TEST_CASE("what none of the identities opens is counted, and erased when somebody opens it") {
    Visit scene;
    std::vector<test::Identity> both;
    both.push_back(test::must(test::Identity::generate(test::ready())));
    const std::vector<crypto::Recipient> somebody{both.front().recipient()};
    auto sealed = crypto::seal_record(test::ready(), crypto::as_bytes(scene.kiosk.json(1, said_so(4))), somebody);
    REQUIRE(sealed);
    scene.kiosk.add_sealed(std::move(sealed->bytes));
    const auto batch = scene.kiosk.batch(scene.deployment.identities());
    CHECK(scene.deployment.import(batch).count(Outcome::NotForUs) == 1);
    auto& book = scene.deployment.book();
    CHECK(book.traces({}, code, scene.deployment.identities())->closed == 1);
    erase_all(scene.deployment);
    const auto report = book.import_batch(batch, both);
    REQUIRE(report);
    CHECK(report->count(Outcome::Erased) == 1);
    CHECK_FALSE(book.sealed_original(scene.kiosk.device(), batch.records[0].name));
}

TEST_CASE("a refused file that holds the case is found, however broken, and goes as a whole; others stay") {
    Visit scene;
    auto thief = scene.deployment.kiosk(8);
    thief.add(11, said_so());
    thief.add(12, {.code = "hotel-radio-canal-100"});
    const auto with = thief.write(scene.deployment.folder());
    thief.add(13, {.code = "hotel-radio-canal-100"});
    const auto without = thief.write(scene.deployment.folder());
    // Sealed again after its archive was cut in the middle: no tool reads it as an archive any more.
    const auto plain = crypto::open::open_bytes(test::ready(), bytes_of_file(with),
                                                crypto::open::Keys{.identities = scene.deployment.identities()});
    REQUIRE(plain);
    auto cut = *plain;
    cut.erase(cut.begin(), cut.begin() + 512);
    cut.resize(cut.size() - 700'000);
    const auto again = crypto::seal(test::ready(), cut, scene.deployment.recipients());
    REQUIRE(again);
    const auto broken = scene.deployment.folder() / "b-broken.age";
    std::ofstream(broken, std::ios::binary)
        .write(reinterpret_cast<const char*>(again->bytes.data()), static_cast<std::streamsize>(again->bytes.size()));
    std::ofstream(scene.deployment.folder() / "b-junk.age") << "junk";
    auto& book = scene.deployment.book();
    for (const auto& file : {with, without, broken, scene.deployment.folder() / "b-junk.age"})
        REQUIRE(book.quarantine(file, "revoked", "").value_or(false));
    // A copy that was to be removed and that nothing names any more.
    const auto folder = app::casebook::quarantine_of(scene.deployment.file());
    fs::copy_file(with, folder / "left.copying");
    const auto found = book.erasable(code, scene.deployment.identities());
    auto traces = book.traces(*found, {}, scene.deployment.identities());
    CHECK(traces->copies.empty());  // another device's
    traces = book.traces({}, code, scene.deployment.identities());
    REQUIRE(traces->copies.size() == 3);
    std::sort(traces->copies.begin(), traces->copies.end(),
              [](const auto& one, const auto& other) { return one.records > other.records; });
    CHECK(traces->copies[0].records == 2);
    CHECK(traces->closed == 1);
    REQUIRE(book.erase({}, *traces, on_request()));
    const auto kept = book.quarantined();
    REQUIRE(kept->size() == 4);
    CHECK_FALSE(fs::exists(folder / "left.copying"));
    for (const auto& one : *kept) {
        const bool holds = one.file == with.filename() || one.file == broken.filename();
        CHECK(one.kept != holds);
        CHECK(fs::exists(folder / (one.file_sha256 + ".age")) != holds);
    }
}

TEST_CASE("a record is past its days only after all of them, and a day that cannot be says nothing") {
    using app::casebook::Keeping;
    using app::casebook::keeping_of;
    const auto now = app::exchange::parse_day("2027-11-24").value();
    CHECK(keeping_of("2026-11-24", now, 365) == Keeping::Within);
    CHECK(keeping_of("2026-11-23", now, 365) == Keeping::Past);
    CHECK(keeping_of("2027-11-24", now, 1) == Keeping::Within);
    CHECK(keeping_of("2026-01-01", now, 36'500) == Keeping::Within);
    for (const auto* const day : {"2025-12-31", "1970-01-01", "2027-11-25", "2099-01-01", "", "yesterday"})
        CHECK(keeping_of(day, now, 1) == Keeping::Unbelievable);
    // A machine whose own clock is before everything erases nothing.
    CHECK(keeping_of("2026-11-24", app::exchange::parse_day("1970-01-01").value(), 1) == Keeping::Unbelievable);
}
