// The plug is pulled while revisions are saved: nothing acknowledged is lost, and the store opens.
#include <csignal>
#include <ctime>

#include "crypto/random.hpp"
#include "tests/store/support.hpp"

using test::ready;
using test::record_id;
using test::sealed;

namespace {

/// Saves revisions as fast as it can and writes each acknowledged number into the pipe.
[[noreturn]] void save_for_ever(const test::fs::path& path, std::uint32_t first, int pipe) {
    const auto folder = app::store::StateFolder::open(path);
    if (!folder) _exit(1);
    auto store = app::store::open_store(ready(), *folder, test::key());
    if (!store) _exit(2);
    for (std::uint32_t revision = first;; ++revision) {
        if (!(*store)->records().save_revision(record_id(1), revision, sealed("{}"))) _exit(3);
        if (write(pipe, &revision, sizeof revision) != sizeof revision) _exit(4);
    }
}

}  // namespace

TEST_CASE("killing the program at random moments of saving loses no acknowledged revision") {
    constexpr int kills = 20;
    const test::Folder temp;
    {
        const auto folder = app::store::StateFolder::open(temp.path());
        REQUIRE(app::store::create_store(ready(), *folder, test::key()));
    }
    std::uint32_t acknowledged = 0;
    int during_work = 0;
    for (int i = 0; i < kills; ++i) {
        int ends[2];
        REQUIRE(pipe(ends) == 0);
        const std::uint32_t first = acknowledged + 10;
        const pid_t child = fork();
        REQUIRE(child >= 0);
        if (child == 0) save_for_ever(temp.path(), first, ends[1]);
        ::close(ends[1]);
        // The kill comes a random time after one of the first acknowledgements, so always during work.
        std::uint32_t got = 0;
        const auto wanted = 1 + crypto::random_below(ready(), 3);
        for (std::uint32_t n = 0; n < wanted; ++n) {
            REQUIRE(read(ends[0], &got, sizeof got) == sizeof got);
            acknowledged = got;
        }
        const timespec moment{0, static_cast<long>(crypto::random_below(ready(), 15'000'000))};
        nanosleep(&moment, nullptr);
        REQUIRE(kill(child, SIGKILL) == 0);
        int status = 0;
        REQUIRE(waitpid(child, &status, 0) == child);
        REQUIRE(WIFSIGNALED(status));
        while (read(ends[0], &got, sizeof got) == sizeof got) acknowledged = got;
        ::close(ends[0]);

        if (test::fs::exists(temp.path() / "amparo.db-journal")) ++during_work;
        const auto folder = app::store::StateFolder::open(temp.path());
        REQUIRE(folder);
        auto store = app::store::open_store(ready(), *folder, test::key());
        REQUIRE(store);
        const auto kept = (*store)->records().last_revision(record_id(1));
        REQUIRE(kept);
        CHECK(*kept >= acknowledged);
        CHECK(*kept <= acknowledged + 1);
        acknowledged = *kept;
        const auto counts = (*store)->records().counts();
        REQUIRE(counts);
        CHECK(counts->waiting >= 1);
        CHECK(counts->waiting <= 2);
        REQUIRE((*store)->records().delete_older(record_id(1), *kept));
    }
    WARN(kills << " kills, " << during_work << " of them with a transaction on its way, last revision "
               << acknowledged);
}
