// P5: the disk fails, or the power, at any file operation. A sealed record that was there is there afterwards and
// verifies, what was said to be done is done, the device opens, and nothing is sent twice under one number. At the
// coordinators' desk what was there or what is new is whole, no secret lies about, and the same again is done or
// refused in words.
#include <cstdio>
#include <random>

#include "tests/fault/run.hpp"

using namespace fault;

namespace {

constexpr std::size_t short_runs = 210;
constexpr std::size_t short_runs_of_desk = 3;  // of each scenario

class Counted {
  public:
    void run(Runner& runner, const Place& place) {
        ++told_[static_cast<std::size_t>(runner.run(place))];
        ++runs;
    }
    void say(const char* where, std::size_t scenarios, std::size_t possible) const {
        std::printf(
            "P5 faults at file operations of %zu scenarios %s: %zu of %zu possible (%zu times it was done all the "
            "same, %zu times failure was told, %zu times the power went), nothing lost\n",
            scenarios, where, runs, possible, told_[0], told_[1], told_[2]);
    }
    std::size_t runs = 0;

  private:
    std::array<std::size_t, 3> told_{};
};

constexpr auto on_device = "on a device";
constexpr auto at_desk = "at the desk";

/// The cut of power at the end, and as many more places as make up `share`, drawn by `random`; how many there are.
std::size_t draw(const Scenario& scenario, std::size_t share, std::mt19937& random, Counted& counted) {
    Runner runner(scenario);
    auto places = runner.places();
    const auto possible = places.size();
    std::reverse(places.begin(), places.end());
    std::shuffle(places.begin() + 1, places.end(), random);
    places.resize(std::min(possible, share));
    for (const auto& place : places) counted.run(runner, place);
    return possible;
}

void run_every(const Scenario& scenario, const char* where) {
    Counted counted;
    Runner runner(scenario);
    for (const auto& place : runner.places()) counted.run(runner, place);
    std::printf("P5 %s: %llu file operations\n", std::string(scenario.name).c_str(),
                static_cast<unsigned long long>(runner.operations()));
    counted.say(where, 1, runner.places().size());
    std::fflush(stdout);
}

}  // namespace

TEST_CASE("A disk or the power fails at any of two hundred moments, and nothing is lost", "[long]") {
    std::mt19937 random{20261126};
    Counted counted;
    std::size_t possible = 0;
    std::size_t shares = 0;
    for (const auto& scenario : scenarios()) shares += scenario.costly ? 1 : 3;
    for (const auto& scenario : scenarios())
        possible += draw(scenario, short_runs * (scenario.costly ? 1 : 3) / shares + 1, random, counted);
    CHECK(counted.runs >= 200);
    counted.say(on_device, scenarios().size(), possible);
}

TEST_CASE("The disk of the desk fails at any moment: the old is whole or the new, and no secret lies about", "[long]") {
    std::mt19937 random{20261130};
    Counted counted;
    std::size_t possible = 0;
    for (const auto& scenario : desk_scenarios()) possible += draw(scenario, short_runs_of_desk, random, counted);
    CHECK(counted.runs == desk_scenarios().size() * short_runs_of_desk);
    counted.say(at_desk, desk_scenarios().size(), possible);
}

// One alone: test_fault "[.every]" -c "sealing a revision". tools/prove runs them beside each other, by these names.
TEST_CASE("The scenarios are told by their names", "[.names]") {
    for (const auto* all : {&scenarios(), &desk_scenarios()})
        for (const auto& scenario : *all) std::printf("P5 scenario: %s\n", std::string(scenario.name).c_str());
}

TEST_CASE("A disk or the power fails at every file operation in every way, and nothing is lost", "[.every]") {
    for (const auto& scenario : scenarios()) DYNAMIC_SECTION(scenario.name) {
            run_every(scenario, on_device);
        }
}

TEST_CASE("The disk of the desk fails at every file operation in every way, and nothing is lost", "[.every][desk]") {
    for (const auto& scenario : desk_scenarios()) DYNAMIC_SECTION(scenario.name) {
            run_every(scenario, at_desk);
        }
}
