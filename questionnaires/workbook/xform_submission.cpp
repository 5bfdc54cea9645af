#include "questionnaires/workbook/xform_submission.hpp"

#include <algorithm>
#include <pugixml.hpp>
#include <sstream>

#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/workbook/xform/outline.hpp"

namespace questionnaires::workbook {
namespace {

void write_nodes(pugi::xml_node parent, const std::vector<SubmittedNode>& nodes) {
    for (const auto& node : nodes) {
        auto element = parent.append_child(node.name.c_str());
        if (!node.value.empty()) element.append_child(pugi::node_pcdata).set_value(node.value.c_str());
        write_nodes(element, node.inside);
    }
}

/// A record's number as a UUID is written.
std::string uuid_of(std::string_view instance) {
    std::string text = "uuid:";
    for (std::size_t i = 0; i < instance.size(); ++i) {
        if (i == 8 || i == 12 || i == 16 || i == 20) text += '-';
        text += instance[i];
    }
    return text;
}

}  // namespace

Submissions::Submissions(const engine::Workbook& sheets, const engine::Form& form)
    : id_(form.id()), version_(form.version()) {
    const auto* const survey = sheets.find("survey");
    if (survey == nullptr) return;
    engine::Reporter ignored;  // the form was accepted
    const engine::Table table(*survey, engine::survey_columns(), false, ignored);
    const auto outline = xform::read_outline(table);
    for (const auto& node : outline.nodes) paths_.insert(node.path);
}

bool Submissions::has_all(const std::vector<SubmittedNode>& nodes, const std::string& path) const {
    return std::all_of(nodes.begin(), nodes.end(), [&](const SubmittedNode& node) {
        const auto at = path + "/" + node.name;
        return paths_.contains(at) && has_all(node.inside, at);
    });
}

std::optional<std::string> Submissions::write(const std::vector<SubmittedNode>& nodes,
                                              std::string_view instance) const {
    if (!has_all(nodes, "/data")) return std::nullopt;
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    declaration.append_attribute("version").set_value("1.0");
    auto data = document.append_child("data");
    data.append_attribute("id").set_value(id_.c_str());
    if (!version_.empty()) data.append_attribute("version").set_value(version_.c_str());
    write_nodes(data, nodes);
    data.append_child("meta")
        .append_child("instanceID")
        .append_child(pugi::node_pcdata)
        .set_value(uuid_of(instance).c_str());
    std::ostringstream text;
    document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
    return text.str();
}

}  // namespace questionnaires::workbook
