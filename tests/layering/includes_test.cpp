// The arrows of the architecture, checked against every #include in the tree. The lists may only shrink.
#include <catch2/catch_all.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace fs = std::filesystem;

namespace {

struct Include {
    std::string file;  // from the root of the sources
    int line;
    std::string path;
};

/// Layer -> the layers it may include, besides itself. The longest matching folder names the layer of a file.
const std::map<std::string, std::set<std::string>> allowed{
    {"app/files", {}},
    {"crypto", {}},
    {"app/hardening", {"app/files"}},
    {"crypto/open", {"crypto"}},
    {"locales", {}},
    {"questionnaires/engine", {}},
    {"questionnaires/workbook", {"app/files", "questionnaires/engine"}},
    {"app/store", {"app/files", "crypto"}},
    {"app/record", {"crypto", "questionnaires/engine"}},
    {"app/exchange",
     {"app/files", "crypto", "locales", "questionnaires/engine", "questionnaires/workbook", "app/record"}},
    {"app/exchange/open", {"app/files", "crypto", "crypto/open", "app/record", "app/exchange"}},
    {"app/device", {"crypto", "app/store", "app/exchange"}},
    {"app/session", {"crypto", "locales", "questionnaires/engine", "app/record", "app/store", "app/exchange"}},
    {"app/casebook",
     {"app/files", "crypto", "crypto/open", "questionnaires/engine", "app/record", "app/store", "app/exchange",
      "app/exchange/open"}},
    {"app/platform", {"app/files", "crypto"}},
    {"app/ui", {"crypto", "locales", "app/platform"}},
    {"app/kiosk",
     {"app/files", "crypto", "locales", "questionnaires/engine", "questionnaires/workbook", "app/record", "app/store",
      "app/exchange", "app/device", "app/session", "app/platform", "app/ui", "app/hardening"}},
    {"app/cli",
     {"app/files", "crypto", "crypto/open", "locales", "questionnaires/engine", "questionnaires/workbook", "app/record",
      "app/store", "app/exchange", "app/exchange/open", "app/device", "app/casebook", "app/hardening"}},
};

/// Third-party header (by prefix) -> the only layers that may see it.
const std::map<std::string, std::set<std::string>> guarded{
    {"sodium", {"crypto", "crypto/open"}},
    {"sqlite3", {"app/store"}},
    {"sqlcipher", {"app/store"}},
    {"imgui", {"app/ui", "app/platform"}},
    {"backends/imgui", {"app/ui", "app/platform"}},
    {"GLFW/", {"app/platform"}},
    {"GL/", {"app/platform"}},
    {"archive", {"app/exchange", "questionnaires/workbook"}},
    {"curl/", {}},
    {"seccomp.h", {"app/hardening"}},
    {"linux/landlock.h", {"app/hardening"}},
    {"utf8proc.h", {"app/record", "locales"}},
    {"re2/", {"questionnaires/engine"}},
    {"csv.h", {"questionnaires/workbook"}},
    {"pugixml", {"questionnaires/workbook"}},
    {"xlsxwriter", {"questionnaires/workbook"}},
    {"png.h", {"app/platform"}},
};

std::string layer_of(const std::string& path) {
    std::string best;
    for (const auto& [layer, unused] : allowed)
        if (path.starts_with(layer + "/") && layer.size() > best.size()) best = layer;
    return best;
}

struct Line {
    std::string file;  // from the root of the sources
    int number;
    std::string text;
};

std::vector<Line> lines_in(const fs::path& root) {
    std::vector<Line> found;
    for (const char* top : {"crypto", "locales", "questionnaires", "app"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            const auto extension = entry.path().extension();
            if (extension != ".hpp" && extension != ".cpp") continue;
            std::ifstream in(entry.path());
            std::string text;
            for (int number = 1; std::getline(in, text); ++number)
                found.push_back({fs::relative(entry.path(), root).string(), number, text});
        }
    return found;
}

std::vector<Include> includes_in(const fs::path& root) {
    std::vector<Include> found;
    for (const auto& line : lines_in(root)) {
        if (!line.text.starts_with("#include")) continue;
        const auto from = line.text.find_first_of("\"<");
        const auto to = line.text.find_last_of("\">");
        if (from == std::string::npos || to <= from) continue;
        found.push_back({line.file, line.number, line.text.substr(from + 1, to - from - 1)});
    }
    return found;
}

const fs::path root = AMPARO_SOURCE_DIR;

}  // namespace

TEST_CASE("no file includes a layer that the architecture does not let it see") {
    const auto includes = includes_in(root);
    REQUIRE(includes.size() > 100);
    for (const auto& include : includes) {
        const auto from = layer_of(include.file);
        const auto to = layer_of(include.path);
        INFO(include.file << ":" << include.line << " includes " << include.path);
        CHECK_FALSE(from.empty());
        if (!to.empty() && from != to && !from.empty()) CHECK(allowed.at(from).contains(to));
    }
}

TEST_CASE("a third-party header is seen only in the layer that wraps it") {
    for (const auto& include : includes_in(root))
        for (const auto& [header, layers] : guarded)
            if (include.path.starts_with(header)) {
                INFO(include.file << ":" << include.line << " includes " << include.path);
                CHECK(layers.contains(layer_of(include.file)));
            }
}

TEST_CASE("no header of ours shows JSON") {
    for (const auto& include : includes_in(root))
        if (include.file.ends_with(".hpp")) {
            INFO(include.file << ":" << include.line);
            CHECK_FALSE(include.path.starts_with("nlohmann"));
        }
}

TEST_CASE("the pure layers start no threads and read no files") {
    static const std::set<std::string> pure{
        "crypto", "crypto/open", "questionnaires/engine", "locales", "app/record", "app/session", "app/ui"};
    static const std::set<std::string> forbidden{"thread",  "fstream", "filesystem", "mutex", "condition_variable",
                                                 "fcntl.h", "future"};
    for (const auto& include : includes_in(root))
        if (pure.contains(layer_of(include.file))) {
            INFO(include.file << ":" << include.line << " includes " << include.path);
            CHECK_FALSE(forbidden.contains(include.path));
        }
}

TEST_CASE("nothing but the two seams writes to an output, a log or the clipboard") {
    // Each makes visible what it prints; what answers pass through has no other way out.
    static const std::set<std::string> seams{"app/cli/context.cpp", "app/kiosk/speak.cpp"};
    std::size_t looked = 0;
    for (const auto& line : lines_in(root)) {
        if (seams.contains(line.file) || line.text.starts_with("#include")) continue;
        ++looked;
        for (const auto* word :
             {"cout", "cerr", "clog", "printf(", "puts(", "putc", "stdout", "stderr", "STDOUT_FILENO", "STDERR_FILENO",
              "/dev/std", "syslog", "perror(", "Clipboard", "LogToFile", "SaveIni"}) {
            const auto at = line.text.find(word);
            if (at == std::string::npos || at > line.text.find("//")) continue;
            // Into memory; and where they are switched off they are named too.
            if (at >= 2 && line.text.compare(at - 2, 9, "snprintf(") == 0) continue;
            if (line.text.find("nullptr") != std::string::npos) continue;
            FAIL_CHECK(line.file << ":" << line.number << " " << line.text);
        }
    }
    CHECK(looked > 10'000);
}

TEST_CASE("bytes leave the command line unescaped only where a program reads them or no copy may be made") {
    static const std::set<std::string> exact{"app/cli/context.hpp", "app/cli/context.cpp", "app/cli/stream.cpp",
                                             "app/cli/age_keygen.cpp", "app/cli/device_recover.cpp"};
    for (const auto& line : lines_in(root))
        if (line.text.find("write_bytes(") != std::string::npos) {
            INFO(line.file << ":" << line.number << " " << line.text);
            CHECK(exact.contains(line.file));
        }
}

TEST_CASE("JSON leaves the command line by one function only") {
    std::size_t commands = 0;
    for (const auto& line : lines_in(root)) {
        if (!line.file.starts_with("app/cli/")) continue;
        if (line.text.find("print_json(") != std::string::npos) ++commands;
        const auto at = line.text.find("print(");
        const bool raw = at != std::string::npos && (at == 0 || line.text[at - 1] != '_');
        const auto json = std::min(line.text.find("dump("), line.text.find("json"));
        INFO(line.file << ":" << line.number << " " << line.text);
        CHECK_FALSE((raw && json != std::string::npos && json > at));
    }
    CHECK(commands >= 8);
}

TEST_CASE("files that others made are opened in few places, which look at what they are and never wait") {
    // The kernel's own files, which no person can replace.
    static const std::set<std::string> known{"app/kiosk/measure.cpp", "app/kiosk/drives.cpp",
                                             "app/kiosk/machine_clock.cpp"};
    for (const auto& line : lines_in(root)) {
        if (known.contains(line.file)) continue;
        for (const auto* word : {"ifstream in(", "fopen("}) {
            INFO(line.file << ":" << line.number << " " << line.text);
            CHECK(line.text.find(word) == std::string::npos);
        }
        // A path may be a pipe: opened for reading without O_NONBLOCK it is waited for.
        if (line.text.find("::open(") == std::string::npos || line.text.find("O_RDONLY") == std::string::npos) continue;
        if (line.text.find("O_DIRECTORY") != std::string::npos) continue;
        INFO(line.file << ":" << line.number << " " << line.text);
        CHECK(line.text.find("O_NONBLOCK") != std::string::npos);
    }
}

TEST_CASE("nothing is read or written in the way of the machine's own language") {
    for (const auto& line : lines_in(root))
        for (const auto* word : {"setlocale", "std::locale", "strtod", "std::stod", "std::stof", "atof(", "scanf(",
                                 "std::tolower", "std::toupper", "std::isalpha", "std::isdigit", "std::isspace"}) {
            INFO(line.file << ":" << line.number << " " << line.text);
            CHECK(line.text.find(word) == std::string::npos);
        }
}

TEST_CASE("the checker itself notices a forbidden arrow") {
    CHECK(layer_of("app/exchange/open/batch_open.cpp") == "app/exchange/open");
    CHECK(layer_of("app/kiosk/screens/home.cpp") == "app/kiosk");
    CHECK_FALSE(allowed.at("app/kiosk").contains("crypto/open"));
    CHECK_FALSE(allowed.at("crypto").contains("app/store"));
}
