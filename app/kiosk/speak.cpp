#include "app/kiosk/speak.hpp"

#include <cstdio>
#include <string>

#include "locales/visible.hpp"

namespace app::kiosk {

void complain(std::string_view sentence) {
    static_cast<void>(std::fputs(("amparo-kiosk: " + locales::visible(sentence) + "\n").c_str(), stderr));
}

void print(std::string_view lines) {
    static_cast<void>(std::fputs(locales::visible_lines(lines).c_str(), stdout));
}

}  // namespace app::kiosk
