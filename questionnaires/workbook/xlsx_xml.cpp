#include "questionnaires/workbook/xlsx_xml.hpp"

#include "questionnaires/workbook/xlsx_values.hpp"

namespace questionnaires::workbook {
namespace {

/// "&#0;" in any spelling: pugixml would end the text there.
bool has_null_reference(std::string_view text) noexcept {
    for (std::size_t at = text.find("&#"); at != std::string_view::npos; at = text.find("&#", at + 2)) {
        std::size_t i = at + 2;
        if (i < text.size() && (text[i] == 'x' || text[i] == 'X')) ++i;
        const std::size_t first = i;
        while (i < text.size() && text[i] == '0') ++i;
        if (i > first && (i == text.size() || text[i] == ';')) return true;
    }
    return false;
}

}  // namespace

std::optional<engine::Sentence> parse_xml(pugi::xml_document& document, std::string& text) {
    if (text.find('\0') != std::string::npos || has_null_reference(text)) return "its XML is not plain UTF-8";
    if (text.find("<!DOCTYPE") != std::string::npos)
        return "its XML defines a document type, which no spreadsheet does";
    constexpr unsigned options = pugi::parse_default | pugi::parse_ws_pcdata_single;
    const auto parsed = document.load_buffer_inplace(text.data(), text.size(), options, pugi::encoding_utf8);
    if (!parsed) return "its XML is damaged";
    return std::nullopt;
}

std::string_view local_name(const char* name) noexcept {
    const std::string_view text(name);
    const std::size_t colon = text.find(':');
    return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

pugi::xml_node child_of(pugi::xml_node parent, std::string_view name) noexcept {
    for (pugi::xml_node child = parent.first_child(); child; child = child.next_sibling()) {
        if (local_name(child.name()) == name) return child;
    }
    return {};
}

std::string_view attribute_of(pugi::xml_node node, const char* name) noexcept {
    return node.attribute(name).value();
}

std::string text_of(pugi::xml_node node) {
    std::string text;
    for (pugi::xml_node child = node.first_child(); child; child = child.next_sibling()) {
        if (child.type() == pugi::node_pcdata || child.type() == pugi::node_cdata) text += child.value();
    }
    return text;
}

std::string string_item(pugi::xml_node item) {
    std::string text;
    for (pugi::xml_node child = item.first_child(); child; child = child.next_sibling()) {
        const std::string_view name = local_name(child.name());
        if (name == "t") text += text_of(child);
        if (name == "r") text += text_of(child_of(child, "t"));
    }
    return plain_text(text);
}

std::optional<std::uint32_t> count_of(std::string_view text) noexcept {
    if (text.empty() || text.size() > 9) return std::nullopt;
    std::uint32_t value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<std::uint32_t>(c - '0');
    }
    return value;
}

}  // namespace questionnaires::workbook
