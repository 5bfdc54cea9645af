// amparo deployment recover: sheets give back the recovery identity and the deployment key; what was read back is kept.
#include <sys/stat.h>

#include <catch2/catch_all.hpp>

#include "app/deployment/recovery_sheets.hpp"
#include "tests/cli/programme_support.hpp"
#include "tests/cli/seat.hpp"
#include "tests/cli/sheets.hpp"

using test::check_refused;
using test::make_set;
using test::ProgrammeDesk;
using test::ready;
using test::Seat;
namespace fs = std::filesystem;
namespace exchange = app::exchange;

namespace {

const std::string phrase = " --passphrase-file phrase";

/// A programme whose recovery key is on three sheets, first-1 to first-3, and nowhere else.
struct SheetsDesk : ProgrammeDesk {
    SheetsDesk() {
        make_set(*this, "demo", "first");
        test::keep(*this, "phrase", test::passphrase_line);
        fs::remove(path() / "demo/keys/recovery.identity");
    }
    [[nodiscard]] std::vector<exchange::SheetsNote> notes() const {
        const auto bundle = exchange::load_bundle(ready(), test::bytes(read("demo/bundle-1.amparo")), {key()});
        REQUIRE(bundle);
        for (const auto& one : bundle->recipients)
            if (one.recovery) return app::deployment::sheets_notes(ready(), path() / "demo", key(), one.recipient);
        return {};
    }
    [[nodiscard]] test::Ran recover(const std::string& folder, const std::string& more) const {
        return run("amparo deployment recover demo " + folder + " " + more + phrase);
    }
};

}  // namespace

TEST_CASE("the deployment key that was lost comes back from the sheets, and signs the next bundle", "[long]") {
    const SheetsDesk desk;
    const auto key = desk.read("demo/keys/deployment.pub");
    fs::remove(desk.path() / "demo/keys/deployment.key");
    const auto ran = desk.recover("back", "first-3 first-1");
    INFO(ran.err);
    REQUIRE(ran.code == 0);
    CHECK(desk.read("back/deployment.pub") == key);
    for (const auto& entry : fs::directory_iterator(desk.path() / "back")) {
        struct stat status {};
        REQUIRE(::stat(entry.path().c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0600U);
        CHECK(desk.read("back/" + entry.path().filename().string()).find("AGE-SECRET") == std::string::npos);
    }
    desk.good("amparo bundle build demo --yes --single-coordinator --secret-key back/deployment.key" + phrase);
    CHECK(desk.has("demo/bundle-2.amparo"));
    desk.good("amparo cases list --casebook demo/casebook/cases.db --identity back/recovery.identity" + phrase);
}

TEST_CASE("without a sealed deployment key the identity alone comes back, and that is said") {
    const SheetsDesk desk;
    desk.take_programme("other", "Otro");
    const auto lacking = [&](const std::string& folder, const std::string& more) {
        const auto ran = desk.recover(folder, "first-1 first-2" + more);
        INFO(ran.err);
        CHECK(ran.code == 1);
        CHECK(ran.err.find("did not come back") != std::string::npos);
        CHECK(desk.has(folder + "/recovery.identity"));
        CHECK_FALSE(desk.has(folder + "/deployment.key"));
    };
    lacking("foreign", " --sealed-key other/keys/deployment.key.age");
    auto changed = desk.read("demo/keys/deployment.key.age");
    changed.back() = static_cast<char>(changed.back() ^ 1);
    desk.write("changed.age", changed);
    lacking("changed", " --sealed-key changed.age");
    fs::rename(desk.path() / "demo/keys/deployment.key.age", desk.path() / "elsewhere.age");
    lacking("none", "");
    CHECK(desk.recover("found", "first-1 first-2 --sealed-key elsewhere.age").code == 0);
}

TEST_CASE("too few, false, mixed and foreign sheets give nothing, and nothing is written over") {
    const SheetsDesk desk;
    desk.take_programme("other", "Otro");
    make_set(desk, "other", "foreign");
    const auto before = desk.names();
    check_refused(desk.recover("back", "first-1"));
    check_refused(desk.recover("back", "first-1 foreign-2"));
    check_refused(desk.recover("back", "first-1 first-1"));
    check_refused(desk.recover("foreign", "first-1 first-2"));
    check_refused(desk.recover("back", ""), 64);
    test::keep(desk, "short", "corta\n");
    check_refused(desk.run("amparo deployment recover demo back first-1 first-2 --passphrase-file short"));
    fs::remove(desk.path() / "short");
    CHECK(desk.names() == before);
}

TEST_CASE("a set is kept as made, and as read back once enough sheets gave the key") {
    const SheetsDesk desk;
    auto notes = desk.notes();
    REQUIRE(notes.size() == 1);
    CHECK_FALSE(notes.front().proven());
    CHECK(notes.front().needed == 2);
    CHECK(notes.front().sheets == 3);
    CHECK(desk.run("amparo deployment shares check demo first-2").code == 1);
    CHECK_FALSE(desk.notes().front().proven());
    desk.good("amparo deployment shares check demo first-2 first-3");
    notes = desk.notes();
    REQUIRE(notes.size() == 1);
    CHECK(notes.front().read == std::vector<std::uint8_t>{2, 3});
    SECTION("it is kept in the programme's own folder, not behind a link") {
        fs::rename(desk.path() / "demo/recovery", desk.path() / "elsewhere");
        fs::create_symlink("../elsewhere", desk.path() / "demo/recovery");
        CHECK(desk.run("amparo deployment shares check demo first-2 first-3").code == 1);
    }
    SECTION("a note of another programme, or under another name, is none") {
        desk.take_programme("other", "Otro");
        make_set(desk, "other", "foreign");
        desk.good("amparo deployment shares check other foreign-1 foreign-2");
        const auto own = fs::directory_iterator(desk.path() / "demo/recovery")->path();  // the only one
        fs::copy_file(own, desk.path() / "demo/recovery/aaaaaa.sheets");
        for (const auto& entry : fs::directory_iterator(desk.path() / "other/recovery"))
            fs::copy_file(entry.path(), desk.path() / "demo/recovery" / entry.path().filename());
        CHECK(desk.notes().size() == 1);
    }
    SECTION("where the key cannot be opened, that nothing was kept is said") {
        fs::remove(desk.path() / "demo/keys/deployment.key.age");
        const auto ran = desk.run("amparo deployment shares check demo first-1 first-2");
        CHECK(ran.code == 1);
        CHECK(ran.err.find("Nothing could be written down") != std::string::npos);
        CHECK(desk.notes().front().read == std::vector<std::uint8_t>{2, 3});
    }
}

TEST_CASE("a bundle is refused while no set of sheets was read back, unless that is wanted", "[long]") {
    const ProgrammeDesk desk;
    test::keep(desk, "phrase", test::passphrase_line);
    desk.good("amparo deployment new real --name Casa" + phrase);
    const std::string build = "amparo bundle build real --yes --single-coordinator" + phrase;
    const auto refused = desk.run(build);
    CHECK(refused.code == 1);
    CHECK(refused.out.find("no set of sheets of the recovery key was read back") != std::string::npos);
    desk.good("amparo deployment shares make real first" + phrase);
    for (const auto* n : {"1", "2"})
        test::keep(desk, std::string("typed-") + n, test::words_on(desk, std::string("first/sheet-") + n + ".svg"));
    CHECK(desk.run(build).code == 1);
    desk.good(build + " --unproven-recovery");
    desk.good("amparo deployment shares check real typed-1 typed-2");
    desk.good(build);
    CHECK(desk.has("real/bundle-3.amparo"));
}
