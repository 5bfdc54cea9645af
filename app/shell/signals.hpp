// Being asked to end by the system: SIGTERM at shutdown, SIGHUP when the session is over, SIGINT and SIGQUIT from a
// terminal, SIGPWR when the power fails, SIGXCPU at a limit. It must not know what ending means.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

namespace app::shell {

/// From hold() on, those signals end nothing by themselves; from the constructor on each of them calls `asked`, from a
/// thread of its own: no code runs in a signal handler, and it does not matter what other threads wait for. One that
/// comes in between is not lost.
class Signals {
  public:
    /// To be called before the first thread is made: threads inherit it. So would a program that is started from here.
    /// A closed pipe and a limit on the size of files are from now on errors of write(), and end nothing either.
    static void hold() noexcept;

    /// `asked` must not block.
    explicit Signals(std::function<void()> asked);
    ~Signals();
    Signals(const Signals&) = delete;
    Signals& operator=(const Signals&) = delete;

    /// While it exists another function is called; afterwards none is, for then the end is near.
    class Instead {
      public:
        Instead(Signals& signals, std::function<void()> asked);
        ~Instead();
        Instead(const Instead&) = delete;
        Instead& operator=(const Instead&) = delete;

      private:
        Signals& signals_;
    };

  private:
    void call(std::function<void()> asked);

    std::mutex mutex_;  // around asked_ and while it runs
    std::function<void()> asked_;
    std::atomic<bool> stopping_{false};
    std::thread thread_;  // last: it uses the above
};

}  // namespace app::shell
