// What coordinators note about a case: kept with who and when, shown with it, and gone with it.
#include "tests/cli/desk_demo.hpp"

using namespace test;
namespace fs = std::filesystem;

namespace {

struct WorkDesk : DeskDemo {
    WorkDesk() {
        good("amparo import " + send(noted_code, "strong") + " " + send("hotel-radio-canal-100", "some") + book);
        write("note", "Called twice.\nNobody answered.\n");
    }
    /// Beside the record, which stands alone on standard output.
    [[nodiscard]] std::string beside(const std::string& code, const std::string& more = {}) const {
        return good("amparo cases show " + code + book + more).err;
    }
    static constexpr const char* noted_code = "radio-hotel-canal-482";
};

bool has_word(const std::string& text, const std::string& what) {
    return text.find(what) != std::string::npos;
}

}  // namespace

TEST_CASE("a case is shown with what coordinators noted, who takes care of it and how it stands") {
    const WorkDesk desk;
    const std::string code = WorkDesk::noted_code;
    CHECK(desk.beside(code).empty());
    desk.good("amparo cases note " + code + " --file note" + book);
    desk.good("amparo cases assign " + code + " Ana" + book);
    desk.good("amparo cases status " + code + " working" + book);
    const auto said = desk.beside(code);
    CHECK(has_word(said, "Called twice."));
    CHECK(has_word(said, "Nobody answered."));
    CHECK(has_word(said, "Ana takes care of it"));
    CHECK(has_word(said, "in progress"));
    CHECK(has_word(desk.beside(code, " --lang es"), "en curso"));
    CHECK(desk.beside("hotel-radio-canal-100").empty());
    const auto for_programs = desk.good("amparo cases show " + code + " --json" + book);
    CHECK(for_programs.err.empty());
    const auto steps = json::parse(for_programs.out)["steps"];
    REQUIRE(steps.size() == 3);
    CHECK(steps[0]["kind"] == "note");
    CHECK(steps[0]["text"] == "Called twice.\nNobody answered.");
    CHECK(steps[1]["kind"] == "assigned");
    CHECK(steps[2]["text"] == "working");
    CHECK(steps[2]["by"].get<std::string>().starts_with("age1"));
    CHECK(steps[2]["day"].get<std::string>().size() == 10);
}

TEST_CASE("a record does not say for coordinators what they did") {
    const WorkDesk desk;
    const json forged{{"steps", {{{"kind", "status"}, {"text", "closed"}}}}};
    desk.good("amparo import " + desk.send("canal-radio-hotel-300", "some", forged) + book);
    const auto shown = json::parse(desk.good("amparo cases show canal-radio-hotel-300 --json" + std::string(book)).out);
    CHECK(shown["steps"] == json::array());
}

TEST_CASE("what was noted of a case comes back out of a backup, and is gone once the case is erased") {
    const WorkDesk desk;
    const std::string code = WorkDesk::noted_code;
    desk.good("amparo cases note " + code + " --file note" + book);
    desk.good("amparo casebook backup demo -o all.age");
    fs::rename(desk.path() / "demo/casebook", desk.path() / "casebook");
    desk.good("amparo casebook restore all.age demo");
    CHECK(has_word(desk.beside(code), "Called twice."));
    desk.good("amparo cases erase " + code + " --yes" + book);
    CHECK_FALSE(has_word(desk.beside(code), "Called"));
}

TEST_CASE("nothing is noted of no case, of several, or in words that are none") {
    const WorkDesk desk;
    const std::string code = WorkDesk::noted_code;
    for (const auto& [line, exit] : {std::pair<std::string, int>{"note canal-radio-hotel-300 --file note", 1},
                                     {"note " + code + " --file none", 1},
                                     {"note " + code, 64},
                                     {"assign " + code, 64},
                                     {"assign " + code + " " + std::string(65, 'x'), 64},
                                     {"status " + code + " lost", 64},
                                     {"status " + code, 64},
                                     {"note", 64}}) {
        const auto ran = desk.run("amparo cases " + line + book);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == exit);
        CHECK(is_one_sentence(ran.err));
    }
    CHECK(desk.beside(code).empty());
}

TEST_CASE("a note steers no terminal") {
    const WorkDesk desk;
    const std::string code = WorkDesk::noted_code;
    desk.write("note", "safe \x1b[2J\xe2\x80\xae end\xff");
    desk.good("amparo cases note " + code + " --file note" + book);
    const auto said = desk.beside(code);
    CHECK(has_word(said, "safe"));
    CHECK_FALSE(has_word(said, "\x1b"));
    CHECK_FALSE(has_word(said, "\xe2\x80\xae"));
    const auto shown = desk.good("amparo cases show " + code + " --json" + book).out;
    CHECK(json::parse(shown)["steps"].size() == 1);
    CHECK_FALSE(has_word(shown, "\x1b"));
}
