// What everybody has to do who keeps who opened which case: each case runs on each of tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using app::casebook::Access;
using test::eight;
using test::Scene;
using test::seven;

namespace {

Access access(const std::string& device, unsigned number, const std::string& day) {
    return {device, Scene::name(number), day, "somebody"};
}

std::vector<std::string> days_of(const std::vector<Access>& accesses) {
    std::vector<std::string> days;
    for (const auto& one : accesses) days.push_back(one.day);
    return days;
}

}  // namespace

TEST_CASE("openings of cases are listed the latest first, all or so many, of one case or of all") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& log = scene.custody().access_log();
    CHECK(log.latest("", 0)->empty());
    scene.list(seven, 1, {.code = "radio-hotel-canal-482"});
    scene.list(eight, 1, {.code = "hotel-radio-canal-100"});
    REQUIRE(log.add(access(seven, 1, "2026-11-26")));
    REQUIRE(log.add(access(eight, 1, "2026-11-24")));  // a clock that was set back changes no order
    auto exported = access(seven, 1, "2026-11-25");
    exported.exported = "csv";
    REQUIRE(log.add(exported));
    REQUIRE(log.add(access(seven, 9, "2026-11-27")));
    const auto all = *log.latest("", 0);
    CHECK(days_of(all) == std::vector<std::string>{"2026-11-27", "2026-11-25", "2026-11-24", "2026-11-26"});
    CHECK(all[0].case_code.empty());
    CHECK(all[1].case_code == "radio-hotel-canal-482");
    CHECK(all[1].device == seven);
    CHECK(all[1].record == Scene::name(1));
    CHECK(all[1].by == "somebody");
    CHECK(all[1].exported == "csv");
    CHECK(all[2].exported.empty());
    CHECK(all[2].case_code == "hotel-radio-canal-100");
    CHECK(days_of(*log.latest("", 2)) == std::vector<std::string>{"2026-11-27", "2026-11-25"});
    CHECK(days_of(*log.latest("radio-hotel-canal-482", 0)) == std::vector<std::string>{"2026-11-25", "2026-11-26"});
    CHECK(days_of(*log.latest("radio-hotel-canal-482", 1)) == std::vector<std::string>{"2026-11-25"});
    CHECK(days_of(*log.latest(Scene::name(9), 0)) == std::vector<std::string>{"2026-11-27"});
    CHECK(log.latest("canal-radio-hotel-300", 0)->empty());
}

TEST_CASE("openings of a record stay when it is erased or its withdrawal carried out, under the code that stays") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& log = scene.custody().access_log();
    for (unsigned number = 1; number <= 2; ++number) {
        scene.list(seven, number, {.code = "radio-hotel-canal-482"});
        REQUIRE(log.add(access(seven, number, "2026-11-24")));
    }
    app::casebook::Erased note;
    note.device = seven;
    note.record = Scene::name(1);
    note.case_code = "radio-hotel-canal-482";
    REQUIRE(scene.erasures().erase(seven, Scene::name(1)));
    REQUIRE(scene.erasures().note(note, false));
    REQUIRE(scene.ledger().empty_record(seven, Scene::name(2), 0));
    CHECK(log.latest("", 0)->size() == 2);
    CHECK(log.latest("radio-hotel-canal-482", 0)->size() >= 1);
    CHECK(log.latest("", 0)->back().case_code == "radio-hotel-canal-482");
}
