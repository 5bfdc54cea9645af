// Workers and what wrong PINs cost, with injected time.
#include "crypto/argon.hpp"
#include "tests/store/support.hpp"

using app::store::DeviceLocked;
using app::store::Error;
using app::store::MustWait;
using app::store::Now;
using app::store::Role;
using app::store::SignedIn;
using app::store::SignIn;
using app::store::Worker;
using app::store::WorkerNumber;
using app::store::WrongPin;
using namespace std::chrono_literals;

namespace {

constexpr crypto::ArgonCost cheap{64, 1};
constexpr Now start{std::chrono::sys_seconds(std::chrono::seconds(1'800'000'000)), 50h, 1};

/// So much later, on a clock that nobody touched.
Now operator+(Now now, std::chrono::seconds time) {
    return {now.wall + time, now.running + time, now.start};
}

/// The same moment on a clock that somebody set.
Now set_by(Now now, std::chrono::seconds time) {
    return {now.wall + time, now.running, now.start};
}

SignIn attempt(test::Kiosk& kiosk, std::uint32_t number, std::string_view pin, Now now) {
    auto answer = kiosk->people().sign_in(WorkerNumber{number}, test::secret(pin), now);
    REQUIRE(answer);
    return *answer;
}

void add(test::Kiosk& kiosk, std::uint32_t number, Role role, std::string_view pin) {
    REQUIRE(kiosk->people().add({WorkerNumber{number}, role}, test::secret(pin), cheap));
}

/// Worker 1 (135790) and shift lead 3 (975310), and so many wrong PINs for number 1, each as soon as allowed.
Now after_wrong_pins(test::Kiosk& kiosk, int tries) {
    add(kiosk, 1, Role::Shelter, "135790");
    add(kiosk, 3, Role::ShiftLead, "975310");
    Now now = start;
    for (int i = 0; i < tries; ++i) {
        const auto answer = attempt(kiosk, 1, "000000", now);
        if (const auto* wait = std::get_if<MustWait>(&answer)) now = now + wait->left;
    }
    return now;
}

/// Nineteen more, from 10 on, whose verifiers cost little: a number that nobody has costs as much as on a real device.
void add_others(test::Kiosk& kiosk) {
    for (std::uint32_t number = 10; number < 29; ++number) add(kiosk, number, Role::Shelter, "135790");
}

}  // namespace

TEST_CASE("the right number and PIN sign a worker in with the role") {
    test::Kiosk kiosk;
    add(kiosk, 2, Role::Border, "246801");
    const auto answer = attempt(kiosk, 2, "246801", start);
    REQUIRE(std::holds_alternative<SignedIn>(answer));
    CHECK(std::get<SignedIn>(answer).worker.role == Role::Border);
    CHECK(std::get<SignedIn>(answer).worker.number == WorkerNumber{2});
}

TEST_CASE("a wrong PIN and an unknown number get the same kind of answer") {
    test::Kiosk kiosk;
    add(kiosk, 2, Role::Border, "246801");
    const auto wrong = attempt(kiosk, 2, "246802", start);
    const auto unknown = attempt(kiosk, 9, "246801", start);
    REQUIRE(std::holds_alternative<WrongPin>(wrong));
    REQUIRE(std::holds_alternative<WrongPin>(unknown));
    CHECK(std::get<WrongPin>(wrong).tries_left == 4);
    CHECK(std::get<WrongPin>(unknown).tries_left == 4);
}

TEST_CASE("the fifth wrong PIN makes a number wait a quarter of an hour, right PIN or not, while others go on") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 4);
    const auto fifth = attempt(kiosk, 1, "000000", start);
    REQUIRE(std::holds_alternative<MustWait>(fifth));
    CHECK(std::get<MustWait>(fifth).left == 15min);
    const auto right_too_early = attempt(kiosk, 1, "135790", start + 14min + 59s);
    REQUIRE(std::holds_alternative<MustWait>(right_too_early));
    CHECK(std::get<MustWait>(right_too_early).left == 1s);
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 3, "975310", start + 1min)));
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 1, "135790", start + 15min)));
}

TEST_CASE("every further wrong PIN doubles the wait, up to a day") {
    test::Kiosk kiosk;
    Now now = after_wrong_pins(kiosk, 5);
    std::chrono::minutes expected = 30min;
    for (int i = 0; i < 9; ++i) {
        const auto answer = attempt(kiosk, 1, "000000", now);
        REQUIRE(std::holds_alternative<MustWait>(answer));
        CHECK(std::get<MustWait>(answer).left == std::min<std::chrono::seconds>(expected, 24h));
        now = now + std::get<MustWait>(answer).left;
        expected *= 2;
    }
}

TEST_CASE("the right PIN after waiting makes the count start anew") {
    test::Kiosk kiosk;
    const Now now = after_wrong_pins(kiosk, 5);
    REQUIRE(std::holds_alternative<SignedIn>(attempt(kiosk, 1, "135790", now)));
    const auto answer = attempt(kiosk, 1, "000000", now);
    REQUIRE(std::holds_alternative<WrongPin>(answer));
    CHECK(std::get<WrongPin>(answer).tries_left == 4);
}

TEST_CASE("waiting goes on after the kiosk was started again") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 4);
    attempt(kiosk, 1, "000000", start);
    REQUIRE(kiosk.open());
    CHECK(std::holds_alternative<MustWait>(attempt(kiosk, 1, "135790", start + 10min)));
}

TEST_CASE("a clock set forwards shortens no wait: of thirty tries a day apart by the clock all but five are refused") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 0);
    int looked_at = 0;
    for (int i = 0; i < 30; ++i) {
        const auto now = set_by(start, i * 25h);
        const auto answer = attempt(kiosk, 1, "000000", now);
        looked_at += std::holds_alternative<WrongPin>(answer) ? 1 : 0;
        if (i >= 4) {
            REQUIRE(std::holds_alternative<MustWait>(answer));
            CHECK(std::get<MustWait>(answer).left == 15min);
        }
    }
    CHECK(looked_at == 4);  // the fifth is told to wait at once
    CHECK(std::holds_alternative<MustWait>(attempt(kiosk, 1, "135790", set_by(start, 1000h))));
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 1, "135790", start + 15min)));
}

TEST_CASE("a clock set back neither prolongs a wait nor ends it") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 4);
    attempt(kiosk, 1, "000000", start);
    const auto later = set_by(start + 10min, -1000h);
    const auto answer = attempt(kiosk, 1, "135790", later);
    REQUIRE(std::holds_alternative<MustWait>(answer));
    CHECK(std::get<MustWait>(answer).left == 5min);
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 1, "135790", later + 5min)));
}

TEST_CASE("switching the machine off and setting its clock shortens no wait, and the wait goes on from where it was") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 4);
    attempt(kiosk, 1, "000000", start);
    attempt(kiosk, 1, "135790", start + 6min);  // by then six minutes are known
    for (std::uint64_t i = 2; i < 32; ++i) {
        REQUIRE(kiosk.open());
        const auto answer =
            attempt(kiosk, 1, "000000", {start.wall + std::chrono::hours(25 * static_cast<int>(i)), 10s, i});
        REQUIRE(std::holds_alternative<MustWait>(answer));
        CHECK(std::get<MustWait>(answer).left == 9min);
    }
    const Now last{start.wall, 10s, 31};
    CHECK(std::holds_alternative<MustWait>(attempt(kiosk, 1, "135790", last + 8min)));
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 1, "135790", last + 9min)));
}

TEST_CASE("a clock set forwards does not hide wrong PINs from the lock of the device") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 0);
    add_others(kiosk);
    for (std::uint32_t number = 10; number < 29; ++number) attempt(kiosk, number, "000000", set_by(start, number * 2h));
    CHECK(std::holds_alternative<DeviceLocked>(attempt(kiosk, 1, "000000", set_by(start, 100h))));
}

TEST_CASE("a clock that was set while the machine ran is told once, in both directions, however slowly it was done") {
    test::Kiosk kiosk;
    CHECK(*kiosk->clock().set_by(start) == 0s);
    CHECK(*kiosk->clock().set_by(start + 24h) == 0s);
    CHECK(*kiosk->clock().set_by(set_by(start + 24h, 10min)) == 0s);
    CHECK(*kiosk->clock().set_by(set_by(start + 24h, 11min)) == 11min);
    CHECK(*kiosk->clock().set_by(set_by(start + 25h, 11min)) == 0s);
    attempt(kiosk, 1, "000000", set_by(start + 26h, -300h));  // a try hides nothing
    REQUIRE(kiosk.open());
    CHECK(*kiosk->clock().set_by(set_by(start + 26h, 11min - 300h)) == -300h);
    // What happened while it was off is nobody's to say.
    CHECK(*kiosk->clock().set_by({start.wall + 9000h, 1min, 2}) == 0s);
}

TEST_CASE("twenty wrong PINs in an hour lock the device for everybody until it is unlocked again") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 0);
    for (std::uint32_t number = 10; number < 29; ++number)
        REQUIRE(std::holds_alternative<WrongPin>(attempt(kiosk, number, "000000", start + number * 1min)));
    CHECK_FALSE(*kiosk->people().device_locked());
    CHECK(std::holds_alternative<DeviceLocked>(attempt(kiosk, 1, "000000", start + 30min)));
    CHECK(*kiosk->people().device_locked());
    CHECK(std::holds_alternative<DeviceLocked>(attempt(kiosk, 3, "975310", start + 31min)));
    REQUIRE(kiosk.open());
    CHECK(std::holds_alternative<DeviceLocked>(attempt(kiosk, 3, "975310", start + 100h)));
    REQUIRE(kiosk->people().lift_device_lock());
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 3, "975310", start + 100h)));
}

TEST_CASE("the twentieth try with the right PIN signs in") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 0);
    add_others(kiosk);
    for (std::uint32_t number = 10; number < 29; ++number) attempt(kiosk, number, "000000", start);
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 3, "975310", start)));
    CHECK_FALSE(*kiosk->people().device_locked());
}

TEST_CASE("wrong PINs older than an hour do not count towards the device lock") {
    test::Kiosk kiosk;
    after_wrong_pins(kiosk, 0);
    add_others(kiosk);
    for (std::uint32_t number = 10; number < 29; ++number) attempt(kiosk, number, "000000", start);
    CHECK(std::holds_alternative<WrongPin>(attempt(kiosk, 1, "000000", start + 1h)));
}

TEST_CASE("a new PIN replaces the old one and ends the waiting") {
    test::Kiosk kiosk;
    const Now now = after_wrong_pins(kiosk, 4);
    attempt(kiosk, 1, "000000", now);
    REQUIRE(kiosk->people().change_pin(WorkerNumber{1}, test::secret("112233"), cheap));
    CHECK(std::holds_alternative<WrongPin>(attempt(kiosk, 1, "135790", now)));
    CHECK(std::holds_alternative<SignedIn>(attempt(kiosk, 1, "112233", now)));
    CHECK(kiosk->people().change_pin(WorkerNumber{77}, test::secret("112233"), cheap).error() == Error::NotFound);
}

TEST_CASE("workers are added once, listed by number and removed, but never the last shift lead") {
    test::Kiosk kiosk;
    add(kiosk, 3, Role::ShiftLead, "975310");
    add(kiosk, 1, Role::Shelter, "135790");
    CHECK(kiosk->people().add({WorkerNumber{1}, Role::Border}, test::secret("246801"), cheap).error() ==
          Error::Refused);
    const auto workers = kiosk->people().workers();
    REQUIRE(workers);
    REQUIRE(workers->size() == 2);
    CHECK(workers->front().number == WorkerNumber{1});
    CHECK(kiosk->people().remove(WorkerNumber{3}).error() == Error::Refused);
    CHECK(kiosk->people().remove(WorkerNumber{5}).error() == Error::NotFound);
    CHECK(kiosk->people().remove(WorkerNumber{1}));
    CHECK(kiosk->people().workers()->size() == 1);
}

TEST_CASE("a number that was removed is never given again, also after the store was opened anew") {
    test::Kiosk kiosk;
    add(kiosk, 3, Role::ShiftLead, "975310");
    add(kiosk, 1, Role::Shelter, "135790");
    CHECK(kiosk->people().removed()->empty());
    REQUIRE(kiosk->people().remove(WorkerNumber{1}));
    const auto again = [&] {
        return kiosk->people().add({WorkerNumber{1}, Role::Shelter}, test::secret("246801"), cheap);
    };
    CHECK(again().error() == Error::Refused);
    REQUIRE(kiosk.open());
    CHECK(again().error() == Error::Refused);
    CHECK(*kiosk->people().removed() == std::vector{WorkerNumber{1}});
    add(kiosk, 2, Role::Shelter, "246801");
}

TEST_CASE("numbers and PINs outside their range are refused") {
    test::Kiosk kiosk;
    for (const std::uint32_t number : {0U, 10000U})
        CHECK(kiosk->people().add({WorkerNumber{number}, Role::Shelter}, test::secret("135790"), cheap).error() ==
              Error::Input);
    for (const std::string_view pin : {"12345", "1234567890123", "12345a", "abcdef"})
        CHECK(kiosk->people().add({WorkerNumber{1}, Role::Shelter}, test::secret(pin), cheap).error() == Error::Input);
}
