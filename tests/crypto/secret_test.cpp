#include "crypto/secret.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <fstream>
#include <functional>

#include "support.hpp"
#include "tests/support/locking.hpp"

using namespace crypto;
using support::locking_is_real;
using support::must;

namespace {

// Runs in a child that may lock only so much and has no privilege to lock more; gives the child's exit status.
int with_lock_limit(rlim_t limit, const std::function<int()>& body) {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit small{limit, limit};
        if (setrlimit(RLIMIT_MEMLOCK, &small) != 0) _exit(100);
        if (geteuid() == 0 && setresuid(65534, 65534, 65534) != 0) _exit(101);
        _exit(body());
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    return WEXITSTATUS(status);
}

std::size_t locked_kib() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.rfind("VmLck:", 0) == 0) return static_cast<std::size_t>(std::stoul(line.substr(6)));
    return 0;
}

}  // namespace

TEST_CASE("secret bytes start as zero, move, shorten and compare") {
    auto one = must(SecretBytes::make(support::ready(), 40));
    CHECK(one.equals(Bytes(40)));
    one.writable()[39] = std::byte{7};
    CHECK_FALSE(one.equals(Bytes(40)));
    CHECK_FALSE(one.equals(Bytes(39)));
    const SecretBytes other = std::move(one);
    CHECK(one.empty());  // NOLINT(bugprone-use-after-move): moved-from is documented as empty
    CHECK(other.size() == 40);
    auto third = support::secret("palabra");
    third.shorten(3);
    CHECK(support::text_of(third) == "pal");
    third.shorten(9);
    CHECK(third.size() == 3);
}

TEST_CASE("reading or writing one byte behind a secret ends the program, and writing before it is noticed in the end") {
    const auto dies = [](const std::function<void(std::byte*, std::size_t)>& misuse, std::size_t n) {
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) {
            const rlimit none{0, 0};
            setrlimit(RLIMIT_CORE, &none);
            for (const int fatal : {SIGSEGV, SIGBUS, SIGABRT}) signal(fatal, SIG_DFL);  // no report of the test program
            if (freopen("/dev/null", "w", stderr) == nullptr) _exit(0);  // a sanitizer has much to say of it
            auto made = SecretBytes::make(support::ready(), n);
            if (!made) _exit(0);
            {
                const SecretBytes mine = std::move(*made);
                misuse(const_cast<std::byte*>(mine.view().data()), n);
            }
            _exit(0);
        }
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        return status != 0;
    };
    for (const std::size_t n : {0U, 1U, 32U, 4080U, 4096U, 16384U}) {
        INFO(n);
        CHECK_FALSE(dies([](std::byte*, std::size_t) {}, n));
        CHECK(dies([](std::byte* data, std::size_t size) { *static_cast<volatile std::byte*>(data + size) = {}; }, n));
        CHECK(dies([](std::byte* data, std::size_t) { *static_cast<volatile std::byte*>(data - 1) = {}; }, n));
    }
}

TEST_CASE("memory that is given back cannot be read, and is zero when the next secret gets it") {
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit none{0, 0};
        setrlimit(RLIMIT_CORE, &none);
        for (const int fatal : {SIGSEGV, SIGBUS}) signal(fatal, [](int) { _exit(42); });
        const std::byte* kept = nullptr;
        {
            const auto secret = SecretBytes::copy_of(support::ready(), Bytes(32, std::byte{7}));
            if (!secret) _exit(1);
            kept = secret->view().data();
        }
        {
            const auto next = SecretBytes::make(support::ready(), 32);
            if (!next || next->view().data() != kept) _exit(2);  // the mapping is used again
            for (const std::byte b : next->view())
                if (b != std::byte{0}) _exit(3);
        }
        _exit(static_cast<int>(*static_cast<const volatile std::byte*>(kept)));
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK((WIFEXITED(status) ? WEXITSTATUS(status) : -1) == 42);
}

TEST_CASE("a child process locks memory of its own") {
    if (!locking_is_real) SKIP("sanitizers replace mlock");
    { const auto secret = must(SecretBytes::make(support::ready(), 32)); }  // its mapping stays for the next one
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const auto secret = SecretBytes::make(support::ready(), 32);
        _exit(secret && locked_kib() >= 4 ? 42 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    CHECK((WIFEXITED(status) ? WEXITSTATUS(status) : -1) == 42);
}

TEST_CASE("random secrets differ") {
    const auto one = must(SecretBytes::random(support::ready(), 32));
    const auto other = must(SecretBytes::random(support::ready(), 32));
    CHECK_FALSE(one.equals(other.view()));
}

TEST_CASE("memory of a secret is locked while it lives") {
    if (!locking_is_real) SKIP("sanitizers replace mlock");
    const auto before = locked_kib();
    {
        const auto secret = must(SecretBytes::make(support::ready(), 65536));
        CHECK(locked_kib() >= before + 64);
    }
    CHECK(locked_kib() == before);
}

TEST_CASE("without lockable memory nothing starts") {
    if (!locking_is_real) SKIP("sanitizers replace mlock");
    CHECK(with_lock_limit(0, [] {
              const auto result = SodiumReady::init();
              return result ? 1 : result.error() == Error::LockedMemory ? 42 : 2;
          }) == 42);
}

TEST_CASE("a secret or an arena above the lock limit is refused and a small one still works") {
    if (!locking_is_real) SKIP("sanitizers replace mlock");
    CHECK(with_lock_limit(65536, [] {
              const auto ready = SodiumReady::init();
              if (!ready) return 1;
              const auto large = SecretBytes::make(*ready, 262144);
              if (large || large.error() != Error::LockedMemory) return 2;
              const auto arena = LockedArena::make(*ready, 262144);
              if (arena || arena.error() != Error::LockedMemory) return 3;
              if (!SecretBytes::make(*ready, 4096)) return 4;
              const auto said = describe(Error::LockedMemory);
              return said.find("64 KiB") != std::string::npos && said.find("ulimit -l") != std::string::npos ? 42 : 5;
          }) == 42);
}

TEST_CASE("the sentence of every failure is its own") {
    std::vector<std::string> said;
    for (int i = 0; i <= static_cast<int>(Error::WorkFactor); ++i) said.push_back(describe(static_cast<Error>(i)));
    std::sort(said.begin(), said.end());
    CHECK(std::adjacent_find(said.begin(), said.end()) == said.end());
}
