// The audit's names, chain and entries, and how they travel in a batch.
#include <catch2/catch_all.hpp>
#include <set>

#include "app/exchange/audit.hpp"
#include "app/exchange/open/audit_open.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "tests/exchange/support.hpp"

using namespace app::exchange;
using test::ready;

namespace {

const Day day{std::chrono::days(20'000)};  // 2024-10-04

AuditName name_of(std::uint64_t number, AuditType type = AuditType::SignedIn) {
    return {number, day, std::string(audit_word(type))};
}

/// Records and audit entries of one deployment, as one batch.
struct Stage {
    test::Deployment deployment;
    test::Records records{deployment, 2};
    test::Folder folder;
    Digest head{};

    explicit Stage(std::uint64_t entries = 2) {
        for (std::uint64_t number = 1; number <= entries; ++number) {
            const auto name = name_of(number);
            const auto sealed = seal_audit(ready(), name, {}, deployment.recipients());
            REQUIRE(sealed);
            head = audit_head(ready(), head, name, *sealed);
            records.list.push_back({audit_name(name), crypto::sha256(ready(), *sealed), sealed->size()});
            records.sealed[audit_name(name)] = *sealed;
        }
    }
    [[nodiscard]] std::string spoiled(const std::function<void(test::Parts&)>& spoil) const {
        auto parts = test::good_parts(deployment, records);
        spoil(parts);
        auto members = parts.members;
        members.push_back(test::fill_for(members));
        const auto file = test::seal_to(folder.path() / "b.age", deployment, test::raw_archive(members));
        const auto batch =
            open_batch(ready(), file, {&deployment.coordinator, 1}, deployment.key.public_key(), deployment.today);
        return batch ? "accepted" : std::string(reason_word(batch.error().reason));
    }
};

}  // namespace

TEST_CASE("an entry's name comes back as it was written, and nothing else is one") {
    const auto text = audit_name(name_of(12, AuditType::WorkerAdded));
    CHECK(text == "0000000012-2024-10-04-worker-added");
    const auto back = parse_audit_name(text);
    REQUIRE(back);
    CHECK(back->number == 12);
    CHECK(back->day == day);
    CHECK(back->type == "worker-added");
    for (const auto* wrong :
         {"", "0000000012-2024-10-04-", "0000000000-2024-10-04-signed-in", "000000012-2024-10-04-signed-in",
          "0000000012-2024-13-04-signed-in", "0000000012-2024-10-04-Signed-in", "0000000012-2024-10-04-signed_in",
          "0000000012-2024-10-04--signed", "0000000012-2024-10-04-signed-", "00000000012-2024-10-04-signed-in",
          "0000000012_2024-10-04-signed-in", "0000000012-2024-10-04_signed-in", "+000000012-2024-10-04-signed-in",
          "0000000012-2024-10-04-an-overlong-word-that-no-type-would-ever-have"})
        CHECK_FALSE(parse_audit_name(wrong));
}

TEST_CASE("every type has a word of its own and a number that gives it back") {
    std::set<std::string_view> words;
    std::size_t types = 0;
    for (unsigned number = 0; number <= 255; ++number) {
        const auto type = audit_type(static_cast<std::uint8_t>(number));
        if (!type) continue;
        ++types;
        CHECK(number >= 1);
        CHECK(number <= audit_types);
        CHECK(static_cast<unsigned>(*type) == number);
        CHECK(parse_audit_name(audit_name(name_of(1, *type))));
        words.insert(audit_word(*type));
    }
    CHECK(types == 23);
    CHECK(words.size() == types);
    CHECK(audit_type(static_cast<std::uint8_t>(audit_types)));
}

TEST_CASE("the head depends on what came before, on the name and on every sealed byte") {
    const auto sealed = test::bytes("sealed");
    const auto head = audit_head(ready(), {}, name_of(1), sealed);
    // The example of crypto/FORMAT.md.
    CHECK(crypto::to_hex(head) == "df87ccbe8244edab57c1b6e88ff1b59b3fe96d1df86c9c25f64ff9e055352dc4");
    CHECK(audit_head(ready(), head, name_of(1), sealed) != head);
    CHECK(audit_head(ready(), {}, name_of(2), sealed) != head);
    CHECK(audit_head(ready(), {}, name_of(1, AuditType::PinWaits), sealed) != head);
    CHECK(audit_head(ready(), {}, name_of(1), test::bytes("sealeD")) != head);
}

TEST_CASE("entries have one size whatever they say, and open only as what their name says") {
    const test::Deployment deployment;
    AuditDetail full;
    full.worker = 9999;
    full.subject = 9999;
    full.number = ~std::uint64_t{0};
    full.record = std::string(32, 'a');
    const auto name = name_of(audit_most_number, AuditType::InterviewResumed);
    const auto long_one = seal_audit(ready(), name, full, deployment.recipients());
    const auto short_one = seal_audit(ready(), name_of(1), {}, deployment.recipients());
    REQUIRE(long_one);
    REQUIRE(short_one);
    CHECK(long_one->size() == short_one->size());
    const auto detail = open_audit(ready(), name, *long_one, {&deployment.coordinator, 1});
    REQUIRE(detail);
    CHECK(detail->worker == full.worker);
    CHECK(detail->subject == full.subject);
    CHECK(detail->number == full.number);
    CHECK(detail->record == full.record);
    CHECK(open_audit(ready(), name_of(2), *short_one, {&deployment.coordinator, 1}).error().error == Error::Content);
    const test::Deployment other;
    CHECK(open_audit(ready(), name, *long_one, {&other.coordinator, 1}).error().error == Error::Crypto);
    CHECK_FALSE(seal_audit(ready(), name, full, {}));
}

TEST_CASE("a number that an entry cannot hold is refused and never cut to another one") {
    const test::Deployment deployment;
    const auto name = name_of(7);
    const auto opened = [&](const std::string& members) {
        const auto text =
            R"({"audit":7,"day":")" + day_text(name.day) + R"(","type":")" + name.type + "\"" + members + "}";
        const auto sealed = crypto::seal(ready(), crypto::as_bytes(text), deployment.recipients());
        REQUIRE(sealed);
        return open_audit(ready(), name, sealed->bytes, {&deployment.coordinator, 1});
    };
    CHECK(opened("")->worker == std::nullopt);
    for (const std::string member : {"worker", "subject", "number"}) {
        const auto with = [&](const std::string& value) { return opened(",\"" + member + "\":" + value); };
        CHECK(with("4294967295"));
        CHECK(with("0"));
        for (const auto* const wrong : {"-1", "1.5", "1e3", "18446744073709551616", "\"1\"", "true", "[1]"}) {
            INFO(member << " " << wrong);
            REQUIRE_FALSE(with(wrong));
            CHECK(with(wrong).error().error == Error::Content);
        }
    }
    for (const std::string member : {"worker", "subject"})
        for (const auto* const wrong : {"4294967296", "4294967297", "18446744073709551615"})
            CHECK_FALSE(opened(",\"" + member + "\":" + wrong));
    CHECK(opened(",\"number\":18446744073709551615")->number == ~std::uint64_t{0});
}

TEST_CASE("a batch carries entries beside its records, counts only the records, and gives both out") {
    const Stage stage;
    auto header = test::header_of(stage.deployment);
    header.audit = stage.head;
    const auto manifest = make_batch_manifest(ready(), header, stage.records.list, stage.deployment.device_key);
    REQUIRE(manifest);
    CHECK(manifest->header.count == 2);
    const auto certificate = stage.deployment.signed_certificate();
    const auto recipients = stage.deployment.recipients();
    const auto written = write_batch(ready(), {*manifest, stage.records.list, certificate, recipients},
                                     stage.records.source(), stage.folder.path());
    REQUIRE(written);
    const auto batch = open_batch(ready(), written->path, {&stage.deployment.coordinator, 1},
                                  stage.deployment.key.public_key(), stage.deployment.today);
    REQUIRE(batch);
    CHECK(batch->records.size() == 2);
    REQUIRE(batch->audit.size() == 2);
    CHECK(batch->audit[0].name == audit_name(name_of(1)));
    CHECK(batch->audit[1].name == audit_name(name_of(2)));
    CHECK(batch->header.audit == stage.head);
}

TEST_CASE("entries alone make a batch, and so does nothing at all") {
    const Stage stage;
    const auto certificate = stage.deployment.signed_certificate();
    const auto recipients = stage.deployment.recipients();
    const auto secret = *crypto::SecretBytes::random(ready(), crypto::return_secret_size);
    for (const std::size_t entries : {std::size_t{2}, std::size_t{0}}) {
        const std::vector<BatchRecord> list(stage.records.list.begin() + 2,
                                            stage.records.list.begin() + 2 + static_cast<std::ptrdiff_t>(entries));
        auto header = test::header_of(stage.deployment);
        header.audit = stage.head;
        const auto manifest = make_batch_manifest(ready(), header, list, stage.deployment.device_key, secret.view());
        REQUIRE(manifest);
        CHECK(manifest->header.count == 0);
        const auto written = write_batch(ready(), {*manifest, list, certificate, recipients, secret.view()},
                                         stage.records.source(), stage.folder.path());
        REQUIRE(written);
        const auto batch = open_batch(ready(), written->path, {&stage.deployment.coordinator, 1},
                                      stage.deployment.key.public_key(), stage.deployment.today);
        REQUIRE(batch);
        CHECK(batch->records.empty());
        CHECK(batch->audit.size() == entries);
        CHECK(batch->way_back);
    }
}

TEST_CASE("an entry that is missing, added, changed or renamed in a batch is called that") {
    const Stage stage;
    const auto entry_at = [](test::Parts& parts) -> test::RawMember& {
        const auto found = std::find_if(parts.members.begin(), parts.members.end(),
                                        [](const auto& one) { return one.name.starts_with("audit/"); });
        REQUIRE(found != parts.members.end());
        return *found;
    };
    CHECK(stage.spoiled([](test::Parts&) {}) == "accepted");
    CHECK(stage.spoiled([&](test::Parts& parts) {
        const auto& entry = entry_at(parts);
        parts.members.erase(parts.members.begin() + (&entry - parts.members.data()));
    }) == "member-set");
    CHECK(stage.spoiled([&](test::Parts& parts) {
        auto copy = entry_at(parts);
        copy.name = "audit/" + audit_name(name_of(3)) + ".age";
        parts.members.push_back(copy);
    }) == "member-set");
    CHECK(stage.spoiled([&](test::Parts& parts) { entry_at(parts).content.back() ^= std::byte{1}; }) ==
          "record-changed");
    CHECK(stage.spoiled([&](test::Parts& parts) {
        entry_at(parts).name = "audit/" + audit_name(name_of(9)) + ".age";
    }) == "member-set");
    for (const auto* wrong : {"audit/1.age", "audit/0000000001-2024-10-04-signed-in", "audit/../records/x.age"})
        CHECK(stage.spoiled([&](test::Parts& parts) { entry_at(parts).name = wrong; }) != "accepted");
}
