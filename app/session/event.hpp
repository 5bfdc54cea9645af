// What can happen to the kiosk: what a person did, what the worker thread finished, time; no behaviour here.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/session/state.hpp"

namespace app::session {

// ---- a person; screens return these. An event that does not fit the screen is ignored ------------------------------

// header, any screen
struct SwitchLanguage {
    locales::Language language;
};
struct NextTextSize {};  ///< one step larger, after the largest the normal one
struct Lock {};          ///< out, to the clock; refused while an interview is open
struct Leave {};         ///< asks keep or erase when something was said
struct QuickExit {};     ///< clock at once; the interview is sealed to here and wiped

// unlock, clock, who, PIN
struct Retry {};
struct TouchClock {};
struct ChooseWorker {
    store::WorkerNumber number;
};
struct PinDigit {
    std::uint8_t digit;  ///< 0 to 9
};
struct PinErase {};
struct PinEnter {};

// home and the way to the first question
struct NewScreening {};
struct OpenSend {};
struct OpenSettings {};
struct OpenAbout {};
struct GoHome {};
struct Back {};
struct ChooseLanguage {
    locales::Language language;
};
struct NeedInterpreter {};
struct RecordInterpreter {};
struct Safe {};
struct NotNow {};
struct TakeMode {
    Mode mode;
};
struct Agree {};
struct Decline {};

// interview
struct ToggleChoice {
    engine::NodeId node;
    engine::ChoiceId choice;
};
/// `value` is read during update() only: it may point into the text field. Empty takes the answer back.
struct Write {
    engine::NodeId node;
    std::string_view value;
};
/// Skipped, Refused or Unknown; the same once more takes it back.
struct SetAnswerState {
    engine::NodeId node;
    engine::AnswerState state;
};
struct Next {};  ///< leaves a page, the review, the person's page or the result forwards
struct JumpTo {
    engine::NodeId node;
};
struct Notify {
    bool yes;
};
struct OpenRaise {};
struct RaiseReading {
    engine::ReadingKind reading;
};
struct RaiseLevel {
    engine::Level level;
};
struct RaiseWhy {
    RaiseReason reason;
};
struct SaveRaise {};
struct KeepAnswers {};
struct EraseAnswers {};
struct Stay {};  ///< idle warning: still here

// send and settings
struct LookAgain {};
struct SendTo {
    std::size_t place;  ///< index into Send::places
};
struct SendAgainTo {
    std::size_t place;
};
struct CancelSend {};
struct SetTextSize {
    TextSize size;
};
struct SetContrast {
    Contrast contrast;
};

// ---- the loop
// ----------------------------------------------------------------------------------------------------------

struct Touched {};   ///< the person did anything at all
struct Tick {};      ///< next_tick() has come
struct Shutdown {};  ///< the window closes or the system asks to end: seals what is open

// ---- the worker thread
// -----------------------------------------------------------------------------------------------

struct Unlocked {
    std::shared_ptr<const Setup> setup;
    Preferences preferences;
    Queue queue;
};
struct NoKey {};
struct WrongKey {};
/// Unlocking or preparing failed.
struct Failed {
    Problem problem;
};
struct PinChecked {
    store::WorkerNumber worker;
    store::SignIn outcome;
};
struct Prepared {
    std::unique_ptr<crypto::LockedArena> arena;
    std::string record;
    std::string case_code;
    std::uint64_t seed;
};
/// A revision is on the medium, read back and verified.
struct SealDone {
    std::string record;
    std::uint32_t revision;
    Queue queue;
};
struct SealFailed {
    std::string record;
    std::uint32_t revision;
    Problem problem;
};
struct EraseDone {
    std::string record;
    Queue queue;
};
struct EraseFailed {
    std::string record;
    Problem problem;
};
struct PlacesFound {
    std::vector<Place> places;
};
struct SendProgress {
    std::uint64_t done, total;  ///< bytes
};
struct SendDone {
    std::string file;
    std::uint64_t records, bytes;
    Queue queue;
};
struct SendFailed {
    SendFailure failure;
    bool cancelled;
    Queue queue;
};

using Event =
    std::variant<SwitchLanguage, NextTextSize, Lock, Leave, QuickExit, Retry, TouchClock, ChooseWorker, PinDigit,
                 PinErase, PinEnter, NewScreening, OpenSend, OpenSettings, OpenAbout, GoHome, Back, ChooseLanguage,
                 NeedInterpreter, RecordInterpreter, Safe, NotNow, TakeMode, Agree, Decline, ToggleChoice, Write,
                 SetAnswerState, Next, JumpTo, Notify, OpenRaise, RaiseReading, RaiseLevel, RaiseWhy, SaveRaise,
                 KeepAnswers, EraseAnswers, Stay, LookAgain, SendTo, SendAgainTo, CancelSend, SetTextSize, SetContrast,
                 Touched, Tick, Shutdown, Unlocked, NoKey, WrongKey, Failed, PinChecked, Prepared, SealDone, SealFailed,
                 EraseDone, EraseFailed, PlacesFound, SendProgress, SendDone, SendFailed>;

}  // namespace app::session
