// What leaves a casebook: whole or not at all, noted before anything is written, and only what may leave.
#include "app/exchange/bundle.hpp"
#include "tests/cli/busy_casebook.hpp"

using namespace test;
namespace fs = std::filesystem;

namespace {

/// The digest under which the demo's bundle has its first questionnaire.
std::string first_form(const Desk& desk) {
    static const auto digest = [&] {
        const auto deployment = crypto::DeploymentPublicKey::parse(desk.read("demo/keys/deployment.pub"));
        REQUIRE(deployment);
        for (const auto& name : fs::directory_iterator(desk.path() / "demo"))
            if (exchange::bundle_file_sequence(name.path().filename().string())) {
                const auto bundle = exchange::load_bundle(
                    ready(), bytes(desk.read("demo/" + name.path().filename().string())), {*deployment});
                REQUIRE(bundle);
                REQUIRE(bundle->form("first-contact"));
                return crypto::to_hex(bundle->form("first-contact")->sha256);
            }
        FAIL("no bundle");
        return std::string();
    }();
    return digest;
}

struct ExportDesk : DeskDemo {
    /// A record of the first questionnaire, as the demo's bundle has it.
    [[nodiscard]] std::string screening(const std::string& code, const json& more = json::object()) const {
        json said{{"form", {{"id", "first-contact"}, {"version", "1"}, {"sha256", first_form(*this)}}},
                  {"answers",
                   {{{"name", "danger_now"}, {"state", "answered"}, {"value", "near"}, {"language", "es"}},
                    {{"name", "age_group"}, {"state", "refused"}, {"value", ""}, {"language", "es"}},
                    {{"name", "help"}, {"state", "answered"}, {"value", "=HYPERLINK(\"x\")"}, {"language", "es"}}}}};
        said.update(more);
        return send(code, "strong", said);
    }
    ExportDesk() {
        const json practice{{"training", true}};
        const json declined{
            {"consent", {{"answer", "declined"}, {"scope", "first-contact"}, {"tell_worker_now", false}}},
            {"answers", json::array()}};
        good("amparo import " + screening(first) + " " + screening(second) + " " +
             screening("canal-radio-hotel-300", practice) + " " + screening("canal-hotel-radio-301", declined) + " " +
             send("hotel-canal-radio-302", "some") + book);
    }
    [[nodiscard]] json log() const { return json::parse(good("amparo cases log --json" + std::string(book)).out); }
    [[nodiscard]] static bool says(const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    }
    static constexpr const char* first = "radio-hotel-canal-482";
    static constexpr const char* second = "hotel-radio-canal-100";
    static constexpr const char* csv = "amparo cases export --format csv -o out --casebook demo/casebook/cases.db";
};

}  // namespace

TEST_CASE("what may leave is written into a new folder, and what stays is said and counted") {
    const ExportDesk desk;
    const auto ran = desk.good(ExportDesk::csv);
    INFO(ran.out);
    CHECK(desk.says(ran.out, "2 screenings are in “out”"));
    for (const auto* part : {"1  practice", "1  the person said no", "1  no signed bundle", "2  answers in own words"})
        CHECK(desk.says(ran.out, part));
    const auto cases = desk.read("out/cases.csv");
    CHECK(std::count(cases.begin(), cases.end(), '\n') == 3);
    CHECK(desk.says(cases, ExportDesk::first));
    CHECK(desk.says(cases, "first-contact/danger_now"));
    CHECK(desk.says(cases, ",near,answered,,refused,,answered"));
    CHECK_FALSE(desk.says(cases, "HYPERLINK"));
    CHECK_FALSE(desk.says(cases, "canal-radio-hotel-300"));
    CHECK(desk.says(desk.read("out/dictionary.csv"), "Are you afraid"));
    CHECK(desk.says(desk.read("out/left-out.csv"), "declined,1,"));
    CHECK(fs::status(desk.path() / "out").permissions() == fs::perms::owner_all);
    for (const auto& file : fs::directory_iterator(desk.path() / "out"))
        CHECK(fs::status(file.path()).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
    const auto spanish = desk.good("amparo cases export --format csv -o salida --lang es" + std::string(book));
    CHECK(desk.says(spanish.out, "2 entrevistas están en “salida”"));
    CHECK(desk.says(desk.read("salida/dictionary.csv"), "¿Tiene miedo"));
    const auto report =
        json::parse(desk.good("amparo cases export --format csv -o more --json" + std::string(book)).out);
    CHECK(report["out"] == 2);
    CHECK(report["left_out"]["training"] == 1);
}

TEST_CASE("every screening that is opened for it is in the log, and no other") {
    const ExportDesk desk;
    desk.good(ExportDesk::csv);
    std::vector<std::string> codes;
    for (const auto& one : desk.log()) codes.push_back(one["case_code"]);
    std::sort(codes.begin(), codes.end());
    // Practice is known from the list; that somebody declined, or whose form is not here, only from what it says.
    CHECK(codes == std::vector<std::string>{"canal-hotel-radio-301", "hotel-canal-radio-302", ExportDesk::second,
                                            ExportDesk::first});
}

TEST_CASE("nothing leaves while it cannot be noted, and nothing is left behind") {
    const ExportDesk desk;
    const BusyCasebook busy(desk);
    const auto before = desk.names();
    const auto ran = desk.run(ExportDesk::csv);
    INFO(ran.err);
    CHECK(ran.code == 1);
    CHECK(ran.out.empty());
    CHECK(desk.names() == before);
}

TEST_CASE("nothing is ever written over what is there") {
    const ExportDesk desk;
    desk.write("out", "mine");
    const auto ran = desk.run(ExportDesk::csv);
    CHECK(ran.code == 1);
    CHECK(is_one_sentence(ran.err));
    CHECK(desk.read("out") == "mine");
    CHECK(desk.log().empty());
}

TEST_CASE("an export is of the days, the questionnaire and the device that are asked for") {
    const ExportDesk desk;
    desk.good("amparo import " + desk.screening("radio-canal-hotel-303", {{"day", "2026-12-01"}}) + book);
    const auto out = [&](const std::string& more, const std::string& folder) {
        return json::parse(
            desk.good("amparo cases export --format csv --json -o " + folder + " " + more + book).out)["out"];
    };
    CHECK(out("--from 2026-12-01", "a") == 1);
    CHECK(out("--to 2026-11-30", "b") == 2);
    CHECK(out("--form adult", "c") == 0);
    CHECK(out("--device ffff", "d") == 0);
    CHECK(out("", "e") == 3);
    for (const std::string line : {"--from tomorrow", "--format tables", "--agreed radio-hotel-canal-482"}) {
        const auto ran = desk.run("amparo cases export --format csv -o f " + line + book);
        INFO(line << ran.err);
        CHECK(ran.code == 64);
        CHECK(is_one_sentence(ran.err));
        CHECK_FALSE(desk.has("f"));
    }
}

TEST_CASE("screenings are counted without small numbers, and what was counted is in the log") {
    const ExportDesk desk;
    const auto few = desk.good("amparo cases count" + std::string(book));
    CHECK(desk.says(few.out, "fewer than 11"));
    CHECK_FALSE(desk.says(few.out, "2  "));
    std::string batches;
    for (int i = 0; i < 12; ++i) batches += " " + desk.screening("radio-hotel-canal-" + std::to_string(500 + i));
    desk.good("amparo import" + batches + book);
    const auto ran = desk.good("amparo cases count" + std::string(book));
    INFO(ran.out);
    CHECK(desk.says(ran.out, "14 screenings"));
    CHECK(desk.says(ran.out, "strong"));
    CHECK(desk.says(ran.out, "first-contact/danger_now"));
    CHECK_FALSE(desk.says(ran.out, "radio-hotel"));
    const auto report = json::parse(desk.good("amparo cases count --json" + std::string(book)).out);
    CHECK(report["screenings"] == 14);
    CHECK(report["tables"]["site_month"]["column_totals"][0] == 14);
    CHECK_FALSE(desk.log().empty());
    desk.good("amparo cases export --format statistics -o numbers" + std::string(book));
    CHECK(desk.says(desk.read("numbers/statistics.csv"), "all,,,14,no"));
    CHECK_FALSE(desk.says(desk.read("numbers/left-out.csv"), "declined,1"));
}

TEST_CASE("a format for others takes only the cases that a coordinator names, and opens no other") {
    for (const std::string format : {"htcds", "fhir", "odk"}) {
        const ExportDesk desk;
        const auto line = "amparo cases export --json -o out --format " + format + book;
        const auto nobody = desk.run(line);
        INFO(format << nobody.err);
        CHECK(nobody.code == 64);
        CHECK(is_one_sentence(nobody.err));
        CHECK_FALSE(desk.has("out"));
        CHECK(desk.log().empty());
        const auto report = json::parse(desk.good(line + " --agreed " + ExportDesk::first).out);
        CHECK(report["out"] == 1);
        CHECK(report["left_out"]["not_agreed"] == 3);
        const auto log = desk.log();
        REQUIRE(log.size() == 1);
        CHECK(log[0]["case_code"] == ExportDesk::first);
        for (const auto& file : fs::directory_iterator(desk.path() / "out")) {
            const auto text = desk.read("out/" + file.path().filename().string());
            CHECK_FALSE(desk.says(text, "HYPERLINK"));
            CHECK_FALSE(desk.says(text, ExportDesk::first));
        }
    }
}

TEST_CASE("a spreadsheet is one file, and no piece of it stays anywhere") {
    const ExportDesk desk;
    const auto before = desk.names();
    desk.good("TMPDIR=/nowhere amparo cases export --format xlsx -o cases.xlsx" + std::string(book));
    auto after = desk.names();
    CHECK(std::erase(after, "cases.xlsx") == 1);
    CHECK(after == before);
    CHECK(desk.read("cases.xlsx").starts_with("PK"));
    CHECK(fs::status(desk.path() / "cases.xlsx").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
}
