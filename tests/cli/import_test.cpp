// From a sealed row on the kiosk to the coordinator's list, with the real programs and files.
#include "tests/cli/desk_demo.hpp"

using namespace test;

TEST_CASE("a screening travels from the kiosk to the coordinator's list, the urgent one first") {
    const DeskDemo demo;
    const auto calm = demo.send("hotel-radio-canal-100", "none-reported");
    const auto urgent = demo.send("radio-hotel-canal-482", "strong");
    demo.good("amparo import " + calm + " " + urgent + book);
    const auto listed = json::parse(demo.good(std::string("amparo cases list --json") + book).out)["cases"];
    REQUIRE(listed.size() == 2);
    CHECK(listed[0]["case_code"] == "radio-hotel-canal-482");
    CHECK(listed[0]["readings"]["danger"]["level"] == "strong");
    CHECK(listed[1]["case_code"] == "hotel-radio-canal-100");
    const auto table = demo.good(std::string("amparo cases list --lang es") + book).out;
    CHECK(table.find("radio-hotel-canal-482") < table.find("hotel-radio-canal-100"));
    CHECK(table.find("Peligro") != std::string::npos);
    CHECK(table.find("2 formularios llenados; una visita puede tener dos") != std::string::npos);
}

TEST_CASE("the list says the mode, which form a record follows, and what is practice and does not count") {
    const DeskDemo demo;
    const std::string first(32, 'a');
    const auto form = [](const char* id) {
        return json{{"id", id}, {"version", "1"}, {"sha256", std::string(64, 'a')}};
    };
    const std::vector<std::string> batches{
        demo.send("radio-hotel-canal-482", "strong", {{"record", first}}),
        demo.send("radio-hotel-canal-482", "some", {{"form", form("adult")}, {"follows", first}}),
        demo.send("hotel-radio-canal-100", "some", {{"form", form("child")}, {"follows", std::string(32, 'b')}}),
        demo.send("canal-radio-hotel-200", "some", {{"form", form("observation")}, {"mode", "observation"}}),
        demo.send("canal-hotel-radio-300", "strong", {{"form", form("training")}, {"training", true}})};
    std::string all;
    for (const auto& batch : batches) all += batch + " ";
    demo.good("amparo import " + all + book);
    const auto line = [](const std::string& table, const std::string& part) {
        const auto at = table.find(part);
        REQUIRE(at != std::string::npos);
        return table.substr(at, table.find('\n', at) - at);
    };
    const auto table = demo.good(std::string("amparo cases list --lang en") + book).out;
    CHECK(line(table, "  adult ").find("follows first-contact") != std::string::npos);
    CHECK(line(table, "  child ").find("follows one that is not here") != std::string::npos);
    CHECK(line(table, "  observation ").find("observation", 15) != std::string::npos);
    CHECK(line(table, "  first-contact ").find("follows") == std::string::npos);
    CHECK(table.find("canal-hotel-radio-300") == std::string::npos);
    CHECK(table.find("4 forms that were filled in; one visit may have two") != std::string::npos);
    const auto practised = demo.good(std::string("amparo cases list --lang es --training") + book).out;
    CHECK(line(practised, "canal-hotel-radio-300").find("práctica") != std::string::npos);
    CHECK(line(practised, "  adult ").find("sigue a first-contact") != std::string::npos);
    CHECK(practised.find("4 formularios llenados") != std::string::npos);
    CHECK(practised.find("1 práctica, que no cuenta como caso") != std::string::npos);
    const auto listed = json::parse(demo.good(std::string("amparo cases list --json") + book).out)["cases"];
    for (const auto& one : listed)
        if (one["form"] == "adult") CHECK(one["follows"] == first);
}

TEST_CASE("a case is shown with its answers and with what was skipped") {
    const DeskDemo demo;
    demo.good("amparo import " + demo.send("radio-hotel-canal-482", "some") + book);
    const auto shown = demo.good(std::string("amparo cases show radio-hotel-canal-482") + book).out;
    CHECK(shown.find("safe: no") != std::string::npos);
    CHECK(shown.find("more: (skipped)") != std::string::npos);
    const auto raw = json::parse(demo.good(std::string("amparo cases show radio-hotel-canal-482 --json") + book).out);
    CHECK(raw["answers"][0]["value"] == "no");
    const auto unknown = demo.run(std::string("amparo cases show hotel-hotel-hotel-000") + book);
    CHECK(unknown.code == 1);
    CHECK(test::is_one_sentence(unknown.err));
}

TEST_CASE("importing the same batch again changes nothing and is no failure") {
    const DeskDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    demo.good("amparo casebook backup demo -o backup.age");
    demo.good("amparo import " + batch + book);
    const auto said = demo.good("amparo import " + batch + book);
    CHECK(std::count(said.err.begin(), said.err.end(), '\n') == 1);
    CHECK(said.err.find("was here already") != std::string::npos);
    CHECK(std::count(said.out.begin(), said.out.end(), '\n') == 1);
    CHECK(said.out.find("1 receipt written") != std::string::npos);
    CHECK(said.out.find("taken in") == std::string::npos);
    const auto again = json::parse(demo.good("amparo import --json " + batch + book).out);
    CHECK(again[0]["standing"] == "again");
    CHECK(json::parse(demo.good(std::string("amparo cases list --json") + book).out)["cases"].size() == 1);
}

TEST_CASE("a batch that was here already but could not be opened is not said to have changed nothing") {
    const DeskDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    // The casebook and the batch are opened by a second coordinator, to whom the record inside is not sealed.
    demo.good("amparo age keygen -o demo/keys/second.identity");
    const auto recipient = [&](const std::string& file) {
        const auto text = demo.read(file);
        return " -r " + text.substr(text.find("age1"), 62);
    };
    const auto second = recipient("demo/keys/second.identity");
    const auto first = recipient("demo/keys/coordinator.identity");
    const std::string key = "demo/casebook/cases.db.key.age";
    demo.good("amparo age open -i demo/keys/coordinator.identity " + batch + " | amparo age seal" + second + first +
              " -o both.age");
    demo.good("mv " + key + " k && amparo age open -i demo/keys/coordinator.identity k | amparo age seal" + second +
              first + " -o " + key + " && rm k");
    const auto sealed = demo.run("amparo import both.age --identity demo/keys/second.identity" + std::string(book));
    CHECK(sealed.err.find("no key given here opens it") != std::string::npos);
    const auto opened = demo.good("amparo import both.age" + std::string(book));
    CHECK(opened.err.find("1 record of it could be opened only now") != std::string::npos);
    CHECK(opened.err.find("nothing changed") == std::string::npos);
    CHECK(json::parse(demo.good(std::string("amparo cases list --json") + book).out)["cases"].size() == 1);
}

TEST_CASE("two imports at once wait for each other") {
    const DeskDemo demo;
    std::string first;
    std::string second;
    for (int i = 0; i < 3; ++i) {
        first += " " + demo.send("radio-hotel-canal-48" + std::to_string(i), "some");
        second += " " + demo.send("hotel-radio-canal-10" + std::to_string(i), "some");
    }
    const auto both =
        demo.good("amparo import" + first + book + " & one=$!; amparo import" + second + book + " && wait $one");
    CHECK(both.err.find("Another program") == std::string::npos);
    CHECK(json::parse(demo.good(std::string("amparo cases list --json") + book).out)["cases"].size() == 6);
}

TEST_CASE("no bar is drawn where nobody looks") {
    const DeskDemo demo;
    demo.good("amparo casebook backup demo -o backup.age");
    const auto ran = demo.good("amparo import " + demo.send("radio-hotel-canal-482", "some") + book);
    CHECK(ran.err.empty());
}

TEST_CASE("a missing batch is said and the later one is taken in") {
    const DeskDemo demo;
    demo.send("hotel-radio-canal-100", "some");
    const auto second = demo.send("radio-hotel-canal-482", "some");
    const auto ran = demo.good("amparo import " + second + book);
    CHECK(ran.err.find("batches 1 ") != std::string::npos);
}

TEST_CASE("a bad batch does not stop a good one, and is kept when it may be forged") {
    const DeskDemo demo;
    const auto good = demo.send("radio-hotel-canal-482", "some");
    const DeskDemo foreign("Otra");
    const auto other = foreign.send("hotel-radio-canal-100", "some");
    demo.write("b-foreign.age", foreign.read(other));
    demo.write("b-cut.age", demo.read(good).substr(0, 100'000));
    const auto ran = demo.run("amparo import --json b-foreign.age b-cut.age missing.age " + good + book);
    CHECK(ran.code == 1);
    const auto reports = json::parse(ran.out);
    REQUIRE(reports.size() == 4);
    CHECK(reports[0]["refused"] == "no-identity");
    CHECK(reports[1]["refused"] == "outer-damaged");
    CHECK(reports[2]["refused"] == "unreadable");
    CHECK(reports[3]["standing"] == "in-order");
    // The same forged inside, sealed to this deployment's coordinator: opened, found to be of another deployment, kept.
    const auto text = demo.read("demo/keys/coordinator.identity");
    const auto recipient = text.substr(text.find("age1"), 62);
    demo.write("foreign.id", foreign.read("demo/keys/coordinator.identity"));
    demo.good("amparo age open -i foreign.id b-foreign.age | amparo age seal -r " + recipient + " -o b-forged.age");
    const auto forged = demo.run(std::string("amparo import --json b-forged.age") + book);
    CHECK(forged.code == 1);
    const auto report = json::parse(forged.out);
    CHECK(report[0]["refused"] == "certificate-invalid");
    CHECK(report[0]["quarantined"] == true);
    CHECK(std::distance(std::filesystem::directory_iterator(demo.path() / "demo/casebook/cases.db.quarantine"), {}) ==
          1);
}

TEST_CASE("a casebook that is missing, or another's, is one sentence") {
    const DeskDemo demo;
    const DeskDemo other("Otra");
    demo.write("other.id", other.read("demo/keys/coordinator.identity"));
    for (const auto& [line, code] : {std::pair<std::string, int>{"amparo cases list --casebook missing.db", 1},
                                     {"amparo cases list --identity other.id" + std::string(book), 2},
                                     {"amparo cases list", 64},
                                     {"amparo cases list --identity missing" + std::string(book), 1}}) {
        const auto ran = demo.run("chmod 600 other.id; " + line);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == code);
        CHECK(test::is_one_sentence(ran.err));
    }
}
