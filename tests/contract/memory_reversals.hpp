#pragma once
// Putting right without a database, as plain as the contract allows.

#include <algorithm>

#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryReversals final : public app::casebook::Reversals {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using ForkPlace = app::casebook::ForkPlace;
    using Outcome = app::casebook::Outcome;

    explicit MemoryReversals(MemoryRows& rows) : rows_(rows) {}

    Result<std::vector<std::int64_t>> withdrawals_since(std::string_view device, const ForkPlace& since) override {
        std::vector<std::int64_t> found;
        for (const auto& one : rows_.listed) {
            const auto& row = rows_.sealed.at(one.is.key);
            if (one.is.device != device || !one.is.withdrawn || !row.fate || !came_since(row.batch, since)) continue;
            if (row.fate->outcome != Outcome::Withdrawn || row.fate->why == app::casebook::decided_word) continue;
            const bool emptied = std::any_of(rows_.sealed.begin(), rows_.sealed.end(), [&](const auto& other) {
                return other.second.device == device && other.second.record == one.is.record && other.second.fate &&
                       other.second.fate->outcome == Outcome::WasWithdrawn;
            });
            if (emptied) found.push_back(one.is.key);
        }
        return found;
    }
    Result<void> reopen_hidden_since(std::string_view device, const ForkPlace& since) override {
        for (auto& [number, row] : rows_.sealed)
            if (row.device == device && is_hidden(number, since)) row.fate.reset();
        return {};
    }
    Result<void> reopen_hidden(std::int64_t sealed) override {
        if (is_hidden(sealed, {})) rows_.sealed.at(sealed).fate.reset();
        return {};
    }
    Result<std::optional<std::int64_t>> emptied(std::string_view device, const crypto::Digest& sha256) override {
        for (const auto& [number, row] : rows_.sealed)
            if (row.device == device && row.sha256 == sha256 && row.bytes.empty() && row.fate &&
                row.fate->outcome == Outcome::WasWithdrawn)
                return number;
        return std::nullopt;
    }
    Result<std::optional<Order>> withdrawal_of(std::int64_t sealed) override {
        const auto* one = listed_of(sealed);
        if (one == nullptr || !one->is.withdrawn) return std::nullopt;
        const auto& row = rows_.sealed.at(one->is.key);
        return Order{row.batch, row.fate.value_or(app::casebook::Fate{})};
    }
    Result<void> fill_again(std::int64_t sealed, crypto::ByteView bytes) override {
        auto& row = rows_.sealed.at(sealed);
        row.bytes.assign(bytes.begin(), bytes.end());
        row.fate.reset();
        return {};
    }

  private:
    [[nodiscard]] bool came_since(std::int64_t batch, const ForkPlace& since) const {
        const auto& is = rows_.batches.at(batch).is;
        return std::pair(is.epoch, is.sequence) >= std::pair(since.epoch, since.sequence);
    }
    /// What is listed of the record of a sealed one.
    [[nodiscard]] const MemoryRows::Shown* listed_of(std::int64_t sealed) const {
        const auto& row = rows_.sealed.at(sealed);
        for (const auto& one : rows_.listed)
            if (one.is.device == row.device && one.is.record == row.record) return &one;
        return nullptr;
    }
    [[nodiscard]] bool is_hidden(std::int64_t sealed, const ForkPlace& since) const {
        const auto& row = rows_.sealed.at(sealed);
        if (row.bytes.empty() || row.record.empty() || !row.fate || row.fate->outcome > Outcome::Older) return false;
        const auto* const over = listed_of(sealed);
        if (over == nullptr || over->is.key == sealed) return false;
        if (std::any_of(rows_.held.begin(), rows_.held.end(), [&](const auto& one) { return one.is.key == sealed; }))
            return false;
        const auto& other = rows_.sealed.at(over->is.key);
        const auto why = other.fate.value_or(app::casebook::Fate{}).why;
        return why != app::casebook::decided_word && came_since(other.batch, since);
    }

    MemoryRows& rows_;
};

}  // namespace test
