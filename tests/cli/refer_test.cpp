// Referring a case: only to whom the signed directory names, only what the person agreed to, and each step kept.
#include "tests/cli/desk_demo.hpp"

using namespace test;

namespace {

const std::string referred_code = "radio-hotel-canal-482";

struct ReferDesk : DeskDemo {
    ReferDesk() {
        const json asked_nobody{{"consent",
                                 {{"answer", "declined"},
                                  {"asked_as", {{"key", "consent.private"}, {"sha256", std::string(64, 'b')}}},
                                  {"scope", "first-contact"},
                                  {"tell_worker_now", false}}}};
        good("amparo import " + send(referred_code, "strong") + " " +
             send("hotel-radio-canal-100", "some", asked_nobody) + book);
    }
    [[nodiscard]] json steps(const std::string& of = referred_code) const {
        return json::parse(good("amparo cases show " + of + " --json" + book).out)["steps"];
    }
    [[nodiscard]] std::string said(const std::string& more = " --lang en") const {
        return good("amparo cases show " + referred_code + book + more).err;
    }
    [[nodiscard]] std::string listed(const std::string& state) const {
        return good("amparo cases list --lang en --referred " + state + book).out;
    }
};

}  // namespace

TEST_CASE("a referral names a place of the directory in either language, and says what was passed on") {
    const ReferDesk desk;
    const auto places = desk.good(std::string("amparo cases refer --places") + book).out;
    CHECK(has(places, "Emergencias / Emergencies"));
    desk.good("amparo cases refer " + referred_code + " --to emergencies --scope nothing" + book);
    desk.good("amparo cases refer " + referred_code + " --to Emergencias --scope summary --yes" + book);
    const auto steps = desk.steps();
    REQUIRE(steps.size() == 2);
    CHECK(steps[0]["kind"] == "referred");
    CHECK(steps[0]["place"] == "Emergencias / Emergencies");
    CHECK(steps[0]["text"] == "nothing");
    CHECK(steps[1]["text"] == "summary");
    CHECK(steps[1]["by"].get<std::string>().starts_with("age1"));
    CHECK(has(desk.said(), "referred to Emergencias / Emergencies; passed on: how to find them and what they need"));
    CHECK(has(desk.said(" --lang es"), "derivado a Emergencias / Emergencies; se comparte: cómo encontrarla"));
    CHECK(has(desk.listed("referred"), referred_code));
    CHECK_FALSE(has(desk.listed("none"), referred_code));
}

TEST_CASE("what a place answered is a step of its own, and only of a place that was asked") {
    const ReferDesk desk;
    const auto answer = [&](const std::string& more) {
        return desk.run("amparo cases refer " + referred_code + " --lang en --answer " + more + book);
    };
    CHECK(answer("received").code == 1);
    desk.good("amparo cases refer " + referred_code + " --to Emergencias --scope nothing" + book);
    CHECK(answer("received").code == 0);
    CHECK(has(desk.listed("received"), referred_code));
    CHECK(answer("accepted --to \"Asilo y refugio\"").code == 1);
    CHECK(answer("accepted --to 1").code == 1);  // a number of the directory, not of what was asked
    CHECK(answer("accepted --to Emergencies").code == 0);
    desk.good("amparo cases refer " + referred_code + " --to Asylum --scope nothing" + book);
    CHECK(answer("declined").code == 1);  // of which of the two?
    CHECK(answer("declined --to Asylum").code == 0);
    CHECK(has(desk.listed("declined"), referred_code));
    CHECK(has(desk.said(), "Asilo y refugio / Asylum declines it."));
    CHECK(desk.steps().size() == 5);
    desk.good("amparo cases erase " + referred_code + " --yes" + book);
    desk.good("amparo import demo/outbox/b-*.age" + std::string(book));
    CHECK_FALSE(has(desk.good("amparo cases list --json" + std::string(book)).out, "Asylum"));
    CHECK_FALSE(has(desk.listed("declined"), referred_code));
}

TEST_CASE("nothing is passed on that a person did not agree to, or to somebody who is not in the directory") {
    const ReferDesk desk;
    const std::string declined = "hotel-radio-canal-100";
    for (const auto& [line, exit] :
         {std::pair<std::string, int>{referred_code + " --to Emergencias --scope contact", 64},  // nobody can be asked
          {declined + " --to Emergencias --scope contact --yes", 1},
          {referred_code + " --to Emergency --scope nothing", 1},
          {referred_code + " --to \"Emergencias \" --scope nothing", 1},
          {referred_code + " --to 99 --scope nothing", 1},
          {referred_code + " --to Emergencias", 64},
          {referred_code + " --to Emergencias --scope everything", 64},
          {referred_code + " --scope nothing", 64},
          {referred_code + " --answer maybe", 64},
          {"canal-canal-canal-001 --to Emergencias --scope nothing", 1},
          {"", 64}}) {
        const auto ran = desk.run("amparo cases refer " + line + book);
        INFO(line << "\n" << ran.err);
        CHECK(ran.code == exit);
        CHECK(ran.out.empty());
    }
    CHECK(desk.steps().empty());
    desk.good("amparo cases refer " + declined + " --to Emergencias --scope nothing" + book);
    CHECK(desk.steps(declined).size() == 1);
    std::filesystem::remove(desk.path() / "demo/bundle-1.amparo");
    const auto none =
        desk.run("amparo cases refer " + referred_code + " --to Emergencias --scope nothing --lang en" + book);
    CHECK(none.code == 1);
    CHECK(has(none.err, "there is no directory"));
}
