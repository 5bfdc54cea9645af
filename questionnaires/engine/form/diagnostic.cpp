#include "questionnaires/engine/form/diagnostic.hpp"

namespace questionnaires::engine {

std::string_view to_word(Fault fault) noexcept {
    switch (fault) {
        case Fault::Encoding:
            return "encoding";
        case Fault::Structure:
            return "structure";
        case Fault::Limit:
            return "limit";
        case Fault::UnknownColumn:
            return "unknown-column";
        case Fault::UnknownType:
            return "unknown-type";
        case Fault::Refused:
            return "refused";
        case Fault::Name:
            return "name";
        case Fault::Reference:
            return "reference";
        case Fault::Expression:
            return "expression";
        case Fault::Cycle:
            return "cycle";
        case Fault::Translation:
            return "translation";
        case Fault::Value:
            return "value";
    }
    return {};
}

std::string to_text(const Diagnostic& diagnostic) {
    std::string text = diagnostic.sheet.empty() ? "workbook" : diagnostic.sheet;
    if (diagnostic.row != 0) text += " row " + std::to_string(diagnostic.row);
    if (!diagnostic.column.empty()) text += ", column " + diagnostic.column;
    text += diagnostic.severity == Severity::Error ? ": " : ": warning: ";
    text += diagnostic.message.text();
    if (!diagnostic.suggestion.empty()) text += " (" + diagnostic.suggestion.text() + ")";
    return text;
}

bool has_errors(const Diagnostics& diagnostics) noexcept {
    for (const auto& diagnostic : diagnostics) {
        if (diagnostic.severity == Severity::Error) return true;
    }
    return false;
}

}  // namespace questionnaires::engine
