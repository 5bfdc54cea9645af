#pragma once
// Batches without a database, as plain as the contract allows.

#include <algorithm>

#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryBatches final : public app::casebook::Batches {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using Batch = app::casebook::rules::Batch;
    using KnownDevice = app::casebook::KnownDevice;
    using BatchOrigin = app::casebook::BatchOrigin;

    explicit MemoryBatches(MemoryRows& rows) : rows_(rows) {}

    Result<std::optional<KnownDevice>> device(std::string_view device) override {
        const auto found = rows_.devices.find(device);
        if (found == rows_.devices.end()) return std::nullopt;
        return KnownDevice{found->first, found->second.forked, found->second.revoked};
    }
    Result<std::vector<KnownDevice>> devices() override {
        std::vector<KnownDevice> all;
        for (const auto& [name, one] : rows_.devices) all.push_back({name, one.forked, one.revoked});
        return all;
    }
    Result<void> note(std::string_view device, bool forked) override {
        auto& one = rows_.devices[std::string(device)];
        one.forked = one.forked || forked;
        return {};
    }
    Result<void> revoke(std::string_view device, bool revoked) override {
        rows_.devices[std::string(device)].revoked.own = revoked;
        return {};
    }
    Result<app::casebook::Heeded> heeded() override { return rows_.heeded; }
    Result<void> heed(const app::casebook::Heeded& bundle, const std::vector<std::string>& revoked) override {
        for (auto& [name, one] : rows_.devices) one.revoked.bundle = 0;
        for (const auto& device : revoked) rows_.devices[device].revoked.bundle = bundle.bundle;
        rows_.heeded = bundle;
        return {};
    }

    Result<std::int64_t> keep(const app::casebook::ArrivedBatch& batch) override {
        const auto number = static_cast<std::int64_t>(rows_.batches.size()) + 1;
        const crypto::Bytes certificate(batch.certificate.begin(), batch.certificate.end());
        rows_.batches.emplace(number, MemoryRows::Batch{std::string(batch.device), batch.is, certificate, false});
        return number;
    }
    Result<void> mark_ended(std::int64_t batch, bool ended) override {
        rows_.batches.at(batch).ended = ended;
        return {};
    }
    Result<std::optional<std::int64_t>> number_of(std::string_view device, const Batch& batch) override {
        for (const auto& [number, row] : rows_.batches)
            if (row.device == device && row.is.epoch == batch.epoch && row.is.sequence == batch.sequence &&
                row.is.manifest == batch.manifest)
                return number;
        return std::nullopt;
    }
    Result<std::optional<BatchOrigin>> origin(std::int64_t batch) override {
        const auto found = rows_.batches.find(batch);
        if (found == rows_.batches.end()) return std::nullopt;
        return origin_of(found->second);
    }
    Result<std::optional<Batch>> named(std::string_view device, const crypto::Digest& manifest) override {
        for (const auto& one : of(device))
            if (one.is.manifest == manifest) return Batch{one.is.epoch, one.is.sequence, manifest, {}};
        return std::nullopt;
    }
    Result<std::vector<Batch>> beside(std::string_view device, const Batch& batch) override {
        std::vector<Batch> found;
        for (const auto& one : of(device))
            if (one.is.epoch == batch.epoch && one.is.sequence + 1 >= batch.sequence &&
                one.is.sequence <= batch.sequence + 1)
                found.push_back(one.is);
        return found;
    }
    Result<std::vector<Batch>> places(std::string_view device) override {
        std::vector<Batch> found;
        for (const auto& one : of(device)) {
            const auto& is = one.is;
            if (found.empty() || found.back().epoch != is.epoch || found.back().sequence != is.sequence)
                found.push_back({is.epoch, is.sequence, {}, is.previous});
        }
        return found;
    }
    Result<std::optional<BatchOrigin>> last(std::string_view device) override {
        const auto all = of(device);
        if (all.empty()) return std::nullopt;
        return origin_of(all.back());
    }

    Result<std::uint64_t> last_sequence(std::string_view device, std::uint64_t epoch) override {
        std::uint64_t last = 0;
        for (const auto& one : of(device))
            if (one.is.epoch == epoch) last = std::max(last, one.is.sequence);
        return last;
    }
    Result<std::uint64_t> count_up_to(std::string_view device, std::uint64_t epoch, std::uint64_t sequence) override {
        std::set<std::uint64_t> here;
        for (const auto& one : of(device))
            if (one.is.epoch == epoch && one.is.sequence <= sequence) here.insert(one.is.sequence);
        return here.size();
    }
    Result<std::uint64_t> epoch_before(std::string_view device, std::uint64_t epoch) override {
        std::uint64_t highest = 0;
        for (const auto& one : of(device))
            if (one.is.epoch < epoch) highest = std::max(highest, one.is.epoch);
        return highest;
    }
    Result<std::vector<crypto::Digest>> named_by_next_epoch(std::string_view device, std::uint64_t epoch) override {
        std::vector<crypto::Digest> named;
        std::uint64_t next = 0;
        for (const auto& one : of(device)) {
            if (one.is.epoch > epoch && next == 0) next = one.is.epoch;
            if (next != 0 && one.is.epoch == next && one.is.sequence == 1) named.push_back(one.is.previous);
        }
        return named;
    }
    Result<std::vector<std::uint64_t>> begun_epochs(std::string_view device) override {
        std::set<std::uint64_t> begun;
        for (const auto& one : of(device))
            if (one.is.sequence == 1) begun.insert(one.is.epoch);
        return std::vector<std::uint64_t>(begun.begin(), begun.end());
    }
    Result<bool> has_begun(std::string_view device, std::uint64_t epoch) override {
        const auto begun = begun_epochs(device);
        return std::find(begun->begin(), begun->end(), epoch) != begun->end();
    }
    Result<bool> names_nothing_before(std::string_view device, std::uint64_t epoch) override {
        for (const auto& one : of(device)) {
            if (one.is.epoch < epoch) return false;
            if (one.is.epoch == epoch && one.is.sequence == 1) return one.is.previous == crypto::Digest{};
        }
        return true;
    }
    Result<void> each_certificate(std::string_view device, std::uint64_t epoch, const SeeCertificate& see) override {
        for (const auto& one : of(device))
            if (one.is.epoch == epoch) see(one.certificate);
        return {};
    }
    Result<bool> audit_unknown(std::string_view device) override {
        const auto all = of(device);
        return std::any_of(all.begin(), all.end(), [&](const auto& one) {
            return one.is.sequence == 1 && one.is.previous == crypto::Digest{} && one.is.epoch > all.front().is.epoch;
        });
    }

  private:
    /// By epoch and sequence, then in the order in which they came.
    [[nodiscard]] std::vector<MemoryRows::Batch> of(std::string_view device) const {
        std::vector<MemoryRows::Batch> found;
        for (const auto& [number, row] : rows_.batches)
            if (row.device == device) found.push_back(row);
        std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return std::pair(a.is.epoch, a.is.sequence) < std::pair(b.is.epoch, b.is.sequence);
        });
        return found;
    }
    [[nodiscard]] BatchOrigin origin_of(const MemoryRows::Batch& row) const {
        const auto& known = rows_.devices.at(row.device);
        return {{row.device, known.forked, known.revoked}, row.is.epoch, row.is.sequence, row.ended, row.certificate};
    }

    MemoryRows& rows_;
};

}  // namespace test
