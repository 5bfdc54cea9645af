// The running value of a sum, count, extreme, `or` or `and`: what each of its terms gave, so that a change costs the
// terms that read it. Knows neither questions nor expressions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory_resource>
#include <span>
#include <utility>
#include <vector>

#include "questionnaires/engine/expression/index.hpp"

namespace questionnaires::engine {

/// What one term gave.
struct Term {
    double number = 0;
    bool there = false;  ///< it counts: not left out as empty; of `or`, `and` and checklist(): true
    bool known = true;   ///< it rests on no question without an answer
};

class Tally {
  public:
    /// Fewer terms than this are added up faster than they are kept.
    static constexpr std::size_t least_terms = 16;
    /// All tallies of an interview together. With the bound of a whole number that is kept as such (2^38), whatever is
    /// added in whatever order stays below 2^53, where doubles hold every whole number.
    static constexpr std::size_t most_terms = 8'192;
    /// Places of touch(): what was read is the node of a term, or decides which terms there are.
    static constexpr std::uint32_t node_term = 0xFFFFFFFEU;
    static constexpr std::uint32_t all_terms = 0xFFFFFFFFU;

    using allocator_type = std::pmr::polymorphic_allocator<>;
    explicit Tally(const allocator_type& allocator)
        : numbers_(allocator), flags_(allocator), stale_(allocator), nodes_(allocator), places_(allocator) {}

    /// Begins with `size` terms that nobody has looked at. `greatest`: which extreme is asked for. `room`: terms that
    /// tallies may still take; false when that, or the memory, is not enough.
    [[nodiscard]] bool start(std::size_t size, bool greatest, std::size_t& room) noexcept;
    /// The same with a term for each of these nodes; `sure`: it is known that there are no others.
    [[nodiscard]] bool start(std::span<const NodeId> nodes, bool sure, bool greatest, std::size_t& room) noexcept;
    [[nodiscard]] bool is_kept() const noexcept { return kept_; }
    /// What the term reads has changed: its place, or one of the words above and then the node.
    void touch(std::uint32_t term, NodeId node) noexcept;
    /// Nothing is known any more.
    void forget() noexcept;

    /// Calls `give(place)`, which returns a Term, for every term that has changed.
    template <typename Give>
    void refresh(const Give& give) {
        if (std::exchange(fresh_, false)) {
            for (std::uint32_t term = 0; term < flags_.size(); ++term) take(term, give(term));
        }
        for (const std::uint32_t term : stale_) take(term, give(term));
        stale_.clear();
    }

    /// Terms that are there, added from left to right: the same double as adding them one after the other.
    [[nodiscard]] double sum() const noexcept;
    /// Of the terms that are there; NaN when there is none, or one is NaN; the first of equal ones.
    [[nodiscard]] double extreme() noexcept;
    /// Whether sum() has to add up all terms: some are no small whole numbers, so their order matters.
    [[nodiscard]] bool adds_up() const noexcept { return odd_ != 0 && nan_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return flags_.size(); }
    [[nodiscard]] std::size_t there() const noexcept { return there_; }
    [[nodiscard]] std::size_t known_there() const noexcept { return known_there_; }
    [[nodiscard]] std::size_t known() const noexcept { return known_; }
    [[nodiscard]] bool all_known() const noexcept { return sure_ && known_ == flags_.size(); }
    [[nodiscard]] NodeId node(std::uint32_t term) const noexcept { return nodes_[term]; }

  private:
    static constexpr std::uint8_t there_flag = 1;
    static constexpr std::uint8_t known_flag = 2;
    static constexpr std::uint8_t stale_flag = 4;
    void take(std::uint32_t term, const Term& now) noexcept;
    void account(std::uint32_t term, bool comes) noexcept;

    std::pmr::vector<double> numbers_;
    std::pmr::vector<std::uint8_t> flags_;
    std::pmr::vector<std::uint32_t> stale_;
    std::pmr::vector<NodeId> nodes_;                             ///< per term, of a node-set
    std::pmr::vector<std::pair<NodeId, std::uint32_t>> places_;  ///< node and term, sorted
    std::size_t taken_ = 0;                                      ///< of the room
    std::int64_t whole_ = 0;                                     ///< sum of the small whole numbers
    std::size_t odd_ = 0;                                        ///< terms that are none
    std::size_t nan_ = 0;
    std::size_t there_ = 0;
    std::size_t known_ = 0;
    std::size_t known_there_ = 0;
    double extreme_ = 0;
    bool extreme_valid_ = false;
    bool greatest_ = false;
    bool sure_ = true;
    bool kept_ = false;
    bool fresh_ = false;
};

}  // namespace questionnaires::engine
