// Erasing by code and by age, with the real program and files: what is shown, what goes, what is said afterwards.
#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <set>

#include "app/exchange/audit.hpp"
#include "app/exchange/certificate.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/open/identity.hpp"
#include "tests/cli/desk_demo.hpp"

using namespace test;
namespace fs = std::filesystem;

namespace {

const std::string code = "radio-hotel-canal-482";
const std::string first_record(32, 'a');
const std::string second_record(32, 'b');

std::string day_before_today(int days) {
    const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
    return exchange::day_text(today - std::chrono::days(days));
}

/// A person with two forms of one visit, and somebody else.
struct Asked : DeskDemo {
    std::string batches;
    Asked() {
        batches = send(code, "strong", {{"record", first_record}}) + " " +
                  send(code, "some", {{"record", second_record}, {"follows", first_record}}) + " " +
                  send("hotel-radio-canal-100", "some");
        good("amparo import " + batches + book);
    }
    [[nodiscard]] json listed() const {
        return json::parse(good(std::string("amparo cases list --json") + book).out)["cases"];
    }
    [[nodiscard]] json erased() const {
        return json::parse(good(std::string("amparo cases erased --json") + book).out);
    }

    /// A batch of another device of the same programme, with one record.
    [[nodiscard]] std::string from_another_device(const json& said,
                                                  const std::string& device = std::string(32, '7')) const {
        const auto key = crypto::DeploymentSecretKey::parse(ready(), bytes(read("demo/keys/deployment.key")));
        REQUIRE(key);
        const auto device_key = crypto::DeviceSecretKey::generate(ready());
        REQUIRE(device_key);
        const auto end = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()) + std::chrono::days(9);
        const auto deployment = exchange::deployment_id(ready(), key->public_key());
        const auto certificate =
            exchange::sign_certificate(ready(), {deployment, device, 1, device_key->public_key(), end}, *key);
        REQUIRE(certificate);
        const auto identities =
            crypto::open::parse_identity_file(ready(), bytes(read("demo/keys/coordinator.identity")));
        REQUIRE(identities);
        const std::vector recipients{identities->front().recipient()};
        auto record = said;
        record["device"] = device;
        const auto sealed = crypto::seal_record(ready(), crypto::as_bytes(record.dump()), recipients);
        REQUIRE(sealed);
        const exchange::AuditName noted{1, exchange::parse_day("2026-11-24").value(), "signed-in"};
        const auto entry = exchange::seal_audit(ready(), noted, {}, recipients);
        REQUIRE(entry);
        const auto entry_name = exchange::audit_name(noted);
        const std::vector<exchange::BatchRecord> records{
            {entry_name, crypto::sha256(ready(), *entry), entry->size()},
            {std::string(32, 'e'), crypto::sha256(ready(), sealed->bytes), sealed->bytes.size()}};
        const auto head = exchange::audit_head(ready(), {}, noted, *entry);
        const auto manifest = exchange::make_batch_manifest(ready(), {device, 1, 1, {}, 2, head}, records, *device_key);
        REQUIRE(manifest);
        const auto written = exchange::write_batch(
            ready(), {*manifest, records, *certificate, recipients},
            [&](const std::string& name) -> exchange::Result<crypto::Bytes> {
                return name == entry_name ? *entry : sealed->bytes;
            },
            path() / "demo/outbox");
        REQUIRE(written);
        return written->path.lexically_relative(path()).string();
    }
    /// The programme's first bundle, telling people other days.
    void tell_days(std::uint32_t days) const {
        const auto key = crypto::DeploymentSecretKey::parse(ready(), bytes(read("demo/keys/deployment.key")));
        REQUIRE(key);
        const auto archive = bytes(read("demo/bundle-1.amparo"));
        const auto loaded = exchange::load_bundle(ready(), archive, {key->public_key()});
        const auto members = exchange::read_ustar(archive, {4096, 64U << 20U, 64U << 20U});
        REQUIRE((loaded && members));
        exchange::BundleContents contents{loaded->version, loaded->recipients, loaded->signers, loaded->policy, {}};
        contents.policy.retention_days = days;
        for (const auto& member : *members)
            if (member.name.starts_with("forms/") || member.name.starts_with("locales/") ||
                member.name == "referrals.csv")
                contents.files.emplace(member.name, crypto::Bytes(member.content.begin(), member.content.end()));
        const auto built = exchange::build_bundle(ready(), contents, *key);
        REQUIRE(built);
        write("demo/bundle-1.amparo", crypto::as_text(*built));
    }
};

}  // namespace

TEST_CASE("erasing shows what goes and what stays, and does nothing without a yes") {
    const Asked demo;
    const auto ran = demo.run("amparo cases erase " + code + book);
    CHECK(ran.code == 64);
    CHECK(has(ran.err, "--yes"));
    CHECK(has(ran.out, "2 records"));
    CHECK(has(ran.out, first_record));
    CHECK(has(ran.out, second_record));
    CHECK(has(ran.out, "What stays is a note"));
    CHECK(has(ran.out, "batches on sticks"));
    CHECK_FALSE(has(ran.out, "hotel-radio-canal-100"));
    const auto plan = json::parse(demo.good("amparo cases erase --json " + code + book).out);
    CHECK(plan["erased"] == false);
    CHECK(plan["records"].size() == 2);
    CHECK(demo.listed().size() == 3);
    CHECK(demo.erased().empty());
}

TEST_CASE("an erased case is not listed, shown or imported again, and each command says why") {
    const Asked demo;
    const auto done =
        demo.good("amparo cases erase --yes --reason by-telephone Radio-HOTEL-cana-482" + std::string(book));
    CHECK(has(done.out, "2 records are erased"));
    REQUIRE(demo.listed().size() == 1);
    CHECK(demo.listed()[0]["case_code"] == "hotel-radio-canal-100");
    CHECK(has(demo.good(std::string("amparo cases list") + book).out, "2 records were erased"));
    CHECK(has(demo.good(std::string("amparo cases list --lang es") + book).out, "2 registros fueron borrados"));
    const auto shown = demo.good("amparo cases show " + code + book).out;
    CHECK(has(shown, code + " was erased on " + day_before_today(0) + ", on request."));
    CHECK(std::count(shown.begin(), shown.end(), '\n') == 1);
    CHECK(json::parse(demo.good("amparo cases show --json " + first_record + book).out)["erased"] ==
          day_before_today(0));
    const auto notes = demo.erased();
    REQUIRE(notes.size() == 2);
    CHECK(notes[0]["reason"] == "by-telephone");
    CHECK(notes[0]["by"].get<std::string>().starts_with("age1"));
    CHECK(has(demo.good(std::string("amparo cases erased") + book).out, "by-telephone"));

    const auto again = demo.good("amparo import " + demo.batches + book).out;
    CHECK(has(again, "was erased: " + code));
    const auto later =
        json::parse(demo.good("amparo import --json " +
                              demo.send(code, "strong", {{"record", first_record}, {"revision", 7}}) + book)
                        .out);
    CHECK(later[0]["records"][0]["outcome"] == "erased");
    CHECK(later[0]["erased"] == json::array({code}));
    CHECK(demo.listed().size() == 1);
    const auto twice = demo.good("amparo cases erase --yes " + code + book).out;
    CHECK(has(twice, "was erased on"));
    CHECK(demo.erased().size() == 2);
}

TEST_CASE("a code that nobody has erases nothing, and a reason has a measure") {
    const Asked demo;
    for (const auto& name : {std::string("hotel-hotel-hotel-000"), std::string("nonsense"), std::string(32, 'f')}) {
        const auto ran = demo.run("amparo cases erase --yes " + name + book);
        CHECK(ran.code == 1);
        CHECK(is_one_sentence(ran.err));
    }
    const auto none = demo.run(std::string("amparo cases erase --yes") + book);
    CHECK(none.code == 64);
    CHECK(is_one_sentence(none.err));
    CHECK(demo.run("amparo cases erase --yes --reason " + std::string(201, 'x') + " " + code + book).code == 64);
    CHECK(demo.run("amparo cases erase --yes --device zz " + code + book).code == 1);
    CHECK(demo.listed().size() == 3);
}

TEST_CASE("the same code on another device has to be chosen, and a record alone goes by its id") {
    const Asked demo;
    const auto record = json::parse(demo.good("amparo cases show --json " + first_record + book).out);
    demo.good("amparo import " + demo.from_another_device(record) + book);
    const auto several = demo.run("amparo cases erase --yes " + code + book);
    CHECK(several.code == 1);
    CHECK(is_one_sentence(several.err));
    CHECK(has(several.err, std::string(32, '7')));
    CHECK(demo.listed().size() == 4);

    const std::string device = demo.listed()[0]["device"] == std::string(32, '7')
                                   ? record["device"].get<std::string>()
                                   : demo.listed()[0]["device"].get<std::string>();
    const auto mine = demo.good("amparo cases erase --yes --device " + device.substr(0, 6) + " " + code + book).out;
    CHECK(has(mine, "This stays: record " + first_record + " of device " + std::string(32, '7')));
    REQUIRE(demo.listed().size() == 2);
    demo.good("amparo cases erase --yes " + std::string(32, 'A') + " --device 777" + book);
    CHECK(demo.listed().size() == 1);
    CHECK(demo.erased().size() == 3);
}

TEST_CASE("the beginning of two devices erases nothing of either") {
    const Asked demo;
    const auto record = json::parse(demo.good("amparo cases show --json " + first_record + book).out);
    demo.good("amparo import " + demo.from_another_device(record, "abcdef12" + std::string(24, '0')) + book);
    demo.good("amparo import " + demo.from_another_device(record, "abcdef12" + std::string(24, '1')) + book);
    REQUIRE(demo.listed().size() == 5);
    const auto refused = demo.run("amparo cases erase --yes --device abcdef12 " + code + book);
    CHECK(refused.code == 1);
    CHECK(is_one_sentence(refused.err));
    CHECK(has(refused.err, "Several devices begin with abcdef12"));
    CHECK(demo.listed().size() == 5);
    demo.good("amparo cases erase --yes --device abcdef120 " + code + book);
    CHECK(demo.listed().size() == 4);
}

TEST_CASE("the audit names devices by as many digits as tell them apart") {
    const Asked demo;
    const auto record = json::parse(demo.good("amparo cases show --json " + first_record + book).out);
    demo.good("amparo import " + demo.from_another_device(record, "abcdef12" + std::string(24, '0')) + book);
    CHECK(has(demo.good("amparo deployment device audit demo").out, "abcdef12  2026-11-24  signed-in"));
    demo.good("amparo import " + demo.from_another_device(record, "abcdef12" + std::string(24, '1')) + book);
    const auto audit = demo.good("amparo deployment device audit demo").out;
    CHECK(has(audit, "abcdef120  2026-11-24  signed-in"));
    CHECK(has(audit, "abcdef121  2026-11-24  signed-in"));
}

TEST_CASE("members that look like an answer hide nothing of a record") {
    const Asked demo;
    auto record = json::parse(demo.good("amparo cases show --json " + first_record + book).out);
    record["name"] = "hotel-radio-canal-100";
    record["state"] = "answered";
    record["value"] = "nothing was said";
    demo.good("amparo import " + demo.from_another_device(record, std::string(32, '5')) + book);
    const auto shown = demo.good("amparo cases show " + first_record + book).out;
    CHECK(has(shown, "name: hotel-radio-canal-100\n"));
    CHECK(has(shown, "device: " + std::string(32, '5') + "\n"));
    CHECK_FALSE(has(shown, "hotel-radio-canal-100: nothing was said"));
}

TEST_CASE("what reaches the end of its days soon is listed with the days left, and nothing of it goes") {
    const Asked demo;
    demo.good("amparo import " + demo.send("canal-canal-canal-001", "some", {{"day", day_before_today(105)}}) + " " +
              demo.send("canal-canal-canal-002", "some", {{"day", day_before_today(95)}}) + " " +
              demo.send("canal-canal-canal-003", "some", {{"day", day_before_today(35)}}) + " " +
              demo.send("canal-canal-canal-004", "some", {{"day", "1970-01-02"}}) + book);
    demo.tell_days(100);
    const auto whole = [&](const std::string& more) {
        return json::parse(demo.good("amparo cases due --json " + more + book).out);
    };
    const auto due = [&](const std::string& more) {  // of those of this test: others have the day they have
        auto found = json::array();
        const auto all = whole(more);
        for (const auto& one : all["due"])
            if (one["case_code"].get<std::string>().starts_with("canal-canal")) found.push_back(one);
        return found;
    };
    CHECK(whole("")["days"] == 100);
    CHECK(whole("")["within"] == 30);
    const auto soon = due("");
    REQUIRE(soon.size() == 2);
    CHECK(soon[0]["case_code"] == "canal-canal-canal-001");
    CHECK(soon[0]["days_left"] == -5);
    CHECK(soon[1]["days_left"] == 5);
    CHECK(soon[1]["last_day"] == day_before_today(-5));
    CHECK(due("--within 4").size() == 1);
    CHECK(due("--within 5").size() == 2);
    CHECK(due("--within 65").size() == 3);
    CHECK(due("--days 105")[0]["days_left"] == 0);
    CHECK(due("--today " + day_before_today(-60)).size() == 3);
    const auto said = demo.good(std::string("amparo cases due --lang es") + book).out;
    CHECK(has(said, "vencido"));
    CHECK(has(said, "Días que faltan"));
    CHECK(has(demo.good(std::string("amparo cases due --lang en") + book).out, "amparo cases expire --erase"));
    for (const auto* const line : {"--days 2", "--today tomorrow"}) {
        const auto ran = demo.run("amparo cases due " + std::string(line) + book);
        CHECK(ran.code == 64);
        CHECK(is_one_sentence(ran.err));
    }
    CHECK(demo.erased().empty());
    CHECK(demo.listed().size() == 7);
}

TEST_CASE("what is past its days is listed, and erased only when told to; a wrong clock erases nothing") {
    const Asked demo;
    demo.good("amparo import " + demo.send("canal-canal-canal-001", "some", {{"day", day_before_today(3)}}) + " " +
              demo.send("canal-canal-canal-002", "some", {{"day", "2099-01-01"}}) + " " +
              demo.send("canal-canal-canal-003", "some", {{"day", "1970-01-02"}}) + " " +
              demo.send("canal-canal-canal-004", "some", {{"day", day_before_today(0)}}) + book);
    const auto fewer = demo.run(std::string("amparo cases expire --days 2") + book);
    CHECK(fewer.code == 64);
    CHECK(has(fewer.err, "at least 365 days"));
    fs::rename(demo.path() / "demo/bundle-1.amparo", demo.path() / "bundle-1.amparo");
    const auto unknown = demo.run(std::string("amparo cases expire") + book);
    CHECK(unknown.code == 64);
    CHECK(is_one_sentence(unknown.err));
    fs::rename(demo.path() / "bundle-1.amparo", demo.path() / "demo/bundle-1.amparo");
    demo.tell_days(2);
    CHECK(has(demo.good(std::string("amparo cases list") + book).out, "longer than the 2 days"));
    const auto seen = json::parse(demo.good(std::string("amparo cases expire --json") + book).out);
    CHECK(seen["days"] == 2);
    CHECK(seen["unbelievable"].size() == 2);
    const auto count = demo.listed().size();
    const auto asked = demo.run(std::string("amparo cases expire --erase") + book);
    CHECK(asked.code == 64);
    CHECK(has(asked.err, "canal-canal-canal-002"));
    CHECK(demo.listed().size() == count);

    demo.good(std::string("amparo cases expire --erase --yes") + book);
    std::set<std::string> left;
    for (const auto& one : demo.listed()) left.insert(one["case_code"].get<std::string>());
    CHECK_FALSE(left.contains("canal-canal-canal-001"));
    for (const auto* const stays : {"canal-canal-canal-002", "canal-canal-canal-003", "canal-canal-canal-004"})
        CHECK(left.contains(stays));
    for (const auto& one : demo.erased()) CHECK(one["cause"] == "age");
    CHECK(has(demo.good("amparo cases show canal-canal-canal-001" + std::string(book)).out, "past its days"));
    CHECK(has(demo.good(std::string("amparo cases expire --lang es") + book).out, "0 registros"));
}

TEST_CASE("erasing by age names the day, and a clock far from every record erases nothing until the day is said") {
    const Asked demo;
    demo.tell_days(2);
    demo.good("amparo import " + demo.send("canal-canal-canal-001", "some", {{"day", day_before_today(3)}}) + book);
    const auto today = day_before_today(0);
    CHECK(has(demo.run(std::string("amparo cases expire --erase --lang en") + book).out, today));
    const auto count = demo.listed().size();
    const auto refused = [&](const std::string& line, const std::string& word) {
        for (const auto* const language : {"en", "es"}) {
            const auto ran = demo.run("amparo cases expire --erase --yes " + line + book + " --lang " + language);
            INFO(line << ran.err);
            CHECK(ran.code == 64);
            CHECK(is_one_sentence(ran.err));
            CHECK(has(ran.err, word));
            CHECK(demo.listed().size() == count);
        }
    };
    refused("--today soon", "2026-");
    refused("--today 2026-02-30", "2026-");
    // The day that is said counts.
    const auto early = demo.good(std::string("amparo cases expire --today ") + day_before_today(2) + book);
    CHECK(has(early.err + early.out, day_before_today(2)));
    demo.good(std::string("amparo cases expire --erase --yes --today ") + today + book);
    for (const auto& one : demo.listed()) CHECK(one["case_code"] != "canal-canal-canal-001");
}

TEST_CASE("where the newest record is of long ago the clock alone erases nothing by age") {
    const Asked demo;
    demo.tell_days(2);
    for (const auto& one : {code, std::string("hotel-radio-canal-100")})
        demo.good("amparo cases erase --yes " + one + book);
    REQUIRE(demo.listed().empty());
    demo.good("amparo import " + demo.send("canal-canal-canal-001", "some", {{"day", day_before_today(120)}}) + book);
    const auto refused = demo.run(std::string("amparo cases expire --erase --yes --lang en") + book);
    INFO(refused.err);
    CHECK(refused.code == 64);
    CHECK(has(refused.err, day_before_today(0)));
    CHECK(has(refused.err, day_before_today(120)));
    CHECK(has(refused.err, "--today"));
    CHECK(demo.listed().size() == 1);
    demo.good("amparo cases expire --erase --yes --today " + day_before_today(0) + book);
    CHECK(demo.listed().empty());
}

TEST_CASE("what the consent says of erasing, of the code and of the days is what the program does") {
    const Asked demo;
    const auto catalogue = [](const char* language) {
        std::ifstream in(std::string(AMPARO_SOURCE_DIR "/locales/") + language + ".json");
        return json::parse(in);
    };
    CHECK(
        has(catalogue("en")["consent.erase"], "You can ask them to erase your answers. Your code is needed for that"));
    CHECK(has(catalogue("es")["consent.erase"], "Puede pedir que las borren. Para eso hace falta su código"));
    CHECK(has(catalogue("en")["consent.stored_other"], "at least {{count}} days"));
    CHECK(has(catalogue("es")["consent.stored_other"], "al menos {{count}} días"));
    // Nothing goes by itself, and nothing by age before the days that were said.
    demo.good(std::string("amparo cases list") + book);
    CHECK(demo.run(std::string("amparo cases expire --days 364 --erase --yes") + book).code == 64);
    demo.good(std::string("amparo cases expire --days 36500 --erase --yes") + book);
    REQUIRE(demo.listed().size() == 3);
    const auto said = json::parse(demo.good("amparo cases show --json " + first_record + book).out);
    CHECK(said["answers"][0]["value"] == "no");
    // Whoever asks without the right code gets nothing erased; with it, nothing is left to be read.
    CHECK(demo.run("amparo cases erase --yes radio-hotel-canal-483" + std::string(book)).code == 1);
    REQUIRE(demo.listed().size() == 3);
    demo.good("amparo cases erase --yes " + code + book);
    for (const auto& name : {code, first_record, second_record}) {
        const auto shown = demo.good("amparo cases show --json " + name + book).out;
        CHECK_FALSE(has(shown, "answers"));
        CHECK(has(shown, "\"erased\""));
    }
    CHECK(demo.listed().size() == 1);
}
