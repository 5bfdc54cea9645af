// What everybody has to do who keeps what coordinators do about a case: each case runs on each of
// tests/contract/kinds.hpp.
#include "tests/contract/scene.hpp"

using app::casebook::Step;
using app::casebook::StepKind;
using test::eight;
using test::Scene;
using test::seven;

namespace {

Step step(const std::string& device, unsigned number, StepKind kind, const std::string& text) {
    return {device, Scene::name(number), "2026-11-24", kind, text, "somebody"};
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
