// A new folder that is either complete under its name, or not there at all. Must not know what is put into it.
#pragma once

#include <filesystem>

#include "app/files/descriptor.hpp"
#include "app/files/error.hpp"

namespace app::files {

/// Filled under another name beside its destination, for this user alone, and named when it is complete; otherwise it
/// goes away again with everything in it. Each file in it is for the caller to make durable (write_new_file()).
class DraftFolder {
  public:
    /// Makes it, and removes what an earlier, killed program left of one for this very destination. Errors: as
    /// make_folder().
    [[nodiscard]] static Detailed<DraftFolder> create(std::filesystem::path destination);
    DraftFolder(DraftFolder&& other) noexcept;
    DraftFolder& operator=(DraftFolder&&) = delete;
    DraftFolder(const DraftFolder&) = delete;
    DraftFolder& operator=(const DraftFolder&) = delete;
    ~DraftFolder();

    [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }
    [[nodiscard]] const std::filesystem::path& destination() const noexcept { return destination_; }

    /// Gives it its name, on the medium, without ever replacing anything. Errors: Exists, Denied, NoSpace, Io.
    [[nodiscard]] Detailed<void> publish();
    /// Takes the place of the folder that is there, which goes away. In one step: whenever the power goes, the name is
    /// that of the one or of the other. Where the file system cannot exchange names it takes two, and the folder before
    /// is kept beside it until the second is done. Errors: Missing (nothing is there), Denied, NoSpace, Io; then it is
    /// as it was.
    [[nodiscard]] Detailed<void> replace();

  private:
    DraftFolder(std::filesystem::path destination, std::filesystem::path path, Descriptor held) noexcept
        : destination_(std::move(destination)), path_(std::move(path)), held_(std::move(held)) {}
    [[nodiscard]] Detailed<void> replace_in_two_steps();

    std::filesystem::path destination_;
    std::filesystem::path path_;  ///< what goes away in the end; empty: nothing
    Descriptor held_;             ///< locked, so that nobody takes it for a leftover
};

}  // namespace app::files
