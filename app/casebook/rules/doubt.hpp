#pragma once
// What a batch is worth as a source of orders to erase or replace. An order reaches only what an unbroken chain of
// batches of the same epoch brought, from a device that nothing speaks against; everything else asks a person. Knows
// facts, and nothing of where they were found.

#include <cstdint>
#include <string>
#include <string_view>

#include "app/casebook/outcome.hpp"

namespace app::casebook::rules {

/// What is known of a batch and of its device at this moment.
struct SourceFacts {
    bool forked = false;
    bool revoked = false;
    bool audit_broken = false;
    bool certificate_ended = false;  ///< when the batch came
    bool whole = false;              ///< every batch of the epoch up to this one is here
    bool epoch_noted = false;        ///< the device noted a repair in this epoch
    bool epoch_certified = false;    ///< the certificate that came with the batch names this epoch or a later one
    bool begins_epoch = false;       ///< it is the first of its epoch
    /// Nothing of the device came before this epoch: no batch of an earlier one is here, and its first names none.
    bool names_nothing_before = false;
};

/// What a batch is worth as a source of orders.
struct Source {
    std::string device;
    std::uint64_t epoch = 0;
    Doubt doubt = Doubt::None;
    bool first_epoch = false;  ///< nothing of the device came before this epoch
};

/// What the device says of its first epoch counts only where the deployment certified the epoch: an epoch above the
/// certificate's has one before it, whether that has arrived or not.
[[nodiscard]] bool is_first_epoch(const SourceFacts& facts) noexcept;
/// The first that speaks against a batch's orders.
[[nodiscard]] Doubt doubt_of(const SourceFacts& facts) noexcept;

/// What stands against an order of one batch about something that another one, or the same, brought.
[[nodiscard]] Doubt reach(const Source& order, const Source& target) noexcept;
/// The same of an order to erase: what a source in doubt brought after the order stays in custody, because nobody
/// knows whether the order meant it.
[[nodiscard]] Doubt reach_to_erase(const Source& order, const Source& target, bool same_batch) noexcept;

/// A case keeps its code for good, and does not become a practice that no list shows.
[[nodiscard]] bool becomes_other_case(std::string_view code, bool training, std::string_view later_code,
                                      bool later_training) noexcept;

}  // namespace app::casebook::rules
