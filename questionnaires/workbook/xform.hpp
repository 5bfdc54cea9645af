// Writes a questionnaire as an ODK XForm, so that it can be published with ODK tools; knows no interview and no files.
#pragma once

#include <string>
#include <tl/expected.hpp>

#include "questionnaires/engine/form/diagnostic.hpp"
#include "questionnaires/engine/form/form.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {

struct XForm {
    std::string xml;               ///< UTF-8, ODK XForms 1.0.0, as pyxform would make it
    engine::Diagnostics left_out;  ///< warnings: what ODK has no place for
};

/// `form` is what engine::load made of `sheets`. Errors: names that cannot be names of XML elements.
[[nodiscard]] tl::expected<XForm, engine::Diagnostics> to_xform(const engine::Workbook& sheets,
                                                                const engine::Form& form);

}  // namespace questionnaires::workbook
