// What a bundle changes against the one in force, as far as the people of a kiosk are told.
#pragma once

#include "app/exchange/bundle.hpp"
#include "app/model/news.hpp"

namespace app::device {

/// `before`: null where there is none. `self`: the number of this device; empty where it has none yet.
[[nodiscard]] model::BundleNews bundle_news(const exchange::Bundle* before, const exchange::Bundle& after,
                                            std::string_view self);

}  // namespace app::device
