#include "app/shell/signals.hpp"

#include <csignal>
#include <utility>

namespace app::shell {
namespace {

sigset_t to_end() noexcept {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGPWR, SIGXCPU}) sigaddset(&set, signal);
    return set;
}

}  // namespace

void Signals::hold() noexcept {
    const auto set = to_end();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

Signals::Signals(std::function<void()> asked)
    : asked_(std::move(asked)), thread_([this] {
          const auto set = to_end();
          for (int signal = 0;;) {
              const int failed = sigwait(&set, &signal);
              if (stopping_ || failed != 0) return;
              const std::lock_guard lock(mutex_);
              if (asked_) asked_();
          }
      }) {}

Signals::~Signals() {
    stopping_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
}

void Signals::call(std::function<void()> asked) {
    const std::lock_guard lock(mutex_);
    asked_ = std::move(asked);
}

Signals::Instead::Instead(Signals& signals, std::function<void()> asked) : signals_(signals) {
    signals_.call(std::move(asked));
}

Signals::Instead::~Instead() {
    signals_.call({});
}

}  // namespace app::shell
