// The <h:body> of an XForm (ODK XForms specification, section Body Elements).
#include <unordered_map>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/survey_parameters.hpp"
#include "questionnaires/workbook/xform/parts.hpp"

namespace questionnaires::workbook::xform {
namespace {

const char* element_of(Control control) noexcept {
    switch (control) {
        case Control::None:
            return "";
        case Control::Input:
            return "input";
        case Control::SelectOne:
            return "select1";
        case Control::SelectMultiple:
            return "select";
        case Control::Rank:
            return "odk:rank";
        case Control::Range:
            return "range";
        case Control::Trigger:
            return "trigger";
        case Control::Group:
        case Control::Repeat:
            return "group";
    }
    return "";
}

class BodyWriter {
  public:
    explicit BodyWriter(const Source& source) : source_(source) {
        for (const NodeId i : source_.outline().nodes.ids()) {
            for (const auto& piece : source_.references().pieces(engine::no_index, source_.cell(i, Cell::Trigger)))
                if (piece.is_path) waiting_[piece.text].push_back(i);
        }
    }

    void run(pugi::xml_node body) { write(body, NodeId(), source_.outline().nodes.end_id()); }

  private:
    void write(pugi::xml_node parent, NodeId begin, NodeId end) {
        for (NodeId i = begin; i < end; i = source_.node(i).end) {
            const auto control = source_.node(i).type.control;
            if (control == Control::None) continue;
            if (control == Control::Repeat) {
                write_repeat(parent, i);
                continue;
            }
            auto element = add(parent, element_of(control));
            set(element, "ref", source_.node(i).path);
            appearance(element, i);
            texts(element, i);
            if (control == Control::Group) {
                write(element, i + 1, source_.node(i).end);
            } else {
                write_question(element, i);
            }
        }
    }

    void write_repeat(pugi::xml_node parent, NodeId index) {
        const auto& node = source_.node(index);
        auto group = add(parent, "group");
        set(group, "ref", node.path);
        texts(group, index);
        auto repeat = add(group, "repeat");
        set(repeat, "nodeset", node.path);
        appearance(repeat, index);
        if (const auto count = source_.cell(index, Cell::RepeatCount); !count.empty()) {
            const bool computed = index > NodeId() && source_.node(index - 1).companion == index;
            set(repeat, "jr:count",
                computed ? source_.references().path(index, index - 1) : source_.expression(index, Cell::RepeatCount));
            set(repeat, "jr:noAddRemove", "true()");
        }
        write(repeat, index + 1, node.end);
        for (NodeId i = index + 1; i < node.end; ++i) {
            if (source_.outline().repeat_around(i) != index || !source_.has_dynamic_default(i)) continue;
            add_setvalue(repeat, "odk-instance-first-load odk-new-repeat", source_.node(i).path,
                         source_.expression(i, Cell::Default));
        }
    }

    void appearance(pugi::xml_node element, NodeId index) {
        if (const auto cell = source_.cell(index, Cell::Appearance); !cell.empty()) set(element, "appearance", cell);
    }

    void texts(pugi::xml_node element, NodeId index) {
        if (source_.has(index, Text::Label))
            set(add(element, "label"), "ref", "jr:itext('" + source_.id(index, Text::Label) + "')");
        if (source_.has(index, Text::Hint))
            set(add(element, "hint"), "ref", "jr:itext('" + source_.id(index, Text::Hint) + "')");
    }

    void write_question(pugi::xml_node element, NodeId index) {
        const auto parameters =
            engine::parse_parameters(source_.cell(index, Cell::Parameters)).value_or(engine::Parameters());
        const auto& type = source_.node(index).type;
        if (type.control == Control::Range) {
            const auto range = engine::read_range(parameters);
            const auto put = [&](const char* name, double number) {
                engine::NumberText room;
                set(element, name, engine::format_number(number, room));
            };
            if (range) {
                put("start", range->range.start);
                put("end", range->range.end);
                put("step", range->range.step);
            }
        }
        if (type.answers || !type.list.empty()) write_choices(element, index, parameters);
        // A calculation is set when a question it waits for changes.
        if (const auto found = waiting_.find(source_.node(index).path); found != waiting_.end()) {
            for (const auto waiting : found->second)
                add_setvalue(element, "xforms-value-changed", source_.node(waiting).path,
                             source_.expression(waiting, Cell::Calculation));
        }
    }

    void write_choices(pugi::xml_node element, NodeId index, const engine::Parameters& parameters) {
        const auto& type = source_.node(index).type;
        const auto& question = source_.question(index);
        std::string items = "instance('" + list_of(source_.node(index)) + "')/root/item";
        if (type.answers) {
            items = source_.references().expression(index, question.itemset);
        } else if (!source_.cell(index, Cell::ChoiceFilter).empty()) {
            items += "[" + source_.expression(index, Cell::ChoiceFilter) + "]";
        }
        if (engine::lower(engine::parameter(parameters, "randomize")) == "true") {
            const auto seed = engine::parameter(parameters, "seed");
            items = "randomize(" + items +
                    (seed.empty() ? std::string() : ", " + source_.references().expression(index, seed)) + ")";
        }
        auto itemset = add(element, "itemset");
        set(itemset, "nodeset", items);
        const auto named = [&](std::string_view key, std::string_view otherwise) {
            const auto given = engine::parameter(parameters, key);
            return given.empty() ? otherwise : given;
        };
        if (type.answers) {
            set(add(itemset, "value"), "ref", question.answer_path);
            set(add(itemset, "label"), "ref", question.answer_path);
            return;
        }
        set(add(itemset, "value"), "ref", named("value", "name"));
        set(add(itemset, "label"), "ref", type.file.empty() ? "jr:itext(itextId)" : named("label", "label"));
    }

    const Source& source_;
    std::unordered_map<std::string, std::vector<NodeId>> waiting_;  ///< by the path of the trigger
};

}  // namespace

void write_body(const Source& source, pugi::xml_node body) {
    BodyWriter(source).run(body);
}

}  // namespace questionnaires::workbook::xform
