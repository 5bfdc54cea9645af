#pragma once
// What coordinators do about a case: notes, who takes care of it, how it stands, where it was referred to, what belongs
// together with it; each step once, with who and when, and none taken back. Knows neither SQL nor what follows.
// Everything is known by device and record.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/casebook/error.hpp"

namespace app::casebook {

/// Their order is kept in casebooks: a new one goes to the end.
enum class StepKind : std::uint8_t {
    Note,
    Assigned,
    Status,
    Referred,  ///< to a place, with what the person agreed to be passed on
    Received,  ///< what the place answered, here and below
    Accepted,
    Declined,
    Linked,  ///< with another record: whoever made it thinks that they belong together
    Unlinked,
};
/// Stable lower-case word ("assigned"), for JSON.
[[nodiscard]] std::string_view to_word(StepKind kind) noexcept;

/// How a case stands with the coordinators of this casebook.
enum class CaseStatus : std::uint8_t { New, Working, Waiting, Closed };
/// Stable lower-case word ("working"), for tests, JSON and the command line.
[[nodiscard]] std::string_view to_word(CaseStatus status) noexcept;
[[nodiscard]] std::optional<CaseStatus> case_status_from_word(std::string_view word) noexcept;

/// What a person agreed to be passed on to the place that they are referred to.
enum class ReferralScope : std::uint8_t {
    Nothing,  ///< they were told of the place, and go there themselves or not
    Contact,  ///< that they look for help, and how to find them
    Summary,  ///< also what they need, and how urgent it is
    Record,   ///< also what they answered
};
/// Stable lower-case word ("summary"), for tests, JSON and the command line.
[[nodiscard]] std::string_view to_word(ReferralScope scope) noexcept;
[[nodiscard]] std::optional<ReferralScope> referral_scope_from_word(std::string_view word) noexcept;

/// How the latest referral of a case stands.
enum class ReferralState : std::uint8_t { None, Referred, Received, Accepted, Declined };
/// Stable lower-case word ("accepted"), for tests, JSON and the command line.
[[nodiscard]] std::string_view to_word(ReferralState state) noexcept;
[[nodiscard]] std::optional<ReferralState> referral_state_from_word(std::string_view word) noexcept;

inline constexpr std::size_t handling_most_note = 4096;  ///< bytes
inline constexpr std::size_t handling_most_name = 64;    ///< bytes

struct Step {
    std::string device;
    std::string record;
    std::string day;  ///< "2026-11-24"
    StepKind kind = StepKind::Note;
    std::string text;  ///< the note, the name of who takes care of it, the word of the status or of what was passed on
    std::string by;    ///< the public half of the identity that opened the casebook
    std::string place{};         ///< of a referral and what was answered: its name in the programme's directory
    std::string other_device{};  ///< of a link made or undone, here and below
    std::string other_record{};
};

/// A record of a device: an id alone is nobody's.
struct RecordName {
    std::string device;
    std::string record;
    friend bool operator==(const RecordName& a, const RecordName& b) noexcept {
        return a.device == b.device && a.record == b.record;
    }
};

/// Steps go with the record: whoever erases one, or carries out its withdrawal, leaves none of them, nor any that names
/// it as the other one. What lists say of a case is that of the latest step of any form of its visit, which is what a
/// device sent under one case code.
class Handling {
  public:
    Handling() = default;
    Handling(const Handling&) = delete;
    Handling& operator=(const Handling&) = delete;
    virtual ~Handling() = default;

    /// Errors, here and below: NoSpace, Io, Damaged, Memory.
    [[nodiscard]] virtual Result<void> add(const Step& step) = 0;
    /// Of a record, as they were taken.
    [[nodiscard]] virtual Result<std::vector<Step>> steps(std::string_view device, std::string_view record) = 0;

    // Links have no direction, and go with either record, as steps do.

    /// They belong together from now on. They may already.
    [[nodiscard]] virtual Result<void> link(const RecordName& one, const RecordName& other) = 0;
    [[nodiscard]] virtual Result<void> unlink(const RecordName& one, const RecordName& other) = 0;
    /// By device and record.
    [[nodiscard]] virtual Result<std::vector<RecordName>> linked(const RecordName& with) = 0;
};

}  // namespace app::casebook
