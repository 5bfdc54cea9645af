// Casebooks that earlier versions made open with everything that is in them.
#include "app/casebook/sqlcipher/key_file.hpp"
#include "app/casebook/sqlcipher/schema.hpp"
#include "tests/casebook/listing_support.hpp"

using app::casebook::AuditStanding;
using app::exchange::AuditType;
using test::Deployment;
using test::Outcome;
using test::Standing;
namespace schema = app::casebook::sqlcipher::schema;

namespace {

/// Takes what `from` holds out of the newest schema into a database of an earlier version, in its place.
class Earlier {
  public:
    Earlier(Deployment& deployment, std::size_t version) : deployment_(deployment) {
        const auto key = app::casebook::sqlcipher::read_key_file(
            test::ready(), app::casebook::sqlcipher::key_file_of(deployment.file()), deployment.identities());
        REQUIRE(key);
        deployment.close();
        auto newest =
            app::database::Database::open(test::ready(), deployment.file(), *key, schema::migrations, schema::expected);
        REQUIRE(newest);
        const auto file = deployment.folder() / "earlier.db";
        auto made =
            app::database::Database::create(test::ready(), file, *key, std::span(schema::migrations).first(version));
        REQUIRE(made);
        copy(*newest, *made, "value(name, bytes)", 2);
        // What no earlier version wrote.
        REQUIRE(made->run("DELETE FROM value WHERE name = 'listed_by'"));
        if (version < 3) REQUIRE(made->run("DELETE FROM value WHERE name = 'audit_since'"));
        if (version >= 7)
            copy(*newest, *made, "device(device, forked, revoked, revoked_by)", 4);
        else
            copy(*newest, *made, "device(device, forked, revoked)", 3);
        copy(*newest, *made,
             "batch(id, device, epoch, sequence, previous, manifest_sha256, manifest, signature, certificate, "
             "certificate_signature, file_sha256)",
             11);
        copy(*newest, *made, "sealed(id, batch, name, sha256, outcome, detail, device, record, revision, bytes)", 10);
        if (version >= 6)
            copy(*newest, *made, "record(id, " + listed_columns() + ")", 26);
        else
            copy(*newest, *made, "record(id, device, record, sealed, revision, kind, case_code, json_sha256, json)", 9);
        if (version >= 8) copy(*newest, *made, "step(device, record, day, kind, said, step_by)", 6);
        if (version >= 8) copy(*newest, *made, "access(device, record, day, access_by)", 4);
        if (version >= 4)
            copy(*newest, *made, "erased(device, record, case_code, day, cause, reason, erased_by, whole_visit)", 8);
        if (version >= 3) {
            copy_third(*newest, *made, version);
            return;
        }
        copy(*newest, *made, "quarantine(file_sha256, reason, detail)", 3);
        if (version > 1) {
            copy(*newest, *made, "audit(device, number, name, sha256, bytes)", 5);
            copy(*newest, *made, "audit_claim(device, number, head)", 3);
            copy(*newest, *made, "audit_whole(device, number, head, broken)", 4);
        }
    }
    ~Earlier() { fs_replace(); }
    Earlier(const Earlier&) = delete;
    Earlier& operator=(const Earlier&) = delete;

  private:
    static std::string listed_columns() {
        return "device, record, sealed, revision, kind, case_code, json_sha256, urgency, unreadable, training, day, "
               "form, form_version, mode, role, follows, danger, harm, risk, worst, raised, danger_rule, harm_rule, "
               "risk_rule, json";
    }
    static void copy_third(app::database::Database& from, app::database::Database& to, std::size_t version) {
        copy(from, to, "quarantine(file_sha256, bytes, kept, file, reason, detail)", 6);
        copy(from, to, "audit(device, epoch, number, name, sha256, bytes)", 6);
        copy(from, to, "audit_claim(device, epoch, number, head)", 4);
        copy(from, to, "audit_whole(device, epoch, start, start_head, number, head, broken)", 7);
        copy(from, to, "batch_ended(batch)", 1);
        if (version >= 6)
            copy(from, to, "held(" + listed_columns() + ")", 25);
        else
            copy(from, to, "held(sealed, device, record, revision, kind, case_code, json_sha256, json)", 8);
    }
    void fs_replace() {
        std::error_code ignored;
        test::fs::rename(deployment_.folder() / "earlier.db", deployment_.file(), ignored);
    }
    /// Values are copied as they are stored: whole numbers, texts and bytes are told apart by their names.
    static void copy(app::database::Database& from, app::database::Database& to, const std::string& table,
                     int columns) {
        const auto open = table.find('(');
        const auto names = table.substr(open + 1, table.size() - open - 2);
        std::string marks;
        for (int i = 1; i <= columns; ++i) marks += (i > 1 ? ", ?" : "?") + std::to_string(i);
        const auto write = [&](app::database::Row row) {
            std::vector<app::database::Value> values;
            std::size_t at = 0;
            for (int i = 0; i < columns; ++i) {
                const auto end = names.find(',', at);
                const auto name = names.substr(at, end == std::string::npos ? end : end - at);
                at = end == std::string::npos ? at : end + 2;
                values.push_back(
                    value_in(row, table.starts_with("quarantine") && name == "bytes" ? "+bytes" : name, i));
            }
            REQUIRE(to.each(
                "INSERT INTO " + table + " VALUES(" + marks + ")", [](app::database::Row) {},
                std::span<const app::database::Value>(values)));
        };
        REQUIRE(from.each("SELECT " + names + " FROM " + table.substr(0, open), write));
    }
    static app::database::Value value_in(const app::database::Row& row, const std::string& name, int i) {
        static const std::vector<std::string> numbers{
            "id",   "revoked_by", "forked", "revoked",  "epoch", "sequence", "batch",   "outcome",    "sealed",
            "kind", "number",     "broken", "revision", "kept",  "start",    "urgency", "unreadable", "training",
            "mode", "role",       "danger", "harm",     "risk",  "worst",    "raised"};
        static const std::vector<std::string> blobs{
            "previous", "manifest_sha256", "manifest", "signature", "certificate", "certificate_signature",
            "bytes",    "json_sha256",     "json",     "head",      "start_head"};
        const auto in = [&](const std::vector<std::string>& list) {
            return std::find(list.begin(), list.end(), name) != list.end();
        };
        const bool digest = (name == "sha256" || name == "file_sha256") && row.bytes(i).size() == 32;
        if (in(numbers) || name == "+bytes") return row.integer(i);
        if (in(blobs) || digest) return row.bytes(i);
        return row.text(i);
    }

    Deployment& deployment_;
};

void make_earlier(Deployment& deployment, std::size_t version) {
    const Earlier earlier(deployment, version);
}

}  // namespace

TEST_CASE("a casebook of version 2 opens with its cases, sealed records, devices, audit and refused files") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.danger = "strong"});
    kiosk.add(2, {.kind = "partial"});
    kiosk.add_raw("not a record");
    kiosk.note(AuditType::SignedIn);
    const auto batch = kiosk.batch(deployment.identities());
    const auto report = deployment.import(batch);
    kiosk.add(2, {.kind = "withdrawn", .revision = 2});
    deployment.import(kiosk);
    const auto bad = deployment.folder() / "b-bad.age";
    std::ofstream(bad) << "bad";
    REQUIRE(deployment.book().quarantine(bad, "archive", "not strict"));

    make_earlier(deployment, 2);
    REQUIRE(deployment.open());
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 2);
    CHECK(cases[0].readings[0].level == questionnaires::engine::Level::Strong);
    CHECK(cases[1].withdrawn);
    CHECK(deployment.json_of(kiosk.device(), 1).find(R"("record")") != std::string::npos);
    for (const auto& record : report.records)
        CHECK(deployment.book().sealed_original(kiosk.device(), record.name).has_value() ==
              (record.case_code != "radio-hotel-canal-482" || !record.interrupted));
    CHECK(deployment.book().unlisted()->size() == 1);
    REQUIRE(deployment.book().quarantined()->size() == 1);
    CHECK(deployment.book().quarantined()->front().kept);
    CHECK(deployment.book().devices()->front().last_sequence == 2);
    CHECK(*deployment.book().audit_standing(kiosk.device()) == AuditStanding::Whole);

    CHECK(deployment.import(batch).standing == Standing::Again);
    CHECK(deployment.book().audit(kiosk.device())->size() == 1);
    kiosk.add(3);
    kiosk.note(AuditType::SignedIn);
    const auto next = deployment.import(kiosk);
    CHECK(next.standing == Standing::InOrder);
    CHECK(next.audit == AuditStanding::Whole);
    CHECK(deployment.book().audit(kiosk.device())->size() == 2);
    kiosk.begin_epoch(2);
    kiosk.roll_audit_back_to(1, kiosk.audit_after(1));
    kiosk.note(AuditType::DatabaseRepaired);
    kiosk.add(4);
    CHECK(deployment.import(kiosk).audit == AuditStanding::Repaired);
}

TEST_CASE("a casebook made before devices had an audit opens, and takes entries in") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1);
    deployment.import(kiosk);
    make_earlier(deployment, 1);
    REQUIRE(deployment.open());
    CHECK(deployment.cases().size() == 1);
    kiosk.add(2);
    kiosk.note(AuditType::SignedIn);
    CHECK(deployment.import(kiosk).audit == AuditStanding::Whole);
}

TEST_CASE("a casebook from before cases could be erased opens with what waits in it, and erases") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.danger = "strong"});
    kiosk.add(2, {.code = "hotel-radio-canal-100"});
    kiosk.note(AuditType::SignedIn);
    deployment.import(kiosk);
    kiosk.roll_back_to(0, {});
    kiosk.add(1, {.kind = "withdrawn", .revision = 9});
    CHECK(deployment.import(kiosk).standing == Standing::Forked);
    const auto bad = deployment.folder() / "b-bad.age";
    std::ofstream(bad) << "bad";
    REQUIRE(deployment.book().quarantine(bad, "archive", "not strict"));
    make_earlier(deployment, 3);
    REQUIRE(deployment.open());
    CHECK(deployment.cases().size() == 2);
    CHECK(deployment.book().held()->size() == 1);
    CHECK(deployment.book().quarantined()->front().bytes == 3);
    CHECK(deployment.book().audit(kiosk.device())->size() == 1);
    CHECK(deployment.book().erased()->empty());
    const auto found = deployment.book().erasable("radio-hotel-canal-482", deployment.identities());
    REQUIRE(found->size() == 1);
    REQUIRE(deployment.book().erase(*found, {}, {app::casebook::ErasedFor::Request, test::today, {}, true}));
    REQUIRE(deployment.open());
    CHECK(deployment.cases().size() == 1);
    CHECK(deployment.book().erased()->size() == 1);
}

TEST_CASE("a casebook from before versions of a record had an index opens with what waits and what was erased") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.danger = "strong"});
    kiosk.add(2, {.code = "hotel-radio-canal-100"});
    deployment.import(kiosk);
    const auto found = deployment.book().erasable("hotel-radio-canal-100", deployment.identities());
    REQUIRE(deployment.book().erase(*found, {}, {app::casebook::ErasedFor::Request, test::today, {}, true}));
    kiosk.roll_back_to(0, {});
    kiosk.add(1, {.kind = "withdrawn", .revision = 9});
    CHECK(deployment.import(kiosk).standing == Standing::Forked);
    make_earlier(deployment, 4);
    REQUIRE(deployment.open());
    CHECK(deployment.cases().size() == 1);
    CHECK(deployment.book().erased()->size() == 1);
    REQUIRE(deployment.book().held()->size() == 1);
    REQUIRE(deployment.book().decide(deployment.book().held()->front(), true));
    CHECK(deployment.cases().front().withdrawn);
}

TEST_CASE("a casebook from before programmes revoked devices opens with those that it revokes itself") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add_raw("not a record");
    deployment.import(kiosk);
    REQUIRE(deployment.book().revoke(kiosk.device()));
    REQUIRE(deployment.book().revoke(std::string(32, 'f')));
    REQUIRE(deployment.book().revoke(std::string(32, 'f'), false));
    make_earlier(deployment, 6);
    REQUIRE(deployment.open());
    const auto devices = *deployment.book().devices();
    REQUIRE(devices.size() == 2);
    for (const auto& one : devices) {
        CHECK(one.revoked.own == (one.device == kiosk.device()));
        CHECK(one.revoked.bundle == 0);
    }
    CHECK(deployment.book().next_bundle()->least_sequence == 1);
}

TEST_CASE("a casebook from before anything was noted of a case opens, and notes who does what and who opens it") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add_raw("not a record");
    deployment.import(kiosk);
    make_earlier(deployment, 7);
    REQUIRE(deployment.open());
    kiosk.add(1, {});
    deployment.import(kiosk);
    const auto cases = deployment.cases();
    REQUIRE(cases.size() == 1);
    CHECK(deployment.book().steps(cases.front())->empty());
    REQUIRE(deployment.book().take_step(cases.front(), app::casebook::StepKind::Note, "called", test::today));
    const auto steps = *deployment.book().steps(cases.front());
    REQUIRE(steps.size() == 1);
    CHECK(steps.front().text == "called");
    CHECK(steps.front().day == app::exchange::day_text(test::today));
    CHECK(steps.front().by == deployment.identities().front().recipient().to_string());
    // What was taken back, or never was, is no case that anything could be noted of.
    CHECK(deployment.book().accesses("", 0)->empty());
    REQUIRE(deployment.book().records_json(cases, test::today));
    kiosk.add(1, {.kind = "withdrawn", .revision = 2});
    deployment.import(kiosk);
    CHECK(deployment.book().steps(cases.front())->empty());
    const auto opened = *deployment.book().accesses("", 0);  // whoever opened it before is still known
    REQUIRE(opened.size() == 1);
    CHECK(opened.front().record == test::digits(1));
    CHECK(opened.front().device == kiosk.device());
    CHECK(opened.front().case_code == cases.front().case_code);
    CHECK(opened.front().day == app::exchange::day_text(test::today));
    CHECK(opened.front().by == deployment.identities().front().recipient().to_string());
    CHECK(deployment.book().take_step(cases.front(), app::casebook::StepKind::Note, "late", test::today).error() ==
          app::casebook::Error::NotFound);
}

TEST_CASE(
    "a casebook from before the log told openings from exports opens with its log, and tells them apart from then on") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {});
    deployment.import(kiosk);
    REQUIRE(deployment.open());
    REQUIRE(deployment.book().records_json(deployment.cases(), test::today));
    make_earlier(deployment, 8);
    REQUIRE(deployment.open());
    REQUIRE(deployment.book().records_json(deployment.cases(), test::today, "xlsx"));
    const auto log = *deployment.book().accesses("", 0);
    REQUIRE(log.size() == 2);
    CHECK(log[0].exported == "xlsx");
    CHECK(log[1].exported.empty());
    CHECK(log[1].record == test::digits(1));
    CHECK(log[1].by == log[0].by);
}

TEST_CASE("a casebook from before lists were filtered by what was done is filtered by it, for every form of a visit") {
    Deployment deployment;
    auto kiosk = deployment.kiosk();
    kiosk.add(1, {.code = "radio-hotel-canal-100"});
    kiosk.add(2, {.code = "radio-hotel-canal-100"});
    kiosk.add(3, {.code = "hotel-radio-canal-200"});
    deployment.import(kiosk);
    auto other = deployment.kiosk(8);
    other.add(4, {.code = "radio-hotel-canal-100"});
    deployment.import(other);
    const auto take = [&](unsigned number, app::casebook::StepKind kind, const std::string& text) {
        for (const auto& one : deployment.cases())
            if (one.record == test::digits(number)) REQUIRE(deployment.book().take_step(one, kind, text, test::today));
    };
    take(1, app::casebook::StepKind::Status, "working");
    take(2, app::casebook::StepKind::Assigned, "Ana");
    take(2, app::casebook::StepKind::Status, "waiting");
    take(3, app::casebook::StepKind::Note, "called");
    const app::casebook::CaseQuery everything{.practice = app::casebook::Practice::Included};
    const auto before = test::texts_of(test::all_of(deployment, everything));
    CHECK(test::all_of(deployment, {.status = app::casebook::CaseStatus::Waiting, .assigned = "Ana"}).size() == 2);
    make_earlier(deployment, 8);
    REQUIRE(deployment.open());
    CHECK(test::texts_of(test::all_of(deployment, everything)) == before);
    CHECK(test::all_of(deployment, {.status = app::casebook::CaseStatus::Waiting, .assigned = "Ana"}).size() == 2);
    CHECK(test::all_of(deployment, {.assigned = ""}).size() == 2);
    take(3, app::casebook::StepKind::Status, "closed");
    CHECK(test::all_of(deployment, {.status = app::casebook::CaseStatus::Closed}).size() == 1);
    CHECK(deployment.book().steps(test::all_of(deployment, {.name = "hotel-radio-canal-200"}).front())->size() == 2);
}

TEST_CASE("a casebook from before every filter had an index finds and takes back the same") {
    Deployment deployment;
    test::fill_at_random(deployment, 7);
    auto kiosk = deployment.kiosk(9);
    kiosk.add(950, {.kind = "partial", .code = "hotel-radio-canal-400"});
    deployment.import(kiosk);
    const app::casebook::CaseQuery query{.order = app::casebook::CaseOrder::Newest, .skip = 40};
    const auto before = test::texts_of(test::all_of(deployment, query));
    make_earlier(deployment, GENERATE(6U, 10U));
    REQUIRE(deployment.open());
    CHECK(test::texts_of(test::all_of(deployment, query)) == before);
    kiosk.add(950, {.kind = "withdrawn", .revision = 9, .code = "hotel-radio-canal-400"});
    CHECK(deployment.import(kiosk).records.front().outcome == Outcome::Withdrawn);
    CHECK(test::all_of(deployment, {.name = test::digits(950)}).front().withdrawn);
}

TEST_CASE("a casebook from before lists had columns lists the same, of every earlier version") {
    Deployment deployment;
    const std::size_t version = GENERATE(1U, 2U, 3U, 4U, 5U);
    CAPTURE(version);
    if (version >= 3) {
        test::fill_at_random(deployment, 6);
    } else {  // nothing could wait then
        auto kiosk = deployment.kiosk();
        for (unsigned i = 1; i <= 9; ++i)
            kiosk.add(i, {.kind = i % 3 == 0   ? "withdrawn"
                                  : i % 3 == 1 ? "final"
                                               : "partial",
                          .danger = i % 2 == 0 ? "strong" : "some",
                          .training = i % 4 == 0});
        deployment.import(kiosk);
    }
    auto kiosk = deployment.kiosk(9);
    kiosk.add(900, {.danger = "some", .code = "hotel-radio-canal-100"});
    deployment.import(kiosk);
    const app::casebook::CaseQuery everything{.practice = app::casebook::Practice::Included};
    const auto before = test::texts_of(test::all_of(deployment, everything));
    make_earlier(deployment, version);
    REQUIRE(deployment.open());
    CHECK(test::texts_of(test::all_of(deployment, everything)) == before);
    // What cannot be read stays listed, first, under its code.
    test::make_unreadable(deployment, "record", 900);
    make_earlier(deployment, version);
    REQUIRE(deployment.open());
    const auto unreadable = test::all_of(deployment, everything);
    CHECK(unreadable.size() == before.size());
    CHECK(std::count_if(unreadable.begin(), unreadable.end(), [](const auto& one) {
              return one.unreadable && one.case_code == "hotel-radio-canal-100" && one.record == test::digits(900);
          }) == 1);
    // Opening it once more changes nothing.
    REQUIRE(deployment.open());
    CHECK(test::texts_of(test::all_of(deployment, everything)) == test::texts_of(unreadable));
}
