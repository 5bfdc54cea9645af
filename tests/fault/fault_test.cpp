// P5: the disk fails, or the power, at any file operation. A sealed record that was there is there afterwards and
// verifies, what was said to be done is done, the device opens, and nothing is sent twice under one number.
#include <cstdio>
#include <random>

#include "tests/fault/run.hpp"

using namespace fault;

namespace {

constexpr std::size_t short_runs = 210;

class Counted {
  public:
    void run(Runner& runner, const Place& place) {
        ++told_[static_cast<std::size_t>(runner.run(place))];
        ++runs;
    }
    void say(std::size_t possible) const {
        std::printf(
            "P5 faults at file operations of %zu scenarios: %zu of %zu possible (%zu times it was done all the same, "
            "%zu times failure was told, %zu times the power went), nothing lost\n",
            scenarios().size(), runs, possible, told_[0], told_[1], told_[2]);
    }
    std::size_t runs = 0;

  private:
    std::array<std::size_t, 3> told_{};
};

}  // namespace

TEST_CASE("A disk or the power fails at any of two hundred moments, and nothing is lost", "[long]") {
    std::mt19937 random{20261126};
    Counted counted;
    std::size_t possible = 0;
    std::size_t shares = 0;
    for (const auto& scenario : scenarios()) shares += scenario.costly ? 1 : 3;
    for (const auto& scenario : scenarios()) {
        Runner runner(scenario);
        auto places = runner.places();
        possible += places.size();
        std::shuffle(places.begin(), places.end(), random);
        places.resize(std::min(places.size(), short_runs * (scenario.costly ? 1 : 3) / shares + 1));
        for (const auto& place : places) counted.run(runner, place);
    }
    CHECK(counted.runs >= 200);
    counted.say(possible);
}

TEST_CASE("A disk or the power fails at every file operation in every way, and nothing is lost", "[.every]") {
    Counted counted;
    std::size_t possible = 0;
    for (const auto& scenario : scenarios()) {
        Runner runner(scenario);
        possible += runner.places().size();
        for (const auto& place : runner.places()) counted.run(runner, place);
        std::printf("P5 %s: %llu file operations, %zu faults\n", std::string(scenario.name).c_str(),
                    static_cast<unsigned long long>(runner.operations()), runner.places().size());
        std::fflush(stdout);
    }
    counted.say(possible);
}
