// What `amparo import` takes for batches of 1 to 256 MiB: time, and the most memory that the real program ever had.
// Floors are ratios within one run: memory must be flat in the size of the batch, and time linear in its records.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/casebook/casebook.hpp"
#include "app/exchange/batch.hpp"
#include "app/record/write.hpp"
#include "crypto/open/identity.hpp"
#include "crypto/random.hpp"

namespace {

namespace fs = std::filesystem;
namespace exchange = app::exchange;

[[noreturn]] void give_up(const char* what) {
    std::fprintf(stderr, "bench_import: %s\n", what);
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
          folder_(fs::temp_directory_path() / ("amparo-bench-" + crypto::random_hex(ready, 8))),
          key_(must(crypto::DeploymentSecretKey::generate(ready), "key")),
          device_key_(must(crypto::DeviceSecretKey::generate(ready), "key")),
          recipients_{coordinator()} {
        const exchange::Certificate certificate{exchange::deployment_id(ready, key_.public_key()), device_, 1,
                                                device_key_.public_key(), exchange::Day{std::chrono::days(40'000)}};
        certificate_ = must(exchange::sign_certificate(ready, certificate, key_), "certificate");
    }
    Programme(const Programme&) = delete;
    Programme& operator=(const Programme&) = delete;
    ~Programme() { fs::remove_all(folder_); }

    /// A record that opens and is listed.
    [[nodiscard]] crypto::Bytes record() const {
        const auto deployment = exchange::deployment_id(ready_, key_.public_key());
        const auto id = crypto::random_hex(ready_, 16);
        const std::string digest(64, 'a');
        app::record::Record one;
        one.record = id;
        one.kind = app::record::Kind::Final;
        one.deployment = deployment;
        one.device = device_;
        one.form = one.consent_scope = "first-contact";
        one.form_version = "1";
        one.form_sha256 = digest;
        one.day = "2026-11-24";
        one.case_code = "radio-hotel-canal-482";
        one.language_at_start = one.language_at_end = "es";
        one.answers.push_back({"age", app::record::engine::AnswerState::Skipped, "", "es"});
        for (auto& reading : one.readings) reading = {app::record::engine::Level::Some, "r1"};
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
    /// A batch of these in an empty casebook; gives the arguments of the import.
    [[nodiscard]] std::vector<std::string> prepare(std::size_t count, const std::function<crypto::Bytes()>& make) {
        fs::remove_all(folder_ / "casebook");
        fs::create_directory(folder_ / "casebook");
        must(app::casebook::Casebook::create(ready_, folder_ / "casebook/cases.db", recipients_, key_.public_key()),
             "casebook");
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
        const auto manifest = must(
            exchange::make_batch_manifest(ready_, {device_, 1, 1, {}, list.size(), {}}, list, device_key_), "manifest");
        const auto written =
            must(exchange::write_batch(ready_, {manifest, list, certificate_, recipients_}, source, folder_), "batch");
        fs::remove(folder_ / "spool");
        file_bytes = written.bytes;
        batch_ = written.path;
        return {AMPARO_BIN_DIR "/amparo", "import", batch_.string(), "--casebook",
                (folder_ / "casebook/cases.db").string()};
    }
    void remove_batch() const { fs::remove(batch_); }

    std::uint64_t file_bytes = 0;  ///< of the last batch

  private:
    struct Place {
        std::streamoff at = 0;
        std::size_t size = 0;
    };
    [[nodiscard]] crypto::Recipient coordinator() const {
        fs::create_directories(folder_ / "keys");
        const auto identity = must(crypto::open::Identity::generate(ready_), "identity");
        const auto text = must(identity.to_text(ready_), "identity");
        const auto file = folder_ / "keys/coordinator.identity";
        std::ofstream(file) << crypto::as_text(text.view()) << "\n";
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
        return identity.recipient();
    }

    crypto::SodiumReady ready_;
    fs::path folder_;
    crypto::DeploymentSecretKey key_;
    crypto::DeviceSecretKey device_key_;
    std::string device_ = std::string(31, '0') + "7";
    std::vector<crypto::Recipient> recipients_;
    exchange::SignedCertificate certificate_;
    fs::path batch_;
};

struct Taken {
    double seconds = 0;
    double mib = 0;
};

Taken run(const std::vector<std::string>& words) {
    std::vector<char*> argv;
    for (const auto& word : words) argv.push_back(const_cast<char*>(word.c_str()));
    argv.push_back(nullptr);
    const auto from = std::chrono::steady_clock::now();
    std::fflush(stdout);  // or the child would say it once more
    const auto child = ::fork();
    if (child == 0) {
        if (std::freopen("/dev/null", "w", stdout) == nullptr || std::freopen("/dev/null", "w", stderr) == nullptr)
            ::_exit(126);
        ::execv(argv.front(), argv.data());
        ::_exit(127);
    }
    int status = 0;
    struct rusage used {};
    if (child < 0 || ::wait4(child, &status, 0, &used) != child || !WIFEXITED(status) || WEXITSTATUS(status) > 1)
        give_up("the import did not run");
    return {std::chrono::duration<double>(std::chrono::steady_clock::now() - from).count(),
            static_cast<double>(used.ru_maxrss) / 1024};
}

Taken row(Programme& programme, const char* name, std::size_t records, const std::function<crypto::Bytes()>& make) {
    const auto taken = run(programme.prepare(records, make));
    programme.remove_batch();
    std::printf("%-30s %7zu records  %6.1f MiB  %7.2f s  %6.1f MiB of memory\n", name, records,
                static_cast<double>(programme.file_bytes) / (1 << 20), taken.seconds, taken.mib);
    return taken;
}

}  // namespace

int main() {
    const auto ready = crypto::SodiumReady::init();
    if (!ready) return 2;
    Programme programme(*ready);
    const auto junk = [&] { return programme.junk(1'000'000); };
    const auto real = [&] { return programme.record(); };
    const auto one = row(programme, "large records, 1 MiB", 1, [&] { return programme.junk(500'000); });
    row(programme, "large records, 16 MiB", 15, junk);
    row(programme, "large records, 64 MiB", 60, junk);
    const auto large = row(programme, "large records, 256 MiB", 250, junk);
    const auto some = row(programme, "records of 16 KiB, 64 MiB", 3'700, real);
    const auto most = row(programme, "records of 16 KiB, 256 MiB", 14'800, real);
    const double size_ratio = large.mib / one.mib;
    const double record_ratio = most.mib / one.mib;
    const double time_ratio = most.seconds / some.seconds;
    std::printf("memory, 256 MiB to 1 MiB: %.2f (at most 1.5), with 14,800 records %.2f (at most 2.5)\n", size_ratio,
                record_ratio);
    std::printf("time, 14,800 to 3,700 records: %.2f (at most 6; 4 is linear, 16 quadratic)\n", time_ratio);
    return size_ratio <= 1.5 && record_ratio <= 2.5 && time_ratio <= 6 ? 0 : 1;
}
