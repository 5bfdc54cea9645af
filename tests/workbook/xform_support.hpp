// Makes XForms of small forms and looks into them.
#pragma once

#include <pugixml.hpp>
#include <stdexcept>
#include <string>

#include "questionnaires/workbook/xform.hpp"
#include "tests/support/scenario.hpp"

namespace xform_test {

/// An XForm, parsed again. Names in XPath carry their prefixes as written.
class Written {
  public:
    explicit Written(const scenario::Sheets& sheets) {
        const auto workbook = sheets.workbook();
        const auto form = questionnaires::engine::load(workbook);
        if (!form) throw std::runtime_error(scenario::all_text(form.error()));
        auto made = questionnaires::workbook::to_xform(workbook, **form);
        if (!made) throw std::runtime_error(scenario::all_text(made.error()));
        xform_ = std::move(*made);
        constexpr unsigned keep = pugi::parse_default | pugi::parse_ws_pcdata;
        if (!document_.load_buffer(xform_.xml.data(), xform_.xml.size(), keep))
            throw std::runtime_error("the XForm is not well-formed");
    }
    [[nodiscard]] const std::string& xml() const { return xform_.xml; }
    [[nodiscard]] const questionnaires::engine::Diagnostics& left_out() const { return xform_.left_out; }
    /// string() of an XPath expression.
    [[nodiscard]] std::string text(const std::string& xpath) const {
        return pugi::xpath_query(xpath.c_str()).evaluate_string(document_);
    }
    [[nodiscard]] std::size_t count(const std::string& xpath) const {
        return document_.select_nodes(xpath.c_str()).size();
    }
    /// An attribute of the binding of that path.
    [[nodiscard]] std::string bind(const std::string& path, const std::string& attribute) const {
        return text("//bind[@nodeset='" + path + "']/@" + attribute);
    }
    /// The plain text with that id in that language.
    [[nodiscard]] std::string itext(const std::string& language, const std::string& id) const {
        return text("//translation[@lang='" + language + "']/text[@id='" + id + "']/value[not(@form)]");
    }

  private:
    questionnaires::workbook::XForm xform_;
    pugi::xml_document document_;
};

}  // namespace xform_test
