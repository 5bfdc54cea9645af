// Holds docs/FORMATS.md to the code: its example of a record, and that it names every member.
#include <nlohmann/json.hpp>

#include "tests/record/support.hpp"
#include "tests/support/examples.hpp"

using nlohmann::json;

namespace {

/// Names of members as the page writes them: `consent.asked_as.key`, `answers[].name`.
void collect(const json& value, const std::string& at, std::set<std::string>& names) {
    if (value.is_object())
        for (const auto& [name, member] : value.items()) {
            const auto path = at.empty() ? name : at + "." + name;
            names.insert(path);
            collect(member, path, names);
        }
    if (value.is_array())
        for (const auto& member : value) collect(member, at + "[]", names);
}

/// The first column of the table of a record.
std::set<std::string> members_on_page() {
    std::ifstream in(AMPARO_SOURCE_DIR "/docs/FORMATS.md");
    std::string line;
    while (std::getline(in, line) && line != "## Record") {
    }
    std::set<std::string> names;
    while (std::getline(in, line) && !line.starts_with("## ")) {
        if (!line.starts_with("| `")) continue;
        const auto column = line.substr(2, line.find(" | ", 2) - 2);
        for (auto at = column.find('`'); at != std::string::npos; at = column.find('`', at)) {
            const auto end = column.find('`', at + 1);
            REQUIRE(end != std::string::npos);
            names.insert(column.substr(at + 1, end - at - 1));
            at = end + 1;
        }
    }
    return names;
}

}  // namespace

TEST_CASE("the example of a record is what the code writes, and reads back") {
    for (const auto& [name, said] : {std::pair{"final", test::full()}, std::pair{"withdrawn", test::withdrawal()}}) {
        const auto text = test::example_of("docs/FORMATS.md", "record").at(name);
        CHECK(test::written(said) == text);
        CHECK(test::record::read(text));
    }
}

TEST_CASE("the page of formats names every member that a record can have, and no other") {
    std::set<std::string> written;
    collect(json::parse(test::written(test::full())), {}, written);
    CHECK(members_on_page() == written);
}
