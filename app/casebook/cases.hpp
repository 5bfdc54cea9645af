#pragma once
// What a casebook lists: cases, the questions that can be asked about them, and the pages that answer. Knows no
// database.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/casebook/handling.hpp"
#include "app/record/record.hpp"

namespace app::casebook {

namespace engine = questionnaires::engine;
using record::Kind;
using record::Mode;
using record::Record;

/// One reading as it stands.
struct Reading {
    engine::Level level = engine::Level::NoneReported;  ///< what the form gave, or what a worker raised it to
    std::string rule;                                   ///< id of the rule that fired; empty for none
    bool raised = false;                                ///< a worker raised it, with a reason
};

/// One listed case: the latest revision of one record of one device, or one that is listed beside it in doubt.
struct Case {
    std::int64_t key = 0;  ///< of this casebook, to tell apart what else is the same
    std::string record;    ///< 32 hex digits
    std::string follows;   ///< the record before it in the same visit; empty for none
    std::string case_code;
    std::string day;     ///< "2026-11-24"
    std::string device;  ///< 32 hex digits
    Mode mode = Mode::Assisted;
    engine::Role role = engine::Role::Shelter;
    std::string form;
    std::string form_version;
    std::uint32_t revision = 0;
    std::array<Reading, 3> readings{};  ///< by engine::ReadingKind
    bool interrupted = false;           ///< a partial without a final
    bool withdrawn = false;             ///< nothing but the fact is kept
    bool training = false;
    std::string doubt;  ///< word of a Doubt when a source in doubt put it beside another revision; else empty
    bool withdrawal_held = false;         ///< somebody in doubt took it back; a person has to decide
    CaseStatus status = CaseStatus::New;  ///< of its visit, here and below
    std::string assigned{};               ///< who takes care of it; empty for nobody
    ReferralState referred = ReferralState::None;
    std::string version;      ///< SHA-256 of its JSON, 64 hex digits
    bool unreadable = false;  ///< an earlier version listed it, this one cannot read it: only ids and code are known
};

enum class CaseOrder : std::uint8_t {
    Urgency,  ///< rules/urgency.hpp, then case code, device and record
    Newest,   ///< the latest day first, of one day what came last
    Code,     ///< case code, device, record
};

enum class Practice : std::uint8_t { LeftOut, Included, Only };

/// Which cases, in which order, and how many at once. What a filter asks and an unreadable record does not say, passes:
/// nobody knows that it is not what is looked for.
struct CaseQuery {
    std::optional<engine::Level> danger{};  ///< at least
    std::optional<engine::Level> worst{};   ///< at least, of the highest of the three readings
    std::string first_day{};                ///< "2026-11-24"; empty: from the beginning
    std::string last_day{};                 ///< the same, itself included
    std::string form{};                     ///< its id; empty for all
    std::string device{};                   ///< empty for all
    std::optional<Mode> mode{};
    std::optional<Kind> state{};            ///< complete (final), interrupted (partial) or withdrawn
    std::optional<CaseStatus> status{};     ///< here and below: of what was not withdrawn
    std::optional<std::string> assigned{};  ///< empty for nobody
    std::optional<ReferralState> referred{};
    std::string name{};  ///< a case code or the id of a record, whoever's; empty for all
    Practice practice = Practice::LeftOut;
    CaseOrder order = CaseOrder::Urgency;
    std::size_t most = 0;         ///< of one page; 0: all in one
    std::optional<Case> after{};  ///< the last case of the page before; it need not be there any more
    std::size_t skip = 0;         ///< as many are left out before the page: what they cost is little, but not nothing
    bool counted = false;         ///< the total is wanted as well: it costs a look at every case, a page does not
};

struct CasePage {
    std::vector<Case> cases;
    std::optional<std::size_t> total;  ///< that the filters let pass, on all pages; nothing where it was not wanted
    bool more = false;                 ///< cases follow after the last of these
};

}  // namespace app::casebook
