#include "app/cli/context.hpp"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <csignal>
#include <vector>

namespace app::cli {
namespace {

std::atomic<bool> stop_wanted{false};  // the one place a signal handler can write to

extern "C" void want_stop(int /*signal*/) {
    stop_wanted.store(true);
}

std::vector<locales::Value> values_of(Words words) {
    std::vector<locales::Value> values;
    for (const auto& word : words) values.emplace_back(word.name, std::string_view(word.value));
    return values;
}

bool write_all(int descriptor, std::string_view text) {
    while (!text.empty()) {
        const auto written = ::write(descriptor, text.data(), text.size());
        if (written < 0 && errno == EINTR) continue;
        if (written < 0) return false;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

/// On a terminal a progress bar may stand in the line: a sentence takes its place.
std::string over_a_bar(bool terminal) {
    return terminal ? "\r\033[K" : "";
}

}  // namespace

std::string Context::text(std::string_view key, Words words) const {
    return std::string(translator_.tr(key, std::span<const locales::Value>(values_of(words))).view());
}

std::string Context::counted(std::string_view key, std::uint64_t count, Words words) const {
    auto values = values_of(words);
    values.emplace_back("count", count);
    return std::string(translator_.tr(key, std::span<const locales::Value>(values)).view());
}

Exit Context::fail(std::string_view key, Words words, Exit exit) const {
    write_all(STDERR_FILENO, over_a_bar(terminal_) + "amparo: " + text(key, words) + "\n");
    return exit;
}

Exit Context::fail_counted(std::string_view key, std::uint64_t count, Words words) const {
    write_all(STDERR_FILENO, over_a_bar(terminal_) + "amparo: " + counted(key, count, words) + "\n");
    return Exit::Failed;
}

void Context::note(std::string_view key, Words words) const {
    write_all(STDERR_FILENO, over_a_bar(terminal_) + text(key, words) + "\n");
}

void Context::show(std::string_view lines) const {
    write_all(STDERR_FILENO, std::string(lines) + "\n");
}

void Context::say(std::string_view key, Words words) const {
    print(text(key, words) + "\n");
}

bool print(std::string_view text) {
    return write_all(STDOUT_FILENO, text);
}

bool stop_requested() {
    return stop_wanted.load();
}

void watch_for_stop() {
    struct sigaction action {};
    action.sa_handler = want_stop;
    sigemptyset(&action.sa_mask);
    action.sa_flags = 0;  // a read that waits is interrupted
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    // A closed pipe and a limit on file sizes are errors of write(), said in a sentence, and leave no file behind.
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
}

}  // namespace app::cli
