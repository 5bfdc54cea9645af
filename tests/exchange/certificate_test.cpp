// Certificates and enrolment: a device is believed only through the deployment's key and people's comparison.
#include "app/exchange/certificate.hpp"

#include <catch2/catch_all.hpp>

#include "app/exchange/enrolment.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

}  // namespace

TEST_CASE("a certificate comes back as it was signed") {
    const test::Deployment deployment;
    const auto made = deployment.signed_certificate();
    const auto read = verify_certificate(ready(), made, deployment.key.public_key());
    REQUIRE(read);
    CHECK(read->device == deployment.device);
    CHECK(read->key == deployment.device_key.public_key());
    CHECK(day_text(read->not_after) == "2026-12-24");
    CHECK(certificate_text(*read) == test::text(made.text));
}

TEST_CASE("a certificate of another deployment is refused") {
    const test::Deployment mine;
    const test::Deployment other;
    const auto read = verify_certificate(ready(), other.signed_certificate(), mine.key.public_key());
    REQUIRE_FALSE(read);
    CHECK(read.error().error == Error::Signature);
}

TEST_CASE("a deployment cannot sign a certificate in another one's name") {
    const test::Deployment mine;
    const test::Deployment other;
    const auto made = sign_certificate(ready(), mine.certificate(), other.key);
    REQUIRE_FALSE(made);
    CHECK(made.error().error == Error::Deployment);
}

TEST_CASE("every altered certificate is refused") {
    const test::Deployment deployment;
    const auto made = deployment.signed_certificate();
    for (std::size_t at = 0; at < made.text.size(); ++at) {
        auto changed = made;
        changed.text[at] ^= std::byte{1};
        CHECK_FALSE(verify_certificate(ready(), changed, deployment.key.public_key()));
    }
}

TEST_CASE("certificates that differ in one detail do not parse") {
    const test::Deployment deployment;
    const auto good = certificate_text(deployment.certificate());
    REQUIRE(parse_certificate(bytes(good)));
    const std::pair<const char*, std::string> bad[] = {
        {"other version", replaced(good, "amparo-cert 1", "amparo-cert 2")},
        {"short device", replaced(good, "device " + deployment.device, "device 12ab")},
        {"epoch zero", replaced(good, "epoch 1", "epoch 0")},
        {"epoch with leading zero", replaced(good, "epoch 1", "epoch 01")},
        {"no such day", replaced(good, "2026-12-24", "2026-02-30")},
        {"short day", replaced(good, "2026-12-24", "2026-12-4")},
        {"bad key", replaced(good, "key RW", "key XX")},
        {"trailing line", good + "more x\n"},
        {"not ended", good.substr(0, good.size() - 1)},
        {"carriage return", replaced(good, "\n", "\r\n")},
        {"two spaces", replaced(good, "epoch 1", "epoch  1")},
        {"missing line", replaced(good, "epoch 1\n", "")},
    };
    for (const auto& [defect, text] : bad) {
        INFO(defect);
        CHECK_FALSE(parse_certificate(bytes(text)));
    }
}

TEST_CASE("an enrolment request shows the same eight words on both sides") {
    const test::Deployment deployment;
    const auto made = make_enrolment_request(ready(), deployment.device, deployment.device_key);
    REQUIRE(made);
    const auto kiosk = parse_enrolment_request(ready(), *made);
    const auto coordinator = parse_enrolment_request(ready(), *made);
    REQUIRE(kiosk);
    REQUIRE(coordinator);
    const auto words = enrolment_words(ready(), deployment.key.public_key(), *kiosk);
    CHECK(words == enrolment_words(ready(), deployment.key.public_key(), *coordinator));
    CHECK(std::count(words.begin(), words.end(), '-') == 7);
}

TEST_CASE("the words differ when the key, the device, the request or the deployment differ") {
    const test::Deployment mine;
    const test::Deployment other;
    const auto words = [](const test::Deployment& asked, const std::string& device, const test::Deployment& keyed) {
        const auto made = make_enrolment_request(ready(), device, keyed.device_key);
        REQUIRE(made);
        return enrolment_words(ready(), asked.key.public_key(), *parse_enrolment_request(ready(), *made));
    };
    const auto first = words(mine, mine.device, mine);
    CHECK(first != words(mine, mine.device, mine));  // a fresh nonce each time
    CHECK(first != words(mine, other.device, mine));
    CHECK(first != words(mine, mine.device, other));
    CHECK(first != words(other, mine.device, mine));
}

TEST_CASE("an enrolment request that was altered on the way is refused") {
    const test::Deployment deployment;
    const auto made = make_enrolment_request(ready(), deployment.device, deployment.device_key);
    REQUIRE(made);
    const auto text_length = test::text(*made).find("untrusted comment");
    REQUIRE(text_length != std::string::npos);
    for (std::size_t at = 0; at < text_length; ++at) {
        auto changed = *made;
        changed[at] ^= std::byte{1};
        CHECK_FALSE(parse_enrolment_request(ready(), changed));
    }
}

TEST_CASE("certify answers a request with a certificate for exactly that key") {
    const test::Deployment deployment;
    const auto request =
        parse_enrolment_request(ready(), *make_enrolment_request(ready(), deployment.device, deployment.device_key));
    REQUIRE(request);
    const auto made = certify(ready(), *request, 2, deployment.today, deployment.key);
    REQUIRE(made);
    const auto read = verify_certificate(ready(), *made, deployment.key.public_key());
    REQUIRE(read);
    CHECK(read->epoch == 2);
    CHECK(read->key == deployment.device_key.public_key());
}

TEST_CASE("days are read strictly") {
    CHECK(day_text(*parse_day("2028-02-29")) == "2028-02-29");
    for (const char* bad : {"2027-02-29", "2026-13-01", "2026-00-01", "2026-1-01", "26-01-01", "2026/01/01",
                            "2026-01-01 ", "+026-01-01", "1969-12-31", ""})
        CHECK_FALSE(parse_day(bad));
}
