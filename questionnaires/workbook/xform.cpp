#include "questionnaires/workbook/xform.hpp"

#include <sstream>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/workbook/xform/parts.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Diagnostic;
using engine::Diagnostics;
using engine::Fault;
using engine::Severity;

constexpr std::array<std::array<const char*, 2>, 7> namespaces{{
    {"xmlns", "http://www.w3.org/2002/xforms"},
    {"xmlns:h", "http://www.w3.org/1999/xhtml"},
    {"xmlns:ev", "http://www.w3.org/2001/xml-events"},
    {"xmlns:xsd", "http://www.w3.org/2001/XMLSchema"},
    {"xmlns:jr", "http://openrosa.org/javarosa"},
    {"xmlns:orx", "http://openrosa.org/xforms"},
    {"xmlns:odk", "http://www.opendatakit.org/xforms"},
}};

/// A cell of the settings sheet, which has one row.
std::string_view setting(const engine::Workbook& sheets, std::string_view name) {
    const auto* const sheet = sheets.find("settings");
    if (sheet == nullptr || sheet->rows() < 2) return {};
    for (std::size_t column = 0; column < sheet->width(0); ++column)
        if (engine::lower(engine::trim(sheet->cell(0, column))) == name) return engine::trim(sheet->cell(1, column));
    return {};
}

Diagnostics check_names(const xform::Source& source) {
    Diagnostics faults;
    for (const auto& node : source.outline().nodes) {
        const bool meta = node.depth == 1 && node.name == "meta";
        if (xform::is_element_name(node.name) && !meta) continue;
        faults.push_back({Severity::Error, Fault::Name, "survey", static_cast<std::uint32_t>(node.row + 1), "name",
                          meta
                              ? "an XForm has a group named meta of its own"
                              : engine::said("this cannot be the name of an XML element: {}", engine::quote(node.name)),
                          "use another name"});
    }
    return faults;
}

/// What says something in our questionnaires and nothing in an XForm.
Diagnostics left_out(const engine::Workbook& sheets) {
    Diagnostics warnings;
    for (const auto* const name : {"indicators", "levels", "actions"}) {
        const auto* const sheet = sheets.find(name);
        if (sheet == nullptr || sheet->rows() < 2) continue;
        warnings.push_back({Severity::Warning,
                            Fault::UnknownColumn,
                            name,
                            0,
                            {},
                            "an XForm has no place for this sheet; it is left out",
                            {}});
    }
    return warnings;
}

std::string write(const xform::Source& source, const engine::Workbook& sheets) {
    pugi::xml_document document;
    auto declaration = document.append_child(pugi::node_declaration);
    xform::set(declaration, "version", "1.0");
    auto html = xform::add(document, "h:html");
    for (const auto& [prefix, uri] : namespaces) xform::set(html, prefix, uri);
    auto head = xform::add(html, "h:head");
    const auto title = source.form().title().empty() ? source.form().id() : source.form().title();
    xform::add(head, "h:title").append_child(pugi::node_pcdata).set_value(std::string(title).c_str());
    auto model = xform::add(head, "model");
    xform::set(model, "odk:xforms-version", "1.0.0");
    xform::write_model(source, xform::read_lists(source), setting(sheets, "instance_name"), model);
    auto body = xform::add(html, "h:body");
    if (const auto style = setting(sheets, "style"); !style.empty()) xform::set(body, "class", style);
    xform::write_body(source, body);
    std::ostringstream text;
    document.save(text, "  ", pugi::format_default, pugi::encoding_utf8);
    return text.str();
}

}  // namespace

tl::expected<XForm, Diagnostics> to_xform(const engine::Workbook& sheets, const engine::Form& form) {
    const auto* const survey = sheets.find("survey");
    if (survey == nullptr)
        return tl::unexpected(
            Diagnostics{{Severity::Error, Fault::Structure, "survey", 0, {}, "there is no survey sheet", {}}});
    engine::Reporter ignored;  // the form was accepted: what there is to say was said
    const engine::Table survey_table(*survey, engine::survey_columns(), false, ignored);
    std::optional<engine::Table> choices;
    std::optional<engine::Table> external;
    if (const auto* const sheet = sheets.find("choices"))
        choices.emplace(*sheet, engine::choices_columns(), true, ignored);
    if (const auto* const sheet = sheets.find("external_choices"))
        external.emplace(*sheet, engine::choices_columns(), true, ignored);
    const xform::Source source(survey_table, choices ? &*choices : nullptr, external ? &*external : nullptr, form);
    if (auto faults = check_names(source); !faults.empty()) return tl::unexpected(std::move(faults));
    return XForm{write(source, sheets), left_out(sheets)};
}

}  // namespace questionnaires::workbook
