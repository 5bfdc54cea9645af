// A kiosk that has sent, and to which the coordinators' word is brought back on a stick.
#pragma once

#include <algorithm>
#include <functional>

#include "app/device/noting.hpp"
#include "app/device/receipts.hpp"
#include "app/exchange/receipt.hpp"
#include "tests/kiosk/brought_kiosk.hpp"

namespace test {

inline crypto::ReceiptSecretKey receipt_key(const Deployment& deployment) {
    auto key =
        crypto::ReceiptSecretKey::parse(ready(), crypto::as_bytes(read(deployment.path() / "keys" / "receipt.key")));
    REQUIRE(key);
    return std::move(*key);
}

/// What is made of a deployment before its device is opened: to sign something for a device opens it.
using Before = std::function<void(const Deployment&)>;
inline kiosk::Device open_after(const Before& before, const Deployment& deployment) {
    if (before) before(deployment);
    return deployment.open();
}

/// A kiosk that has sent three screenings in one batch, and a stick.
struct SentKiosk {
    Deployment deployment;
    fs::path stick = deployment.path() / "brought";
    kiosk::Device device;
    store::Now now{today(), std::chrono::hours(1), 1};

    explicit SentKiosk(const Before& before = {}) : device(open_after(before, deployment)) {
        fs::create_directory(stick);
        for (const char record : {'a', 'b', 'c'}) REQUIRE(kiosk::seal(ready(), device, order(record, 1, "{}")));
        REQUIRE(kiosk::send(ready(), device, deployment.to_outbox(), no_report));
    }
    [[nodiscard]] exchange::Receipt receipt() const {
        return {device.enrolment.device,
                1,
                1,
                device.store->outbox().batch({1, 1})->bytes.manifest_sha256,
                {},
                receipt_key(deployment).public_key()};
    }
    void put(const exchange::Receipt& receipt) const { put(receipt, receipt_key(deployment)); }
    void put(const exchange::Receipt& receipt, const crypto::ReceiptSecretKey& key) const {
        const auto file = exchange::sign_receipt(ready(), receipt, key);
        REQUIRE(file);
        write(stick / exchange::receipt_file_name(ready(), *file), crypto::as_text(*file));
    }
    model::ReceiptNews take() {
        auto taken = device::take_receipts(ready(), device, {stick}, now);
        REQUIRE(taken);
        return std::move(*taken);
    }
    store::Counts counts() const { return *device.store->records().counts(); }
    std::size_t noted(exchange::AuditType type) const {
        const auto rows = *device.store->audit().rows(100);
        return static_cast<std::size_t>(std::count_if(
            rows.begin(), rows.end(), [&](const auto& row) { return row.type == static_cast<std::uint8_t>(type); }));
    }
    void pass(std::chrono::hours time) {
        now.wall += time;
        now.running += time;
    }
};

inline bool has(const model::ReceiptNews& news, NotTaken why) {
    return std::find(news.refused.begin(), news.refused.end(), model::RefusedNews{model::NewsKind::Receipt, why}) !=
           news.refused.end();
}

}  // namespace test
