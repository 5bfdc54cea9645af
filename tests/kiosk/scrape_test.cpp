// P7 and P8: what was said and typed is neither in the memory of the running program nor in any file it touched once a
// screening was sealed, locked or left by quick exit. The same search finds all of it while it is on the screen.
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "tests/kiosk/support.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define AMPARO_SANITIZED
#endif
#endif

using namespace test;

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

bool holds(std::string_view where, std::string_view needle) {
    const auto all = encodings(needle);
    return std::any_of(all.begin(), all.end(),
                       [&](const std::string& one) { return where.find(one) != std::string_view::npos; });
}

/// Typed in two halves, so that the journey in the program's own memory never holds the whole.
constexpr std::string_view first_half = "Xochitl9";
constexpr std::string_view second_half = "zarabanda7";
const std::string said = std::string(first_half) + std::string(second_half);
constexpr std::string_view pin = "135790";
constexpr std::string_view pin_begun = "13579";

/// `amparo-kiosk` playing a journey without a display. A picture whose name begins with "hold" stops it until let_go().
class HeldKiosk {
  public:
    HeldKiosk(const Deployment& deployment, const std::string& journey, std::size_t holds)
        : pictures_(deployment.path() / "held") {
        fs::create_directory(pictures_);
        for (std::size_t i = 0; i < holds; ++i)
            for (const std::string name : {"at", "hold"}) REQUIRE(mkfifo(pipe(name, i).c_str(), 0600) == 0);
        const auto file = deployment.path() / "held.journey";
        write(file, journey);
        const auto home = deployment.path() / "home";
        fs::create_directory(home);
        const auto known = deployment.places();
        std::vector<std::string> line{AMPARO_BIN_DIR "/amparo-kiosk",
                                      "--state",
                                      known.state.string(),
                                      "--device-key",
                                      known.device_key.string(),
                                      "--outbox",
                                      known.outbox.string(),
                                      "--headless",
                                      "--tour",
                                      file.string(),
                                      "--screenshots",
                                      pictures_.string()};
        std::vector<std::string> variables{"HOME=" + home.string(), "TMPDIR=" + home.string(), "LANG=C.UTF-8"};
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
            execve(arguments[0], arguments.data(), environment.data());
            _exit(127);
        }
        ::close(std::exchange(ended_[1], -1));
        REQUIRE(child_ > 0);
    }
    HeldKiosk(const HeldKiosk&) = delete;
    HeldKiosk& operator=(const HeldKiosk&) = delete;
    ~HeldKiosk() {
        ::close(ended_[0]);
        if (child_ <= 0) return;
        kill(child_, SIGKILL);
        waitpid(child_, nullptr, 0);
    }

    /// Steps of a journey at which the program stands still.
    static std::string stop(std::size_t number) {
        return "screenshot at" + std::to_string(number) + "\nscreenshot hold" + std::to_string(number) + "\n";
    }
    /// Blocks until the program has come to this stop.
    void wait_for(std::size_t number) { drain(pipe("at", number)); }
    void let_go(std::size_t number) { drain(pipe("hold", number)); }
    int finish() {
        int status = 0;
        REQUIRE(waitpid(std::exchange(child_, 0), &status, 0) > 0);
        return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    }

    /// Where in the program's memory the needle lies; nothing when memory could not be read at all.
    [[nodiscard]] std::optional<std::vector<std::string>> memory_with(std::string_view needle) const {
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

  private:
    [[nodiscard]] fs::path pipe(const std::string& name, std::size_t number) const {
        return pictures_ / (name + std::to_string(number) + ".png.part");
    }
    /// Reads until the writer closes; a program that has ended early is a failure instead of a long wait.
    void drain(const fs::path& pipe) const {
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
                FAIL("the program ended before it came to " << pipe.filename());
            }
        }
        ::close(in);
    }

    fs::path pictures_;
    std::array<int, 2> ended_{-1, -1};  // closed at the other end when the program ends
    pid_t child_ = 0;
};

std::string sign_in(std::size_t stop_before_last_digit = SIZE_MAX) {
    std::string steps = "wait who.1\ntap who.1\n";
    for (const char digit : pin_begun) steps += std::string("tap pin.") + digit + "\n";
    if (stop_before_last_digit != SIZE_MAX) steps += HeldKiosk::stop(stop_before_last_digit);
    return steps + "tap pin.0\ntap pin.ok\nwait home.new\n";
}

std::string begin_and_say(const std::string& language) {
    return "tap home.new\ntap pick." + language + "\ntap privacy.yes\ntap mode.assisted\ntap consent.yes\n" +
           "wait question.said\ntype " + std::string(first_half) + "\ntype " + std::string(second_half) + "\n";
}

std::string skip_the_rest() {
    std::string steps = "tap question.next\n";
    for (const auto* name :
         {"danger_now", "age_group", "with_whom", "offer", "debt", "documents", "held", "threats", "forced", "help"})
        steps += std::string("tap skip.") + name + "\n";
    return steps +
           "screen review\ntap review.finish\nwait longer.no\ntap longer.no\nwait person.done\ntap person.done\nwait "
           "result.seal\n" +
           "tap result.seal\nwait sealed.lock\n";
}

struct Ending {
    std::string_view name;
    std::string steps;
};

/// A deployment whose first questionnaire begins with a question in free words.
void ask_in_words(const Deployment& deployment) {
    auto survey = read(fs::path(AMPARO_SOURCE_DIR) / "questionnaires/forms/first-contact/survey.csv");
    const auto line = survey.find('\n') + 1;
    const auto columns = std::count(survey.begin(), survey.begin() + static_cast<std::ptrdiff_t>(line), ',');
    survey.insert(line, "text,said,Diga,Say" + std::string(static_cast<std::size_t>(columns) - 3, ',') + "\n");
    deployment.install_bundle_with("forms/first-contact/survey.csv", survey);
}

}  // namespace

TEST_CASE("After a screening was sealed, locked or left, neither memory nor files hold what was said or the PIN") {
#ifdef AMPARO_SANITIZED
    SKIP("sanitizers keep freed memory");
#endif
    const std::vector<Ending> endings{
        {"sealed", skip_the_rest()},
        {"locked", skip_the_rest() + "tap sealed.lock\nscreen clock\n"},
        {"quick exit",
         "tap header.exit\nscreen clock\ntap clock\ntap clock\n" + sign_in() + "absent home.not_stored\n"},
        {"kept", "tap header.leave\ntap leave.keep\nwait told.next\n"},
        {"erased", "tap header.leave\ntap leave.erase\nwait told.next\n"},
    };
    std::size_t scrapes = 0;
    std::size_t files = 0;
    for (const auto* language : {"es", "en"}) {
        for (const auto& ending : endings) {
            INFO(language << ", " << ending.name);
            const Deployment deployment;
            ask_in_words(deployment);
            HeldKiosk kiosk(
                deployment,
                sign_in(0) + begin_and_say(language) + HeldKiosk::stop(1) + ending.steps + HeldKiosk::stop(2), 3);
            // While it is there, the search finds it: the positive control.
            kiosk.wait_for(0);
            const auto digits = kiosk.memory_with(pin_begun);
            REQUIRE(digits);
            CHECK_FALSE(digits->empty());
            kiosk.let_go(0);
            kiosk.wait_for(1);
            const auto words = kiosk.memory_with(said);
            REQUIRE(words);
            CHECK_FALSE(words->empty());
            kiosk.let_go(1);
            // Afterwards it is nowhere.
            kiosk.wait_for(2);
            for (const std::string_view needle : {std::string_view(said), pin, pin_begun}) {
                const auto left = kiosk.memory_with(needle);
                REQUIRE(left);
                INFO(needle << " in " << (left->empty() ? "" : left->front()));
                CHECK(left->empty());
                ++scrapes;
            }
            kiosk.let_go(2);
            CHECK(kiosk.finish() == 0);
            for (const auto& entry : fs::recursive_directory_iterator(deployment.path())) {
                if (!entry.is_regular_file()) continue;
                const auto content = read(entry.path());
                INFO(entry.path());
                CHECK_FALSE(holds(content, said));
                const auto part = *fs::relative(entry.path(), deployment.path()).begin();
                if (part == "kiosk" || part == "outbox" || part == "home") CHECK_FALSE(holds(content, pin));
                ++files;
            }
        }
    }
    std::printf("P7 files searched after %zu driven interviews: %zu, 0 hits\n", 2 * endings.size(), files);
    std::printf("P8 searches of memory after sealing, locking, quick exit, keeping and erasing: %zu, 0 hits\n",
                scrapes);
}
