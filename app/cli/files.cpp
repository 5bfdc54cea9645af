#include "app/cli/files.hpp"

#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "app/cli/failures.hpp"
#include "app/files/durable_file.hpp"
#include "app/files/plain_file.hpp"
#include "app/files/system.hpp"
#include "crypto/random.hpp"
#include "crypto/try.hpp"
#include "locales/visible.hpp"

namespace app::cli {
namespace {

constexpr std::size_t secret_file_limit = 1U << 20U;
constexpr std::size_t passphrase_limit = 1024;

/// Switches echo off while it lives.
class Quiet {
  public:
    explicit Quiet(int terminal) : terminal_(terminal), known_(::tcgetattr(terminal, &before_) == 0) {
        if (!known_) return;
        auto quiet = before_;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        termios now{};
        holds_ = ::tcsetattr(terminal_, TCSAFLUSH, &quiet) == 0 && ::tcgetattr(terminal_, &now) == 0 &&
                 (now.c_lflag & static_cast<tcflag_t>(ECHO)) == 0;
    }
    Quiet(const Quiet&) = delete;
    Quiet& operator=(const Quiet&) = delete;
    ~Quiet() {
        if (known_) ::tcsetattr(terminal_, TCSAFLUSH, &before_);
    }
    /// The terminal says itself that it shows nothing: to have asked it is not enough (tcsetattr(3)).
    [[nodiscard]] bool holds() const { return holds_; }

  private:
    int terminal_;
    termios before_{};
    bool known_;
    bool holds_ = false;
};

/// Reads until the end or a full buffer. Nothing on an error, or when the person asked to stop.
std::optional<std::size_t> read_into(const app::files::InputFile& file, std::span<std::byte> room) {
    std::size_t length = 0;
    while (length < room.size()) {
        const auto got = file.read(room.subspan(length));
        if (!got && got.error() == app::files::Error::Interrupted && !stop_requested()) continue;
        if (!got) return std::nullopt;
        if (*got == 0) break;
        length += *got;
    }
    return length;
}

/// The same up to a line end, which is not kept.
std::optional<std::size_t> read_line(int terminal, std::span<std::byte> room) {
    std::size_t length = 0;
    while (length < room.size()) {
        const auto got = ::read(terminal, room.data() + length, 1);
        if (got < 0 && errno == EINTR && !stop_requested()) continue;
        if (got < 0) return std::nullopt;
        if (got == 0 || room[length] == std::byte{'\n'}) break;
        ++length;
    }
    return length;
}

/// Keeps the first line. False when that is no passphrase.
bool keep_first_line(crypto::SecretBytes& text) {
    const auto view = text.view();
    const auto end = std::find_if(view.begin(), view.end(),
                                  [](std::byte b) { return b == std::byte{'\n'} || b == std::byte{'\r'}; });
    const auto length = static_cast<std::size_t>(end - view.begin());
    text.shorten(length);
    return length > 0 && length <= passphrase_limit;
}

}  // namespace

tl::unexpected<Failure> stop(const Context& context, std::string_view key, Words words, Exit exit) {
    return tl::make_unexpected(Failure{context.fail(key, words, exit)});
}

tl::unexpected<Failure> stop_file(const Context& context, app::files::Error error, const std::filesystem::path& file) {
    const Words words{{"file", shown(file)}};
    switch (error) {
        case app::files::Error::Kind:
            return stop(context, "cli.file.not_plain", words);
        case app::files::Error::TooLarge:
            return stop(context, "cli.file.too_large", words);
        case app::files::Error::Interrupted:
            return stop(context, "cli.stopped");
        case app::files::Error::Missing:
        case app::files::Error::Short:
        case app::files::Error::Exists:
        case app::files::Error::Denied:
        case app::files::Error::NoSpace:
        case app::files::Error::Memory:
        case app::files::Error::Unsupported:
        case app::files::Error::Io:
            break;
    }
    return stop(context, "cli.file.unreadable", words);
}

std::string shown(const std::filesystem::path& path) {
    return locales::visible(path.string());
}

Outcome<crypto::SecretBytes> read_secret_file(const Context& context, const std::filesystem::path& file) {
    const auto opened = app::files::InputFile::open(file, app::files::Kinds::PlainOrPipe);
    if (!opened) return stop_file(context, opened.error(), file);
    const auto size = opened->size().value_or(passphrase_limit);
    if (size > secret_file_limit) return stop(context, "cli.file.too_large", {{"file", shown(file)}});
    auto secret = crypto::SecretBytes::make(context.ready(), static_cast<std::size_t>(size) + 1);
    if (!secret) return stop_crypto(context, secret.error());
    const auto length = read_into(*opened, secret->writable());
    if (!length && stop_requested()) return stop(context, "cli.stopped");
    if (!length || *length > size) return stop(context, "cli.file.unreadable", {{"file", shown(file)}});
    secret->shorten(*length);
    return std::move(*secret);
}

void warn_when_open(const Context& context, const std::filesystem::path& file) {
    struct stat status {};
    if (::stat(file.c_str(), &status) == 0 && S_ISREG(status.st_mode) && (status.st_mode & 077) != 0)
        context.note("cli.file.open_to_others", {{"file", shown(file)}});
}

Outcome<crypto::SecretBytes> read_passphrase_file(const Context& context, const std::filesystem::path& file) {
    auto text = read_secret_file(context, file);
    if (!text) return text;
    warn_when_open(context, file);
    if (!keep_first_line(*text)) return stop(context, "cli.passphrase.empty", {{"file", shown(file)}});
    return text;
}

Outcome<crypto::SecretBytes> ask_line(const Context& context, std::string_view question, Words words) {
    const auto terminal = app::files::open_terminal();
    if (terminal.get() < 0) return stop(context, "cli.passphrase.no_terminal");
    auto secret = crypto::SecretBytes::make(context.ready(), passphrase_limit + 1);
    if (!secret) return stop_crypto(context, secret.error());
    const Quiet quiet(terminal.get());
    if (!quiet.holds()) return stop(context, "cli.passphrase.shows");
    const bool said = write_to(terminal.get(), context.text(question, words) + " ");
    const auto length = said ? read_line(terminal.get(), secret->writable()) : std::nullopt;
    if (said && !write_to(terminal.get(), "\n")) return stop(context, "cli.passphrase.no_terminal");
    if (!length || stop_requested()) return stop(context, "cli.stopped");
    secret->shorten(*length);
    return std::move(*secret);
}

Outcome<crypto::SecretBytes> ask_passphrase(const Context& context, std::string_view question, Words words) {
    AMPARO_TRY(line, ask_line(context, question, words));
    if (!keep_first_line(line)) return stop(context, "cli.passphrase.nothing");
    return line;
}

Outcome<crypto::SecretBytes> passphrase_from(const Context& context, const std::optional<std::filesystem::path>& file,
                                             std::string_view question, Words words) {
    return file ? read_passphrase_file(context, *file) : ask_passphrase(context, question, words);
}

Outcome<void> write_file(const Context& context, const std::filesystem::path& file, crypto::ByteView content) {
    if (auto written = app::files::write_new_file(file, content); !written)
        return stop_exchange(context, exchange::failure_of(written.error()), shown(file));
    return {};
}

Outcome<crypto::Bytes> read_plain_file(const Context& context, const std::filesystem::path& file, std::size_t most) {
    auto bytes = app::files::read_plain(file, most);
    if (!bytes) return stop_file(context, bytes.error(), file);
    return std::move(*bytes);
}

std::filesystem::path without_slash(const std::filesystem::path& folder) {
    auto path = folder.lexically_normal();
    return path.has_filename() ? path : path.parent_path();
}

Outcome<app::files::DraftFolder> draft_folder(const Context& context, const std::filesystem::path& destination) {
    auto draft = app::files::DraftFolder::create(destination);
    if (!draft) return stop_exchange(context, exchange::failure_of(draft.error()), shown(destination));
    return std::move(*draft);
}

Outcome<void> publish(const Context& context, app::files::DraftFolder& draft, bool there) {
    if (stop_requested()) return stop(context, "cli.stopped");
    const auto done = there ? draft.replace() : draft.publish();
    if (!done) return stop_exchange(context, exchange::failure_of(done.error()), shown(draft.destination()));
    return {};
}

}  // namespace app::cli
