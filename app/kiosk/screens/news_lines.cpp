#include "app/kiosk/screens/news_lines.hpp"

#include <array>
#include <string>

namespace app::kiosk::screens {
namespace {

using model::NotTaken;

std::string_view refusal_key(NotTaken why) noexcept {
    switch (why) {
        case NotTaken::Same:
            return "receive.not.same";
        case NotTaken::Older:
            return "receive.not.older";
        case NotTaken::Foreign:
            return "receive.not.foreign";
        case NotTaken::OtherDevice:
            return "receive.not.other_device";
        case NotTaken::Cut:
            return "receive.not.cut";
        case NotTaken::Damaged:
            return "receive.not.damaged";
        case NotTaken::FewSigned:
            return "receive.not.few_signed";
        case NotTaken::NotPlain:
            return "receive.not.not_plain";
        case NotTaken::ProgramOld:
            return "receive.not.program_old";
        case NotTaken::NoReaders:
            return "receive.not.no_readers";
        case NotTaken::NoForm:
            return "receive.not.no_form";
        case NotTaken::TooMany:
            return "receive.not.crowded";
        case NotTaken::Unreadable:
            return "receive.not.unreadable";
        case NotTaken::UnknownSigner:
            return "receive.not.unknown_signer";
        case NotTaken::OtherBatch:
            return "receive.not.other_batch";
    }
    return "receive.not.damaged";
}

constexpr std::array news_kinds{"bundle.", "certificate.", "receipt."};

}  // namespace

void refused_lines(const Pen& pen, const std::vector<model::RefusedNews>& refused) {
    for (const auto& one : refused)
        pen.ui.icon_text("receive.not." + std::string(news_kinds[static_cast<std::size_t>(one.kind)]) +
                             std::to_string(static_cast<int>(one.why)),
                         ui::Icon::info_outline, pen.tr(refusal_key(one.why)));
}

void receipt_lines(const Pen& pen, const model::ReceiptNews& news) {
    if (news.confirmed > 0)
        pen.ui.icon_text("receive.receipts", ui::Icon::check, pen.tr("receive.receipts", {{"count", news.confirmed}}),
                         {.tone = ui::Tone::good, .strong = true});
    if (news.again > 0)
        pen.ui.icon_text("receive.receipt_again", ui::Icon::info_outline,
                         pen.tr("receive.receipt_again", {{"count", news.again}}), {.tone = ui::Tone::amber});
    refused_lines(pen, news.refused);
}

}  // namespace app::kiosk::screens
