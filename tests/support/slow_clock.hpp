#pragma once
// A clock for making devices in tests: to it every machine is so slow that words cost no more than they must.

#include <chrono>

#include "crypto/argon.hpp"

namespace test {

inline crypto::Clock slow_clock() {
    return [time = std::chrono::nanoseconds(0)]() mutable { return time += std::chrono::hours(1); };
}

}  // namespace test
