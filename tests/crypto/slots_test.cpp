#include "crypto/slots.hpp"

#include "crypto/random.hpp"
#include "crypto/words.hpp"
#include "support.hpp"

using namespace crypto;
using support::must;
using support::secret;

namespace {

constexpr DeviceId device{std::byte{1}, std::byte{2}, std::byte{3}};

Slots fresh() {
    return must(Slots::create(support::ready(), device));
}
SecretBytes key() {
    return must(SecretBytes::random(support::ready(), database_key_size));
}

}  // namespace

TEST_CASE("words give back the database key from their own slot only") {
    const auto database_key = key();
    const auto words = must(generate_passphrase(support::ready()));
    auto slots = fresh();
    must(slots.set_words(support::ready(), 2, words, database_key));
    CHECK(must(slots.unlock_words(support::ready(), 2, words)).equals(database_key.view()));
    CHECK_FAILS(slots.unlock_words(support::ready(), 3, words), Error::WrongSecret);
    CHECK_FAILS(slots.unlock_words(support::ready(), 2, secret("other words")), Error::WrongSecret);
    CHECK_FAILS(slots.unlock_words(support::ready(), 8, words), Error::Input);
}

TEST_CASE("a key file gives back the database key, also after both went through their files") {
    const auto database_key = key();
    auto slots = fresh();
    const auto file = must(slots.set_key_file(support::ready(), 7, database_key));
    const auto again = must(Slots::parse(slots.serialise()));
    const auto text = must(file.to_text(support::ready()));
    const auto file_again = must(KeyFile::parse(support::ready(), text.view()));
    CHECK(file_again.slot() == 7);
    CHECK(file_again.device() == device);
    CHECK(must(again.unlock_key_file(support::ready(), file_again)).equals(database_key.view()));
    CHECK(must(file_again.to_text(support::ready())).equals(text.view()));
}

TEST_CASE("a key file with a PIN needs exactly that PIN") {
    const auto database_key = key();
    const auto pin = secret("246801");
    const auto wrong = secret("246802");
    auto slots = fresh();
    const auto file = must(slots.set_key_file(support::ready(), 0, database_key, &pin));
    CHECK(must(slots.unlock_key_file(support::ready(), file, &pin)).equals(database_key.view()));
    CHECK_FAILS(slots.unlock_key_file(support::ready(), file, &wrong), Error::WrongSecret);
    CHECK_FAILS(slots.unlock_key_file(support::ready(), file), Error::WrongSecret);
}

TEST_CASE("a key file that somebody holds opens a new database key from its own slot") {
    const auto before = key();
    const auto after = key();
    const auto pin = secret("246801");
    auto old = fresh();
    const auto file = must(old.set_key_file(support::ready(), 4, before, &pin));
    auto slots = fresh();
    must(slots.keep_key_file(support::ready(), file, after, &pin));
    CHECK(must(slots.unlock_key_file(support::ready(), file, &pin)).equals(after.view()));
    CHECK(must(old.unlock_key_file(support::ready(), file, &pin)).equals(before.view()));
    CHECK_FAILS(slots.unlock_key_file(support::ready(), file), Error::WrongSecret);
    auto other = must(Slots::create(support::ready(), DeviceId{std::byte{9}}));
    CHECK_FAILS(other.keep_key_file(support::ready(), file, after, &pin), Error::WrongSecret);
    CHECK_FAILS(slots.keep_key_file(support::ready(), file, secret("short"), &pin), Error::Input);
}

TEST_CASE("a key file of another device does not fit, nor does the slot moved to another place or device") {
    const auto database_key = key();
    auto slots = fresh();
    const auto file = must(slots.set_key_file(support::ready(), 1, database_key));
    auto other = must(Slots::create(support::ready(), DeviceId{std::byte{9}}));
    CHECK_FAILS(other.unlock_key_file(support::ready(), file), Error::WrongSecret);

    const Bytes good = slots.serialise();
    Bytes foreign = good;
    foreign[9] ^= std::byte{1};  // the device id
    const auto text = support::text_of(must(file.to_text(support::ready())));
    const std::string adapted = "amparo key file 1\ndevice 000203" + text.substr(31);
    const auto forged = must(KeyFile::parse(support::ready(), as_bytes(adapted)));
    CHECK_FAILS(must(Slots::parse(foreign)).unlock_key_file(support::ready(), forged), Error::WrongSecret);

    Bytes moved = good;
    std::copy_n(good.begin() + 33 + 88, 88, moved.begin() + 33 + 3 * 88);
    std::string in_fourth = text;
    in_fourth.replace(in_fourth.find("slot 2"), 6, "slot 4");
    const auto moved_file = must(KeyFile::parse(support::ready(), as_bytes(in_fourth)));
    CHECK_FAILS(must(Slots::parse(moved)).unlock_key_file(support::ready(), moved_file), Error::WrongSecret);
}

TEST_CASE("a cleared slot opens no more and the others still do") {
    const auto database_key = key();
    auto slots = fresh();
    const auto one = must(slots.set_key_file(support::ready(), 0, database_key));
    const auto other = must(slots.set_key_file(support::ready(), 1, database_key));
    must(slots.clear(support::ready(), 0));
    CHECK_FAILS(slots.unlock_key_file(support::ready(), one), Error::WrongSecret);
    CHECK(must(slots.unlock_key_file(support::ready(), other)).equals(database_key.view()));
    CHECK_FAILS(slots.clear(support::ready(), 8), Error::Input);
}

TEST_CASE("every damaged byte of a slots file is refused or opens nothing") {
    const auto database_key = key();
    auto slots = fresh();
    const auto file = must(slots.set_key_file(support::ready(), 0, database_key));
    const Bytes good = slots.serialise();
    REQUIRE(good.size() == slots_file_size);
    for (std::size_t i = 0; i < 33 + 88; ++i) {
        Bytes damaged = good;
        damaged[i] ^= std::byte{1};
        const auto parsed = Slots::parse(damaged);
        INFO(i);
        CHECK_FALSE((parsed && parsed->unlock_key_file(support::ready(), file)));
    }
    for (std::size_t n = 0; n < good.size(); ++n) CHECK_FAILS(Slots::parse(ByteView(good).first(n)), Error::Malformed);
    Bytes longer = good;
    longer.push_back({});
    CHECK_FAILS(Slots::parse(longer), Error::Malformed);
}

TEST_CASE("a slots file below the floor or above the cap is refused") {
    for (const ArgonCost cost : {ArgonCost{65535, 3}, ArgonCost{65536, 2}, ArgonCost{262145, 3}, ArgonCost{65536, 17}})
        CHECK_FAILS(Slots::create(support::ready(), device, cost), Error::WorkFactor);
    Bytes weak = fresh().serialise();
    weak[25] = weak[26] = weak[27] = weak[28] = std::byte{0};
    CHECK_FAILS(Slots::parse(weak), Error::WorkFactor);
}

TEST_CASE("used and unused slots cannot be told apart by what is constant") {
    auto slots = fresh();
    const Bytes before = slots.serialise();
    must(slots.set_key_file(support::ready(), 3, key()));
    const Bytes after = slots.serialise();
    CHECK(before.size() == after.size());
    const auto first = before.begin() + 33 + 3 * 88;
    CHECK(std::equal(before.begin(), first, after.begin()));
    CHECK(std::equal(first + 88, before.end(), after.begin() + 33 + 4 * 88));
    CHECK_FALSE(std::equal(first, first + 88, after.begin() + 33 + 3 * 88));
}

TEST_CASE("a key file is read in one form only") {
    auto slots = fresh();
    const auto good =
        support::text_of(must(must(slots.set_key_file(support::ready(), 0, key())).to_text(support::ready())));
    REQUIRE(KeyFile::parse(support::ready(), as_bytes(good)));
    const auto refused = [](const std::string& text) {
        INFO(text.size());
        CHECK_FAILS(KeyFile::parse(support::ready(), as_bytes(text)), Error::Malformed);
    };
    for (std::size_t n = 0; n < good.size(); ++n) refused(good.substr(0, n));
    refused(good + "\n");
    const auto replaced = [&](std::string_view from, std::string_view to) {
        std::string text = good;
        text.replace(text.find(from), from.size(), to);
        return text;
    };
    refused(replaced("slot 1", "slot 0"));
    refused(replaced("slot 1", "slot 9"));
    refused(replaced("file 1", "file 2"));
    refused(replaced("\nslot", "\r\nslot"));
    refused(good.substr(0, good.size() - 2) + "G\n");
    refused(good.substr(0, good.size() - 2) + "A\n");
}
