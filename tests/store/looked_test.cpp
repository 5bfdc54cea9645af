// Whoever asks whose store it is gets to look before anything in its folder is changed.
#include <array>

#include "app/store/repair.hpp"
#include "app/store/schema.hpp"
#include "crypto/open/open.hpp"
#include "tests/store/support.hpp"
#include "tests/support/old_store.hpp"
#include "tests/support/slow_clock.hpp"

using namespace app::store;
using test::must;
using test::ready;
using test::secret;
namespace fs = test::fs;

namespace {

constexpr crypto::DeviceId device_number{std::byte{1}, std::byte{2}, std::byte{3}};

void fill(Store& store) {
    must(store.device().enrol(test::enrolment()));
    for (unsigned i = 1; i <= 3; ++i) must(store.records().save_revision(test::record_id(i), 1, test::sealed("{}")));
}

using Files = std::vector<std::pair<std::string, std::vector<char>>>;

/// A device that is closed and then brought into a state in which opening it changes files.
struct Folder {
    test::Folder temp;
    StateFolder folder = must(StateFolder::open(temp.path()));
    crypto::SecretBytes words = secret("radio hotel canal");
    std::optional<crypto::SecretBytes> key;

    Folder() {
        auto open = must(create_device(ready(), folder, device_number, test::slow_clock()));
        must(add_words(ready(), folder, open, 0, words));
        fill(*open.store);
        key.emplace(std::move(open.key));
    }
    [[nodiscard]] fs::path at(std::string_view name) const { return temp.path() / name; }
    [[nodiscard]] ByWords by_words() const { return {0, &words}; }
    [[nodiscard]] Files files() const {
        Files all;
        for (const auto& entry : fs::directory_iterator(temp.path()))
            all.emplace_back(entry.path().filename().string(), test::read_all(entry.path()));
        std::sort(all.begin(), all.end());
        return all;
    }
    [[nodiscard]] crypto::Recovery recovery() const {
        auto identity = crypto::open::Identity::generate(ready());
        REQUIRE(identity);
        const auto recipient = identity->recipient();
        const auto sealed =
            crypto::seal_recovery(ready(), device_number, std::array{&std::as_const(*key)}, std::span(&recipient, 1));
        const auto text = crypto::open::open(ready(), sealed->bytes, std::span(&*identity, 1));
        REQUIRE(text);
        auto parsed = crypto::Recovery::parse(ready(), text->view());
        REQUIRE(parsed);
        return std::move(*parsed);
    }
    /// Said no to, by words and by the recovery file, not a byte is another; said yes to, it opens.
    void looked_at_first() const {
        const auto before = files();
        int asked = 0;
        const auto no = [&](Store& store) {
            ++asked;
            CHECK(store.device().enrolment());
            return false;
        };
        CHECK(unlock(ready(), folder, by_words(), no).error() == Error::Refused);
        CHECK(files() == before);
        CHECK(unlock(ready(), folder, recovery(), no).error() == Error::Refused);
        CHECK(files() == before);
        CHECK(asked == 2);
        const auto yes = [](Store&) { return true; };
        const auto opened = must(unlock(ready(), folder, by_words(), yes));
        CHECK(must(opened.store->records().counts()).waiting == 3);
    }
    void run_sql(std::string_view sql) const {
        auto database =
            must(app::database::Database::open(ready(), folder.database(), *key, schema::migrations, schema::expected));
        must(database.run(sql));
    }
};

}  // namespace

TEST_CASE("a store of an older schema is looked at before it is brought up to date") {
    const Folder kiosk;
    fs::remove(kiosk.folder.database());
    support::make_store_of_version_1(ready(), kiosk.folder.database(), *kiosk.key, fill);
    kiosk.looked_at_first();
}

TEST_CASE("a store whose copies of the slots differ is looked at before they are made equal") {
    const Folder kiosk;
    auto other = must(Result<crypto::Slots>(*crypto::Slots::create(ready(), device_number)));
    must(kiosk.folder.write_slots_copy(other, std::nullopt));
    kiosk.looked_at_first();
    CHECK(must(kiosk.folder.read_slot_copies()).equal);
}

TEST_CASE("a store beside which a new one was begun is looked at before that goes") {
    const Folder kiosk;
    test::write_all(kiosk.folder.next_database(), {'x'});
    kiosk.looked_at_first();
    CHECK_FALSE(fs::exists(kiosk.folder.next_database()));
}

TEST_CASE("a store with a journal is looked at before the journal is played back or put aside") {
    const Folder kiosk;
    const auto journal = kiosk.folder.database().string() + "-journal";
    SECTION("nothing a journal can be") {
        test::write_all(journal, std::vector<char>(600, 'j'));
    }
    SECTION("one that would cut the database to nothing") {
        std::vector<char> cut(512, 0);
        constexpr std::array<unsigned char, 8> magic{0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
        std::copy(magic.begin(), magic.end(), cut.begin());
        cut[22] = 2;
        cut[26] = 0x10;
        test::write_all(journal, cut);
    }
    kiosk.looked_at_first();
    CHECK_FALSE(fs::exists(journal));
}

TEST_CASE("a store beside a file that calls itself repaired is looked at before either gets another name") {
    const Folder kiosk;
    SECTION("a planted one") {
        test::write_all(kiosk.at("repaired-amparo-unreadable-00000000.db"), std::vector<char>(8192, 'x'));
    }
    SECTION("a planted one, and a journal") {
        test::write_all(kiosk.at("repaired-amparo-unreadable-00000000.db"), std::vector<char>(8192, 'x'));
        test::write_all(kiosk.folder.database().string() + "-journal", std::vector<char>(600, 'j'));
    }
    SECTION("one of a repair that was cut off") {
        kiosk.run_sql("INSERT INTO wrong_pin(at) VALUES(5)");
        std::vector<crypto::SecretBytes> keys;
        keys.push_back(*crypto::SecretBytes::copy_of(ready(), kiosk.key->view()));
        const auto repaired = must(repair(ready(), kiosk.folder, keys, test::same_head));
        fs::rename(kiosk.folder.database(), kiosk.at("repaired-" + repaired.damaged_file));
        fs::rename(kiosk.at(repaired.damaged_file), kiosk.folder.database());
    }
    kiosk.looked_at_first();
}

TEST_CASE("where nothing opens that could be looked at, nothing gets another name") {
    const Folder kiosk;
    test::write_all(kiosk.at("repaired-amparo-unreadable-00000000.db"), std::vector<char>(8192, 'x'));
    auto content = test::read_all(kiosk.folder.database());
    content[5000] = static_cast<char>(content[5000] ^ 1);
    test::write_all(kiosk.folder.database(), content);
    const auto before = kiosk.files();
    const auto yes = [](Store&) { return true; };
    CHECK(unlock(ready(), kiosk.folder, kiosk.by_words(), yes).error() == Error::Damaged);
    CHECK(kiosk.files() == before);
}

TEST_CASE("a change of keys that fails leaves the slots of whomever they are") {
    const Folder kiosk;
    const auto good = test::read_all(kiosk.at(slots_file));
    auto foreign = good;
    foreign[9] = static_cast<char>(foreign[9] ^ 1);  // in the device's number
    const auto recovery = kiosk.recovery();
    const std::vector<char> damaged(100, 'x');
    const std::vector<char> none;
    for (const auto* first : {&good, &std::as_const(foreign), &damaged, &none})
        for (const auto* second : {&good, &std::as_const(foreign), &damaged, &none}) {
            for (const auto& [name, content] : {std::pair{slots_file, first}, std::pair{slots_copy_file, second}}) {
                fs::remove(kiosk.at(name));
                if (!content->empty()) test::write_all(kiosk.at(name), *content);
            }
            auto opened = must(unlock(ready(), kiosk.folder, recovery));
            // Something stands where the next database would be made.
            fs::create_directory(kiosk.folder.next_database());
            const auto words = secret("new words");
            const auto recipient = test::recipient();
            CHECK_FALSE(keep_only(ready(), kiosk.folder, opened, {ByWords{5, &words}}, crypto::argon_floor,
                                  std::span(&recipient, 1)));
            fs::remove(kiosk.folder.next_database());
            for (const auto& [name, content] : {std::pair{slots_file, first}, std::pair{slots_copy_file, second}}) {
                INFO(name);
                CHECK(fs::exists(kiosk.at(name)) == !content->empty());
                CHECK(test::read_all(kiosk.at(name)) == *content);
            }
        }
}
