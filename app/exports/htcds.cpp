// Screenings under the field names of the Human Trafficking Case Data Standard 2.0 (IOM, CC BY 4.0): what the shipped
// questionnaires ask and it has a value for. A screening decides nothing: nobody is called a victim.
#include <algorithm>
#include <array>
#include <set>

#include "app/exports/format.hpp"
#include "app/exports/screening_table.hpp"

namespace app::exports {
namespace {

/// Which answer of a shipped questionnaire is which value. `note` is for what has none, and stands beside Other.
struct Mapped {
    std::string_view question;
    std::string_view choice;
    std::string_view control;       ///< vic_MethodsOfControl
    std::string_view exploitation;  ///< vic_TypeOfExploitation
    std::string_view note;
};

constexpr Mapped mapped[] = {
    {"forced", "unpaid", "", "ForcedLabour", ""},
    {"forced", "house", "", "Servitude", ""},
    {"forced", "crime", "", "Other", "forced_criminality"},
    {"forced", "beg", "", "ForcedBegging", ""},
    {"forced", "union", "", "ForcedMarriage", ""},
    {"forced", "sex", "", "SexualExploitation", ""},
    {"forced", "other", "", "Other", "not_said"},
    {"also", "group", "", "ForcedMilitaryByNonStateActors", ""},
    {"also", "drugs", "PsychoactiveSubstance", "", ""},
    {"also", "kids", "ThreatensChildrenFamily", "", ""},
    {"also", "images", "PsychologicalAbuse", "", ""},
    {"organ_when", "done", "", "OrganRemoval", ""},
    {"union", "others", "", "ForcedMarriage", ""},
    {"offer", "false", "FalsePromises", "", ""},
    {"debt", "work", "DebtBondage", "", ""},
    {"debt_stop", "work", "DebtBondage", "", ""},
    {"quit", "debt", "DebtBondage", "", ""},
    {"quit", "held_papers", "WithholdsDocuments", "", ""},
    {"quit", "family", "ThreatensChildrenFamily", "", ""},
    {"quit", "owed", "TakesEarnings", "", ""},
    {"papers_why", "work", "WithholdsDocuments", "", ""},
    {"papers_why", "stay", "WithholdsDocuments", "", ""},
    {"documents", "now", "WithholdsDocuments", "", ""},
    {"documents", "before", "WithholdsDocuments", "", ""},
    {"held", "job", "Other", "", "restricts_movement"},
    {"held_how", "locked", "Other", "", "restricts_movement"},
    {"held_how", "watched", "Other", "", "restricts_movement"},
    {"living", "locked", "Other", "", "restricts_movement"},
    {"threat_kind", "hurt", "PhysicalThreats", "", ""},
    {"threat_kind", "family", "ThreatensChildrenFamily", "", ""},
    {"threat_kind", "children", "ThreatensChildrenFamily", "", ""},
    {"threat_kind", "migra", "ThreatsLawEnforcement", "", ""},
    {"threat_kind", "tell", "PsychologicalAbuse", "", ""},
    {"sex_force", "job", "SexualAbuse", "", ""},
    {"pay", "none", "TakesEarnings", "", ""},
    {"pay", "deducted", "TakesEarnings", "", ""},
    {"beg_money", "other", "TakesEarnings", "", ""},
    {"work_money", "other", "TakesEarnings", "", ""},
    {"hours", "no_rest", "ExcessiveWorkingHours", "", ""},
    {"living", "food", "WithholdsNecessities", "", ""},
    {"living", "sleep", "WithholdsNecessities", "", ""},
    {"living", "doctor", "RestrictsMedicalCare", "", ""},
    {"work_risk", "no_care", "RestrictsMedicalCare", "", ""},
};

/// Those of the 84 fields that a screening can fill in, or must visibly leave empty, and three of ours.
struct Field {
    const char* name;
    const char* meaning;
    const char* values;
};
constexpr Field fields[] = {
    {"con_Consent", "cli.export.htcds.consent", "TRUE"},
    {"prs_Gender", "cli.export.htcds.not_asked", ""},
    {"prs_Citizenship", "cli.export.htcds.not_asked", ""},
    {"prs_PrimaryLanguage", "cli.export.htcds.not_asked", ""},
    {"vic_TraffickingStatus", "cli.export.htcds.status", "PossibleVictimOfTrafficking"},
    {"vic_TraffickingStatusDecisionMakingOrg", "cli.export.htcds.decided", ""},
    {"vic_MethodsOfControl", "cli.export.htcds.control", "HTCDS 2.0"},
    {"vic_TypeOfExploitation", "cli.export.htcds.exploitation", "HTCDS 2.0"},
    {"amparo_Record", "cli.export.column.record", ""},
    {"amparo_Day", "cli.export.column.day", ""},
    {"amparo_Note", "cli.export.htcds.note", "forced_criminality not_said restricts_movement"},
};

/// Values in the order of first mention, each once, as the standard's own survey form writes several.
class Words {
  public:
    void add(std::string_view word) {
        if (word.empty() || !known_.insert(word).second) return;
        text_ += (text_.empty() ? "" : " ") + std::string(word);
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::set<std::string_view> known_;
    std::string text_;
};

bool is_shipped(std::string_view form) {
    constexpr std::array<std::string_view, 4> shipped{"first-contact", "adult", "child", "observation"};
    return std::find(shipped.begin(), shipped.end(), form) != shipped.end();
}

/// The most that may be written: somebody may be a victim, or nothing. Never that somebody is, or is not.
std::string_view status_of(const record::Record& said) {
    const auto mentioned = [&](engine::ReadingKind kind) {
        return said.reading(kind).level != engine::Level::NoneReported;
    };
    return mentioned(engine::ReadingKind::Harm) || mentioned(engine::ReadingKind::Risk) ? "PossibleVictimOfTrafficking"
                                                                                        : "";
}

class Htcds : public Format {
  public:
    explicit Htcds(const locales::Translator& translator) : translator_(translator) {}

    Taken add(const Screening& screening, const Said& said, const engine::Workbook& /*sheets*/, Sink& sink) override {
        if (!is_shipped(screening.said.form)) return Taken::NotFit;  // its names may mean anything
        if (!begin(sink)) return Taken::Failed;
        Words control;
        Words exploitation;
        Words note;
        for (const auto& line : said.lines)
            for (const auto choice : chosen(screening.form, line.question, line.value))
                for (const auto& one : mapped)
                    if (one.question == screening.form.name(line.question) && one.choice == choice) {
                        control.add(one.control);
                        exploitation.add(one.exploitation);
                        note.add(one.note);
                    }
        const auto& record = screening.said;
        const std::vector<Cell> row{text_cell("TRUE"),
                                    Cell{},
                                    Cell{},
                                    Cell{},
                                    text_cell(status_of(record)),
                                    Cell{},
                                    text_cell(control.text()),
                                    text_cell(exploitation.text()),
                                    text_cell(record.record),
                                    text_cell(record.day),
                                    text_cell(note.text())};
        return sink.append("cases.csv", csv_line(row)) ? Taken::Yes : Taken::Failed;
    }
    bool end(const Tally& tally, Sink& sink) override {
        std::string text(byte_order_mark);
        text += csv_line(dictionary_header(translator_));
        for (const auto& field : fields)
            text += csv_line({text_cell(field.name), text_cell(translator_.tr(field.meaning).view()), text_cell("text"),
                              text_cell(field.values)});
        return begin(sink) && sink.whole("dictionary.csv", text) &&
               sink.whole("left-out.csv", left_out_csv(translator_, tally));
    }

  private:
    bool begin(Sink& sink) {
        if (begun_) return true;
        begun_ = true;
        std::vector<Cell> header;
        for (const auto& field : fields) header.push_back(text_cell(field.name));
        return sink.append("cases.csv", std::string(byte_order_mark) + csv_line(header));
    }

    const locales::Translator& translator_;
    bool begun_ = false;
};

}  // namespace

std::unique_ptr<Format> make_htcds(const locales::Translator& translator) {
    return std::make_unique<Htcds>(translator);
}

}  // namespace app::exports
