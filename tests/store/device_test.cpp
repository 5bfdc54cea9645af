// Device key, enrolment, bundle and preferences; and what putting an old page back does.
#include "tests/store/support.hpp"

using app::store::Error;

namespace {

crypto::Bytes some_bytes(std::size_t size, unsigned value) {
    return crypto::Bytes(size, static_cast<std::byte>(value));
}

/// Puts single pages of `before` into the file as it is now and opens it: how often was each answer given?
struct Replayed {
    int noticed = 0;
    int damaged = 0;
    int opened = 0;
};
Replayed put_pages_back(test::Kiosk& kiosk, const std::vector<char>& before) {
    kiosk.close();
    const auto now = test::read_all(kiosk.database());
    Replayed replayed;
    for (std::size_t at = 0; at + 4096 <= std::min(before.size(), now.size()); at += 4096) {
        if (std::equal(before.begin() + static_cast<std::ptrdiff_t>(at),
                       before.begin() + static_cast<std::ptrdiff_t>(at + 4096),
                       now.begin() + static_cast<std::ptrdiff_t>(at)))
            continue;
        auto mixed = now;
        std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(at), 4096,
                    mixed.begin() + static_cast<std::ptrdiff_t>(at));
        test::write_all(kiosk.database(), mixed);
        const auto opened = kiosk.open();
        if (opened)
            ++replayed.opened;
        else if (opened.error() == Error::RolledBack)
            ++replayed.noticed;
        else
            ++replayed.damaged;
        kiosk.close();
    }
    test::write_all(kiosk.database(), now);
    return replayed;
}

}  // namespace

TEST_CASE("the device key survives closing and is kept only once") {
    test::Kiosk kiosk;
    CHECK(kiosk->device().key().error() == Error::NotFound);
    const auto key = crypto::DeviceSecretKey::generate(test::ready());
    REQUIRE(key);
    REQUIRE(kiosk->device().keep_key(*key));
    CHECK(kiosk->device().keep_key(*key).error() == Error::Refused);
    REQUIRE(kiosk.open());
    const auto kept = kiosk->device().key();
    REQUIRE(kept);
    CHECK(kept->public_key() == key->public_key());
}

TEST_CASE("enrolment is kept, and its epoch only rises") {
    test::Kiosk kiosk;
    CHECK(kiosk->device().enrolment().error() == Error::NotFound);
    REQUIRE(kiosk->device().enrol(test::enrolment(2)));
    REQUIRE(kiosk.open());
    CHECK(kiosk->device().enrolment()->epoch == 2);
    CHECK(kiosk->device().enrolment()->certificate == some_bytes(10, 1));
    CHECK(kiosk->device().enrol(test::enrolment(2)).error() == Error::Refused);
    CHECK(kiosk->device().enrol(test::enrolment(1)).error() == Error::Refused);
    auto other = test::enrolment(3);
    other.device = std::string(32, 'e');
    CHECK(kiosk->device().enrol(other).error() == Error::Refused);
    CHECK(kiosk->device().enrol(test::enrolment(3)));
}

TEST_CASE("a bundle's sequence only rises, and the same one again changes nothing") {
    test::Kiosk kiosk;
    CHECK(kiosk->bundle().installed().error() == Error::NotFound);
    REQUIRE(kiosk->bundle().install(5, some_bytes(300000, 7)));
    CHECK(kiosk->bundle().install(5, some_bytes(300000, 7)));
    CHECK(kiosk->bundle().install(5, some_bytes(300000, 8)).error() == Error::Refused);
    CHECK(kiosk->bundle().install(4, some_bytes(10, 1)).error() == Error::Refused);
    REQUIRE(kiosk.open());
    CHECK(kiosk->bundle().installed()->sequence == 5);
    CHECK(kiosk->bundle().installed()->bytes == some_bytes(300000, 7));
    REQUIRE(kiosk->bundle().install(6, some_bytes(10, 9)));
    CHECK(kiosk->bundle().installed()->bytes == some_bytes(10, 9));
}

TEST_CASE("settings are kept by name and checked") {
    test::Kiosk kiosk;
    CHECK(*kiosk->settings().get("text_size") == std::nullopt);
    REQUIRE(kiosk->settings().set("text_size", "150"));
    REQUIRE(kiosk->settings().set("text_size", "200"));
    REQUIRE(kiosk.open());
    CHECK(*kiosk->settings().get("text_size") == "200");
    CHECK(kiosk->settings().set("Text Size", "1").error() == Error::Input);
    CHECK(kiosk->settings().set("", "1").error() == Error::Input);
    CHECK(kiosk->settings().set("long", std::string(4097, 'x')).error() == Error::Input);
}

TEST_CASE("an authentic older page put back is noticed, whichever it is") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->device().enrol(test::enrolment(1)));
    REQUIRE(kiosk->settings().set("text_size", "100"));
    REQUIRE(kiosk->bundle().install(1, some_bytes(20000, 1)));
    for (unsigned i = 1; i <= 6; ++i) REQUIRE(kiosk->records().insert(test::record_id(i), 1, test::sealed("{}").bytes));
    kiosk.close();
    const auto before = test::read_all(kiosk.database());
    REQUIRE(kiosk.open());
    REQUIRE(kiosk->people().add({app::store::WorkerNumber{1}, app::store::Role::ShiftLead}, test::secret("135790"),
                                crypto::ArgonCost{64, 1}));
    REQUIRE(kiosk->device().enrol(test::enrolment(2)));
    REQUIRE(kiosk->bundle().install(2, some_bytes(20000, 2)));
    REQUIRE(kiosk->records().insert(test::record_id(1), 2, test::sealed("{}").bytes));
    REQUIRE(kiosk->records().delete_older(test::record_id(1), 2));
    const auto replayed = put_pages_back(kiosk, before);
    INFO(replayed.noticed << " noticed, " << replayed.damaged << " damaged, " << replayed.opened << " opened");
    CHECK(replayed.noticed >= 3);
    // A page in the middle of one large value is noticed when that value is read.
    if (replayed.opened > 0) {
        REQUIRE(kiosk.open());
        CHECK(kiosk->bundle().installed()->bytes == some_bytes(20000, 2));
    }
}

TEST_CASE("an older page inside a large value is noticed when the value is read") {
    test::Kiosk kiosk;
    REQUIRE(kiosk->bundle().install(1, some_bytes(60000, 1)));
    kiosk.close();
    const auto before = test::read_all(kiosk.database());
    REQUIRE(kiosk.open());
    REQUIRE(kiosk->bundle().install(2, some_bytes(60000, 2)));
    kiosk.close();
    const auto now = test::read_all(kiosk.database());
    int seen = 0;
    for (std::size_t at = 0; at + 4096 <= std::min(before.size(), now.size()); at += 4096) {
        auto mixed = now;
        std::copy_n(before.begin() + static_cast<std::ptrdiff_t>(at), 4096,
                    mixed.begin() + static_cast<std::ptrdiff_t>(at));
        test::write_all(kiosk.database(), mixed);
        if (kiosk.open()) {
            const auto bundle = kiosk->bundle().installed();
            const bool whole = bundle && bundle->bytes == some_bytes(60000, 2) && bundle->sequence == 2;
            if (!whole) ++seen;
            CHECK((whole || (!bundle && bundle.error() == Error::Damaged)));
        }
        kiosk.close();
    }
    INFO(seen << " pages");
    CHECK(seen > 0);
}
