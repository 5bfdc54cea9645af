// Recomputes the worked examples of docs/FORMATS.md, so that the page cannot say anything but what the code does.
#include <catch2/catch_all.hpp>
#include <map>

#include "app/exchange/enrolment.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::ready;

namespace {

using Example = std::map<std::string, std::string>;

/// The `key: value` lines of the block of a page that begins with ```example NAME.
Example example_of(const std::string& page, const std::string& name) {
    const auto text = test::text(test::read(std::filesystem::path(AMPARO_SOURCE_DIR) / page));
    const auto head = "```example " + name + "\n";
    const auto start = text.find(head);
    REQUIRE(start != std::string::npos);
    const auto end = text.find("```", start + head.size());
    REQUIRE(end != std::string::npos);
    const auto block = bytes(text.substr(start + head.size(), end - start - head.size()));
    Example found;
    crypto::Reader reader(block);
    while (const auto line = reader.line(10'000)) {
        const auto colon = line->find(": ");
        REQUIRE(colon != std::string_view::npos);
        found.emplace(line->substr(0, colon), line->substr(colon + 2));
    }
    return found;
}

Example example_of(const std::string& name) {
    return example_of("docs/FORMATS.md", name);
}

/// The key of the example of a signature, which stands for the device and for the deployment.
template <class Key>
Key example_key() {
    const auto line = example_of("crypto/FORMAT.md", "minisign").at("secret key line");
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

TEST_CASE("the example of an enrolment request has the words that both sides show") {
    const auto e = example_of("enrolment");
    const auto request = parse_enrolment_request(ready(), bytes([&] {
                                                     auto text = e.at("request");
                                                     for (auto at = text.find("\\n"); at != std::string::npos;
                                                          at = text.find("\\n", at + 1))
                                                         text.replace(at, 2, "\n");
                                                     return text;
                                                 }()));
    REQUIRE(request);
    CHECK(enrolment_words(ready(), example_key<crypto::DeploymentSecretKey>().public_key(), *request) == e.at("words"));
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
        make_batch_manifest(ready(), header, {record('b'), record('a')}, example_key<crypto::DeviceSecretKey>());
    REQUIRE(made);
    CHECK(on_one_line(made->text) == e.at("MANIFEST"));
    CHECK(on_one_line(made->signature) == e.at("MANIFEST.minisig"));
    CHECK(crypto::to_hex(made->sha256) == e.at("prev of the next"));
}
