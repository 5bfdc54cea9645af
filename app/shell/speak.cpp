#include "app/shell/speak.hpp"

#include <cstdio>
#include <string>

#include "locales/visible.hpp"

namespace app::shell {

void complain(std::string_view program, std::string_view sentence) {
    const auto line = std::string(program) + ": " + locales::visible(sentence) + "\n";
    static_cast<void>(std::fputs(line.c_str(), stderr));
}

void print(std::string_view lines) {
    static_cast<void>(std::fputs(locales::visible_lines(lines).c_str(), stdout));
}

}  // namespace app::shell
