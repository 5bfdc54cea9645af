// Files that others put on sticks: found by name in the top folder, read whole or in part, never followed, waited for
// or opened when they are no plain files, and bounded in number and bytes. Must not know what is in them.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>
#include <tl/expected.hpp>
#include <vector>

#include "app/model/news.hpp"
#include "crypto/bytes.hpp"

namespace app::device {

struct StickFiles {
    std::vector<std::filesystem::path> files;  ///< in no order
    std::size_t folders = 0;                   ///< that could be looked at
    bool too_many = false;                     ///< a folder has more than were looked at
    bool unreadable = false;                   ///< a folder broke off
};

/// What is called as is wanted, in these folders themselves and not below: at most 10,000 of each folder, among at most
/// 200,000 entries. A folder that is not there is passed over.
[[nodiscard]] StickFiles files_on_sticks(const std::vector<std::filesystem::path>& folders,
                                         const std::function<bool(std::string_view name)>& wanted);

/// Reads such files until it has read 1 GiB of them together: half a minute of a slow stick.
class StickReader {
  public:
    /// The first `most` bytes, or all of a smaller file; the whole file must not have more than `largest`.
    /// Errors: NotPlain, Damaged (too large), TooMany (no more is read), Unreadable.
    [[nodiscard]] tl::expected<crypto::Bytes, model::NotTaken> head(const std::filesystem::path& file, std::size_t most,
                                                                    std::size_t largest);
    /// The whole file. Errors: as head().
    [[nodiscard]] tl::expected<crypto::Bytes, model::NotTaken> whole(const std::filesystem::path& file,
                                                                     std::size_t most);

  private:
    std::uint64_t read_ = 0;
};

}  // namespace app::device
