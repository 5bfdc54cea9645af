#pragma once
// A file descriptor that is closed when nobody has it any more. Must not know what it leads to.

#include <unistd.h>

#include <utility>

namespace app::files {

class Descriptor {
  public:
    /// What open(2) and its like gave: negative when they failed.
    explicit Descriptor(int number) noexcept : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(other.release()) {}
    Descriptor& operator=(Descriptor&&) = delete;
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    [[nodiscard]] int get() const noexcept { return number_; }
    /// Gives it away: the caller closes it.
    [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }

  private:
    int number_;
};

}  // namespace app::files
