#include "tests/outside/support.hpp"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch_all.hpp>
#include <cerrno>
#include <csignal>
#include <fstream>
#include <sstream>
#include <utility>

#include "app/files/descriptor.hpp"
#include "crypto/random.hpp"

namespace outside {
namespace {

/// What a person's programs are started with, in English whatever the machine speaks.
std::vector<std::string> english_environment() {
    std::vector<std::string> kept{"LANG=C.UTF-8"};
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (!text.starts_with("LANG=") && !text.starts_with("LC_ALL=") && !text.starts_with("LC_MESSAGES="))
            kept.emplace_back(text);
    }
    return kept;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    return pointers;
}

/// Starts a program in a session of its own, so that no terminal is in reach. Spawned and not forked: to copy the
/// tables of this process's memory a thousand times took half of the time of all these tests.
pid_t start(const fs::path& folder, std::vector<std::string> words) {
    auto environment = english_environment();
    posix_spawn_file_actions_t files;
    posix_spawnattr_t attributes;
    REQUIRE((posix_spawn_file_actions_init(&files) == 0 && posix_spawnattr_init(&attributes) == 0));
    constexpr int made = O_WRONLY | O_CREAT | O_TRUNC;
    const auto out = (folder / ".said/out").string();
    const auto err = (folder / ".said/err").string();
    REQUIRE(posix_spawn_file_actions_addchdir_np(&files, folder.c_str()) == 0);
    REQUIRE(posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDONLY, 0) == 0);
    REQUIRE(posix_spawn_file_actions_addopen(&files, 1, out.c_str(), made, 0600) == 0);
    REQUIRE(posix_spawn_file_actions_addopen(&files, 2, err.c_str(), made, 0600) == 0);
    REQUIRE(posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID) == 0);
    pid_t child = -1;
    const auto arguments = pointers_to(words);
    const int failed =
        posix_spawn(&child, arguments.front(), &files, &attributes, arguments.data(), pointers_to(environment).data());
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&attributes);
    REQUIRE(failed == 0);
    return child;
}

/// Waits until the child has ended; false, and it is ended, when that takes too long.
bool ended(pid_t child, int& status) {
    const app::files::Descriptor process(static_cast<int>(::syscall(SYS_pidfd_open, child, 0)));
    REQUIRE(process.get() >= 0);
    pollfd waiting{process.get(), POLLIN, 0};
    int answered = 0;
    while ((answered = ::poll(&waiting, 1, static_cast<int>(Desk::most_seconds) * 1000)) < 0) REQUIRE(errno == EINTR);
    if (answered == 0) ::kill(child, SIGKILL);
    while (::waitpid(child, &status, 0) < 0) REQUIRE(errno == EINTR);
    return answered > 0;
}

}  // namespace

crypto::SodiumReady ready() {
    const auto token = crypto::SodiumReady::init();
    REQUIRE(token);
    return *token;
}

Desk::Desk() {
    fs::create_directory(path() / ".said");
}

Ran Desk::run(const std::string& program, const std::vector<std::string>& arguments) const {
    std::vector<std::string> words{AMPARO_BIN_DIR "/" + program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    int status = 0;
    Ran ran;
    ran.hung = !ended(start(path(), words), status);
    if (WIFEXITED(status)) ran.code = WEXITSTATUS(status);
    ran.out = read(".said/out");
    ran.err = read(".said/err");
    return ran;
}

void Desk::write(const std::string& name, std::string_view content) const {
    std::ofstream out(path() / name, std::ios::binary);
    out << content;
    REQUIRE(out.flush());
    fs::permissions(path() / name, fs::perms::owner_read | fs::perms::owner_write);
}

std::string Desk::read(const std::string& name) const {
    return folder_.read(name);
}

const std::vector<std::pair<std::string, std::string>>& dangers() {
    static const std::vector<std::pair<std::string, std::string>> all{
        {"line feed", "\nradio-hotel-canal-999  2026-01-01  strong"},
        {"carriage return", "\rcovered"},
        {"tab", "\t"},
        {"clear the screen", "\x1b[2J"},
        {"window title", "\x1b]0;owned\x07"},
        {"clipboard", "\x1b]52;c;aGk=\x07"},
        {"colour that hides", "\x1b[8m"},
        {"backspaces", "\b\b\b"},
        {"delete", "\x7f"},
        {"C1 control sequence",
         "\xc2\x9b"
         "31m"},
        {"C1 operating system command",
         "\xc2\x9d"
         "0;owned\xc2\x9c"},
        {"C1 next line", "\xc2\x85"},
        {"right-to-left override",
         "\xe2\x80\xae"
         "483"},
        {"isolate", "\xe2\x81\xa6"},
        {"right-to-left mark", "\xe2\x80\x8f"},
        {"Arabic letter mark", "\xd8\x9c"},
        {"line separator", "\xe2\x80\xa8"},
        {"paragraph separator", "\xe2\x80\xa9"},
        {"zero width space", "\xe2\x80\x8b"},
        {"zero width joiner", "\xe2\x80\x8d"},
        {"word joiner", "\xe2\x81\xa0"},
        {"byte order mark", "\xef\xbb\xbf"},
        {"soft hyphen", "\xc2\xad"},
        {"vowel separator", "\xe1\xa0\x8e"},
        {"variation selector", "\xef\xb8\x8f"},
        {"tag", "\xf3\xa0\x81\x81"},
        {"annotation", "\xef\xbf\xb9"},
        {"noncharacter", "\xef\xbf\xbe"},
        {"Arabic number sign", "\xd8\x80"},
        {"end of ayah", "\xdb\x9d"},
        {"Syriac abbreviation", "\xdc\x8f"},
        {"Kaithi number sign", "\xf0\x91\x82\xbd"},
        {"Hangul filler", "\xe3\x85\xa4"},
        {"half-width Hangul filler", "\xef\xbe\xa0"},
        {"Hangul choseong filler", "\xe1\x85\x9f"},
        {"Braille without dots", "\xe2\xa0\x80"},
        {"null notehead", "\xf0\x9d\x85\x99"},
        {"private use", "\xee\x80\x80"},
        {"not assigned", "\xcd\xb8"},
        {"a stack of marks", "\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81\xcc\x81"},
    };
    return all;
}

std::string danger_in(std::string_view text) {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const auto named = [&](std::size_t at, const char* what) {
        const auto from = at < 40 ? 0 : at - 40;
        return std::string(what) + " at byte " + std::to_string(at) +
               " after: " + std::string(text.substr(from, at - from));
    };
    std::size_t marks = 0;
    for (std::size_t i = 0; i < text.size();) {
        const unsigned lead = byte(i);
        if (lead < 0x80) {
            marks = 0;
            if ((lead < 0x20 && lead != '\n') || lead == 0x7f) return named(i, "a control character");
            ++i;
            continue;
        }
        const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
        if (lead < 0xC2 || lead > 0xF4 || i + more >= text.size()) return named(i, "no UTF-8");
        std::uint32_t code = lead & (0x3FU >> more);
        for (std::size_t k = 1; k <= more; ++k) {
            if ((byte(i + k) & 0xC0U) != 0x80U) return named(i, "no UTF-8");
            code = code << 6U | (byte(i + k) & 0x3FU);
        }
        const bool mark = (code >= 0x300 && code <= 0x36F) || (code >= 0x1AB0 && code <= 0x1ACE) ||
                          (code >= 0x1DC0 && code <= 0x1DFF) || (code >= 0x20D0 && code <= 0x20F0);
        marks = mark ? marks + 1 : 0;
        if (marks > 4) return named(i, "a stack of marks");
        // General category Cc, Cf, Co, Zl, Zp, Cs and noncharacters; default ignorable code points; what looks blank.
        const bool steers = code < 0xA0 || code == 0xAD || code == 0x34F || code == 0x61C || code == 0x180E ||
                            (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
                            (code >= 0x2060 && code <= 0x206F) || (code >= 0xD800 && code <= 0xDFFF) ||
                            (code >= 0xFDD0 && code <= 0xFDEF) || (code >= 0xFE00 && code <= 0xFE0F) ||
                            (code >= 0x600 && code <= 0x605) || code == 0x6DD || code == 0x70F || code == 0x8E2 ||
                            code == 0x115F || code == 0x1160 || code == 0x17B4 || code == 0x17B5 || code == 0x2800 ||
                            code == 0x3164 || code == 0xFFA0 || code == 0x110BD || code == 0x110CD ||
                            (code >= 0x1BCA0 && code <= 0x1BCA3) || code == 0x1D159 ||
                            (code >= 0x1D173 && code <= 0x1D17A) || (code >= 0xE000 && code <= 0xF8FF) ||
                            code >= 0xF0000 || code == 0x378 || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB) ||
                            (code & 0xFFFEU) == 0xFFFEU || (code >= 0xE0000 && code <= 0xE0FFF);
        if (steers) return named(i, "a character that steers or hides");
        i += more + 1;
    }
    return {};
}

std::size_t lines_of(std::string_view text) {
    return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace outside
