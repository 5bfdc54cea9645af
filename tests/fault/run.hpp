#pragma once
// Runs a scenario with one fault after the other, each in a process of its own on a fresh copy of the device.

#include <map>

#include "tests/fault/scenarios.hpp"
#include "tests/fault/shim.hpp"

namespace fault {

/// Where a process that dies leaves what it did.
[[nodiscard]] Log& shared_log();
/// In a process of its own, which becomes this program, with the fault at its `at`-th operation.
[[noreturn]] void become(const std::vector<std::string>& words, std::uint64_t at, Fault fault);

struct Place {
    std::uint64_t operation;
    Kind kind;
    Fault fault;
};

class Runner {
  public:
    explicit Runner(const Scenario& scenario);
    /// Every fault at every operation, and the last of all the cut of power once it was said to be done.
    [[nodiscard]] const std::vector<Place>& places() const { return places_; }
    [[nodiscard]] std::uint64_t operations() const { return operations_; }
    /// What whoever asked for it was told. Every fault strikes: its operation was reached.
    Told run(const Place& place);

  private:
    Told act(const Place* place);
    void start_over();

    const Scenario& scenario_;
    test::Deployment before_;
    test::Deployment now_;
    std::vector<Place> places_;
    std::uint64_t operations_ = 0;
};

}  // namespace fault
