// Screenings as HL7 FHIR R4 (4.0.1): a Questionnaire for each form, a QuestionnaireResponse for each screening.
// hl7.org/fhir/R4/questionnaire.html and questionnaireresponse.html.
#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "app/exports/answer_tree.hpp"
#include "app/exports/format.hpp"
#include "app/exports/screening_table.hpp"
#include "app/record/rules.hpp"
#include "locales/visible.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/outline.hpp"

namespace app::exports {
namespace {

using engine::Form;
using engine::Kind;
using engine::QuestionId;
using nlohmann::json;

constexpr const char* state_extension = "urn:amparo:answer-state";
constexpr const char* absent_extension = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
constexpr const char* translation_extension = "http://hl7.org/fhir/StructureDefinition/translation";

std::string url_of(const record::Record& said) {
    return "urn:amparo:form:" + std::string(said.form) + ":" + std::string(said.form_sha256);
}

std::string coding_system(const record::Record& said, const Form& form, QuestionId question) {
    return "urn:amparo:form:" + std::string(said.form) + ":" + std::string(form.name(question));
}

/// In R4; nothing for what is no item.
const char* item_type(const Form& form, QuestionId question) {
    switch (form.kind(question)) {
        case Kind::Group:
        case Kind::Repeat:
            return "group";
        case Kind::Text:
            return "text";
        case Kind::Integer:
            return "integer";
        case Kind::Decimal:
            return "decimal";
        case Kind::Date:
            return "date";
        case Kind::Time:
            return "time";
        case Kind::DateTime:
            return "dateTime";
        case Kind::SelectOne:
        case Kind::SelectMultiple:
        case Kind::Rank:
            return engine::choice_names(form, question).empty() ? "string" : "choice";
        case Kind::Acknowledge:
            return "boolean";
        case Kind::Note:
            return "display";
        case Kind::Calculate:
        case Kind::Hidden:
            return nullptr;
    }
    return nullptr;
}

/// A text in the language that the form begins with, and its translations.
void add_text(json& into, const char* name, const Form& form, const auto& in_language) {
    const std::string text = locales::visible(in_language(form.default_language()));
    if (text.empty()) return;
    into[name] = text;
    auto translations = json::array();
    for (std::uint8_t i = 0; i < form.languages().size(); ++i) {
        const auto& language = form.languages()[i];
        const std::string other = locales::visible(in_language(engine::LanguageId{i}));
        if (i == form.default_language().index || other.empty() || !record::is_language(language.code)) continue;
        translations.push_back(
            {{"url", translation_extension},
             {"extension",
              {{{"url", "lang"}, {"valueCode", language.code}}, {{"url", "content"}, {"valueString", other}}}}});
    }
    if (!translations.empty()) into[std::string("_") + name] = {{"extension", translations}};
}

json option_of(const record::Record& said, const Form& form, QuestionId question, std::string_view choice) {
    json coding{{"system", coding_system(said, form, question)}, {"code", choice}};
    add_text(coding, "display", form,
             [&](engine::LanguageId language) { return engine::choice_label(form, question, choice, language); });
    return {{"valueCoding", coding}};
}

/// The items inside a group, or at the top of the form.
json items_in(const record::Record& said, const Form& form, const std::optional<QuestionId>& group) {
    auto items = json::array();
    for (std::uint32_t i = 0; i < form.size(); ++i) {
        const QuestionId question(i);
        const auto around = engine::group_around(form, question);
        if (around.has_value() != group.has_value() || (around && *around != *group)) continue;
        const auto* const type = item_type(form, question);
        const bool computed =
            std::string_view(type == nullptr ? "group" : type) != "group" && engine::is_computed(form, question);
        if (type == nullptr || computed) continue;
        json item{{"linkId", form.name(question)}, {"type", type}};
        add_text(item, "text", form, [&](engine::LanguageId language) { return form.label(question, language); });
        const auto kind = form.kind(question);
        if (kind == Kind::Group || kind == Kind::Repeat) {
            item["item"] = items_in(said, form, question);
            if (item["item"].empty()) continue;  // a group has items
        }
        if (kind == Kind::Note && !item.contains("text")) continue;
        if (kind == Kind::Repeat || kind == Kind::SelectMultiple || kind == Kind::Rank) item["repeats"] = true;
        for (const auto choice : engine::choice_names(form, question))
            item["answerOption"].push_back(option_of(said, form, question, choice));
        items.push_back(std::move(item));
    }
    return items;
}

json questionnaire_of(const Screening& screening) {
    const auto& [said, form] = screening;
    json made{{"resourceType", "Questionnaire"},
              {"id", std::string(said.form) + "-" + std::string(said.form_sha256.substr(0, 16))},
              {"url", url_of(said)},
              {"status", "active"},
              {"subjectType", {"Patient"}},
              {"item", items_in(said, form, std::nullopt)}};
    if (!form.version().empty()) made["version"] = locales::visible(form.version());
    if (!form.title().empty()) made["title"] = locales::visible(form.title());
    const auto& code = form.languages().empty() ? std::string() : form.languages()[form.default_language().index].code;
    if (record::is_language(code)) made["language"] = code;
    return made;
}

/// One answer, or several of a question with several choices. None where R4 has no value for it.
json answers_of(const record::Record& said, const Form& form, const Line& line) {
    const auto one = [](const char* type, json value) { return json::array({json{{type, std::move(value)}}}); };
    const std::string value(line.value);
    switch (form.kind(line.question)) {
        case Kind::Integer: {
            const auto number = engine::parse_integer(value).value_or(4e9);
            if (number < -2147483648.0 || number > 2147483647.0) return json::array();
            return one("valueInteger", static_cast<std::int64_t>(number));
        }
        case Kind::Decimal:
            return one("valueDecimal", engine::parse_number(value));
        case Kind::Date:
            return one("valueDate", value);
        case Kind::Time:
            return one("valueTime",
                       value.size() >= 8 && value[5] == ':' ? value.substr(0, 8) : value.substr(0, 5) + ":00");
        case Kind::DateTime:
            return one("valueDateTime", value.substr(0, 10));  // a time would need a zone
        case Kind::Text:
            return one("valueString", locales::visible(value));
        case Kind::Acknowledge:
            return one("valueBoolean", true);
        case Kind::SelectOne:
        case Kind::SelectMultiple:
        case Kind::Rank: {
            auto all = json::array();
            for (const auto choice : chosen(form, line.question, line.value))
                all.push_back(option_of(said, form, line.question, choice));
            return all;
        }
        case Kind::Group:
        case Kind::Repeat:
        case Kind::Note:
        case Kind::Calculate:
        case Kind::Hidden:
            return json::array();
    }
    return json::array();
}

const char* absent_reason(const Line& line) {
    if (line.kept_back) return "masked";
    switch (line.state) {
        case engine::AnswerState::Answered:
            return "unsupported";
        case engine::AnswerState::Skipped:
            return "unknown";
        case engine::AnswerState::Refused:
            return "asked-declined";
        case engine::AnswerState::Unknown:
            return "asked-unknown";
        case engine::AnswerState::NotAsked:
            return "not-asked";
    }
    return "unknown";
}

json responses_in(const Screening& screening, const AnswerNode::Inside& inside) {
    const auto& [said, form] = screening;
    auto items = json::array();
    for (const auto& [place, node] : inside) {
        const QuestionId question(place.first);
        json item{{"linkId", form.name(question)}};
        if (node.line == nullptr) {
            item["item"] = responses_in(screening, node.inside);
        } else {
            auto answers = node.line->value.empty() ? json::array() : answers_of(said, form, *node.line);
            item["extension"].push_back({{"url", state_extension}, {"valueCode", engine::to_word(node.line->state)}});
            if (answers.empty())
                item["extension"].push_back({{"url", absent_extension}, {"valueCode", absent_reason(*node.line)}});
            else
                item["answer"] = std::move(answers);
        }
        items.push_back(std::move(item));
    }
    return items;
}

json response_of(const Screening& screening, const Said& lines) {
    const auto& [said, form] = screening;
    json made{{"resourceType", "QuestionnaireResponse"},
              {"id", said.record},
              {"questionnaire", url_of(said)},
              {"status", said.kind == record::Kind::Final ? "completed" : "stopped"},
              {"authored", said.day}};
    if (record::is_language(said.language_at_end)) made["language"] = said.language_at_end;
    auto items = responses_in(screening, answer_tree(form, lines));
    if (!items.empty()) made["item"] = std::move(items);
    return made;
}

std::string text_of(const json& value, int indent) {
    return value.dump(indent, ' ', false, json::error_handler_t::replace) + "\n";
}

class Fhir : public Format {
  public:
    explicit Fhir(const locales::Translator& translator) : translator_(translator) {}

    Taken add(const Screening& screening, const Said& said, const engine::Workbook& /*sheets*/, Sink& sink) override {
        const std::string digest(screening.said.form_sha256);
        if (forms_.insert(digest).second) {
            const auto form = questionnaire_of(screening);
            if (!sink.whole("Questionnaire-" + form["id"].get<std::string>() + ".json", text_of(form, 2)))
                return Taken::Failed;
            add_dictionary(screening);
        }
        return sink.append("QuestionnaireResponse.ndjson", text_of(response_of(screening, said), -1)) ? Taken::Yes
                                                                                                      : Taken::Failed;
    }
    bool end(const Tally& tally, Sink& sink) override {
        std::string text(byte_order_mark);
        text += csv_line(dictionary_header(translator_));
        for (const auto& row : dictionary_) text += csv_line(row);
        for (const auto& [name, key] : {std::pair{state_extension, "cli.export.fhir.state"},
                                        std::pair{absent_extension, "cli.export.fhir.absent"}})
            text += csv_line({text_cell(name), text_cell(translator_.tr(key).view()), text_cell("code"), Cell{}});
        return sink.whole("dictionary.csv", text) && sink.whole("left-out.csv", left_out_csv(translator_, tally));
    }

  private:
    void add_dictionary(const Screening& screening) {
        const auto& [said, form] = screening;
        const auto language = exports::language_of(form, locales::code(translator_.language()));
        for (std::uint32_t i = 0; i < form.size(); ++i) {
            const QuestionId question(i);
            const auto* const type = item_type(form, question);
            if (type == nullptr) continue;
            dictionary_.push_back({text_cell(url_of(said) + "#" + std::string(form.name(question))),
                                   text_cell(form.label(question, language)), text_cell(type),
                                   text_cell(choices_text(form, question, language))});
        }
    }

    const locales::Translator& translator_;
    std::set<std::string> forms_;
    std::vector<std::vector<Cell>> dictionary_;
};

}  // namespace

std::unique_ptr<Format> make_fhir(const locales::Translator& translator) {
    return std::make_unique<Fhir>(translator);
}

}  // namespace app::exports
