// The program is killed in the middle of an interview: its worker goes on with it; nobody else does, and no file on the
// device could.
#include <keyutils.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstddef>
#include <nlohmann/json.hpp>

#include "app/device/keyring.hpp"
#include "tests/kiosk/held_kiosk.hpp"

using namespace test;
namespace keyring = app::device::keyring;

namespace {

const store::Worker first_worker{{1}, store::Role::Shelter};

std::string two_pages() {
    return sign_in_steps() +
           "tap home.new\ntap pick.en\ntap privacy.yes\ntap mode.assisted\ntap consent.next\ntap consent.next\ntap "
           "consent.yes\nwait question.said\n" +
           "type " + std::string(first_half) + "\ntype " + std::string(second_half) +
           "\ntap question.next\ntap choice.danger_now.near\ntap question.next\nsettle\n" + HeldKiosk::stop(0);
}

std::string skip_to_the_seal() {
    std::string steps;
    for (const auto* name :
         {"age_group", "with_whom", "offer", "debt", "documents", "held", "threats", "forced", "help"})
        steps += std::string("tap skip.") + name + "\n";
    return steps + "screen review\ntap review.finish\nwait longer.no\ntap longer.no\nwait person.done\n" +
           "tap person.done\nwait result.seal\ntap result.seal\nwait sealed.lock\n";
}

/// Two pages of an interview are sealed, then the program is killed.
void break_off(const Deployment& deployment) {
    ask_in_words(deployment);
    HeldKiosk kiosk(deployment, two_pages(), 1);
    kiosk.wait_for(0);
    kiosk.kill_after(std::chrono::milliseconds(0));
}

std::string key_name(const kiosk::Device& device) {
    return device.enrolment.device.substr(0, 16);
}

/// Whether this machine lets anybody keep keys; where it does not, there is nothing to go on with.
bool kept_here(const Deployment& deployment) {
    const auto device = deployment.open();
    return device.drafts.resuming() == session::Resuming::On;
}

/// From here on this process may not use keyrings, as in a container.
bool refuse_keyrings() {
    constexpr std::array<unsigned, 3> calls{__NR_add_key, __NR_keyctl, __NR_request_key};
    std::vector<sock_filter> filter{BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(seccomp_data, nr))};
    for (const auto call : calls) {
        filter.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, call, 0, 1));
        filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM));
    }
    filter.push_back(BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW));
    const sock_fprog program{static_cast<unsigned short>(filter.size()), filter.data()};
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

}  // namespace

TEST_CASE("Killed in the middle of an interview, the program lets its worker go on where it stopped", "[proof][long]") {
    const Deployment deployment;
    break_off(deployment);
    if (!kept_here(deployment)) SKIP("this system refuses kernel keyrings");
    HeldKiosk kiosk(
        deployment,
        sign_in_steps() + "expect home.continue\ntap home.continue\nscreen question.age_group\n" + skip_to_the_seal(),
        0);
    CHECK(kiosk.finish() == 0);
    auto device = deployment.open();
    const auto rows = waiting(device);
    REQUIRE(rows.size() == 1);
    const auto json = nlohmann::json::parse(opened(deployment, *device.store->records().read(rows[0].id)));
    CHECK(json["kind"] == "final");
    std::string words;
    std::string danger;
    for (const auto& answer : json["answers"]) {
        if (answer["name"] == "said") words = answer.value("value", "");
        if (answer["name"] == "danger_now") danger = answer.value("value", "");
    }
    CHECK(words == whole_saying);
    CHECK(danger == "near");
    CHECK_FALSE(*device.store->records().draft());
    CHECK_FALSE(keyring::read(ready(), key_name(device), 32));
}

TEST_CASE("What a killed program leaves on the device holds nothing that was said, and no file opens the draft",
          "[proof]") {
    const Deployment deployment;
    break_off(deployment);
    std::size_t files = 0;
    for (const auto& entry : fs::recursive_directory_iterator(deployment.path())) {
        if (!entry.is_regular_file()) continue;
        INFO(entry.path());
        CHECK_FALSE(holds(read(entry.path()), whole_saying));
        ++files;
    }
    CHECK(files > 10);
    if (!kept_here(deployment)) SKIP("this system refuses kernel keyrings");
    auto device = deployment.open();
    const auto draft = *device.store->records().draft();
    REQUIRE(draft);
    CHECK_FALSE(holds(crypto::as_text(draft->bytes), whole_saying));
    // The power went: the kernel forgot the key. What is on the medium says nothing any more, and is removed.
    keyring::forget(key_name(device));
    CHECK_FALSE(device.drafts.find_for(*device.store, first_worker));
    CHECK_FALSE(*device.store->records().draft());
    CHECK(waiting(device).size() == 1);  // the sealed pages are there
}

TEST_CASE("Only the same worker in the same role is offered what broke off, and until its time is over") {
    const Deployment deployment;
    auto device = deployment.open();
    if (device.drafts.resuming() != session::Resuming::On) SKIP("this system refuses kernel keyrings");
    const auto content = [&](std::uint32_t number, store::Role role) {
        // As write_draft() begins it: whose it is.
        crypto::Bytes bytes;
        crypto::append(bytes, std::string_view("amparo visit 1\n"));
        crypto::append_u32_le(bytes, number);
        bytes.push_back(static_cast<std::byte>(role));
        crypto::append_u64_le(bytes, device.bundle->version.sequence);
        bytes.push_back(std::byte{0});
        bytes.push_back(std::byte{1});
        return *crypto::SecretBytes::copy_of(ready(), bytes);
    };
    auto page = order('a', 1, "{}");
    page.draft = content(1, store::Role::Shelter);
    REQUIRE(kiosk::seal(ready(), device, page));
    CHECK(device.drafts.find_for(*device.store, first_worker));
    CHECK_FALSE(device.drafts.find_for(*device.store, {{2}, store::Role::Shelter}));
    CHECK_FALSE(device.drafts.find_for(*device.store, {{1}, store::Role::ShiftLead}));
    CHECK(device.drafts.find_for(*device.store, first_worker));  // asking for another has changed nothing

    // While it may go on it is open, and an open interview is not exported.
    const auto sent = kiosk::send(ready(), device, deployment.to_outbox(), [](auto, auto) { return true; });
    REQUIRE_FALSE(sent);
    CHECK(sent.error() == session::SendError::Nothing);
    // Once it is over it leaves with the next batch.
    keyring::forget(key_name(device));
    const auto later = kiosk::send(ready(), device, deployment.to_outbox(), [](auto, auto) { return true; });
    REQUIRE(later);
    CHECK(later->records == 1);
}

TEST_CASE("A draft that is older than the newest sealed page is not gone on with") {
    const Deployment deployment;
    auto device = deployment.open();
    if (device.drafts.resuming() != session::Resuming::On) SKIP("this system refuses kernel keyrings");
    auto page = order('a', 1, "{}");
    page.draft = secret("amparo visit 1\n");
    REQUIRE(kiosk::seal(ready(), device, page));
    REQUIRE(*device.store->records().draft());
    REQUIRE(kiosk::seal(ready(), device, order('a', 2, "{}")));
    CHECK_FALSE(device.drafts.find(*device.store));
    CHECK_FALSE(*device.store->records().draft());
    CHECK_FALSE(keyring::read(ready(), key_name(device), 32));
}

TEST_CASE("A key kept in the kernel is read back, is replaced, and ends when it is forgotten") {
    const auto name = "test-" + std::to_string(getpid());
    if (!keyring::allowed(ready(), name)) SKIP("this system refuses kernel keyrings");
    const auto first = *crypto::SecretBytes::random(ready(), 32);
    const auto second = *crypto::SecretBytes::random(ready(), 32);
    REQUIRE(keyring::keep(ready(), name, first, std::chrono::minutes(1)));
    CHECK(keyring::read(ready(), name, 32)->equals(first.view()));
    REQUIRE(keyring::keep(ready(), name, second, std::chrono::minutes(1)));
    CHECK(keyring::read(ready(), name, 32)->equals(second.view()));
    CHECK_FALSE(keyring::read(ready(), name, 31));
    CHECK(keyring::renew(ready(), name, 32, std::chrono::minutes(1)));
    keyring::forget(name);
    CHECK_FALSE(keyring::read(ready(), name, 32));
    CHECK_FALSE(keyring::renew(ready(), name, 32, std::chrono::minutes(1)));
    keyring::forget(name);
}

TEST_CASE("The time of a key is the running of the machine: when it is over, no clock brings it back") {
    const std::string name = "test-over";
    if (!keyring::allowed(ready(), name)) SKIP("this system refuses kernel keyrings");
    const auto key = crypto::SecretBytes::random(ready(), 32);
    REQUIRE(key);
    // The kernel itself never ends a key of no time.
    REQUIRE(keyring::keep(ready(), name, *key, std::chrono::seconds(0)));
    CHECK_FALSE(keyring::read(ready(), name, 32));
    CHECK_FALSE(keyring::renew(ready(), name, 32, std::chrono::minutes(1)));
    keyring::forget(name);
}

TEST_CASE("Where the system refuses keyrings, going on is off, the device says so, and pages are sealed all the same") {
    const Deployment deployment;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        if (!refuse_keyrings()) _exit(2);
        auto device = deployment.open();
        if (device.setup(today())->resuming != session::Resuming::OffBySystem) _exit(3);
        auto page = order('a', 1, "{}");
        page.draft = secret("said");
        if (!kiosk::seal(ready(), device, page)) _exit(4);
        if (*device.store->records().draft()) _exit(5);
        _exit(0);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
}
