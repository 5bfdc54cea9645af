// Bytes in and out of a command, piece by piece, with a progress bar where somebody looks.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>

#include "app/cli/files.hpp"
#include "app/files/durable_file.hpp"

namespace app::cli {

/// A bar on standard error, redrawn at most ten times a second and only for work that takes a while; nothing at all
/// when standard error is no terminal. Removed at the end.
class Progress {
  public:
    /// `total` 0: unknown, only the amount is shown, in MiB.
    Progress(const Context& context, std::uint64_t total);
    /// Begins with the first show() that says what is done.
    explicit Progress(const Context& context) : Progress(context, 0) {}
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;
    ~Progress();
    void show(std::uint64_t done);
    /// The same of one of several pieces of work, with words that say which.
    void show(std::uint64_t done, std::uint64_t total, const std::string& words);
    /// Takes it away, so that standard output may go on in that line.
    void hide();

  private:
    [[nodiscard]] bool due();

    const Context& context_;
    std::uint64_t total_;
    std::int64_t next_ms_;
    bool shown_ = false;
};

/// Standard input for "-" or nothing, else a regular file or a pipe without a name.
class Input {
  public:
    [[nodiscard]] static Outcome<Input> open(const Context& context, const std::filesystem::path& path);

    /// Bytes of a regular file; 0 when unknown.
    [[nodiscard]] std::uint64_t size() const { return file_ ? file_->size().value_or(0) : 0; }
    /// Reads to the end, giving every piece to `take`, which has said why when it returns false.
    [[nodiscard]] Outcome<void> each(const Context& context,
                                     const std::function<Outcome<void>(crypto::ByteView)>& take) const;

  private:
    Input(std::optional<app::files::InputFile> file, std::string name)
        : file_(std::move(file)), name_(std::move(name)) {}
    [[nodiscard]] tl::expected<std::size_t, app::files::Error> read(std::span<std::byte> room) const;

    std::optional<app::files::InputFile> file_;
    std::string name_;
};

/// Standard output for "-" or nothing, else a new file. A file appears under its name only when `finish` succeeds;
/// with `hold`, standard output also gets nothing before that (up to `hold_limit` bytes are kept in memory).
class Output {
  public:
    static constexpr std::size_t hold_limit = 320U << 20U;

    [[nodiscard]] static Outcome<Output> open(const Context& context, const std::filesystem::path& path, bool hold);

    [[nodiscard]] Outcome<void> write(const Context& context, crypto::ByteView bytes);
    [[nodiscard]] Outcome<void> finish(const Context& context);

  private:
    Output(std::optional<app::files::DurableFile> file, bool hold) : file_(std::move(file)), hold_(hold) {}
    std::optional<app::files::DurableFile> file_;
    bool hold_;
    crypto::Bytes held_;
};

}  // namespace app::cli
