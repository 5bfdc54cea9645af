#pragma once
// What becomes of a revision beside another one, and of what comes after a withdrawal. Orders of a source in doubt hide
// and erase nothing: they are set beside what is listed until a person decides or the doubt is gone.

#include <cstdint>
#include <string_view>

#include "app/casebook/rules/doubt.hpp"

namespace app::casebook::rules {

/// One revision of a record, and the batch that brought it.
struct Revision {
    std::uint32_t number = 0;
    std::string_view case_code;
    bool training = false;
    const Source& from;
};

enum class Filing : std::uint8_t {
    Older,      ///< a later one is listed: kept, not listed
    Conflict,   ///< same revision, other content, and nothing speaks against either: the first stays
    Listed,     ///< takes the place of what is listed
    MakesRoom,  ///< takes its place, and what was listed is held beside it
    Held,       ///< waits beside what is listed
};

struct FiledRevision {
    Filing filing = Filing::Older;
    Doubt doubt = Doubt::None;  ///< of what is held
};

/// Two revisions of one record with other content: the later is listed where nothing speaks against it, else both are.
/// `own`: the same batch brought both, and no other one of a forked device brought `now` as well.
[[nodiscard]] FiledRevision file_revision(const Revision& now, const Revision& listed, bool own) noexcept;

/// What a person or nobody said about a withdrawal that is listed, and how it stands to what comes after it.
struct AfterWithdrawal {
    bool rejected = false;      ///< a person decided that it was not the interviewed one's wish
    bool confirmed = false;     ///< a person decided that it was
    Doubt reach = Doubt::None;  ///< reach_to_erase() of the withdrawal and what comes
    bool other_case = false;    ///< what comes would become another case by it
    bool withdrawal = false;    ///< what comes is a withdrawal itself
};

enum class LateComing : std::uint8_t {
    AsAnyOther,     ///< the withdrawal says nothing about it
    ErasedAll,      ///< the withdrawal stands: whatever is here of the record goes
    ErasedAlone,    ///< says nothing that the other does not, and must not take with it what came back
    Listed,         ///< the withdrawal was rejected
    ListedInDoubt,  ///< and the withdrawal waits for a person from now on, for the reason in `doubt`
};

struct FiledLate {
    LateComing filing = LateComing::AsAnyOther;
    Doubt doubt = Doubt::None;
};

/// Something of a record that was taken back comes after all. It is erased where nothing speaks against the order or
/// against what comes, and where a person decided; else the order waits for a person, and what comes is listed.
[[nodiscard]] FiledLate file_after_withdrawal(const AfterWithdrawal& facts) noexcept;

}  // namespace app::casebook::rules
