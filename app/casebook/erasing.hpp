#pragma once
// What a coordinator erases of a casebook: what would go, what stays to say so, and which cases are past their days.
// Nothing here is ever done without a person.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/exchange/certificate.hpp"

namespace app::casebook {

enum class ErasedFor : std::uint8_t {
    Request,  ///< the person asked, with the code
    Age,      ///< kept for as long as people were told, and longer
};
/// Stable lower-case word ("request"), for tests and JSON.
[[nodiscard]] std::string_view to_word(ErasedFor cause) noexcept;

/// One record of one device, whether it is listed, or only held, or kept sealed.
struct Erasable {
    std::string device;
    std::string record;
    std::string case_code;   ///< of what is listed, else of what is held
    std::string form;        ///< the same
    std::string day;         ///< the latest of what is listed and held
    std::size_t sealed = 0;  ///< sealed revisions that are kept
    std::size_t held = 0;    ///< those of them that wait for a decision
    bool withdrawn = false;  ///< taken back before: only the fact is kept
    bool erased = false;     ///< erased before; named again so that what came later of it can be looked for
};

/// A sealed record that is no case here (damaged inside, or of another device than it says) and speaks of one.
struct Stray {
    std::int64_t key = 0;  ///< of this casebook
    std::string device;    ///< that brought it
    std::string name;      ///< in the batch
};

/// A refused file that is kept unopened and holds the case.
struct RefusedCopy {
    std::string file;         ///< name that it had; its name in the quarantine where nothing else is known of it
    std::string kept_as;      ///< its name in the quarantine
    std::size_t records = 0;  ///< sealed ones in it, of whomever: it goes as a whole
};

/// Where else something of the case lies.
struct Traces {
    std::vector<Stray> strays;
    std::vector<RefusedCopy> copies;
    std::size_t closed = 0;  ///< sealed records and refused files that nobody here can look into
};

/// How something is erased, and what is noted of it.
struct Erasure {
    ErasedFor cause = ErasedFor::Request;
    exchange::Day day{};       ///< today
    std::string reason;        ///< in the coordinator's words; may be empty
    bool whole_visit = false;  ///< what still comes of these devices with these case codes is erased as well
};
inline constexpr std::size_t erasure_most_reason = 200;  ///< bytes

/// What stays of an erased record: no word of what was said.
struct Erased {
    std::string device;
    std::string record;
    std::string case_code;
    std::string day;  ///< when it was erased
    ErasedFor cause = ErasedFor::Request;
    std::string reason;
    std::string by;            ///< the public half of the identity that opened the casebook
    bool whole_visit = false;  ///< what still comes of the device with the code is erased as well
};

/// How the day of a record stands to the days that it is kept for.
enum class Keeping : std::uint8_t {
    Within,
    Past,
    Unbelievable,  ///< before this program was used anywhere, or in the future: a clock was wrong, nothing follows
};
/// Before it no kiosk had this program: an earlier day is a clock that was wrong.
inline constexpr exchange::Day keeping_since{std::chrono::year{2026} / std::chrono::January / 1};
/// Kept for `days` whole days after its own: past from the day after them.
[[nodiscard]] Keeping keeping_of(std::string_view day, exchange::Day today, std::uint32_t days) noexcept;

}  // namespace app::casebook
