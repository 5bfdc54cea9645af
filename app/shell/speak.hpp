#pragma once
// A window program's own words on standard error and output, before a window and for developers; never an answer. The
// one place that writes there.

#include <string_view>

namespace app::shell {

/// "<program>: <sentence>" on standard error, one line whatever is in it: it may quote arguments and file names.
void complain(std::string_view program, std::string_view sentence);
/// Lines on standard output, made visible.
void print(std::string_view lines);

}  // namespace app::shell
