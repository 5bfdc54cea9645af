// The list of cases as a coordinator narrows it down: by what was done, sorted, and in pages.
#include "tests/cli/desk_demo.hpp"

using namespace test;

namespace {

struct ListDesk : DeskDemo {
    ListDesk() {
        good("amparo import " + send("radio-hotel-canal-482", "strong") + " " + send("hotel-radio-canal-100", "some") +
             " " + send("canal-radio-hotel-300", "none-reported") + book);
        good(std::string("amparo cases status radio-hotel-canal-482 working") + book);
        good(std::string("amparo cases assign radio-hotel-canal-482 Ana") + book);
        good(std::string("amparo cases assign hotel-radio-canal-100 Beto") + book);
    }
    [[nodiscard]] json whole(const std::string& more = {}) const {
        return json::parse(good("amparo cases list --json " + more + book).out);
    }
    [[nodiscard]] std::string codes(const std::string& more) const {
        std::string all;
        const auto page = whole(more);
        for (const auto& one : page["cases"]) all += one["case_code"].get<std::string>().substr(0, 5) + " ";
        return all;
    }
};

}  // namespace

TEST_CASE("the list is narrowed down to what was done about cases, and sorted") {
    const ListDesk desk;
    CHECK(desk.codes("") == "radio hotel canal ");
    CHECK(desk.codes("--sort code") == "canal hotel radio ");
    CHECK(desk.codes("--status working") == "radio ");
    CHECK(desk.codes("--status new") == "hotel canal ");
    CHECK(desk.codes("--assigned Beto") == "hotel ");
    CHECK(desk.codes("--unassigned") == "canal ");
    CHECK(desk.codes("--unassigned --status working").empty());
    CHECK(desk.codes("--referred none") == "radio hotel canal ");
    CHECK(desk.codes("--referred accepted").empty());
    const auto first = desk.whole()["cases"][0];
    CHECK(first["status"] == "working");
    CHECK(first["assigned"] == "Ana");
    CHECK(first["referred"] == "none");
    const auto said = desk.good(std::string("amparo cases list --lang es --status working") + book).out;
    CHECK(has(said, "en curso, Ana"));
    CHECK_FALSE(has(said, "hotel-radio"));
    CHECK(
        has(desk.good(std::string("amparo cases list --status closed --lang en") + book).out, "No case is like that."));
}

TEST_CASE("the list comes in pages, with the total of all of them") {
    const ListDesk desk;
    const auto page = desk.whole("--most 2");
    CHECK(page["cases"].size() == 2);
    CHECK(page["total"] == 3);
    CHECK(page["page"] == 1);
    CHECK(page["pages"] == 2);
    CHECK(page["not_listed"]["erased"] == 0);
    CHECK(desk.codes("--most 2 --page 2") == "canal ");
    CHECK(desk.whole("--unassigned --most 1")["total"] == 1);
    const auto text = desk.good(std::string("amparo cases list --most 2 --page 2 --lang en") + book).out;
    CHECK(has(text, "Page 2 of 2; 3 forms in all"));
    CHECK(has(text, "canal-radio-hotel-300"));
    CHECK_FALSE(has(text, "radio-hotel-canal-482"));
    desk.good(std::string("amparo cases erase hotel-radio-canal-100 --yes") + book);
    CHECK(desk.whole("--most 1")["not_listed"]["erased"] == 1);
    CHECK(desk.whole("--most 1")["total"] == 2);
}

TEST_CASE("a list that cannot be is refused in one sentence") {
    const ListDesk desk;
    for (const auto* line : {"--status lost", "--referred maybe", "--sort name", "--assigned Ana --unassigned",
                             "--page 2", "--most 2 --page 3", "--most 0"}) {
        const auto ran = desk.run("amparo cases list " + std::string(line) + book);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == 64);
        CHECK(ran.out.empty());
        if (std::string(line) != "--most 0") CHECK(is_one_sentence(ran.err));
    }
}

TEST_CASE("a name in the list steers no terminal") {
    const ListDesk desk;
    desk.good(std::string("amparo cases assign hotel-radio-canal-100 \"Be\x1b[2J\xe2\x80\xaeto\"") + book);
    const auto said = desk.good(std::string("amparo cases list") + book).out;
    CHECK(has(said, "Be"));
    CHECK_FALSE(has(said, "\x1b"));
    CHECK_FALSE(has(said, "\xe2\x80\xae"));
}
