// Makes the pseudo-locale: English with accents, a third longer, in brackets. What shows plain English on a screen in
// qps does not come from the catalogue; what is cut off has no room for Spanish.
#pragma once

#include <string>

#include "locales/catalogue.hpp"

namespace locales_test {

/// The bytes of locales/qps.json: sorted, one text in each line.
[[nodiscard]] std::string pseudo_locale(const locales::Catalogue& english);

}  // namespace locales_test
