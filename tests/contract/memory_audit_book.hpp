#pragma once
// Audits without a database, as plain as the contract allows.

#include <algorithm>
#include <tuple>

#include "app/exchange/audit.hpp"
#include "crypto/try.hpp"
#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryAuditBook final : public app::casebook::AuditBook {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using Chain = app::casebook::rules::AuditChain;
    using ArrivedEntry = app::casebook::ArrivedEntry;

    explicit MemoryAuditBook(MemoryRows& rows) : rows_(rows) {}

    Result<void> keep(const ArrivedEntry& entry) override {
        rows_.entries.push_back({std::string(entry.device), entry.epoch, entry.number, std::string(entry.name),
                                 entry.sha256, crypto::Bytes(entry.sealed.begin(), entry.sealed.end())});
        return {};
    }
    Result<std::vector<app::casebook::rules::EntryBeside>> beside(const ArrivedEntry& entry) override {
        std::vector<app::casebook::rules::EntryBeside> found;
        for (const auto& one : rows_.entries)
            if (one.device == entry.device && one.number == entry.number)
                found.push_back({one.epoch, one.sha256 == entry.sha256 && one.name == entry.name});
        return found;
    }
    Result<void> each_after(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                            const SeeEntry& see) override {
        std::vector<MemoryRows::Entry> found;
        for (const auto& one : rows_.entries)
            if (one.device == device && one.epoch == epoch && one.number > number) found.push_back(one);
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
        for (const auto& one : found) {
            AMPARO_TRY(const more, see(one.name, one.sealed));
            if (!more) break;
        }
        return {};
    }
    Result<std::vector<app::casebook::AuditEntry>> entries(std::string_view device) override {
        std::map<std::tuple<std::string, std::uint64_t, std::string, crypto::Digest>, MemoryRows::Entry> once;
        for (const auto& one : rows_.entries) {
            if (!device.empty() && one.device != device) continue;
            auto& kept = once.try_emplace({one.device, one.number, one.name, one.sha256}, one).first->second;
            kept.epoch = std::min(kept.epoch, one.epoch);
        }
        std::vector<app::casebook::AuditEntry> all;
        for (const auto& [key, one] : once) all.push_back({one.device, one.epoch, one.name, one.sealed});
        std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
            return std::pair(a.device, a.epoch) < std::pair(b.device, b.epoch);
        });
        return all;
    }
    Result<std::vector<std::uint64_t>> epochs(std::string_view device) override {
        std::set<std::uint64_t> found;
        for (const auto& one : rows_.entries)
            if (one.device == device) found.insert(one.epoch);
        return std::vector<std::uint64_t>(found.begin(), found.end());
    }
    Result<std::uint64_t> first_number(std::string_view device, std::uint64_t epoch) override {
        const auto all = numbers(device, epoch);
        return all.empty() ? 0 : *all.begin();
    }
    Result<std::uint64_t> last_number(std::string_view device, std::uint64_t epoch) override {
        const auto all = numbers(device, epoch);
        return all.empty() ? 0 : *all.rbegin();
    }
    Result<bool> notes(std::string_view device, std::uint64_t epoch, std::string_view type) override {
        return std::any_of(rows_.entries.begin(), rows_.entries.end(), [&](const auto& one) {
            const auto name = app::exchange::parse_audit_name(one.name);
            return one.device == device && (one.epoch == 0 || one.epoch == epoch) && name && name->type == type;
        });
    }
    Result<bool> left_behind(std::string_view device, std::uint64_t before, std::uint64_t number,
                             std::uint64_t epoch) override {
        return std::any_of(rows_.entries.begin(), rows_.entries.end(), [&](const auto& one) {
            if (one.device != device || one.epoch != before || one.number <= number) return false;
            return std::none_of(rows_.entries.begin(), rows_.entries.end(), [&](const auto& other) {
                return other.device == device && other.epoch == epoch && other.number == one.number &&
                       other.name == one.name && other.sha256 == one.sha256;
            });
        });
    }

    Result<std::optional<Chain>> chain(std::string_view device, std::uint64_t epoch) override {
        const auto found = rows_.chains.find({std::string(device), epoch});
        if (found == rows_.chains.end()) return std::nullopt;
        return found->second;
    }
    Result<void> set_chain(std::string_view device, const Chain& chain) override {
        auto& kept = rows_.chains.try_emplace({std::string(device), chain.epoch}, chain).first->second;
        kept.number = chain.number;
        kept.head = chain.head;
        kept.broken = chain.broken;
        return {};
    }
    Result<void> claim(std::string_view device, std::uint64_t epoch, std::uint64_t number,
                       const crypto::Digest& head) override {
        const auto all = claims(device, epoch, number);
        if (std::find(all->begin(), all->end(), head) == all->end())
            rows_.claims.push_back({std::string(device), epoch, number, head});
        return {};
    }
    Result<std::vector<crypto::Digest>> claims(std::string_view device, std::uint64_t epoch,
                                               std::uint64_t number) override {
        std::vector<crypto::Digest> found;
        for (const auto& one : rows_.claims)
            if (one.device == device && one.epoch == epoch && one.number == number) found.push_back(one.head);
        return found;
    }

  private:
    [[nodiscard]] std::set<std::uint64_t> numbers(std::string_view device, std::uint64_t epoch) const {
        std::set<std::uint64_t> found;
        for (const auto& one : rows_.entries)
            if (one.device == device && one.epoch == epoch) found.insert(one.number);
        return found;
    }

    MemoryRows& rows_;
};

}  // namespace test
