// Erasing on request or by age: the rows go, a note without content stays, and what still comes is erased as it comes.
#include <algorithm>
#include <filesystem>

#include "app/casebook/parts.hpp"
#include "crypto/try.hpp"

namespace app::casebook {

namespace fs = std::filesystem;

std::string_view to_word(ErasedFor cause) noexcept {
    switch (cause) {
        case ErasedFor::Request:
            return "request";
        case ErasedFor::Age:
            return "age";
    }
    return "";
}

Keeping keeping_of(std::string_view day, exchange::Day today, std::uint32_t days) noexcept {
    const auto said = exchange::parse_day(day);
    if (!said || *said < keeping_since || *said > today) return Keeping::Unbelievable;
    return today - *said > std::chrono::days(days) ? Keeping::Past : Keeping::Within;
}

/// What comes of something that a coordinator erased; nothing when it has nothing to do with it. A source in doubt
/// could name any record and so have it erased before it comes: what it brings of the visit waits for a person. What is
/// listed as another case does not belong to the visit.
Result<std::optional<detail::Opened>> Casebook::Parts::file_erased(const detail::Unsealed& one) {
    const auto& record = one.record;
    AMPARO_TRY(const erased, erasures.was_erased(record.device, record.record));
    if (!erased) {
        AMPARO_TRY(const visit, erasures.visit_was_erased(record.device, record.case_code));
        if (!visit) return std::nullopt;
        AMPARO_TRY(const listed, ledger.listed(record.device, record.record));
        if (listed) return std::nullopt;
        AMPARO_TRY(const doubt, doubt_of(one.batch));
        if (doubt != Doubt::None) return hold(one, doubt);
        AMPARO_DO(erasures.note_with_visit(record.device, record.record, record.case_code));
    }
    return erased_as_it_came(one.sealed);
}

namespace {

/// What is held of a record counts as well: under which codes it can be found, and its latest day.
Result<bool> look_at_held(Erasures& erasures, Erasable& one, std::string_view name) {
    AMPARO_TRY(const held, erasures.held(one.device, one.record));
    bool named = false;
    for (const auto& other : held) {
        named = named || other.case_code == name;
        one.day = std::max(one.day, other.day);  // days sort as texts
    }
    return named;
}

Erased note_of(const Erasable& one, const Erasure& how, const std::string& by) {
    return {one.device,
            one.record,
            one.case_code,
            exchange::day_text(how.day),
            how.cause,
            how.reason.substr(0, erasure_most_reason),
            by};
}

Erased of_record(Erased note, const std::string& record) {
    note.record = record;
    return note;
}

std::vector<Erasable> erasable_of(std::span<const Erased> notes) {
    std::vector<Erasable> all;
    for (const auto& note : notes) {
        all.emplace_back();
        all.back().device = note.device;
        all.back().record = note.record;
    }
    return all;
}

/// First the file, then the note of it: a note without a copy is mended by erasing again, a copy without one by nobody.
Result<void> remove_copies(Refusals& refusals, const fs::path& folder, std::span<const RefusedCopy> copies) {
    for (const auto& copy : copies) {
        std::error_code failure;
        fs::remove(folder / copy.kept_as, failure);
        if (failure) return tl::unexpected(Error::ReadOnly);
        AMPARO_DO(refusals.note_no_copy(fs::path(copy.kept_as).stem().string()));
    }
    return {};
}

}  // namespace

/// Inside a change.
Result<void> Casebook::Parts::erase_traces(const Traces& traces) {
    for (const auto& stray : traces.strays) AMPARO_DO(ledger.empty(stray.key));
    return remove_copies(refusals, quarantine_of(file), traces.copies);
}

Result<std::vector<Erasable>> Casebook::erasable(std::string_view name,
                                                 std::span<const crypto::open::Identity> identities) {
    if (auto done = open_waiting(identities); !done) return tl::unexpected(done.error());
    AMPARO_TRY(all, parts_->erasures.kept());
    std::vector<Erasable> found;
    for (auto& one : all) {
        AMPARO_TRY(const held, look_at_held(parts_->erasures, one, name));
        // What an earlier withdrawal or erasure left of a record is not listed and says no code.
        if (name.empty() ? !one.erased : one.case_code == name || one.record == name || held)
            found.push_back(std::move(one));
    }
    return found;
}

Result<void> Casebook::erase(std::span<const Erasable> records, const Traces& traces, const Erasure& how) {
    AMPARO_TRY(const change, parts_->custody->begin());
    for (const auto& one : records) {
        AMPARO_DO(parts_->erasures.erase(one.device, one.record));
        AMPARO_DO(parts_->erasures.note(note_of(one, how, parts_->opened_by), how.whole_visit));
    }
    AMPARO_DO(parts_->erase_traces(traces));
    AMPARO_DO(change->commit());
    return {};
}

Result<std::size_t> Casebook::heed_erased(std::span<const Erased> notes,
                                          std::span<const crypto::open::Identity> identities) {
    AMPARO_TRY(const here, erasable({}, identities));
    std::vector<Erased> all(notes.begin(), notes.end());
    for (const auto& one : here)
        for (const auto& note : notes)
            if (note.whole_visit && note.device == one.device && note.case_code == one.case_code)
                all.push_back(of_record(note, one.record));
    std::vector<Traces> found;
    AMPARO_TRY(of_records, traces(erasable_of(all), {}, identities));
    found.push_back(std::move(of_records));
    for (const auto& note : notes) {
        if (!note.whole_visit) continue;
        AMPARO_TRY(of_visit, traces(erasable_of({&note, 1}), note.case_code, identities));
        found.push_back(std::move(of_visit));
    }
    AMPARO_TRY(const change, parts_->custody->begin());
    for (const auto& note : all) {
        AMPARO_DO(parts_->erasures.erase(note.device, note.record));
        AMPARO_DO(parts_->erasures.note(note, note.whole_visit));
    }
    for (const auto& one : found) AMPARO_DO(parts_->erase_traces(one));
    AMPARO_DO(change->commit());
    return static_cast<std::size_t>(std::count_if(here.begin(), here.end(), [&](const Erasable& one) {
        return std::any_of(all.begin(), all.end(),
                           [&](const Erased& note) { return note.device == one.device && note.record == one.record; });
    }));
}

Result<void> Casebook::compact() {
    return parts_->custody->compact();
}

Result<std::vector<Erased>> Casebook::erased() {
    return parts_->erasures.erased();
}

}  // namespace app::casebook
