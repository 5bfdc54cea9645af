// A device that is made here, asks, and is enrolled; and what hostile hands may lay on the stick that comes back.
#include <sys/stat.h>

#include <map>

#include "app/exchange/audit.hpp"
#include "app/kiosk/effect_runner.hpp"
#include "app/store/making.hpp"
#include "tests/kiosk/enrolling.hpp"

using namespace test;
using session::DeviceError;
namespace device = app::device;
namespace exchange = app::exchange;

namespace {

/// A programme, and beside it a kiosk that nobody has set up.
struct Beginning : Deployment {
    fs::path fresh = path() / "fresh";
    fs::path back = stick();  ///< with the bundle; certificates are laid beside it
    crypto::DeploymentPublicKey programme = pinned();

    void lay(const std::string& name, crypto::ByteView bytes) const { write(back / name, crypto::as_text(bytes)); }
    [[nodiscard]] DeviceError refused(const device::NewDevice& one) const {
        const auto found = device::find_answer(ready(), one, programme, {back});
        REQUIRE_FALSE(found);
        return found.error();
    }
    [[nodiscard]] tl::expected<device::NewDevice, DeviceError> make() const {
        return device::make_device(ready(), fresh, secret(device_words), slow_clock());
    }
};

std::map<std::string, std::string> content(const fs::path& folder) {
    std::map<std::string, std::string> all;
    for (const auto& entry : fs::directory_iterator(folder))
        all[entry.path().filename().string()] = entry.is_regular_file() ? read(entry.path()) : "";
    return all;
}

/// The answer to one effect, by a worker thread of its own.
session::Answer answer_of(const kiosk::Places& places, std::vector<session::Effect> effects) {
    kiosk::EffectRunner runner(ready(), places, [] {});
    std::vector<session::Answer> answers;
    for (auto& effect : effects) runner.run(std::move(effect));
    while (runner.wait_for_event())
        for (auto& answer : runner.take()) answers.push_back(std::move(answer));
    REQUIRE(answers.size() == effects.size());
    return std::move(answers.back());
}

template <class... E>
std::vector<session::Effect> all_of(E... effects) {
    std::vector<session::Effect> all;
    (all.emplace_back(std::move(effects)), ...);
    return all;
}

}  // namespace

TEST_CASE("A kiosk offers to be set up only where its programme is pinned and nothing is there") {
    const Beginning b;
    const kiosk::Places pinned{b.fresh, b.path() / "no-key", b.outbox(), b.programme};
    const auto unlock = [&](const kiosk::Places& places) { return answer_of(places, all_of(session::Unlock{})); };
    CHECK(std::holds_alternative<session::NoDevice>(unlock(pinned)));
    fs::create_directory(b.fresh);
    CHECK(std::holds_alternative<session::NoDevice>(unlock(pinned)));
    CHECK(fs::is_empty(b.fresh));
    auto unpinned = pinned;
    unpinned.programme.reset();
    const auto refused = unlock(unpinned);
    REQUIRE(std::holds_alternative<session::UnlockFailed>(refused));
    CHECK(std::get<session::UnlockFailed>(refused).error == DeviceError::StateMissing);
    write(b.fresh / "letter.txt", "mine");
    CHECK(std::holds_alternative<session::UnlockFailed>(unlock(pinned)));
}

TEST_CASE("A device that asked goes on after a start with the words of its request, and a gone stick is said") {
    const Beginning b;
    const kiosk::Places places{b.fresh, b.path() / "no-key", b.outbox(), b.programme};
    session::Place place;
    place.path = (b.path() / "pulled-out").string();
    const auto gone =
        answer_of(places, all_of(session::MakeDevice{secret(device_words)}, session::WriteRequest{place}));
    REQUIRE(std::holds_alternative<session::RequestNotWritten>(gone));
    CHECK(std::get<session::RequestNotWritten>(gone).error == session::SendError::Gone);
    place.path = b.outbox().string();
    const auto by_words = [] { return session::Unlock{session::SlotWords{0, secret(device_words)}}; };
    const auto written = answer_of(places, all_of(by_words(), session::WriteRequest{place}));
    REQUIRE(std::holds_alternative<session::RequestWritten>(written));
    const auto again = answer_of(places, all_of(by_words()));
    REQUIRE(std::holds_alternative<session::UnlockedNotEnrolled>(again));
    const auto& asked = std::get<session::UnlockedNotEnrolled>(again).asked;
    REQUIRE(asked);
    CHECK(asked->words == std::get<session::RequestWritten>(written).asked.words);
    // Nothing came back on the stick yet, and nothing else can be done with the device.
    const auto missing = answer_of(places, all_of(by_words(), session::EnrolDevice{}));
    REQUIRE(std::holds_alternative<session::DeviceNotEnrolled>(missing));
    CHECK(std::get<session::DeviceNotEnrolled>(missing).error == DeviceError::NoCertificate);
    const auto test = answer_of(places, all_of(by_words(), session::SealTest{{{1}, store::Role::ShiftLead}}));
    CHECK(std::holds_alternative<session::TestNotSealed>(test));
}

TEST_CASE("A device that is made, asks and is answered works as one of its programme") {
    const Beginning b;
    CHECK(store::standing(b.fresh) == store::Standing::Nothing);
    auto made = make_new(b.fresh);
    CHECK(store::standing(b.fresh) == store::Standing::Something);
    CHECK_FALSE(fs::exists(b.fresh / store::making_file));
    CHECK(made.open.slots.cost().passes >= crypto::argon_floor.passes);
    const auto request = ask(made, b.programme);
    REQUIRE(device::write_request(b.back, request));
    CHECK(read(b.back / request.file) == crypto::as_text(request.bytes));
    CHECK(request.words ==
          exchange::enrolment_words(ready(), b.programme, *exchange::parse_enrolment_request(ready(), request.bytes)));
    b.lay(certificate_name(made), answer_to(request.bytes, programme_key(b)));
    const auto answer = device::find_answer(ready(), made, b.programme, {b.back});
    REQUIRE(answer);
    REQUIRE(device::enrol(ready(), made, b.programme, *answer));
    CHECK(fs::exists(b.fresh / store::recovery_file));
    auto enrolled =
        device::Device::enrolled(ready(), {b.fresh, {}, {}, b.programme}, std::move(made), kiosk::around(today()));
    REQUIRE(enrolled);
    CHECK(enrolled->bundle);
    CHECK(enrolled->enrolment.epoch == 1);
    const auto rows = enrolled->store->audit().rows(1);
    REQUIRE((rows && rows->size() == 1));
    CHECK(rows->front().type == static_cast<std::uint8_t>(exchange::AuditType::Enrolled));
    enrolled = tl::unexpected(DeviceError::Other);
    // And after the next start, by its words.
    const auto again = open_made(b.fresh, b.programme);
    REQUIRE(again);
    CHECK(std::holds_alternative<device::Device>(*again));
}

TEST_CASE("A device that was made and not enrolled opens with its words and has its request still") {
    const Beginning b;
    const auto request = [&] {
        const auto made = make_new(b.fresh);
        (void)ask(made, b.programme);
        return ask(made, b.programme);
    }();
    auto opened = open_made(b.fresh, b.programme);
    REQUIRE(opened);
    auto* fresh = std::get_if<device::NewDevice>(&*opened);
    REQUIRE(fresh != nullptr);
    const auto kept = device::kept_request(ready(), fresh->store(), fresh->id(), b.programme);
    REQUIRE(kept);
    CHECK(kept->words == request.words);
    CHECK(kept->file == request.file);
}

TEST_CASE("Where no programme is pinned a device that is nobody's yet does not open") {
    const Beginning b;
    (void)make_new(b.fresh);
    const std::optional typed = session::SlotWords{0, secret(device_words)};
    const auto device = kiosk::Device::unlock(ready(), {b.fresh, b.path() / "no-key", {}, {}}, typed, today());
    REQUIRE_FALSE(device);
    CHECK(device.error() == DeviceError::StateMissing);
}

TEST_CASE("A device is never made where anything lies already, and that stays as it is") {
    const Beginning b;
    SECTION("another file") {
        fs::create_directory(b.fresh);
        write(b.fresh / "letter.txt", "mine");
    }
    SECTION("a whole device") {
        (void)make_new(b.fresh);
    }
    SECTION("a store without slots") {
        fs::create_directory(b.fresh);
        write(b.fresh / store::database_file, "x");
    }
    SECTION("a store beside which somebody laid the mark of a half-made one") {
        fs::remove(b.fresh);
        fs::copy(b.state(), b.fresh, fs::copy_options::recursive);
        write(b.fresh / store::making_file, "");
    }
    SECTION("the mark, and a file of somebody's") {
        fs::create_directory(b.fresh);
        write(b.fresh / store::making_file, "");
        write(b.fresh / "letter.txt", "mine");
    }
    SECTION("a file in place of the folder") {
        write(b.fresh, "x");
    }
    SECTION("a link to a folder with something") {
        fs::create_symlink(b.state(), b.fresh);
    }
    const auto before = fs::is_directory(b.fresh) ? content(b.fresh) : std::map<std::string, std::string>{};
    CHECK(store::standing(b.fresh) == store::Standing::Something);
    const auto made = b.make();
    REQUIRE_FALSE(made);
    CHECK(made.error() == DeviceError::StateOdd);
    if (fs::is_directory(b.fresh)) CHECK(content(b.fresh) == before);
}

TEST_CASE("What an interrupted making left is cleared away and made anew") {
    const Beginning b;
    (void)make_new(b.fresh);
    write(b.fresh / store::making_file, "");
    CHECK(store::standing(b.fresh) == store::Standing::HalfMade);
    const auto before = read(b.fresh / store::slots_file);
    (void)make_new(b.fresh);
    CHECK(store::standing(b.fresh) == store::Standing::Something);
    CHECK(read(b.fresh / store::slots_file) != before);
    CHECK(open_made(b.fresh, b.programme));
}

TEST_CASE("A store that lost its enrolment is not taken for a new device") {
    const Beginning b;
    b.run_sql("DELETE FROM value WHERE name LIKE 'device.epoch'");
    auto places = b.places();
    places.programme = b.programme;
    const auto device = kiosk::Device::unlock(ready(), places, std::nullopt, today());
    REQUIRE_FALSE(device);
    CHECK(device.error() != DeviceError::NotEnrolled);
}

TEST_CASE("A certificate is taken only for this device, this key and from this programme") {
    const Beginning b;
    auto made = make_new(b.fresh);
    const auto request = ask(made, b.programme);
    CHECK(b.refused(made) == DeviceError::NoCertificate);
    const auto good = answer_to(request.bytes, programme_key(b));
    SECTION("another device's") {
        const std::string other(32, 'b');
        const auto other_key = crypto::DeviceSecretKey::generate(ready());
        const auto theirs = exchange::make_enrolment_request(ready(), other, *other_key);
        REQUIRE(theirs);
        const auto answered = answer_to(*theirs, programme_key(b));
        b.lay(other + "-1.amparo-cert", answered);
        CHECK(b.refused(made) == DeviceError::CertificateOfAnother);
        b.lay(certificate_name(made), answered);  // under this device's name
        CHECK(b.refused(made) == DeviceError::CertificateOfAnother);
    }
    SECTION("of an older request, with another key") {
        const auto old_key = crypto::DeviceSecretKey::generate(ready());
        const auto older = exchange::make_enrolment_request(ready(), made.id(), *old_key);
        REQUIRE(older);
        b.lay(certificate_name(made), answer_to(*older, programme_key(b)));
        CHECK(b.refused(made) == DeviceError::CertificateOfOldKey);
    }
    SECTION("another programme's") {
        const auto foreign = crypto::DeploymentSecretKey::generate(ready());
        b.lay(certificate_name(made), answer_to(request.bytes, *foreign));
        CHECK(b.refused(made) == DeviceError::CertificateForeign);
    }
    SECTION("cut at any place") {
        for (std::size_t size = 0; size < good.size(); size += 97) {
            b.lay(certificate_name(made), crypto::ByteView(good).first(size));
            CHECK(b.refused(made) == DeviceError::CertificateDamaged);
        }
    }
    SECTION("one byte changed") {
        for (std::size_t at = 0; at < good.size(); at += 53) {
            auto bytes = good;
            bytes[at] ^= std::byte{1};
            b.lay(certificate_name(made), bytes);
            const auto why = b.refused(made);
            CHECK((why == DeviceError::CertificateDamaged || why == DeviceError::CertificateForeign));
        }
    }
    SECTION("a link to a good one, a pipe, a folder") {
        const auto place = b.back / certificate_name(made);
        write(b.path() / "elsewhere", crypto::as_text(good));
        fs::create_symlink(b.path() / "elsewhere", place);
        CHECK(b.refused(made) == DeviceError::CertificateDamaged);
        fs::remove(place);
        REQUIRE(mkfifo(place.c_str(), 0600) == 0);
        CHECK(b.refused(made) == DeviceError::CertificateDamaged);
        fs::remove(place);
        fs::create_directory(place);
        CHECK(b.refused(made) == DeviceError::CertificateDamaged);
    }
    SECTION("a file that is far too long") {
        write(b.back / certificate_name(made), std::string(1U << 20U, 'x'));
        CHECK(b.refused(made) == DeviceError::CertificateDamaged);
    }
    fs::remove_all(b.back / certificate_name(made));
    // None of it has spoilt the device, and a good one among bad ones is found.
    b.lay(certificate_name(made, 7), crypto::as_bytes("x"));
    b.lay(certificate_name(made), good);
    CHECK(device::find_answer(ready(), made, b.programme, {b.back}));
}

TEST_CASE("Without the programme's bundle nothing is enrolled") {
    const Beginning b;
    auto made = make_new(b.fresh);
    b.lay(certificate_name(made), answer_to(ask(made, b.programme).bytes, programme_key(b)));
    const auto bundle = b.back / "bundle-1.amparo";
    const auto whole = read(bundle);
    fs::remove(bundle);
    CHECK(b.refused(made) == DeviceError::NoBundle);
    write(bundle, whole.substr(0, whole.size() / 2));
    CHECK(b.refused(made) == DeviceError::BadBundle);
    auto changed = whole;
    changed[changed.size() / 2] = static_cast<char>(changed[changed.size() / 2] ^ 1);
    write(bundle, changed);
    CHECK(b.refused(made) == DeviceError::BadBundle);
    fs::remove(bundle);
    write(b.path() / "elsewhere", whole);
    fs::create_symlink(b.path() / "elsewhere", bundle);
    CHECK(b.refused(made) == DeviceError::BadBundle);
    CHECK(made.store().device().enrolment().error() == store::Error::NotFound);
    CHECK_FALSE(fs::exists(b.fresh / store::recovery_file));
}

TEST_CASE("A request never takes another file's place, and the same one is as good as written") {
    const Beginning b;
    const auto made = make_new(b.fresh);
    const auto first = ask(made, b.programme);
    REQUIRE(device::write_request(b.back, first));
    CHECK(device::write_request(b.back, first));
    const auto second = ask(made, b.programme);
    CHECK(second.file != first.file);
    CHECK(second.words != first.words);
    for (const auto* kind : {"file", "link", "pipe"}) {
        INFO(kind);
        fs::remove(b.back / second.file);
        write(b.path() / "victim", "mine");
        if (*kind == 'f') write(b.back / second.file, "something else");
        if (*kind == 'l') fs::create_symlink(b.path() / "victim", b.back / second.file);
        if (*kind == 'p') REQUIRE(mkfifo((b.back / second.file).c_str(), 0600) == 0);
        const auto written = device::write_request(b.back, second);
        REQUIRE_FALSE(written);
        CHECK(written.error().error == app::files::Error::Exists);
        CHECK(read(b.path() / "victim") == "mine");
    }
}
