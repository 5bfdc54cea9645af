// What every command gets: the words, the library's token, and where it may speak.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

#include "crypto/bytes.hpp"
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

/// One placeholder of a catalogue text. Its value may come from anywhere: it is made visible where it is filled in.
struct Word {
    std::string_view name;
    std::string value;
};
using Words = std::initializer_list<Word>;

/// Passed by reference to every command. Prints sentences; knows no command. Everything that is said goes through
/// locales::visible here, because names, forms and records are written by others: nothing in them may steer a terminal.
class Context {
  public:
    Context(crypto::SodiumReady ready, const locales::Translator& translator, bool terminal)
        : ready_(ready), translator_(translator), terminal_(terminal) {}

    [[nodiscard]] crypto::SodiumReady ready() const { return ready_; }
    [[nodiscard]] const locales::Translator& translator() const { return translator_; }
    /// True when standard error is a terminal, so that a progress bar makes sense.
    [[nodiscard]] bool terminal() const { return terminal_; }

    /// A catalogue text with its placeholders filled in, each on one line and made visible.
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
    /// The same with a number that chooses the plural form.
    void note_counted(std::string_view key, std::uint64_t count, Words words = {}) const;
    /// Lines on standard error that are no catalogue text.
    void show(std::string_view lines) const;
    /// One line on standard output.
    void say(std::string_view key, Words words = {}) const;
    /// A progress bar in the line where the terminal stands, in place of the one before; empty takes it away.
    void bar(std::string_view line) const;

  private:
    crypto::SodiumReady ready_;
    const locales::Translator& translator_;
    bool terminal_;
};

/// What was typed, A to Z as a to z: as ids and codes are written.
[[nodiscard]] std::string lower_case(std::string typed);

/// "amparo: <sentence>" on standard error, where there is no context yet.
void complain(std::string_view sentence);

/// Writes lines to standard output, made visible. Text from outside that stands in one of them may bring line feeds of
/// its own: it goes through `one_line` first. False when it could not be written (a full disk, a closed pipe).
bool print(std::string_view lines);
/// One line, whatever is in `text`, with its line end.
[[nodiscard]] std::string one_line(std::string_view text);
/// Writes JSON to standard output in ASCII, so that it is the same JSON and steers no terminal, and ends the line.
bool print_json(std::string_view json);
/// Writes exactly these bytes to standard output: only for what a program reads (sealed and opened files, an XForm) and
/// for secrets, which make no copies of themselves on their way.
bool write_bytes(crypto::ByteView bytes);
/// Lines on a terminal that was opened for a question, made visible.
[[nodiscard]] bool write_to(int terminal, std::string_view lines);
/// True when standard error is a terminal.
[[nodiscard]] bool errors_are_seen();

/// True once the person asked to stop (Ctrl-C or Ctrl-\, a closed terminal, or the process is being ended).
[[nodiscard]] bool stop_requested();
/// From now on SIGINT, SIGQUIT, SIGTERM and SIGHUP only make `stop_requested` true, so that unfinished files are
/// removed.
void watch_for_stop();

}  // namespace app::cli
