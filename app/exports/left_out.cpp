#include "app/exports/left_out.hpp"

namespace app::exports {

std::string_view to_word(LeftOut reason) noexcept {
    switch (reason) {
        case LeftOut::Training:
            return "training";
        case LeftOut::Withdrawn:
            return "withdrawn";
        case LeftOut::Withdrawal:
            return "withdrawal_held";
        case LeftOut::Doubt:
            return "doubt";
        case LeftOut::Unreadable:
            return "unreadable";
        case LeftOut::Declined:
            return "declined";
        case LeftOut::NotAsked:
            return "not_asked";
        case LeftOut::NotAgreed:
            return "not_agreed";
        case LeftOut::NoForm:
            return "no_form";
        case LeftOut::NotFit:
            return "not_fit";
    }
    return {};
}

std::optional<LeftOut> kept_here(const record::Record& said, Reader reader) {
    if (said.training) return LeftOut::Training;
    if (said.kind == record::Kind::Withdrawn) return LeftOut::Withdrawn;
    if (said.consent == record::Consent::Declined) return LeftOut::Declined;
    if (reader == Reader::Others && said.consent != record::Consent::Given) return LeftOut::NotAsked;
    return std::nullopt;
}

}  // namespace app::exports
