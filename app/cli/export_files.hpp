// Where an export goes: a new folder that is whole or not there, or one new file. Never over anything.
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>

#include "app/cli/files.hpp"
#include "app/exports/format.hpp"
#include "app/files/durable_file.hpp"

namespace app::cli {

class ExportFiles : public exports::Sink {
  public:
    /// Says why nothing can be written there. `folder`: what is made is one; else it is a file, and pieces of it lie in
    /// a folder of their own beside it meanwhile.
    [[nodiscard]] static Outcome<ExportFiles> make(const Context& context, const std::filesystem::path& destination,
                                                   bool folder);
    ExportFiles(ExportFiles&& other) noexcept = default;
    ExportFiles& operator=(ExportFiles&&) = delete;
    ExportFiles(const ExportFiles&) = delete;
    ExportFiles& operator=(const ExportFiles&) = delete;
    ~ExportFiles() override = default;

    bool append(std::string_view name, std::string_view bytes) override;
    bool whole(std::string_view name, std::string_view bytes) override;
    bool set_aside(std::string_view piece) override;
    bool each_aside(const std::function<bool(std::string_view piece)>& use) override;
    bool no_room() override;
    /// A place for pieces, for this user alone, which goes away.
    [[nodiscard]] const std::filesystem::path& scratch() const { return draft_.path(); }
    /// What went wrong; it has been said.
    [[nodiscard]] tl::unexpected<Failure> failure() const { return tl::make_unexpected(failed_); }
    /// On the medium, and under its name.
    [[nodiscard]] Outcome<void> publish();

  private:
    ExportFiles(const Context& context, app::files::DraftFolder draft, bool folder)
        : context_(&context), draft_(std::move(draft)), folder_(folder) {}
    bool keep(Outcome<void> done);
    bool keep_failed(const app::files::Failure& failure);

    const Context* context_;
    app::files::DraftFolder draft_;
    bool folder_;
    std::optional<app::files::DurableFile> aside_;  ///< never gets its name
    std::map<std::string, app::files::DurableFile, std::less<>> open_;
    Failure failed_{Exit::Failed};
};

}  // namespace app::cli
