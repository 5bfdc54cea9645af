// Keyholders come and go, files get lost and writes are cut short: whoever could open the device still can, and whoever
// was removed cannot.
#include "app/store/device_keys.hpp"

#include <sys/resource.h>

#include <csignal>

#include "app/store/rekey.hpp"
#include "tests/store/held_device.hpp"
#include "tests/support/slow_clock.hpp"

using namespace app::store;
using test::Coordinators;
using test::device;
using test::HeldDevice;
using test::must;
using test::ready;
using test::secret;

TEST_CASE("words of a new device cost what takes about a second on the machine where it is made") {
    using std::chrono::milliseconds;
    const std::pair<milliseconds, std::uint32_t> machines[] = {
        {milliseconds(5000), 65'536}, {milliseconds(400), 131'072}, {milliseconds(1), 262'144}};
    for (const auto& [step, memory_kib] : machines) {
        const test::Folder temp;
        const auto folder = must(StateFolder::open(temp.path()));
        const auto clock = [step = step, time = std::chrono::nanoseconds(0)]() mutable { return time += step; };
        auto open = must(create_device(ready(), folder, device, clock));
        const auto words = secret("radio hotel canal");
        must(add_words(ready(), folder, open, 0, words));
        open.store.reset();
        const auto again = must(unlock(ready(), folder, ByWords{0, &words}));
        CHECK(again.slots.cost() == crypto::ArgonCost{memory_kib, 3});
    }
}

TEST_CASE("each keyholder opens the device alone, and nothing else does") {
    HeldDevice kiosk;
    CHECK(must(used_slots(*kiosk.open.store)) == std::vector<std::size_t>{0, 3});
    kiosk.close();
    kiosk.opens(kiosk.by_words());
    kiosk.opens(kiosk.by_file());
    const auto other = secret("radio hotel canals");
    CHECK(kiosk.refused(ByWords{0, &other}) == Error::WrongKey);
    CHECK(kiosk.refused(ByWords{1, &kiosk.words}) == Error::WrongKey);
    CHECK(kiosk.refused(ByWords{8, &kiosk.words}) == Error::Input);
    const auto pin = secret("246801");
    CHECK(kiosk.refused(ByKeyFile{&*kiosk.file, &pin}) == Error::WrongKey);
}

TEST_CASE("a slot with a keyholder is not given to another one") {
    HeldDevice kiosk;
    const auto before = kiosk.bytes("slots.bin");
    CHECK(add_words(ready(), kiosk.folder, kiosk.open, 0, secret("others")).error() == Error::Refused);
    CHECK(add_key_file(ready(), kiosk.folder, kiosk.open, 3).error() == Error::Refused);
    CHECK(add_words(ready(), kiosk.folder, kiosk.open, 8, secret("others")).error() == Error::Input);
    CHECK(kiosk.bytes("slots.bin") == before);
    CHECK(kiosk.bytes("slots-copy.bin") == before);
}

TEST_CASE("a key file with a PIN opens with both only") {
    HeldDevice kiosk;
    const auto pin = secret("246801");
    const auto file = must(add_key_file(ready(), kiosk.folder, kiosk.open, 7, &pin));
    kiosk.close();
    kiosk.opens(ByKeyFile{&file, &pin});
    CHECK(kiosk.refused(ByKeyFile{&file, nullptr}) == Error::WrongKey);
}

TEST_CASE("removing the others changes the key: what they hold opens nothing, not even with the old slots put back") {
    HeldDevice kiosk;
    const auto old_slots = kiosk.bytes("slots.bin");
    const auto old_key = must(Result<crypto::SecretBytes>(secret(crypto::as_text(kiosk.open.key.view()))));
    must(keep_only(ready(), kiosk.folder, kiosk.open, {kiosk.by_words()}, crypto::argon_floor,
                   kiosk.coordinators.recipients));
    CHECK(must(used_slots(*kiosk.open.store)) == std::vector<std::size_t>{0});
    CHECK_FALSE(kiosk.open.key.equals(old_key.view()));
    kiosk.close();
    kiosk.opens(kiosk.by_words());
    CHECK(kiosk.refused(kiosk.by_file()) == Error::WrongKey);
    CHECK(open_store(ready(), kiosk.folder, old_key).error() == Error::WrongKey);
    CHECK(kiosk.bytes("slots.bin") == kiosk.bytes("slots-copy.bin"));
    kiosk.put("slots.bin", old_slots);
    kiosk.put("slots-copy.bin", old_slots);
    CHECK(kiosk.refused(kiosk.by_file()) == Error::Damaged);
    CHECK_FALSE(test::fs::exists(kiosk.folder.next_database()));
}

TEST_CASE("the one present may hold a key file, and those removed are added again") {
    HeldDevice kiosk;
    must(keep_only(ready(), kiosk.folder, kiosk.open, {kiosk.by_file()}, crypto::argon_floor,
                   kiosk.coordinators.recipients));
    CHECK(must(used_slots(*kiosk.open.store)) == std::vector<std::size_t>{3});
    must(add_words(ready(), kiosk.folder, kiosk.open, 0, kiosk.words));
    kiosk.close();
    kiosk.opens(kiosk.by_file());
    kiosk.opens(kiosk.by_words());
}

TEST_CASE("two keyholders may be present, each in a slot of their own; nobody and the same slot twice are refused") {
    HeldDevice kiosk;
    const auto before = kiosk.bytes("amparo.db");
    const auto fresh = secret("fresh words");
    const auto keep = [&](std::initializer_list<Opener> present) {
        return keep_only(ready(), kiosk.folder, kiosk.open, present, crypto::argon_floor,
                         kiosk.coordinators.recipients);
    };
    CHECK(keep({}).error() == Error::Input);
    CHECK(keep({kiosk.by_file(), ByWords{3, &fresh}}).error() == Error::Input);
    CHECK(kiosk.bytes("amparo.db") == before);
    must(keep({kiosk.by_file(), ByWords{0, &fresh}}));
    CHECK(must(used_slots(*kiosk.open.store)) == std::vector<std::size_t>{0, 3});
    kiosk.close();
    kiosk.opens(kiosk.by_file());
    kiosk.opens(ByWords{0, &fresh});
    CHECK(kiosk.refused(kiosk.by_words()) == Error::WrongKey);
}

TEST_CASE("a copy of the slots that is lost, cut or of another age is mended from the one that opens") {
    HeldDevice kiosk;
    kiosk.close();
    const auto good = kiosk.bytes("slots.bin");
    for (const auto* lost : {"slots.bin", "slots-copy.bin"}) {
        INFO(lost);
        test::fs::remove(kiosk.temp.path() / lost);
        kiosk.opens(kiosk.by_words());
        CHECK(kiosk.bytes(lost) == good);
        kiosk.put(lost, {'x'});
        kiosk.opens(kiosk.by_file());
        CHECK(kiosk.bytes(lost) == good);
        auto damaged = good;
        damaged[40] = static_cast<char>(damaged[40] ^ 1);  // in the first slot: whole, but of no use to its holder
        kiosk.put(lost, damaged);
        kiosk.opens(kiosk.by_words());
        CHECK(kiosk.bytes(lost) == good);
    }
}

TEST_CASE("a change of key that was cut anywhere leaves a device that its holder opens") {
    HeldDevice before;
    before.close();
    const std::vector<const char*> names{"slots.bin", "slots-copy.bin", "recovery.age", "amparo.db"};
    std::vector<std::vector<char>> old;
    for (const auto* name : names) old.push_back(before.bytes(name));
    before.open = must(unlock(ready(), before.folder, before.by_words()));
    must(keep_only(ready(), before.folder, before.open, {before.by_words()}, crypto::argon_floor,
                   before.coordinators.recipients));
    before.close();
    std::vector<std::vector<char>> fresh;
    for (const auto* name : names) fresh.push_back(before.bytes(name));

    // In the order of writing: the copy, the database, the slots.
    for (int written = 0; written <= 3; ++written) {
        INFO(written << " files written");
        before.put("slots-copy.bin", written >= 1 ? fresh[1] : old[1]);
        before.put("amparo.db", written >= 2 ? fresh[3] : old[3]);
        before.put("slots.bin", written >= 3 ? fresh[0] : old[0]);
        before.put("amparo-next.db", {'x'});
        before.opens(before.by_words());
        CHECK(before.bytes("slots.bin") == (written >= 2 ? fresh[0] : old[0]));
        CHECK(before.bytes("slots.bin") == before.bytes("slots-copy.bin"));
        CHECK_FALSE(test::fs::exists(before.folder.next_database()));
    }
}

TEST_CASE("a change of key without room changes nothing") {
    HeldDevice kiosk;
    const auto slots = kiosk.bytes("slots.bin");
    const int answer = test::in_child([&] {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{40'000, 40'000};  // room for the small files, not for a database
        if (setrlimit(RLIMIT_FSIZE, &limit) != 0) return 1;
        const auto done = keep_only(ready(), kiosk.folder, kiosk.open, {kiosk.by_words()}, crypto::argon_floor,
                                    kiosk.coordinators.recipients);
        if (done) return 2;
        if (done.error() != Error::NoSpace) return 3;
        const auto mark = kiosk.open.store ? kiosk.open.store->settings().get("mark") : tl::unexpected(Error::Missing);
        return mark && *mark == "kept" ? 0 : 4;
    });
    CHECK(answer == 0);
    kiosk.close();
    CHECK(kiosk.bytes("slots.bin") == slots);
    CHECK(kiosk.bytes("slots-copy.bin") == slots);
    CHECK_FALSE(test::fs::exists(kiosk.folder.next_database()));
    kiosk.opens(kiosk.by_words());
    kiosk.opens(kiosk.by_file());
    CHECK(kiosk.recovery(kiosk.coordinators.identities.front()).keys().size() == 1);
}

TEST_CASE("a database whose pages were put back is not made authentic by a change of key") {
    HeldDevice kiosk;
    kiosk.close();
    const auto older = test::read_all(kiosk.folder.database());
    kiosk.open = must(unlock(ready(), kiosk.folder, kiosk.by_words()));
    must(kiosk.open.store->settings().set("mark", "later"));
    kiosk.close();
    auto mixed = test::read_all(kiosk.folder.database());
    REQUIRE(mixed.size() == older.size());
    bool changed = false;
    for (std::size_t page = 4096; page < mixed.size(); page += 4096) {
        if (std::equal(mixed.begin() + static_cast<std::ptrdiff_t>(page),
                       mixed.begin() + static_cast<std::ptrdiff_t>(page + 4096),
                       older.begin() + static_cast<std::ptrdiff_t>(page)))
            continue;
        std::copy_n(older.begin() + static_cast<std::ptrdiff_t>(page), 4096,
                    mixed.begin() + static_cast<std::ptrdiff_t>(page));
        changed = true;
        break;
    }
    REQUIRE(changed);
    test::write_all(kiosk.folder.database(), mixed);
    CHECK(detail::rekey(ready(), kiosk.folder, kiosk.open.key, test::key('n'), {}).error() == Error::RolledBack);
    CHECK(test::read_all(kiosk.folder.database()) == mixed);
    CHECK_FALSE(test::fs::exists(kiosk.folder.next_database()));
    CHECK(kiosk.refused(kiosk.by_words()) == Error::RolledBack);
}

TEST_CASE("when all words are lost a coordinator's identity opens the device and gives it new ones") {
    HeldDevice kiosk;
    kiosk.close();
    for (const auto& identity : kiosk.coordinators.identities) {
        const auto recovery = kiosk.recovery(identity);
        CHECK(recovery.device() == device);
        auto opened = must(unlock(ready(), kiosk.folder, recovery));
        CHECK(must(opened.store->settings().get("mark")) == "kept");
    }
    auto opened = must(unlock(ready(), kiosk.folder, kiosk.recovery(kiosk.coordinators.identities.back())));
    const auto words = secret("new words");
    must(keep_only(ready(), kiosk.folder, opened, {ByWords{5, &words}}, crypto::argon_floor,
                   kiosk.coordinators.recipients));
    opened.store.reset();
    kiosk.opens(ByWords{5, &words});
    CHECK(kiosk.refused(kiosk.by_words()) == Error::WrongKey);
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.recovery(kiosk.coordinators.identities.front()))).store);
}

TEST_CASE("recovery opens the device also without any slots, and with either key of an interrupted change") {
    HeldDevice kiosk;
    kiosk.close();
    test::fs::remove(kiosk.temp.path() / "slots.bin");
    test::fs::remove(kiosk.temp.path() / "slots-copy.bin");
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.recovery(kiosk.coordinators.identities.front()))).store);
    const auto other = test::key('o');
    for (const auto& keys :
         {std::array{&std::as_const(kiosk.open.key), &other}, std::array{&other, &std::as_const(kiosk.open.key)}}) {
        const auto sealed = crypto::seal_recovery(ready(), device, keys, kiosk.coordinators.recipients);
        REQUIRE(sealed);
        must(kiosk.folder.write_recovery(sealed->bytes));
        CHECK(must(unlock(ready(), kiosk.folder, kiosk.recovery(kiosk.coordinators.identities.front()))).store);
    }
}

TEST_CASE("slots of another device are as good as lost to a recovery: its key is what counts") {
    HeldDevice kiosk;
    kiosk.close();
    const auto good = kiosk.bytes("slots.bin");
    auto other = good;
    other[9] = static_cast<char>(other[9] ^ 1);  // in the device's number, behind the format's name and version
    const auto recovery = kiosk.recovery(kiosk.coordinators.identities.front());
    for (const auto* first : {&good, &std::as_const(other)})
        for (const auto* second : {&good, &std::as_const(other)}) {
            kiosk.put("slots.bin", *first);
            kiosk.put("slots-copy.bin", *second);
            const auto opened = must(unlock(ready(), kiosk.folder, recovery));
            CHECK(must(opened.store->settings().get("mark")) == "kept");
            CHECK(opened.slots.device() == device);
            const bool any_own = first == &good || second == &good;
            const auto slots = opened.slots.serialise();
            CHECK(std::ranges::equal(slots, std::as_bytes(std::span(good)).first(crypto::slots_file_size)) == any_own);
            CHECK(kiosk.bytes("slots.bin") == *first);
            CHECK(kiosk.bytes("slots-copy.bin") == *second);
        }
    auto opened = must(unlock(ready(), kiosk.folder, recovery));
    const auto words = secret("new words");
    must(keep_only(ready(), kiosk.folder, opened, {ByWords{5, &words}}, crypto::argon_floor,
                   kiosk.coordinators.recipients));
    opened.store.reset();
    kiosk.opens(ByWords{5, &words});
}

TEST_CASE("the recovery file of another device opens nothing") {
    HeldDevice kiosk;
    kiosk.close();
    const auto other = test::key('o');
    const std::array keys{&other};
    const auto sealed =
        crypto::seal_recovery(ready(), crypto::DeviceId{std::byte{9}}, keys, kiosk.coordinators.recipients);
    REQUIRE(sealed);
    must(kiosk.folder.write_recovery(sealed->bytes));
    const auto opened = unlock(ready(), kiosk.folder, kiosk.recovery(kiosk.coordinators.identities.front()));
    REQUIRE_FALSE(opened);
    CHECK(opened.error() == Error::WrongKey);
}

TEST_CASE("the recovery file is written again when the recipients change or it is gone, and only then") {
    HeldDevice kiosk;
    const auto first = kiosk.bytes("recovery.age");
    auto reversed = kiosk.coordinators.recipients;
    std::reverse(reversed.begin(), reversed.end());
    must(keep_recovery(ready(), kiosk.folder, kiosk.open, reversed));
    CHECK(kiosk.bytes("recovery.age") == first);
    test::fs::remove(kiosk.temp.path() / "recovery.age");
    must(keep_recovery(ready(), kiosk.folder, kiosk.open, kiosk.coordinators.recipients));
    CHECK_FALSE(kiosk.bytes("recovery.age").empty());

    const Coordinators others(3);
    must(keep_recovery(ready(), kiosk.folder, kiosk.open, others.recipients));
    CHECK(kiosk.recovery(others.identities.back()).keys().front().equals(kiosk.open.key.view()));
    const auto now = must(kiosk.folder.read_recovery());
    CHECK_FALSE(crypto::open::open(ready(), now, kiosk.coordinators.identities));
    CHECK(keep_recovery(ready(), kiosk.folder, kiosk.open, {}).error() == Error::Input);
    CHECK(must(kiosk.folder.read_recovery()) == now);
}
