// A demo deployment whose kiosk holds three sealed records, and what a coordinator finds in it.
#pragma once

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <string>
#include <vector>

#include "app/store/device_keys.hpp"
#include "app/store/schema.hpp"
#include "app/store/store.hpp"
#include "crypto/open/open.hpp"
#include "crypto/words.hpp"
#include "tests/cli/support.hpp"

namespace test {

namespace store = app::store;
namespace fs = std::filesystem;

/// With the programme's public key, by somebody who has looked at its words before.
inline constexpr std::string_view recover =
    "amparo device recover --state demo/kiosk -i demo/keys/coordinator.identity --deployment demo/keys/deployment.pub "
    "--yes";

/// A demo deployment whose kiosk holds three sealed records: a copy of one that is made once.
struct Demo : Desk {
    Demo() {
        static const Demo original{Made{}};
        fs::copy(original.path() / "demo", path() / "demo", fs::copy_options::recursive);
        old_words.emplace(words_of(read("demo/device-words-2.txt")));
    }
    /// A file of the kiosk's, closed to others like all of them.
    void keep(const std::string& name, std::string_view content) const {
        write("demo/kiosk/" + name, content);
        fs::permissions(path() / "demo/kiosk" / name, fs::perms::owner_read | fs::perms::owner_write);
    }
    static std::string text_of(char letter) { return std::string("{\"said\":\"") + letter + "\"}"; }
    static crypto::SecretBytes words_of(const std::string& typed) {
        auto words = crypto::canonical_passphrase(ready(), bytes(typed));
        REQUIRE(words);
        return std::move(*words);
    }
    [[nodiscard]] store::StateFolder folder() const {
        auto opened = store::StateFolder::open(path() / "demo/kiosk");
        REQUIRE(opened);
        return std::move(*opened);
    }
    /// The folder's lock is not kept: nothing else runs meanwhile.
    [[nodiscard]] store::Result<store::Unlocked> open(const store::Opener& opener) const {
        const auto held = folder();
        return store::unlock(ready(), held, opener);
    }
    [[nodiscard]] std::vector<crypto::open::Identity> identities(const std::string& name) const {
        auto found = crypto::open::parse_identity_file(ready(), bytes(read("demo/keys/" + name + ".identity")));
        REQUIRE(found);
        return std::move(*found);
    }
    /// Every record is there and says what it said.
    void complete(store::Store& kiosk) const {
        const auto plan = kiosk.outbox().plan("");
        REQUIRE(plan);
        std::vector<std::string> said;
        const auto keys = identities("coordinator");
        for (const auto& row : plan->rows) {
            const auto sealed = kiosk.records().read(row.id);
            REQUIRE(sealed);
            const auto text = crypto::open::open(ready(), *sealed, std::span(keys));
            REQUIRE(text);
            said.emplace_back(crypto::as_text(text->view()));
            said.back().erase(said.back().find_last_not_of(' ') + 1);
        }
        std::sort(said.begin(), said.end());
        CHECK(said == std::vector{text_of('a'), text_of('b'), text_of('c')});
    }
    void opens(const store::Opener& opener) const {
        const auto opened = open(opener);
        REQUIRE(opened);
        complete(*opened->store);
    }
    /// Changes rows of the closed store as somebody does who has its key: the summary holds afterwards.
    void change_store(std::string_view sql) const {
        const auto held = folder();
        auto opened = store::unlock(ready(), held, store::ByWords{1, &*old_words});
        REQUIRE(opened);
        opened->store.reset();
        auto database = app::database::Database::open(ready(), held.database(), opened->key, store::schema::migrations,
                                                      store::schema::expected);
        REQUIRE(database);
        auto summary = store::detail::Summary::make(ready(), opened->key);
        REQUIRE(summary);
        auto transaction = app::database::Transaction::begin(*database);
        REQUIRE(transaction);
        REQUIRE(database->run(sql));
        REQUIRE(summary->rebuild(*database));
        REQUIRE(transaction->commit());
    }
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> all;
        for (const auto* name : {"slots.bin", "slots-copy.bin", "recovery.age", "amparo.db"})
            all.push_back(has(std::string("demo/kiosk/") + name) ? read(std::string("demo/kiosk/") + name) : "");
        return all;
    }

    std::optional<crypto::SecretBytes> old_words;

  private:
    struct Made {};
    explicit Demo(Made) {
        take_programme("demo", "Prueba");
        old_words.emplace(words_of(read("demo/device-words-2.txt")));
        const auto opened = open(store::ByWords{1, &*old_words});
        REQUIRE(opened);
        const std::vector recipients{identities("coordinator").front().recipient()};
        for (const char letter : {'a', 'b', 'c'}) {
            const auto sealed = crypto::seal_record(ready(), crypto::as_bytes(text_of(letter)), recipients);
            REQUIRE(sealed);
            REQUIRE(opened->store->records().save_revision(std::string(32, letter), 1, *sealed));
        }
    }
};

inline bool is_passphrase(const std::string& line) {
    return std::count(line.begin(), line.end(), '-') == 7 && line.ends_with('\n') &&
           std::count(line.begin(), line.end(), '\n') == 1 && crypto::canonical_passphrase(ready(), bytes(line));
}

}  // namespace test
