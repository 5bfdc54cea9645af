#pragma once
// A programme for the benchmarks of the casebook: keys, real batches of one device, an empty casebook.

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/casebook/sqlcipher/opening.hpp"
#include "app/exchange/batch.hpp"
#include "app/record/write.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/random.hpp"
#include "tests/support/folder.hpp"

namespace bench {

namespace fs = std::filesystem;
namespace exchange = app::exchange;

[[noreturn]] inline void give_up(const char* what) {
    std::fprintf(stderr, "bench: %s\n", what);
    std::exit(2);
}

template <class R>
auto must(R result, const char* what) {
    if (!result) give_up(what);
    return std::move(*result);
}

/// A programme with one coordinator and one device, and a folder as `deployment new` makes it.
class Programme {
  public:
    explicit Programme(crypto::SodiumReady ready)
        : ready_(ready),
          key_(must(crypto::DeploymentSecretKey::generate(ready), "key")),
          device_key_(must(crypto::DeviceSecretKey::generate(ready), "key")),
          identities_(coordinator()),
          recipients_{identities_.front().recipient()} {
        const exchange::Certificate certificate{exchange::deployment_id(ready, key_.public_key()), device_, 1,
                                                device_key_.public_key(), exchange::Day{std::chrono::days(40'000)}};
        certificate_ = must(exchange::sign_certificate(ready, certificate, key_), "certificate");
    }
    Programme(const Programme&) = delete;
    Programme& operator=(const Programme&) = delete;

    /// A record that opens and is listed; each under another code, of another day and level.
    [[nodiscard]] crypto::Bytes record() {
        const auto deployment = exchange::deployment_id(ready_, key_.public_key());
        const auto id = crypto::random_hex(ready_, 16);
        const std::string digest(64, 'a');
        app::record::Record one;
        one.record = id;
        one.kind = app::record::Kind::Final;
        one.revision = 12;  // one for each answered page
        one.deployment = deployment;
        one.device = device_;
        one.form = one.consent_scope = "first-contact";
        one.form_version = "1";
        one.form_sha256 = digest;
        const auto number = records_++;
        const auto day = "2026-11-" + std::to_string(10 + number % 20);
        const auto code = "radio-hotel-canal-" + std::to_string(100 + number * 7 % 900);
        one.day = day;
        one.case_code = code;
        one.language_at_start = one.language_at_end = "es";
        one.answers.push_back({"age", app::record::engine::AnswerState::Skipped, "", "es"});
        for (std::size_t i = 0; i < one.readings.size(); ++i)
            one.readings[i] = {static_cast<app::record::engine::Level>(number / (i + 1) % 3), "r1"};
        const auto json = app::record::write(one, std::pmr::get_default_resource());
        if (!json) give_up("record");
        const std::string text(*json);
        return must(crypto::seal_record(ready_, crypto::as_bytes(text), recipients_), "seal").bytes;
    }
    /// As many bytes that nobody can open: what counts then is their number.
    [[nodiscard]] crypto::Bytes junk(std::size_t size) const {
        const auto start = crypto::as_bytes(crypto::random_hex(ready_, 16));
        crypto::Bytes content(size);
        std::copy(start.begin(), start.end(), content.begin());
        return content;
    }
    /// An empty casebook, and batches of these beside it; gives the arguments of the import.
    [[nodiscard]] std::vector<std::string> prepare(std::size_t count, const std::function<crypto::Bytes()>& make) {
        begin();
        std::vector<std::string> words{AMPARO_BIN_DIR "/amparo", "import", "--casebook", casebook_file().string()};
        const auto batches = (count + most_of_batch - 1) / most_of_batch;
        for (std::size_t i = 0; i < batches; ++i) {
            write_batch(std::min(most_of_batch, count - i * most_of_batch), make);
            words.push_back(batch_.string());
        }
        return words;
    }
    /// An empty casebook, and a device that has sent nothing.
    app::casebook::Casebook begin() {
        fs::remove_all(folder_ / "casebook");
        fs::create_directory(folder_ / "casebook");
        sequence_ = 0;
        previous_ = {};
        return must(app::casebook::sqlcipher::create(ready_, casebook_file(), recipients_, key_.public_key()),
                    "casebook");
    }
    /// The device's next batch.
    void write_batch(std::size_t count, const std::function<crypto::Bytes()>& make) {
        std::vector<exchange::BatchRecord> list;
        // Kept on disk, so that this process stays small: a child begins with the memory of its parent.
        std::ofstream spool(folder_ / "spool", std::ios::binary);
        std::map<std::string, Place> places;
        for (std::size_t i = 0; i < count; ++i) {
            const auto sealed = make();
            const auto name = crypto::random_hex(ready_, 16);
            list.push_back({name, crypto::sha256(ready_, sealed), sealed.size()});
            places[name] = {spool.tellp(), sealed.size()};
            spool.write(crypto::as_text(sealed).data(), static_cast<std::streamsize>(sealed.size()));
        }
        spool.close();
        std::ifstream in(folder_ / "spool", std::ios::binary);
        const auto source = [&](const std::string& name) -> exchange::Result<crypto::Bytes> {
            crypto::Bytes sealed(places.at(name).size);
            in.seekg(places.at(name).at);
            in.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(sealed.size()));
            return sealed;
        };
        const auto manifest =
            must(exchange::make_batch_manifest(ready_, {device_, 1, ++sequence_, previous_, list.size(), {}}, list,
                                               device_key_),
                 "manifest");
        previous_ = manifest.sha256;
        const auto written =
            must(exchange::write_batch(ready_, {manifest, list, certificate_, recipients_}, source, folder_.path()),
                 "batch");
        fs::remove(folder_ / "spool");
        file_bytes = written.bytes;
        batch_ = written.path;
    }
    [[nodiscard]] exchange::VerifiedBatch verified() const {
        return must(exchange::open_batch(ready_, batch_, identities_, key_.public_key(), exchange::Day{}), "verify");
    }
    [[nodiscard]] const std::vector<crypto::open::Identity>& identities() const { return identities_; }
    void remove_batch() const { fs::remove(batch_); }
    void remove_batches() const {
        for (const auto& entry : fs::directory_iterator(folder_.path()))
            if (entry.path().extension() == ".age") fs::remove(entry.path());
    }
    [[nodiscard]] crypto::SodiumReady ready() const { return ready_; }
    [[nodiscard]] const fs::path& batch() const { return batch_; }
    [[nodiscard]] const fs::path& folder() const { return folder_.path(); }
    [[nodiscard]] fs::path identity_file() const { return folder_ / "keys/coordinator.identity"; }

    std::uint64_t file_bytes = 0;                         ///< of the last batch
    static constexpr std::size_t most_of_batch = 10'000;  ///< 256 MiB hold 14,800 records

  private:
    [[nodiscard]] fs::path casebook_file() const { return folder_ / "casebook/cases.db"; }
    struct Place {
        std::streamoff at = 0;
        std::size_t size = 0;
    };
    [[nodiscard]] std::vector<crypto::open::Identity> coordinator() const {
        fs::create_directories(folder_ / "keys");
        auto identity = must(crypto::open::Identity::generate(ready_), "identity");
        const auto text = must(identity.to_text(ready_), "identity");
        const auto file = folder_ / "keys/coordinator.identity";
        std::ofstream(file) << crypto::as_text(text.view()) << "\n";
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
        std::vector<crypto::open::Identity> one;
        one.push_back(std::move(identity));
        return one;
    }

    crypto::SodiumReady ready_;
    test::Folder folder_;
    crypto::DeploymentSecretKey key_;
    crypto::DeviceSecretKey device_key_;
    std::string device_ = std::string(31, '0') + "7";
    std::vector<crypto::open::Identity> identities_;
    std::vector<crypto::Recipient> recipients_;
    exchange::SignedCertificate certificate_;
    fs::path batch_;
    std::uint64_t sequence_ = 0;
    exchange::Digest previous_{};
    std::size_t records_ = 0;
};

}  // namespace bench
