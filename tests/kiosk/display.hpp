// A virtual display for a program that a test starts itself.
#pragma once

#include <sys/types.h>

#include <string>

namespace test {

/// Xvfb on a number it chooses; gone with this. Skips the test where it is not installed.
class VirtualDisplay {
  public:
    VirtualDisplay();
    VirtualDisplay(const VirtualDisplay&) = delete;
    VirtualDisplay& operator=(const VirtualDisplay&) = delete;
    ~VirtualDisplay();
    /// ":7"
    [[nodiscard]] const std::string& name() const { return name_; }
    /// The server is killed at once, as when a graphics driver fails.
    void end();

  private:
    pid_t server_ = 0;
    std::string name_;
};

}  // namespace test
