// A file with a secret is killed at every operation of its making, on a file system that can make files without a name
// and on one that cannot: before its time the secret is nowhere, and the next file cleans up.
#include <sys/wait.h>
#include <unistd.h>

#include "app/files/durable_file.hpp"
#include "tests/fault/shim.hpp"
#include "tests/kiosk/support.hpp"

namespace {

namespace fs = test::fs;
using app::files::DurableFile;

constexpr std::string_view left_secret = "amparo-device-key 1 and what follows it";

/// As a key file is made: room, then what it is for is done, then the key, then the name.
bool make(const fs::path& folder, bool& in_force) {
    auto file = DurableFile::create(folder / "stick.key");
    if (!file || !file->reserve(left_secret.size())) return false;
    in_force = true;
    return file->write(crypto::as_bytes(left_secret)) && file->publish();
}

/// Killed before operation `at`, where it gets that far. Gives the status of the process.
int run(const fs::path& folder, bool nameless, std::uint64_t at) {
    fault::Log log;
    const pid_t child = fork();
    if (child == 0) {
        fault::allow_nameless(nameless);
        fault::arm(at, fault::Fault::KillBefore, log, {});
        bool in_force = false;
        _exit(make(folder, in_force) ? 0 : 1);
    }
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    return status;
}

std::vector<fs::path> files_in(const fs::path& folder) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(folder)) files.push_back(entry.path());
    return files;
}

}  // namespace

TEST_CASE("Whenever the making of a key file is killed, nothing hidden stays, and the next one begins clean") {
    const test::Deployment place;
    for (const bool nameless : {true, false}) {
        bool done = false;
        std::size_t kills = 0;
        for (std::uint64_t at = 0; !done; ++at) {
            const auto folder = place.path() / ("made" + std::to_string(nameless) + std::to_string(at));
            fs::create_directory(folder);
            const int status = run(folder, nameless, at);
            done = WIFEXITED(status);
            if (done) CHECK(WEXITSTATUS(status) == 0);
            if (!done) ++kills;
            INFO("nameless " << nameless << ", killed before operation " << at);
            for (const auto& file : files_in(folder)) {
                const bool named = file.filename() == "stick.key";
                CHECK((named || !nameless));
                if (named) CHECK(test::read(file) == left_secret);
            }
            fs::remove(folder / "stick.key");
            fault::allow_nameless(nameless);
            bool in_force = false;
            CHECK(make(folder, in_force));
            fault::allow_nameless(true);
            CHECK(files_in(folder) == std::vector{folder / "stick.key"});
        }
        CHECK(kills >= 5);
    }
}

TEST_CASE("Where files need a name, the secret is not on the medium before what it opens is in force") {
    const test::Deployment place;
    const auto folder = place.path() / "made";
    fs::create_directory(folder);
    fault::allow_nameless(false);
    {
        auto file = DurableFile::create(folder / "stick.key");
        REQUIRE(file);
        REQUIRE(file->reserve(left_secret.size()));
        const auto files = files_in(folder);
        REQUIRE(files.size() == 1);
        CHECK(app::files::is_temporary_name(files.front().filename().string()));
        CHECK(test::read(files.front()) == std::string(left_secret.size(), '\0'));
        REQUIRE(file->write(crypto::as_bytes(left_secret)));
        REQUIRE(file->publish());
    }
    fault::allow_nameless(true);
    CHECK(files_in(folder) == std::vector{folder / "stick.key"});
    CHECK(test::read(folder / "stick.key") == left_secret);
}
