// Batches written by the kiosk's side and opened by the coordinator's.
#include "app/exchange/batch.hpp"

#include <sys/stat.h>

#include <catch2/catch_all.hpp>

#include "app/exchange/open/batch_open.hpp"
#include "app/exchange/ustar.hpp"
#include "crypto/hash.hpp"
#include "crypto/open/open.hpp"
#include "tests/exchange/support.hpp"
#include "tests/support/batch_members.hpp"

using namespace app::exchange;
using test::ready;

namespace {

struct Export {
    test::Deployment deployment;
    test::Records records;
    SignedCertificate certificate;
    std::vector<crypto::Recipient> recipients;
    BatchManifest manifest;

    explicit Export(std::size_t count)
        : records(deployment, count),
          certificate(deployment.signed_certificate()),
          recipients(deployment.recipients()),
          manifest(*make_batch_manifest(ready(), test::header_of(deployment), records.list, deployment.device_key)) {}

    [[nodiscard]] Result<WrittenBatch> to(const std::filesystem::path& folder, const Progress& progress = {}) const {
        return write_batch(ready(), {manifest, records.list, certificate, recipients}, records.source(), folder,
                           progress);
    }
    [[nodiscard]] tl::expected<VerifiedBatch, BatchRefusal> open(const std::filesystem::path& file) const {
        return open_batch(ready(), file, {&deployment.coordinator, 1}, deployment.key.public_key(), deployment.today);
    }
    [[nodiscard]] crypto::Bytes inner(const std::filesystem::path& file) const {
        auto plain = crypto::open::open_bytes(ready(), test::read(file), {{&deployment.coordinator, 1}, {}});
        REQUIRE(plain);
        return std::move(*plain);
    }
};

std::size_t stanzas_of(const std::filesystem::path& file) {
    const auto head = test::text(test::read(file)).substr(0, 4000);
    std::size_t stanzas = 0;
    for (auto at = head.find("-> X25519 "); at != std::string::npos; at = head.find("-> X25519 ", at + 1)) ++stanzas;
    return stanzas;
}

}  // namespace

TEST_CASE("a batch opens with every record as it was sealed") {
    const test::Folder folder;
    const Export sent(3);
    const auto written = sent.to(folder.path());
    REQUIRE(written);
    const auto batch = sent.open(written->path);
    REQUIRE(batch);
    CHECK(batch->header.device == sent.deployment.device);
    CHECK(batch->header.sequence == 1);
    CHECK(batch->header.count == 3);
    CHECK(batch->manifest_sha256 == sent.manifest.sha256);
    CHECK(batch->file_sha256 == written->sha256);
    REQUIRE(batch->records.size() == 3);
    CHECK(test::sealed_members(ready(), *batch) == sent.records.sealed);
}

TEST_CASE("RETURN travels in a batch and is no record of it, and a batch without one opens as well") {
    const test::Folder folder;
    const Export sent(3);
    const auto secret = *crypto::SecretBytes::random(ready(), crypto::return_secret_size);
    const auto manifest = make_batch_manifest(ready(), test::header_of(sent.deployment), sent.records.list,
                                              sent.deployment.device_key, secret.view());
    REQUIRE(manifest);
    const BatchOrder order{*manifest, sent.records.list, sent.certificate, sent.recipients, secret.view()};
    const auto written = write_batch(ready(), order, sent.records.source(), folder.path());
    REQUIRE(written);
    const auto batch = sent.open(written->path);
    REQUIRE(batch);
    REQUIRE(batch->way_back);
    CHECK(batch->way_back->equals(secret.view()));
    CHECK(batch->header.count == 3);
    CHECK(batch->records.size() == 3);
    CHECK(test::sealed_members(ready(), *batch) == sent.records.sealed);
    CHECK(test::text(manifest->text).find(crypto::to_hex(crypto::sha256(ready(), secret.view())) + "  RETURN\n") !=
          std::string::npos);
    const auto without = sent.to(folder.path());
    REQUIRE(without);
    CHECK_FALSE(sent.open(without->path)->way_back);
    // The manifest says whether there is one, and which.
    const auto write = [&](const BatchManifest& which, crypto::ByteView way_back) {
        return write_batch(ready(), {which, sent.records.list, sent.certificate, sent.recipients, way_back},
                           sent.records.source(), folder.path());
    };
    CHECK_FALSE(write(*manifest, {}));
    CHECK_FALSE(write(sent.manifest, secret.view()));
    CHECK_FALSE(write(*manifest, crypto::SecretBytes::random(ready(), crypto::return_secret_size)->view()));
    CHECK_FALSE(make_batch_manifest(ready(), test::header_of(sent.deployment), sent.records.list,
                                    sent.deployment.device_key, crypto::Bytes(31)));
}

TEST_CASE("the recovery identity opens a batch too") {
    const test::Folder folder;
    const Export sent(1);
    const auto written = sent.to(folder.path());
    REQUIRE(written);
    CHECK(open_batch(ready(), written->path, {&sent.deployment.recovery, 1}, sent.deployment.key.public_key(),
                     sent.deployment.today));
}

TEST_CASE("a batch file is named at random, private, and alone in its folder") {
    const test::Folder folder;
    const Export sent(1);
    const auto written = sent.to(folder.path());
    REQUIRE(written);
    const auto name = written->path.filename().string();
    CHECK(name.size() == 2 + 16 + 4);
    CHECK(name.starts_with("b-"));
    CHECK(name.ends_with(".age"));
    CHECK(folder.names() == std::vector<std::string>{name});
    struct stat status {};
    REQUIRE(::stat(written->path.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("exporting again gives the same inner bytes under another name and key") {
    const test::Folder folder;
    const Export sent(2);
    const auto first = sent.to(folder.path());
    const auto second = sent.to(folder.path());
    REQUIRE(first);
    REQUIRE(second);
    CHECK(first->path != second->path);
    CHECK(first->sha256 != second->sha256);
    CHECK(sent.inner(first->path) == sent.inner(second->path));
}

TEST_CASE("the inner archive has one of five sizes and the file shows five stanzas") {
    const test::Folder folder;
    for (const std::size_t count : {1U, 40U, 80U}) {
        const Export sent(count);
        const auto written = sent.to(folder.path());
        REQUIRE(written);
        const auto inner = sent.inner(written->path);
        CHECK(std::find(batch_sizes.begin(), batch_sizes.end(), inner.size()) != batch_sizes.end());
        CHECK(stanzas_of(written->path) == 5);
    }
}

TEST_CASE("five who open a batch show five stanzas, and with the machine that takes batches in there are ten") {
    const test::Folder folder;
    Export sent(1);
    std::vector<crypto::open::Identity> readers;
    while (sent.recipients.size() < 5) {
        readers.push_back(*crypto::open::Identity::generate(ready()));
        sent.recipients.push_back(readers.back().recipient());
    }
    const auto without = sent.to(folder.path());
    REQUIRE(without);
    CHECK(stanzas_of(without->path) == 5);
    readers.push_back(*crypto::open::Identity::generate(ready()));
    sent.recipients.push_back(readers.back().recipient());
    const auto with = sent.to(folder.path());
    REQUIRE(with);
    CHECK(stanzas_of(with->path) == 10);
    for (const auto& reader : readers)
        CHECK(open_batch(ready(), with->path, {&reader, 1}, sent.deployment.key.public_key(), sent.deployment.today));
}

TEST_CASE("every record comes back when the batch fills a larger size") {
    const test::Folder folder;
    const Export sent(70);  // 17 KiB each: more than 1 MiB
    const auto written = sent.to(folder.path());
    REQUIRE(written);
    CHECK(written->bytes > batch_sizes[1]);
    CHECK(sent.open(written->path)->records.size() == 70);
}

TEST_CASE("a set beyond the largest size is split by counting what fits") {
    std::vector<BatchRecord> many;
    for (std::size_t i = 0; i < 40'000; ++i) many.push_back({"", {}, 17'000});
    const auto first = records_that_fit(many);
    CHECK(first > 14'000);
    CHECK(first < 15'500);
    std::vector<BatchRecord> rest(many.begin() + static_cast<std::ptrdiff_t>(first), many.end());
    CHECK(records_that_fit(rest) == first);
    CHECK(records_that_fit({}) == 0);
    CHECK(records_that_fit({{"", {}, batch_most_record_bytes + 1}}) == 0);
}

TEST_CASE("a set is split at the size that the policy sets") {
    CHECK(batch_size_within(1) == batch_sizes[0]);
    CHECK(batch_size_within(3) == batch_sizes[0]);
    CHECK(batch_size_within(4) == batch_sizes[1]);
    CHECK(batch_size_within(63) == batch_sizes[2]);
    CHECK(batch_size_within(256) == batch_sizes[4]);
    CHECK(batch_size_within(0) == batch_sizes[0]);
    const std::vector<BatchRecord> many(200, BatchRecord{"", {}, 17'000});
    const auto first = records_that_fit(many, batch_sizes[0]);
    CHECK(first > 50);
    CHECK(first < 60);
    CHECK(records_that_fit({{"", {}, batch_most_record_bytes}}, batch_sizes[0]) == 0);
    CHECK(records_that_fit({{"", {}, 300'000}}, batch_sizes[0]) == 1);  // no sealed record is larger
}

TEST_CASE("a manifest is not made for names, sets or sizes that no batch may have") {
    const test::Deployment deployment;
    const auto make = [&deployment](std::vector<BatchRecord> records) {
        return make_batch_manifest(ready(), test::header_of(deployment), records, deployment.device_key);
    };
    const std::string name(32, 'a');
    CHECK(make({{name, {}, 100}}));
    CHECK(make({}));
    CHECK_FALSE(make({{"../../x", {}, 100}}));
    CHECK_FALSE(make({{std::string(32, 'A'), {}, 100}}));
    CHECK_FALSE(make({{name, {}, 0}}));
    CHECK_FALSE(make({{name, {}, 100}, {name, {}, 100}}));
    CHECK_FALSE(make({{name, {}, batch_most_record_bytes + 1}}));
    auto header = test::header_of(deployment);
    header.sequence = 0;
    CHECK_FALSE(make_batch_manifest(ready(), header, {{name, {}, 100}}, deployment.device_key));
}

TEST_CASE("a record that changed in the store does not leave in a batch") {
    const test::Folder folder;
    Export sent(2);
    sent.records.sealed.begin()->second[20] ^= std::byte{1};
    const auto written = sent.to(folder.path());
    REQUIRE_FALSE(written);
    CHECK(written.error().error == Error::Manifest);
    CHECK(folder.names().empty());
}

TEST_CASE("a record that cannot be read stops the export and leaves nothing") {
    const test::Folder folder;
    const Export sent(2);
    const auto written = write_batch(
        ready(), {sent.manifest, sent.records.list, sent.certificate, sent.recipients},
        [](const std::string&) -> Result<crypto::Bytes> { return failed(Error::Io, Reason::FileIo); }, folder.path());
    REQUIRE_FALSE(written);
    CHECK(written.error().error == Error::Io);
    CHECK(folder.names().empty());
}

TEST_CASE("stopping an export leaves nothing, whenever it is stopped") {
    const test::Folder folder;
    const Export sent(2);
    int calls = 0;
    REQUIRE(sent.to(folder.path(), [&calls](auto, auto) { return ++calls > 0; }));
    const int all = calls;
    std::filesystem::remove(folder.path() / folder.names().at(0));
    for (int stop_at = 1; stop_at <= all; ++stop_at) {
        calls = 0;
        const auto written = sent.to(folder.path(), [&](auto, auto) { return ++calls < stop_at; });
        REQUIRE_FALSE(written);
        CHECK(written.error().error == Error::Cancelled);
        CHECK(folder.names().empty());
    }
}

TEST_CASE("progress rises to its end") {
    const test::Folder folder;
    const Export sent(1);
    std::uint64_t last = 0;
    std::uint64_t total = 0;
    REQUIRE(sent.to(folder.path(), [&](std::uint64_t done, std::uint64_t all) {
        CHECK(done >= last);
        last = done;
        total = all;
        return true;
    }));
    CHECK(last == total);
}

TEST_CASE("an export to nowhere, or to nobody, says so") {
    const test::Folder folder;
    const Export sent(1);
    CHECK(sent.to(folder.path() / "missing").error().error == Error::Io);
    const std::vector<crypto::Recipient> nobody;
    const auto written = write_batch(ready(), {sent.manifest, sent.records.list, sent.certificate, nobody},
                                     sent.records.source(), folder.path());
    REQUIRE_FALSE(written);
    CHECK(written.error().error == Error::Recipients);
    CHECK(folder.names().empty());
}

TEST_CASE("the signed comment comes back as it was written, and only so") {
    const test::Deployment deployment;
    auto header = test::header_of(deployment, 12);
    header.count = 3;
    header.previous = crypto::sha256(ready(), test::bytes("before"));
    const auto good = batch_comment(header);
    const auto parsed = parse_batch_comment(good);
    REQUIRE(parsed);
    CHECK(parsed->sequence == 12);
    CHECK(parsed->previous == header.previous);
    const auto replaced = [&good](std::string_view from, std::string_view to) {
        auto text = good;
        return text.replace(text.find(from), from.size(), to);
    };
    CHECK(parse_batch_comment(replaced("n=3", "n=0"))->count == 0);
    for (const auto& bad :
         {good + " ", " " + good, good + " x=1", replaced("v=1", "v=2"), replaced("seq=12", "seq=012"),
          replaced("seq=12", "seq=0"), replaced("seq=12", "seq=-1"), replaced("seq=12", "seq="),
          replaced("n=3", "n=00"), replaced(" seq", "  seq"), replaced("dev=", "dev=x"), replaced(" ep=1", ""),
          replaced("audit=0", "audit="), replaced("seq=12", "seq=99999999999999999999"), std::string()}) {
        INFO(bad);
        CHECK_FALSE(parse_batch_comment(bad));
    }
}

TEST_CASE("a batch of a later version is told by its comment or the title of its list") {
    const auto newer = [](const char* comment, const char* manifest) {
        return is_newer_batch(comment, crypto::as_bytes(manifest));
    };
    CHECK_FALSE(newer("v=1 dev=x", "amparo-batch 1\n"));
    CHECK(newer("v=2", "amparo-batch 1\n"));
    CHECK(newer("v=1 dev=x", "amparo-batch 2\n"));
    CHECK(newer("v=12 more", "amparo-batch 17"));
    for (const auto* const comment : {"", "v=", "v=0", "v=02", "v=x", "w=2", "v=99999999999999999999999"})
        for (const auto* const title : {"", "amparo-batch", "amparo-batch ", "amparo-batch 0", "amparo-batch 02\n",
                                        "amparo-batch 2 \n", "amparo-bundle 2\n", "x\namparo-batch 2\n"})
            CHECK_FALSE(newer(comment, title));
}
