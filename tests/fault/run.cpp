#include "tests/fault/run.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fault {
namespace {

constexpr int said_done = 0;
constexpr int said_failed = 1;
constexpr int broken = 99;

/// Where the process that dies leaves what it did.
Log& shared_log() {
    static auto* const log = [] {
        auto* memory = mmap(nullptr, sizeof(Log), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
        REQUIRE(memory != MAP_FAILED);
        return new (memory) Log;
    }();
    return *log;
}

}  // namespace

Runner::Runner(const Scenario& scenario) : scenario_(scenario) {
    scenario_.prepare(before_);
    start_over();
    INFO(scenario_.name);
    REQUIRE(act(nullptr) == Told::Done);
    scenario_.check(now_, Told::Done);
    operations_ = shared_log().count;
    REQUIRE(operations_ > 0);
    REQUIRE(operations_ < Log::most);
    const std::vector kinds(shared_log().kinds, shared_log().kinds + operations_);
    for (std::uint64_t i = 0; i < operations_; ++i)
        for (const auto fault : faults)
            if (applies(fault, kinds[i])) places_.push_back({i, kinds[i], fault});
    places_.push_back({operations_ - 1, kinds.back(), Fault::CutAtEnd});
}

void Runner::start_over() {
    namespace fs = test::fs;
    fs::remove_all(now_.path() / "unsynced");
    fs::create_directory(now_.path() / "unsynced");
    for (const auto part : scenario_.parts) {
        fs::remove_all(now_.path() / part);
        fs::copy(before_.path() / part, now_.path() / part, fs::copy_options::recursive);
    }
}

Told Runner::act(const Place* place) {
    auto& log = shared_log();
    const pid_t child = fork();
    if (child == 0) {
        try {
            const bool done = scenario_.act(now_, [&] {
                if (place == nullptr) return watch(log);
                arm(place->operation, place->fault, log, (now_.path() / "unsynced").string());
            });
            if (done) end();
            _exit(done ? said_done : said_failed);
        } catch (...) {
            _exit(broken);
        }
    }
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status)) {
        REQUIRE(WTERMSIG(status) == SIGKILL);
        return Told::Nothing;
    }
    REQUIRE(WEXITSTATUS(status) != broken);
    return WEXITSTATUS(status) == said_done ? Told::Done : Told::Failed;
}

Told Runner::run(const Place& place) {
    INFO(scenario_.name << ": " << name_of(place.fault) << " at " << name_of(place.kind) << ", operation "
                        << place.operation + 1 << " of " << operations_);
    start_over();
    const auto told = act(&place);
    CAPTURE(told);
    CHECK(shared_log().count > place.operation);
    const bool dies = place.fault == Fault::KillBefore || place.fault == Fault::KillAfter ||
                      place.fault == Fault::KillWithin || place.fault == Fault::CutBefore ||
                      place.fault == Fault::CutAfter;
    CHECK((told == Told::Nothing) == dies);
    if (told == Told::Failed && place.fault != Fault::IoFromHere) scenario_.tidy(now_);
    scenario_.check(now_, told);
    return told;
}

}  // namespace fault
