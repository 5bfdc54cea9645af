#include "questionnaires/engine/expression/tally.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <new>

namespace questionnaires::engine {
namespace {

bool is_small_whole(double number) noexcept {
    return std::abs(number) <= 274'877'906'944.0 && number == std::trunc(number);
}

}  // namespace

bool Tally::start(std::size_t size, bool greatest, std::size_t& room) noexcept {
    forget();
    if (size > taken_) {
        if (size - taken_ > room) return false;
        room -= size - taken_;
        taken_ = size;
    }
    try {
        numbers_.assign(size, 0);
        flags_.assign(size, 0);
        stale_.reserve(size);
    } catch (const std::bad_alloc&) {
        return false;
    }
    greatest_ = greatest;
    sure_ = kept_ = fresh_ = true;
    return true;
}

bool Tally::start(std::span<const NodeId> nodes, bool sure, bool greatest, std::size_t& room) noexcept {
    if (!start(nodes.size(), greatest, room)) return false;
    try {
        nodes_.assign(nodes.begin(), nodes.end());
        places_.clear();
        places_.reserve(nodes.size());
    } catch (const std::bad_alloc&) {
        forget();
        return false;
    }
    sure_ = sure;
    for (std::uint32_t term = 0; term < nodes.size(); ++term) places_.emplace_back(nodes[term], term);
    std::sort(places_.begin(), places_.end());
    return true;
}

void Tally::touch(std::uint32_t term, NodeId node) noexcept {
    if (!kept_) return;
    if (term == node_term) {
        const auto found = std::lower_bound(places_.begin(), places_.end(), std::make_pair(node, 0U));
        term = found != places_.end() && found->first == node ? found->second : all_terms;
    }
    if (term == all_terms) return forget();
    if (fresh_ || (flags_[term] & stale_flag) != 0) return;
    if ((flags_[term] & there_flag) != 0 && numbers_[term] == extreme_) extreme_valid_ = false;
    account(term, false);
    numbers_[term] = 0;  // what was taken back is not kept
    flags_[term] = stale_flag;
    stale_.push_back(term);  // there is room for all
}

void Tally::forget() noexcept {
    kept_ = fresh_ = extreme_valid_ = false;
    stale_.clear();
    std::fill(numbers_.begin(), numbers_.end(), 0.0);
    extreme_ = 0;
    whole_ = 0;
    odd_ = nan_ = there_ = known_ = known_there_ = 0;
}

void Tally::take(std::uint32_t term, const Term& now) noexcept {
    numbers_[term] = now.number;
    flags_[term] = static_cast<std::uint8_t>((now.there ? there_flag : 0U) | (now.known ? known_flag : 0U));
    account(term, true);
    if (!extreme_valid_ || !now.there || std::isnan(now.number)) return;
    const bool better = greatest_ ? now.number > extreme_ : now.number < extreme_;
    if (better) extreme_ = now.number;
    extreme_valid_ = better || now.number != extreme_ || now.number != 0;  // of two zeros the first decides the sign
}

void Tally::account(std::uint32_t term, bool comes) noexcept {
    const auto change = [&](std::size_t& count) { comes ? ++count : --count; };
    const bool known = (flags_[term] & known_flag) != 0;
    if (known) change(known_);
    if ((flags_[term] & there_flag) == 0) return;
    change(there_);
    if (known) change(known_there_);
    const double number = numbers_[term];
    if (std::isnan(number)) return change(nan_);
    if (!is_small_whole(number)) return change(odd_);
    const auto whole = static_cast<std::int64_t>(number);
    whole_ += comes ? whole : -whole;
}

double Tally::sum() const noexcept {
    if (nan_ != 0) return std::numeric_limits<double>::quiet_NaN();
    if (odd_ == 0) return static_cast<double>(whole_);
    double total = 0;
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
        if ((flags_[i] & there_flag) != 0) total += numbers_[i];
    }
    return total;
}

double Tally::extreme() noexcept {
    if (nan_ != 0 || there_ == 0) return std::numeric_limits<double>::quiet_NaN();
    if (extreme_valid_) return extreme_;
    bool first = true;
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
        if ((flags_[i] & there_flag) == 0) continue;
        const double number = numbers_[i];
        if (first || (greatest_ ? number > extreme_ : number < extreme_)) extreme_ = number;
        first = false;
    }
    extreme_valid_ = true;
    return extreme_;
}

}  // namespace questionnaires::engine
