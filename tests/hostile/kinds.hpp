// Kinds of hostile or damaged batches, each with the one reaction that is right: what `amparo import` says, what it
// exits with, and what is in the casebook afterwards.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "app/casebook/casebook.hpp"
#include "tests/hostile/forge.hpp"

namespace hostile {

/// Where a kind puts its batch, beside a casebook of its own.
struct Place {
    const Forge& forge;
    fs::path root;   ///< with casebook/ and keys/
    fs::path stick;  ///< the folder of the batch
    fs::path file;   ///< that is imported

    void write(const Bytes& bytes) const { test::write(file, bytes); }
    [[nodiscard]] app::casebook::Casebook book() const;
    /// Takes a batch in beforehand.
    void import(const Bytes& bytes) const;
};

enum class Fate {
    TakenIn,
    TryAgain,     ///< refused, nothing noted: another copy, key or program may cure it
    Quarantined,  ///< refused, a copy kept
    Noted,        ///< refused, only name, size and digest noted
};

struct Reaction {
    Fate fate = Fate::TakenIn;
    int code = 0;
    std::string word = "in-order";  ///< in --json: its standing, or why it was refused
    std::string detail{};           ///< in --json, and in the quarantine
    /// On standard error: the reason of a refusal, or every line about what is taken in. `{device}` is the device's id.
    std::string said{};
    std::vector<std::string> outcomes{};  ///< of its records, sorted
    std::size_t cases = 1;                ///< listed afterwards; the first is the one that was there
    bool receipt = false;
    std::string out{};           ///< further lines on standard output
    std::uint64_t sequence = 2;  ///< of what is taken in
    bool first_kept = true;      ///< the record that was there is as it was
};

/// Refused, and nothing noted.
[[nodiscard]] inline Reaction try_again(std::string word, std::string detail, std::string said) {
    return {Fate::TryAgain, 1, std::move(word), std::move(detail), std::move(said)};
}
[[nodiscard]] inline Reaction quarantined(std::string word, std::string detail, std::string said) {
    return {Fate::Quarantined, 1, std::move(word), std::move(detail), std::move(said)};
}
/// In order and with a receipt; every record is a case of its own.
[[nodiscard]] inline Reaction taken_in(std::vector<std::string> outcomes = {"new"}) {
    Reaction reaction;
    reaction.cases = 1 + outcomes.size();
    reaction.outcomes = std::move(outcomes);
    reaction.receipt = true;
    return reaction;
}

struct Kind {
    std::string name;
    std::function<void(const Place&)> put;
    Reaction reaction;
};
using Kinds = std::vector<Kind>;

[[nodiscard]] Kinds outer_kinds();
[[nodiscard]] Kinds archive_kinds();
[[nodiscard]] Kinds signed_kinds();
[[nodiscard]] Kinds device_kinds();
[[nodiscard]] Kinds record_kinds();

/// An honest batch whose members are changed before FILL is added.
[[nodiscard]] inline std::function<void(const Place&)> spoiled(
    const std::function<void(const Forge&, Members&)>& change, bool with_return = false) {
    return [change, with_return](const Place& place) {
        auto members = place.forge.members(with_return);
        change(place.forge, members);
        place.write(place.forge.filled(std::move(members)));
    };
}

}  // namespace hostile
