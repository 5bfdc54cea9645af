#include "app/kiosk/screens/places.hpp"

#include <filesystem>

#include "locales/visible.hpp"

namespace app::kiosk::screens {
namespace {

/// The folder's own name, cut to what a stick's label can be: the whole path means nothing to a person.
std::string label_of(const session::Place& place) {
    constexpr std::size_t most = 11;
    // A stick's name is whatever somebody gave it.
    auto name = locales::visible(std::filesystem::path(place.path).filename().string());
    if (name.size() <= most) return name;
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0U) == 0x80U) --end;
    return name.substr(0, end) + "…";
}

}  // namespace

bool place_row(const Pen& pen, const std::string& key, const session::Place& place) {
    const auto state = place.read_only ? pen.tr("send.read_only")
                                       : pen.tr("send.free", {{"size", pen.context.texts.bytes(place.free)}});
    const auto second = label_of(place) + " · " + std::string(state.view());
    return pen.ui.list_row(key, pen.tr(place.removable ? "send.usb" : "send.folder"),
                           {.icon = place.removable ? ui::Icon::usb : ui::Icon::folder,
                            .tone = ui::Tone::primary,
                            .second = ui::Text::verbatim(second),
                            .enabled = !place.read_only});
}

std::string send_error_key(session::SendError error) {
    switch (error) {
        case session::SendError::Full:
            return "send.failed.full";
        case session::SendError::Gone:
            return "send.failed.gone";
        case session::SendError::ReadOnly:
            return "send.failed.read_only";
        case session::SendError::Check:
            return "send.failed.check";
        case session::SendError::Nothing:
            return "send.none";
        case session::SendError::Cancelled:
            return "send.failed.cancelled";
        case session::SendError::Memory:
            return "error.memory";
        case session::SendError::Other:
            return "send.failed.other";
    }
    return "send.failed.other";
}

}  // namespace app::kiosk::screens
