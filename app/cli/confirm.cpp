#include "app/cli/confirm.hpp"

#include <algorithm>
#include <array>

#include "app/cli/asking.hpp"
#include "app/files/system.hpp"

namespace app::cli {
namespace {

constexpr std::array<std::string_view, 3> agreeing{"yes", "si", "sí"};

}  // namespace

Outcome<void> confirm(const Context& context, std::string_view question) {
    const auto terminal = files::open_terminal();
    if (terminal.get() < 0) return stop(context, "cli.confirm.no_terminal", {}, Exit::Usage);
    const auto said = ask_text(context, terminal.get(), question);
    if (said && std::find(agreeing.begin(), agreeing.end(), *said) != agreeing.end()) return {};
    return stop(context, "cli.stopped");
}

}  // namespace app::cli
