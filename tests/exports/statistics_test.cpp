// Statistics: what is counted, what is not said, and that no word of anybody is in them.
#include "app/exports/statistics.hpp"

#include "tests/exports/support.hpp"

using namespace test;

namespace {

const exports::StatTable& table_named(const exports::StatReport& report, const std::string& name) {
    const auto found =
        std::find_if(report.tables.begin(), report.tables.end(), [&](const auto& one) { return one.name == name; });
    REQUIRE(found != report.tables.end());
    return *found;
}

std::optional<std::uint64_t> at(const exports::StatTable& table, const std::string& row, const std::string& column) {
    const auto r = std::find(table.rows.begin(), table.rows.end(), row);
    const auto c = std::find(table.columns.begin(), table.columns.end(), column);
    REQUIRE(r != table.rows.end());
    REQUIRE(c != table.columns.end());
    return table.cells[static_cast<std::size_t>(r - table.rows.begin()) * table.columns.size() +
                       static_cast<std::size_t>(c - table.columns.begin())];
}

void add(exports::Statistics& statistics, std::size_t times, const json& more) {
    for (std::size_t i = 0; i < times; ++i) {
        const auto said = record_of(more);
        statistics.add({said, sample_form()});
    }
}

json safe_one(const std::string& day) {
    return {{"day", day},
            {"answers", {answer("safe", "answered", "yes"), answer("age", "skipped")}},
            {"indicators", json::array()},
            {"readings",
             {{"danger", {{"level", "none-reported"}, {"rule", ""}}},
              {"harm", {{"level", "none-reported"}, {"rule", ""}}},
              {"risk", {{"level", "none-reported"}, {"rule", ""}}}}}};
}

}  // namespace

TEST_CASE("screenings are counted by device, month, level, indicator and what became of each question") {
    exports::Statistics statistics;
    add(statistics, 20, {{"day", "2026-10-05"}});
    add(statistics, 30, safe_one("2026-10-06"));
    add(statistics, 12, {{"day", "2026-11-05"}});
    add(statistics, 40, safe_one("2026-11-06"));
    const auto report = statistics.report();
    CHECK(report.screenings == 102);
    const auto& danger = table_named(report, "danger_month");
    CHECK(at(danger, "strong", "2026-10") == 20);
    CHECK(at(danger, "none-reported", "2026-11") == 40);
    CHECK(danger.column_totals == std::vector<std::optional<std::uint64_t>>{50, 52});
    const auto& site = table_named(report, "site_month");
    CHECK(at(site, std::string(32, '1'), "2026-11") == 52);
    const auto& indicators = table_named(report, "indicators");
    CHECK(at(indicators, "sample/unsafe", "fired") == 32);
    const auto& questions = table_named(report, "questions");
    CHECK(at(questions, "sample/safe", "answered") == 102);
    CHECK(at(questions, "sample/age", "refused") == 32);
    CHECK(at(questions, "sample/age", "skipped") == 70);
    CHECK(at(questions, "sample/age", "unknown") == 0);
    // Nobody is found by a repeat either.
    for (const auto& row : questions.rows) CHECK(row.find('[') == std::string::npos);
}

TEST_CASE("fewer than eleven are not counted at all") {
    exports::Statistics statistics;
    add(statistics, 10, json::object());
    const auto report = statistics.report();
    CHECK_FALSE(report.screenings);
    CHECK(report.tables.empty());
}

TEST_CASE("a small number hides what would give it away, in every table the same") {
    exports::Statistics statistics;
    add(statistics, 40, safe_one("2026-09-06"));
    add(statistics, 3, {{"day", "2026-10-05"}});
    add(statistics, 30, safe_one("2026-11-06"));
    const auto report = statistics.report();
    std::optional<std::vector<std::optional<std::uint64_t>>> months;
    for (const auto& table : report.tables) {
        if (table.column_totals.empty()) continue;
        if (!months) months = table.column_totals;
        INFO(table.name);
        CHECK(table.column_totals == *months);
    }
    REQUIRE(months);
    CHECK(*months == std::vector<std::optional<std::uint64_t>>{40, std::nullopt, std::nullopt});
    const auto& danger = table_named(report, "danger_month");
    CHECK(at(danger, "strong", "2026-10") == std::nullopt);
    CHECK(danger.row_totals.front() == std::nullopt);
    CHECK(at(table_named(report, "indicators"), "sample/unsafe", "fired") == std::nullopt);
}

TEST_CASE("a record that says something twice is counted once") {
    exports::Statistics statistics;
    const json fired{{"id", "unsafe"}, {"dimension", "danger"}, {"strength", "strong"}, {"because", {"safe"}}};
    add(statistics, 20,
        {{"indicators", {fired, fired}}, {"answers", {answer("safe", "answered", "no"), answer("safe", "skipped")}}});
    add(statistics, 20, safe_one("2026-11-06"));
    const auto report = statistics.report();
    CHECK(at(table_named(report, "indicators"), "sample/unsafe", "fired") == 20);
    CHECK(at(table_named(report, "questions"), "sample/safe", "answered") == 40);
}

TEST_CASE("what a worker raised is counted as raised") {
    exports::Statistics statistics;
    auto raised = safe_one("2026-11-06");
    raised["override"] = {{"reading", "danger"}, {"level", "strong"}, {"reason", "observed"}};
    add(statistics, 20, raised);
    add(statistics, 20, safe_one("2026-11-06"));
    CHECK(at(table_named(statistics.report(), "danger_month"), "strong", "2026-11") == 20);
}

TEST_CASE("no word that anybody said is in the statistics, nor a record or a code") {
    const auto words = locales::Translator::built_in(locales::Language::En);
    const auto format = exports::make_statistics(words);
    std::vector<record::Record> records;
    for (int i = 0; i < 30; ++i)
        records.push_back(record_of(
            {{"answers", {answer("story", "answered", "Eva lives here"), answer("safe", "answered", "Eva")}}}));
    const auto written = export_all(*format, records, true);
    REQUIRE(written.files.size() == 3);
    for (const auto& [name, text] : written.files) {
        CHECK(text.find("Eva") == std::string::npos);
        CHECK(text.find("0123456789abcdef") == std::string::npos);
        CHECK(text.find("radio-hotel") == std::string::npos);
        for (const auto& row : rows_of(text)) CHECK(row.size() == rows_of(text).front().size());
    }
    const auto rows = rows_of(written.files.at("statistics.csv"));
    CHECK(rows[1] == std::vector<std::string>{"all", "", "", "30", "no"});
    for (std::size_t i = 1; i < rows.size(); ++i) {
        CHECK((rows[i][3].empty() ? "yes" : "no") == rows[i][4]);
        if (!rows[i][3].empty() && rows[i][3] != "0") CHECK(std::stoul(rows[i][3]) >= exports::least_said);
    }
    const auto dictionary = rows_of(written.files.at("dictionary.csv"));
    for (const auto& row : rows)
        CHECK(std::any_of(dictionary.begin(), dictionary.end(),
                          [&](const auto& one) { return one[0] == row[0] || row[0] == "table"; }));
}
