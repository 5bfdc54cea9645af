// A medium that is full or cannot be written: one clear answer, and what was there stays.
#include <fcntl.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "tests/store/support.hpp"

using app::store::Error;
using test::ready;
using test::record_id;
using test::sealed;

namespace {

enum Answer { good = 0, other_error = 1, not_refused = 2, setup_failed = 3, lost = 4 };

/// Files may not grow beyond `bytes` in this process: what a full medium looks like without one.
bool limit_files(std::uint64_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit limit{bytes, bytes};
    return setrlimit(RLIMIT_FSIZE, &limit) == 0;
}

/// An ordinary user, whose writes permissions can refuse.
bool become_ordinary() {
    return geteuid() != 0 || (setgid(65534) == 0 && setuid(65534) == 0);
}

}  // namespace

TEST_CASE("a full medium refuses the row, keeps the earlier revision and goes on when there is room again") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->records().save_revision(record_id(1), 1, sealed("{}")));
    kiosk.close();
    const auto size = test::fs::file_size(kiosk.database());
    const int answer = test::in_child([&] {
        auto store = app::store::open_store(ready(), kiosk.folder(), test::key());
        if (!store || !limit_files(size)) return int{setup_failed};
        const auto saved = (*store)->records().save_revision(record_id(1), 2, sealed(std::string(200000, ' ')));
        if (saved) return int{not_refused};
        if (saved.error() != Error::NoSpace) return int{other_error};
        const auto revision = (*store)->records().last_revision(record_id(1));
        return revision && *revision == 1 ? int{good} : int{lost};
    });
    CHECK(answer == good);
    REQUIRE(kiosk.open());
    CHECK(*kiosk->records().last_revision(record_id(1)) == 1);
    CHECK(kiosk->records().save_revision(record_id(1), 2, sealed("{}")));
}

TEST_CASE("a store that has no room to be created leaves nothing behind") {
    const test::Folder temp;
    const int answer = test::in_child([&] {
        const auto folder = app::store::StateFolder::open(temp.path());
        if (!folder || !limit_files(8192)) return int{setup_failed};
        const auto store = app::store::create_store(ready(), *folder, test::key());
        if (store) return int{not_refused};
        return store.error() == Error::NoSpace ? int{good} : int{other_error};
    });
    CHECK(answer == good);
    CHECK_FALSE(test::fs::exists(temp.path() / "amparo.db"));
    CHECK_FALSE(test::fs::exists(temp.path() / "amparo.db-journal"));
}

TEST_CASE("slots that have no room to be written leave the earlier ones whole") {
    const test::Folder temp;
    crypto::DeviceId device{};
    const auto slots = crypto::Slots::create(ready(), device);
    REQUIRE(slots);
    {
        const auto folder = app::store::StateFolder::open(temp.path());
        REQUIRE(folder);
        REQUIRE(folder->write_slots(*slots));
    }
    const int answer = test::in_child([&] {
        const auto folder = app::store::StateFolder::open(temp.path());
        if (!folder || !limit_files(100)) return int{setup_failed};
        const auto written = folder->write_slots(*slots);
        if (written) return int{not_refused};
        return written.error() == Error::NoSpace ? int{good} : int{other_error};
    });
    CHECK(answer == good);
    CHECK(app::store::StateFolder::open(temp.path())->read_slots());
    CHECK_FALSE(test::fs::exists(temp.path() / "slots-copy.bin.tmp"));
}

TEST_CASE("a folder that cannot be written is found out on open") {
    const test::Folder temp;
    { REQUIRE(app::store::create_store(ready(), *app::store::StateFolder::open(temp.path()), test::key())); }
    const auto folder = app::store::StateFolder::open(temp.path());
    REQUIRE(folder);
    for (const auto& entry : test::fs::directory_iterator(temp.path()))
        test::fs::permissions(entry.path(), test::fs::perms::all);
    test::fs::permissions(temp.path(), test::fs::perms::owner_read | test::fs::perms::owner_exec |
                                           test::fs::perms::others_read | test::fs::perms::others_exec);
    const int answer = test::in_child([&] {
        if (!become_ordinary()) return int{setup_failed};
        const auto store = app::store::open_store(ready(), *folder, test::key());
        if (store) return int{not_refused};
        return store.error() == Error::ReadOnly ? int{good} : int{other_error};
    });
    test::fs::permissions(temp.path(), test::fs::perms::owner_all);
    CHECK(answer == good);
}

TEST_CASE("a database file that cannot be written is found out on open") {
    const test::Folder temp;
    { REQUIRE(app::store::create_store(ready(), *app::store::StateFolder::open(temp.path()), test::key())); }
    const auto folder = app::store::StateFolder::open(temp.path());
    REQUIRE(folder);
    test::fs::permissions(temp.path(), test::fs::perms::all);
    test::fs::permissions(folder->database(), test::fs::perms::owner_read | test::fs::perms::others_read);
    const int answer = test::in_child([&] {
        if (!become_ordinary()) return int{setup_failed};
        const auto store = app::store::open_store(ready(), *folder, test::key());
        if (store) return int{not_refused};
        return store.error() == Error::ReadOnly ? int{good} : int{other_error};
    });
    CHECK(answer == good);
}
