// What every command gets: the words, the library's token, and where it may speak.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "crypto/ready.hpp"
#include "locales/translator.hpp"

namespace app::cli {

/// Exit codes; those of `age open` are part of the stable interface.
enum class Exit : int {
    Done = 0,
    Failed = 1,
    NoMatch = 2,  ///< no matching identity
    Header = 3,   ///< malformed header
    Mac = 4,      ///< the header was changed
    Payload = 5,  ///< the payload was changed or cut
    Usage = 64,   ///< the command line itself (sysexits.h EX_USAGE)
};

/// One placeholder of a catalogue text.
struct Word {
    std::string_view name;
    std::string value;
};
using Words = std::initializer_list<Word>;

/// Passed by reference to every command. Prints sentences; knows no command.
class Context {
  public:
    Context(crypto::SodiumReady ready, const locales::Translator& translator, bool terminal)
        : ready_(ready), translator_(translator), terminal_(terminal) {}

    [[nodiscard]] crypto::SodiumReady ready() const { return ready_; }
    [[nodiscard]] const locales::Translator& translator() const { return translator_; }
    /// True when standard error is a terminal, so that a progress bar makes sense.
    [[nodiscard]] bool terminal() const { return terminal_; }

    /// A catalogue text with its placeholders filled in.
    [[nodiscard]] std::string text(std::string_view key, Words words = {}) const;
    /// The same with a number that chooses the plural form and fills {{count}}.
    [[nodiscard]] std::string counted(std::string_view key, std::uint64_t count, Words words = {}) const;

    // NOLINTBEGIN(modernize-use-nodiscard): the sentence has been said, whoever drops the code
    /// "amparo: <sentence>" on standard error; gives back `exit` so that a command can return it.
    Exit fail(std::string_view key, Words words = {}, Exit exit = Exit::Failed) const;
    /// The same with a number that chooses the plural form.
    Exit fail_counted(std::string_view key, std::uint64_t count, Words words = {}) const;
    // NOLINTEND(modernize-use-nodiscard)
    /// One line on standard error that is no failure.
    void note(std::string_view key, Words words = {}) const;
    /// Lines on standard error that are shown as they are.
    void show(std::string_view lines) const;
    /// One line on standard output.
    void say(std::string_view key, Words words = {}) const;

  private:
    crypto::SodiumReady ready_;
    const locales::Translator& translator_;
    bool terminal_;
};

/// Writes text to standard output as it is. False when it could not be written (a full disk, a closed pipe).
bool print(std::string_view text);

/// True once the person asked to stop (Ctrl-C, or the process is being ended).
[[nodiscard]] bool stop_requested();
/// From now on SIGINT and SIGTERM only make `stop_requested` true, so that unfinished files are removed.
void watch_for_stop();

}  // namespace app::cli
