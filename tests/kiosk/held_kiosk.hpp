// The real program playing a journey without a display, stopped at chosen places or killed at any.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tests/kiosk/support.hpp"
#include "tests/support/held_driver.hpp"

namespace test {

/// What a person says in a journey: typed in two halves, so that the journey in the program's own memory never holds
/// the whole.
inline constexpr std::string_view first_half = "Xochitl9";
inline constexpr std::string_view second_half = "zarabanda7";
inline const std::string whole_saying = std::string(first_half) + std::string(second_half);

/// A needle in one of the encodings a library might keep it in: UTF-8, UTF-16 and UTF-32.
[[nodiscard]] bool holds(std::string_view where, std::string_view needle);

/// How it is started, besides its journey.
struct HeldWay {
    std::string display;  ///< empty: without a window
    std::vector<std::string> variables = {};
    std::function<void()> before = {};   ///< in the child, before the program begins
    fs::path state = {};                 ///< empty: the deployment's kiosk
    std::vector<std::string> more = {};  ///< options of amparo-kiosk
};

/// `amparo-kiosk` with this deployment's state, key and outbox; home and temporary folder inside it.
class HeldKiosk : public HeldDriver {
  public:
    /// `stops`: how many of stop(0), stop(1) … the journey has.
    HeldKiosk(const Deployment& deployment, const std::string& journey, std::size_t stops, const HeldWay& way = {})
        : HeldDriver(line(deployment, journey, stops, way)) {}

    /// Where in the program's memory the needle lies; nothing when memory could not be read at all.
    [[nodiscard]] std::optional<std::vector<std::string>> memory_with(std::string_view needle) const;

  private:
    [[nodiscard]] static HeldLine line(const Deployment& deployment, const std::string& journey, std::size_t stops,
                                       const HeldWay& way);
};

/// What the newest revision of a record says.
struct Newest {
    std::uint32_t revision = 0;
    std::string kind;
    std::size_t answered = 0;  ///< answers that were given or passed over
};
/// Every record on the device, as the coordinator reads its newest revision.
[[nodiscard]] std::map<std::string, Newest> records(const Deployment& deployment);

/// Puts a bundle into the store whose first questionnaire begins with a question in free words, `said`.
void ask_in_words(const Deployment& deployment);

/// Steps from the first screen to home, as worker 1.
[[nodiscard]] std::string sign_in_steps();

}  // namespace test
