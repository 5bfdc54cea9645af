// Files and secrets on the command line: reading, asking, writing. No secret passes through an ordinary string.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "app/cli/context.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/secret.hpp"

namespace app::cli {

/// Why a command stopped; the sentence is already on standard error.
struct Failure {
    Exit exit;
};
template <class T>
using Outcome = tl::expected<T, Failure>;

/// The exit code of a command that gives nothing back.
[[nodiscard]] inline Exit exit_of(const Outcome<void>& outcome) {
    return outcome ? Exit::Done : outcome.error().exit;
}

/// Says a failure and returns it as the unexpected part of an Outcome.
[[nodiscard]] tl::unexpected<Failure> stop(const Context& context, std::string_view key, Words words = {},
                                           Exit exit = Exit::Failed);

/// Says why that file was not read.
[[nodiscard]] tl::unexpected<Failure> stop_file(const Context& context, app::files::Error error,
                                                const std::filesystem::path& file);

/// A small file with a secret, at most 1 MiB, straight into locked memory. A pipe without a name is read too
/// (/dev/stdin, or <(…) of a shell); anything else but a regular file is refused.
[[nodiscard]] Outcome<crypto::SecretBytes> read_secret_file(const Context& context, const std::filesystem::path& file);

/// Says on standard error when a file that turned out to hold a secret can be read by others.
void warn_when_open(const Context& context, const std::filesystem::path& file);

/// The first line of a passphrase file, without its line end. Says so when it is empty.
[[nodiscard]] Outcome<crypto::SecretBytes> read_passphrase_file(const Context& context,
                                                                const std::filesystem::path& file);

/// One line from the terminal without echo, at most 1024 bytes, perhaps empty. `question` is a catalogue key. Says so
/// when there is no terminal.
[[nodiscard]] Outcome<crypto::SecretBytes> ask_line(const Context& context, std::string_view question,
                                                    Words words = {});

/// Asks on the terminal without echo. `question` is a catalogue key. Says so when there is no terminal.
[[nodiscard]] Outcome<crypto::SecretBytes> ask_passphrase(const Context& context, std::string_view question,
                                                          Words words = {});

/// From the file when one is named, else from the terminal.
[[nodiscard]] Outcome<crypto::SecretBytes> passphrase_from(const Context& context,
                                                           const std::optional<std::filesystem::path>& file,
                                                           std::string_view question, Words words = {});

/// Creates a file, durable, mode 0600; never replaces one.
[[nodiscard]] Outcome<void> write_file(const Context& context, const std::filesystem::path& file,
                                       crypto::ByteView content);

/// A whole regular file of at most `most` bytes.
[[nodiscard]] Outcome<crypto::Bytes> read_plain_file(const Context& context, const std::filesystem::path& file,
                                                     std::size_t most);

/// Creates a folder with mode 0700; its parent must exist. Says so when it is there already.
[[nodiscard]] Outcome<void> make_folder(const Context& context, const std::filesystem::path& folder);

/// The folder's own name at the end, also when it was written with a slash.
[[nodiscard]] std::filesystem::path without_slash(const std::filesystem::path& folder);

/// A folder that is made under another name and renamed when it is complete; otherwise it goes away again.
class DraftFolder {
  public:
    /// Chooses the name beside `destination`; the caller makes the folder.
    DraftFolder(const Context& context, std::filesystem::path destination);
    DraftFolder(const DraftFolder&) = delete;
    DraftFolder& operator=(const DraftFolder&) = delete;
    ~DraftFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }
    /// False when the destination cannot be given its name.
    [[nodiscard]] bool publish();
    /// Takes the place of the folder that is there: that one gets another name beside it first and goes away when the
    /// new one has its place. False when that cannot be done; then it is as it was.
    [[nodiscard]] bool replace();

  private:
    std::filesystem::path destination_;
    std::filesystem::path path_;
    bool done_ = false;
};

/// A path as it may stand in a message: made visible, quotes left to the catalogue.
[[nodiscard]] std::string shown(const std::filesystem::path& path);

}  // namespace app::cli
