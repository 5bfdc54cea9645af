// The questionnaires and referrals this program was built with.
#pragma once

#include <span>
#include <string_view>

namespace app::deployment {

struct ShippedFile {
    std::string_view name;  ///< as in a bundle: "forms/first-contact/survey.csv"
    std::string_view content;
};

/// Made at build time from the folders of the source tree.
[[nodiscard]] std::span<const ShippedFile> shipped_files();

}  // namespace app::deployment
