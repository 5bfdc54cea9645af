// What `amparo import` says about one batch, to people and to other programs.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "app/casebook/casebook.hpp"
#include "app/cli/context.hpp"
#include "app/cli/receipts.hpp"

namespace app::cli {

/// Warned about this long before a certificate ends.
inline constexpr std::chrono::days certificate_warning{31};

/// Everything that is known about the batch, as JSON text.
[[nodiscard]] std::string report_json(const std::string& file, const casebook::ImportReport& report,
                                      const ReceiptOutcome& receipt);
/// The same of a file that was refused.
[[nodiscard]] std::string refusal_json(const std::string& file, const exchange::BatchRefusal& refusal, bool kept);

/// True when somebody has to look at the device: alarms, not what another batch may cure.
[[nodiscard]] bool is_alarm(const casebook::ImportReport& report);

/// Alarms and notes on standard error: the batch's place, its device's audit and certificate, and what is held.
void say_standing(const Context& context, const std::string& file, const casebook::ImportReport& report,
                  exchange::Day today);

/// What was taken in and taken back on standard output, refused records on standard error.
void say_records(const Context& context, const std::string& file, const casebook::ImportReport& report);

/// Why a file was refused and what became of it. `kept`: true for a copy in quarantine, false where only what it was is
/// noted, nothing where another try may cure it.
void say_refusal(const Context& context, const std::string& file, const exchange::BatchRefusal& refusal,
                 std::optional<bool> kept);

}  // namespace app::cli
