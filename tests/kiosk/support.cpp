#include "tests/kiosk/support.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "crypto/open/open.hpp"
#include "crypto/random.hpp"

namespace test {
namespace {

fs::path new_folder() {
    auto path = fs::temp_directory_path() / ("amparo-kiosk-" + crypto::random_hex(ready(), 8));
    fs::create_directory(path);
    return path;
}

/// Made once; every test works on a copy.
class Original {
  public:
    Original() : path_(new_folder()) {
        const auto line = "'" AMPARO_BIN_DIR "/amparo' deployment new '" + (path_ / "demo").string() +
                          "' --name Test --demo > /dev/null 2>&1";
        REQUIRE(std::system(line.c_str()) == 0);
    }
    Original(const Original&) = delete;
    Original& operator=(const Original&) = delete;
    ~Original() {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    [[nodiscard]] fs::path path() const { return path_ / "demo"; }

  private:
    fs::path path_;
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
    return {std::istreambuf_iterator<char>(in), {}};
}

void write(const fs::path& file, std::string_view content) {
    std::ofstream out(file, std::ios::binary | std::ios::trunc);
    out << content;
    REQUIRE(out.flush());
}

std::chrono::sys_days today() {
    return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
}

Deployment::Deployment() : path_(new_folder()) {
    static const Original original;
    fs::copy(original.path(), path_, fs::copy_options::recursive);
}

Deployment::~Deployment() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
}

kiosk::Device Deployment::open() const {
    auto device = kiosk::Device::unlock(ready(), places(), today());
    if (!device) FAIL(session::catalogue_key(device.error()));
    return std::move(*device);
}

session::Trouble Deployment::trouble() const {
    const auto device = kiosk::Device::unlock(ready(), places(), today());
    REQUIRE_FALSE(device);
    return device.error();
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
    const auto out = path_ / "said.out";
    const auto err = path_ / "said.err";
    const auto command = "env -u DISPLAY -u WAYLAND_DISPLAY LC_ALL= LC_MESSAGES= LANG=C.UTF-8 " + line + " > '" +
                         out.string() + "' 2> '" + err.string() + "' < /dev/null";
    const int status = std::system(command.c_str());
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, read(out), read(err)};
}

Ran Deployment::run_kiosk(const std::string& words) const {
    const auto known = places();
    return run("'" AMPARO_BIN_DIR "/amparo-kiosk' --state '" + known.state.string() + "' --device-key '" +
               known.device_key.string() + "' --outbox '" + known.outbox.string() + "' " + words);
}

Ran Deployment::run_amparo(const std::string& words) const {
    return run("'" AMPARO_BIN_DIR "/amparo' " + words);
}

std::vector<crypto::open::Identity> Deployment::coordinator() const {
    std::vector<crypto::open::Identity> found;
    const auto text = read(path_ / "keys" / "coordinator.identity");
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

std::vector<store::RowInfo> waiting(kiosk::Device& device) {
    const auto plan = device.store->plan_batch({});
    REQUIRE(plan);
    return plan->rows;
}

session::SealRecord order(char record, std::uint32_t revision, std::string_view json) {
    return {std::string(32, record), revision, secret(json)};
}

}  // namespace test
