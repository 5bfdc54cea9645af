// What was brought, in lines that several screens say: receipts, and why something is not taken.
#pragma once

#include <vector>

#include "app/kiosk/screens/frame.hpp"

namespace app::kiosk::screens {

/// How many screenings receipts confirmed, and which go once more; why others were refused. Nothing where there were
/// none.
void receipt_lines(const Pen& pen, const model::ReceiptNews& news);

/// One line for each kind of refusal.
void refused_lines(const Pen& pen, const std::vector<model::RefusedNews>& refused);

}  // namespace app::kiosk::screens
