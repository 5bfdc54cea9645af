// XML of a workbook: parsed without DTD or entities, elements found by local name; only the .xlsx reader includes this.
#pragma once

#include <cstdint>
#include <optional>
#include <pugixml.hpp>
#include <string>
#include <string_view>

#include "questionnaires/engine/expression/sentence.hpp"

namespace questionnaires::workbook {

/// Parses UTF-8 in place; `text` must outlive the document. Why not, as part of a sentence: a document type (it could
/// define entities), a null character, broken XML.
[[nodiscard]] std::optional<engine::Sentence> parse_xml(pugi::xml_document& document, std::string& text);

/// Name without its namespace prefix.
[[nodiscard]] std::string_view local_name(const char* name) noexcept;
/// The first child element of that local name; empty when there is none.
[[nodiscard]] pugi::xml_node child_of(pugi::xml_node parent, std::string_view name) noexcept;
/// Value of an attribute, by its whole name; empty when there is none.
[[nodiscard]] std::string_view attribute_of(pugi::xml_node node, const char* name) noexcept;
/// All text directly in the element.
[[nodiscard]] std::string text_of(pugi::xml_node node);
/// Text of a string item (`si`, `is`): its runs without their looks, without phonetic hints, escapes decoded.
[[nodiscard]] std::string string_item(pugi::xml_node item);
/// A whole number that is not negative and below 2^31.
[[nodiscard]] std::optional<std::uint32_t> count_of(std::string_view text) noexcept;

}  // namespace questionnaires::workbook
