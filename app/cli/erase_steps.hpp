// What erasing by code and erasing by age have in common: showing what goes and what stays, asking, doing it.
#pragma once

#include <string>
#include <vector>

#include "app/cli/casebook_access.hpp"

namespace app::cli {

/// What is going to be erased.
struct ErasePlan {
    std::vector<casebook::Erasable> records;
    std::vector<casebook::Erasable> others;  ///< with the same code, of devices that were not chosen: these stay
    casebook::Traces traces;
    casebook::Erasure how;
    std::string why = {};  ///< said before anything else: by which day, of how many
};

/// How a command that erases was given.
struct EraseOptions {
    CasebookOptions casebook;
    bool yes = false;
    bool as_json = false;
};

/// --yes, --json and what opens the casebook.
void add_erase_options(CLI::App& command, const Context& context, EraseOptions& options);

/// Today by the clock of this machine, or as a person says it; empty for the clock.
[[nodiscard]] Outcome<exchange::Day> said_today(const Context& context, const std::string& said);

/// For how many days cases are kept: so many, or, for 0, what the bundles beside the casebook's folder say. What was
/// said to people binds: never fewer days than any of them was told.
[[nodiscard]] Outcome<std::uint32_t> days_kept(const Context& context, const OpenCasebook& open,
                                               const std::string& casebook, std::uint32_t days);

/// Why something was erased, for people.
[[nodiscard]] std::string cause_text(const Context& context, casebook::ErasedFor cause);

/// Days, forms, records and devices, one below the other.
[[nodiscard]] std::string erasable_table(const Context& context, const std::vector<casebook::Erasable>& records);
/// The same as a JSON list.
[[nodiscard]] std::string erasable_json(const std::vector<casebook::Erasable>& records);

/// Shows the plan, asks unless told not to, erases, and writes the casebook anew. As JSON the plan is printed with
/// `erased`; without --yes it is then only shown.
[[nodiscard]] Outcome<void> erase_as_planned(const Context& context, OpenCasebook& open, const EraseOptions& options,
                                             const ErasePlan& plan);

/// Writes the casebook anew, so that no unused part of it holds anything that was erased.
[[nodiscard]] Outcome<void> compact_casebook(const Context& context, OpenCasebook& open);

}  // namespace app::cli
