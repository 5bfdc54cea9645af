// Stock tools open what leaves here: age, tar, minisign, sha256sum. Nobody depends on Amparo to read testimony.
#include <catch2/catch_all.hpp>

#include "app/exchange/batch.hpp"
#include "app/exchange/bundle.hpp"
#include "app/exchange/ustar.hpp"
#include "tests/exchange/support.hpp"
#include "tests/support/needs.hpp"

using namespace app::exchange;
using test::ready;
using test::shell;

namespace {

void save_identity(const test::Folder& folder, const crypto::open::Identity& identity) {
    const auto text = crypto::open::identity_file(ready(), identity);
    REQUIRE(text);
    test::write(folder.path() / "identity", text->view());
}

}  // namespace

TEST_CASE("age, tar, minisign and sha256sum open a batch down to the record", "[interop]") {
    support::need_programs({"age", "minisign"});
    const test::Folder folder;
    const test::Deployment deployment;
    const test::Records records(deployment, 3);
    const auto manifest =
        make_batch_manifest(ready(), test::header_of(deployment), records.list, deployment.device_key);
    REQUIRE(manifest);
    const auto certificate = deployment.signed_certificate();
    const auto recipients = deployment.recipients();
    const auto written =
        write_batch(ready(), {*manifest, records.list, certificate, recipients}, records.source(), folder.path());
    REQUIRE(written);
    save_identity(folder, deployment.coordinator);

    std::string output;
    const auto run = [&](const std::string& command) {
        const int code = shell(folder.path(), command, &output);
        INFO(command << "\n" << output);
        CHECK(code == 0);
    };
    run("age -d -i identity b-*.age > inner.tar");
    run("mkdir out && tar -xf inner.tar -C out");
    run("cd out && tail -n +2 MANIFEST | sha256sum --strict -c");
    run("minisign -V -P " + public_key_line(deployment.key.public_key()) + " -m out/CERT -x out/CERT.minisig");
    run("minisign -V -P " + public_key_line(deployment.device_key.public_key()) +
        " -m out/MANIFEST -x out/MANIFEST.minisig");
    CHECK(output.find("seq=1 ") != std::string::npos);
    run("age -d -i identity out/records/" + records.list[0].name + ".age");
    CHECK(output.find("{\"n\":0") == 0);
    run("test \"$(stat -c %s inner.tar)\" = 1048576");
    run("test \"$(tr -d '\\0' < out/FILL | wc -c)\" = 0");
}

TEST_CASE("minisign verifies a bundle, tar unpacks it and age reads its recipients", "[interop]") {
    support::need_programs({"age", "minisign"});
    const test::Folder folder;
    const test::Deployment deployment;
    const auto bundle = build_bundle(ready(), deployment.bundle(), deployment.key);
    REQUIRE(bundle);
    test::write(folder.path() / "bundle-1.amparo", *bundle);
    std::string output;
    const int code = shell(folder.path(),
                           "tar -xf bundle-1.amparo && minisign -V -P " + public_key_line(deployment.key.public_key()) +
                               " -m MANIFEST && tail -n +2 MANIFEST | sha256sum --strict -c",
                           &output);
    INFO(output);
    CHECK(code == 0);
    save_identity(folder, deployment.recovery);
    CHECK(shell(folder.path(), "echo hola | age -R recipients.txt | age -d -i identity | grep -qx hola") == 0);
}

namespace {

/// Without the numbers of a device (POSIX.1 ustar, offset 329), which GNU tar fills with zeros up to 1.34 and leaves
/// empty from 1.35 on, and the checksum over them.
crypto::Bytes without_device_numbers(crypto::Bytes archive) {
    const auto clear = [&](std::size_t at, std::size_t size) {
        std::fill_n(archive.begin() + static_cast<std::ptrdiff_t>(at), size, std::byte{0});
    };
    for (std::size_t at = 0; at + 512 <= archive.size(); at += 512) {
        if (crypto::as_text(archive).substr(at + 257, 5) != "ustar") continue;
        clear(at + 148, 8);
        clear(at + 329, 16);
    }
    return archive;
}

}  // namespace

TEST_CASE("GNU tar writes the very bytes that the strict writer writes", "[interop]") {
    const test::Folder folder;
    test::write(folder.path() / "a", test::bytes("one"));
    test::write(folder.path() / "b", test::bytes(std::string(5000, 'x')));
    support::need_programs({"tar"});
    REQUIRE(shell(folder.path(),
                  "tar --version | grep -q GNU && tar --format=ustar -b1 --owner=0 --group=0 --numeric-owner "
                  "--mode=0600 --mtime=@0 -cf x.tar a b") == 0);
    UstarWriter writer;
    REQUIRE(writer.add("a", test::bytes("one")));
    REQUIRE(writer.add("b", test::bytes(std::string(5000, 'x'))));
    CHECK(without_device_numbers(std::move(writer).finish()) ==
          without_device_numbers(test::read(folder.path() / "x.tar")));
}

TEST_CASE("minisign verifies a receipt that is taken apart", "[interop]") {
    support::need_programs({"minisign"});
    const test::Deployment deployment;
    const auto& key = deployment.receipt_key;
    const Receipt receipt{deployment.device, 1, 1, {}, {{{}, RefusedWhy::NotKept}}, key.public_key()};
    const auto file = sign_receipt(ready(), receipt, key);
    REQUIRE(file);
    const test::Folder folder;
    test::write(folder.path() / "r.receipt", *file);
    std::string output;
    const auto code = test::shell(folder.path(),
                                  "head -n -4 r.receipt > r && tail -n 4 r.receipt > r.minisig && minisign -V -P " +
                                      public_key_line(key.public_key()) + " -m r 2>&1",
                                  &output);
    INFO(output);
    CHECK(code == 0);
}
