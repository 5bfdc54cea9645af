// Screenings under the field names of HTCDS 2.0, held against its published list, with the shipped questionnaires.
#include <sstream>

#include "questionnaires/engine/form/outline.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "tests/exports/htcds_fields.hpp"
#include "tests/exports/support.hpp"

using namespace test;

namespace {

const engine::Form& shipped_form(const std::string& id) {
    static std::map<std::string, std::shared_ptr<const engine::Form>> forms;
    auto& form = forms[id];
    if (!form) {
        const auto sheets = questionnaires::workbook::read_folder(AMPARO_SOURCE_DIR "/questionnaires/forms/" + id);
        REQUIRE(sheets);
        form = form_of(*sheets);
    }
    return *form;
}

std::vector<std::vector<std::string>> htcds_of(const std::string& id, const json& more,
                                               const locales::Translator& words, Written* all = nullptr) {
    json said{{"form", {{"id", id}, {"version", "1"}, {"sha256", std::string(64, 'a')}}}};
    said.update(more);
    const auto record = record_of(said);
    const exports::Screening screening{record, shipped_form(id)};
    const auto format = exports::make_htcds(words);
    Written written;
    REQUIRE(format->add(screening, exports::said_in(screening, true), {}, written) == exports::Taken::Yes);
    REQUIRE(format->end({}, written));
    if (all != nullptr) *all = std::move(written);
    return rows_of((all == nullptr ? written : *all).files.at("cases.csv"));
}

/// Every choice of every question, one after the other, is answered.
std::vector<json> all_answers(const std::string& id) {
    std::vector<json> all;
    const auto& form = shipped_form(id);
    for (std::uint32_t i = 0; i < form.size(); ++i)
        for (const auto choice : engine::choice_names(form, engine::QuestionId(i)))
            all.push_back(answer(std::string(form.name(engine::QuestionId(i))), "answered", std::string(choice)));
    return all;
}

}  // namespace

TEST_CASE("every field of an HTCDS export, and every value, is one of the standard, or plainly ours") {
    const auto words = locales::Translator::built_in(locales::Language::En);
    for (const std::string id : {"first-contact", "adult", "child"}) {
        std::set<std::string> seen;
        for (const auto& one : all_answers(id)) {
            INFO(id << " " << one);
            const auto rows = htcds_of(id, {{"answers", {one}}}, words);
            REQUIRE(rows.size() == 2);
            for (std::size_t i = 0; i < rows[0].size(); ++i) {
                const auto& field = rows[0][i];
                if (field.starts_with("amparo_")) continue;
                const auto known = htcds_fields.find(field);
                REQUIRE(known != htcds_fields.end());
                std::istringstream values(rows[1][i]);
                for (std::string value; values >> value;) {
                    INFO(field << " " << value);
                    CHECK((known->second.empty() || known->second.contains(value)));
                    seen.insert(value);
                }
            }
            // What the standard has no name for is said beside it.
            const auto other = [&](const char* field) {
                return cell(rows, 1, field).find("Other") != std::string::npos;
            };
            CHECK((other("vic_MethodsOfControl") || other("vic_TypeOfExploitation")) ==
                  !cell(rows, 1, "amparo_Note").empty());
        }
        CHECK(seen.contains("ForcedLabour"));
        CHECK(seen.contains("DebtBondage"));
        CHECK(seen.contains("WithholdsDocuments"));
    }
}

TEST_CASE("nobody is called a victim, nor no victim") {
    const auto words = locales::Translator::built_in(locales::Language::En);
    const auto status = [&](const std::string& harm, const std::string& risk, const std::string& danger) {
        const auto rows = htcds_of("adult",
                                   {{"answers", json::array()},
                                    {"readings",
                                     {{"danger", {{"level", danger}, {"rule", ""}}},
                                      {"harm", {{"level", harm}, {"rule", ""}}},
                                      {"risk", {{"level", risk}, {"rule", ""}}}}}},
                                   words);
        CHECK(cell(rows, 1, "vic_TraffickingStatusDecisionMakingOrg").empty());
        return cell(rows, 1, "vic_TraffickingStatus");
    };
    for (const std::string level : {"some", "strong"}) {
        CHECK(status(level, "none-reported", "none-reported") == "PossibleVictimOfTrafficking");
        CHECK(status("none-reported", level, "none-reported") == "PossibleVictimOfTrafficking");
        CHECK(status("none-reported", "none-reported", level).empty());
    }
    CHECK(status("none-reported", "none-reported", "none-reported").empty());
}

TEST_CASE("forced crime has no value in the standard: it is Other, with a note") {
    const auto words = locales::Translator::built_in(locales::Language::En);
    const auto rows = htcds_of("adult", {{"answers", {answer("forced", "answered", "crime")}}}, words);
    CHECK(cell(rows, 1, "vic_TypeOfExploitation") == "Other");
    CHECK(cell(rows, 1, "amparo_Note") == "forced_criminality");
}

TEST_CASE("an HTCDS export names no device, no code and no worker, and its dictionary has every field") {
    const auto words = locales::Translator::built_in(locales::Language::Es);
    Written all;
    const auto rows = htcds_of("adult", {{"answers", {answer("forced", "answered", "sex")}}}, words, &all);
    // In which language the interview was read says nothing of theirs, and no questionnaire asks.
    CHECK(cell(rows, 1, "prs_PrimaryLanguage").empty());
    CHECK(all.files.at("cases.csv").find("radio-hotel") == std::string::npos);
    CHECK(all.files.at("cases.csv").find(std::string(32, '1')) == std::string::npos);
    const auto dictionary = rows_of(all.files.at("dictionary.csv"));
    for (std::size_t i = 0; i < rows[0].size(); ++i) CHECK(dictionary.at(i + 1).front() == rows[0][i]);
}

TEST_CASE("a questionnaire of the programme's own does not go into HTCDS: its names may mean anything") {
    const auto words = locales::Translator::built_in(locales::Language::En);
    const auto format = exports::make_htcds(words);
    const auto record = record_of();
    Written written;
    CHECK(format->add({record, sample_form()}, exports::said_in({record, sample_form()}, true), {}, written) ==
          exports::Taken::NotFit);
    CHECK(written.files.empty());
}
