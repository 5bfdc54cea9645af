// A demo deployment whose kiosk seals and sends without a screen, for tests of what coordinators see.
#pragma once

#include <catch2/catch_all.hpp>
#include <map>
#include <nlohmann/json.hpp>

#include "app/exchange/batch.hpp"
#include "app/exchange/bundle.hpp"
#include "app/store/store.hpp"
#include "crypto/random.hpp"
#include "tests/cli/support.hpp"

namespace test {

namespace store = app::store;
namespace exchange = app::exchange;
using nlohmann::json;

struct DeskDemo : Desk {
    bool returning = false;  ///< whether batches carry a RETURN, as those of this version do

    explicit DeskDemo(const std::string& programme = "Prueba") { take_programme("demo", programme); }

    /// Those of the bundle that the kiosk has, looked up once for each programme: to load a bundle compiles every form.
    static const std::vector<crypto::Recipient>& recipients_of(store::Store& kiosk, const std::string& name,
                                                               const crypto::DeploymentPublicKey& deployment) {
        static std::map<std::string, std::vector<crypto::Recipient>> known;
        auto& recipients = known[name];
        if (recipients.empty()) {
            const auto bundle = exchange::load_bundle(ready(), kiosk.bundle().installed()->bytes, {deployment});
            REQUIRE(bundle);
            recipients = bundle->recipient_keys();
        }
        return recipients;
    }
    /// Seals one record with these readings and writes a batch to the outbox; gives the batch's path. `epoch`: another
    /// one than the kiosk is in.
    std::string send(const std::string& code, const std::string& danger, const json& more = json::object(),
                     std::optional<std::uint64_t> epoch = std::nullopt) const {
        const auto key_file = crypto::KeyFile::parse(ready(), bytes(read("demo/usb/amparo-device.key")));
        const auto folder = store::StateFolder::open(path() / "demo/kiosk");
        REQUIRE(folder);
        auto kiosk = store::open_store(ready(), *folder, *folder->read_slots()->unlock_key_file(ready(), *key_file));
        REQUIRE(kiosk);
        const auto enrolment = *(*kiosk)->device().enrolment();
        const auto deployment = *crypto::DeploymentPublicKey::parse(enrolment.deployment_key);
        const auto& recipients = recipients_of(**kiosk, enrolment.deployment_key, deployment);
        const auto record = crypto::random_hex(ready(), 16);
        json said{{"actions", {"call"}},
                  {"amparo", 1},
                  {"consent",
                   {{"answer", "given"},
                    {"asked_as", {{"key", "consent.private"}, {"sha256", std::string(64, 'b')}}},
                    {"scope", "first-contact"},
                    {"tell_worker_now", false}}},
                  {"indicators", json::array()},
                  {"language", {{"end", "es"}, {"start", "es"}}},
                  {"training", false},
                  {"record", record},
                  {"kind", "final"},
                  {"revision", 1},
                  {"deployment", exchange::deployment_id(ready(), deployment)},
                  {"device", enrolment.device},
                  {"bundle", 1},
                  {"form", {{"id", "first-contact"}, {"version", "1"}, {"sha256", std::string(64, 'a')}}},
                  {"mode", "private"},
                  {"role", "shelter"},
                  {"worker", 1},
                  {"day", "2026-11-24"},
                  {"case_code", code},
                  {"answers",
                   {{{"name", "safe"}, {"state", "answered"}, {"value", "no"}, {"language", "es"}},
                    {{"name", "more"}, {"state", "skipped"}, {"value", ""}, {"language", ""}}}},
                  {"readings",
                   {{"danger", {{"level", danger}, {"rule", "danger-1"}}},
                    {"harm", {{"level", "none-reported"}, {"rule", ""}}},
                    {"risk", {{"level", "some"}, {"rule", "risk-1"}}}}}};
        said.update(more);
        if (said["kind"] == "withdrawn")
            for (const auto* const name : {"actions", "answers", "indicators", "readings"}) said.erase(name);
        const auto sealed = crypto::seal_record(ready(), crypto::as_bytes(said.dump()), recipients);
        REQUIRE(sealed);
        REQUIRE((*kiosk)->records().save_revision(said["record"].get<std::string>(),
                                                  said["revision"].get<std::uint32_t>(), *sealed));

        const auto plan = (*kiosk)->outbox().plan("");
        REQUIRE(plan);
        std::vector<exchange::BatchRecord> records;
        for (const auto& row : plan->rows) records.push_back({row.name, row.sha256, row.size});
        const auto way_back =
            returning ? *crypto::SecretBytes::random(ready(), crypto::return_secret_size) : crypto::SecretBytes();
        const auto manifest = exchange::make_batch_manifest(
            ready(), {enrolment.device, epoch.value_or(plan->epoch), plan->sequence, plan->previous, 0, {}}, records,
            *(*kiosk)->device().key(), way_back.view());
        REQUIRE(manifest);
        REQUIRE((*kiosk)->outbox().freeze(*plan, records.size(),
                                          {manifest->sha256, manifest->text, manifest->signature, enrolment.certificate,
                                           enrolment.certificate_signature},
                                          way_back.view()));
        const exchange::SignedCertificate certificate{enrolment.certificate, enrolment.certificate_signature};
        const auto written = exchange::write_batch(
            ready(), {*manifest, records, certificate, recipients, way_back.view()},
            [&](const std::string& name) -> exchange::Result<crypto::Bytes> { return *(*kiosk)->records().read(name); },
            path() / "demo/outbox");
        REQUIRE(written);
        return written->path.lexically_relative(path()).string();
    }
};

inline constexpr const char* book = " --casebook demo/casebook/cases.db";

}  // namespace test
