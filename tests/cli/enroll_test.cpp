// amparo deployment enroll: a kiosk's request, the words, the certificate.
#include <catch2/catch_all.hpp>

#include "app/exchange/certificate_file.hpp"
#include "tests/cli/programme_support.hpp"

using test::check_refused;
using test::ProgrammeDesk;
using test::ready;
namespace exchange = app::exchange;
namespace fs = std::filesystem;

namespace {

/// A kiosk that asks.
struct Asking {
    std::string device;
    crypto::DeviceSecretKey key;
    explicit Asking(char digit = 'a') : device(32, digit), key(*crypto::DeviceSecretKey::generate(ready())) {}
    [[nodiscard]] std::string request() const {
        const auto made = exchange::make_enrolment_request(ready(), device, key);
        REQUIRE(made);
        return std::string(crypto::as_text(*made));
    }
    [[nodiscard]] std::string file(int epoch) const {
        return "demo/certificates/" + device + "-" + std::to_string(epoch) + ".amparo-cert";
    }
};

exchange::Certificate certificate_in(const ProgrammeDesk& desk, const std::string& file) {
    const auto read = exchange::load_certificate_file(ready(), test::bytes(desk.read(file)), desk.key());
    REQUIRE(read);
    return read->certificate;
}

}  // namespace

TEST_CASE("a kiosk gets its certificate once the same eight words were read out") {
    const ProgrammeDesk desk;
    const Asking kiosk;
    const auto request = kiosk.request();
    desk.write("request", request);
    check_refused(desk.run("amparo deployment enroll demo request"), 64);
    check_refused(desk.run("amparo deployment enroll demo request --words actor-actor-actor-actor"));
    CHECK(desk.certificates() == 1);
    const auto ran = desk.enroll(request, " --until 2099-12-31");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    CHECK(ran.out.find(kiosk.file(1)) != std::string::npos);
    const auto certificate = certificate_in(desk, kiosk.file(1));
    CHECK(certificate.device == kiosk.device);
    CHECK(certificate.key == kiosk.key.public_key());
    CHECK(certificate.epoch == 1);
    CHECK(exchange::day_text(certificate.not_after) == "2099-12-31");
}

TEST_CASE("a request that was answered is not answered again, and a new one of the same kiosk raises the epoch") {
    const ProgrammeDesk desk;
    const Asking kiosk;
    const auto request = kiosk.request();
    REQUIRE(desk.enroll(request).code == 0);
    check_refused(desk.enroll(request));
    CHECK_FALSE(desk.has(kiosk.file(2)));
    const auto again = desk.enroll(kiosk.request());
    REQUIRE(again.code == 0);
    CHECK(again.err.find("enrolled before") != std::string::npos);
    CHECK(certificate_in(desk, kiosk.file(2)).epoch == 2);
    CHECK(certificate_in(desk, kiosk.file(1)).epoch == 1);
    // What lies there under such a name and is none says nothing.
    desk.write(kiosk.file(900), desk.read(kiosk.file(1)));
    REQUIRE(desk.enroll(kiosk.request()).code == 0);
    CHECK(certificate_in(desk, kiosk.file(3)).epoch == 3);
}

TEST_CASE("the words of another programme, and a revoked kiosk, give no certificate") {
    const ProgrammeDesk desk;
    desk.take_programme("other", "Otro");
    const Asking kiosk;
    const auto request = kiosk.request();
    desk.write("request", request);
    check_refused(desk.run("amparo deployment enroll demo request --words " + desk.device_words(request, "other")));
    desk.good("amparo deployment device revoke demo --yes " + kiosk.device);
    check_refused(desk.enroll(request));
    CHECK(desk.certificates() == 1);
}

TEST_CASE("a kiosk that a bundle revokes gets no certificate, though no coordinator revoked it themselves") {
    const ProgrammeDesk desk;
    const Asking kiosk;
    const std::string build = "amparo bundle build demo --yes --single-coordinator";
    desk.write("demo/content/revoked.txt", kiosk.device + "\n");
    CHECK(desk.enroll(kiosk.request()).code == 0);  // it is in no bundle yet
    desk.good(build);
    check_refused(desk.enroll(kiosk.request()));
    desk.write("demo/content/revoked.txt", "");
    desk.good(build);
    CHECK(desk.enroll(kiosk.request()).code == 0);
}

TEST_CASE("a kiosk's request that was cut, changed, or is none gives no certificate") {
    const ProgrammeDesk desk;
    const Asking kiosk;
    const auto request = kiosk.request();
    const auto words = desk.device_words(request);
    auto other = request;
    other[request.find(kiosk.device)] = 'b';
    for (const auto& text : {request.substr(0, request.size() - 1), other, request + "\n", std::string(),
                             std::string(100'000, 'x'), test::NewCoordinator().request("Norte")}) {
        desk.write("request", text);
        check_refused(desk.run("amparo deployment enroll demo request --words " + words));
    }
    CHECK(desk.certificates() == 1);
}

TEST_CASE("a certificate ends on a day that is written out and not past") {
    const ProgrammeDesk desk;
    const auto request = Asking().request();
    for (const auto* day : {"2020-01-01", "2099-02-30", "tomorrow", "2099-1-1"})
        check_refused(desk.enroll(request, std::string(" --until ") + day), 64);
    CHECK(desk.certificates() == 1);
}

TEST_CASE("certificates are kept in the programme's own folder, not behind a link") {
    const ProgrammeDesk desk;
    fs::create_directory(desk.path() / "elsewhere");
    fs::remove_all(desk.path() / "demo/certificates");
    fs::create_symlink("../elsewhere", desk.path() / "demo/certificates");
    check_refused(desk.enroll(Asking().request()));
    CHECK(fs::is_empty(desk.path() / "elsewhere"));
}

TEST_CASE(
    "the kiosk of a demonstration has its certificate in the programme's folder: enrolled again, its epoch rises") {
    const ProgrammeDesk desk;
    std::string device;
    for (const auto& entry : fs::directory_iterator(desk.path() / "demo/certificates"))
        if (entry.path().extension() == ".amparo-cert") device = entry.path().filename().string().substr(0, 32);
    REQUIRE(device.size() == 32);
    CHECK(certificate_in(desk, "demo/certificates/" + device + "-1.amparo-cert").epoch == 1);
    Asking kiosk;
    kiosk.device = device;
    const auto ran = desk.enroll(kiosk.request());
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    CHECK(certificate_in(desk, kiosk.file(2)).epoch == 2);
}
