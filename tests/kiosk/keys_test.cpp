// New words for the device on a real store: who may make them, what opens afterwards, and what a full disk, a pulled
// stick or a cut of power in between leaves behind.
#include "app/kiosk/keys.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <functional>

#include "app/kiosk/effect_runner.hpp"
#include "app/session/update.hpp"
#include "crypto/open/open.hpp"
#include "crypto/words.hpp"
#include "tests/kiosk/support.hpp"

using namespace test;
using session::DeviceError;
using session::KeyUse;

namespace {

session::SlotWords copy(std::size_t slot, const crypto::SecretBytes& words) {
    return {slot, secret(crypto::as_text(words.view()))};
}

std::optional<DeviceError> refused(const Deployment& deployment, std::optional<session::SlotWords> words) {
    auto device = kiosk::Device::unlock(ready(), deployment.places(), words, today());
    if (device) return std::nullopt;
    return device.error();
}

/// Opens by these words or, without any, by the key file; the one sealed record is there.
void opens(const Deployment& deployment, std::optional<session::SlotWords> words) {
    auto device = kiosk::Device::unlock(ready(), deployment.places(), words, today());
    REQUIRE(device);
    CHECK(waiting(*device).size() == 1);
}

kiosk::Device with_record(const Deployment& deployment) {
    auto device = deployment.open();
    REQUIRE(kiosk::seal(ready(), device, order('a', 1, "{}")));
    return device;
}

session::FreshWords made(const Deployment& deployment, kiosk::Device& device, KeyUse use, bool by_words) {
    session::ProveKey proof{std::nullopt, use};
    if (by_words) proof.words = deployment.words();
    auto words = kiosk::prove(ready(), device, deployment.places(), proof);
    REQUIRE(words);
    CHECK(crypto::canonical_passphrase(ready(), words->fresh.words.view()));
    return std::move(words->fresh);
}

DeviceError no_proof(const Deployment& deployment, kiosk::Device& device, std::optional<session::SlotWords> words) {
    const auto proof = kiosk::prove(ready(), device, deployment.places(), {std::move(words), KeyUse::Add});
    REQUIRE_FALSE(proof);
    return proof.error();
}

/// From now on this process may not write files longer than `bytes`.
bool leave_room(rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    return setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/// In a process of its own.
int apart(const std::function<int()>& work) {
    const pid_t child = fork();
    if (child == 0) _exit(work());
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/// The session and the worker thread together, as the program runs them.
class Kiosk {
  public:
    explicit Kiosk(const Deployment& deployment) : runner_(ready(), deployment.places(), [] {}), state(ready()) {
        carry_out(session::begin(state, now_));
        settle();
    }
    void send(session::Event event) {
        carry_out(session::update(state, std::move(event), now_, texts_));
        settle();
    }
    void digits(std::string_view typed) {
        for (const char digit : typed) send(session::PinDigit{static_cast<std::uint8_t>(digit - '0')});
        send(session::PinSubmit{});
    }
    void words(std::string_view typed) {
        while (!typed.empty()) {
            const auto word = typed.substr(0, typed.find('-'));
            typed.remove_prefix(std::min(typed.size(), word.size() + 1));
            send(session::TypeLetters{secret(word)});
            send(session::TakeWord{0});
        }
    }
    template <class S>
    [[nodiscard]] const S& at() const {
        REQUIRE(std::holds_alternative<S>(state.screen));
        return std::get<S>(state.screen);
    }

  private:
    void carry_out(session::Effects effects) {
        for (auto& effect : effects) runner_.run(std::move(effect));
    }
    void settle() {
        while (runner_.wait_for_event())
            for (auto& event : runner_.take()) carry_out(session::update(state, std::move(event), now_, texts_));
    }
    session::Now now_{std::chrono::sys_seconds(today()), std::chrono::hours(1), {}, {}};
    locales::Translator texts_ = locales::Translator::built_in();
    kiosk::EffectRunner runner_;

  public:
    session::State state;
};

}  // namespace

TEST_CASE("New words are made only for whoever shows a key that opens this very device") {
    const Deployment deployment;
    auto device = deployment.open();
    CHECK(no_proof(deployment, device, deployment.words(0)) == DeviceError::WrongWords);
    CHECK(no_proof(deployment, device,
                   session::SlotWords{1, secret("radio-radio-radio-radio-radio-radio-radio-radio")}) ==
          DeviceError::WrongWords);
    const auto key = read(deployment.places().device_key);
    write(deployment.places().device_key, "not a key file\n");
    CHECK(no_proof(deployment, device, std::nullopt) == DeviceError::WrongKey);
    fs::remove(deployment.places().device_key);
    CHECK(no_proof(deployment, device, std::nullopt) == DeviceError::NeedKey);
    write(deployment.places().device_key, key);
    CHECK(made(deployment, device, KeyUse::Add, false).slot == 2);
    CHECK(made(deployment, device, KeyUse::Add, true).slot == 2);
    CHECK(made(deployment, device, KeyUse::Change, true).slot == 1);
    CHECK(made(deployment, device, KeyUse::Change, false).slot == 1);
}

TEST_CASE("One more person's words open beside all others, until every slot is taken") {
    const Deployment deployment;
    std::optional<session::SlotWords> last;
    {
        auto device = with_record(deployment);
        for (std::size_t slot = 2; slot < crypto::slot_count; ++slot) {
            auto fresh = made(deployment, device, KeyUse::Add, false);
            last = copy(fresh.slot, fresh.words);
            const auto saved = kiosk::save_words(ready(), device, deployment.places(), {std::move(fresh)});
            REQUIRE(saved);
            CHECK(saved->slots.size() == slot + 1);
        }
        CHECK(no_proof(deployment, device, std::nullopt) == DeviceError::NoSlot);
        CHECK(device.setup(today())->keys.size() == crypto::slot_count);
    }
    opens(deployment, std::move(last));
    opens(deployment, deployment.words());
    opens(deployment, std::nullopt);
}

TEST_CASE("Changed words are the only key that opens: not the old ones, not the key file, not the old slots put back") {
    const Deployment deployment;
    const auto old_slots = read(deployment.state() / store::slots_file);
    std::optional<crypto::SecretBytes> words;
    {
        auto device = with_record(deployment);
        auto fresh = made(deployment, device, KeyUse::Change, true);
        words.emplace(secret(crypto::as_text(fresh.words.view())));
        const auto saved = kiosk::save_words(ready(), device, deployment.places(), {std::move(fresh)});
        REQUIRE(saved);
        CHECK(saved->slots == std::vector<std::size_t>{1});
        CHECK_FALSE(saved->by_key_file);
        // The device goes on working with the new key.
        REQUIRE(kiosk::seal(ready(), device, order('a', 2, "{}")));
    }
    CHECK(refused(deployment, deployment.words()) == DeviceError::WrongWords);
    CHECK(refused(deployment, std::nullopt) == DeviceError::WrongKey);
    opens(deployment, copy(1, *words));
    write(deployment.state() / store::slots_file, old_slots);
    write(deployment.state() / store::slots_copy_file, old_slots);
    CHECK(refused(deployment, deployment.words()) == DeviceError::StoreDamaged);
}

TEST_CASE("With the key file in hand it stays, and the words of the other slot become new") {
    const Deployment deployment;
    std::optional<session::SlotWords> words;
    {
        auto device = with_record(deployment);
        auto fresh = made(deployment, device, KeyUse::Change, false);
        words = copy(fresh.slot, fresh.words);
        const auto saved = kiosk::save_words(ready(), device, deployment.places(), {std::move(fresh)});
        REQUIRE(saved);
        CHECK(saved->slots == std::vector<std::size_t>{0, 1});
        CHECK(saved->by_key_file);
    }
    CHECK(refused(deployment, deployment.words()) == DeviceError::WrongWords);
    opens(deployment, std::move(words));
    opens(deployment, std::nullopt);
}

TEST_CASE("A stick that was pulled out before the change changes nothing") {
    const Deployment deployment;
    {
        auto device = with_record(deployment);
        auto fresh = made(deployment, device, KeyUse::Change, false);
        const auto aside = deployment.path() / "pulled";
        fs::rename(deployment.places().device_key, aside);
        const auto saved = kiosk::save_words(ready(), device, deployment.places(), {std::move(fresh)});
        REQUIRE_FALSE(saved);
        CHECK(saved.error() == DeviceError::NeedKey);
        REQUIRE(kiosk::seal(ready(), device, order('a', 2, "{}")));
        fs::rename(aside, deployment.places().device_key);
    }
    opens(deployment, deployment.words());
    opens(deployment, std::nullopt);
}

TEST_CASE("A disk that is full during the change leaves the old words in force, and the device working") {
    const Deployment deployment;
    (void)with_record(deployment);
    for (const bool by_words : {true, false}) {
        const int answer = apart([&] {
            auto device = deployment.open();
            auto fresh = made(deployment, device, KeyUse::Change, by_words);
            if (!leave_room(40'000)) return 100;
            const auto saved = kiosk::save_words(ready(), device, deployment.places(), {std::move(fresh)});
            if (saved) return 1;
            if (saved.error() != DeviceError::NoRoom) return 2;
            return device.store && waiting(device).size() == 1 ? 0 : 3;
        });
        CHECK(answer == 0);
        CHECK_FALSE(fs::exists(deployment.state() / store::next_database_file));
        opens(deployment, deployment.words());
        opens(deployment, std::nullopt);
    }
}

TEST_CASE("Adding somebody on a full disk changes nothing") {
    const Deployment deployment;
    (void)with_record(deployment);
    const auto slots = read(deployment.state() / store::slots_file);
    const int answer = apart([&] {
        auto device = deployment.open();
        auto fresh = made(deployment, device, KeyUse::Add, false);
        if (!leave_room(100)) return 100;
        const auto saved = kiosk::save_words(ready(), device, deployment.places(), {std::move(fresh)});
        if (saved) return 1;
        return saved.error() == DeviceError::NoRoom ? 0 : 2;
    });
    CHECK(answer == 0);
    CHECK(read(deployment.state() / store::slots_file) == slots);
    CHECK(read(deployment.state() / store::slots_copy_file) == slots);
    CHECK(deployment.open().setup(today())->keys == std::vector<std::size_t>{0, 1});
    opens(deployment, deployment.words());
}

TEST_CASE("Power cut between the files of a change leaves a device that one of the two opens, and nothing is lost") {
    const Deployment deployment;
    (void)with_record(deployment);
    const auto file = [&](std::string_view name) { return deployment.state() / name; };
    const std::vector names{store::slots_copy_file, store::database_file, store::slots_file};
    std::vector<std::string> old, fresh_files;
    for (const auto name : names) old.push_back(read(file(name)));
    std::optional<crypto::SecretBytes> words;
    {
        auto device = deployment.open();
        auto fresh = made(deployment, device, KeyUse::Change, true);
        words.emplace(secret(crypto::as_text(fresh.words.view())));
        REQUIRE(kiosk::save_words(ready(), device, deployment.places(), {std::move(fresh)}));
    }
    for (const auto name : names) fresh_files.push_back(read(file(name)));
    for (std::size_t written = 0; written <= names.size(); ++written) {
        INFO(written << " files written");
        for (std::size_t i = 0; i < names.size(); ++i) write(file(names[i]), i < written ? fresh_files[i] : old[i]);
        const bool changed = written >= 2;  // the databases have changed places
        if (changed)
            opens(deployment, copy(1, *words));
        else
            opens(deployment, deployment.words());
        CHECK(read(file(store::slots_file)) == (changed ? fresh_files[2] : old[2]));
        CHECK(read(file(store::slots_copy_file)) == read(file(store::slots_file)));
    }
}

TEST_CASE("After a change the coordinators' recovery file holds the new key") {
    const Deployment deployment;
    auto device = deployment.open();
    REQUIRE(kiosk::save_words(ready(), device, deployment.places(), {made(deployment, device, KeyUse::Change, true)}));
    const auto sealed = read(deployment.state() / store::recovery_file);
    const auto identities = deployment.coordinator();
    const auto text = crypto::open::open(ready(), crypto::as_bytes(sealed), std::span(identities));
    REQUIRE(text);
    const auto recovery = crypto::Recovery::parse(ready(), text->view());
    REQUIRE(recovery);
    REQUIRE(recovery->keys().size() == 1);
    CHECK(recovery->keys().front().equals(device.key.view()));
}

TEST_CASE(
    "The shift lead changes the words on the screen: shown once, typed again, and the next start takes only them") {
    const Deployment deployment;
    (void)with_record(deployment);
    fs::remove(deployment.places().device_key);
    const auto old_words = read(deployment.path() / "device-words-2.txt");
    std::optional<crypto::SecretBytes> words;
    {
        Kiosk kiosk(deployment);
        kiosk.send(session::ChooseSlot{1});
        kiosk.words(old_words);
        kiosk.send(session::SubmitWords{});
        (void)kiosk.at<session::Who>();
        kiosk.send(session::ChooseWorker{{3}});
        kiosk.digits("975310");
        kiosk.send(session::OpenSettings{});
        kiosk.send(session::OpenDeviceKeys{});
        CHECK(kiosk.state.setup->keys == std::vector<std::size_t>{0, 1});
        kiosk.send(session::ChangeWords{});
        kiosk.send(session::ChooseSlot{1});
        kiosk.words(old_words);
        kiosk.send(session::SubmitWords{});
        words.emplace(secret(crypto::as_text(kiosk.at<session::NewWords>().fresh.words.view())));
        kiosk.send(session::WroteWords{});
        kiosk.words(crypto::as_text(words->view()));
        kiosk.send(session::SubmitWords{});
        CHECK_FALSE(kiosk.at<session::KeysTold>().failed);
        CHECK(kiosk.state.setup->keys == std::vector<std::size_t>{1});
    }
    CHECK(refused(deployment, deployment.words()) == DeviceError::WrongWords);
    opens(deployment, copy(1, *words));
}
