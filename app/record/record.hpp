// What a record says: one struct for whoever writes, reads, lists or exports one. It must not know how a screening
// runs, where a record is kept, or JSON.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string_view>
#include <vector>

#include "app/record/words.hpp"
#include "questionnaires/engine/interview/interview.hpp"

namespace app::record {

namespace engine = questionnaires::engine;

/// The version of this format, in every record.
inline constexpr std::uint64_t format = 1;
/// The one note that a kiosk makes.
inline constexpr std::string_view interpreter_needed = "interpreter_needed";

/// One line of what was asked.
struct Answer {
    std::string_view name;  ///< of the question; in a repeat with its place, "kid[2]/age"
    engine::AnswerState state = engine::AnswerState::NotAsked;
    std::string_view value;     ///< empty unless answered
    std::string_view language;  ///< of the form, code it was given in; empty when nobody was asked
};

/// An indicator that fired.
struct Indicator {
    std::string_view id;
    std::string_view dimension;
    engine::Strength strength = engine::Strength::Weak;
    engine::Names because;  ///< names of the questions that it rests on
};

struct Reading {
    engine::Level level = engine::Level::NoneReported;
    std::string_view rule;  ///< id of the row that fired; empty for none
};

/// A level that a worker raised.
struct Raised {
    engine::ReadingKind reading = engine::ReadingKind::Danger;
    engine::Level level = engine::Level::Some;
    std::string_view reason;  ///< the word of a RaiseReason, or of one that a later version has
};

/// docs/FORMATS.md "Record" has every member with unit and size. Texts are not copied: they lie in `texts`, or with
/// whoever filled the record in, who outlives it. Lists lie in the memory that the record was made with: on a kiosk the
/// locked memory of the interview. Not copied by accident for the same reason.
struct Record {
    explicit Record(std::pmr::memory_resource* memory = std::pmr::get_default_resource())
        : answers(memory), indicators(memory), actions(memory) {}
    Record(const Record&) = delete;
    Record(Record&&) noexcept = default;
    Record& operator=(const Record&) = delete;
    Record& operator=(Record&&) = default;
    ~Record() = default;

    [[nodiscard]] Reading& reading(engine::ReadingKind of) { return readings.at(static_cast<std::size_t>(of)); }
    [[nodiscard]] const Reading& reading(engine::ReadingKind of) const {
        return readings.at(static_cast<std::size_t>(of));
    }

    std::string_view record;   ///< 32 hex digits, the same in every revision
    std::string_view follows;  ///< the record before it in the same visit; empty for none
    Kind kind = Kind::Partial;
    std::uint32_t revision = 1;   ///< from 1
    std::string_view deployment;  ///< 16 hex digits
    std::string_view device;      ///< 32 hex digits
    std::uint64_t bundle = 1;     ///< its sequence, from 1
    std::string_view form;        ///< its id
    std::string_view form_version;
    std::string_view form_sha256;  ///< of the form's lines in the bundle's MANIFEST, 64 hex digits
    Mode mode = Mode::Assisted;
    engine::Role role = engine::Role::Shelter;
    std::uint32_t worker = 1;    ///< number, from 1
    std::string_view day;        ///< "2026-11-24"
    std::string_view case_code;  ///< "radio-hotel-canal-482"
    std::string_view language_at_start;
    std::string_view language_at_end;
    Consent consent = Consent::NotAsked;
    std::string_view consent_key;     ///< of the catalogue: which text was shown; empty when none was
    std::string_view consent_sha256;  ///< of that text in the language shown, 64 hex digits; empty when none was
    std::string_view consent_scope;   ///< id of the form
    bool tell_worker_now = false;
    std::string_view notes;  ///< a word; empty for none
    bool training = false;

    // A withdrawn record says none of these.
    std::pmr::vector<Answer> answers;
    std::pmr::vector<Indicator> indicators;
    std::array<Reading, 3> readings{};  ///< by ReadingKind, as the form gave them
    std::optional<Raised> raised;
    engine::Names actions;  ///< ids of the steps that were shown

    /// Members that this version does not know. They stay in the JSON that was read; such a record is not written again
    /// as if it were whole.
    std::size_t unknown = 0;
    /// What the texts of a record that was read lie in.
    std::shared_ptr<const void> texts;
};

}  // namespace app::record
