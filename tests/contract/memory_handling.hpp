#pragma once
// What coordinators do about cases without a database, as plain as the contract allows.

#include "tests/contract/memory_rows.hpp"

namespace test {

class MemoryHandling final : public app::casebook::Handling {
  public:
    template <class T>
    using Result = app::casebook::Result<T>;
    using Step = app::casebook::Step;
    using RecordName = app::casebook::RecordName;

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

    Result<void> link(const RecordName& one, const RecordName& other) override {
        if (!has(one, other)) rows_.links.emplace_back(one, other);
        return {};
    }
    Result<void> unlink(const RecordName& one, const RecordName& other) override {
        std::erase_if(rows_.links, [&](const auto& link) { return joins(link, one, other); });
        return {};
    }
    Result<std::vector<RecordName>> linked(const RecordName& with) override {
        std::vector<RecordName> found;
        for (const auto& [one, other] : rows_.links) {
            if (one == with) found.push_back(other);
            if (other == with) found.push_back(one);
        }
        std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
            return std::tie(a.device, a.record) < std::tie(b.device, b.record);
        });
        return found;
    }

  private:
    using Link = std::pair<RecordName, RecordName>;
    static bool joins(const Link& link, const RecordName& one, const RecordName& other) {
        return link == Link(one, other) || link == Link(other, one);
    }
    [[nodiscard]] bool has(const RecordName& one, const RecordName& other) const {
        return std::any_of(rows_.links.begin(), rows_.links.end(),
                           [&](const auto& link) { return joins(link, one, other); });
    }

    MemoryRows& rows_;
};

}  // namespace test
