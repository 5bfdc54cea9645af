// Screenings as submissions, held against the very XForm that goes with them.
#include <pugixml.hpp>

#include "tests/exports/support.hpp"

using namespace test;

namespace {

/// Every node of a submission has a place in the instance of the XForm.
void check_nodes(const pugi::xml_node& given, const pugi::xml_node& form, std::size_t& checked) {
    for (const auto& node : given.children()) {
        if (node.type() != pugi::node_element) continue;
        INFO(node.path());
        const auto place = form.child(node.name());
        REQUIRE(place);
        ++checked;
        check_nodes(node, place, checked);
    }
}

struct Submitted {
    pugi::xml_document form;
    pugi::xml_document submission;
    Written written;
};

void submit(Submitted& made, const json& more, bool words = false) {
    const auto spoken = locales::Translator::built_in(locales::Language::En);
    const auto format = exports::make_odk(spoken);
    std::vector<record::Record> records;
    records.push_back(record_of(more));
    made.written = export_all(*format, records, words);
    for (const auto& [name, text] : made.written.files) {
        if (name.starts_with("submission-")) REQUIRE(made.submission.load_string(text.c_str()));
        if (name.starts_with("sample-")) REQUIRE(made.form.load_string(text.c_str()));
    }
}

}  // namespace

TEST_CASE("a submission is of the XForm beside it: its id, its version, and every node") {
    Submitted made;
    submit(made, json::object());
    const auto instance = made.form.select_node("/h:html/h:head/model/instance/data").node();
    const auto data = made.submission.child("data");
    REQUIRE(instance);
    CHECK(std::string(data.attribute("id").value()) == instance.attribute("id").value());
    CHECK(std::string(data.attribute("version").value()) == instance.attribute("version").value());
    std::size_t checked = 0;
    check_nodes(data, instance, checked);
    CHECK(checked == 12);
    CHECK(std::string(data.child("safe").child_value()) == "no");
    CHECK(std::string(data.child("more").child("with").child_value()) == "alone kin");
    CHECK(std::string(data.child("more").child("story").child_value()).empty());
    CHECK(std::string(data.child("meta").child("instanceID").child_value()) ==
          "uuid:01234567-89ab-cdef-0123-456789abcdef");
    const auto kids = data.children("kid");
    CHECK(std::distance(kids.begin(), kids.end()) == 2);
    CHECK(std::string(data.child("kid").child("born").child_value()) == "2019-02-28");
}

TEST_CASE("what a submission cannot say of unanswered questions stands beside it") {
    Submitted made;
    submit(made, json::object());
    const auto rows = rows_of(made.written.files.at("states.csv"));
    REQUIRE(rows.size() == 8);
    CHECK(rows[4][1] == "age");
    CHECK(rows[4][2] == "refused");
    CHECK(rows[7][2] == "skipped");
}

TEST_CASE("own words are XML that says them, and steer nothing") {
    Submitted made;
    submit(made, {{"answers", {answer("story", "answered", "<x>&\x1b\n]]>")}}}, true);
    CHECK(std::string(made.submission.child("data").child("more").child("story").child_value()) == "<x>&\\x1B\\n]]>");
}
