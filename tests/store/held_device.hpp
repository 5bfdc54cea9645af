// A device with a record and two keyholders, in a folder of its own.
#pragma once

#include <optional>
#include <vector>

#include "app/store/device_keys.hpp"
#include "crypto/open/open.hpp"
#include "tests/store/support.hpp"
#include "tests/support/slow_clock.hpp"

namespace test {

inline constexpr crypto::DeviceId device{std::byte{1}, std::byte{2}, std::byte{3}};

struct Coordinators {
    std::vector<crypto::open::Identity> identities;
    std::vector<crypto::Recipient> recipients;
    explicit Coordinators(int n = 2) {
        for (int i = 0; i < n; ++i) {
            auto identity = crypto::open::Identity::generate(ready());
            REQUIRE(identity);
            recipients.push_back(identity->recipient());
            identities.push_back(std::move(*identity));
        }
    }
};

/// A device with a record, words in the first slot and a key file in the fourth.
struct HeldDevice {
    Folder temp;
    store::StateFolder folder = must(store::StateFolder::open(temp.path()));
    Coordinators coordinators;
    crypto::SecretBytes words = secret("radio hotel canal");
    store::Unlocked open = must(store::create_device(ready(), folder, device, slow_clock()));
    std::optional<crypto::KeyFile> file;

    HeldDevice() {
        must(store::add_words(ready(), folder, open, 0, words));
        file.emplace(must(store::add_key_file(ready(), folder, open, 3)));
        must(store::keep_recovery(ready(), folder, open, coordinators.recipients));
        must(open.store->settings().set("mark", "kept"));
        REQUIRE(open.store->records().save_revision(record_id(1), 1, sealed("{}")));
    }
    void close() { open.store.reset(); }
    [[nodiscard]] store::ByWords by_words() const { return {0, &words}; }
    [[nodiscard]] store::ByKeyFile by_file() const { return {&*file, nullptr}; }
    [[nodiscard]] store::Error refused(const store::Opener& opener) const {
        const auto opened = store::unlock(ready(), folder, opener);
        REQUIRE_FALSE(opened);
        return opened.error();
    }
    /// Opens, and everything is there.
    void opens(const store::Opener& opener) const {
        const auto opened = must(store::unlock(ready(), folder, opener));
        CHECK(must(opened.store->settings().get("mark")) == "kept");
        CHECK(must(opened.store->records().last_revision(record_id(1))) == 1);
    }
    [[nodiscard]] crypto::Recovery recovery(const crypto::open::Identity& identity) const {
        const auto sealed = must(folder.read_recovery());
        const auto text = crypto::open::open(ready(), sealed, std::span(&identity, 1));
        REQUIRE(text);
        auto parsed = crypto::Recovery::parse(ready(), text->view());
        REQUIRE(parsed);
        return std::move(*parsed);
    }
    [[nodiscard]] std::vector<char> bytes(const char* name) const { return read_all(temp.path() / name); }
    void put(const char* name, const std::vector<char>& content) const { write_all(temp.path() / name, content); }
};

}  // namespace test
