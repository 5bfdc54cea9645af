// What several commands say about devices: what has not arrived, why an order is in doubt, which device is meant.
#pragma once

#include <string>
#include <vector>

#include "app/cli/casebook_access.hpp"

namespace app::cli {

/// One sentence for each epoch of which batches have not arrived; ranges as "2-5", at most twenty of them.
[[nodiscard]] std::vector<std::string> gap_sentences(const Context& context, const std::string& device,
                                                     const std::vector<casebook::Gap>& gaps);
/// As JSON text: [{"epoch", "first", "last"}]; `last` is null where nobody knows how many.
[[nodiscard]] std::string gaps_json(const std::vector<casebook::Gap>& gaps);

/// The reason behind the word of a Doubt, for people.
[[nodiscard]] std::string doubt_text(const Context& context, const std::string& word);

/// Who revoked a device: "revoked here", "revoked by the programme, bundle 4", or both.
[[nodiscard]] std::string revoked_text(const Context& context, const casebook::Revocation& revoked);

/// How many digits of an id tell all these devices apart: 8 at least.
[[nodiscard]] std::size_t digits_to_tell(const std::vector<casebook::Device>& devices);

/// The id that begins with what was typed. A whole id need not be known. Says so when none or several fit.
[[nodiscard]] Outcome<std::string> which_device(const Context& context, const std::vector<casebook::Device>& devices,
                                                const std::string& typed);

}  // namespace app::cli
