// Any bytes are a spreadsheet or a list of faults.
#include <cstdint>

#include "tests/fuzz/workbook_support.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    fuzz::check(questionnaires::workbook::read_xlsx(std::as_bytes(std::span(data, size))));
    return 0;
}
