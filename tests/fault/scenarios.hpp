#pragma once
// What is done on a device while its disk fails, and what must hold afterwards.

#include <functional>
#include <string_view>
#include <vector>

#include "tests/kiosk/support.hpp"

namespace fault {

/// How it went for whoever asked for it.
enum class Told { Done, Failed, Nothing };  // Nothing: the power went

struct Scenario {
    std::string_view name;
    /// Once, before anything fails.
    std::function<void(const test::Deployment&)> prepare;
    /// In a process of its own: calls `begin` when the part begins that may fail. True: it said that it is done.
    std::function<bool(const test::Deployment&, const std::function<void()>& begin)> act;
    /// With the power back and a disk that works. Besides, the device opens and no record has gone back.
    std::function<void(const test::Deployment&, Told)> check;
    bool costly = false;  ///< takes as long as a passphrase takes: fewer runs in the short form
};

[[nodiscard]] const std::vector<Scenario>& scenarios();
/// Those of them that end with a device's enrolment.
[[nodiscard]] std::vector<Scenario> enrol_scenarios();

/// Taking a newer bundle and a newer certificate.
[[nodiscard]] Scenario accept_news();

}  // namespace fault
