// The screenings that leave a casebook, or are counted: chosen, noted in its log, read one page after the other, and
// what stays counted.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/cli/casebook_access.hpp"
#include "app/exports/left_out.hpp"
#include "app/exports/screening.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace app::cli {

/// Which of them are wanted.
struct ReadingOptions {
    CasebookOptions casebook;
    std::string first_day;
    std::string last_day;
    std::string form;
    std::string device;
    std::string exported;  ///< as Casebook::records_json() notes it
};

/// --from, --to, --form, --device, and what opens the casebook.
void add_reading_options(CLI::App& command, const Context& context, ReadingOptions& options);

/// What becomes of one that may leave: nothing, or why it stays after all.
using UseScreening = std::function<Outcome<std::optional<exports::LeftOut>>(
    const exports::Screening& screening, const questionnaires::engine::Workbook& sheets)>;

/// Each that may leave, once it is noted who opens it. `agreed`: for Reader::Others, the codes or records of whom a
/// coordinator says that they agreed; nothing is opened of others.
[[nodiscard]] Outcome<exports::Tally> read_cases(const Context& context, OpenCasebook& open,
                                                 const ReadingOptions& options, exports::Reader reader,
                                                 const std::vector<std::string>& agreed, const UseScreening& use);

/// How many were left out and why, one below the other; what is not even listed too. Counts from 1 to below
/// `least` are not said.
[[nodiscard]] Outcome<std::string> left_out_lines(const Context& context, OpenCasebook& open,
                                                  const ReadingOptions& options, const exports::Tally& tally,
                                                  std::size_t least = 0);

}  // namespace app::cli
