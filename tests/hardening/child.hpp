// A process of its own for what cannot be undone, and what it found.
#pragma once

#include <sys/types.h>

#include <cerrno>
#include <functional>
#include <string>
#include <vector>

namespace test {

/// Inside the child: every expectation is one probe; what did not hold is told in words.
class Findings {
  public:
    explicit Findings(int out) : out_(out) {}
    void expect(bool held, const std::string& what);
    /// `result` is that of a system call; `wanted` 0 means success.
    void expect_errno(long result, int wanted, const std::string& what) {
        const int got = result < 0 ? errno : 0;
        expect(got == wanted, what + " gave " + std::to_string(got) + ", not " + std::to_string(wanted));
    }

  private:
    int out_;
};

struct Found {
    int exit = -1;   ///< its exit code, when it ended by itself
    int signal = 0;  ///< what ended it otherwise
    bool core = false;
    std::size_t probes = 0;
    std::vector<std::string> failed;
};

/// Runs `what` in a child process and gathers its findings.
[[nodiscard]] Found in_child(const std::function<void(Findings&)>& what);

}  // namespace test
