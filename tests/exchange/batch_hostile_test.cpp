// Batches as a forger, a replayer or a broken stick would deliver them: the exact reason, and nothing written.
#include <sys/stat.h>

#include <catch2/catch_all.hpp>

#include "app/exchange/open/batch_open.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "crypto/random.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::bytes;
using test::Parts;
using test::RawMember;
using test::ready;

namespace {

constexpr std::size_t first_record = 4;  // after MANIFEST, its signature, CERT and its signature

/// One deployment and one set of three records for all cases; making keys and records anew for each shows nothing more.
struct Stage {
    test::Deployment deployment;
    test::Deployment other;
    test::Records records{deployment, 3};
    test::Folder folder;

    [[nodiscard]] std::string open(const std::filesystem::path& file) const {
        const auto batch =
            open_batch(ready(), file, {&deployment.coordinator, 1}, deployment.key.public_key(), deployment.today);
        return batch ? "accepted" : std::string(reason_word(batch.error().reason));
    }
    [[nodiscard]] std::string outcome(crypto::ByteView archive) const {
        const auto file = folder.path() / "b.age";
        test::seal_to(file, deployment, archive);
        const auto result = open(file);
        CHECK(folder.names() == std::vector<std::string>{"b.age"});
        return result;
    }
    /// A good batch, spoiled before FILL is added.
    [[nodiscard]] std::string spoiled(const std::function<void(Parts&)>& spoil) const {
        auto parts = test::good_parts(deployment, records);
        spoil(parts);
        auto members = parts.members;
        members.push_back(test::fill_for(members));
        return outcome(test::raw_archive(members));
    }
    /// The same, with the manifest signed again by the device under this comment.
    [[nodiscard]] std::string signed_again(const std::function<void(Parts&)>& spoil, std::string comment = "") const {
        return spoiled([&](Parts& parts) {
            spoil(parts);
            auto header = test::header_of(deployment);
            header.count = 3;
            if (comment.empty()) comment = batch_comment(header);
            parts.member("MANIFEST.minisig").content =
                bytes(*crypto::sign(ready(), parts.member("MANIFEST").content, deployment.device_key, comment));
        });
    }
    /// The same with another certificate, signed by `key`.
    [[nodiscard]] std::string certified(const std::function<void(Certificate&)>& spoil,
                                        const crypto::DeploymentSecretKey& key) const {
        return spoiled([&](Parts& parts) {
            auto certificate = deployment.certificate();
            spoil(certificate);
            const auto text = certificate_text(certificate);
            const auto comment = "amparo-cert 1 dev=" + certificate.device + " ep=" + std::to_string(certificate.epoch);
            parts.member("CERT").content = bytes(text);
            parts.member("CERT.minisig").content = bytes(*crypto::sign(ready(), bytes(text), key, comment));
        });
    }
};

void edit(RawMember& member, const std::function<void(std::string&)>& change) {
    auto text = test::text(member.content);
    change(text);
    member.content = bytes(text);
}

std::string manifest_line(const std::string& text, std::size_t number) {
    std::size_t at = 0;
    for (std::size_t i = 0; i < number; ++i) at = text.find('\n', at) + 1;
    return text.substr(at, text.find('\n', at) + 1 - at);
}

}  // namespace

TEST_CASE("the batch that the hostile ones are made from is accepted") {
    const Stage stage;
    CHECK(stage.spoiled([](Parts&) {}) == "accepted");
    CHECK(stage.signed_again([](Parts&) {}) == "accepted");
    CHECK(stage.certified([](Certificate&) {}, stage.deployment.key) == "accepted");
}

TEST_CASE("a batch whose archive is not strict is called that") {
    const Stage stage;
    const std::pair<const char*, std::function<void(RawMember&)>> bad[] = {
        {"symbolic link", [](auto& m) { m.type = '2', m.link = "/etc/passwd"; }},
        {"hard link", [](auto& m) { m.type = '1', m.link = "CERT"; }},
        {"directory", [](auto& m) { m.type = '5'; }},
        {"device", [](auto& m) { m.type = '3'; }},
        {"pax header", [](auto& m) { m.type = 'x'; }},
        {"global pax header", [](auto& m) { m.type = 'g'; }},
        {"GNU long name", [](auto& m) { m.type = 'L'; }},
        {"GNU sparse", [](auto& m) { m.type = 'S'; }},
        {"absolute name", [](auto& m) { m.name = "/tmp/x"; }},
        {"parent folder", [](auto& m) { m.name = "records/../../x"; }},
        {"leading dot", [](auto& m) { m.name = "./" + m.name; }},
        {"prefix", [](auto& m) { m.prefix = "records"; }},
        {"readable by others", [](auto& m) { m.mode = "0000644"; }},
        {"owner", [](auto& m) { m.uid = "0001750"; }},
        {"time", [](auto& m) { m.mtime = "14675432100"; }},
        {"duplicate", [](auto& m) { m.name = "CERT"; }},
        {"padding", [](auto& m) { m.padding = std::byte{7}; }},
        {"checksum", [](auto& m) { m.good_checksum = false; }},
    };
    for (const auto& [defect, spoil] : bad) {
        INFO(defect);
        CHECK(stage.spoiled([&spoil = spoil](Parts& parts) { spoil(parts.members[first_record]); }) == "archive");
    }
    CHECK(stage.spoiled([](Parts& parts) { parts.members[first_record].size = "77777777777"; }) == "too-large");
    CHECK(stage.spoiled([](Parts& parts) {
        parts.members[first_record].content.resize(batch_most_record_bytes + 1);
    }) == "too-large");
}

TEST_CASE("a batch whose archive has no proper end is called that") {
    const Stage stage;
    auto members = test::good_parts(stage.deployment, stage.records).members;
    members.push_back(test::fill_for(members));
    CHECK(stage.outcome(test::raw_archive(members, 0)) == "archive");
    CHECK(stage.outcome(test::raw_archive(members, 1)) == "archive");
    CHECK(stage.outcome(test::raw_archive(members, 3)) == "archive");
    auto trailing = test::raw_archive(members);
    trailing.push_back(std::byte{'x'});
    CHECK(stage.outcome(trailing) == "archive");
    trailing.resize(5'000);
    CHECK(stage.outcome(trailing) == "archive");
    CHECK(stage.outcome({}) == "archive");
    CHECK(stage.outcome(test::raw_archive({})) == "member-order");
}

TEST_CASE("members out of their place, missing or foreign are called that") {
    const Stage stage;
    const std::pair<const char*, std::function<void(Parts&)>> bad[] = {
        {"no manifest", [](Parts& p) { p.members.erase(p.members.begin()); }},
        {"no certificate", [](Parts& p) { p.members.erase(p.members.begin() + 2); }},
        {"certificate first", [](Parts& p) { std::swap(p.members[0], p.members[2]); }},
        {"foreign member", [](Parts& p) { p.members[first_record].name = "autorun.inf"; }},
        {"record in another folder",
         [](Parts& p) { p.members[first_record].name = "record/" + p.members[first_record].name.substr(8); }},
        {"record with upper-case name",
         [](Parts& p) { p.members[first_record].name = "records/" + std::string(32, 'A') + ".age"; }},
        {"record with short name", [](Parts& p) { p.members[first_record].name = "records/abc.age"; }},
        {"second manifest", [](Parts& p) { p.members.push_back(p.members[0]), p.members.back().name = "MANIFEST2"; }},
    };
    for (const auto& [defect, spoil] : bad) {
        INFO(defect);
        CHECK(stage.spoiled(spoil) == "member-order");
    }
    auto after = test::good_parts(stage.deployment, stage.records).members;
    after.push_back(test::fill_for(after));
    after.push_back(after[first_record]);
    after.back().name = "records/" + std::string(32, 'a') + ".age";
    CHECK(stage.outcome(test::raw_archive(after)) == "member-order");
    CHECK(stage.outcome(test::raw_archive(test::good_parts(stage.deployment, stage.records).members)) ==
          "member-order");
}

TEST_CASE("FILL that hides something or has another size is called that") {
    const Stage stage;
    const auto members = test::good_parts(stage.deployment, stage.records).members;
    const auto with_fill = [&](const std::function<void(RawMember&)>& spoil, std::uint64_t size) {
        auto all = members;
        all.push_back(test::fill_for(members, size));
        spoil(all.back());
        return stage.outcome(test::raw_archive(all));
    };
    CHECK(with_fill([](auto& m) { m.content[1000] = std::byte{1}; }, batch_sizes[0]) == "fill-invalid");
    CHECK(with_fill([](auto& m) { m.content.resize(m.content.size() - 512); }, batch_sizes[0]) == "fill-invalid");
    CHECK(with_fill([](auto& m) { m.content.resize(m.content.size() - 1); }, batch_sizes[0]) == "fill-invalid");
    CHECK(with_fill([](auto& m) { m.content.clear(); }, batch_sizes[0]) == "fill-invalid");
    CHECK(with_fill([](auto&) {}, batch_sizes[1]) == "fill-invalid");  // a smaller size would do
}

TEST_CASE("a certificate that proves nothing is called that") {
    const Stage stage;
    CHECK(stage.certified([](Certificate&) {}, stage.other.key) == "certificate-invalid");
    CHECK(stage.certified([&](Certificate& c) { c.deployment = deployment_id(ready(), stage.other.key.public_key()); },
                          stage.deployment.key) == "certificate-invalid");
    CHECK(stage.spoiled([](Parts& p) {
        edit(p.member("CERT"), [](auto& t) { t.replace(t.find("2026"), 4, "2036"); });
    }) == "certificate-invalid");
    CHECK(stage.spoiled([](Parts& p) { p.member("CERT.minisig").content.clear(); }) == "certificate-invalid");
    CHECK(stage.spoiled([](Parts& p) { p.member("CERT.minisig").content = p.member("MANIFEST.minisig").content; }) ==
          "certificate-invalid");
}

TEST_CASE("a batch under a certificate that has ended is opened, and said to be") {
    const Stage stage;
    const auto ended = [&](std::chrono::days after) {
        REQUIRE(stage.certified([&](Certificate& c) { c.not_after = stage.deployment.today + after; },
                                stage.deployment.key) == "accepted");
        const auto batch = open_batch(ready(), stage.folder.path() / "b.age", {&stage.deployment.coordinator, 1},
                                      stage.deployment.key.public_key(), stage.deployment.today);
        REQUIRE(batch);
        CHECK(batch->records.size() == 3);
        return batch->certificate_ended;
    };
    CHECK_FALSE(ended(std::chrono::days(1)));
    CHECK_FALSE(ended(std::chrono::days(0)));
    CHECK(ended(std::chrono::days(-1)));
    CHECK(ended(std::chrono::days(-3'000)));
}

TEST_CASE("a manifest that the certified device did not sign is called that") {
    const Stage stage;
    CHECK(stage.certified([&](Certificate& c) { c.key = stage.other.device_key.public_key(); }, stage.deployment.key) ==
          "signature-invalid");
    CHECK(stage.spoiled([&](Parts& p) {
        p.member("MANIFEST.minisig").content =
            bytes(*crypto::sign(ready(), p.member("MANIFEST").content, stage.other.device_key, "v=1"));
    }) == "signature-invalid");
    CHECK(stage.spoiled([](Parts& p) { p.member("MANIFEST.minisig").content.clear(); }) == "signature-invalid");
    CHECK(stage.spoiled([](Parts& p) {
        edit(p.member("MANIFEST.minisig"), [](auto& t) { t.replace(t.find("seq=1"), 5, "seq=2"); });
    }) == "signature-invalid");
    CHECK(stage.spoiled([](Parts& p) { edit(p.member("MANIFEST.minisig"), [](auto& t) { t += "x"; }); }) ==
          "signature-invalid");
    CHECK(stage.spoiled([](Parts& p) { edit(p.member("MANIFEST"), [](auto& t) { t.pop_back(); }); }) ==
          "signature-invalid");
    CHECK(stage.spoiled([](Parts& p) {
        auto& content = p.member("MANIFEST.minisig").content;
        content.insert(content.end(), content.begin(), content.end());
    }) == "signature-invalid");
}

TEST_CASE("a signed comment that does not fit the batch is called that") {
    const Stage stage;
    auto header = test::header_of(stage.deployment);
    header.count = 3;
    const auto with = [&](const std::function<void(BatchHeader&)>& spoil) {
        auto changed = header;
        spoil(changed);
        return stage.signed_again([](Parts&) {}, batch_comment(changed));
    };
    CHECK(with([](auto&) {}) == "accepted");
    CHECK(with([](auto& h) { h.epoch = 2; }) == "accepted");  // restored after the certificate was made
    CHECK(with([&](auto& h) { h.device = stage.other.device; }) == "comment-invalid");
    CHECK(with([](auto& h) { h.count = 2; }) == "comment-invalid");
    CHECK(with([](auto& h) { h.count = 4; }) == "comment-invalid");
    CHECK(with([](auto& h) { h.sequence = 0; }) == "comment-invalid");
    CHECK(with([](auto& h) { h.sequence = batch_most_sequence; }) == "accepted");
    CHECK(with([](auto& h) { h.epoch = most_epoch; }) == "accepted");
    for (const std::uint64_t number : {batch_most_sequence + 1, std::uint64_t{INT64_MAX}, std::uint64_t{1} << 63U}) {
        CHECK(with([&](auto& h) { h.sequence = number; }) == "comment-invalid");
        CHECK(with([&](auto& h) { h.epoch = number; }) == "comment-invalid");
        CHECK(with([&](auto& h) { h.count = number; }) == "comment-invalid");
        CHECK(stage.certified([&](Certificate& c) { c.epoch = number; }, stage.deployment.key) ==
              "certificate-invalid");
    }
    CHECK(stage.signed_again([](Parts&) {}, "hello") == "comment-invalid");
    CHECK(stage.signed_again([](Parts&) {}, "v=2 hello") == "newer-format");
    CHECK(stage.signed_again([](Parts&) {}, batch_comment(header) + " more=1") == "comment-invalid");
    CHECK(stage.certified([](Certificate& c) { c.epoch = 5; }, stage.deployment.key) == "comment-invalid");
}

TEST_CASE("a manifest of another form, though signed, is called that") {
    const Stage stage;
    const std::pair<const char*, std::function<void(std::string&)>> bad[] = {
        {"other title", [](auto& t) { t.replace(0, 14, "amparo-bundle 1"); }},
        {"version 0", [](auto& t) { t.replace(0, 14, "amparo-batch 0"); }},
        {"unsorted",
         [](auto& t) { t = manifest_line(t, 0) + manifest_line(t, 2) + manifest_line(t, 1) + manifest_line(t, 3); }},
        {"line twice",
         [](auto& t) { t = manifest_line(t, 0) + manifest_line(t, 1) + manifest_line(t, 1) + manifest_line(t, 2); }},
        {"not ended", [](auto& t) { t.pop_back(); }},
        {"carriage returns", [](auto& t) { t.insert(t.size() - 1, "\r"); }},
        {"unsafe name", [](auto& t) { t.replace(t.find("records/"), 8, "../../x/"); }},
        {"empty", [](auto& t) { t.clear(); }},
    };
    for (const auto& [defect, change] : bad) {
        INFO(defect);
        CHECK(stage.signed_again([&change = change](Parts& p) { edit(p.member("MANIFEST"), change); }) ==
              "manifest-invalid");
    }
}

TEST_CASE("records other than those listed are called that") {
    const Stage stage;
    CHECK(stage.spoiled([](Parts& p) { p.members.pop_back(); }) == "member-set");
    CHECK(stage.spoiled([](Parts& p) {
        p.members.push_back(p.members.back()), p.members.back().name = "records/" + std::string(32, '0') + ".age";
    }) == "member-set");
    CHECK(stage.spoiled([](Parts& p) { p.members.back().name = "records/" + std::string(32, '0') + ".age"; }) ==
          "member-set");
    CHECK(stage.spoiled([](Parts& p) { std::swap(p.members[first_record], p.members[first_record + 1]); }) ==
          "member-set");
    CHECK(stage.spoiled([](Parts& p) { p.members.back().content.back() ^= std::byte{1}; }) == "record-changed");
    CHECK(stage.spoiled([](Parts& p) {
        std::swap(p.members[first_record].content, p.members[first_record + 1].content);
    }) == "record-changed");
    CHECK(stage.spoiled([](Parts& p) { p.members.back().content.clear(); }) == "record-changed");
}

TEST_CASE("RETURN of another length, or unlisted, is called that") {
    const Stage stage;
    const auto with_return = [&](std::size_t length, bool listed) {
        const crypto::Bytes secret(length, std::byte{7});
        return stage.signed_again([&](Parts& parts) {
            auto& manifest = parts.member("MANIFEST").content;
            auto lines = *parse_manifest(manifest, batch_title, 10);
            if (listed) lines.push_back({crypto::sha256(ready(), secret), std::string(return_member)});
            manifest = bytes(manifest_text(batch_title, lines));
            lines = *parse_manifest(manifest, batch_title, 10);
            std::size_t at = first_record;
            while (listed && lines[at - first_record].name != return_member) ++at;
            RawMember member;
            member.name = return_member;
            member.content = secret;
            parts.members.insert(parts.members.begin() + static_cast<std::ptrdiff_t>(at), member);
        });
    };
    CHECK(with_return(crypto::return_secret_size, true) == "accepted");
    CHECK(with_return(crypto::return_secret_size - 1, true) == "member-order");
    CHECK(with_return(crypto::return_secret_size + 1, true) == "member-order");
    CHECK(with_return(0, true) == "member-order");
    CHECK(with_return(crypto::return_secret_size, false) == "member-set");
}

TEST_CASE("an outer file that is damaged, foreign or missing asks for another try instead of quarantine") {
    const Stage stage;
    auto members = test::good_parts(stage.deployment, stage.records).members;
    members.push_back(test::fill_for(members));
    const auto file = test::seal_to(stage.folder.path() / "good.age", stage.deployment, test::raw_archive(members));
    const auto good = test::read(file);
    REQUIRE(stage.open(file) == "accepted");
    const auto changed = [&](const std::function<void(crypto::Bytes&)>& spoil) {
        auto bad = good;
        spoil(bad);
        const auto to = stage.folder.path() / "bad.age";
        test::write(to, bad);
        return stage.open(to);
    };
    CHECK(changed([](auto& b) { b.resize(b.size() / 2); }) == "outer-damaged");
    CHECK(changed([](auto& b) { b.pop_back(); }) == "outer-damaged");
    CHECK(changed([](auto& b) { b.push_back(std::byte{0}); }) == "outer-damaged");
    CHECK(changed([](auto& b) { b[b.size() / 2] ^= std::byte{1}; }) == "outer-damaged");
    CHECK(changed([](auto& b) { b[0] ^= std::byte{1}; }) == "outer-damaged");
    CHECK(changed([](auto& b) { b[100] ^= std::byte{1}; }) != "accepted");
    CHECK(changed([](auto& b) { b.clear(); }) == "outer-damaged");
    CHECK(changed([](auto& b) { b = bytes("-----BEGIN AGE ENCRYPTED FILE-----\n"); }) == "outer-damaged");
    CHECK(stage.open(stage.folder.path() / "missing.age") == "unreadable");
    CHECK(stage.open(stage.folder.path()) == "unreadable");
    const auto foreign = open_batch(ready(), file, {&stage.other.coordinator, 1}, stage.deployment.key.public_key(),
                                    stage.deployment.today);
    REQUIRE_FALSE(foreign);
    CHECK(foreign.error().reason == BatchReason::NoIdentity);
    for (const auto reason :
         {BatchReason::Unreadable, BatchReason::NoIdentity, BatchReason::OuterDamaged, BatchReason::NewerFormat})
        CHECK_FALSE(calls_for_quarantine(reason));
    for (const auto reason : {BatchReason::Archive, BatchReason::SignatureInvalid, BatchReason::CertificateInvalid})
        CHECK(calls_for_quarantine(reason));
}

TEST_CASE("a damaged copy of a forged batch is called damaged, not forged") {
    const Stage stage;
    auto members = test::good_parts(stage.deployment, stage.records).members;
    members[0].name = "WRONG";
    members.push_back(test::fill_for(members));
    const auto file = test::seal_to(stage.folder.path() / "b.age", stage.deployment, test::raw_archive(members));
    auto cut = test::read(file);
    cut.pop_back();
    test::write(file, cut);
    CHECK(stage.open(file) == "outer-damaged");
}

TEST_CASE("a path where nobody writes, or everybody could for ever, is unreadable at once") {
    const Stage stage;
    const auto pipe = stage.folder.path() / "b-pipe.age";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    std::filesystem::create_symlink(pipe, stage.folder.path() / "b-link.age");
    for (const auto& path :
         {pipe, stage.folder.path() / "b-link.age", std::filesystem::path("/dev/zero"), stage.folder.path()})
        CHECK(stage.open(path) == "unreadable");
}

TEST_CASE("a file larger than any batch is not read") {
    const Stage stage;
    const auto file = stage.folder.path() / "huge.age";
    test::write(file, bytes("age-encryption.org/v1\n"));
    std::filesystem::resize_file(file, 300U << 20U);
    CHECK(stage.open(file) == "too-large");
}
