// The cut of power in these tests takes away what it should and nothing else.
#include "tests/fault/unsynced.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>

#include "tests/fault/shim.hpp"
#include "tests/kiosk/support.hpp"

namespace {

namespace fs = test::fs;

void put(const fs::path& file, std::string_view text, bool sync) {
    const int descriptor = ::open(file.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
    if (::write(descriptor, text.data(), text.size()) < 0) _exit(1);
    if (sync) ::fsync(descriptor);
    ::close(descriptor);
}

void sync_names(const fs::path& folder) {
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    ::fsync(descriptor);
    ::close(descriptor);
}

/// Nine operations; the power goes before the tenth.
void change(const fs::path& folder) {
    put(folder / "kept", "new", true);
    sync_names(folder);
    put(folder / "lost", "new", false);
    if (::rename((folder / "kept").c_str(), (folder / "renamed").c_str()) != 0) _exit(1);
    ::unlink((folder / "removed").c_str());
    put(folder / "written", "NEW", false);
    ::unlink((folder / "never").c_str());
}

}  // namespace

TEST_CASE("A cut of power loses what was not synced, bytes and names, and nothing that was") {
    const test::Deployment place;
    const auto folder = place.path() / "files";
    const auto spare = place.path() / "spare";
    for (const auto& made : {folder, spare}) fs::create_directory(made);
    test::write(folder / "removed", "old");
    test::write(folder / "written", "old text");
    test::write(folder / "never", "old");
    fault::Log log;
    const pid_t child = fork();
    if (child == 0) {
        fault::arm(10, fault::Fault::CutBefore, log, spare.string());
        change(folder);
        _exit(0);
    }
    REQUIRE(child > 0);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    CHECK(test::read(folder / "kept") == "new");
    CHECK_FALSE(fs::exists(folder / "lost"));
    CHECK_FALSE(fs::exists(folder / "renamed"));
    CHECK(test::read(folder / "removed") == "old");
    CHECK(test::read(folder / "written") == "old text");
    CHECK(test::read(folder / "never") == "old");
}
