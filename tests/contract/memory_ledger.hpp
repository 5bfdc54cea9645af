#pragma once
// A ledger without a database, as plain as the contract allows.

#include <algorithm>

#include "app/casebook/ledger.hpp"
#include "app/casebook/rules/case_of.hpp"
#include "tests/casebook/listing_support.hpp"
#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryLedger final : public casebook::Ledger {
  public:
    template <class T>
    using Result = casebook::Result<T>;
    using Record = casebook::Record;

    explicit MemoryLedger(MemoryRows& rows) : rows_(rows) {}

    Result<std::int64_t> keep(const casebook::Arrival& arrival) override {
        MemoryRows::Sealed row;
        row.batch = arrival.batch;
        row.device = arrival.device;
        row.name = arrival.name;
        row.sha256 = arrival.sha256;
        row.bytes.assign(arrival.sealed.begin(), arrival.sealed.end());
        const auto number = static_cast<std::int64_t>(rows_.sealed.size()) + 1;
        rows_.sealed.emplace(number, std::move(row));
        return number;
    }
    Result<std::optional<casebook::Kept>> kept_as(std::string_view device, const crypto::Digest& sha256) override {
        for (const auto& [number, row] : rows_.sealed)
            if (row.device == device && row.sha256 == sha256) return kept(number);
        return std::nullopt;
    }
    Result<std::optional<casebook::Sealed>> sealed(std::int64_t sealed) override {
        const auto found = rows_.sealed.find(sealed);
        if (found == rows_.sealed.end()) return std::nullopt;
        return casebook::Sealed{found->second.device, found->second.batch, found->second.bytes};
    }
    Result<crypto::Bytes> original(std::string_view device, std::string_view name) override {
        for (const auto& [number, row] : rows_.sealed)
            if (row.device == device && row.name == name && !row.bytes.empty()) return row.bytes;
        return tl::unexpected(casebook::Error::NotFound);
    }
    Result<void> own(std::int64_t sealed, const Record& record) override {
        rows_.sealed.at(sealed).record = record.record;
        return {};
    }
    Result<void> mark(std::int64_t sealed, const casebook::Fate& fate) override {
        rows_.sealed.at(sealed).fate = fate;
        return {};
    }
    Result<std::optional<casebook::Fate>> fate(std::int64_t sealed) override { return rows_.sealed.at(sealed).fate; }
    Result<std::vector<casebook::Kept>> waiting(std::int64_t batch) override {
        std::vector<casebook::Kept> all;
        for (const auto& [number, row] : rows_.sealed)
            if (!row.fate || (row.fate->outcome == Outcome::NotForUs && row.batch == batch))
                all.push_back(kept(number));
        return all;
    }
    Result<bool> waits(std::int64_t sealed) override {
        const auto& fate = rows_.sealed.at(sealed).fate;
        return !fate || fate->outcome == Outcome::NotForUs;
    }
    Result<std::optional<casebook::Told>> told(std::int64_t sealed) override {
        const auto& row = rows_.sealed.at(sealed);
        if (!row.fate) return std::nullopt;
        casebook::Told told{row.name, *row.fate, {}, false};
        const auto of_this = [&](const Shown& one) { return one.is.key == sealed; };
        const auto listed = std::find_if(rows_.listed.begin(), rows_.listed.end(), of_this);
        const auto held = std::find_if(rows_.held.begin(), rows_.held.end(), of_this);
        const auto erased = rows_.erased.find({row.device, row.record});
        if (erased != rows_.erased.end()) told.case_code = erased->second.is.case_code;
        for (const auto& [list, one] : {std::pair(&rows_.held, held), std::pair(&rows_.listed, listed)}) {
            if (one == list->end()) continue;
            told.case_code = one->is.case_code;
            told.interrupted = one->is.interrupted;
        }
        if (listed == rows_.listed.end() && held != rows_.held.end() && held->is.withdrawn) {
            const auto of_case = find(rows_.listed, row.device, row.record);
            if (of_case != rows_.listed.end()) told.case_code = of_case->is.case_code;
        }
        return told;
    }
    Result<std::vector<casebook::Unlisted>> unlisted() override {
        std::vector<casebook::Unlisted> all;
        for (const auto& [number, row] : rows_.sealed)
            if (row.fate && casebook::is_refusal(row.fate->outcome))
                all.push_back({row.name, row.device, row.fate->outcome, row.fate->why});
        return all;
    }
    Result<bool> has_other(std::string_view device, std::string_view record, std::int64_t sealed) override {
        return std::any_of(rows_.sealed.begin(), rows_.sealed.end(), [&](const auto& one) {
            return one.first != sealed && one.second.device == device && one.second.record == record;
        });
    }
    Result<std::optional<std::int64_t>> next_batch(std::string_view device, std::string_view record,
                                                   std::int64_t batch) override {
        std::optional<std::int64_t> next;
        for (const auto& [number, row] : rows_.sealed)
            if (row.device == device && row.record == record && row.batch > batch)
                next = std::min(next.value_or(row.batch), row.batch);
        return next;
    }
    Result<void> empty(std::int64_t sealed) override {
        rows_.sealed.at(sealed).bytes.clear();
        return mark(sealed, {Outcome::Erased, "erased"});
    }
    Result<void> empty_record(std::string_view device, std::string_view record, std::int64_t but) override {
        for (auto& [number, row] : rows_.sealed)
            if (row.device == device && row.record == record && number != but && !row.bytes.empty()) {
                row.bytes.clear();
                row.fate = {Outcome::WasWithdrawn, "erased"};
            }
        std::erase_if(rows_.held, [&](const Shown& one) { return one.is.device == device && one.is.record == record; });
        forget_handled(rows_, device, record);
        return {};
    }

    Result<void> list(const casebook::Entry& entry) override {
        auto shown = shown_of(entry);
        const auto there = find(rows_.listed, shown.is.device, shown.is.record);
        if (there != rows_.listed.end())
            *there = std::move(shown);
        else
            rows_.listed.push_back(std::move(shown));
        return {};
    }
    Result<std::optional<casebook::Listed>> listed(std::string_view device, std::string_view record) override {
        const auto there = find(rows_.listed, device, record);
        if (there == rows_.listed.end()) return std::nullopt;
        const auto& is = there->is;
        return casebook::Listed{
            is.key,     rows_.sealed.at(is.key).batch, is.revision, is.withdrawn, there->digest, is.case_code, is.day,
            is.training};
    }
    Result<casebook::CasePage> cases(const casebook::CaseQuery& query) override {
        casebook::CasePage page;
        for (auto one : rows_.listed) {
            handle(one.is, one.is.case_code);
            for (const auto& order : rows_.held)
                one.is.withdrawal_held =
                    one.is.withdrawal_held ||
                    (order.is.withdrawn && order.is.device == one.is.device && order.is.record == one.is.record);
            page.cases.push_back(one.is);
        }
        for (auto one : rows_.held) {
            if (one.is.withdrawn) continue;
            const auto there = find(rows_.listed, one.is.device, one.is.record);
            if (there != rows_.listed.end()) handle(one.is, there->is.case_code);
            one.is.doubt = rows_.sealed.at(one.is.key).fate.value_or(casebook::Fate{}).why;
            page.cases.push_back(one.is);
        }
        std::erase_if(page.cases, [&](const auto& one) { return !passes(query, one); });
        std::sort(page.cases.begin(), page.cases.end(), comparison(query.order));
        if (query.counted) page.total = page.cases.size();
        if (query.after)
            std::erase_if(page.cases, [&](const auto& one) { return !comparison(query.order)(*query.after, one); });
        page.cases.erase(page.cases.begin(),
                         page.cases.begin() + static_cast<std::ptrdiff_t>(std::min(query.skip, page.cases.size())));
        page.more = query.most > 0 && page.cases.size() > query.most;
        if (page.more) page.cases.resize(query.most);
        return page;
    }
    Result<std::string> json(std::string_view device, std::string_view record, std::string_view version) override {
        for (const auto* list : {&rows_.listed, &rows_.held})
            for (const auto& one : *list)
                if (one.is.device == device && one.is.record == record && one.is.version == version) return one.json;
        return tl::unexpected(casebook::Error::NotFound);
    }

    Result<void> hold(const casebook::Entry& entry) override {
        rows_.held.push_back(shown_of(entry));
        return {};
    }
    Result<void> hold_listed(std::int64_t sealed) override {
        const auto same = [&](const Shown& one) { return one.is.key == sealed; };
        if (std::any_of(rows_.held.begin(), rows_.held.end(), same)) return {};
        const auto there = std::find_if(rows_.listed.begin(), rows_.listed.end(), same);
        if (there != rows_.listed.end()) rows_.held.push_back(*there);
        return {};
    }
    Result<bool> is_held(std::string_view device, std::string_view record, const crypto::Digest& digest) override {
        return std::any_of(rows_.held.begin(), rows_.held.end(), [&](const Shown& one) {
            return one.is.device == device && one.is.record == record && one.digest == digest;
        });
    }
    Result<std::vector<casebook::Held>> held() override {
        std::vector<casebook::Held> all;
        for (const auto& one : rows_.held) {
            const auto there = find(rows_.listed, one.is.device, one.is.record);
            const bool of_listed = one.is.withdrawn && there != rows_.listed.end();
            all.push_back({one.is.device, one.is.record, of_listed ? there->is.case_code : one.is.case_code,
                           one.is.revision, one.is.withdrawn,
                           rows_.sealed.at(one.is.key).fate.value_or(casebook::Fate{}).why, one.is.version});
        }
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return std::tie(a.device, a.record) < std::tie(b.device, b.record);
        });
        return all;
    }
    Result<std::vector<casebook::Kept>> held_of(std::string_view device) override {
        return latest_first([&](const Shown& one) { return one.is.device == device; });
    }
    Result<std::vector<casebook::Kept>> held_as(const casebook::Held& held) override {
        return latest_first([&](const Shown& one) {
            return one.is.device == held.device && one.is.record == held.record && one.is.version == held.version &&
                   one.is.withdrawn == held.withdrawal;
        });
    }
    Result<std::optional<std::string>> held_json(std::int64_t sealed) override {
        for (const auto& one : rows_.held)
            if (one.is.key == sealed) return one.json;
        return std::nullopt;
    }
    Result<void> release(std::int64_t sealed) override {
        std::erase_if(rows_.held, [&](const Shown& one) { return one.is.key == sealed; });
        return {};
    }

  private:
    using Shown = MemoryRows::Shown;

    /// What the latest steps of the forms say that are listed under this code.
    void handle(casebook::Case& one, const std::string& code) {
        using casebook::StepKind;
        for (const auto& step : rows_.steps) {
            const auto of = find(rows_.listed, step.device, step.record);
            if (step.device != one.device || of == rows_.listed.end() || of->is.case_code != code) continue;
            if (step.kind == StepKind::Status)
                one.status = casebook::case_status_from_word(step.text).value_or(casebook::CaseStatus::New);
            if (step.kind == StepKind::Assigned) one.assigned = step.text;
            if (const auto state = casebook::referral_state_from_word(to_word(step.kind))) one.referred = *state;
        }
    }

    [[nodiscard]] casebook::Kept kept(std::int64_t sealed) const {
        const auto& row = rows_.sealed.at(sealed);
        return {sealed, row.batch, row.bytes.empty()};
    }

    static Shown shown_of(const casebook::Entry& entry) {
        Shown shown{casebook::rules::case_of(entry.record), std::string(entry.json),
                    crypto::sha256(ready(), crypto::as_bytes(entry.json))};
        shown.is.key = entry.sealed;
        shown.is.version = crypto::to_hex(shown.digest);
        return shown;
    }
    static std::vector<Shown>::iterator find(std::vector<Shown>& list, std::string_view device,
                                             std::string_view record) {
        return std::find_if(list.begin(), list.end(),
                            [&](const Shown& one) { return one.is.device == device && one.is.record == record; });
    }
    template <class Which>
    std::vector<casebook::Kept> latest_first(const Which& which) {
        std::vector<const Shown*> found;
        for (const auto& one : rows_.held)
            if (which(one)) found.push_back(&one);
        std::stable_sort(found.begin(), found.end(),
                         [](const auto* a, const auto* b) { return a->is.revision > b->is.revision; });
        std::vector<casebook::Kept> all;
        for (const auto* one : found) all.push_back(kept(one->is.key));
        return all;
    }

    MemoryRows& rows_;
};

}  // namespace test
