#include "app/cli/form_faults.hpp"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <vector>

#include "app/cli/form_words.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace app::cli {
namespace {

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;
using nlohmann::json;

std::string place(const Context& context, const FormSource& source, const engine::Diagnostic& fault) {
    if (fault.sheet.empty()) return context.text("cli.form.at.form");
    if (fault.row == 0) return fault.sheet;
    if (source.spreadsheet) return workbook::cell_of(source.workbook, fault);
    const auto row = std::to_string(fault.row);
    if (fault.column.empty()) return context.text("cli.form.at.row", {{"sheet", fault.sheet}, {"row", row}});
    return context.text("cli.form.at.column", {{"sheet", fault.sheet}, {"row", row}, {"column", fault.column}});
}

constexpr std::size_t most_lines = 200;
constexpr int most_of_a_kind = 20;

/// Which are shown: all, or when there are many the first of each kind, so that none hides another.
std::vector<const engine::Diagnostic*> chosen(const engine::Diagnostics& faults) {
    std::vector<const engine::Diagnostic*> shown;
    std::map<std::string, int> seen;
    for (const auto& fault : faults) {
        const auto kind = std::string(engine::to_word(fault.fault)) + "|" + fault.sheet + "|" + fault.column + "|" +
                          std::string(fault.message.kind());
        if (faults.size() <= most_lines || ++seen[kind] <= most_of_a_kind) shown.push_back(&fault);
    }
    return shown;
}

std::string lines_of(const Context& context, const FormSource& source, const engine::Diagnostics& faults,
                     std::string_view word) {
    std::string text;
    const auto shown = chosen(faults);
    for (const auto* fault : shown) {
        const bool error = fault->severity == engine::Severity::Error;
        const auto line = context.text(!word.empty() ? word
                                       : error       ? "cli.form.check.error"
                                                     : "cli.form.check.warning");
        text += one_line(line + ": " + fault_sentence(context, source, *fault));
    }
    if (shown.size() < faults.size())
        text += one_line(context.counted("cli.form.check.more", faults.size() - shown.size()));
    return text;
}

}  // namespace

std::string fault_sentence(const Context& context, const FormSource& source, const engine::Diagnostic& fault) {
    auto sentence = place(context, source, fault) + ": " + in_words(context, fault.message);
    if (!fault.suggestion.empty()) sentence += " (" + in_words(context, fault.suggestion) + ")";
    return sentence;
}

std::string fault_lines(const Context& context, const FormSource& source, const engine::Diagnostics& faults) {
    return lines_of(context, source, faults, {});
}

std::string said_lines(const Context& context, const FormSource& source, const engine::Diagnostics& said,
                       std::string_view word) {
    return lines_of(context, source, said, word);
}

std::string fault_list(const FormSource& source, const engine::Diagnostics& faults) {
    auto list = json::array();
    for (const auto& fault : faults) {
        list.push_back({{"severity", fault.severity == engine::Severity::Error ? "error" : "warning"},
                        {"fault", engine::to_word(fault.fault)},
                        {"sheet", fault.sheet},
                        {"row", fault.row},
                        {"column", fault.column},
                        {"message", fault.message.text()},
                        {"suggestion", fault.suggestion.text()}});
        if (source.spreadsheet) list.back()["cell"] = workbook::cell_of(source.workbook, fault);
    }
    return list.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

}  // namespace app::cli
