#include "tests/kiosk/held_kiosk.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <utility>

namespace test {
namespace {

/// A needle in the encodings a library might keep it in.
std::vector<std::string> encodings(std::string_view ascii) {
    std::vector<std::string> all{std::string(ascii)};
    for (const std::size_t width : {2U, 4U}) {
        std::string wide;
        for (const char c : ascii) wide.append(1, c).append(width - 1, '\0');
        all.push_back(std::move(wide));
    }
    return all;
}

}  // namespace

bool holds(std::string_view where, std::string_view needle) {
    const auto all = encodings(needle);
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& one) { return where.find(one) != std::string_view::npos; });
}

HeldKiosk::HeldKiosk(const Deployment& deployment, const std::string& journey, std::size_t stops, const HeldWay& way)
    : pictures_(deployment.path() / "held") {
    fs::remove_all(pictures_);
    fs::create_directory(pictures_);
    for (std::size_t i = 0; i < stops; ++i)
        for (const std::string name : {"at", "hold"}) REQUIRE(mkfifo(pipe(name, i).c_str(), 0600) == 0);
    const auto file = deployment.path() / "held.journey";
    write(file, journey);
    const auto home = deployment.path() / "home";
    fs::create_directory(home);
    auto known = deployment.places();
    if (!way.state.empty()) known.state = way.state;
    std::vector<std::string> line{AMPARO_BIN_DIR "/amparo-driver",
                                  "kiosk",
                                  "--state",
                                  known.state.string(),
                                  "--device-key",
                                  known.device_key.string(),
                                  "--outbox",
                                  known.outbox.string(),
                                  "--size",
                                  "412x915",
                                  "--tour",
                                  file.string(),
                                  "--screenshots",
                                  pictures_.string()};
    line.insert(line.end(), way.more.begin(), way.more.end());
    std::vector<std::string> variables{"HOME=" + home.string(), "TMPDIR=" + home.string(), "LANG=C.UTF-8"};
    if (way.display.empty()) {
        line.emplace_back("--headless");
    } else {
        variables.push_back("DISPLAY=" + way.display);
        variables.emplace_back("LIBGL_ALWAYS_SOFTWARE=1");
    }
    variables.insert(variables.end(), way.variables.begin(), way.variables.end());
    const auto pointers = [](std::vector<std::string>& words) {
        std::vector<char*> all;
        for (auto& word : words) all.push_back(word.data());
        all.push_back(nullptr);
        return all;
    };
    const auto arguments = pointers(line);
    const auto environment = pointers(variables);
    REQUIRE(pipe2(ended_.data(), O_CLOEXEC) == 0);
    child_ = fork();
    if (child_ == 0) {
        dup(ended_[1]);  // the copy stays open in the program
        const int nothing = ::open("/dev/null", O_RDWR);
        dup2(nothing, 0);
        dup2(nothing, 1);
        if (way.before) way.before();
        execve(arguments[0], arguments.data(), environment.data());
        _exit(127);
    }
    ::close(std::exchange(ended_[1], -1));
    REQUIRE(child_ > 0);
}
HeldKiosk::~HeldKiosk() {
    ::close(ended_[0]);
    if (child_ <= 0) return;
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

std::string HeldKiosk::stop(std::size_t number) {
    return "screenshot at" + std::to_string(number) + "\nscreenshot hold" + std::to_string(number) + "\n";
}

int HeldKiosk::finish() {
    int status = 0;
    REQUIRE(waitpid(std::exchange(child_, 0), &status, 0) > 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int HeldKiosk::ends_by(int signal) {
    kill(child_, signal);
    int status = 0;
    REQUIRE(waitpid(std::exchange(child_, 0), &status, 0) > 0);
    return status;
}

bool HeldKiosk::kill_after(std::chrono::milliseconds time) {
    pollfd end{ended_[0], POLLIN, 0};
    const bool by_itself = poll(&end, 1, static_cast<int>(time.count())) > 0;
    const pid_t child = std::exchange(child_, 0);
    kill(child, SIGKILL);
    REQUIRE(waitpid(child, nullptr, 0) == child);
    return by_itself;
}

std::optional<std::vector<std::string>> HeldKiosk::memory_with(std::string_view needle) const {
    const auto process = fs::path("/proc") / std::to_string(child_);
    std::ifstream maps(process / "maps");
    const int memory = ::open((process / "mem").c_str(), O_RDONLY | O_CLOEXEC);
    if (!maps || memory < 0) return std::nullopt;
    std::vector<std::string> found;
    std::size_t bytes_read = 0;
    for (std::string line; std::getline(maps, line);) {
        std::istringstream words(line);
        std::string range;
        std::string rights;
        words >> range >> rights;
        if (!rights.starts_with("rw")) continue;  // what cannot be written holds nothing that was typed
        const auto begin = std::stoull(range, nullptr, 16);
        const auto end = std::stoull(range.substr(range.find('-') + 1), nullptr, 16);
        std::string content(end - begin, '\0');
        const auto got = pread(memory, content.data(), content.size(), static_cast<off_t>(begin));
        if (got <= 0) continue;
        bytes_read += static_cast<std::size_t>(got);
        content.resize(static_cast<std::size_t>(got));
        if (holds(content, needle)) found.push_back(line);
    }
    close(memory);
    if (bytes_read == 0) return std::nullopt;
    return found;
}

fs::path HeldKiosk::pipe(const std::string& name, std::size_t number) const {
    return pictures_ / (name + std::to_string(number) + ".png.part");
}

void HeldKiosk::drain(const fs::path& pipe, bool may_end) const {
    const int in = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    REQUIRE(in >= 0);
    std::array<pollfd, 2> either{{{in, POLLIN, 0}, {ended_[0], POLLIN, 0}}};
    for (bool begun = false;;) {
        REQUIRE(poll(either.data(), either.size(), -1) > 0);
        if ((either[0].revents & POLLIN) != 0) {
            std::array<char, 4096> ignored;
            begun = ::read(in, ignored.data(), ignored.size()) > 0 || begun;
        } else if (begun && (either[0].revents & POLLHUP) != 0) {
            break;
        } else if (either[1].revents != 0) {
            if (may_end) break;
            FAIL("the program ended before it came to " << pipe.filename());
        }
    }
    ::close(in);
}

std::map<std::string, Newest> records(const Deployment& deployment) {
    auto device = deployment.open();
    std::map<std::string, Newest> found;
    for (const auto& row : waiting(device)) {
        const auto sealed = device.store->records().read(row.id);
        REQUIRE(sealed);
        const auto json = nlohmann::json::parse(opened(deployment, *sealed));
        CHECK(json["record"] == row.record);
        CHECK(json["revision"] == row.revision);
        auto& newest = found[row.record];
        if (row.revision < newest.revision) continue;
        newest = {row.revision, json["kind"], 0};
        for (const auto& answer : json["answers"]) newest.answered += answer["state"] == "not_asked" ? 0U : 1U;
    }
    return found;
}

void ask_in_words(const Deployment& deployment) {
    auto survey = read(fs::path(AMPARO_SOURCE_DIR) / "questionnaires/forms/first-contact/survey.csv");
    const auto line = survey.find('\n') + 1;
    const auto columns = std::count(survey.begin(), survey.begin() + static_cast<std::ptrdiff_t>(line), ',');
    survey.insert(line, "text,said,Diga,Say" + std::string(static_cast<std::size_t>(columns) - 3, ',') + "\n");
    deployment.install_bundle_with("forms/first-contact/survey.csv", survey);
}

std::string sign_in_steps() {
    return "wait who.1\ntap who.1\ntap pin.1\ntap pin.3\ntap pin.5\ntap pin.7\ntap pin.9\ntap pin.0\ntap pin.ok\n"
           "wait home.new\n";
}

}  // namespace test
