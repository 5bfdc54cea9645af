// What every reading of a spreadsheet owes: clean faults, or sheets within the limits that CSV carries unchanged.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <span>
#include <string>

#include "questionnaires/workbook/offer.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/writer.hpp"
#include "questionnaires/workbook/xlsx.hpp"

namespace fuzz {

namespace engine = questionnaires::engine;
namespace workbook = questionnaires::workbook;

inline void require(bool good) {
    if (!good) std::abort();
}

/// A sheet as it is written into a folder: clean, and read back to the same bytes unless it is too large for a form.
inline void check_sheet(const engine::Sheet& sheet) {
    require(engine::find_unsafe(sheet.name()) == std::string_view::npos);
    for (std::size_t row = 0; row < sheet.rows(); ++row) {
        for (std::size_t column = 0; column < sheet.width(row); ++column) {
            require(engine::find_unsafe(sheet.cell(row, column)) == std::string_view::npos);
        }
    }
    const std::string csv = workbook::write_csv(sheet);
    const auto again = workbook::read_csv(sheet.name(), std::as_bytes(std::span(csv.data(), csv.size())));
    if (again) {
        require(workbook::write_csv(*again) == csv);
        return;
    }
    for (const auto& fault : again.error()) require(fault.fault == engine::Fault::Limit);
}

inline void require_clean(const engine::Diagnostics& said) {
    for (const auto& one : said) {
        const std::string text = engine::to_text(one);
        if (engine::find_unsafe(text) == std::string_view::npos) continue;
        std::fprintf(stderr, "not fit to be shown: %s\n", text.c_str());
        std::abort();
    }
}

inline void check(const tl::expected<workbook::Spreadsheet, engine::Diagnostics>& read) {
    if (!read) {
        require(engine::has_errors(read.error()));
        require_clean(read.error());
        return;
    }
    require_clean(read->warnings);
    const auto judged = engine::load(read->workbook);
    require_clean(judged ? (*judged)->warnings() : judged.error());
    workbook::Offered offered{read->workbook, {}, {}};
    workbook::clean_cells(offered);
    workbook::write_settings(offered, {"form", {}, {}});
    std::vector<std::string> languages;
    for (const auto& language : workbook::languages_of(offered.workbook)) languages.push_back(language.code);
    if (languages.size() > 1) require(workbook::choose_languages(offered, {languages.back()}));
    workbook::leave_out_refused(offered);
    workbook::write_out_loops(offered);
    workbook::tell_names_apart(offered);
    require_clean(offered.left_out);
    require_clean(offered.notes);
    for (const auto& sheet : workbook::compact(offered).sheets) check_sheet(sheet);
}

}  // namespace fuzz
