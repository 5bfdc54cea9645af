// What belongs to no flow: the problem screen, the neutral one, looks and sizes, the ways out.
#pragma once

#include <cstdint>
#include <string>

#include "app/session/device_error.hpp"
#include "locales/language.hpp"

namespace app::session {

enum class Theme : std::uint8_t { Light, Dark, HighContrast };

// ---- screens -------------------------------------------------------------------------------------------------------

struct Problem {
    DeviceError error = DeviceError::Other;
    bool can_retry = false;
};
struct Clock {};  ///< neutral; an assisted interview may lie under it for a while, see State::closes_at
struct IdleWarning {};

// ---- what people do ------------------------------------------------------------------------------------------------

struct Touched {};  ///< anything at all: keeps the idle timer from running
struct ChooseLanguage {
    locales::Language language;
};
struct NextTextSize {};  ///< 100, 125, 150, 200 %, and round again
struct ChooseTheme {
    Theme theme;
};
struct Leave {};      ///< the X of the header: asks once, keep or erase; without an interview it locks
struct QuickExit {};  ///< the clock of the header, or Esc twice: neutral at once, what was said so far is sealed
struct Back {};
struct Next {};
struct Retry {};
struct StayHere {};  ///< leave: go on; idle: yes, still here
struct CloseWindow {};

// ---- effects -------------------------------------------------------------------------------------------------------

struct SavePreference {
    std::string name;
    std::string value;
};
struct ForgetScreen {};  ///< wipe what the interface still holds of texts and fields
struct Quit {};

}  // namespace app::session
