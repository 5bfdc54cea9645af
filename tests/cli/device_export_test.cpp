// amparo device export: every sealed record gets out, also where the device has no bundle and nobody can open it.
#include "app/device/audit.hpp"
#include "app/exchange/audit.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "tests/cli/demo.hpp"
#include "tests/support/batch_members.hpp"
#include "tests/support/damage.hpp"

using test::Demo;
using test::ready;
namespace store = app::store;
namespace exchange = app::exchange;
namespace fs = std::filesystem;

namespace {

const std::string export_it =
    "amparo device export --state demo/kiosk -i demo/keys/coordinator.identity --deployment demo/keys/deployment.pub "
    "--yes --to out";

struct Exported : Demo {
    Exported() { fs::create_directory(path() / "out"); }

    /// Every record of every batch in the folder, opened as the coordinator opens them; each batch as `import` takes
    /// it.
    [[nodiscard]] std::vector<std::string> said() const {
        std::vector<std::string> texts;
        const auto keys = identities("coordinator");
        const auto programme = crypto::DeploymentPublicKey::parse(read("demo/keys/deployment.pub"));
        REQUIRE(programme);
        const auto today = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
        for (const auto& entry : fs::directory_iterator(path() / "out")) {
            const auto batch = exchange::open_batch(ready(), entry.path(), keys, *programme, today);
            REQUIRE(batch);
            const auto sealed = test::sealed_members(ready(), *batch);
            for (const auto& record : batch->records) {
                const auto text = crypto::open::open(ready(), sealed.at(record.name), std::span(keys));
                REQUIRE(text);
                texts.emplace_back(crypto::as_text(text->view()));
                texts.back().erase(texts.back().find_last_not_of(' ') + 1);
            }
        }
        std::sort(texts.begin(), texts.end());
        return texts;
    }
    [[nodiscard]] static std::vector<std::string> all() { return {text_of('a'), text_of('b'), text_of('c')}; }
    void empty() const {
        fs::remove_all(path() / "out");
        fs::create_directory(path() / "out");
    }
};

}  // namespace

TEST_CASE("Every record leaves the device in batches that the casebook takes, again and again") {
    const Exported demo;
    const auto ran = demo.good(export_it);
    CHECK(ran.err.find("3 sealed records are out") != std::string::npos);
    CHECK(ran.out.find("out/b-") != std::string::npos);
    CHECK(demo.said() == Exported::all());
    demo.empty();
    demo.good(export_it);
    CHECK(demo.said() == Exported::all());
    const auto device = demo.open(store::ByWords{1, &*demo.old_words});  // its words still open it
    REQUIRE(device);
    CHECK(device->store->records().counts()->waiting == 0);
    CHECK(device->store->records().kept_rows()->rows.size() == 3);
}

TEST_CASE("An export is noted on the device") {
    const Exported demo;
    demo.good(export_it);
    const auto device = demo.open(store::ByWords{1, &*demo.old_words});
    REQUIRE(device);
    const auto rows = device->store->audit().rows(1);
    REQUIRE((rows && rows->size() == 1));
    CHECK(rows->front().type == static_cast<std::uint8_t>(exchange::AuditType::BatchMade));
}

TEST_CASE("A device that is repaired for an export says so in the same batch, and nobody accuses it") {
    const Exported demo;
    const bool sent_before = GENERATE(false, true);
    const std::string import = "amparo import --casebook demo/casebook/cases.db out/";
    if (sent_before) {
        demo.good(export_it);
        // These are no real records, but the device and its batch are.
        CHECK(demo.run(import + "b-*.age").out.find("3 records") != std::string::npos);
        demo.empty();
    }
    support::damage_a_row(demo.path() / "demo/kiosk/amparo.db", [&] {
        return demo.open(store::ByWords{1, &*demo.old_words}).has_value();
    });
    demo.good(export_it + " --repair");
    {
        const auto device = demo.open(store::ByWords{1, &*demo.old_words});
        REQUIRE(device);
        CHECK(device->store->device().enrolment()->epoch == 2);
        CHECK_FALSE(app::device::untold_repair(*device->store));
        std::vector<exchange::AuditType> types;
        for (std::uint64_t number = 1; number <= device->store->audit().head()->number; ++number)
            types.push_back(static_cast<exchange::AuditType>(device->store->audit().entry(number)->row.type));
        const auto repaired = std::find(types.begin(), types.end(), exchange::AuditType::DatabaseRepaired);
        REQUIRE(repaired != types.end());
        CHECK(std::find(repaired, types.end(), exchange::AuditType::BatchMade) != types.end());
    }
    for (const auto& batch : fs::directory_iterator(demo.path() / "out")) {
        const auto ran = demo.run(import + batch.path().filename().string());
        INFO(ran.out << ran.err);
        CHECK(ran.out.find("records") != std::string::npos);
        CHECK((ran.out + ran.err).find("noted no repair") == std::string::npos);
        CHECK((ran.out + ran.err).find("ALARM") == std::string::npos);
    }
    const auto listed = demo.good("amparo deployment device list demo --json").out;
    INFO(listed);
    CHECK(listed.find("\"audit\": \"whole\"") != std::string::npos);
}

TEST_CASE("Every record leaves the device as a file of its own where nothing but its store is left") {
    const Exported demo;
    const std::string line = "amparo device export --sealed --state demo/kiosk -i demo/keys/recovery.identity --to out";
    CHECK(demo.good(line).err.find("3 sealed records are out") != std::string::npos);
    std::vector<std::string> texts;
    for (const auto& entry : fs::directory_iterator(demo.path() / "out")) {
        const auto name = entry.path().filename().string();
        CHECK(name.size() == 32 + 4);
        // The demo's records are sealed to the coordinator.
        const auto ran = demo.good("amparo age open -i demo/keys/coordinator.identity out/" + name);
        texts.push_back(ran.out.substr(0, ran.out.find_last_not_of(' ') + 1));
    }
    std::sort(texts.begin(), texts.end());
    CHECK(texts == Exported::all());
    CHECK(demo.run(line).code == 1);  // no file is replaced
}

TEST_CASE("A row of a hostile store whose name leads out of the folder is not written, and the others are") {
    for (const std::string name : {"../outside", "/tmp/amparo-outside", "a/b", "", "..",
                                   "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef0123456789abcdef0"}) {
        const Exported demo;
        demo.change_store("UPDATE sealed SET name = '" + name + "' WHERE id = (SELECT max(id) FROM sealed)");
        const auto ran = demo.run(
            "amparo device export --sealed --state demo/kiosk -i demo/keys/coordinator.identity --to out --lang en");
        INFO(name << ran.err);
        CHECK(ran.code == 1);
        CHECK(ran.err.find("2 sealed records are out") != std::string::npos);
        CHECK(ran.err.find("1 record could not be read") != std::string::npos);
        CHECK(ran.err.find("outside") == std::string::npos);
        CHECK(std::distance(fs::directory_iterator(demo.path() / "out"), fs::directory_iterator()) == 2);
        CHECK_FALSE(fs::exists(demo.path() / "outside.age"));
        CHECK_FALSE(fs::exists("/tmp/amparo-outside.age"));
        CHECK(demo.run(export_it).code == 1);  // nor does a batch name it
    }
}

TEST_CASE("Whatever stops an export is one sentence in both languages") {
    const Exported demo;
    demo.take_programme("thief", "Otra");
    const std::string tool = "amparo device export ";
    const std::string state = "--state demo/kiosk -i demo/keys/coordinator.identity ";
    struct Case {
        std::string line;
        int code;
    };
    const Case cases[] = {
        {tool, 64},
        {tool + state + "--to out", 64},
        {tool + state + "--deployment demo/keys/deployment.pub --yes", 64},
        {tool + "--sealed --to out", 64},
        {tool + state + "--deployment demo/keys/deployment.pub --yes --to nowhere", 1},
        {tool + state + "--deployment thief/keys/deployment.pub --yes --to out", 1},
        {tool + "--sealed --to out --state demo/kiosk -i thief/keys/coordinator.identity", 2},
    };
    for (const auto& [line, code] : cases) {
        std::string english;
        for (const auto* language : {" --lang en", " --lang es"}) {
            const auto ran = demo.run(line + language);
            INFO(line << language << "\n" << ran.err);
            CHECK(ran.code == code);
            CHECK(test::is_one_sentence(ran.err));
            CHECK(ran.err != std::exchange(english, ran.err));
            CHECK(ran.out.empty());
        }
    }
    CHECK(fs::is_empty(demo.path() / "out"));
}
