// What everybody has to do who keeps what coordinators do about a case: each case runs on each of
// tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using app::casebook::RecordName;
using app::casebook::Step;
using app::casebook::StepKind;
using test::eight;
using test::Scene;
using test::seven;

namespace {

Step step(const std::string& device, unsigned number, StepKind kind, const std::string& text) {
    return {device, Scene::name(number), "2026-11-24", kind, text, "somebody", {}, {}, {}};
}

}  // namespace

TEST_CASE("steps of a case come back as they were taken, for its device and record together") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& handling = scene.custody().handling();
    CHECK(handling.steps(seven, Scene::name(1))->empty());
    REQUIRE(handling.add(step(seven, 1, StepKind::Note, "called, nobody answered")));
    REQUIRE(handling.add(step(eight, 1, StepKind::Note, "another")));
    REQUIRE(handling.add(step(seven, 2, StepKind::Note, "a third")));
    REQUIRE(handling.add(step(seven, 1, StepKind::Assigned, "Ana")));
    REQUIRE(handling.add(step(seven, 1, StepKind::Status, "working")));
    REQUIRE(handling.add(step(seven, 1, StepKind::Note, "called, nobody answered")));
    const auto steps = *handling.steps(seven, Scene::name(1));
    REQUIRE(steps.size() == 4);
    CHECK(steps[0].text == "called, nobody answered");
    CHECK(steps[0].kind == StepKind::Note);
    CHECK(steps[0].day == "2026-11-24");
    CHECK(steps[0].by == "somebody");
    CHECK(steps[1].kind == StepKind::Assigned);
    CHECK(steps[2].text == "working");
    CHECK(steps[3].kind == StepKind::Note);
    CHECK(handling.steps(eight, Scene::name(1))->size() == 1);
}

TEST_CASE("whoever erases a record or carries out its withdrawal leaves no step of it, and others theirs") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& handling = scene.custody().handling();
    for (unsigned number = 1; number <= 3; ++number) {
        scene.list(seven, number);
        REQUIRE(handling.add(step(seven, number, StepKind::Note, "a note")));
    }
    REQUIRE(handling.add(step(eight, 1, StepKind::Note, "a note")));
    REQUIRE(scene.erasures().erase(seven, Scene::name(1)));
    REQUIRE(scene.ledger().empty_record(seven, Scene::name(2), 0));
    CHECK(handling.steps(seven, Scene::name(1))->empty());
    CHECK(handling.steps(seven, Scene::name(2))->empty());
    CHECK(handling.steps(seven, Scene::name(3))->size() == 1);
    CHECK(handling.steps(eight, Scene::name(1))->size() == 1);
}

TEST_CASE("lists say of every form of a visit what was done about any of them last, and of other visits nothing") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& handling = scene.custody().handling();
    scene.list(seven, 1, {.code = "radio-hotel-canal-100"});
    REQUIRE(handling.add(step(seven, 1, StepKind::Status, "waiting")));
    scene.list(seven, 2, {.code = "radio-hotel-canal-100"});
    scene.hold(seven, 2, {.revision = 2, .code = "canal-canal-canal-999"});
    scene.list(eight, 3, {.code = "radio-hotel-canal-100"});  // another person, on another device
    REQUIRE(handling.add(step(seven, 2, StepKind::Assigned, "Beto")));
    REQUIRE(handling.add(step(seven, 2, StepKind::Assigned, "Ana")));
    REQUIRE(handling.add(step(seven, 1, StepKind::Referred, "summary")));
    REQUIRE(handling.add(step(seven, 1, StepKind::Accepted, "")));
    REQUIRE(handling.add(step(seven, 1, StepKind::Note, "closed")));
    const auto said = [&] {
        std::map<std::string, std::string> all;
        for (const auto& one : scene.cases())
            all[one.device.substr(31) + one.record.substr(31) + one.doubt] =
                std::string(to_word(one.status)) + " " + one.assigned + " " + std::string(to_word(one.referred));
        return all;
    };
    CHECK(scene.cases().size() == 4);
    CHECK(said() == std::map<std::string, std::string>{
                        {"71", "waiting Ana accepted"}, {"72", "waiting Ana accepted"}, {"83", "new  none"}});
    for (const auto& one : scene.cases())  // what is held beside a case is asked for with it
        CHECK((one.assigned == "Ana") == (one.device == seven));
    CHECK(scene.cases({.assigned = "Ana"}).size() == 3);
    CHECK(scene.cases({.assigned = ""}).size() == 1);
    CHECK(scene.cases({.status = app::casebook::CaseStatus::New}).size() == 1);
    CHECK(scene.cases({.referred = app::casebook::ReferralState::Accepted}).size() == 3);
    // A revision that says another code leaves the visit: with what was done about itself, without the rest.
    scene.list(seven, 2, {.revision = 3, .code = "hotel-hotel-hotel-300"});
    CHECK(said()["71"] == "waiting  accepted");
    CHECK(said()["72"] == "new Ana none");
    scene.list(seven, 2, {.revision = 4, .code = "radio-hotel-canal-100"});
    CHECK(said()["71"] == "waiting Ana accepted");
    // What was done about a form goes with it.
    REQUIRE(scene.erasures().erase(seven, Scene::name(1)));
    CHECK(said()["72"] == "new Ana none");
    REQUIRE(scene.ledger().empty_record(seven, Scene::name(2), 0));
    CHECK(said()["72"] == "new  none");
}

TEST_CASE("a link has no direction, is made once, and is undone from either side") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    Scene scene(kind);
    auto& handling = scene.custody().handling();
    const RecordName a{seven, Scene::name(1)};
    const RecordName b{eight, Scene::name(1)};
    const RecordName c{seven, Scene::name(3)};
    CHECK(handling.linked(a)->empty());
    REQUIRE(handling.link(a, b));
    REQUIRE(handling.link(b, a));
    REQUIRE(handling.link(c, a));
    CHECK(*handling.linked(a) == std::vector{c, b});
    CHECK(*handling.linked(b) == std::vector{a});
    REQUIRE(handling.unlink(b, c));  // nothing such
    REQUIRE(handling.unlink(a, c));
    CHECK(*handling.linked(a) == std::vector{b});
    CHECK(handling.linked(c)->empty());
}

TEST_CASE("whoever erases a record or carries out its withdrawal leaves no link with it, and no step that names it") {
    const auto& kind = test::each_kind();
    CAPTURE(kind.name);
    const bool withdrawn = GENERATE(false, true);
    Scene scene(kind);
    auto& handling = scene.custody().handling();
    for (unsigned number = 1; number <= 3; ++number) scene.list(seven, number);
    const auto name = [](unsigned number) { return RecordName{seven, Scene::name(number)}; };
    for (const auto& [from, to] : {std::pair(1U, 2U), std::pair(3U, 1U), std::pair(2U, 3U)}) {
        REQUIRE(handling.link(name(from), name(to)));
        auto said = step(seven, from, StepKind::Linked, "radio-hotel-canal-482");
        said.other_device = seven;
        said.other_record = Scene::name(to);
        REQUIRE(handling.add(said));
    }
    if (withdrawn)
        REQUIRE(scene.ledger().empty_record(seven, Scene::name(1), 0));
    else
        REQUIRE(scene.erasures().erase(seven, Scene::name(1)));
    CHECK(handling.linked(name(1))->empty());
    CHECK(*handling.linked(name(2)) == std::vector{name(3)});
    CHECK(*handling.linked(name(3)) == std::vector{name(2)});
    CHECK(handling.steps(seven, Scene::name(1))->empty());
    CHECK(handling.steps(seven, Scene::name(3))->empty());
    const auto left = *handling.steps(seven, Scene::name(2));
    REQUIRE(left.size() == 1);
    CHECK(left.front().other_device == seven);
    CHECK(left.front().other_record == Scene::name(3));
}
