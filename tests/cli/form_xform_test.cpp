// amparo form xform.
#include <catch2/catch_all.hpp>

#include "tests/cli/support.hpp"

using test::Desk;

TEST_CASE("the XForm of the shipped questionnaire goes to standard output, and what it lacks is said") {
    const Desk desk;
    const auto ran = desk.good("amparo form xform " AMPARO_SOURCE_DIR "/questionnaires/forms/first-contact");
    CHECK(ran.out.starts_with("<?xml version=\"1.0\"?>\n<h:html "));
    CHECK(ran.out.ends_with("</h:html>\n"));
    for (const auto* const sheet : {"indicators", "levels", "actions"}) CHECK(ran.err.find(sheet) != std::string::npos);
}

TEST_CASE("an XForm is written to a new file, never over another one") {
    const Desk desk;
    const std::string command =
        "amparo form xform " AMPARO_SOURCE_DIR "/questionnaires/forms/first-contact -o first-contact.xml";
    CHECK(desk.good(command).out.empty());
    CHECK(desk.read("first-contact.xml") ==
          desk.good("amparo form xform " AMPARO_SOURCE_DIR "/questionnaires/forms/first-contact").out);
    const auto again = desk.run(command);
    CHECK(again.code == 1);
    CHECK(test::is_one_sentence(again.err));
}

TEST_CASE("nothing is written for a questionnaire that cannot be an XForm") {
    const Desk desk;
    CHECK(desk.run("amparo form xform").code == 64);
    CHECK(desk.run("amparo form xform missing -o out.xml").code == 1);
    std::filesystem::create_directory(desk.path() / "form");
    desk.write("form/settings.csv", "form_id,version\nx,1\n");
    for (const auto* const row : {"integer,meta,M", "integer,a\xC3\x97,A", "nonsense,a,A"}) {
        desk.write("form/survey.csv", std::string("type,name,label\n") + row + "\n");
        const auto ran = desk.run("amparo form xform form -o out.xml");
        INFO(row << "\n" << ran.err);
        CHECK(ran.code == 1);
        CHECK(test::is_one_sentence(ran.err));
        CHECK_FALSE(desk.has("out.xml"));
    }
}
