#include "tests/outside/sender.hpp"

#include <catch2/catch_all.hpp>
#include <chrono>

#include "crypto/random.hpp"

namespace outside {
namespace {

const exchange::Day day = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());

template <class T, class E>
T must(tl::expected<T, E> result) {
    REQUIRE(result);
    return std::move(*result);
}

std::string digits(unsigned number) {
    const auto text = std::to_string(number);
    return std::string(32 - text.size(), '0') + text;
}

crypto::Bytes bytes_of(std::string_view text) {
    const auto view = crypto::as_bytes(text);
    return {view.begin(), view.end()};
}

}  // namespace

Deployment::Deployment(const Desk& desk)
    : key_(must(crypto::DeploymentSecretKey::generate(ready()))),
      coordinator_(must(crypto::open::Identity::generate(ready()))) {
    fs::create_directory(desk.path() / "casebook");
    fs::create_directory(desk.path() / "keys");
    const auto text = must(crypto::open::identity_file(ready(), coordinator_));
    desk.write("keys/coordinator.identity", crypto::as_text(text.view()));
    fs::permissions(desk.path() / "keys/coordinator.identity", fs::perms::owner_read | fs::perms::owner_write);
    must(casebook::sqlcipher::create(ready(), desk.path() / casebook_file, recipients(), key_.public_key()));
}

Sender::Sender(const Deployment& deployment, unsigned number)
    : deployment_(deployment),
      device_(digits(number)),
      key_(must(crypto::DeviceSecretKey::generate(ready()))),
      own_(must(exchange::sign_certificate(ready(),
                                           {exchange::deployment_id(ready(), deployment.key().public_key()), device_, 1,
                                            key_.public_key(), day + std::chrono::days(365)},
                                           deployment.key()))) {}

nlohmann::json Sender::record(unsigned number) const {
    using nlohmann::json;
    const auto reading = [](const char* level) { return json{{"level", level}, {"rule", "r1"}}; };
    return {{"actions", {"call"}},
            {"amparo", 1},
            {"answers", {{{"language", "es"}, {"name", "kid[2]/age"}, {"state", "answered"}, {"value", "9"}}}},
            {"bundle", 1},
            {"case_code", "radio-hotel-canal-482"},
            {"consent",
             {{"answer", "given"},
              {"asked_as", {{"key", "consent.adult"}, {"sha256", std::string(64, 'b')}}},
              {"scope", "first-contact"},
              {"tell_worker_now", false}}},
            {"day", "2026-11-24"},
            {"deployment", exchange::deployment_id(ready(), deployment_.key().public_key())},
            {"device", device_},
            {"follows", digits(999'999)},
            {"form", {{"id", "first-contact"}, {"sha256", std::string(64, 'a')}, {"version", "1"}}},
            {"indicators", {{{"because", {"age"}}, {"dimension", "danger"}, {"id", "i1"}, {"strength", "weak"}}}},
            {"kind", "final"},
            {"language", {{"end", "es"}, {"start", "es"}}},
            {"mode", "assisted"},
            {"notes", "interpreter_needed"},
            {"override", {{"level", "some"}, {"reading", "risk"}, {"reason", "told"}}},
            {"readings", {{"danger", reading("some")}, {"harm", reading("some")}, {"risk", reading("none-reported")}}},
            {"record", digits(number)},
            {"revision", 1},
            {"role", "shelter"},
            {"training", false},
            {"worker", 1}};
}

void Sender::add_raw(std::string_view text) {
    auto sealed = must(crypto::seal_record(ready(), crypto::as_bytes(text), deployment_.recipients()));
    waiting_[crypto::random_hex(ready(), 16)] = std::move(sealed.bytes);
}

void Sender::note(const std::string& record) {
    const exchange::AuditName name{++audit_number_, day, "record-erased"};
    exchange::AuditDetail detail;
    detail.record = record;
    auto sealed = must(exchange::seal_audit(ready(), name, detail, deployment_.recipients()));
    audit_ = exchange::audit_head(ready(), audit_, name, sealed);
    waiting_[exchange::audit_name(name)] = std::move(sealed);
}

void Sender::write(const Desk& desk, const std::string& name) {
    std::vector<exchange::BatchRecord> records;
    std::uint64_t count = 0;
    for (const auto& [member, bytes] : waiting_) {
        records.push_back({member, crypto::sha256(ready(), bytes), bytes.size()});
        if (!exchange::is_audit_name(member)) ++count;
    }
    auto manifest = must(
        exchange::make_batch_manifest(ready(), {device_, 1, ++sequence_, previous_, count, audit_}, records, key_));
    if (comment) manifest.signature = bytes_of(must(crypto::sign(ready(), manifest.text, key_, *comment)));
    previous_ = manifest.sha256;
    const auto folder = desk.path() / ("made-" + crypto::random_hex(ready(), 8));
    fs::create_directory(folder);
    const auto written = must(exchange::write_batch(
        ready(), {manifest, records, certificate ? *certificate : own_, deployment_.recipients()},
        [&](const std::string& member) -> exchange::Result<crypto::Bytes> { return waiting_.at(member); }, folder));
    fs::rename(written.path, desk.path() / name);
    fs::remove(folder);
    waiting_.clear();
}

}  // namespace outside
