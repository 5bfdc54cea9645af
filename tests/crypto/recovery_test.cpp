// What coordinators get when every word and key file of a device is lost.
#include "crypto/recovery.hpp"

#include "support.hpp"

using namespace crypto;
using support::must;

namespace {

constexpr DeviceId device{std::byte{1}, std::byte{2}, std::byte{3}};

SecretBytes new_database_key() {
    return must(SecretBytes::random(support::ready(), database_key_size));
}

Result<Sealed> sealed(std::initializer_list<const SecretBytes*> keys, const support::People& people) {
    return seal_recovery(support::ready(), device, std::span(keys.begin(), keys.size()), people.recipients);
}

Result<Recovery> opened(const Sealed& file, const open::Identity& identity) {
    const auto text = must(open::open(support::ready(), file.bytes, std::span(&identity, 1)));
    return Recovery::parse(support::ready(), text.view());
}

}  // namespace

TEST_CASE("every recipient of a recovery file gets the device and its key") {
    const auto people = support::people(3);
    const auto database_key = new_database_key();
    const auto file = must(sealed({&database_key}, people));
    for (const auto& identity : people.identities) {
        const auto found = must(opened(file, identity));
        CHECK(found.device() == device);
        REQUIRE(found.keys().size() == 1);
        CHECK(found.keys().front().equals(database_key.view()));
    }
}

TEST_CASE("while the key changes both are there, the old one first, and the file looks the same from outside") {
    const auto people = support::people(2);
    const auto before = new_database_key();
    const auto after = new_database_key();
    const auto one = must(sealed({&before}, people));
    const auto two = must(sealed({&before, &after}, people));
    CHECK(one.bytes.size() == two.bytes.size());
    CHECK(one.stanzas == few_stanzas);
    CHECK(two.stanzas == few_stanzas);
    const auto found = must(opened(two, people.identities.back()));
    REQUIRE(found.keys().size() == 2);
    CHECK(found.keys().front().equals(before.view()));
    CHECK(found.keys().back().equals(after.view()));
}

TEST_CASE("how the database begins is in the recovery file where it is known, and from outside nothing shows it") {
    const auto people = support::people(2);
    const auto database_key = new_database_key();
    const auto without = must(sealed({&database_key}, people));
    CHECK(must(opened(without, people.identities.front())).salts().empty());
    const std::array salts{DatabaseSalt{std::byte{5}}, DatabaseSalt{std::byte{6}}};
    const SecretBytes* const keys[] = {&database_key};
    const auto with = must(seal_recovery(support::ready(), device, keys, people.recipients, salts));
    CHECK(with.bytes.size() == without.bytes.size());
    const auto found = must(opened(with, people.identities.back()));
    REQUIRE(found.salts().size() == 2);
    CHECK(found.salts()[0] == salts[0]);
    CHECK(found.salts()[1] == salts[1]);
    CHECK(found.keys().size() == 1);
    const std::array<DatabaseSalt, 3> three{};
    CHECK_FAILS(seal_recovery(support::ready(), device, keys, people.recipients, three), Error::Input);
}

TEST_CASE("a recovery file is not made of no key, of three, of a short one, or for nobody") {
    const auto people = support::people(2);
    const auto whole = new_database_key();
    const auto cut = must(SecretBytes::make(support::ready(), database_key_size - 1));
    CHECK_FAILS(sealed({}, people), Error::Input);
    CHECK_FAILS(sealed({&whole, &whole, &whole}, people), Error::Input);
    CHECK_FAILS(sealed({&cut}, people), Error::Input);
    CHECK_FAILS(sealed({&whole}, {}), Error::Input);
}

TEST_CASE("a recovery text is read in one form only") {
    const std::string head = "amparo recovery 1\ndevice 101112131415161718191a1b1c1d1e1f\n";
    const std::string line = "key " + std::string(64, '7') + "\n";
    const auto good = head + line;
    const auto parsed = must(Recovery::parse(support::ready(), as_bytes(good + "   ")));
    CHECK(must(parsed.to_text(support::ready())).equals(as_bytes(good)));
    const auto refused = [](const std::string& text) {
        INFO(text);
        CHECK_FAILS(Recovery::parse(support::ready(), as_bytes(text)), Error::Malformed);
    };
    for (std::size_t n = 0; n < good.size(); ++n) refused(good.substr(0, n));
    refused(good + "x");
    refused(good + "\n");
    refused(good + "  \n");
    refused(head + line + line + line);
    const std::string salt = "salt " + std::string(32, '5') + "\n";
    for (const auto& whole : {good + salt, good + salt + salt, head + line + line + salt + salt}) {
        const auto with_salt = must(Recovery::parse(support::ready(), as_bytes(whole + " ")));
        CHECK(must(with_salt.to_text(support::ready())).equals(as_bytes(whole)));
        for (std::size_t cut = 1; cut < salt.size(); ++cut) refused(whole.substr(0, whole.size() - cut));
        refused(whole + line);
        refused(whole + "x");
    }
    refused(good + salt + salt + salt);
    refused(head + salt + line);
    refused(head + salt);
    refused(good + "salt " + std::string(32, 'F') + "\n");
    refused(good + "salt " + std::string(31, '5') + "\n");
    refused(good + "salt " + std::string(34, '5') + "\n");
    refused(head + "key " + std::string(64, 'A') + "\n");
    refused(head + "key " + std::string(63, '7') + "g\n");
    refused("amparo recovery 2\n" + head.substr(18) + line);
}
