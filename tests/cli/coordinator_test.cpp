// amparo deployment coordinator: who gets into the next bundle, and who does not.
#include <fcntl.h>
#include <sys/file.h>

#include <catch2/catch_all.hpp>
#include <cctype>

#include "app/files/descriptor.hpp"
#include "tests/cli/programme_support.hpp"

using test::check_refused;
using test::NewCoordinator;
using test::ProgrammeDesk;
using test::ready;
namespace exchange = app::exchange;
namespace fs = std::filesystem;

TEST_CASE("a coordinator is added once the same eight words were read out") {
    const ProgrammeDesk desk;
    const NewCoordinator norte;
    const auto request = norte.request("Norte");
    const auto before = desk.people();
    desk.write("request", request);
    check_refused(desk.run("amparo deployment coordinator add demo request"), 64);
    check_refused(desk.run("amparo deployment coordinator add demo request --words actor-actor-actor-actor"));
    CHECK(desk.people() == before);
    auto words = desk.words(request);
    std::replace(words.begin(), words.end(), '-', ' ');
    std::transform(words.begin(), words.end(), words.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    const auto ran = desk.good("amparo deployment coordinator add demo request --words \"" + words + "\"");
    CHECK(ran.err.find(desk.words(request)) != std::string::npos);
    CHECK(ran.err.find("Norte") != std::string::npos);
    REQUIRE(desk.recipients().size() == 3);
    CHECK(desk.recipients()[2].label == "Norte");
    CHECK(desk.recipients()[2].recipient == norte.identity.recipient());
    CHECK_FALSE(desk.recipients()[2].recovery);
    REQUIRE(desk.signers().size() == 2);
    CHECK(desk.signers()[1].key == norte.receipt.public_key());
    CHECK(desk.good("amparo deployment coordinator list demo").out.find("read, sign receipts") != std::string::npos);
    CHECK(desk.read("demo/content/recipients.txt").find("SECRET") == std::string::npos);
}

TEST_CASE("the words of another programme add no coordinator") {
    const ProgrammeDesk desk;
    desk.take_programme("other", "Otro");
    const auto request = NewCoordinator().request("Norte");
    const auto before = desk.people();
    desk.write("request", request);
    check_refused(desk.run("amparo deployment coordinator add demo request --words " + desk.words(request, "other")));
    CHECK(desk.people() == before);
}

TEST_CASE("a coordinator's request that was used, or whose keys somebody has already, adds nobody") {
    const ProgrammeDesk desk;
    const NewCoordinator norte;
    const NewCoordinator mixed_recipient;
    REQUIRE(desk.add(norte.request("Norte")).code == 0);
    const auto before = desk.people();
    check_refused(desk.add(norte.request("Norte")));
    check_refused(desk.add(norte.request("Sur")));
    // Somebody else's recipient under a signature of one's own.
    const auto foreign =
        exchange::make_coordinator_request(ready(), "Sur", norte.identity.recipient(), mixed_recipient.receipt);
    check_refused(desk.add(std::string(crypto::as_text(*foreign))));
    // The receipt key of somebody else.
    const auto signing =
        exchange::make_coordinator_request(ready(), "Sur", mixed_recipient.identity.recipient(), norte.receipt);
    check_refused(desk.add(std::string(crypto::as_text(*signing))));
    CHECK(desk.people() == before);
}

TEST_CASE("no two people of a programme have names that sound alike") {
    const ProgrammeDesk desk;
    REQUIRE(desk.add(NewCoordinator().request("José Núñez")).code == 0);
    const auto before = desk.people();
    for (const auto* label : {"José Núñez", "jose nunez", "Jose\u0301 Nu\u0301n\u0303ez", "JOSÉ NÚÑEZ", "Coordination",
                              "coordinatioń", "Recovery", "ＲＥＣＯＶＥＲＹ"}) {
        INFO(label);
        check_refused(desk.add(NewCoordinator().request(label)));
    }
    CHECK(desk.people() == before);
}

TEST_CASE("a coordinator's request that was cut, changed, or is none adds nobody") {
    const ProgrammeDesk desk;
    const auto request = NewCoordinator().request("Norte");
    const auto words = desk.words(request);
    const auto before = desk.people();
    auto other = request;
    other[request.find("Norte")] = 'M';
    for (const auto& text : {request.substr(0, request.size() - 1), other, request + "\n", std::string(),
                             std::string(100'000, 'x'), desk.read("demo/keys/deployment.pub")}) {
        desk.write("request", text);
        check_refused(desk.run("amparo deployment coordinator add demo request --words " + words));
    }
    check_refused(desk.run("mkfifo pipe; amparo deployment coordinator add demo pipe --words " + words));
    check_refused(desk.run("amparo deployment coordinator add demo missing --words " + words));
    CHECK(desk.people() == before);
}

TEST_CASE("an eleventh recipient and a seventeenth signer are refused") {
    const ProgrammeDesk desk;
    REQUIRE(desk.add(NewCoordinator().request("Norte")).code == 0);
    auto recipients = desk.recipients();
    while (recipients.size() < exchange::bundle_most_recipients)
        recipients.push_back({"R" + std::to_string(recipients.size()), NewCoordinator().identity.recipient(), false});
    desk.keep(recipients);
    check_refused(desk.add(NewCoordinator().request("Sur")));
    recipients.pop_back();
    desk.keep(recipients);
    auto signers = desk.signers();
    while (signers.size() < exchange::bundle_most_signers)
        signers.push_back({"S" + std::to_string(signers.size()), NewCoordinator().receipt.public_key()});
    desk.keep(signers);
    const auto before = desk.people();
    check_refused(desk.add(NewCoordinator().request("Sur")));
    CHECK(desk.people() == before);
}

TEST_CASE("no link in a programme's folder is followed where its people are written") {
    const ProgrammeDesk desk;
    fs::create_directory(desk.path() / "elsewhere");
    fs::remove_all(desk.path() / "demo/content");
    fs::create_symlink("../elsewhere", desk.path() / "demo/content");
    check_refused(desk.add(NewCoordinator().request("Norte")));
    CHECK(fs::is_empty(desk.path() / "elsewhere"));
    fs::remove(desk.path() / "demo/content");
    REQUIRE(desk.add(NewCoordinator().request("Norte")).code == 0);
    for (const auto* name : {"recipients.txt", "signers.txt"}) {
        const auto file = desk.path() / "demo/content" / name;
        fs::rename(file, desk.path() / "elsewhere" / name);
        const auto text = desk.read(std::string("elsewhere/") + name);
        fs::create_symlink(desk.path() / "elsewhere" / name, file);
        check_refused(desk.add(NewCoordinator().request("Sur")));
        CHECK(desk.read(std::string("elsewhere/") + name) == text);
        CHECK(fs::is_symlink(file));
        fs::remove(file);
        fs::rename(desk.path() / "elsewhere" / name, file);
    }
}

TEST_CASE("lists of people that somebody spoiled are refused, and stay as they are") {
    const ProgrammeDesk desk;
    REQUIRE(desk.add(NewCoordinator().request("Norte")).code == 0);
    const auto good = desk.read("demo/content/recipients.txt");
    for (const auto& text : {good + "\n", good.substr(0, good.size() - 1), std::string(), good + good,
                             std::string("# coordinator \x1b[2J\n") + good}) {
        desk.write("demo/content/recipients.txt", text);
        check_refused(desk.add(NewCoordinator().request("Sur")));
        check_refused(desk.run("amparo deployment coordinator remove demo Norte --yes"));
        check_refused(desk.run("amparo deployment coordinator list demo"));
        CHECK(desk.read("demo/content/recipients.txt") == text);
    }
}

TEST_CASE("a coordinator who is removed is out of both lists, and what they can still read is said") {
    const ProgrammeDesk desk;
    REQUIRE(desk.add(NewCoordinator().request("Norte")).code == 0);
    const auto before = desk.people();
    check_refused(desk.run("amparo deployment coordinator remove demo Norte"), 64);
    check_refused(desk.run("amparo deployment coordinator remove demo Recovery --yes"));
    check_refused(desk.run("amparo deployment coordinator remove demo norte --yes"));
    check_refused(desk.run("amparo deployment coordinator remove demo"), 64);
    CHECK(desk.people() == before);
    const auto ran = desk.good("amparo deployment coordinator remove demo Coordination --yes");
    CHECK(ran.err.find("can still read everything that was sealed so far") != std::string::npos);
    REQUIRE(desk.recipients().size() == 2);
    CHECK(desk.recipients()[1].label == "Norte");
    REQUIRE(desk.signers().size() == 1);
    CHECK(desk.signers()[0].label == "Norte");
    const auto left = desk.people();
    check_refused(desk.run("amparo deployment coordinator remove demo Norte --yes"));
    CHECK(desk.people() == left);
}

TEST_CASE("the same command again completes what a cut between the two lists left") {
    const ProgrammeDesk desk;
    const NewCoordinator norte;
    const auto request = norte.request("Norte");
    REQUIRE(desk.add(request).code == 0);
    const auto with = desk.recipients();
    const auto all = desk.people();
    auto without = with;
    without.pop_back();
    desk.keep(without);  // the signer was written, the recipient was not
    REQUIRE(desk.add(request).code == 0);
    CHECK(desk.people() == all);
    desk.keep(without);  // the recipient was taken out, the signer was not
    desk.good("amparo deployment coordinator remove demo Norte --yes");
    CHECK(desk.signers().size() == 1);
    CHECK(desk.recipients().size() == 2);
}

TEST_CASE("two programs do not change the people of a programme at once") {
    const ProgrammeDesk desk;
    REQUIRE(desk.add(NewCoordinator().request("Norte")).code == 0);
    const app::files::Descriptor held(::open((desk.path() / "demo/content").c_str(), O_RDONLY | O_DIRECTORY));
    REQUIRE(::flock(held.get(), LOCK_EX | LOCK_NB) == 0);
    const auto before = desk.people();
    check_refused(desk.add(NewCoordinator().request("Sur")));
    check_refused(desk.run("amparo deployment coordinator remove demo Norte --yes"));
    CHECK(desk.people() == before);
}

TEST_CASE("people of a folder that is no programme, or of one without a bundle, are not guessed") {
    const ProgrammeDesk desk;
    fs::create_directory(desk.path() / "empty");
    check_refused(desk.run("amparo deployment coordinator list empty"));
    desk.take_programme("other", "Otro");
    fs::remove_all(desk.path() / "demo/content");
    fs::rename(desk.path() / "other/bundle-1.amparo", desk.path() / "demo/bundle-1.amparo");
    check_refused(desk.run("amparo deployment coordinator list demo"));
    check_refused(desk.add(NewCoordinator().request("Norte")));
    CHECK_FALSE(desk.has("demo/content/recipients.txt"));
}
