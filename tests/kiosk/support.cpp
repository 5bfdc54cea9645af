#include "tests/kiosk/support.hpp"

#include <fcntl.h>
#include <grp.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <map>

#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/certificate_file.hpp"
#include "app/exchange/manifest.hpp"
#include "app/exchange/ustar.hpp"
#include "app/hardening/process.hpp"
#include "app/store/schema.hpp"
#include "app/store/summary.hpp"
#include "crypto/hash.hpp"
#include "crypto/minisign.hpp"
#include "crypto/open/open.hpp"
#include "crypto/random.hpp"
#include "tests/support/damage.hpp"
#include "tests/support/demo_programme.hpp"

namespace test {
namespace {

/// Made once; every test works on a copy.
class Original {
  public:
    Original() { make_demo_programme(ready(), path(), "Test"); }
    Original(const Original&) = delete;
    Original& operator=(const Original&) = delete;
    [[nodiscard]] fs::path path() const { return folder_.path() / "demo"; }

  private:
    Folder folder_;
};

}  // namespace

crypto::SodiumReady ready() {
    static const auto token = crypto::SodiumReady::init();
    REQUIRE(token);
    return *token;
}

crypto::SecretBytes secret(std::string_view text) {
    auto bytes = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes(text));
    REQUIRE(bytes);
    return std::move(*bytes);
}

std::string read(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    if (!in) return {};
    std::string content(fs::file_size(file), '\0');
    in.read(content.data(), static_cast<std::streamsize>(content.size()));
    return content;
}

void write(const fs::path& file, std::string_view content) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
    REQUIRE(out.flush());
}

std::chrono::sys_days today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

Deployment::Deployment() {
    static const Original original;
    fs::copy(original.path(), path(), fs::copy_options::recursive);
    // So that the kiosk can also be played by another user, to whom its state is given.
    fs::permissions(path(),
                    fs::perms::group_read | fs::perms::group_exec | fs::perms::others_read | fs::perms::others_exec,
                    fs::perm_options::add);
}

session::SlotWords Deployment::words(std::size_t slot) const {
    return {slot, secret(read(path() / "device-words-2.txt"))};
}

kiosk::Device Deployment::open() const {
    auto device = kiosk::Device::unlock(ready(), places(), std::nullopt, today());
    if (!device) FAIL(session::catalogue_key(device.error()));
    return std::move(*device);
}

session::DeviceError Deployment::error() const {
    const auto device = kiosk::Device::unlock(ready(), places(), std::nullopt, today());
    if (device) REQUIRE_FALSE(device->bundle);
    return device ? device->no_bundle : device.error();
}

std::vector<std::string> Deployment::batches() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(outbox())) names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

session::Export Deployment::to_outbox(bool again) const {
    session::Place place;
    place.path = outbox().string();
    return {place, again};
}

Ran Deployment::run(const std::string& line) const {
    const auto out = path() / "said.out";
    const auto err = path() / "said.err";
    const auto command = "env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL= LC_MESSAGES= LANG=C.UTF-8 " + line + " > '" +
                         out.string() + "' 2> '" + err.string() + "' < /dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out), read(err)};
}

namespace {

std::string with_places(const std::string& program, const kiosk::Places& known, const std::string& words) {
    return program + " --state '" + known.state.string() + "' --device-key '" + known.device_key.string() +
           "' --outbox '" + known.outbox.string() + "' " + words;
}

}  // namespace

Ran Deployment::run_kiosk(const std::string& words) const {
    return run(with_places("'" AMPARO_BIN_DIR "/amparo-kiosk'", places(), words));
}

Ran Deployment::drive_kiosk(const std::string& words) const {
    return run(with_places("'" AMPARO_BIN_DIR "/amparo-driver' kiosk", places(), words));
}

Ran Deployment::drive_kiosk_as_ordinary_user(const std::vector<std::string>& words,
                                             std::optional<std::uint64_t> lockable) const {
    const auto known = places();
    std::vector<std::string> line{"amparo-driver", "kiosk",
                                  "--state",       known.state.string(),
                                  "--device-key",  known.device_key.string(),
                                  "--outbox",      known.outbox.string()};
    line.insert(line.end(), words.begin(), words.end());
    std::vector<char*> arguments;
    for (auto& word : line) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    std::string home = "HOME=/nonexistent";
    std::string language = "LANG=C.UTF-8";
    char* environment[] = {home.data(), language.data(), nullptr};

    // Opened before the change of user: the build may lie where others cannot look.
    const int program = ::open(AMPARO_BIN_DIR "/amparo-driver", O_RDONLY | O_CLOEXEC);
    const auto out = path() / "said.out";
    const auto err = path() / "said.err";
    const int said_out = ::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const int said_err = ::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    REQUIRE((program >= 0 && said_out >= 0 && said_err >= 0));
    constexpr int not_started = 127;
    const pid_t child = fork();
    if (child == 0) {
        constexpr unsigned nobody = 65534;
        const auto bytes = lockable.value_or(app::hardening::lockable_memory);
        const rlimit most{bytes, bytes};
        if ((lockable || geteuid() == 0) && setrlimit(RLIMIT_MEMLOCK, &most) != 0) _exit(not_started);
        const bool ordinary =
            geteuid() != 0 || (setgroups(0, nullptr) == 0 && setgid(nobody) == 0 && setuid(nobody) == 0);
        if (ordinary && dup2(said_out, 1) == 1 && dup2(said_err, 2) == 2)
            fexecve(program, arguments.data(), environment);
        _exit(not_started);
    }
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    for (const int descriptor : {program, said_out, said_err}) close(descriptor);
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    REQUIRE(code != not_started);
    return {code, read(out), read(err)};
}

std::unique_ptr<store::Store> Deployment::start_anew(const store::StateFolder& folder) const {
    const auto slots = folder.read_slots();
    REQUIRE(slots);
    const auto text = read(places().device_key);
    const auto file = crypto::KeyFile::parse(ready(), crypto::as_bytes(text));
    REQUIRE(file);
    const auto key = slots->unlock_key_file(ready(), *file);
    REQUIRE(key);
    fs::remove(folder.database());
    auto made = store::create_store(ready(), folder, *key);
    REQUIRE(made);
    return std::move(*made);
}

void Deployment::damage_a_row() const {
    support::damage_a_row(state() / store::database_file, [&] {
        const auto device = kiosk::Device::unlock(ready(), places(), std::nullopt, today());
        return device || device.error() != session::DeviceError::StoreDamaged;
    });
}

void Deployment::run_sql(std::string_view sql) const {
    auto device = open();
    device.store.reset();
    auto database = app::database::Database::open(ready(), state() / store::database_file, device.key,
                                                  store::schema::migrations, store::schema::expected);
    REQUIRE(database);
    auto summary = store::detail::Summary::make(ready(), device.key);
    REQUIRE(summary);
    auto transaction = app::database::Transaction::begin(*database);
    REQUIRE(transaction);
    REQUIRE(database->run(sql));
    REQUIRE(summary->rebuild(*database));
    REQUIRE(transaction->commit());
}

fs::path Deployment::stick() const {
    const auto bundle = open().store->bundle().installed();
    REQUIRE(bundle);
    auto folder = path() / "stick";
    fs::create_directory(folder);
    write(folder / app::exchange::bundle_file_name(bundle->sequence), crypto::as_text(bundle->bytes));
    return folder;
}

crypto::DeploymentSecretKey Deployment::programme_key() const {
    auto key = crypto::DeploymentSecretKey::parse(ready(), crypto::as_bytes(read(path() / "keys" / "deployment.key")));
    REQUIRE(key);
    return std::move(*key);
}

std::string Deployment::certificate_file(std::uint64_t epoch, std::chrono::sys_days until) const {
    auto device = open();
    auto certificate = app::exchange::verify_certificate(ready(), device.certificate, programme_key().public_key());
    REQUIRE(certificate);
    certificate->epoch = epoch;
    certificate->not_after = until;
    const auto both = app::exchange::sign_certificate(ready(), *certificate, programme_key());
    REQUIRE(both);
    const auto file = app::exchange::certificate_file(*both);
    REQUIRE(file);
    return std::string(crypto::as_text(*file));
}

void Deployment::install_bundle_with(const std::string& member, std::string_view content) const {
    const auto bundle = bundle_with(member, content);
    auto device = open();
    const auto sequence = device.store->bundle().sequence();
    REQUIRE(sequence);
    REQUIRE(device.store->bundle().install(*sequence + 1, crypto::as_bytes(bundle)));
}

std::string Deployment::bundle_with(const std::string& member, std::string_view content, std::uint64_t above) const {
    auto device = open();
    const auto installed = device.store->bundle().installed();
    REQUIRE(installed);
    const auto members = app::exchange::read_ustar(installed->bytes, {1'000, 1U << 24, 1U << 26});
    REQUIRE(members);
    auto version = device.bundle->version;
    version.sequence = installed->sequence + above;
    std::map<std::string, std::string> files;
    for (const auto& [name, bytes] : *members) {
        if (name.starts_with("MANIFEST")) continue;
        files.emplace(name,
                      name == "VERSION" ? app::exchange::version_text(version) : std::string(crypto::as_text(bytes)));
    }
    if (!member.empty()) files[member] = content;
    if (content.empty()) files.erase(member);
    std::vector<app::exchange::ManifestLine> lines;
    for (const auto& [name, text] : files) lines.push_back({crypto::sha256(ready(), crypto::as_bytes(text)), name});
    const auto manifest = app::exchange::manifest_text(app::exchange::bundle_title, std::move(lines));
    const auto signature =
        crypto::sign(ready(), crypto::as_bytes(manifest), programme_key(), app::exchange::bundle_comment(version));
    REQUIRE(signature);
    app::exchange::UstarWriter archive;
    REQUIRE(archive.add("MANIFEST", crypto::as_bytes(manifest)));
    REQUIRE(archive.add("MANIFEST.minisig", crypto::as_bytes(*signature)));
    for (const auto& [name, text] : files) REQUIRE(archive.add(name, crypto::as_bytes(text)));
    return std::string(crypto::as_text(std::move(archive).finish()));
}

Ran Deployment::run_amparo(const std::string& words) const {
    return run("'" AMPARO_BIN_DIR "/amparo' " + words);
}

std::vector<crypto::open::Identity> Deployment::coordinator() const {
    std::vector<crypto::open::Identity> found;
    const auto text = read(path() / "keys" / "coordinator.identity");
    const auto at = text.find("AGE-SECRET-KEY-1");
    REQUIRE(at != std::string::npos);
    auto identity = crypto::open::Identity::parse(ready(), crypto::as_bytes(std::string_view(text).substr(at, 74)));
    REQUIRE(identity);
    found.push_back(std::move(*identity));
    return found;
}

std::string opened(const Deployment& deployment, crypto::ByteView sealed) {
    const auto identities = deployment.coordinator();
    const auto plain = crypto::open::open(ready(), sealed, std::span(identities));
    REQUIRE(plain);
    std::string text(crypto::as_text(plain->view()));
    return text.substr(0, text.find_last_not_of(' ') + 1);
}

std::size_t stanzas(std::string_view sealed) {
    const auto header = sealed.substr(0, sealed.find("\n---"));
    std::size_t count = 0;
    for (std::size_t at = header.find("\n-> "); at != std::string_view::npos; at = header.find("\n-> ", at + 1))
        ++count;
    return count;
}

std::vector<store::RowInfo> waiting(kiosk::Device& device) {
    const auto plan = device.store->outbox().plan({});
    REQUIRE(plan);
    return plan->rows;
}

session::SealRecord order(char record, std::uint32_t revision, std::string_view json) {
    return {std::string(32, record), revision, secret(json)};
}

crypto::DeploymentPublicKey Deployment::pinned() const {
    const auto key = crypto::DeploymentPublicKey::parse(open().enrolment.deployment_key);
    REQUIRE(key);
    return *key;
}

}  // namespace test
