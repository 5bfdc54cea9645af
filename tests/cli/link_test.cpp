// Cases that belong together: offered, made and undone by a person, said on both sides, and gone with either.
#include <filesystem>

#include "tests/cli/desk_demo.hpp"

using namespace test;

namespace {

const std::string one_code = "radio-hotel-canal-482";
const std::string other_code = "hotel-radio-canal-100";
const std::string one_record(32, 'a');
const std::string other_record(32, 'b');

struct LinkDesk : DeskDemo {
    LinkDesk() {
        good("amparo import " + send(one_code, "strong", {{"record", one_record}}) + " " +
             send(other_code, "some", {{"record", other_record}, {"follows", one_record}}) + book);
    }
    [[nodiscard]] json record(const std::string& of) const {
        return json::parse(good("amparo cases show " + of + " --json" + book).out);
    }
    [[nodiscard]] std::string beside(const std::string& of, const std::string& more = " --lang en") const {
        return good("amparo cases show " + of + book + more).err;
    }
};

}  // namespace

TEST_CASE("what may belong together is offered, and nothing is linked by itself") {
    const LinkDesk desk;
    CHECK(has(desk.beside(other_code), "may belong together"));
    CHECK(has(desk.beside(other_code), one_record));
    CHECK(has(desk.beside(other_code, " --lang es"), "quizá van juntos"));
    CHECK(desk.record(other_code)["may_belong_together"][0]["record"] == one_record);
    CHECK(desk.record(other_code)["links"].empty());
    CHECK(desk.record(one_code)["links"].empty());
    CHECK(desk.record(one_code)["steps"].empty());
}

TEST_CASE("a link stands on both sides, is undone on both, and each is a step of both") {
    const LinkDesk desk;
    desk.good("amparo cases link " + other_code + " " + one_code + book);
    CHECK(desk.record(one_code)["links"][0]["record"] == other_record);
    CHECK(desk.record(other_code)["links"][0]["case_code"] == one_code);
    CHECK(desk.record(other_code)["may_belong_together"].empty());
    CHECK(has(desk.beside(one_code), "linked with " + other_code));
    CHECK(has(desk.beside(one_code, " --lang es"), other_code));
    CHECK(desk.run("amparo cases link " + one_code + " " + other_code + book).code == 1);  // once
    desk.good("amparo cases unlink " + one_code + " " + other_record + book);
    CHECK(desk.run("amparo cases unlink " + one_code + " " + other_code + book).code == 1);
    for (const auto& code : {one_code, other_code}) {
        const auto shown = desk.record(code);
        CHECK(shown["links"].empty());
        REQUIRE(shown["steps"].size() == 2);
        CHECK(shown["steps"][0]["kind"] == "linked");
        CHECK(shown["steps"][1]["kind"] == "unlinked");
        CHECK(shown["steps"][0]["other"]["case_code"] == (code == one_code ? other_code : one_code));
    }
}

TEST_CASE("a link goes with either of its cases, and comes back with neither import nor backup") {
    const LinkDesk desk;
    desk.good("amparo cases link " + other_code + " " + one_code + book);
    desk.good("amparo cases refer " + other_code + " --to Emergencias --scope nothing" + book);
    desk.good("amparo casebook backup demo -o all.age");
    desk.good("amparo cases erase " + other_code + " --yes" + book);
    const auto gone = [&] {
        const auto left = desk.record(one_code);
        CHECK(left["links"].empty());
        CHECK(left["steps"].empty());
        CHECK(desk.run("amparo cases show " + other_code + " --json" + book).out.find("\"steps\"") ==
              std::string::npos);
    };
    gone();
    desk.good("amparo import demo/outbox/b-*.age" + std::string(book));
    gone();
    std::filesystem::rename(desk.path() / "demo/casebook", desk.path() / "demo/casebook-before");
    desk.good("amparo casebook restore all.age demo");
    gone();
    desk.good("amparo import demo/outbox/b-*.age" + std::string(book));
    gone();
}

TEST_CASE("nothing is linked with itself, with nothing, or without both names") {
    const LinkDesk desk;
    for (const auto& [line, exit] : {std::pair<std::string, int>{"link " + one_code + " " + one_code, 1},
                                     {"link " + one_code + " " + one_record, 1},
                                     {"link " + one_code + " canal-canal-canal-001", 1},
                                     {"unlink " + one_code + " " + other_code, 1},
                                     {"link " + one_code, 64},
                                     {"link", 64}}) {
        const auto ran = desk.run("amparo cases " + line + book);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == exit);
        CHECK(is_one_sentence(ran.err));
    }
    CHECK(desk.record(one_code)["steps"].empty());
}
