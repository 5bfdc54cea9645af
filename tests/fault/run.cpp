#include "tests/fault/run.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace fault {
namespace {

constexpr int said_done = 0;
constexpr int said_failed = 1;
constexpr int broken = 99;

/// Where the process that dies leaves what it did; a program finds it by its name.
struct SharedLog {
    int file = memfd_create("log", MFD_CLOEXEC);
    Log* log = nullptr;

    SharedLog() {
        REQUIRE(ftruncate(file, sizeof(Log)) == 0);
        auto* memory = mmap(nullptr, sizeof(Log), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
        REQUIRE(memory != MAP_FAILED);
        log = new (memory) Log;
    }
};
const SharedLog& shared() {
    static const SharedLog one;
    return one;
}

}  // namespace

Log& shared_log() {
    return *shared().log;
}

void become(const std::vector<std::string>& words, std::uint64_t at, Fault fault) {
    const auto log = "AMPARO_FAULT_LOG=/proc/" + std::to_string(getppid()) + "/fd/" + std::to_string(shared().file);
    const auto said = "AMPARO_FAULT=" + std::to_string(at) + " " + std::to_string(static_cast<unsigned>(fault));
    std::vector<const char*> variables{"LD_PRELOAD=" AMPARO_FAULTS, "LANG=C.UTF-8", log.c_str(), said.c_str(), nullptr};
    std::vector<const char*> argv;
    for (const auto& word : words) argv.push_back(word.c_str());
    argv.push_back(nullptr);
    const int nowhere = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (const int standard : {0, 1, 2}) dup2(nowhere, standard);
    execve(argv.front(), const_cast<char**>(argv.data()), const_cast<char**>(variables.data()));
    _exit(broken);
}

namespace {

/// Whoever keeps to its own folders cannot put back what a cut of power takes away.
bool applies_to(const Scenario& scenario, Fault fault, Kind kind) {
    const bool cut = fault == Fault::CutBefore || fault == Fault::CutAfter;
    return applies(fault, kind) && !(cut && scenario.program);
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
            if (applies_to(scenario_, fault, kinds[i])) places_.push_back({i, kinds[i], fault});
    if (!scenario_.program) places_.push_back({operations_ - 1, kinds.back(), Fault::CutAtEnd});
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
    if (child == 0 && scenario_.program)
        become(scenario_.program(now_), place == nullptr ? UINT64_MAX : place->operation,
               place == nullptr ? Fault::Io : place->fault);
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
