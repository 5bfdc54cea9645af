// Recomputes the worked examples of docs/FORMATS.md, so that the page cannot say anything but what the code does.
#include <catch2/catch_all.hpp>

#include "app/exchange/audit.hpp"
#include "app/exchange/bundle_parts.hpp"
#include "app/exchange/coordinator_request.hpp"
#include "app/exchange/enrolment.hpp"
#include "app/exchange/manifest.hpp"
#include "app/exchange/receipt.hpp"
#include "app/exchange/reply.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/open/open.hpp"
#include "tests/exchange/support.hpp"
#include "tests/support/examples.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

test::Example example_of(const std::string& name) {
    return test::example_of("docs/FORMATS.md", name);
}

/// The key of the example of a signature, which stands for the device and for the deployment.
template <class Key>
Key example_key() {
    const auto line = test::example_of("crypto/FORMAT.md", "minisign").at("secret key line");
    auto key = Key::parse(ready(), crypto::as_bytes("untrusted comment: example\n" + line + "\n"));
    REQUIRE(key);
    return std::move(*key);
}

/// Lines as one, the way the examples write them.
std::string on_one_line(crypto::ByteView text) {
    std::string joined;
    for (const char c : crypto::as_text(text)) c == '\n' ? joined += "\\n" : joined += c;
    return joined;
}

/// The other way round.
std::string in_lines(std::string text) {
    for (auto at = text.find("\\n"); at != std::string::npos; at = text.find("\\n", at + 1)) text.replace(at, 2, "\n");
    return text;
}

Certificate example_certificate(const crypto::DeploymentSecretKey& key) {
    return {deployment_id(ready(), key.public_key()), std::string(32, '1'), 2,
            example_key<crypto::DeviceSecretKey>().public_key(), *parse_day("2027-11-29")};
}

}  // namespace

TEST_CASE("the example of a certificate is what the code signs") {
    const auto e = example_of("certificate");
    const auto key = example_key<crypto::DeploymentSecretKey>();
    const auto made = sign_certificate(ready(), example_certificate(key), key);
    REQUIRE(made);
    CHECK(deployment_id(ready(), key.public_key()) == e.at("deployment"));
    CHECK(deployment_words(ready(), key.public_key()) == e.at("words"));
    CHECK(on_one_line(made->text) == e.at("CERT"));
    CHECK(on_one_line(made->signature) == e.at("CERT.minisig"));
}

TEST_CASE("the example of an enrolment request is what a device signs, with the words that both sides show") {
    const auto e = example_of("enrolment");
    const auto text = in_lines(e.at("request"));
    const auto request = parse_enrolment_request(ready(), bytes(text));
    REQUIRE(request);
    const auto key = example_key<crypto::DeviceSecretKey>();
    const auto signed_part = text.substr(0, text.find("untrusted comment:"));
    const auto signature =
        crypto::sign(ready(), crypto::as_bytes(signed_part), key, "amparo-enroll-request 1 dev=" + request->device);
    REQUIRE(signature);
    CHECK(signed_part + *signature == text);
    CHECK(enrolment_words(ready(), example_key<crypto::DeploymentSecretKey>().public_key(), *request) == e.at("words"));
}

TEST_CASE("the example of a coordinator's request is what a coordinator signs, with the words that both sides show") {
    const auto e = example_of("coordinator");
    const auto text = in_lines(e.at("request"));
    const auto request = parse_coordinator_request(ready(), bytes(text));
    REQUIRE(request);
    const auto signed_part = text.substr(0, text.find("untrusted comment:"));
    const auto signature = crypto::sign(ready(), crypto::as_bytes(signed_part), example_key<crypto::ReceiptSecretKey>(),
                                        "amparo-coordinator-request 1 recipient=" + request->recipient.to_string());
    REQUIRE(signature);
    CHECK(signed_part + *signature == text);
    CHECK(coordinator_words(ready(), example_key<crypto::DeploymentSecretKey>().public_key(), *request) ==
          e.at("words"));
}

TEST_CASE("the example of a bundle is what the code writes") {
    const auto e = example_of("bundle");
    const auto key = example_key<crypto::DeploymentSecretKey>();
    const BundleVersion version{deployment_id(ready(), key.public_key()),
                                "Casa Norte",
                                4,
                                *parse_app_version("0.1.0"),
                                *parse_day("2026-11-01"),
                                *parse_day("2027-11-01"),
                                false};
    const auto text = version_text(version);
    CHECK(on_one_line(bytes(text)) == e.at("VERSION"));
    CHECK(parse_version(bytes(text)));
    const Policy policy{{"shelter"}, {"es", "en"}, {"first-contact"}, {12}, 3, 10, 1, 30, 365, true, false};
    CHECK(on_one_line(bytes(policy_text(policy))) == e.at("policy.json"));
    CHECK(parse_policy(bytes(policy_text(policy))));
    const std::vector<BundleSigner> signers{{"Norte", example_key<crypto::ReceiptSecretKey>().public_key()}};
    CHECK(on_one_line(bytes(signers_text(signers))) == e.at("signers.txt"));
    const BundleIntake intake{
        "Entrada", *crypto::Recipient::parse("age1vawa2a8dw7ynzzea9emgrumepdrxcaemz5slanek2au4sdc755hsee0f04")};
    CHECK(on_one_line(bytes(intake_text(intake))) == e.at("intake.txt"));
    const std::vector<std::string> revoked{"0a1b2c3d4e5f60718293a4b5c6d7e8f9", std::string(32, '1')};
    CHECK(on_one_line(bytes(revoked_text(revoked))) == e.at("revoked.txt"));
    CHECK(parse_revoked(bytes(revoked_text(revoked))) == revoked);
    CHECK(bundle_comment(version) == e.at("comment"));
    const auto manifest = manifest_text(bundle_title, {{crypto::sha256(ready(), bytes(text)), "VERSION"}});
    CHECK(on_one_line(bytes(manifest)) == e.at("MANIFEST of VERSION alone"));
    UstarWriter archive;
    REQUIRE(archive.add("MANIFEST", bytes(manifest)));
    REQUIRE(archive.add("VERSION", bytes(text)));
    CHECK(crypto::to_hex(crypto::sha256(ready(), std::move(archive).finish())) == e.at("its archive, SHA-256"));
}

TEST_CASE("the example of an audit entry is what the code seals") {
    const auto e = example_of("audit");
    const auto reader = crypto::open::Identity::generate(ready());
    REQUIRE(reader);
    const AuditName name{12, *parse_day("2026-11-24"), std::string(audit_word(AuditType::WorkerAdded))};
    CHECK(audit_name(name) == e.at("name"));
    AuditDetail detail;
    detail.worker = 3;
    detail.subject = 7;
    const auto sealed = seal_audit(ready(), name, detail, std::array{reader->recipient()});
    REQUIRE(sealed);
    const auto plain = crypto::open::open(ready(), *sealed, {&*reader, 1});
    REQUIRE(plain);
    auto entry = e.at("entry");
    entry.resize(audit_entry_bytes, ' ');
    CHECK(crypto::as_text(plain->view()) == entry);
}

TEST_CASE("the example of a batch is what the code signs") {
    const auto e = example_of("batch");
    const BatchHeader header{std::string(32, '1'),
                             2,
                             7,
                             crypto::sha256(ready(), bytes("before")),
                             0,
                             crypto::sha256(ready(), bytes("audit"))};
    const auto record = [](char digit) {
        const std::string name(32, digit);
        return BatchRecord{name, crypto::sha256(ready(), bytes(name)), 16'384};
    };
    const auto made =
        make_batch_manifest(ready(), header, {record('b'), record('a')}, example_key<crypto::DeviceSecretKey>(),
                            *crypto::from_hex(example_of("reply").at("RETURN")));
    REQUIRE(made);
    CHECK(on_one_line(made->text) == e.at("MANIFEST"));
    CHECK(on_one_line(made->signature) == e.at("MANIFEST.minisig"));
    CHECK(crypto::to_hex(made->sha256) == e.at("prev of the next"));
}

TEST_CASE("the example of a reply is what the code writes about the receipt of the example") {
    const auto e = example_of("reply");
    const auto key = example_key<crypto::ReceiptSecretKey>();
    const auto receipt = sign_receipt(
        ready(), {std::string(32, '1'), 2, 7, crypto::sha256(ready(), bytes("manifest")), {}, key.public_key()}, key);
    REQUIRE(receipt);
    const std::vector<ReplyFile> files{{receipt_file_name(ready(), *receipt), *receipt}};
    const auto secret = *crypto::from_hex(e.at("RETURN"));
    CHECK(*reply_file_name(ready(), secret) == e.at("name"));
    const auto hash = [](const crypto::Bytes& all) { return crypto::to_hex(crypto::sha256(ready(), all)); };
    CHECK(hash(*reply_archive(files)) == e.at("archive with the receipt above, SHA-256"));
    const auto reply = make_reply(ready(), secret, files);
    REQUIRE(reply);
    CHECK(crypto::to_hex(crypto::ByteView(*reply).first(24)) == e.at("file, its first 24 bytes"));
    CHECK(hash(*reply) == e.at("file, SHA-256"));
    CHECK(*load_reply(ready(), secret, *reply) == files);
}

TEST_CASE("the example of a receipt is what the code signs") {
    const auto e = example_of("receipt");
    const auto key = example_key<crypto::ReceiptSecretKey>();
    const auto digest = [](const char* text) { return crypto::sha256(ready(), bytes(text)); };
    Receipt receipt{std::string(32, '1'), 2, 7, digest("manifest"), {}, key.public_key()};
    const auto all = sign_receipt(ready(), receipt, key);
    REQUIRE(all);
    CHECK(on_one_line(*all) == e.at("of all"));
    CHECK(receipt_file_name(ready(), *all) == e.at("its name"));
    receipt.refused = {{digest("one"), RefusedWhy::Damaged}, {digest("two"), RefusedWhy::NotKept}};
    std::sort(receipt.refused.begin(), receipt.refused.end(),
              [](const auto& a, const auto& b) { return a.sha256 < b.sha256; });
    CHECK(on_one_line(bytes(receipt_text(receipt))) == e.at("signed text of all but two"));
}
