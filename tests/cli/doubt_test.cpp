// What coordinators are told, and asked, when a device, a batch or a file is in doubt.
#include <sys/stat.h>

#include <filesystem>

#include "tests/cli/busy_casebook.hpp"

using namespace test;
namespace fs = std::filesystem;

namespace {

const std::string first(32, 'a');

json withdrawal_of(const std::string& record) {
    return {{"record", record}, {"kind", "withdrawn"}, {"revision", 9}};
}

/// The demo with one urgent case, of which a stolen copy of the kiosk says that it was taken back.
struct Cloned : DeskDemo {
    std::string order;  ///< the batch of the copy

    Cloned() {
        fs::copy(path() / "demo/kiosk", path() / "stolen", fs::copy_options::recursive);
        good("amparo import " + send("radio-hotel-canal-482", "strong", {{"record", first}}) + book);
        fs::remove_all(path() / "demo/kiosk");
        fs::rename(path() / "stolen", path() / "demo/kiosk");
        order = send("radio-hotel-canal-482", "strong", withdrawal_of(first));
    }
    [[nodiscard]] json cases() const {
        return json::parse(good(std::string("amparo cases list --json") + book).out)["cases"];
    }
};

}  // namespace

TEST_CASE("a copied kiosk takes a case back: alarm, nothing erased, and the coordinator decides") {
    const Cloned demo;
    const auto ran = demo.run("amparo import " + demo.order + book);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("ALARM") != std::string::npos);
    CHECK(ran.err.find("radio-hotel-canal-482") != std::string::npos);
    CHECK(ran.err.find("Nothing was erased") != std::string::npos);
    REQUIRE(demo.cases().size() == 1);
    CHECK(demo.cases()[0]["state"] == "complete");
    CHECK(demo.cases()[0]["withdrawal_held"] == true);
    const auto listed = demo.good(std::string("amparo cases list --lang es") + book).out;
    CHECK(listed.find("1 retiro espera su decisión") != std::string::npos);
    const auto held = json::parse(demo.good(std::string("amparo cases held --json") + book).out);
    REQUIRE(held.size() == 1);
    CHECK(held[0]["order"] == "withdrawal");
    CHECK(held[0]["doubt"] == "forked");
    CHECK(demo.good(std::string("amparo cases held") + book).out.find("copied") != std::string::npos);

    const bool confirm = GENERATE(true, false);
    const auto unknown = demo.run(std::string("amparo cases confirm-withdrawal hotel-hotel-hotel-000") + book);
    CHECK(unknown.code == 1);
    CHECK(is_one_sentence(unknown.err));
    demo.good("amparo cases " + std::string(confirm ? "confirm" : "reject") + "-withdrawal radio-hotel-canal-482" +
              book);
    CHECK(demo.cases()[0]["state"] == (confirm ? "withdrawn" : "complete"));
    CHECK(demo.cases()[0]["withdrawal_held"] == false);
    CHECK(json::parse(demo.good(std::string("amparo cases held --json") + book).out).empty());
    // The device stays in doubt: whatever it sends is said.
    const auto later = demo.run("amparo import " + demo.send("hotel-radio-canal-100", "some") + book);
    CHECK(later.code == 1);
    CHECK(later.err.find("ALARM") != std::string::npos);
    CHECK(demo.cases().size() == 2);
}

TEST_CASE("several versions of one case in doubt are listed, and a person names the one that is meant") {
    const Cloned demo;
    const bool withdrawal = GENERATE(false, true);
    std::string batches = demo.order;
    for (unsigned revision : {10U, 11U}) {
        json more{{"record", first}, {"revision", revision}};
        if (withdrawal) more = withdrawal_of(first), more["revision"] = revision;
        batches += " " + demo.send("radio-hotel-canal-482", "some", more);
    }
    CHECK(demo.run("amparo import " + batches + book).code == 1);
    const auto held = [&] {
        auto all = json::parse(demo.good(std::string("amparo cases held --json") + book).out);
        std::erase_if(all.get_ref<json::array_t&>(),
                      [&](const json& one) { return (one["order"] == "withdrawal") != withdrawal; });
        return all;
    };
    const auto before = held();
    REQUIRE(before.size() == (withdrawal ? 3 : 2));
    const std::string kind = withdrawal ? "withdrawal" : "revision";
    const std::string decision = "amparo cases " + std::string(GENERATE("confirm-", "reject-")) + kind;
    const auto refused = demo.run(decision + " radio-hotel-canal-482" + book);
    CHECK(refused.code == 1);
    CHECK(refused.out.empty());
    CHECK(refused.err.find("nothing was decided") != std::string::npos);
    for (const auto& one : before)
        CHECK(refused.err.find(one["version"].get<std::string>().substr(0, 8)) != std::string::npos);
    CHECK(held() == before);
    CHECK(demo.run(decision + " radio-hotel-canal-482 --version zz" + book).code == 1);
    const auto chosen = before[0]["version"].get<std::string>();
    demo.good(decision + " radio-hotel-canal-482 --version " + chosen.substr(0, 12) + book);
    const auto after = held();
    for (const auto& one : after) CHECK(one["version"] != chosen);
    const bool confirmed = decision.find("confirm") != std::string::npos;
    CHECK(after.size() == (withdrawal && confirmed ? 0 : before.size() - 1));
    if (!withdrawal && confirmed) {
        const auto all = demo.cases();
        const auto listed = std::find_if(all.begin(), all.end(), [](const json& one) { return one["doubt"] == ""; });
        REQUIRE(listed != all.end());
        CHECK((*listed)["version"] == chosen);
        CHECK((*listed)["revision"] == before[0]["revision"]);
    }
}

TEST_CASE("a device in an epoch that nobody vouches for is alarm, gap and doubt, and stays so in the list") {
    const DeskDemo demo;
    const auto batch = demo.send("radio-hotel-canal-482", "strong", withdrawal_of(first), 7);
    const auto ran = demo.run("amparo import " + batch + book);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("ALARM") != std::string::npos);
    CHECK(ran.err.find("epoch 7") != std::string::npos);
    CHECK(ran.err.find("batches of epoch 6 from 1 on have not arrived") != std::string::npos);
    CHECK(ran.err.find("Nothing was erased") != std::string::npos);
    const auto listed = json::parse(demo.good("amparo deployment device list demo --json").out);
    REQUIRE(listed.size() == 1);
    CHECK(listed[0]["doubtful_epochs"] == json::array({7}));
    CHECK(demo.good("amparo deployment device list demo").out.find("epoch 7 in doubt") != std::string::npos);
    CHECK(demo.good("amparo deployment device list demo --lang es").out.find("época 7 en duda") != std::string::npos);
}

TEST_CASE("an ordinary withdrawal is said with its case, in text and in JSON") {
    const DeskDemo demo;
    demo.good("amparo import " + demo.send("radio-hotel-canal-482", "strong", {{"record", first}}) + book);
    const auto order = demo.send("radio-hotel-canal-482", "strong", withdrawal_of(first));
    const bool as_json = GENERATE(true, false);
    const auto ran = demo.good("amparo import " + std::string(as_json ? "--json " : "") + order + book).out;
    if (as_json)
        CHECK(json::parse(ran)[0]["withdrawn"] == json::array({"radio-hotel-canal-482"}));
    else
        CHECK(ran.find("1 case was taken back by the person and erased: radio-hotel-canal-482.") != std::string::npos);
}

TEST_CASE("a stolen device is revoked by the beginning of its id, and taken in again when it was found") {
    const DeskDemo demo;
    demo.good("amparo import " + demo.send("radio-hotel-canal-482", "strong") + book);
    const auto devices = json::parse(demo.good("amparo deployment device list demo --json").out);
    REQUIRE(devices.size() == 1);
    CHECK(devices[0]["epoch"] == 1);
    CHECK(devices[0]["last_batch"] == 1);
    CHECK(devices[0]["audit"] == "whole");
    CHECK(devices[0]["certificate_end"].get<std::string>().size() == 10);
    const auto id = devices[0]["device"].get<std::string>();
    CHECK(demo.good("amparo deployment device list demo --lang es").out.find(id) != std::string::npos);
    CHECK(demo.run("amparo deployment device revoke demo --yes zz").code == 1);
    CHECK(demo.good("amparo deployment device revoke demo --yes " + id.substr(0, 6))
              .out.find("what it sent before stays") != std::string::npos);
    const auto batch = demo.send("hotel-radio-canal-100", "some");
    const auto refused = demo.run("amparo import " + batch + book);
    CHECK(refused.code == 1);
    CHECK(refused.err.find("revoked") != std::string::npos);
    CHECK(json::parse(demo.good(std::string("amparo cases quarantine --json") + book).out)[0]["kept"] == true);
    CHECK(demo.good(std::string("amparo cases list") + book).out.find("1 file was refused") != std::string::npos);
    demo.good("amparo deployment device revoke demo --yes --undo " + id);
    demo.good("amparo import " + batch + book);
    // What is in is no longer said to be refused.
    CHECK(demo.good(std::string("amparo cases list") + book).out.find("refused") == std::string::npos);
    CHECK(json::parse(demo.good(std::string("amparo cases quarantine --json") + book).out).empty());
    CHECK(fs::is_empty(demo.path() / "demo/casebook/cases.db.quarantine"));
    const auto unknown = demo.good("amparo deployment device revoke demo --yes " + std::string(32, 'f'));
    CHECK(unknown.err.find("No batch of device ffff") != std::string::npos);
    CHECK(unknown.out.find("refused from now on") != std::string::npos);
}

TEST_CASE("a pipe or a huge file among the batches stops none of those behind it, and fills nothing") {
    const DeskDemo demo;
    const auto good = demo.send("radio-hotel-canal-482", "strong");
    REQUIRE(::mkfifo((demo.path() / "a-pipe.age").c_str(), 0600) == 0);
    demo.write("b-huge.age", "age-encryption.org/v1\n");
    fs::resize_file(demo.path() / "b-huge.age", std::uintmax_t{3} << 30U);
    const auto ran = demo.run("amparo import --json a-pipe.age b-huge.age " + good + book);
    CHECK(ran.code == 1);
    const auto reports = json::parse(ran.out);
    REQUIRE(reports.size() == 3);
    CHECK(reports[0]["refused"] == "unreadable");
    CHECK(reports[1]["refused"] == "too-large");
    CHECK(reports[1]["quarantined"] == false);
    CHECK(reports[2]["standing"] == "in-order");
    CHECK(ran.err.find("Only its name, size and digest") != std::string::npos);
    CHECK(fs::is_empty(demo.path() / "demo/casebook/cases.db.quarantine"));
}

TEST_CASE("a casebook in use is said to be, not the batch, and every batch is tried") {
    const DeskDemo demo;
    const auto one = demo.send("radio-hotel-canal-482", "strong");
    const auto two = demo.send("hotel-radio-canal-100", "some");
    const BusyCasebook busy(demo);
    const auto ran = demo.run("amparo import " + one + " " + two + book);
    CHECK(ran.code == 1);
    CHECK(ran.err.find("Another program is using demo/casebook/cases.db") != std::string::npos);
    CHECK(std::count(ran.err.begin(), ran.err.end(), '\n') == 2);
}

TEST_CASE("records of two devices under one code are shown each with its own content") {
    const DeskDemo demo;
    demo.good("amparo import " + demo.send("radio-hotel-canal-482", "strong", {{"record", first}}) + book);
    demo.good("amparo import " + demo.send("radio-hotel-canal-482", "some", {{"follows", first}}) + book);
    const auto shown = demo.good(std::string("amparo cases show radio-hotel-canal-482 --json") + book).out;
    CHECK(shown.find(R"("level":"strong")") != std::string::npos);
    CHECK(shown.find(R"("follows")") != std::string::npos);
}

TEST_CASE("missing batches are named as ranges, however many there are") {
    const DeskDemo demo;
    for (int i = 0; i < 4; ++i) demo.send("hotel-radio-canal-10" + std::to_string(i), "some");
    const auto last = demo.send("radio-hotel-canal-482", "some");
    const auto ran = demo.good("amparo import " + last + book);
    CHECK(ran.err.find("batches 1-4 ") != std::string::npos);
    CHECK(demo.good("amparo deployment device list demo").out.find("batches 1-4 ") != std::string::npos);
}
