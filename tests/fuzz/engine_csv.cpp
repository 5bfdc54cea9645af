// Any bytes are a table or a list of faults; a table never holds unsafe text or breaks a limit.
#include <cstdint>
#include <cstdlib>

#include "questionnaires/workbook/reader.hpp"

namespace engine = questionnaires::engine;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const auto sheet = questionnaires::workbook::read_csv("fuzz", std::as_bytes(std::span(data, size)));
    if (!sheet) {
        if (sheet.error().empty()) std::abort();
        for (const auto& fault : sheet.error()) {
            if (engine::find_unsafe(engine::to_text(fault)) != std::string_view::npos) std::abort();
        }
        return 0;
    }
    if (sheet->rows() > engine::Limits::rows + 1) std::abort();
    for (std::size_t row = 0; row < sheet->rows(); ++row) {
        if (sheet->width(row) > engine::Limits::columns) std::abort();
        for (std::size_t column = 0; column < sheet->width(row); ++column) {
            if (engine::find_unsafe(sheet->cell(row, column)) != std::string_view::npos) std::abort();
        }
    }
    return 0;
}
