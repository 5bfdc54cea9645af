// A real enrolled kiosk in a folder of its own, made by the same command a deployment is made with.
#pragma once

#include <catch2/catch_all.hpp>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "app/kiosk/tasks.hpp"
#include "crypto/open/identity.hpp"
#include "tests/support/folder.hpp"

namespace test {

/// Progress that nobody looks at.
inline constexpr auto no_report = [](std::uint64_t, std::uint64_t) { return true; };

namespace fs = std::filesystem;
namespace session = app::session;
namespace kiosk = app::kiosk;
namespace store = app::store;

crypto::SodiumReady ready();
crypto::SecretBytes secret(std::string_view text);
std::string read(const fs::path& file);
void write(const fs::path& file, std::string_view content);
/// Two days, so that certificates and bundles are looked at as on any day.
std::chrono::sys_days today();

struct Ran {
    int code = -1;
    std::string out;
    std::string err;
};

/// A demo deployment, removed with everything in it.
class Deployment {
  public:
    Deployment();
    Deployment(const Deployment&) = delete;
    Deployment& operator=(const Deployment&) = delete;

    [[nodiscard]] const fs::path& path() const { return folder_.path(); }
    [[nodiscard]] fs::path state() const { return path() / "kiosk"; }
    [[nodiscard]] fs::path outbox() const { return path() / "outbox"; }
    [[nodiscard]] kiosk::Places places() const {
        return {state(), path() / "usb" / std::string(app::device::key_file_name), outbox()};
    }
    /// The words of slot 2, as a keyholder types them.
    [[nodiscard]] session::SlotWords words(std::size_t slot = 1) const;
    [[nodiscard]] kiosk::Device open() const;
    /// Why it does not open, or why it has no bundle.
    [[nodiscard]] session::DeviceError error() const;
    /// The names of the batches in the outbox, sorted.
    [[nodiscard]] std::vector<std::string> batches() const;
    [[nodiscard]] session::Export to_outbox(bool again = false) const;

    /// Runs `amparo-kiosk` with this kiosk's state, key and outbox, and no display, then the words given.
    [[nodiscard]] Ran run_kiosk(const std::string& words) const;
    /// The same kiosk in `amparo-driver`, for journeys and measuring.
    [[nodiscard]] Ran drive_kiosk(const std::string& words) const;
    /// The same as a user who may not write where files do not allow it, also when the tests run as root, and who may
    /// lock no more than so many bytes.
    [[nodiscard]] Ran drive_kiosk_as_ordinary_user(const std::vector<std::string>& words,
                                                   std::optional<std::uint64_t> lockable = std::nullopt) const;
    /// An empty store beside the same slots: a device on which enrolment stopped half way.
    [[nodiscard]] std::unique_ptr<store::Store> start_anew(const store::StateFolder& folder) const;
    /// Damages the closed database where some row lies: it does not open any more.
    void damage_a_row() const;
    /// Changes rows of the closed database as a repair does that could not keep them: the summary holds afterwards.
    void run_sql(std::string_view sql) const;
    void lose_bundle() const { run_sql("DELETE FROM value WHERE name = 'bundle.bytes'"); }
    void lose_people() const { run_sql("DELETE FROM worker"); }
    /// A folder with this deployment's bundle in it.
    [[nodiscard]] fs::path stick() const;
    /// The next bundle (or `above` that many), rightly signed, with one member replaced, or none where it has no name;
    /// nothing is installed.
    [[nodiscard]] std::string bundle_with(const std::string& member, std::string_view content,
                                          std::uint64_t above = 1) const;
    /// A certificate of this device for its own key, as it comes on a stick.
    [[nodiscard]] std::string certificate_file(std::uint64_t epoch, std::chrono::sys_days until) const;
    [[nodiscard]] crypto::DeploymentSecretKey programme_key() const;
    /// Puts a bundle into the store that is rightly signed, with one member replaced.
    void install_bundle_with(const std::string& member, std::string_view content) const;
    [[nodiscard]] Ran run_amparo(const std::string& words) const;
    [[nodiscard]] std::vector<crypto::open::Identity> coordinator() const;
    /// The deployment's key, as the device knows it. The device must not be open.
    [[nodiscard]] crypto::DeploymentPublicKey pinned() const;

  private:
    [[nodiscard]] Ran run(const std::string& line) const;
    Folder folder_;
};

/// What the coordinator reads in a sealed row, without its padding.
std::string opened(const Deployment& deployment, crypto::ByteView sealed);
/// How many recipients an age file seems to have.
std::size_t stanzas(std::string_view sealed);
/// Every row that waits.
std::vector<store::RowInfo> waiting(kiosk::Device& device);
session::SealRecord order(char record, std::uint32_t revision, std::string_view json);

}  // namespace test
