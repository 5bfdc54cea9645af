#pragma once
// What coordinators do about cases without a database, as plain as the contract allows.

#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryHandling final : public app::casebook::Handling {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using Step = app::casebook::Step;

    explicit MemoryHandling(MemoryRows& rows) : rows_(rows) {}

    Result<void> add(const Step& step) override {
        rows_.steps.push_back(step);
        return {};
    }
    Result<std::vector<Step>> steps(std::string_view device, std::string_view record) override {
        std::vector<Step> found;
        for (const auto& one : rows_.steps)
            if (one.device == device && one.record == record) found.push_back(one);
        return found;
    }

  private:
    MemoryRows& rows_;
};

}  // namespace test
