#pragma once
// A small deployment for the casebook's tests: keys, a kiosk that writes real batches, a casebook that takes them in.

#include <catch2/catch_all.hpp>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/exchange/batch.hpp"
#include "app/exchange/certificate.hpp"
#include "app/record/write.hpp"
#include "crypto/random.hpp"
#include "tests/support/folder.hpp"

namespace test {

namespace fs = std::filesystem;
namespace casebook = app::casebook;
namespace exchange = app::exchange;
using casebook::Outcome;
using casebook::Standing;
using crypto::open::Identity;

inline crypto::SodiumReady ready() {
    static const auto token = crypto::SodiumReady::init();
    REQUIRE(token);
    return *token;
}

inline const exchange::Day today{std::chrono::days(20'000)};

inline std::string digits(unsigned number) {
    const std::string text = std::to_string(number);
    return std::string(32 - text.size(), '0') + text;
}

/// What a record says; the defaults are a final one without concern.
struct Said {
    std::string kind = "final";
    unsigned revision = 1;
    std::string danger = "none-reported";
    std::string harm = "none-reported";
    std::string risk = "none-reported";
    std::string code = "radio-hotel-canal-482";
    std::string day = "2026-11-24";
    std::string more{};     ///< further members, each ending with a comma
    std::string device{};   ///< another one than the kiosk's
    bool training = false;  ///< practice
};

template <class T>
T must(tl::expected<T, crypto::Error> result) {
    REQUIRE(result);
    return std::move(*result);
}

/// A kiosk as the casebook sees it. A copy of it is a copied device, with its key.
class Kiosk {
  public:
    Kiosk(const crypto::DeploymentSecretKey& deployment, std::vector<crypto::Recipient> recipients, unsigned number = 7)
        : device_("de" + digits(number).substr(2)),
          key_(std::make_shared<crypto::DeviceSecretKey>(must(crypto::DeviceSecretKey::generate(ready())))),
          recipients_(std::move(recipients)),
          deployment_(exchange::deployment_id(ready(), deployment.public_key())) {
        certify(deployment, 1, today + std::chrono::days(400));
    }

    /// Enrols the device, for this epoch and until this day.
    void certify(const crypto::DeploymentSecretKey& deployment, std::uint64_t epoch, exchange::Day not_after) {
        const exchange::Certificate certificate{deployment_, device_, epoch, key_->public_key(), not_after};
        auto made = exchange::sign_certificate(ready(), certificate, deployment);
        REQUIRE(made);
        certificate_ = std::move(*made);
    }
    /// Goes on as a device does after a repair: sequences from 1, the first batch names what came before it.
    void begin_epoch(std::uint64_t epoch, const exchange::Digest& previous) {
        epoch_ = epoch;
        roll_back_to(0, previous);
    }
    void begin_epoch(std::uint64_t epoch) { begin_epoch(epoch, previous_); }

    [[nodiscard]] std::string json(unsigned record, const Said& said) const {
        const auto id = digits(record);
        const auto some_digest = std::string(64, 'a');
        const auto kind = app::record::from_word<app::record::Kind>(said.kind);
        REQUIRE(kind);
        app::record::Record one;
        one.record = id;
        one.kind = *kind;
        one.revision = said.revision;
        one.deployment = deployment_;
        one.device = said.device.empty() ? device_ : said.device;
        one.form = one.consent_scope = "first-contact";
        one.form_version = "1";
        one.form_sha256 = one.consent_sha256 = some_digest;
        one.day = said.day;
        one.case_code = said.code;
        one.language_at_start = one.language_at_end = "es";
        one.consent = app::record::Consent::Given;
        one.consent_key = "consent.assisted";
        one.training = said.training;
        if (*kind != app::record::Kind::Withdrawn) {
            one.answers.push_back({"age", app::record::engine::AnswerState::Skipped, "", "es"});
            const std::array levels{&said.danger, &said.harm, &said.risk};
            for (std::size_t i = 0; i < levels.size(); ++i) {
                const auto level = app::record::from_word<app::record::engine::Level>(*levels[i]);
                REQUIRE(level);
                one.readings[i] = {*level, "r1"};
            }
        }
        const auto text = app::record::write(one, std::pmr::get_default_resource());
        REQUIRE(text);
        return "{" + said.more + std::string(*text).substr(1);
    }

    /// Seals any bytes as a record of the next batch.
    void add_raw(std::string_view text) {
        auto sealed = crypto::seal_record(ready(), crypto::as_bytes(text), recipients_);
        REQUIRE(sealed);
        add_sealed(std::move(sealed->bytes));
    }
    void add(unsigned record, const Said& said = {}) { add_raw(json(record, said)); }
    void add_sealed_as(const std::string& name, crypto::Bytes bytes) { waiting_[name] = std::move(bytes); }
    void add_sealed(crypto::Bytes bytes) { waiting_[crypto::random_hex(ready(), 16)] = std::move(bytes); }

    /// One more entry of the audit, for the next batch.
    void note(exchange::AuditType type, const exchange::AuditDetail& detail = {}) {
        const exchange::AuditName name{++audit_number_, today, std::string(exchange::audit_word(type))};
        auto sealed = exchange::seal_audit(ready(), name, detail, recipients_);
        REQUIRE(sealed);
        audit_ = exchange::audit_head(ready(), audit_, name, *sealed);
        waiting_[exchange::audit_name(name)] = std::move(*sealed);
        heads_[audit_number_] = audit_;
    }

    /// Everything added since the last batch, as a verified batch.
    exchange::VerifiedBatch batch(const std::vector<Identity>& identities) {
        const auto folder = std::make_unique<Folder>();
        const auto file = write(folder->path());
        auto opened = exchange::open_batch(ready(), file, identities, deployment_key_, today);
        REQUIRE(opened);
        return std::move(*opened);
    }
    fs::path write(const fs::path& folder) {
        std::vector<exchange::BatchRecord> records;
        for (const auto& [name, bytes] : waiting_)
            records.push_back({name, crypto::sha256(ready(), bytes), bytes.size()});
        const exchange::BatchHeader header{device_, epoch_, ++sequence_, previous_, records.size(), audit_};
        const auto manifest = exchange::make_batch_manifest(ready(), header, records, *key_);
        REQUIRE(manifest);
        const auto source = [&](const std::string& name) -> exchange::Result<crypto::Bytes> {
            return waiting_.at(name);
        };
        const auto written =
            exchange::write_batch(ready(), {*manifest, records, certificate_, recipients_}, source, folder);
        REQUIRE(written);
        previous_ = manifest->sha256;
        waiting_.clear();
        return written->path;
    }

    [[nodiscard]] const std::string& device() const { return device_; }
    void trust(const crypto::DeploymentPublicKey& key) { deployment_key_ = key; }
    /// Forgets what it did, as a device that was restored from an old copy.
    void roll_back_to(std::uint64_t sequence, const exchange::Digest& previous) {
        sequence_ = sequence;
        previous_ = previous;
    }
    [[nodiscard]] const exchange::Digest& previous() const { return previous_; }
    /// The same for its audit.
    void roll_audit_back_to(std::uint64_t number, const exchange::Digest& head) {
        audit_number_ = number;
        audit_ = head;
    }
    [[nodiscard]] const exchange::Digest& audit() const { return audit_; }
    /// The head that it had after this entry.
    [[nodiscard]] exchange::Digest audit_after(std::uint64_t number) const { return heads_.at(number); }

  private:
    std::string device_;
    std::shared_ptr<crypto::DeviceSecretKey> key_;
    std::vector<crypto::Recipient> recipients_;
    std::string deployment_;
    crypto::DeploymentPublicKey deployment_key_{crypto::minisign::Public{}};
    exchange::SignedCertificate certificate_;
    std::map<std::string, crypto::Bytes> waiting_;
    std::uint64_t epoch_ = 1;
    std::uint64_t sequence_ = 0;
    exchange::Digest previous_{};
    std::uint64_t audit_number_ = 0;
    exchange::Digest audit_{};
    std::map<std::uint64_t, exchange::Digest> heads_;
};

/// A deployment with one coordinator, one kiosk and a casebook.
class Deployment {
  public:
    Deployment()
        : key_(std::make_shared<crypto::DeploymentSecretKey>(must(crypto::DeploymentSecretKey::generate(ready())))),
          identities_(std::make_shared<std::vector<Identity>>()) {
        identities_->push_back(must(Identity::generate(ready())));
        create();
    }
    /// The same programme and coordinator with an empty casebook.
    Deployment(const Deployment& other) : key_(other.key_), identities_(other.identities_) { create(); }
    Deployment& operator=(const Deployment&) = delete;
    ~Deployment() = default;
    [[nodiscard]] fs::path file() const { return folder_.path() / "casebook.db"; }
    [[nodiscard]] const fs::path& folder() const { return folder_.path(); }
    [[nodiscard]] std::vector<crypto::Recipient> recipients() const { return {identities_->front().recipient()}; }
    [[nodiscard]] const std::vector<Identity>& identities() const { return *identities_; }
    [[nodiscard]] const crypto::DeploymentSecretKey& key() const { return *key_; }
    [[nodiscard]] Kiosk kiosk(unsigned number = 7) const {
        Kiosk made(*key_, recipients(), number);
        made.trust(key_->public_key());
        return made;
    }
    casebook::Casebook& book() { return *book_; }
    void close() { book_.reset(); }
    casebook::Result<void> open() {
        book_.reset();
        auto opened = casebook::sqlcipher::open(ready(), file(), *identities_);
        if (!opened) return tl::unexpected(opened.error());
        book_ = std::make_unique<casebook::Casebook>(std::move(*opened));
        return {};
    }
    casebook::ImportReport import(const exchange::VerifiedBatch& batch) {
        auto report = book_->import_batch(batch, *identities_);
        REQUIRE(report);
        return std::move(*report);
    }
    casebook::ImportReport import(Kiosk& kiosk) { return import(kiosk.batch(*identities_)); }
    /// The JSON of the only listed case of a record.
    std::string json_of(const std::string& device, unsigned record) {
        const auto all = cases();
        for (const auto& one : all)
            if (one.device == device && one.record == digits(record) && one.doubt.empty())
                return book_->records_json({&one, 1}, today)->front();
        FAIL("not listed");
        return {};
    }
    std::vector<casebook::Case> cases() {
        auto all = book_->cases();
        REQUIRE(all);
        return std::move(all->cases);
    }

  private:
    void create() {
        auto made = casebook::sqlcipher::create(ready(), file(), recipients(), key_->public_key());
        REQUIRE(made);
        book_ = std::make_unique<casebook::Casebook>(std::move(*made));
    }

    Folder folder_;
    std::shared_ptr<crypto::DeploymentSecretKey> key_;
    std::shared_ptr<std::vector<Identity>> identities_;
    std::unique_ptr<casebook::Casebook> book_;
};

}  // namespace test
