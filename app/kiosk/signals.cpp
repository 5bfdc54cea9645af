#include "app/kiosk/signals.hpp"

#include <csignal>

namespace app::kiosk {
namespace {

sigset_t to_end() noexcept {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGHUP, SIGINT}) sigaddset(&set, signal);
    return set;
}

}  // namespace

void Signals::hold() noexcept {
    const auto set = to_end();
    pthread_sigmask(SIG_BLOCK, &set, nullptr);
}

Signals::Signals(std::function<void()> asked)
    : asked_(std::move(asked)), thread_([this] {
          const auto set = to_end();
          for (int signal = 0;;) {
              const int failed = sigwait(&set, &signal);
              if (stopping_ || failed != 0) return;
              asked_();
          }
      }) {}

Signals::~Signals() {
    stopping_ = true;
    pthread_kill(thread_.native_handle(), SIGTERM);
    thread_.join();
}

}  // namespace app::kiosk
