// Holds docs/FORMATS.md to the tables of the kiosk: every column is there, and no other.
#include <catch2/catch_all.hpp>
#include <fstream>
#include <regex>
#include <set>

#include "app/store/schema.hpp"

namespace {

std::set<std::string> columns_of_code() {
    std::set<std::string> names;
    for (const auto statement : app::store::schema::expected) {
        const std::string text(statement);
        const std::string_view begin = "CREATE TABLE ";
        if (!text.starts_with(begin)) continue;
        const auto open = text.find('(');
        const auto table = text.substr(begin.size(), open - begin.size());
        const std::regex column("[(,] *([a-z_0-9]+) (INTEGER|TEXT|BLOB)");
        for (std::sregex_iterator at(text.begin() + static_cast<std::ptrdiff_t>(open), text.end(), column), end;
             at != end; ++at)
            if (at->str(1) != "id") names.insert(table + "." + at->str(1));
    }
    return names;
}

/// The first column of the table of the page.
std::set<std::string> columns_on_page() {
    std::ifstream in(AMPARO_SOURCE_DIR "/docs/FORMATS.md");
    std::string line;
    while (std::getline(in, line) && line != "## Tables of the kiosk") {
    }
    std::set<std::string> names;
    const std::regex name("`([a-z_.0-9]+)`");
    while (std::getline(in, line) && !line.starts_with("## ")) {
        if (!line.starts_with("| `")) continue;
        const auto column = line.substr(0, line.find(" | ", 2));
        for (std::sregex_iterator at(column.begin(), column.end(), name), end; at != end; ++at)
            names.insert(at->str(1));
    }
    return names;
}

}  // namespace

TEST_CASE("the page of formats names every column of the kiosk's tables, and no other") {
    CHECK(columns_of_code().size() > 20);
    CHECK(columns_on_page() == columns_of_code());
}
