// Files beside the database are damaged or put back: the database knows what they were, and nothing is written over
// what is good.
#include "tests/store/held_device.hpp"

using namespace app::store;
using test::device;
using test::HeldDevice;
using test::must;
using test::ready;
using test::secret;

TEST_CASE("a damaged slot of another keyholder is mended from the good copy, and never written over it") {
    HeldDevice kiosk;
    kiosk.close();
    const auto good = kiosk.bytes("slots.bin");
    auto damaged = good;
    damaged[40] = static_cast<char>(damaged[40] ^ 1);  // in the first slot, that of the words
    auto more = good;
    more[33 + 88 + 1] = static_cast<char>(more[33 + 88 + 1] ^ 1);  // in the second slot, which is unused
    for (const auto* lost : {"slots.bin", "slots-copy.bin"})
        for (const auto* bad : {&damaged, &more}) {
            INFO(lost);
            kiosk.put(lost, *bad);
            const auto opened = must(unlock(ready(), kiosk.folder, kiosk.by_file()));
            CHECK(opened.lost.empty());
            CHECK(kiosk.bytes("slots.bin") == good);
            CHECK(kiosk.bytes("slots-copy.bin") == good);
        }
    kiosk.opens(kiosk.by_words());
}

TEST_CASE("two copies that are damaged in different slots give both slots back") {
    HeldDevice kiosk;
    kiosk.close();
    const auto good = kiosk.bytes("slots.bin");
    const std::size_t fourth = 33 + 3 * 88 + 40;
    auto first = good;
    auto second = good;
    first[40] = static_cast<char>(first[40] ^ 1);
    second[fourth] = static_cast<char>(second[fourth] ^ 1);
    kiosk.put("slots.bin", first);
    kiosk.put("slots-copy.bin", second);
    kiosk.opens(kiosk.by_file());
    CHECK(kiosk.bytes("slots.bin") == good);
    CHECK(kiosk.bytes("slots-copy.bin") == good);
    kiosk.opens(kiosk.by_words());
}

TEST_CASE("a slot that no copy has any more is named, also after another keyholder was added") {
    HeldDevice kiosk;
    kiosk.close();
    auto damaged = kiosk.bytes("slots.bin");
    damaged[40] = static_cast<char>(damaged[40] ^ 1);
    kiosk.put("slots.bin", damaged);
    kiosk.put("slots-copy.bin", damaged);
    {
        auto opened = must(unlock(ready(), kiosk.folder, kiosk.by_file()));
        CHECK(opened.lost == std::vector<std::size_t>{0});
        must(add_words(ready(), kiosk.folder, opened, 5, secret("new words")));
    }
    {
        auto opened = must(unlock(ready(), kiosk.folder, kiosk.by_file()));
        CHECK(opened.lost == std::vector<std::size_t>{0});
        must(keep_only(ready(), kiosk.folder, opened, {kiosk.by_file()}, crypto::argon_floor,
                       kiosk.coordinators.recipients));
    }
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.by_file())).lost.empty());
}

TEST_CASE("older slots that are put back lose nobody who was added since") {
    HeldDevice kiosk;
    const auto old = kiosk.bytes("slots.bin");
    const auto later = secret("later words");
    must(add_words(ready(), kiosk.folder, kiosk.open, 5, later));
    kiosk.close();
    const auto good = kiosk.bytes("slots.bin");
    kiosk.put("slots.bin", old);
    kiosk.opens(kiosk.by_file());
    CHECK(kiosk.bytes("slots.bin") == good);
    CHECK(kiosk.bytes("slots-copy.bin") == good);
    kiosk.opens(ByWords{5, &later});
}

TEST_CASE("where the store remembers no slots, copies that differ are left as they are and the slot is named") {
    HeldDevice kiosk;
    must(kiosk.open.store->settings().set("known_slots", ""));  // as a device of an earlier version
    kiosk.close();
    const auto good = kiosk.bytes("slots.bin");
    auto damaged = good;
    damaged[40] = static_cast<char>(damaged[40] ^ 1);
    kiosk.put("slots.bin", damaged);
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.by_file())).lost == std::vector<std::size_t>{0});
    CHECK(kiosk.bytes("slots.bin") == damaged);
    CHECK(kiosk.bytes("slots-copy.bin") == good);
    kiosk.opens(kiosk.by_words());
    kiosk.put("slots.bin", good);
    kiosk.opens(kiosk.by_file());  // they agree: remembered from now on
    kiosk.put("slots.bin", damaged);
    kiosk.opens(kiosk.by_file());
    CHECK(kiosk.bytes("slots.bin") == good);
}

TEST_CASE("a recovery file that is damaged, emptied or another's is written anew") {
    HeldDevice kiosk;
    const auto good = kiosk.bytes("recovery.age");
    auto one_byte = good;
    one_byte[good.size() / 2] = static_cast<char>(one_byte[good.size() / 2] ^ 1);
    const auto other = test::key('o');
    const auto sealed = crypto::seal_recovery(ready(), device, std::array{&other}, kiosk.coordinators.recipients);
    REQUIRE(sealed);
    std::vector<char> others(sealed->bytes.size());
    std::transform(sealed->bytes.begin(), sealed->bytes.end(), others.begin(),
                   [](std::byte byte) { return static_cast<char>(byte); });
    for (const auto& bad : {one_byte, others, std::vector<char>(), std::vector<char>(good.size(), 'x'),
                            std::vector<char>(100'000, 'x')}) {
        INFO(bad.size() << " bytes");
        kiosk.put("recovery.age", bad);
        must(keep_recovery(ready(), kiosk.folder, kiosk.open, kiosk.coordinators.recipients));
        for (const auto& identity : kiosk.coordinators.identities)
            CHECK(kiosk.recovery(identity).keys().front().equals(kiosk.open.key.view()));
    }
    const auto now = kiosk.bytes("recovery.age");
    must(keep_recovery(ready(), kiosk.folder, kiosk.open, kiosk.coordinators.recipients));
    CHECK(kiosk.bytes("recovery.age") == now);
}
