#pragma once
// Erasing without a database, as plain as the contract allows.

#include <algorithm>

#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryErasures final : public app::casebook::Erasures {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using Erasable = app::casebook::Erasable;
    using Erased = app::casebook::Erased;
    using Outcome = app::casebook::Outcome;

    explicit MemoryErasures(MemoryRows& rows) : rows_(rows) {}

    Result<std::vector<Erasable>> kept() override {
        std::map<Id, Erasable> all;
        for (const auto& [number, row] : rows_.sealed) {
            if (row.record.empty()) continue;
            auto& one = all[{row.device, row.record}];
            one.device = row.device;
            one.record = row.record;
            if (!row.bytes.empty()) ++one.sealed;
            one.held += static_cast<std::size_t>(std::count_if(
                rows_.held.begin(), rows_.held.end(), [key = number](const auto& held) { return held.is.key == key; }));
        }
        std::vector<Erasable> found;
        for (auto& [id, one] : all) {
            name(one);
            found.push_back(std::move(one));
        }
        return found;
    }
    Result<std::vector<app::casebook::HeldName>> held(std::string_view device, std::string_view record) override {
        std::vector<app::casebook::HeldName> found;
        for (const auto& one : rows_.held)
            if (one.is.device == device && one.is.record == record) found.push_back({one.is.case_code, one.is.day});
        return found;
    }
    Result<std::vector<crypto::Digest>> digests(std::string_view device, std::string_view record) override {
        std::vector<crypto::Digest> found;
        for (const auto& [number, row] : rows_.sealed)
            if (row.device == device && row.record == record) found.push_back(row.sha256);
        return found;
    }
    Result<void> each_stray(const SeeStray& see) override {
        for (const auto& [number, row] : rows_.sealed) {
            if (row.bytes.empty()) continue;
            if (first(rows_.listed, row.device, row.record) != nullptr) continue;
            if (first(rows_.held, row.device, row.record) != nullptr) continue;
            if (auto done = see({number, row.device, row.name}, row.bytes); !done) return done;
        }
        return {};
    }
    Result<bool> same_was_erased(std::int64_t sealed) override {
        const auto& digest = rows_.sealed.at(sealed).sha256;
        return std::any_of(rows_.sealed.begin(), rows_.sealed.end(), [&](const auto& one) {
            const auto& row = one.second;
            return row.sha256 == digest && row.fate && row.fate->outcome == Outcome::Erased && !row.record.empty();
        });
    }

    Result<void> erase(std::string_view device, std::string_view record) override {
        const auto is_it = [&](const auto& one) { return one.is.device == device && one.is.record == record; };
        std::erase_if(rows_.held, is_it);
        std::erase_if(rows_.listed, is_it);
        forget_handled(rows_, device, record);
        const auto gone = digests(device, record);
        for (auto& [number, row] : rows_.sealed) {
            if (row.device != device && !row.record.empty()) continue;
            if (std::find(gone->begin(), gone->end(), row.sha256) == gone->end()) continue;
            row.bytes.clear();
            row.fate = {Outcome::Erased, "erased"};
        }
        return {};
    }

    Result<void> note(const Erased& erased, bool whole_visit) override {
        auto& kept = rows_.erased
                         .try_emplace({erased.device, erased.record},
                                      MemoryRows::Erased{erased, whole_visit, rows_.erased.size()})
                         .first->second;
        kept.whole_visit = kept.whole_visit || whole_visit;
        return {};
    }
    Result<void> note_with_visit(std::string_view device, std::string_view record,
                                 std::string_view case_code) override {
        const auto* const visit = visit_of(device, case_code);
        if (visit == nullptr) return {};
        auto also = visit->is;
        also.record = record;
        if (!*was_erased(device, record)) return note(also, true);
        return {};
    }
    Result<bool> was_erased(std::string_view device, std::string_view record) override {
        return rows_.erased.contains({std::string(device), std::string(record)});
    }
    Result<bool> visit_was_erased(std::string_view device, std::string_view case_code) override {
        return visit_of(device, case_code) != nullptr;
    }
    Result<std::vector<Erased>> erased() override {
        std::vector<MemoryRows::Erased> notes;
        for (const auto& [id, one] : rows_.erased) notes.push_back(one);
        std::sort(notes.begin(), notes.end(), [](const auto& a, const auto& b) {
            return std::pair(a.is.day, a.place) > std::pair(b.is.day, b.place);
        });
        std::vector<Erased> all;
        for (auto& one : notes) {
            all.push_back(std::move(one.is));
            all.back().whole_visit = one.whole_visit;
        }
        return all;
    }

  private:
    using Id = std::pair<std::string, std::string>;  // device and record

    static const MemoryRows::Shown* first(const std::vector<MemoryRows::Shown>& list, std::string_view device,
                                          std::string_view record) {
        const auto found = std::find_if(list.begin(), list.end(), [&](const auto& one) {
            return one.is.device == device && one.is.record == record;
        });
        return found == list.end() ? nullptr : &*found;
    }
    void name(Erasable& one) const {
        const auto* const listed = first(rows_.listed, one.device, one.record);
        const auto* const waiting = first(rows_.held, one.device, one.record);
        const auto note = rows_.erased.find({one.device, one.record});
        one.erased = note != rows_.erased.end();
        one.withdrawn = listed != nullptr && listed->is.withdrawn;
        if (one.erased) one.case_code = note->second.is.case_code;
        if (const auto* const says = listed != nullptr ? listed : waiting) {
            one.case_code = says->is.case_code;
            one.form = says->is.form;
            one.day = says->is.day;
        }
    }
    [[nodiscard]] const MemoryRows::Erased* visit_of(std::string_view device, std::string_view case_code) const {
        const MemoryRows::Erased* found = nullptr;
        for (const auto& [id, one] : rows_.erased)
            if (id.first == device && one.is.case_code == case_code && one.whole_visit &&
                (found == nullptr || one.place < found->place))
                found = &one;
        return found;
    }

    MemoryRows& rows_;
};

}  // namespace test
