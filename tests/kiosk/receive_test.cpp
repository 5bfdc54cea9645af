// What is brought to a device on a stick: the newest genuine bundle and certificate are found among anything else,
// nothing unsigned, older, foreign or damaged is taken, and a device that refuses works on as it was.
#include <sys/stat.h>

#include <algorithm>

#include "app/device/brought.hpp"
#include "app/device/stick_files.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/ustar.hpp"
#include "app/kiosk/effect_runner.hpp"
#include "tests/kiosk/answered.hpp"
#include "tests/kiosk/brought_kiosk.hpp"
#include "tests/kiosk/held_kiosk.hpp"

using namespace test;

namespace {

constexpr std::string_view names_readers = "recipients.txt";

}  // namespace

TEST_CASE("A newer bundle and certificate are shown with what they change, taken, noted, and in force from then on") {
    const BroughtKiosk kiosk;
    kiosk.put("bundle-2.amparo", kiosk.next);
    kiosk.put_certificate(kiosk.certificate);
    {
        auto open = kiosk.deployment.open();
        const auto brought = kiosk.look(open);
        REQUIRE(brought.news.bundle);
        CHECK(brought.news.bundle->sequence == 2);
        CHECK(brought.news.bundle->referrals);
        CHECK(brought.news.bundle->forms.empty());
        CHECK(brought.news.bundle->readers_added.empty());
        CHECK(brought.news.bundle->rules.empty());
        REQUIRE(brought.news.certificate);
        CHECK(std::chrono::sys_days(brought.news.certificate->until) == today() + std::chrono::days(900));
        CHECK(brought.news.refused.empty());
        CHECK(open.bundle->version.sequence == 1);  // looking changes nothing
        REQUIRE(device::accept_news(ready(), open, brought));
        CHECK(open.bundle->version.sequence == 2);
        CHECK(open.certificate_end == today() + std::chrono::days(900));
        CHECK(open.enrolment.epoch == 2);
        const auto again = kiosk.look(open).news;
        CHECK_FALSE(again.any());
        CHECK(refused(again, NotTaken::Same));
        CHECK(refused(again, NotTaken::Same, true));
    }
    auto open = kiosk.deployment.open();
    CHECK(open.bundle->version.sequence == 2);
    CHECK(open.certificate_end == today() + std::chrono::days(900));
    CHECK(*open.store->bundle().excerpt() == *exchange::bundle_excerpt(crypto::as_bytes(kiosk.next)));
    const auto rows = open.store->audit().rows(10);
    REQUIRE(rows);
    for (const auto type : {exchange::AuditType::BundleReplaced, exchange::AuditType::CertificateRenewed})
        CHECK(std::count_if(rows->begin(), rows->end(),
                            [&](const auto& row) { return row.type == static_cast<std::uint8_t>(type); }) == 1);
}

TEST_CASE("Who can read from now on is told by name, and the recovery file is theirs at once") {
    const BroughtKiosk kiosk;
    auto readers = member(kiosk.first, names_readers);
    const auto begin = readers.find("# coordinator ");
    const auto end = readers.find("# ", begin + 2);
    REQUIRE(begin != std::string::npos);
    const auto label = readers.substr(begin + 14, readers.find('\n', begin) - begin - 14);
    auto renamed = readers;
    const auto stranger = *crypto::Recipient::parse("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj");
    renamed.replace(begin, (end == std::string::npos ? readers.size() : end) - begin,
                    "# coordinator Somebody\n" + stranger.to_string() + "\n");
    kiosk.put("bundle-2.amparo", kiosk.deployment.bundle_with(std::string(names_readers), renamed));
    auto open = kiosk.deployment.open();
    const auto before = read(kiosk.deployment.state() / "recovery.age");
    const auto brought = kiosk.look(open);
    REQUIRE(brought.news.bundle);
    CHECK(brought.news.bundle->readers_added == std::vector<std::string>{"Somebody"});
    CHECK(brought.news.bundle->readers_removed == std::vector<std::string>{label});
    REQUIRE(device::accept_news(ready(), open, brought));
    CHECK(open.recipients.size() == brought.news.bundle->readers);
    CHECK(read(kiosk.deployment.state() / "recovery.age") != before);
    CHECK(open.store);
}

TEST_CASE("The newest genuine bundle is found by what was signed, whatever the files are called") {
    const BroughtKiosk kiosk;
    kiosk.put("bundle-99.amparo", kiosk.next);
    kiosk.put("bundle-3.amparo", kiosk.next_bundle(5));
    kiosk.put("bundle-50.amparo", kiosk.next_bundle(3));
    kiosk.put("bundle-7.amparo", kiosk.first);
    const auto news = kiosk.look();
    REQUIRE(news.bundle);
    CHECK(news.bundle->sequence == 6);
}

TEST_CASE("A bundle of another programme, or a certificate of another device, is refused as what it is") {
    const BroughtKiosk mine;
    const auto foreign = crypto::DeploymentSecretKey::generate(ready());
    REQUIRE(foreign);
    auto open = mine.deployment.open();
    auto certificate =
        *exchange::verify_certificate(ready(), open.certificate, mine.deployment.programme_key().public_key());
    const auto file = [](const exchange::Certificate& one, const crypto::DeploymentSecretKey& signer) {
        const auto both = exchange::sign_certificate(ready(), one, signer);
        REQUIRE(both);
        return std::string(crypto::as_text(*exchange::certificate_file(*both)));
    };
    certificate.epoch = 5;
    auto theirs = certificate;
    theirs.deployment = exchange::deployment_id(ready(), foreign->public_key());
    const auto id = certificate.device;
    mine.put(id + "-5.amparo-cert", file(theirs, *foreign));
    auto another = certificate;
    another.device = std::string(32, 'b');
    mine.put(another.device + "-5.amparo-cert", file(another, mine.deployment.programme_key()));
    auto lost_key = certificate;
    lost_key.key = crypto::DeviceSecretKey::generate(ready())->public_key();
    mine.put(id + "-6.amparo-cert", file(lost_key, mine.deployment.programme_key()));
    const auto manifest = member(mine.next, "MANIFEST");
    const auto signature = crypto::sign(ready(), crypto::as_bytes(manifest), *foreign, "amparo-bundle 1");
    REQUIRE(signature);
    exchange::UstarWriter archive;
    REQUIRE(archive.add("MANIFEST", crypto::as_bytes(manifest)));
    REQUIRE(archive.add("MANIFEST.minisig", crypto::as_bytes(*signature)));
    mine.put("bundle-8.amparo", crypto::as_text(std::move(archive).finish()));
    const auto news = mine.look(open).news;
    CHECK_FALSE(news.any());
    CHECK(refused(news, NotTaken::Foreign));
    CHECK(refused(news, NotTaken::Foreign, true));
    CHECK(refused(news, NotTaken::OtherDevice, true));
    CHECK(news.refused.size() == 3);
}

TEST_CASE("Older certificates and bundles are refused, also with a later end or a higher name") {
    const BroughtKiosk kiosk;
    kiosk.put_certificate(kiosk.certificate);
    kiosk.put("bundle-2.amparo", kiosk.next);
    {
        auto open = kiosk.deployment.open();
        REQUIRE(device::accept_news(ready(), open, kiosk.look(open)));
    }
    fs::remove(kiosk.stick / "bundle-2.amparo");
    kiosk.put("bundle-9.amparo", kiosk.first);
    kiosk.put_certificate(kiosk.deployment.certificate_file(1, today() + std::chrono::days(5000)));
    const auto news = kiosk.look();
    CHECK_FALSE(news.any());
    CHECK(refused(news, NotTaken::Older));
    CHECK(refused(news, NotTaken::Older, true));
    kiosk.put_certificate(kiosk.deployment.certificate_file(2, today() + std::chrono::days(901)));
    REQUIRE(kiosk.look().certificate);  // the same epoch with a later end
}

TEST_CASE("A certificate of an epoch below the one that a repair raised leaves the epoch as it is") {
    const BroughtKiosk kiosk;
    auto open = kiosk.deployment.open();
    auto raised = open.enrolment;
    raised.epoch = 7;
    REQUIRE(open.store->device().renew(raised));
    open.enrolment.epoch = 7;
    kiosk.put(open.enrolment.device + "-2.amparo-cert", kiosk.certificate);
    REQUIRE(device::accept_news(ready(), open, kiosk.look(open)));
    CHECK(open.store->device().enrolment()->epoch == 7);
    CHECK(open.certificate_end == today() + std::chrono::days(900));
    raised.epoch = 6;
    CHECK(open.store->device().renew(raised).error() == store::Error::Refused);
}

TEST_CASE("What is cut anywhere is refused as cut, and what is changed anywhere is refused", "[proof]") {
    const BroughtKiosk kiosk;
    auto open = kiosk.deployment.open();
    const auto judged = [&](std::string_view bundle, std::string_view certificate) {
        kiosk.put("bundle-2.amparo", bundle);
        kiosk.put(open.enrolment.device + "-2.amparo-cert", certificate);
        auto news = kiosk.look(open).news;
        CHECK_FALSE(news.any());
        return news;
    };
    const auto step = kiosk.next.size() / 60;
    for (std::size_t at = 0; at < kiosk.next.size(); at += step) {
        const auto in_certificate = at / step * (kiosk.certificate.size() / 64);
        INFO(at << " " << in_certificate);
        const auto cut = judged(std::string_view(kiosk.next).substr(0, at),
                                std::string_view(kiosk.certificate).substr(0, in_certificate));
        CHECK(refused(cut, NotTaken::Cut));
        CHECK(refused(cut, NotTaken::Cut, true));
        auto bundle = kiosk.next;
        auto certificate = kiosk.certificate;
        bundle[at] = static_cast<char>(bundle[at] ^ 1);
        certificate[in_certificate] = static_cast<char>(certificate[in_certificate] ^ 1);
        CHECK(judged(bundle, certificate).refused.size() == 2);
    }
    for (std::size_t at = 0; at < 4096; at += 13) {  // headers, manifest, signature
        auto bundle = kiosk.next;
        bundle[at] = static_cast<char>(bundle[at] ^ 4);
        INFO(at);
        CHECK(judged(bundle, "").refused.size() == 2);
    }
    CHECK(open.bundle->version.sequence == 1);
}

TEST_CASE("Members of one genuine bundle in another are refused as damaged") {
    const BroughtKiosk kiosk;
    const auto a = *exchange::read_ustar(crypto::as_bytes(kiosk.next), exchange::bundle_limits);
    const auto b = *exchange::read_ustar(crypto::as_bytes(kiosk.first), exchange::bundle_limits);
    REQUIRE(a.size() == b.size());
    for (std::size_t swapped = 0; swapped < a.size(); ++swapped) {
        if (std::equal(a[swapped].content.begin(), a[swapped].content.end(), b[swapped].content.begin(),
                       b[swapped].content.end()))
            continue;
        exchange::UstarWriter archive;
        for (std::size_t i = 0; i < a.size(); ++i)
            REQUIRE(archive.add(a[i].name, i == swapped ? b[i].content : a[i].content));
        kiosk.put("bundle-2.amparo", crypto::as_text(std::move(archive).finish()));
        const auto news = kiosk.look();
        INFO(a[swapped].name);
        CHECK_FALSE(news.any());
        CHECK(refused(news, NotTaken::Damaged));
    }
}

TEST_CASE("Links, pipes and folders of such names are not opened, and hide nothing") {
    const BroughtKiosk kiosk;
    const auto id = kiosk.device_id();
    REQUIRE(mkfifo((kiosk.stick / "bundle-5.amparo").c_str(), 0600) == 0);
    REQUIRE(mkfifo((kiosk.stick / (id + "-5.amparo-cert")).c_str(), 0600) == 0);
    fs::create_directory(kiosk.stick / "bundle-6.amparo");
    kiosk.put("elsewhere", kiosk.next_bundle(8));
    fs::create_symlink(kiosk.stick / "elsewhere", kiosk.stick / "bundle-9.amparo");
    fs::create_symlink("/dev/zero", kiosk.stick / (id + "-7.amparo-cert"));
    fs::create_directory(kiosk.stick / "below");
    write(kiosk.stick / "below" / "bundle-9.amparo", kiosk.next_bundle(8));
    kiosk.put("bundle-2.amparo", kiosk.next);
    const auto news = kiosk.look();
    REQUIRE(news.bundle);
    CHECK(news.bundle->sequence == 2);
    CHECK_FALSE(news.certificate);
    CHECK(refused(news, NotTaken::NotPlain));
    CHECK(refused(news, NotTaken::NotPlain, true));
}

TEST_CASE("Anything else on a stick is no trouble, however much of it there is") {
    const BroughtKiosk kiosk;
    for (int i = 0; i < 12'000; ++i) kiosk.put("IMG_" + std::to_string(i) + ".jpg", "");
    kiosk.put("bundle-2.amparo", kiosk.next);
    kiosk.put(".bundle-3.amparo", "x");
    kiosk.put("autorun.inf", "x");
    const auto news = kiosk.look();
    CHECK(news.bundle);
    CHECK(news.refused.empty());
    CHECK(news.folders == 1);
}

TEST_CASE("More files of such names than are looked at are said, and a stick that is not there is no stick") {
    const BroughtKiosk kiosk;
    for (int i = 0; i < 10'000; ++i) kiosk.put("bundle-" + std::to_string(1000 + i) + ".amparo", "");
    CHECK(refused(kiosk.look(), NotTaken::TooMany));
    fs::remove_all(kiosk.stick);
    const auto none = kiosk.look();
    CHECK(none.folders == 0);
    CHECK(none.refused.empty());
}

TEST_CASE("What was shown is what is taken, though the stick was changed or pulled in between") {
    const BroughtKiosk kiosk;
    kiosk.put("bundle-2.amparo", kiosk.next);
    const auto swap = kiosk.next_bundle(4);
    auto open = kiosk.deployment.open();
    const auto shown = kiosk.look(open);
    SECTION("swapped") {
        kiosk.put("bundle-2.amparo", swap);
        CHECK(kiosk.look(open).news.id != shown.news.id);
    }
    SECTION("pulled") {
        fs::remove_all(kiosk.stick);
    }
    REQUIRE(device::accept_news(ready(), open, shown));
    const auto installed = open.store->bundle().installed();
    REQUIRE(installed);
    CHECK(std::string(crypto::as_text(installed->bytes)) == kiosk.next);
}

TEST_CASE("What is no longer newer, or was changed in memory, is not taken, and the device works on as it was") {
    const BroughtKiosk kiosk;
    kiosk.put("bundle-2.amparo", kiosk.next);
    kiosk.put_certificate(kiosk.certificate);
    auto open = kiosk.deployment.open();
    auto shown = kiosk.look(open);
    auto changed = shown;
    changed.bundle[changed.bundle.size() / 2] ^= std::byte{1};
    CHECK(device::accept_news(ready(), open, changed).error() == model::DeviceError::BadBundle);
    auto other_certificate = shown;
    other_certificate.bundle.clear();
    other_certificate.certificate->signed_certificate.text.back() ^= std::byte{1};
    CHECK(device::accept_news(ready(), open, other_certificate).error() == model::DeviceError::Certificate);
    CHECK(open.bundle->version.sequence == 1);
    CHECK(open.store->device().enrolment()->epoch == 1);
    REQUIRE(device::accept_news(ready(), open, shown));
    CHECK(device::accept_news(ready(), open, shown).error() == model::DeviceError::OldBundle);
    CHECK(kiosk::seal(ready(), open, order('a', 1, "{}")));
}

TEST_CASE("The kiosk takes exactly what it has shown, and nothing that another look found since") {
    const BroughtKiosk kiosk;
    write(kiosk.deployment.outbox() / "bundle-2.amparo", kiosk.next);
    kiosk::EffectRunner runner(ready(), kiosk.deployment.places(), [] {});
    const auto answer = [&runner](session::Effect effect) { return answered(runner, std::move(effect)); };
    REQUIRE(std::holds_alternative<session::Unlocked>(answer(session::Unlock{})));
    CHECK(std::holds_alternative<session::NewsNotTaken>(answer(session::AcceptNews{"cafe"})));
    auto found = answer(session::LookForNews{});
    REQUIRE(std::holds_alternative<session::NewsFound>(found));
    const auto shown = std::get<session::NewsFound>(found).news;
    REQUIRE(shown.bundle);
    write(kiosk.deployment.outbox() / "bundle-2.amparo", kiosk.certificate);  // swapped
    CHECK(std::holds_alternative<session::NewsNotTaken>(answer(session::AcceptNews{shown.id + "0"})));
    auto taken = answer(session::AcceptNews{shown.id});
    REQUIRE(std::holds_alternative<session::NewsTaken>(taken));
    CHECK(std::get<session::NewsTaken>(taken).setup.bundle->version.sequence == 2);
    CHECK_FALSE(std::get<session::NewsTaken>(taken).failed);
    CHECK(std::holds_alternative<session::NewsNotTaken>(answer(session::AcceptNews{shown.id})));
    CHECK(std::holds_alternative<session::Sealed>(answer(order('a', 1, "{}"))));
}

TEST_CASE("The screens lead the shift lead from home to what was brought and accepted, in both languages") {
    for (const auto* language : {"es", "en"}) {
        const BroughtKiosk kiosk;
        write(kiosk.deployment.outbox() / "bundle-2.amparo", kiosk.next);
        write(kiosk.deployment.outbox() / (kiosk.device_id() + "-2.amparo-cert"), kiosk.certificate);
        const auto ran =
            kiosk.receive_on_screen(language,
                                    "wait receive.accept\ncheck\n"
                                    "tap receive.accept\nwait receive.home\ncheck\ntap receive.home\nwait home.new\n");
        INFO(language << "\n" << ran.err);
        CHECK(ran.code == 0);
        auto open = kiosk.deployment.open();
        CHECK(open.bundle->version.sequence == 2);
        CHECK(open.enrolment.epoch == 2);
    }
}
