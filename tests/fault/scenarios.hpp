#pragma once
// What is done on a device, or at the coordinators' desk, while the disk fails, and what must hold afterwards.

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
    /// With the power back and a disk that works.
    std::function<void(const test::Deployment&, Told)> check;
    bool costly = false;  ///< takes as long as a passphrase takes: fewer runs in the short form
    /// The folders of the deployment that are put back as they were before each fault.
    std::vector<std::string_view> parts = {"kiosk", "outbox", "usb"};
    /// After a failure that was told, where files could still be removed.
    std::function<void(const test::Deployment&)> tidy = [](const test::Deployment&) {};
    /// In place of `act`: the words of a real program, which keeps to its folders, so that the power is not cut here.
    std::function<std::vector<std::string>(const test::Deployment&)> program = {};
};

[[nodiscard]] const std::vector<Scenario>& scenarios();
/// Those of them that send what waits.
[[nodiscard]] std::vector<Scenario> sending_scenarios();
/// Those that end with a device's enrolment.
[[nodiscard]] std::vector<Scenario> enrol_scenarios();

/// What coordinators do at their desk, besides.
[[nodiscard]] const std::vector<Scenario>& desk_scenarios();

/// Taking a newer bundle and a newer certificate.
[[nodiscard]] Scenario accept_news();

/// Taking in what coordinators say has arrived, and erasing it in the end.
[[nodiscard]] std::vector<Scenario> receipt_scenarios();
/// Their receipt, on a stick and at the desk.
[[nodiscard]] Scenario issue_receipt();
/// Their reply, beside the one of another coordinator.
[[nodiscard]] Scenario write_reply();

}  // namespace fault
