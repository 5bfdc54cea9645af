// What an import gives back for the kiosk: a signed receipt for every batch that is in custody, and for no other,
// wherever the stick lets it be written.
#include <sys/stat.h>

#include <filesystem>

#include "app/deployment/receipts.hpp"
#include "app/exchange/open/batch_open.hpp"
#include "app/exchange/receipt.hpp"
#include "app/exchange/reply.hpp"
#include "tests/cli/desk_demo.hpp"

using namespace test;
namespace fs = std::filesystem;

namespace {

/// Its casebook has a backup of today.
struct ReceiptDemo : DeskDemo {
    ReceiptDemo() { good("amparo casebook backup demo -o backup.age"); }
    [[nodiscard]] std::vector<fs::path> receipts(const std::string& folder) const {
        std::vector<fs::path> found;
        if (!fs::exists(path() / folder)) return found;
        for (const auto& entry : fs::directory_iterator(path() / folder))
            if (exchange::is_receipt_file_name(entry.path().filename().string())) found.push_back(entry.path());
        return found;
    }
    [[nodiscard]] exchange::Receipt load(const fs::path& file) const {
        const std::array pinned{*crypto::ReceiptPublicKey::parse(read("demo/keys/receipt.pub"))};
        const auto receipt =
            exchange::load_receipt(ready(), bytes(read(file.lexically_relative(path()).string())), pinned);
        REQUIRE(receipt);
        return *receipt;
    }
    [[nodiscard]] json imported(const std::string& batch) const {
        return json::parse(run("amparo import --json " + batch + book).out).at(0);
    }
};

const std::string outbox = "demo/outbox";
const std::string copies = "demo/casebook/receipts";

}  // namespace

TEST_CASE("a batch in custody gets a receipt, on the stick and beside the casebook, and the same one again") {
    const ReceiptDemo demo;
    const auto one = demo.send("radio-hotel-canal-482", "some");
    const auto two = demo.send("hotel-radio-canal-100", "some");
    const auto said = demo.good("amparo import " + one + " " + two + book);
    CHECK(said.out.find("2 receipts written, in: ") != std::string::npos);
    CHECK(said.err.empty());
    REQUIRE(demo.receipts(outbox).size() == 2);
    REQUIRE(demo.receipts(copies).size() == 2);
    std::set<std::uint64_t> sequences;
    for (const auto& file : demo.receipts(outbox)) {
        const auto receipt = demo.load(file);
        sequences.insert(receipt.sequence);
        CHECK(receipt.epoch == 1);
        CHECK(receipt.refused.empty());
        CHECK(demo.read(copies + "/" + file.filename().string()) ==
              demo.read(file.lexically_relative(demo.path()).string()));
    }
    CHECK(sequences == std::set<std::uint64_t>{1, 2});
    const auto again = demo.imported(one);
    CHECK(exchange::is_receipt_file_name(again["receipt"].get<std::string>()));
    CHECK(demo.has(outbox + "/" + again["receipt"].get<std::string>()));
    CHECK(demo.receipts(outbox).size() == 2);
    CHECK(demo.receipts(copies).size() == 2);
    CHECK(demo.good("amparo import --lang es " + one + book).out.find("1 acuse escrito") != std::string::npos);
}

TEST_CASE("a receipt that was lost is written anew by importing its batch again") {
    const ReceiptDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    demo.good("amparo import " + batch + book);
    for (const auto& file : demo.receipts(outbox)) fs::remove(file);
    demo.good("amparo import " + batch + book);
    CHECK(demo.receipts(outbox).size() == 1);
}

TEST_CASE("without a receipt key, or with one that does not open, the import goes on and says that there is none") {
    const ReceiptDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    fs::rename(demo.path() / "demo/keys/receipt.key", demo.path() / "key");
    const auto none = demo.good("amparo import " + batch + book);
    CHECK(none.err.find("there is no receipt key") != std::string::npos);
    CHECK(demo.receipts(outbox).empty());
    CHECK(demo.imported(batch)["receipt"].is_null());
    CHECK(demo.imported(batch)["no_receipt"] == "no-key");
    demo.write("demo/keys/receipt.key", "not a key\n");
    const auto closed = demo.good("amparo import " + batch + book);
    CHECK(closed.err.find("could not be opened") != std::string::npos);
    CHECK(demo.receipts(outbox).empty());
    CHECK(demo.imported(batch)["no_receipt"] == "key-closed");
    // One that is named must open.
    const auto wrong = demo.run("amparo import --receipt-key demo/keys/receipt.key " + batch + book);
    CHECK(wrong.code != 0);
    CHECK(demo.good("amparo import --receipt-key key " + batch + book).out.find("1 receipt written") !=
          std::string::npos);
}

TEST_CASE("a protected receipt key opens with the passphrase that was given for the identity") {
    const ReceiptDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    const auto key = crypto::ReceiptSecretKey::parse(ready(), bytes(demo.read("demo/keys/receipt.key")));
    REQUIRE(key);
    const auto passphrase = crypto::SecretBytes::copy_of(ready(), crypto::as_bytes("tortuga lluvia"));
    const auto text = key->to_text(ready(), *passphrase, {32768, 16777216});
    REQUIRE(text);
    fs::remove(demo.path() / "demo/keys/receipt.key");
    demo.write("demo/keys/receipt.key", crypto::as_text(text->view()));
    demo.write("passphrase", "tortuga lluvia\n");
    const auto closed = demo.good("amparo import " + batch + book);
    CHECK(closed.err.find("could not be opened") != std::string::npos);
    CHECK(demo.receipts(outbox).empty());
    demo.good("amparo import --passphrase-file passphrase " + batch + book);
    CHECK(demo.receipts(outbox).size() == 1);
}

TEST_CASE("what a stick placed under the name of a receipt is neither followed nor replaced, and the import stands") {
    const ReceiptDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    const auto name = demo.imported(batch)["receipt"].get<std::string>();
    const auto place = demo.path() / outbox / name;
    demo.write("outside", "mine");
    const auto refused = [&] {
        const auto ran = demo.good("amparo import " + batch + book);
        CHECK(ran.err.find("has the name of the receipt of this batch") != std::string::npos);
        CHECK(ran.err.find("Receipts could not be written") == std::string::npos);
        CHECK(ran.out.find("1 receipt written") != std::string::npos);  // the copy beside the casebook
        CHECK(demo.read("outside") == "mine");
        fs::remove_all(place);
    };
    fs::remove(place);
    fs::create_symlink(demo.path() / "outside", place);
    refused();
    fs::create_directory(place);
    refused();
    REQUIRE(::mkfifo(place.c_str(), 0600) == 0);
    refused();
    demo.write(outbox + "/" + name, "amparo-receipt 1\n");
    refused();
    demo.good("amparo import " + batch + book);
    CHECK(demo.receipts(outbox).size() == 1);
}

TEST_CASE("what has the name of one receipt keeps the others off no stick") {
    const ReceiptDemo demo;
    const auto one = demo.send("radio-hotel-canal-482", "some");
    const auto two = demo.send("hotel-radio-canal-100", "some");
    const auto name = demo.imported(one)["receipt"].get<std::string>();
    demo.write(outbox + "/" + name, "something else");
    const auto ran = demo.good("amparo import " + one + " " + two + book);
    CHECK(ran.err.find(outbox + "/" + name + " has the name of the receipt of this batch") != std::string::npos);
    CHECK(demo.read(outbox + "/" + name) == "something else");
    CHECK(demo.receipts(outbox).size() == 2);
}

TEST_CASE("a receipt that can be written nowhere is said, to programs too") {
    const ReceiptDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    const auto name = demo.imported(batch)["receipt"].get<std::string>();
    for (const auto& folder : {outbox, copies}) {
        fs::remove(demo.path() / folder / name);
        fs::create_directory(demo.path() / folder / name);
    }
    const auto report = demo.imported(batch);
    CHECK(report["receipt"].is_null());
    CHECK(report["no_receipt"] == "unwritten");
}

TEST_CASE("a stick that is full or read-only takes no receipt, is said to be so, and keeps nothing half") {
    const ReceiptDemo demo;
    if (demo.run("unshare -rm true").code != 0) SKIP("nothing can be mounted here");
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    fs::create_directory(demo.path() / "stick");
    // In a room of its own, so that what is mounted there goes with it.
    const auto on_stick = [&](const std::string& line) {
        return demo.run("unshare -rm sh -c \"mount -t tmpfs -o size=1200k none stick && cp " + batch +
                        " stick/b.age; " + line + "; code=\\$?; ls -A stick; exit \\$code\"");
    };
    const auto import = "amparo import stick/b.age" + std::string(book);
    const auto full = on_stick("dd if=/dev/zero of=stick/rest bs=512 2> dd.said; " + import);
    CHECK(full.code == 0);
    CHECK(full.err.find("amparo: There is not enough room for stick/r-") != std::string::npos);
    CHECK(full.err.find("Receipts could not be written to “stick”. What was imported stays") != std::string::npos);
    CHECK(full.out.find("1 receipt written, in: demo/casebook/receipts.") != std::string::npos);
    CHECK(full.out.ends_with("\nb.age\nrest\n"));
    CHECK(demo.receipts(copies).size() == 1);
    const auto closed = on_stick("mount -o remount,ro stick; " + import);
    CHECK(closed.code == 0);
    CHECK(closed.err.find("check that the medium is not read-only") != std::string::npos);
    CHECK(closed.err.find("Receipts could not be written to “stick”. What was imported stays") != std::string::npos);
    CHECK(closed.out.ends_with("\nb.age\n"));
}

TEST_CASE("a link in place of the folder of copies is not followed") {
    const ReceiptDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    fs::create_directory(demo.path() / "elsewhere");
    fs::create_directory_symlink(demo.path() / "elsewhere", demo.path() / copies);
    const auto ran = demo.good("amparo import " + batch + book);
    CHECK(ran.err.find("Receipts could not be written") != std::string::npos);
    CHECK(fs::is_empty(demo.path() / "elsewhere"));
    CHECK(demo.receipts(outbox).size() == 1);
}

TEST_CASE("what is refused, revoked or copied gets no receipt") {
    const ReceiptDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    fs::copy(demo.path() / "demo/kiosk", demo.path() / "stolen", fs::copy_options::recursive);
    auto damaged = demo.read(batch);
    damaged[damaged.size() / 2] = static_cast<char>(damaged[damaged.size() / 2] ^ 1);
    demo.write("damaged.age", damaged);
    CHECK(demo.run("amparo import damaged.age" + std::string(book)).code == 1);
    CHECK(demo.receipts(".").empty());
    CHECK_FALSE(fs::exists(demo.path() / copies));
    const auto real = demo.send("hotel-radio-canal-100", "some");
    demo.good("amparo import " + batch + " " + real + book);
    CHECK(demo.receipts(outbox).size() == 2);
    fs::remove_all(demo.path() / "demo/kiosk");
    fs::rename(demo.path() / "stolen", demo.path() / "demo/kiosk");
    const auto copied = demo.run("amparo import --json " + demo.send("canal-radio-hotel-200", "some") + book);
    CHECK(copied.code == 1);
    const auto report = json::parse(copied.out)[0];
    CHECK(report["forked"] == true);
    CHECK(report["receipt"].is_null());
    // Nor does what came before get one any more.
    CHECK(demo.imported(batch)["receipt"].is_null());
    CHECK(demo.receipts(outbox).size() == 2);
}

TEST_CASE("a batch of a device that was revoked gets no receipt") {
    const ReceiptDemo demo;
    const auto first = demo.send("radio-hotel-canal-482", "some");
    const auto device = demo.imported(first)["device"].get<std::string>();
    demo.good("amparo deployment device revoke demo " + device + " --yes");
    const auto report = demo.imported(demo.send("hotel-radio-canal-100", "some"));
    CHECK(report["standing"] == "revoked");
    CHECK(report["receipt"].is_null());
    CHECK(demo.receipts(outbox).size() == 1);
}

TEST_CASE(
    "receipts wait while the casebook has no backup that is young enough, and come with the same batch afterwards") {
    const DeskDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    const auto receipts = [&] {
        const auto report = json::parse(demo.good("amparo import --json " + batch + book).out).at(0);
        CHECK(report["no_receipt"] == (report["receipt"].is_string() ? json() : json("no-backup")));
        return std::pair(report["receipt"].is_string(), fs::exists(demo.path() / copies));
    };
    const auto waits = demo.good("amparo import " + batch + book);
    CHECK(waits.err.find("no backup of the last 7 days") != std::string::npos);
    CHECK(waits.out.find("receipt") == std::string::npos);
    CHECK(demo.good("amparo import --lang es " + batch + book).err.find("respaldo de los últimos 7 días") !=
          std::string::npos);
    CHECK(receipts() == std::pair(false, false));
    // A key that would not open is not even asked for.
    fs::rename(demo.path() / "demo/keys/receipt.key", demo.path() / "key");
    CHECK(demo.good("amparo import --receipt-key nowhere " + batch + book).err.find("no backup") != std::string::npos);
    fs::rename(demo.path() / "key", demo.path() / "demo/keys/receipt.key");
    demo.good("amparo casebook backup demo -o backup.age");
    CHECK(receipts() == std::pair(true, true));
}

TEST_CASE("a backup is young for as long as kiosks hold what has arrived, and one of a day to come is not believed") {
    using app::deployment::is_young;
    const exchange::Day today{std::chrono::days(20'000)};
    const auto ago = [&](int days) { return today - std::chrono::days(days); };
    CHECK_FALSE(is_young(std::nullopt, today, 7));
    CHECK(is_young(today, today, 7));
    CHECK(is_young(ago(7), today, 7));
    CHECK_FALSE(is_young(ago(8), today, 7));
    CHECK(is_young(ago(1), today, 1));
    CHECK_FALSE(is_young(ago(-1), today, 7));
    CHECK_FALSE(is_young(ago(-4'000), today, 7));
}

namespace {

/// Batches as this version writes them.
struct ReplyDemo : ReceiptDemo {
    ReplyDemo() { returning = true; }
    [[nodiscard]] std::vector<fs::path> replies(const std::string& folder) const {
        std::vector<fs::path> found;
        if (!fs::exists(path() / folder)) return found;
        for (const auto& entry : fs::directory_iterator(path() / folder))
            if (exchange::is_reply_file_name(entry.path().filename().string())) found.push_back(entry.path());
        return found;
    }
    /// What lies in the reply that was written for this batch.
    [[nodiscard]] std::vector<exchange::ReplyFile> answer(const std::string& batch, const std::string& reply) const {
        const auto identity = crypto::open::parse_identity_file(ready(), bytes(read("demo/keys/coordinator.identity")));
        REQUIRE(identity);
        const auto programme = crypto::DeploymentPublicKey::parse(read("demo/keys/deployment.pub"));
        REQUIRE(programme);
        const auto opened = exchange::open_batch(ready(), path() / batch, *identity, *programme, {});
        REQUIRE(opened);
        REQUIRE(opened->way_back);
        CHECK(*exchange::reply_file_name(ready(), opened->way_back->view()) == reply);
        auto files =
            exchange::load_reply(ready(), opened->way_back->view(), crypto::as_bytes(read(outbox + "/" + reply)));
        REQUIRE(files);
        return std::move(*files);
    }
};

}  // namespace

TEST_CASE("a batch that brings a RETURN is answered by a sealed reply, and plainly where that is asked for") {
    const ReplyDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    const auto said = demo.good("amparo import " + batch + book);
    CHECK(said.out.find("1 receipt written, in: ") != std::string::npos);
    CHECK(demo.receipts(outbox).empty());
    CHECK(demo.receipts(copies).empty());
    REQUIRE(demo.replies(outbox).size() == 1);
    REQUIRE(demo.replies(copies).size() == 1);
    const auto name = demo.imported(batch)["receipt"].get<std::string>();
    CHECK(demo.replies(outbox).front().filename() == name);
    const auto files = demo.answer(batch, name);
    REQUIRE(files.size() == 1);  // the record was asked under the newest bundle
    CHECK(exchange::is_receipt_file_name(files.front().name));
    CHECK(fs::file_size(demo.path() / outbox / name) == 4096 + crypto::reply_overhead);
    const auto plain = demo.good("amparo import --plain-receipts " + batch + book);
    CHECK(plain.out.find("1 receipt written, in: ") != std::string::npos);
    REQUIRE(demo.receipts(outbox).size() == 1);
    CHECK(demo.receipts(outbox).front().filename() == files.front().name);
    CHECK(crypto::as_text(files.front().file) == demo.read(outbox + "/" + files.front().name));
}

TEST_CASE("coordinators who answer the same batch on one stick add to the reply, and take nothing out of it") {
    const ReplyDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    const auto name = demo.imported(batch)["receipt"].get<std::string>();
    const auto first = demo.answer(batch, name);
    const auto key = crypto::ReceiptSecretKey::generate(ready());
    REQUIRE(key);
    demo.write("second.key", crypto::as_text(key->to_text(ready())->view()));
    demo.good("amparo import --receipt-key second.key " + batch + book);
    const auto both = demo.answer(batch, name);
    REQUIRE(both.size() == 2);
    CHECK(std::find(both.begin(), both.end(), first.front()) != both.end());
    const auto before = demo.read(outbox + "/" + name);
    demo.good("amparo import " + batch + book);
    CHECK(demo.read(outbox + "/" + name) == before);
}

TEST_CASE("what a stick placed under the name of a reply is neither followed nor replaced, and the import stands") {
    const ReplyDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "some");
    const auto name = demo.imported(batch)["receipt"].get<std::string>();
    const auto place = demo.path() / outbox / name;
    const auto whole = demo.read(outbox + "/" + name);
    demo.write("outside", whole);
    const auto refused = [&] {
        const auto ran = demo.good("amparo import --receipt-key demo/keys/receipt.key " + batch + book);
        CHECK(ran.err.find("has the name of the receipt of this batch") != std::string::npos);
        CHECK(demo.read("outside") == whole);
        fs::remove_all(place);
    };
    fs::remove(place);
    fs::create_symlink(demo.path() / "outside", place);
    refused();
    fs::create_directory(place);
    refused();
    REQUIRE(::mkfifo(place.c_str(), 0600) == 0);
    refused();
    demo.write(outbox + "/" + name, whole.substr(0, 1000));
    refused();
    demo.good("amparo import " + batch + book);
    CHECK(demo.read(outbox + "/" + name) == whole);
}
