#include "app/kiosk/device.hpp"

#include "app/session/state.hpp"
#include "app/session/visit/draft.hpp"
#include "app/shell/clock.hpp"

namespace app::kiosk {

namespace {

using session::DeviceError;

int kept_text_percent(const std::optional<std::string>& setting) {
    for (const int size : session::text_sizes)
        if (setting && *setting == std::to_string(size)) return size;
    return 100;
}

session::Theme kept_theme(const std::optional<std::string>& setting) {
    using session::Theme;
    for (const auto theme : {Theme::Light, Theme::Dark, Theme::HighContrast})
        if (setting && *setting == std::to_string(static_cast<int>(theme))) return theme;
    return Theme::Light;
}

}  // namespace

device::Around around(std::chrono::sys_days today) {
    return {today, [] { return std::chrono::sys_days(shell::wall_time().local); }, session::draft_owner};
}

tl::expected<Device, DeviceError> Device::unlock(crypto::SodiumReady ready, const Places& places,
                                                 const std::optional<session::SlotWords>& words,
                                                 std::chrono::sys_days today) {
    auto open = device::Device::unlock(ready, places, words, around(today));
    if (!open) return tl::unexpected(open.error());
    return Device(std::move(*open));
}

tl::expected<session::Setup, DeviceError> Device::setup(std::chrono::sys_days today) {
    auto workers = store->people().workers();
    if (!workers) return tl::unexpected(device_error_of(workers.error()));
    auto removed = store->people().removed();
    if (!removed) return tl::unexpected(device_error_of(removed.error()));
    const auto counts = store->records().counts();
    if (!counts) return tl::unexpected(device_error_of(counts.error()));
    auto keys = store::used_slots(*store);
    if (!keys) return tl::unexpected(device_error_of(keys.error()));
    const auto text = store->settings().get("text_percent");
    const auto theme = store->settings().get("theme");
    if (!text || !theme) return tl::unexpected(DeviceError::Other);
    session::Setup setup;
    setup.bundle = bundle;
    setup.workers = std::move(*workers);
    setup.removed = std::move(*removed);
    setup.device = enrolment.device;
    setup.fingerprint = fingerprint;
    setup.expired = exchange::past_expiry(*bundle, today);
    setup.certificate_end = certificate_end;
    setup.clock_wrong = exchange::before_made(*bundle, today);
    setup.text_percent = kept_text_percent(*text);
    setup.theme = kept_theme(*theme);
    setup.counts = *counts;
    setup.keys = std::move(*keys);
    setup.resuming = drafts.resuming();
    setup.damaged_files = folder.damaged_files();
    setup.folder_was_open = folder.was_open_to_others();
    setup.key_open = key_open_to_others;
    setup.keys_lost = keys_lost;
    return setup;
}

session::BundleLost Device::without_bundle() {
    session::BundleLost lost;
    lost.why = no_bundle;
    lost.counts = store->records().counts().value_or(store::Counts{});
    lost.sequence = store->bundle().sequence().value_or(0);
    lost.can_send = !recipients.empty();
    return lost;
}

}  // namespace app::kiosk
