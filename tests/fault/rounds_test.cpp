// P6: the whole round of two kiosks and a coordinator, each of whom is killed again and again: at a file operation, or
// at any moment. Screenings are sealed, sent, imported, confirmed, held and erased. Nothing is lost, nothing is there
// twice, and in the end both sides count the same.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <random>
#include <set>

#include "app/deployment/casebook_check.hpp"
#include "app/deployment/demo_kiosk.hpp"
#include "app/deployment/identities.hpp"
#include "app/device/receipts.hpp"
#include "crypto/random.hpp"
#include "tests/fault/desk.hpp"
#include "tests/fault/run.hpp"
#include "tests/support/slow_clock.hpp"

using namespace fault;

namespace {

using desk::must;
using test::ready;
namespace fs = test::fs;
namespace store = app::store;
namespace deployment = app::deployment;
namespace exchange = app::exchange;

constexpr std::size_t kiosks = 2;
constexpr int kills_of_world = 400;  // then it begins anew: what lies there would grow for ever

enum class Act : std::uint8_t { Seal, Send, Import, Take, Erase };
constexpr std::size_t acts = 5;

/// A programme with two kiosks, and a stick for each.
class World {
  public:
    World() {
        make_second();
        const auto root = at_.path().string();
        REQUIRE(
            at_.run_amparo("casebook backup '" + root + "' -o '" + (at_.path() / "backup.age").string() + "'").code ==
            0);  // receipts wait for one
        for (std::size_t i = 0; i < kiosks; ++i) fs::create_directory(stick(i));
    }
    [[nodiscard]] fs::path stick(std::size_t kiosk) const { return at_.path() / ("stick-" + std::to_string(kiosk)); }
    [[nodiscard]] app::kiosk::Device open(std::size_t kiosk) const {
        const auto root = kiosk == 0 ? at_.path() : second();
        auto device = app::kiosk::Device::unlock(
            ready(), {root / "kiosk", root / "usb" / std::string(app::device::key_file_name), root / "outbox"},
            std::nullopt, test::today());
        REQUIRE(device);
        return std::move(*device);
    }
    [[nodiscard]] fs::path book() const { return at_.path() / "casebook" / "cases.db"; }
    [[nodiscard]] std::vector<crypto::open::Identity> readers() const { return at_.coordinator(); }
    [[nodiscard]] std::vector<std::string> import_words() const {
        std::vector<std::string> words{AMPARO_BIN_DIR "/amparo", "import", "--casebook", book().string()};
        for (std::size_t i = 0; i < kiosks; ++i)
            for (const auto& entry : fs::directory_iterator(stick(i)))
                if (entry.path().filename().string().starts_with("b-")) words.push_back(entry.path().string());
        return words;
    }
    void empty(std::size_t kiosk) const {
        for (const auto& entry : fs::directory_iterator(stick(kiosk))) fs::remove(entry.path());
    }
    [[nodiscard]] std::string deployment_id() const {
        return exchange::deployment_id(ready(), test::programme_key(at_).public_key());
    }

  private:
    [[nodiscard]] fs::path second() const { return at_.path() / "second"; }
    [[nodiscard]] std::vector<crypto::open::Identity> identity(const char* name) const {
        const auto file = at_.path() / "keys" / name;
        return must(deployment::parse_identities(ready(), crypto::as_bytes(test::read(file)), nullptr, file));
    }
    void make_second() const {
        fs::create_directory(second());
        fs::permissions(second(), fs::perms::owner_all);
        const auto keys_folder = at_.path() / "keys";
        auto receipt =
            must(crypto::ReceiptSecretKey::parse(ready(), crypto::as_bytes(test::read(keys_folder / "receipt.key"))));
        auto coordinator = identity(deployment::coordinator_file);
        auto recovery = identity(deployment::recovery_file);
        const deployment::Keys keys{test::programme_key(at_), std::move(receipt), std::move(coordinator.front()),
                                    std::move(recovery.front())};
        const auto bundle = test::read(at_.path() / "bundle-1.amparo");
        const auto bytes = crypto::as_bytes(bundle);
        REQUIRE(deployment::make_demo_kiosk(ready(), second(), keys, {bytes.begin(), bytes.end()}, test::today(),
                                            test::slow_clock()));
    }
    test::Deployment at_;
};

const auto never_stops = [](std::uint64_t, std::uint64_t) { return true; };

/// What is under way: what it does, on which kiosk, and of which screening.
struct Step {
    Act act;
    std::size_t kiosk = 0;
    std::string record = {};
    store::Now now = {};
};

bool carry_out(const World& world, const Step& step, const std::function<void()>& begin) {
    auto device = world.open(step.kiosk);
    switch (step.act) {
        case Act::Seal: {
            if (*device.store->records().last_revision(step.record) == 1) return true;  // it was done before it died
            const auto code =
                "radio-hotel-canal-" + std::to_string(100 + std::stoul(step.record.substr(0, 6), nullptr, 16) % 900);
            const auto said = desk::screening(
                {world.deployment_id(), device.enrolment.device, step.record, code, std::string(64, 'a')});
            const app::session::SealRecord order{step.record, 1, test::secret(said)};
            begin();
            return app::kiosk::seal(ready(), device, order).has_value();
        }
        case Act::Send: {
            app::session::Place stick;
            stick.path = world.stick(step.kiosk).string();
            begin();
            const auto sent = app::kiosk::send(ready(), device, {stick, false}, never_stops);
            return sent || sent.error() == app::session::SendError::Nothing;
        }
        case Act::Take:
            begin();
            return app::device::take_receipts(ready(), device, {world.stick(step.kiosk)}, step.now).has_value();
        case Act::Erase:
            begin();
            app::device::erase_confirmed(ready(), device, step.now);
            return true;
        case Act::Import:
            break;
    }
    return false;
}

/// Rounds, with a kill in every step.
class Rounds {
  public:
    explicit Rounds(unsigned seed) : random_(seed) {
        static_cast<void>(shared_log());
    }  // before any child writes to it

    void until(int kills) {
        while (this->kills() < kills) {
            const auto last = std::min(kills, this->kills() + kills_of_world);
            const World world;
            forget();
            while (this->kills() < last) round(world);
        }
    }
    [[nodiscard]] int kills() const { return at_operation_ + at_moment_; }
    void say() const {
        std::printf(
            "P6 kills during whole rounds of two kiosks: %d (%d at a file operation, %d at a moment) in %d rounds with "
            "%d screenings, each sealed, imported, confirmed and erased once, nothing lost\n",
            kills(), at_operation_, at_moment_, rounds_, screenings_);
        std::fflush(stdout);
    }

  private:
    void forget() {
        sealed_ = {};
        now_ = {test::today(), std::chrono::hours(1), 1};
    }

    void round(const World& world) {
        ++rounds_;
        for (std::size_t kiosk = 0; kiosk < kiosks; ++kiosk) {
            for (int i = 0; i < 2; ++i) {  // so that an import opens them with several threads
                done(world, {Act::Seal, kiosk, crypto::random_hex(ready(), 16)});
                ++sealed_[kiosk];
                ++screenings_;
            }
            done(world, {Act::Send, kiosk});
        }
        done(world, {Act::Import});
        has_all(world);
        for (std::size_t kiosk = 0; kiosk < kiosks; ++kiosk) {
            done(world, {Act::Take, kiosk, {}, now_});
            now_.wall += std::chrono::days(9);
            now_.running += std::chrono::days(9);
            done(world, {Act::Erase, kiosk, {}, now_});
            const auto counts = *world.open(kiosk).store->records().counts();
            CHECK(counts.waiting == 0);
            CHECK(counts.batched == 0);
            CHECK(counts.erased == sealed_[kiosk]);      // as many as the coordinators have of it
            if (random_() % 4 != 0) world.empty(kiosk);  // else the same batches come once more
        }
    }

    /// It is killed, and done again by somebody whom nobody kills.
    void done(const World& world, const Step& step) {
        INFO("round " << rounds_ << ", kill " << kills() << ", step " << static_cast<int>(step.act) << " of kiosk "
                      << step.kiosk);
        const bool by_operation = random_() % 3 != 0;
        if (run(world, step, by_operation)) ++(by_operation ? at_operation_ : at_moment_);
        looked_at(world, step);
        if (step.act != Act::Import) {
            REQUIRE(carry_out(world, step, [] {}));
            return;
        }
        auto& last = length_[static_cast<std::size_t>(step.act)];
        const auto begun = std::chrono::steady_clock::now();
        REQUIRE(exit_of(spawn(world, step, UINT64_MAX, Fault::Io)) == 0);
        last = {shared_log().count, std::chrono::steady_clock::now() - begun};
    }

    /// What holds before it is done again.
    void looked_at(const World& world, const Step& step) const {
        if (step.act == Act::Import) {
            auto open = must(deployment::open_casebook(ready(), world.book(), world.readers()));
            CHECK(must(deployment::check_casebook(ready(), world.book(), open, {})).whole());
            return;
        }
        auto device = world.open(step.kiosk);
        const auto counts = *device.store->records().counts();
        const auto all = counts.waiting + counts.batched + counts.receipted + counts.erased;
        CHECK(all >= sealed_[step.kiosk]);
        CHECK(all <= sealed_[step.kiosk] + (step.act == Act::Seal ? 1U : 0U));
        for (const auto& row : device.store->records().kept_rows()->rows)
            CHECK_FALSE(device.store->records().read(row.id)->empty());
    }

    void has_all(const World& world) const {
        auto open = must(deployment::open_casebook(ready(), world.book(), world.readers()));
        std::size_t wanted = 0;
        for (const auto one : sealed_) wanted += one;
        CHECK(must(deployment::check_casebook(ready(), world.book(), open, {})).originals == wanted);
        CHECK(must(open.book.cases({.most = 1, .counted = true})).total == wanted);
    }

    struct Length {
        std::uint64_t operations = 40;
        std::chrono::steady_clock::duration time = std::chrono::milliseconds(40);
    };

    /// Whether it was killed.
    bool run(const World& world, const Step& step, bool by_operation) {
        auto& last = length_[static_cast<std::size_t>(step.act)];
        const auto at = random_() % (last.operations + 1);
        constexpr std::array ways{Fault::KillBefore, Fault::KillAfter, Fault::KillWithin};
        const auto begun = std::chrono::steady_clock::now();
        const auto child = by_operation ? spawn(world, step, at, ways[random_() % ways.size()])
                                        : spawn(world, step, UINT64_MAX, Fault::Io);
        if (!by_operation) {
            const auto most = std::chrono::duration_cast<std::chrono::microseconds>(last.time).count();
            usleep(static_cast<useconds_t>(random_() % static_cast<unsigned long>(most + 1)));
            kill(child, SIGKILL);
        }
        const auto code = exit_of(child);
        if (code == killed) return true;
        CHECK(code == 0);
        last = {shared_log().count, std::chrono::steady_clock::now() - begun};
        return false;
    }

    static constexpr int killed = -1;
    static int exit_of(pid_t child) {
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        if (!WIFSIGNALED(status)) return WEXITSTATUS(status);
        return WTERMSIG(status) == SIGKILL ? killed : 128 + WTERMSIG(status);
    }
    static pid_t spawn(const World& world, const Step& step, std::uint64_t at, Fault fault) {
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child > 0) return child;
        if (step.act == Act::Import) become(world.import_words(), at, fault);
        try {
            _exit(carry_out(world, step, [&] { arm(at, fault, shared_log(), {}); }) ? 0 : 1);
        } catch (...) {
            _exit(99);
        }
    }

    std::mt19937 random_;
    std::array<std::size_t, kiosks> sealed_{};
    std::array<Length, acts> length_{};
    store::Now now_{};
    int at_operation_ = 0;
    int at_moment_ = 0;
    int rounds_ = 0;
    int screenings_ = 0;
};

}  // namespace

TEST_CASE("Kiosks and coordinator are killed in every step of some rounds, and nothing is lost or there twice",
          "[long]") {
    Rounds rounds(20261130);
    rounds.until(50);
    rounds.say();
}

// So many as AMPARO_KILLS says, with a seed of its own for each of those that run beside each other (AMPARO_SEED).
TEST_CASE("Kiosks and coordinator are killed ten thousand times in whole rounds, and nothing is lost or there twice",
          "[.rounds]") {
    const auto said = [](const char* name, int otherwise) {
        const char* const text = std::getenv(name);
        return text == nullptr ? otherwise : std::atoi(text);
    };
    Rounds rounds(static_cast<unsigned>(said("AMPARO_SEED", 1)));
    rounds.until(said("AMPARO_KILLS", 10'000));
    rounds.say();
}
