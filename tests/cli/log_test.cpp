// Who opened which case: noted before anything is shown, listed, and there when the case is gone.
#include "tests/cli/busy_casebook.hpp"

using namespace test;

namespace {

struct LogDesk : DeskDemo {
    LogDesk() { good("amparo import " + send(first, "strong") + " " + send(second, "some") + book); }
    [[nodiscard]] json log(const std::string& more = {}) const {
        return json::parse(good("amparo cases log --json" + more + book).out);
    }
    static constexpr const char* first = "radio-hotel-canal-482";
    static constexpr const char* second = "hotel-radio-canal-100";
};

}  // namespace

TEST_CASE("whoever looks at a case, in whatever form, is in the log, the latest first") {
    const LogDesk desk;
    const std::string first = LogDesk::first;
    const std::string second = LogDesk::second;
    desk.good("amparo cases list" + std::string(book));
    CHECK(desk.log().empty());
    CHECK(desk.good("amparo cases log" + std::string(book)).out.find("Nobody") == 0);
    desk.good("amparo cases show " + first + book);
    desk.good("amparo cases show " + second + " --json" + book);
    CHECK(desk.run("amparo cases show canal-radio-hotel-300" + std::string(book)).code == 1);
    const auto log = desk.log();
    REQUIRE(log.size() == 2);
    CHECK(log[0]["case_code"] == second);
    CHECK(log[1]["case_code"] == first);
    CHECK(log[1]["record"].get<std::string>().size() == 32);
    CHECK(log[1]["device"].get<std::string>().size() == 32);
    CHECK(log[1]["day"].get<std::string>().size() == 10);
    CHECK(desk.read("demo/keys/coordinator.identity").find(log[1]["by"].get<std::string>()) != std::string::npos);
    CHECK(desk.log(" --limit 1").size() == 1);
    CHECK(desk.log(" --limit 1")[0]["case_code"] == second);
    CHECK(desk.log(" " + first).size() == 1);
    const auto lines = desk.good("amparo cases log" + std::string(book)).out;
    CHECK(lines.find(second) < lines.find(first));
    CHECK(desk.run("amparo cases log --limit 0" + std::string(book)).code == 64);
}

TEST_CASE("what was exported is in the log as that, with its format; what was looked at or counted is not") {
    const LogDesk desk;
    const std::string first = LogDesk::first;
    desk.good("amparo cases show " + first + book);
    desk.good("amparo cases count" + std::string(book));
    for (const auto& one : desk.log()) CHECK(one["exported"].is_null());
    const auto before = desk.log().size();
    desk.good("amparo cases export --format csv -o out" + std::string(book));
    const auto log = desk.log();
    REQUIRE(log.size() == before + 2);
    for (std::size_t i = 0; i < log.size(); ++i) CHECK((log[i]["exported"] == "csv") == (i < 2));
    const auto english = desk.good("amparo cases log" + std::string(book)).out;
    CHECK(english.find("exported (csv)") != std::string::npos);
    CHECK(english.find("opened") != std::string::npos);
    CHECK(desk.good("amparo cases log --lang es" + std::string(book)).out.find("exportado (csv)") != std::string::npos);
}

TEST_CASE("whoever looks at a case and erases it stays in the log") {
    const LogDesk desk;
    const std::string first = LogDesk::first;
    desk.good("amparo cases show " + first + book);
    desk.good("amparo cases erase " + first + " --yes" + book);
    REQUIRE(desk.log(" " + first).size() == 1);
    desk.good("amparo cases show " + first + book);  // says only that it was erased
    CHECK(desk.log().size() == 1);
}

TEST_CASE("nothing of a case is shown while its opening cannot be noted") {
    const LogDesk desk;
    const BusyCasebook busy(desk);
    for (const std::string form : {"", " --json"}) {
        const auto ran = desk.run("amparo cases show " + std::string(LogDesk::first) + form + book);
        INFO(ran.err);
        CHECK(ran.code == 1);
        CHECK(ran.out.empty());
        CHECK(ran.err.find("Nothing is shown") != std::string::npos);
        CHECK(ran.err.find("Another program is using demo/casebook/cases.db") != std::string::npos);
    }
}
