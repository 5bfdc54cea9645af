// amparo deployment join: a coordinator's own keys on their own machine, and the request that the programme takes.
#include <catch2/catch_all.hpp>

#include "tests/cli/programme_support.hpp"

using test::bytes;
using test::check_refused;
using test::ProgrammeDesk;
namespace fs = std::filesystem;

TEST_CASE("a new coordinator makes their own keys, and the programme takes the request that they bring", "[long]") {
    const ProgrammeDesk desk;
    desk.write("phrase", test::passphrase_line);
    const auto made = desk.good(
        "chmod 600 phrase; amparo deployment join mine --name Norte --deployment demo/keys/deployment.pub "
        "--passphrase-file phrase");
    CHECK(made.err.find(app::exchange::deployment_words(test::ready(), desk.key())) != std::string::npos);
    const auto request = desk.read("mine/coordinator.request");
    CHECK(made.out.find(desk.words(request)) != std::string::npos);
    CHECK(desk.read("mine/keys/deployment.pub") == desk.read("demo/keys/deployment.pub"));
    CHECK(desk.read("mine/keys/coordinator.identity").find("AGE-SECRET") == std::string::npos);
    CHECK(*crypto::is_protected(bytes(desk.read("mine/keys/receipt.key"))));
    CHECK_FALSE(desk.has("mine/keys/deployment.key"));
    CHECK(desk.good("amparo cases list --casebook mine/casebook/cases.db --passphrase-file phrase").code == 0);
    for (const auto& entry : fs::recursive_directory_iterator(desk.path() / "mine")) {
        INFO(entry.path());
        CHECK((fs::status(entry.path()).permissions() & (fs::perms::group_all | fs::perms::others_all)) ==
              fs::perms::none);
    }
    desk.good("amparo deployment coordinator add demo mine/coordinator.request --words " + desk.words(request));
    CHECK(desk.recipients().back().label == "Norte");
}

TEST_CASE("joining stops before anything is made where a name, a key or a passphrase is none") {
    const ProgrammeDesk desk;
    desk.write("phrase", test::passphrase_line);
    desk.write("short", "corta\n");
    desk.write("note", "no key\n");
    fs::create_directory(desk.path() / "there");
    desk.good("chmod 600 phrase short");
    const auto before = desk.names();
    const std::string key = " --deployment demo/keys/deployment.pub";
    const std::string phrase = " --passphrase-file phrase";
    check_refused(desk.run("amparo deployment join there --name Norte" + key + phrase));
    check_refused(desk.run("amparo deployment join mine --name \"Norte \"" + key + phrase));
    check_refused(desk.run("amparo deployment join mine --name Norte --deployment note" + phrase));
    check_refused(desk.run("amparo deployment join mine --name Norte" + key + " --passphrase-file short"));
    check_refused(desk.run("amparo deployment join mine --name Norte" + phrase), 64);
    check_refused(desk.run("amparo deployment join mine" + key + phrase), 64);
    CHECK(desk.names() == before);
}
