// What the kiosk's worker answers to one effect.
#pragma once

#include <optional>
#include <utility>

#include "app/kiosk/effect_runner.hpp"
#include "tests/kiosk/support.hpp"

namespace test {

/// The last of its answers.
inline session::Answer answered(kiosk::EffectRunner& runner, session::Effect effect) {
    runner.run(std::move(effect));
    std::optional<session::Answer> last;
    while (runner.wait_for_event())
        for (auto& one : runner.take()) last.emplace(std::move(one));
    REQUIRE(last);
    return std::move(*last);
}

}  // namespace test
