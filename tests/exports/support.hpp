// Forms and records for tests of exports: small, and with everything that can go wrong in them.
#pragma once

#include <catch2/catch_all.hpp>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/exports/format.hpp"
#include "app/exports/screening.hpp"
#include "app/record/read.hpp"
#include "questionnaires/engine/form/form.hpp"

namespace test {

namespace engine = questionnaires::engine;
namespace exports = app::exports;
namespace record = app::record;
using nlohmann::json;

inline engine::Sheet sheet_of(const std::string& name, const std::vector<std::vector<std::string>>& rows) {
    engine::Sheet sheet{name};
    for (const auto& row : rows) {
        for (const auto& cell : row) sheet.add_cell(cell);
        sheet.end_row();
    }
    return sheet;
}

/// Every kind of question, a group, a repeat, and what the form computes.
inline engine::Workbook sample_sheets() {
    engine::Workbook sheets;
    sheets.sheets.push_back(
        sheet_of("survey", {{"type", "name", "label::Español (es)", "label::English (en)", "calculation"},
                            {"select_one yes", "safe", "¿Está a salvo?", "Are you safe?", ""},
                            {"begin group", "more", "Más", "More", ""},
                            {"select_multiple who", "with", "¿Con quién?", "With whom?", ""},
                            {"text", "story", "Cuente", "Tell", ""},
                            {"integer", "age", "¿Cuántos años?", "How old?", ""},
                            {"end group", "", "", "", ""},
                            {"begin repeat", "kid", "Hijo", "Child", ""},
                            {"date", "born", "¿Cuándo nació?", "Born when?", ""},
                            {"end repeat", "", "", "", ""},
                            {"acknowledge", "read", "¿Lo leyó?", "Read it?", ""},
                            {"calculate", "sum", "", "", "1 + 1"}}));
    sheets.sheets.push_back(sheet_of("choices", {{"list_name", "name", "label::Español (es)", "label::English (en)"},
                                                 {"yes", "yes", "Sí", "Yes"},
                                                 {"yes", "no", "No", "No"},
                                                 {"who", "alone", "Sin compañía", "Alone"},
                                                 {"who", "kin", "Familia", "Family"}}));
    sheets.sheets.push_back(sheet_of("settings", {{"form_id", "version", "form_title"}, {"sample", "7", "Sample"}}));
    sheets.sheets.push_back(sheet_of("indicators", {{"indicator", "dimension", "strength", "when",
                                                     "label::Español (es)", "label::English (en)", "basis", "source"},
                                                    {"unsafe", "danger", "strong", "${safe} = 'no'", "Sin seguridad",
                                                     "Not safe", "design", "ours"}}));
    return sheets;
}

inline std::shared_ptr<const engine::Form> form_of(const engine::Workbook& sheets) {
    auto form = engine::load(sheets);
    REQUIRE(form);
    return std::move(*form);
}

inline const engine::Form& sample_form() {
    static const auto form = form_of(sample_sheets());
    return *form;
}

inline json answer(const std::string& name, const std::string& state, const std::string& value = {}) {
    return {{"name", name}, {"state", state}, {"value", value}, {"language", "es"}};
}

/// A record of the sample form; `more` takes the place of members.
inline std::string record_json(const json& more = json::object()) {
    json said{
        {"amparo", 1},
        {"record", "0123456789abcdef0123456789abcdef"},
        {"kind", "final"},
        {"revision", 3},
        {"deployment", "de7cdbde3e6c2ebc"},
        {"device", std::string(32, '1')},
        {"bundle", 1},
        {"form", {{"id", "sample"}, {"version", "7"}, {"sha256", std::string(64, 'a')}}},
        {"mode", "private"},
        {"role", "shelter"},
        {"worker", 4},
        {"day", "2026-11-24"},
        {"case_code", "radio-hotel-canal-482"},
        {"language", {{"start", "es"}, {"end", "en"}}},
        {"consent", {{"answer", "given"}, {"scope", "sample"}, {"tell_worker_now", true}}},
        {"indicators", {{{"id", "unsafe"}, {"dimension", "danger"}, {"strength", "strong"}, {"because", {"safe"}}}}},
        {"answers",
         {answer("safe", "answered", "no"), answer("with", "answered", "alone kin"),
          answer("story", "answered", "=cmd|' /C calc'!A0"), answer("age", "refused"),
          answer("kid[1]/born", "answered", "2019-02-28"), answer("kid[2]/born", "unknown"),
          answer("read", "skipped")}},
        {"readings",
         {{"danger", {{"level", "strong"}, {"rule", "danger-1"}}},
          {"harm", {{"level", "none-reported"}, {"rule", ""}}},
          {"risk", {{"level", "some"}, {"rule", "risk-1"}}}}}};
    said.update(more);
    return said.dump();
}

inline record::Record record_of(const json& more = json::object()) {
    auto said = record::read(record_json(more));
    if (!said) UNSCOPED_INFO(said.error().detail);
    REQUIRE(said);
    return std::move(*said);
}

/// What an export wrote, by name.
class Written : public exports::Sink {
  public:
    bool append(std::string_view name, std::string_view bytes) override {
        files[std::string(name)] += bytes;
        return true;
    }
    bool whole(std::string_view name, std::string_view bytes) override {
        REQUIRE_FALSE(files.contains(std::string(name)));
        files[std::string(name)] = bytes;
        return true;
    }
    bool set_aside(std::string_view piece) override {
        aside.emplace_back(piece);
        return true;
    }
    bool each_aside(const std::function<bool(std::string_view piece)>& use) override {
        for (const auto& piece : aside)
            if (!use(piece)) break;
        aside.clear();
        return true;
    }
    bool no_room() override {
        FAIL("no room");
        return false;
    }
    std::map<std::string, std::string> files;
    std::vector<std::string> aside;
};

/// All of an export of these records.
inline Written export_all(exports::Format& format, const std::vector<record::Record>& records, bool words = false) {
    Written written;
    exports::Tally tally;
    static const auto sheets = sample_sheets();
    for (const auto& one : records) {
        const exports::Screening screening{one, sample_form()};
        const auto said = exports::said_in(screening, words);
        REQUIRE(format.add(screening, said, sheets, written) == exports::Taken::Yes);
        ++tally.out;
        tally.kept_back += said.kept_back;
    }
    REQUIRE(format.end(tally, written));
    return written;
}

/// RFC 4180, read by nobody but this test: rows of cells.
inline std::vector<std::vector<std::string>> rows_of(std::string_view csv) {
    std::vector<std::vector<std::string>> rows;
    REQUIRE(csv.starts_with("\xef\xbb\xbf"));
    csv.remove_prefix(3);
    std::vector<std::string> row(1);
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (quoted) {
            if (c != '"') {
                row.back() += c;
            } else if (i + 1 < csv.size() && csv[i + 1] == '"') {
                row.back() += '"';
                ++i;
            } else {
                quoted = false;
            }
        } else if (c == '"') {
            REQUIRE(row.back().empty());
            quoted = true;
        } else if (c == ',') {
            row.emplace_back();
        } else if (c == '\r') {
            REQUIRE(csv[++i] == '\n');
            rows.push_back(row);
            row.assign(1, "");
        } else {
            REQUIRE(c != '\n');
            row.back() += c;
        }
    }
    REQUIRE_FALSE(quoted);
    REQUIRE(row == std::vector<std::string>{""});
    return rows;
}

/// The cell of a row under this name.
inline std::string cell(const std::vector<std::vector<std::string>>& rows, std::size_t row, const std::string& column) {
    const auto& names = rows.front();
    const auto at = std::find(names.begin(), names.end(), column);
    INFO(column);
    REQUIRE(at != names.end());
    return rows.at(row).at(static_cast<std::size_t>(at - names.begin()));
}

}  // namespace test
