// A kiosk to which things are brought on a stick, and what it says of them.
#pragma once

#include <algorithm>

#include "app/device/brought.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/ustar.hpp"
#include "tests/kiosk/support.hpp"

namespace test {

namespace device = app::device;
namespace exchange = app::exchange;
namespace model = app::model;
using app::model::NotTaken;

inline std::string member(const std::string& bundle, std::string_view name) {
    const auto members = exchange::read_ustar(crypto::as_bytes(bundle), exchange::bundle_limits);
    REQUIRE(members);
    for (const auto& one : *members)
        if (one.name == name) return std::string(crypto::as_text(one.content));
    FAIL(name);
    return {};
}

/// A programme with an empty stick, whose next bundle calls one number less.
struct BroughtKiosk {
    Deployment deployment;
    fs::path stick = deployment.path() / "brought";
    std::string first = read(deployment.stick() / "bundle-1.amparo");
    std::string next = next_bundle(1);
    std::string certificate = deployment.certificate_file(2, today() + std::chrono::days(900));

    BroughtKiosk() { fs::create_directory(stick); }
    [[nodiscard]] std::string next_bundle(std::uint64_t above) const {
        auto referrals = member(first, "referrals.csv");
        referrals.resize(referrals.rfind('\n', referrals.size() - 2) + 1);
        return deployment.bundle_with("referrals.csv", referrals, above);
    }
    void put(const std::string& name, std::string_view content) const { write(stick / name, content); }
    void put_certificate(std::string_view content, std::uint64_t epoch = 2) const {
        put(device_id() + "-" + std::to_string(epoch) + ".amparo-cert", content);
    }
    [[nodiscard]] std::string device_id() const { return deployment.open().enrolment.device; }
    [[nodiscard]] device::Brought look(kiosk::Device& open) const {
        auto brought = device::look_for_news(ready(), open, {stick});
        REQUIRE(brought);
        return std::move(*brought);
    }
    /// The real kiosk without a window: the shift lead signs in, looks for news, and then taps as `taps` says.
    [[nodiscard]] auto receive_on_screen(const std::string& language, const std::string& taps) const {
        const auto file = deployment.path() / "receive.journey";
        write(file,
              "wait who.3\ntap who.3\nscreen pin\n"
              "tap pin.9\ntap pin.7\ntap pin.5\ntap pin.3\ntap pin.1\ntap pin.0\ntap pin.ok\nwait home.send\n"
              "tap home.send\nwait send.receive\ntap send.receive\n" +
                  taps);
        return deployment.drive_kiosk("--headless --lang " + language + " --tour '" + file.string() + "'");
    }
    [[nodiscard]] model::News look() const {
        auto open = deployment.open();
        return look(open).news;
    }
};

inline bool refused(const model::News& news, NotTaken why, bool certificate = false) {
    const auto kind = certificate ? model::NewsKind::Certificate : model::NewsKind::Bundle;
    return std::find(news.refused.begin(), news.refused.end(), model::RefusedNews{kind, why}) != news.refused.end();
}

}  // namespace test
