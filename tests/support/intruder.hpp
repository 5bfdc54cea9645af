// What the intruder of probe.cpp found in a real program, and what /proc says of it.
#pragma once

#include <sys/types.h>

#include <map>
#include <string>
#include <vector>

namespace test {

/// A folder with a file that the program has no business in, and the pipe through which the intruder tells.
class Intruder {
  public:
    /// `elsewhere` exists.
    explicit Intruder(std::string elsewhere);
    Intruder(const Intruder&) = delete;
    Intruder& operator=(const Intruder&) = delete;
    ~Intruder();

    /// For the environment of the program: LD_PRELOAD and its orders. Its descriptor is inherited.
    [[nodiscard]] std::vector<std::string> variables() const;
    /// In the child, before the program begins: the descriptor it tells through.
    void take_place() const;
    /// Sets it off in the program and waits for what the system answered: probe -> errno, 0 for success.
    [[nodiscard]] std::map<std::string, int> tries(pid_t program) const;

  private:
    static constexpr int told_through = 9;
    std::string elsewhere_;
    int ends_[2] = {-1, -1};
};

/// The value of a line of /proc/PID/status, without what is around it.
[[nodiscard]] std::string status_of(pid_t program, const std::string& name);
/// The same of every thread, in no order.
[[nodiscard]] std::vector<std::string> status_of_threads(pid_t program, const std::string& name);
/// "Max core file size" of /proc/PID/limits: soft and hard.
[[nodiscard]] std::string core_limit(pid_t program);
/// What the program has open, as the links below /proc/PID/fd say.
[[nodiscard]] std::vector<std::string> open_files(pid_t program);
/// Whether one of them is a socket that is not a local one.
[[nodiscard]] bool has_foreign_socket(pid_t program);

/// That the system counts the program as hardened, in every thread.
void check_hardened(pid_t program);
/// That the intruder gets at nothing in it: neither the network, nor the system, nor other files. How often it tried.
/// `no_socket`: with which error a socket is refused.
std::size_t check_tries(const Intruder& intruder, pid_t program, int no_socket);
/// How a program ends in which the intruder has called for another one: `status` as wait(2) says it.
void check_no_other_program(int status);

}  // namespace test
