// What opens the database says how it begins, and a database of which nothing can be read stays where it is.
#include "app/store/repair.hpp"
#include "app/store/schema.hpp"
#include "crypto/open/open.hpp"
#include "tests/store/support.hpp"
#include "tests/support/slow_clock.hpp"

using namespace app::store;
using test::must;
using test::ready;
using test::secret;
namespace fs = test::fs;

namespace {

constexpr crypto::DeviceId device{std::byte{1}, std::byte{2}, std::byte{3}};
constexpr std::size_t page = 4096;
constexpr unsigned records = 5;

crypto::open::Identity new_identity() {
    auto made = crypto::open::Identity::generate(ready());
    REQUIRE(made);
    return std::move(*made);
}

/// A closed device with records; its files are damaged and lost at will.
struct DamagedDevice {
    test::Folder temp;
    StateFolder folder = must(StateFolder::open(temp.path()));
    crypto::open::Identity coordinator = new_identity();
    std::vector<crypto::Recipient> recipients{coordinator.recipient()};
    crypto::SecretBytes words = secret("radio hotel canal");
    std::optional<crypto::SecretBytes> key;

    DamagedDevice() {
        auto open = must(create_device(ready(), folder, device, test::slow_clock()));
        must(add_words(ready(), folder, open, 0, words));
        must(open.store->device().enrol(test::enrolment()));
        must(open.store->device().keep_key(*crypto::DeviceSecretKey::generate(ready())));
        must(open.store->bundle().install(1, crypto::Bytes(20'000, std::byte{7})));
        for (unsigned i = 1; i <= records; ++i)
            must(open.store->records().save_revision(test::record_id(i), 1, test::sealed("{}")));
        must(keep_recovery(ready(), folder, open, recipients));
        key.emplace(std::move(open.key));
    }
    [[nodiscard]] ByWords by_words() const { return {0, &words}; }
    [[nodiscard]] std::vector<char> bytes(std::string_view name) const { return test::read_all(temp.path() / name); }
    void put(std::string_view name, const std::vector<char>& content) const {
        test::write_all(temp.path() / name, content);
    }
    void lose(std::initializer_list<std::string_view> names) const {
        for (const auto name : names) fs::remove(temp.path() / name);
    }
    void zero_first_page() const {
        auto content = bytes(database_file);
        std::fill_n(content.begin(), page, '\0');
        put(database_file, content);
    }
    /// A file of slots as an earlier version wrote it: without how the database begins.
    void strip_salt() const {
        for (const auto name : {slots_file, slots_copy_file}) {
            auto content = bytes(name);
            REQUIRE(content.size() == crypto::slots_file_size + sizeof(crypto::DatabaseSalt));
            content.resize(crypto::slots_file_size);
            put(name, content);
        }
    }
    [[nodiscard]] crypto::Recovery recovery() const {
        const auto text = crypto::open::open(ready(), must(folder.read_recovery()), std::span(&coordinator, 1));
        REQUIRE(text);
        auto parsed = crypto::Recovery::parse(ready(), text->view());
        REQUIRE(parsed);
        return std::move(*parsed);
    }
    [[nodiscard]] Result<Repaired> repair_by_words() const {
        const auto keys = must(keys_of(ready(), folder, by_words()));
        return repair(ready(), folder, keys, test::same_head);
    }
    [[nodiscard]] Result<Repaired> repair_by_recovery() const {
        const auto file = recovery();
        return repair(ready(), folder, file.keys(), test::same_head, {}, {}, file.salts());
    }
    /// The names of all files, and what is in each.
    [[nodiscard]] std::vector<std::pair<std::string, std::vector<char>>> everything() const {
        std::vector<std::pair<std::string, std::vector<char>>> all;
        for (const auto& entry : fs::directory_iterator(temp.path()))
            all.emplace_back(entry.path().filename().string(), test::read_all(entry.path()));
        std::sort(all.begin(), all.end());
        return all;
    }
};

}  // namespace

TEST_CASE("with its first page and every slot lost the device is damaged for the recovery file, and is repaired") {
    for (const bool zeroed : {true, false}) {
        const DamagedDevice kiosk;
        kiosk.lose({slots_file, slots_copy_file});
        if (zeroed) {
            kiosk.zero_first_page();
        } else {
            auto content = kiosk.bytes(database_file);
            content[page / 2] = static_cast<char>(content[page / 2] ^ 1);
            kiosk.put(database_file, content);
        }
        const auto file = kiosk.recovery();
        REQUIRE(unlock(ready(), kiosk.folder, file).error() == Error::Damaged);
        const auto repaired = must(kiosk.repair_by_recovery());
        CHECK(repaired.kept == records);
        CHECK(repaired.enrolment_kept);
        const auto opened = must(unlock(ready(), kiosk.folder, file));
        CHECK(must(opened.store->records().counts()).waiting == records);
    }
}

TEST_CASE("the recovery file of before a change of keys calls the database another's, whatever is damaged") {
    const DamagedDevice kiosk;
    const auto before = kiosk.recovery();
    {
        auto open = must(unlock(ready(), kiosk.folder, kiosk.by_words()));
        must(keep_only(ready(), kiosk.folder, open, {kiosk.by_words()}, crypto::argon_floor, kiosk.recipients));
    }
    CHECK(unlock(ready(), kiosk.folder, before).error() == Error::WrongKey);
    kiosk.zero_first_page();
    CHECK(unlock(ready(), kiosk.folder, before).error() == Error::WrongKey);
    const auto all = kiosk.everything();
    CHECK(repair(ready(), kiosk.folder, before.keys(), test::same_head, {}, {}, before.salts()).error() ==
          Error::Unreadable);
    CHECK(kiosk.everything() == all);
    CHECK(must(kiosk.repair_by_recovery()).kept == records);
}

TEST_CASE("how the database begins is known from any one of the files that are needed to open it") {
    struct Way {
        std::string_view kept;
        std::initializer_list<std::string_view> lost;
        bool by_words;
    };
    for (const auto& way : {Way{"slots.bin", {salt_file, slots_copy_file, recovery_file}, true},
                            Way{"slots-copy.bin", {salt_file, slots_file, recovery_file}, true},
                            Way{"recovery.age", {salt_file, slots_file, slots_copy_file}, false},
                            Way{"recovery.age, by words", {salt_file}, true}}) {
        INFO(way.kept);
        const DamagedDevice kiosk;
        kiosk.lose(way.lost);
        kiosk.zero_first_page();
        const auto repaired = must(way.by_words ? kiosk.repair_by_words() : kiosk.repair_by_recovery());
        CHECK(repaired.kept == records);
        CHECK(repaired.enrolment_kept);
    }
}

TEST_CASE("after a change of keys and after a repair, how the database begins is known as before") {
    const DamagedDevice kiosk;
    {
        auto open = must(unlock(ready(), kiosk.folder, kiosk.by_words()));
        must(keep_only(ready(), kiosk.folder, open, {kiosk.by_words()}, crypto::argon_floor, kiosk.recipients));
    }
    const auto stands = [&](std::string_view name, bool at_the_end) {
        const auto begin = kiosk.bytes(database_file);
        const auto file = kiosk.bytes(name);
        constexpr std::ptrdiff_t size = sizeof(crypto::DatabaseSalt);
        REQUIRE(static_cast<std::ptrdiff_t>(file.size()) >= size);
        CHECK(std::equal(begin.begin(), begin.begin() + size, at_the_end ? file.end() - size : file.begin()));
    };
    const auto all_stand = [&] {
        stands(slots_file, true);
        stands(slots_copy_file, true);
        stands(salt_file, false);
    };
    all_stand();
    CHECK(kiosk.recovery().salts().size() == 1);
    CHECK(kiosk.recovery().salts().front() == must(kiosk.folder.salt()));
    kiosk.lose({salt_file});
    kiosk.zero_first_page();
    CHECK(must(kiosk.repair_by_words()).kept == records);
    all_stand();
    // The recovery file is sealed: whoever opens the device next writes it.
    auto open = must(unlock(ready(), kiosk.folder, kiosk.by_words()));
    must(keep_recovery(ready(), kiosk.folder, open, kiosk.recipients));
    CHECK(kiosk.recovery().salts().front() == must(kiosk.folder.salt()));
    const auto written = kiosk.bytes(recovery_file);
    must(keep_recovery(ready(), kiosk.folder, open, kiosk.recipients));
    CHECK(kiosk.bytes(recovery_file) == written);
}

TEST_CASE("while the keys change the recovery file says how both databases begin") {
    const DamagedDevice kiosk;
    const auto database = kiosk.bytes(database_file);
    auto open = must(unlock(ready(), kiosk.folder, kiosk.by_words()));
    // It cannot be written a second time: what lies there then is what lay there in between.
    must(keep_only(ready(), kiosk.folder, open, {kiosk.by_words()}, crypto::argon_floor, kiosk.recipients));
    const auto both = std::array{&std::as_const(*kiosk.key), &std::as_const(open.key)};
    crypto::DatabaseSalt old{};
    std::transform(database.begin(), database.begin() + old.size(), old.begin(),
                   [](char c) { return static_cast<std::byte>(c); });
    const std::array salts{old, must(kiosk.folder.salt())};
    const auto sealed = crypto::seal_recovery(ready(), device, both, kiosk.recipients, salts);
    REQUIRE(sealed);
    must(kiosk.folder.write_recovery(sealed->bytes));
    open.store.reset();
    const auto now = kiosk.bytes(database_file);
    for (const auto* state : {&database, &now}) {
        const test::Folder temp;
        const auto found = must(StateFolder::open(temp.path()));
        auto damaged = *state;
        std::fill_n(damaged.begin(), page, '\0');
        test::write_all(found.database(), damaged);
        const auto file = kiosk.recovery();
        CHECK(unlock(ready(), found, file).error() == Error::Damaged);
        CHECK(must(repair(ready(), found, file.keys(), test::same_head, {}, {}, file.salts())).kept == records);
        CHECK(must(must(unlock(ready(), found, file)).store->records().counts()).waiting == records);
    }
}

TEST_CASE("files of an earlier version open the device, and learn how the database begins") {
    const DamagedDevice kiosk;
    kiosk.strip_salt();
    kiosk.lose({salt_file});
    const auto old = kiosk.bytes(slots_file);
    const auto sealed =
        crypto::seal_recovery(ready(), device, std::array{&std::as_const(*kiosk.key)}, kiosk.recipients);
    REQUIRE(sealed);
    must(kiosk.folder.write_recovery(sealed->bytes));
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.recovery())).store);
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.by_words())).store);
    CHECK(kiosk.bytes(slots_file) == old);
    must(kiosk.folder.keep_salt());
    for (const auto name : {slots_file, slots_copy_file}) {
        auto now = kiosk.bytes(name);
        CHECK(now.size() == old.size() + sizeof(crypto::DatabaseSalt));
        now.resize(old.size());
        CHECK(now == old);
    }
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.by_words())).store);
    for (const std::size_t size : {old.size() - 1, old.size() + 1, old.size() + 15, old.size() + 17}) {
        auto odd = kiosk.bytes(slots_file);
        odd.resize(size);
        kiosk.put(slots_file, odd);
        kiosk.put(slots_copy_file, odd);
        CHECK(unlock(ready(), kiosk.folder, kiosk.by_words()).error() == Error::Damaged);
    }
}

TEST_CASE("a wrong beginning behind the slots locks nobody out, and the right one beside it still counts") {
    const DamagedDevice kiosk;
    auto planted = kiosk.bytes(slots_file);
    std::fill(planted.end() - sizeof(crypto::DatabaseSalt), planted.end(), 'x');
    kiosk.put(slots_file, planted);
    CHECK(must(unlock(ready(), kiosk.folder, kiosk.by_words())).store);
    kiosk.lose({salt_file});
    kiosk.zero_first_page();
    CHECK(must(kiosk.repair_by_words()).kept == records);
}

TEST_CASE("nothing takes the place of a database of which nothing can be read") {
    const DamagedDevice kiosk;
    const auto good = kiosk.bytes(database_file);
    const auto unreadable = [&](const std::vector<char>& content) {
        kiosk.put(database_file, content);
        const auto all = kiosk.everything();
        REQUIRE_FALSE(unlock(ready(), kiosk.folder, kiosk.by_words()));
        CHECK(unlock(ready(), kiosk.folder, kiosk.by_words()).error() == Error::Damaged);
        CHECK(kiosk.repair_by_words().error() == Error::Unreadable);
        CHECK(kiosk.repair_by_recovery().error() == Error::Unreadable);
        CHECK(kiosk.everything() == all);
    };
    unreadable({});
    unreadable({good.begin(), good.begin() + page});
    unreadable(std::vector<char>(page, '\0'));
    unreadable(std::vector<char>(good.size(), '\0'));
    unreadable(std::vector<char>(good.size(), 'x'));
    auto only_first = good;
    std::fill(only_first.begin() + page, only_first.end(), 'x');
    unreadable(only_first);
    {
        const DamagedDevice other;
        unreadable(other.bytes(database_file));
    }
    kiosk.put(database_file, good);
    CHECK(must(must(unlock(ready(), kiosk.folder, kiosk.by_words())).store->records().counts()).waiting == records);
}

TEST_CASE("a database that is gone is told from a device that never had one") {
    const DamagedDevice kiosk;
    kiosk.lose({database_file});
    const auto all = kiosk.everything();
    CHECK(unlock(ready(), kiosk.folder, kiosk.by_words()).error() == Error::Unreadable);
    CHECK(unlock(ready(), kiosk.folder, kiosk.recovery()).error() == Error::Unreadable);
    CHECK(kiosk.repair_by_words().error() == Error::Unreadable);
    CHECK(kiosk.repair_by_recovery().error() == Error::Unreadable);
    CHECK(kiosk.everything() == all);
    kiosk.lose({slots_file, slots_copy_file});
    CHECK(unlock(ready(), kiosk.folder, kiosk.by_words()).error() == Error::Missing);
}
