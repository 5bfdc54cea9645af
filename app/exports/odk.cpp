// Screenings as submissions of the XForm of their questionnaire, for a programme that already runs ODK or KoboToolbox.
// A submission has no place for what became of an unanswered question: that stands beside them.
#include <map>

#include "app/exports/answer_tree.hpp"
#include "app/exports/format.hpp"
#include "app/exports/screening_table.hpp"
#include "locales/visible.hpp"
#include "questionnaires/workbook/xform.hpp"
#include "questionnaires/workbook/xform_submission.hpp"

namespace app::exports {
namespace {

namespace workbook = questionnaires::workbook;

std::vector<workbook::SubmittedNode> nodes_of(const engine::Form& form, const AnswerNode::Inside& inside) {
    std::vector<workbook::SubmittedNode> nodes;
    for (const auto& [place, node] : inside)
        nodes.push_back({std::string(form.name(engine::QuestionId(place.first))),
                         node.line == nullptr ? std::string() : locales::visible(node.line->value),
                         nodes_of(form, node.inside)});
    return nodes;
}

class Odk : public Format {
  public:
    explicit Odk(const locales::Translator& translator) : translator_(translator) {}

    Taken add(const Screening& screening, const Said& said, const engine::Workbook& sheets, Sink& sink) override {
        const std::string digest(screening.said.form_sha256);
        auto known = forms_.find(digest);
        if (known == forms_.end()) {
            known = forms_.emplace(digest, std::nullopt).first;
            const auto xform = workbook::to_xform(sheets, screening.form);
            if (xform) {
                const auto name = std::string(screening.said.form) + "-" + digest.substr(0, 16) + ".xml";
                if (!sink.whole(name, xform->xml)) return Taken::Failed;
                known->second.emplace(sheets, screening.form);
                add_dictionary(screening);
            }
        }
        if (!known->second) return Taken::NotFit;  // names that no XForm can have
        const auto xml =
            known->second->write(nodes_of(screening.form, answer_tree(screening.form, said)), screening.said.record);
        if (!xml) return Taken::NotFit;
        if (!begin(sink)) return Taken::Failed;
        // Unique among all that this casebook has of a device, and of others.
        const auto name =
            "submission-" + std::string(screening.said.device) + "-" + std::string(screening.said.record) + ".xml";
        if (!sink.whole(name, *xml)) return Taken::Failed;
        for (const auto& line : said.lines)
            if (!sink.append("states.csv", csv_line({text_cell(screening.said.record), text_cell(line.address),
                                                     text_cell(engine::to_word(line.state))})))
                return Taken::Failed;
        return Taken::Yes;
    }
    bool end(const Tally& tally, Sink& sink) override {
        std::string text(byte_order_mark);
        text += csv_line(dictionary_header(translator_));
        for (const auto& row : dictionary_) text += csv_line(row);
        text += csv_line({text_cell("states.csv"), text_cell(translator_.tr("cli.export.odk.states").view()),
                          text_cell("word"), text_cell("answered skipped refused unknown not_asked")});
        return begin(sink) && sink.whole("dictionary.csv", text) &&
               sink.whole("left-out.csv", left_out_csv(translator_, tally));
    }

  private:
    bool begin(Sink& sink) {
        if (begun_) return true;
        begun_ = true;
        return sink.append(
            "states.csv",
            std::string(byte_order_mark) + csv_line({text_cell("record"), text_cell("question"), text_cell("state")}));
    }
    void add_dictionary(const Screening& screening) {
        const auto& [said, form] = screening;
        const auto language = exports::language_of(form, locales::code(translator_.language()));
        for (std::uint32_t i = 0; i < form.size(); ++i) {
            const engine::QuestionId question(i);
            dictionary_.push_back({text_cell(std::string(said.form) + "/" + std::string(form.name(question))),
                                   text_cell(form.label(question, language)),
                                   text_cell(engine::to_word(form.kind(question))),
                                   text_cell(choices_text(form, question, language))});
        }
    }

    const locales::Translator& translator_;
    std::map<std::string, std::optional<workbook::Submissions>> forms_;
    std::vector<std::vector<Cell>> dictionary_;
    bool begun_ = false;
};

}  // namespace

std::unique_ptr<Format> make_odk(const locales::Translator& translator) {
    return std::make_unique<Odk>(translator);
}

}  // namespace app::exports
