// Places in the tables of a form and of an interview, a type for each table, so that none is taken for another.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace questionnaires::engine {

/// No place, in whatever table.
struct NoIndex {
    static constexpr std::uint32_t value = 0xFFFFFFFFU;
};
inline constexpr NoIndex no_index;

/// A place in the table that `Tag` stands for; `initial` is the one of an index that nobody has set.
template <typename Tag, std::uint32_t initial = 0>
struct Index {
    std::uint32_t index = initial;

    constexpr Index() noexcept = default;
    constexpr explicit Index(std::uint32_t place) noexcept : index(place) {}
    constexpr Index(NoIndex /*unused*/) noexcept : index(NoIndex::value) {}
    /// Tables have fewer than 2^32 entries (Limits).
    [[nodiscard]] static constexpr Index at(std::size_t place) noexcept {
        return Index(static_cast<std::uint32_t>(place));
    }

    [[nodiscard]] constexpr bool exists() const noexcept { return index != NoIndex::value; }
    constexpr Index& operator++() noexcept {
        ++index;
        return *this;
    }
    friend constexpr Index operator+(Index from, std::uint32_t places) noexcept { return Index(from.index + places); }
    friend constexpr Index operator-(Index from, std::uint32_t places) noexcept { return Index(from.index - places); }
    friend constexpr bool operator==(Index, Index) noexcept = default;
    friend constexpr std::strong_ordering operator<=>(Index, Index) noexcept = default;
};

/// For tables by index that are sparse.
struct IndexHash {
    template <typename Tag, std::uint32_t initial>
    [[nodiscard]] std::size_t operator()(Index<Tag, initial> id) const noexcept {
        return id.index;
    }
};

/// Indices one after the other, the last one left out.
template <typename Id>
class IndexRange {
  public:
    class Iterator {
      public:
        constexpr explicit Iterator(Id id) noexcept : id_(id) {}
        constexpr Id operator*() const noexcept { return id_; }
        constexpr Iterator& operator++() noexcept {
            ++id_;
            return *this;
        }
        friend constexpr bool operator==(Iterator, Iterator) noexcept = default;

      private:
        Id id_;
    };
    constexpr IndexRange(Id first, Id last) noexcept : first_(first), last_(last) {}
    [[nodiscard]] constexpr Iterator begin() const noexcept { return Iterator(first_); }
    [[nodiscard]] constexpr Iterator end() const noexcept { return Iterator(last_); }

  private:
    Id first_;
    Id last_;
};

/// A table whose entries only an index of its own type names.
template <typename Id, typename Container>
class Indexed : public Container {
  public:
    using Container::Container;
    [[nodiscard]] decltype(auto) operator[](Id id) noexcept { return Container::operator[](id.index); }
    [[nodiscard]] decltype(auto) operator[](Id id) const noexcept { return Container::operator[](id.index); }
    /// The place of the next entry to be added.
    [[nodiscard]] Id end_id() const noexcept { return Id::at(this->size()); }
    [[nodiscard]] IndexRange<Id> ids() const noexcept { return {Id(), end_id()}; }
};

/// A row of the survey sheet (question, note, calculation or group) in one form.
using QuestionId = Index<struct QuestionTag>;
/// A choice within the choice list of one question, or the row of a file.
using ChoiceId = Index<struct ChoiceTag>;
/// A choice list or a file, in one form.
using ListId = Index<struct ListTag>;
/// A column of one list.
using ColumnId = Index<struct ColumnTag>;
/// What indicators are counted by, in one form.
using DimensionId = Index<struct DimensionTag>;
/// A tree, or a part of one, in Expressions.
using ExpressionId = Index<struct ExpressionTag, NoIndex::value>;
/// Where a running value is kept, in one instance of a repeat or outside repeats.
using TallySlot = Index<struct TallySlotTag>;
/// A node of one interview. There is one for each survey row outside repeats. A repeat has one node for itself in the
/// instance around it, and each of its instances has a node of its own (also of kind Repeat) and one for each row
/// inside. Ids stay the same while their instance exists (Interview::exists); the id of a removed instance may come
/// back for a new one.
using NodeId = Index<struct NodeTag>;

}  // namespace questionnaires::engine
