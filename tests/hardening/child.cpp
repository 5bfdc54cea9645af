#include "tests/hardening/child.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <catch2/catch_all.hpp>
#include <sstream>

namespace test {

void Findings::expect(bool held, const std::string& what) {
    const auto line = (held ? "+" : "-") + what + "\n";
    if (write(out_, line.data(), line.size()) < 0) _exit(126);
}

Found in_child(const std::function<void(Findings&)>& what) {
    std::array<int, 2> ends{};
    REQUIRE(pipe(ends.data()) == 0);
    const pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        Findings findings(ends[1]);
        what(findings);
        _exit(0);
    }
    REQUIRE(child > 0);
    close(ends[1]);
    std::string said;
    std::array<char, 4096> part{};
    for (ssize_t n = 0; (n = read(ends[0], part.data(), part.size())) > 0;)
        said.append(part.data(), static_cast<std::size_t>(n));
    close(ends[0]);
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    Found found;
    if (WIFEXITED(status)) found.exit = WEXITSTATUS(status);
    if (WIFSIGNALED(status)) found.signal = WTERMSIG(status);
    found.core = WIFSIGNALED(status) && WCOREDUMP(status);
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line); ++found.probes)
        if (line.starts_with('-')) found.failed.push_back(line.substr(1));
    return found;
}

}  // namespace test
