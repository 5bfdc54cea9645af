// A new passphrase: explained, asked for, judged. What judges is app/deployment.
#pragma once

#include <filesystem>
#include <optional>
#include <span>
#include <string>

#include "app/cli/files.hpp"
#include "crypto/secret.hpp"

namespace app::cli {

/// From the file when one is named: one that would not hold is said, and the command ends. Else from the terminal,
/// after saying what it is for: one that would not hold is said and asked for again, and so are two that differ.
/// `known`: what whoever guesses would try first, as the names of the programme and of the person.
[[nodiscard]] Outcome<crypto::SecretBytes> new_passphrase(const Context& context,
                                                          const std::optional<std::filesystem::path>& file,
                                                          std::string_view question,
                                                          std::span<const std::string> known = {});

}  // namespace app::cli
