// A program that plays a journey without a person, stopped at chosen places or ended at any.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace test {

/// How the driver is started.
struct HeldLine {
    std::filesystem::path folder;      ///< for what it needs besides; `held`, `held.journey` and `home` are made in it
    std::string journey;               ///< what it plays
    std::size_t stops = 0;             ///< how many of stop(0), stop(1) … the journey has
    std::vector<std::string> options;  ///< after "amparo-driver kiosk"; size, journey and pictures are given here
    std::vector<std::string> variables;  ///< of its environment, besides HOME, TMPDIR and LANG
    std::function<void()> before = {};   ///< in the child, before the program begins
};

/// Killed when it goes.
class HeldDriver {
  public:
    explicit HeldDriver(const HeldLine& line);
    HeldDriver(const HeldDriver&) = delete;
    HeldDriver& operator=(const HeldDriver&) = delete;
    ~HeldDriver();

    /// Steps of a journey at which the program stands still until let_go().
    [[nodiscard]] static std::string stop(std::size_t number);
    /// Blocks until the program has come to this stop; a program that ended before is a failure.
    void wait_for(std::size_t number) const { drain(pipe("at", number)); }
    void let_go(std::size_t number) const { drain(pipe("hold", number)); }
    /// The same where it may have ended on the way there.
    void let_go_or_end(std::size_t number) const { drain(pipe("hold", number), true); }
    /// Its exit code once it has ended by itself.
    int finish();
    /// Sends it a signal that ends it; how it ended, as wait(2) says it.
    int ends_by(int signal);
    /// Gives it so long, then ends it as a power cut would. True when it had ended by itself before.
    bool kill_after(std::chrono::milliseconds time);

    [[nodiscard]] pid_t process() const { return child_; }
    /// Where its pictures and what it tells are.
    [[nodiscard]] const std::filesystem::path& pictures() const { return pictures_; }

  private:
    [[nodiscard]] std::filesystem::path pipe(const std::string& name, std::size_t number) const;
    void drain(const std::filesystem::path& pipe, bool may_end = false) const;

    std::filesystem::path pictures_;
    std::array<int, 2> ended_{-1, -1};  // closed at the other end when the program ends
    pid_t child_ = 0;
};

}  // namespace test
