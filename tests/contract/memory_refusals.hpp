#pragma once
// Refused files without a database, as plain as the contract allows.

#include <algorithm>

#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryRefusals final : public app::casebook::Refusals {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using Quarantined = app::casebook::Quarantined;

    explicit MemoryRefusals(MemoryRows& rows) : rows_(rows) {}

    Result<void> note(const Quarantined& refused) override {
        for (auto& one : rows_.refused)
            if (one.file_sha256 == refused.file_sha256 && one.bytes == refused.bytes) {
                one.kept = one.kept || refused.kept;
                return {};
            }
        rows_.refused.push_back(refused);
        return {};
    }
    Result<bool> forget(std::string_view file_sha256) override {
        return std::erase_if(rows_.refused, [&](const auto& one) { return one.file_sha256 == file_sha256; }) > 0;
    }
    Result<void> note_no_copy(std::string_view file_sha256) override {
        for (auto& one : rows_.refused)
            if (one.file_sha256 == file_sha256) one.kept = false;
        return {};
    }
    Result<std::vector<Quarantined>> all() override { return rows_.refused; }

  private:
    MemoryRows& rows_;
};

}  // namespace test
