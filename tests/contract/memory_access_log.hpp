#pragma once
// Who opened which case without a database, as plain as the contract allows.

#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryAccessLog final : public app::casebook::AccessLog {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using Access = app::casebook::Access;

    explicit MemoryAccessLog(MemoryRows& rows) : rows_(rows) {}

    Result<void> add(const Access& access) override {
        rows_.accesses.push_back(access);
        return {};
    }
    Result<std::vector<Access>> latest(std::string_view name, std::size_t most) override {
        std::vector<Access> found;
        for (auto one = rows_.accesses.rbegin(); one != rows_.accesses.rend(); ++one) {
            if (most != 0 && found.size() == most) break;
            auto access = *one;
            access.case_code = code_of(access);
            if (name.empty() || access.record == name || access.case_code == name) found.push_back(std::move(access));
        }
        return found;
    }

  private:
    [[nodiscard]] std::string code_of(const Access& access) const {
        for (const auto* list : {&rows_.listed, &rows_.held})
            for (const auto& one : *list)
                if (one.is.device == access.device && one.is.record == access.record) return one.is.case_code;
        const auto note = rows_.erased.find({access.device, access.record});
        return note == rows_.erased.end() ? "" : note->second.is.case_code;
    }

    MemoryRows& rows_;
};

}  // namespace test
