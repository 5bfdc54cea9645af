#include "tests/support/intruder.hpp"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <catch2/catch_all.hpp>
#include <cerrno>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <utility>

#include "app/hardening/folders.hpp"

namespace test {
namespace {

namespace fs = std::filesystem;

std::string proc(const std::string& file) {
    std::ifstream in("/proc/" + file);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string value_in(const std::string& status, const std::string& name) {
    std::istringstream lines(status);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(name + ":")) continue;
        line.erase(0, name.size() + 1);
        return line.substr(std::min(line.find_first_not_of(" \t"), line.size()));
    }
    return {};
}

}  // namespace

Intruder::Intruder(std::string elsewhere) : elsewhere_(std::move(elsewhere)) {
    std::ofstream(elsewhere_ + "/file") << "not yours";
    REQUIRE(pipe2(ends_, O_CLOEXEC) == 0);
}

Intruder::~Intruder() {
    for (const int end : ends_) close(end);
}

std::vector<std::string> Intruder::variables() const {
    return {"LD_PRELOAD=" AMPARO_BIN_DIR "/hardening_probe.so",
            "AMPARO_PROBE=" + std::to_string(told_through) + ":" + elsewhere_};
}

void Intruder::take_place() const {
    dup2(ends_[1], told_through);
}

std::map<std::string, int> Intruder::tries(pid_t program) const {
    REQUIRE(kill(program, SIGUSR1) == 0);
    std::string said;
    std::array<char, 1024> part{};
    while (said.find("end=") == std::string::npos) {
        const auto n = ::read(ends_[0], part.data(), part.size());
        REQUIRE(n > 0);
        said.append(part.data(), static_cast<std::size_t>(n));
    }
    std::map<std::string, int> found;
    std::istringstream lines(said);
    for (std::string line; std::getline(lines, line);)
        found[line.substr(0, line.find('='))] = std::stoi(line.substr(line.find('=') + 1));
    found.erase("end");
    return found;
}

std::string status_of(pid_t program, const std::string& name) {
    return value_in(proc(std::to_string(program) + "/status"), name);
}

std::vector<std::string> status_of_threads(pid_t program, const std::string& name) {
    std::vector<std::string> values;
    for (const auto& task : fs::directory_iterator("/proc/" + std::to_string(program) + "/task"))
        if (const auto status = proc(std::to_string(program) + "/task/" + task.path().filename().string() + "/status");
            !status.empty())  // a thread may end meanwhile
            values.push_back(value_in(status, name));
    return values;
}

std::string core_limit(pid_t program) {
    const auto limits = proc(std::to_string(program) + "/limits");
    const std::string name = "Max core file size";
    const auto at = limits.find(name);
    REQUIRE(at != std::string::npos);
    std::istringstream words(limits.substr(at + name.size()));
    std::string soft;
    std::string hard;
    words >> soft >> hard;
    return soft + " " + hard;
}

std::vector<std::string> open_files(pid_t program) {
    std::vector<std::string> files;
    for (const auto& entry : fs::directory_iterator("/proc/" + std::to_string(program) + "/fd"))
        files.push_back(fs::read_symlink(entry.path()).string());
    return files;
}

bool has_foreign_socket(pid_t program) {
    const auto local = proc(std::to_string(program) + "/net/unix");
    const auto files = open_files(program);
    return std::any_of(files.begin(), files.end(), [&](const std::string& file) {
        const std::string begin = "socket:[";
        if (!file.starts_with(begin)) return false;
        const auto number = file.substr(begin.size(), file.size() - begin.size() - 1);
        return local.find(" " + number) == std::string::npos;
    });
}

void check_hardened(pid_t program) {
    CHECK(status_of(program, "Umask") == "0077");
    CHECK(core_limit(program) == "0 0");
    for (const auto& value : status_of_threads(program, "NoNewPrivs")) CHECK(value == "1");
    const auto calls = status_of_threads(program, "Seccomp");
    CHECK_FALSE(calls.empty());
    for (const auto& value : calls) CHECK(value == "2");
    CHECK_FALSE(has_foreign_socket(program));
}

std::size_t check_tries(const Intruder& intruder, pid_t program, int no_socket) {
    const auto tried = intruder.tries(program);
    CHECK(tried.size() == 15);
    for (const auto* call : {"inet", "inet6", "netlink", "unix"}) {
        INFO(call);
        CHECK(tried.at(call) == no_socket);
    }
    for (const auto* call : {"signal", "clone3", "setuid"}) {
        INFO(call);
        CHECK(tried.at(call) == ENOSYS);
    }
    if (app::hardening::can_confine())
        for (const auto* call : {"read", "write", "make", "list", "system", "shm"}) {
            INFO(call);
            CHECK(tried.at(call) == EACCES);
        }
    CHECK(tried.at("etc") == 0);
#ifndef AMPARO_SANITIZED
    CHECK(tried.at("dumpable") == 0);
#endif
    return tried.size();
}

void check_no_other_program(int status) {
    CHECK(WIFSIGNALED(status));
    CHECK(WTERMSIG(status) == SIGSYS);
}

}  // namespace test
