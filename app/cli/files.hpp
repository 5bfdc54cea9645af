// Files and secrets on the command line: reading, asking, writing. No secret passes through an ordinary string.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>

#include "app/cli/context.hpp"
#include "app/files/draft_folder.hpp"
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
/// when there is no terminal, or one that would show what is typed.
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

/// The folder's own name at the end, also when it was written with a slash.
[[nodiscard]] std::filesystem::path without_slash(const std::filesystem::path& folder);

/// A new folder beside its destination, whose name it gets when it is complete. Says why it cannot be made.
[[nodiscard]] Outcome<app::files::DraftFolder> draft_folder(const Context& context,
                                                            const std::filesystem::path& destination);

/// Gives it its name, or with `there` the place of the folder that has it, unless the person asked to stop. Says why
/// not.
[[nodiscard]] Outcome<void> publish(const Context& context, app::files::DraftFolder& draft, bool there = false);

/// A path as it may stand in a message: made visible, quotes left to the catalogue.
[[nodiscard]] std::string shown(const std::filesystem::path& path);

}  // namespace app::cli
