#pragma once
// Single files among the sources of a programme, read and replaced while nobody else changes them. Must not know what
// is in them.

#include <filesystem>
#include <optional>
#include <string>

#include "app/deployment/failure.hpp"
#include "app/files/descriptor.hpp"
#include "crypto/bytes.hpp"

namespace app::deployment {

/// The folder itself, not one behind a link. Nothing when there is no such folder. Errors: files::Error.
[[nodiscard]] Result<std::optional<files::Descriptor>> open_sources(const std::filesystem::path& content);
/// The folder, made when there is none, for this program alone as long as the descriptor lives. Errors: Refusal::Busy,
/// files::Error, exchange::Failure.
[[nodiscard]] Result<files::Descriptor> hold_sources(const std::filesystem::path& content);

/// A file of at most `most` bytes, not behind a link; nothing when there is none. Errors: files::Error.
[[nodiscard]] Result<std::optional<crypto::Bytes>> read_source(const std::filesystem::path& file, std::size_t most);
/// Whole or not at all. Errors: exchange::Failure.
[[nodiscard]] Result<void> replace_source(const std::filesystem::path& file, const std::string& text);

}  // namespace app::deployment
