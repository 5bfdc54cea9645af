#include "app/cli/context.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <vector>

#include "locales/visible.hpp"

namespace app::cli {
namespace {

std::atomic<bool> stop_wanted{false};  // the one place a signal handler can write to

extern "C" void want_stop(int /*signal*/) {
    stop_wanted.store(true);
}

/// The values of placeholders, made visible; owns what the catalogue looks at.
class Filled {
  public:
    explicit Filled(Words words) {
        visible_.reserve(words.size());
        for (const auto& word : words) {
            visible_.push_back(locales::visible(word.value));
            values_.emplace_back(word.name, std::string_view(visible_.back()));
        }
    }
    void count(std::uint64_t number) { values_.emplace_back("count", number); }
    [[nodiscard]] std::span<const locales::Value> values() const { return values_; }

  private:
    std::vector<std::string> visible_;
    std::vector<locales::Value> values_;
};

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

constexpr std::string_view empty_the_line = "\r\033[K";

/// A sentence on standard error. On a terminal a progress bar may stand in the line: the sentence takes its place.
void tell(bool terminal, const std::string& sentence) {
    write_all(STDERR_FILENO, std::string(terminal ? empty_the_line : "") + locales::visible_lines(sentence) + "\n");
}

std::string named(std::string_view sentence) {
    return "amparo: " + std::string(sentence);
}

}  // namespace

std::string Context::text(std::string_view key, Words words) const {
    const Filled filled(words);
    return std::string(translator_.tr(key, filled.values()).view());
}

std::string Context::counted(std::string_view key, std::uint64_t count, Words words) const {
    Filled filled(words);
    filled.count(count);
    return std::string(translator_.tr(key, filled.values()).view());
}

Exit Context::fail(std::string_view key, Words words, Exit exit) const {
    tell(terminal_, named(text(key, words)));
    return exit;
}

Exit Context::fail_counted(std::string_view key, std::uint64_t count, Words words) const {
    tell(terminal_, named(counted(key, count, words)));
    return Exit::Failed;
}

void Context::note(std::string_view key, Words words) const {
    tell(terminal_, text(key, words));
}

void Context::note_counted(std::string_view key, std::uint64_t count, Words words) const {
    tell(terminal_, counted(key, count, words));
}

void Context::show(std::string_view lines) const {
    tell(terminal_, std::string(lines));
}

void Context::say(std::string_view key, Words words) const {
    print(text(key, words) + "\n");
}

void Context::bar(std::string_view line) const {
    write_all(STDERR_FILENO, std::string(empty_the_line) + locales::visible(line));
}

std::string lower_case(std::string typed) {
    for (auto& letter : typed)
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    return typed;
}

void complain(std::string_view sentence) {
    tell(false, named(sentence));
}

bool print(std::string_view lines) {
    return write_all(STDOUT_FILENO, locales::visible_lines(lines));
}

std::string one_line(std::string_view text) {
    return locales::visible(text) + "\n";
}

bool print_json(std::string_view json) {
    auto text = locales::ascii_json(json);
    if (!text.empty() && !text.ends_with('\n')) text += '\n';
    return write_all(STDOUT_FILENO, text);
}

bool write_bytes(crypto::ByteView bytes) {
    return write_all(STDOUT_FILENO, crypto::as_text(bytes));
}

bool write_to(int terminal, std::string_view lines) {
    return write_all(terminal, locales::visible_lines(lines));
}

bool errors_are_seen() {
    return ::isatty(STDERR_FILENO) == 1;
}

bool stop_requested() {
    return stop_wanted.load();
}

void watch_for_stop() {
    struct sigaction action {};
    action.sa_handler = want_stop;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0;  // a read that waits is interrupted
    for (const int signal : {SIGINT, SIGQUIT, SIGTERM, SIGHUP}) {
        struct sigaction before {};
        // Who started the program may want it to go on without a terminal (nohup).
        if (sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN) continue;
        sigaction(signal, &action, nullptr);
    }
    // A closed pipe and a limit on file sizes are errors of write(), said in a sentence, and leave no file behind.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace app::cli
