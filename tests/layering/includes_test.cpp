// The arrows of the architecture are the targets' own link lists, held against every #include in the tree.
#include <algorithm>
#include <catch2/catch_all.hpp>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/layering/root.hpp"

namespace fs = std::filesystem;
using layering::root;

namespace {

struct Include {
    std::string file;  // from the root of the sources
    int line;
    std::string path;
};

/// A folder of the sources, and what the targets in it link: folders of ours, and libraries of others by their name
/// after `dep::`.
struct Layer {
    std::set<std::string> layers;
    std::set<std::string> libraries;
};

/// The link lists, as CMake wrote them down: `folder target link link …`.
std::map<std::string, Layer> read_layers() {
    std::map<std::string, std::string> folder_of;  // target -> folder
    std::vector<std::vector<std::string>> lines;
    std::ifstream in(AMPARO_ARROWS);
    for (std::string line; std::getline(in, line);) {
        std::istringstream words(line);
        lines.emplace_back(std::istream_iterator<std::string>(words), std::istream_iterator<std::string>());
        if (lines.back().size() >= 2) folder_of[lines.back()[1]] = lines.back()[0];
    }
    std::map<std::string, Layer> layers;
    for (const auto& line : lines) {
        if (line.size() < 2 || line[0].starts_with("tests")) continue;
        auto& layer = layers[line[0]];
        for (auto link = line.begin() + 2; link != line.end(); ++link)
            if (link->starts_with("dep::"))
                layer.libraries.insert(link->substr(5));
            else if (const auto folder = folder_of.find(*link); folder != folder_of.end() && folder->second != line[0])
                layer.layers.insert(folder->second);
    }
    return layers;
}

const std::map<std::string, Layer>& layers() {
    static const auto known = read_layers();
    return known;
}

/// A layer and all that it links, by whatever way.
std::set<std::string> reached_from(const std::string& layer) {
    std::set<std::string> reached{layer};
    for (bool more = true; more;) {
        more = false;
        for (const auto& name : std::set<std::string>(reached))
            for (const auto& link : layers().at(name).layers) more = reached.insert(link).second || more;
    }
    return reached;
}

/// How the headers of a library begin that only some layers link. (tl::expected is in every layer.)
const std::multimap<std::string, std::string> headers{
    {"archive", "archive"},
    {"cli11", "CLI/"},
    {"csv", "csv.h"},
    {"curl", "curl/"},
    {"freetype", "freetype"},
    {"freetype", "ft2build"},
    {"gl", "GL/"},
    {"glfw", "GLFW/"},
    {"imgui", "imgui"},
    {"imgui", "backends/"},
    {"imgui", "misc/"},
    {"json", "nlohmann/"},
    {"keyutils", "keyutils"},
    {"png", "png.h"},
    {"pugixml", "pugixml"},
    {"qrcodegen", "qrcodegen"},
    {"re2", "re2/"},
    {"seccomp", "seccomp.h"},
    {"sodium", "sodium"},
    {"sqlcipher", "sqlite3"},
    {"sqlcipher", "sqlcipher"},
    {"utf8proc", "utf8proc"},
    {"zlib", "zlib.h"},
    {"xlsxwriter", "xlsxwriter"},
    {"zxcvbn", "zxcvbn.h"},
};

std::string layer_of(const std::string& path) {
    std::string best;
    for (const auto& [layer, links] : layers())
        if (path.starts_with(layer + "/") && layer.size() > best.size()) best = layer;
    return best;
}

struct Line {
    std::string file;  // from the root of the sources
    int number;
    std::string text;
};

std::vector<Line> read_lines(const fs::path& root) {
    std::vector<Line> found;
    for (const char* top : {"crypto", "locales", "questionnaires", "app"})
        for (const auto& entry : fs::recursive_directory_iterator(root / top)) {
            if (entry.path().extension() != ".hpp" && entry.path().extension() != ".cpp") continue;
            std::ifstream in(entry.path());
            std::string text;
            for (int number = 1; std::getline(in, text); ++number)
                found.push_back({fs::relative(entry.path(), root).string(), number, text});
        }
    return found;
}

/// Every line of our sources, read once.
const std::vector<Line>& all_lines() {
    static const auto lines = read_lines(root);
    return lines;
}

std::vector<Include> all_includes() {
    std::vector<Include> found;
    for (const auto& line : all_lines()) {
        if (!line.text.starts_with("#include")) continue;
        const auto from = line.text.find_first_of("\"<");
        const auto to = line.text.find_last_of("\">");
        if (from == std::string::npos || to <= from) continue;
        found.push_back({line.file, line.number, line.text.substr(from + 1, to - from - 1)});
    }
    return found;
}

}  // namespace

TEST_CASE("a file includes only the layers that its own target links") {
    const auto includes = all_includes();
    REQUIRE(includes.size() > 100);
    for (const auto& include : includes) {
        const auto from = layer_of(include.file);
        const auto to = layer_of(include.path);
        INFO(include.file << ":" << include.line << " includes " << include.path);
        CHECK_FALSE(from.empty());
        if (!to.empty() && from != to && !from.empty()) CHECK(layers().at(from).layers.contains(to));
    }
}

TEST_CASE("no target links a layer or a library of which it includes nothing") {
    std::map<std::string, Layer> used;
    for (const auto& include : all_includes()) {
        auto& layer = used[layer_of(include.file)];
        layer.layers.insert(layer_of(include.path));
        for (const auto& [library, header] : headers)
            if (include.path.starts_with(header)) layer.libraries.insert(library);
    }
    REQUIRE(layers().size() > 15);
    for (const auto& [name, layer] : layers()) {
        for (const auto& link : layer.layers) {
            INFO(name << " links " << link);
            CHECK(used[name].layers.contains(link));
        }
        for (const auto& link : layer.libraries) {
            INFO(name << " links dep::" << link);
            CHECK(headers.contains(link));
            CHECK(used[name].libraries.contains(link));
        }
    }
}

TEST_CASE("a third-party header is seen only in a layer that links its library") {
    for (const auto& include : all_includes()) {
        INFO(include.file << ":" << include.line << " includes " << include.path);
        for (const auto& [library, header] : headers)
            if (include.path.starts_with(header))
                CHECK(layers().at(layer_of(include.file)).libraries.contains(library));
        if (include.path == "linux/landlock.h") CHECK(layer_of(include.file) == "app/hardening");
    }
}

TEST_CASE("a library of others is known to few layers") {
    // What holds secrets, reads what strangers wrote, or draws: one layer each, two where they are halves of one.
    const std::map<std::string, std::set<std::string>> homes{
        {"sodium", {"crypto", "crypto/open"}},
        {"sqlcipher", {"app/database"}},
        {"imgui", {"app/ui/core", "app/platform"}},
        {"glfw", {"app/platform"}},
        {"gl", {"app/platform"}},
        {"archive", {"questionnaires/workbook"}},
        {"seccomp", {"app/hardening"}},
        {"re2", {"questionnaires/engine/expression", "questionnaires/engine/interview"}},
        {"csv", {"questionnaires/workbook"}},
        {"pugixml", {"questionnaires/workbook"}},
        {"xlsxwriter", {"questionnaires/workbook"}},
        {"png", {"app/platform"}},
        {"qrcodegen", {"app/deployment"}},
        {"zxcvbn", {"app/deployment"}},
    };
    for (const auto& [name, layer] : layers())
        for (const auto& [library, home] : homes) {
            INFO(name << " links dep::" << library);
            CHECK((!layer.libraries.contains(library) || home.contains(name)));
        }
}

TEST_CASE("the kiosk's state machine and screens reach no database, opening key or network, by whatever way") {
    for (const auto* from : {"app/session", "app/kiosk/screens"}) {
        const auto reached = reached_from(from);
        CHECK(reached.size() > 5);
        for (const auto& name : reached) {
            INFO(from << " reaches " << name);
            CHECK_FALSE(layers().at(name).libraries.contains("sqlcipher"));
            CHECK_FALSE(layers().at(name).libraries.contains("curl"));
            CHECK(name != "crypto/open");
        }
    }
}

TEST_CASE("a flow of the session knows of other flows only what is said here") {
    using Arrows = std::set<std::pair<std::string, std::string>>;
    const Arrows may_enter{{"entry", "staff"}};                        // calls its rules
    const Arrows may_know{{"delivery", "entry"}, {"staff", "entry"}};  // what unlocking gives; a screen
    const std::set<std::string> flows{"entry", "visit", "staff", "delivery"};
    const auto flow_of = [](const std::string& path) {
        const std::string session = "app/session/";
        return path.starts_with(session) ? path.substr(session.size(), path.find('/', session.size()) - session.size())
                                         : std::string();
    };
    Arrows enters;
    Arrows knows;
    for (const auto& include : all_includes()) {
        const auto from = flow_of(include.file);
        const auto to = flow_of(include.path);
        if (from == to || !flows.contains(from) || !flows.contains(to)) continue;
        (include.path.ends_with("/rules.hpp") ? enters : knows).emplace(from, to);
    }
    CHECK(enters == may_enter);
    CHECK(knows == may_know);
}

TEST_CASE("a casebook reaches no database, by whatever way; what keeps it does") {
    CHECK(reached_from("app/casebook/sqlcipher").contains("app/database"));
    CHECK_FALSE(reached_from("app/casebook").contains("app/database"));
}

TEST_CASE("the architecture's table says what is linked") {
    // | `folder` | is for | `layer`, `layer` |
    std::ifstream in(root / "docs/ARCHITECTURE.md");
    std::map<std::string, std::set<std::string>> told;
    for (std::string line; std::getline(in, line);) {
        const auto end = line.find("` |");
        if (!line.starts_with("| `") || end == std::string::npos) continue;
        const auto folder = line.substr(3, end - 3);
        if (!layers().contains(folder)) continue;
        auto& links = told[folder];
        const auto last = line.rfind('|', line.size() - 2);
        for (auto at = line.find('`', last); at != std::string::npos;) {
            const auto close = line.find('`', at + 1);
            REQUIRE(close != std::string::npos);
            links.insert(line.substr(at + 1, close - at - 1));
            at = line.find('`', close + 1);
        }
    }
    for (const auto& [name, layer] : layers()) {
        INFO(name);
        CHECK(told.contains(name));
        CHECK(told[name] == layer.layers);
    }
    CHECK(told.size() == layers().size());
}

TEST_CASE("no header of ours shows JSON") {
    for (const auto& include : all_includes())
        if (include.file.ends_with(".hpp")) {
            INFO(include.file << ":" << include.line);
            CHECK_FALSE(include.path.starts_with("nlohmann"));
        }
}

TEST_CASE("the pure layers start no threads and read no files") {
    static const std::set<std::string> pure{"crypto",
                                            "crypto/open",
                                            "questionnaires/engine/expression",
                                            "questionnaires/engine/form",
                                            "questionnaires/engine/interview",
                                            "locales",
                                            "app/session",
                                            "app/ui",
                                            "app/ui/core"};
    static const std::set<std::string> forbidden{"thread",  "fstream", "filesystem", "mutex", "condition_variable",
                                                 "fcntl.h", "future"};
    for (const auto& include : all_includes())
        if (pure.contains(layer_of(include.file))) {
            INFO(include.file << ":" << include.line << " includes " << include.path);
            CHECK_FALSE(forbidden.contains(include.path));
        }
}

TEST_CASE("nothing but the two seams writes to an output, a log or the clipboard") {
    // Each makes visible what it prints; what answers pass through has no other way out.
    static const std::set<std::string> seams{"app/cli/context.cpp", "app/shell/speak.cpp"};
    std::size_t looked = 0;
    for (const auto& line : all_lines()) {
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
    for (const auto& line : all_lines())
        if (line.text.find("write_bytes(") != std::string::npos) {
            INFO(line.file << ":" << line.number << " " << line.text);
            CHECK(exact.contains(line.file));
        }
}

TEST_CASE("JSON leaves the command line by one function only") {
    std::size_t commands = 0;
    for (const auto& line : all_lines()) {
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

TEST_CASE("files are opened, made, renamed and synced in one folder, which waits for nothing") {
    // Places that the kernel is told about, not files.
    static const std::set<std::string> known{"app/hardening/folders.cpp"};
    std::size_t within = 0;
    for (const auto& line : all_lines()) {
        INFO(line.file << ":" << line.number << " " << line.text);
        const auto call = line.text.find("::open(");
        const bool opens = call != std::string::npos &&
                           (call == 0 || std::string_view(" (").find(line.text[call - 1]) != std::string_view::npos);
        if (line.file.starts_with("app/files/")) {
            // A path may be a pipe: opened for reading without O_NONBLOCK it is waited for.
            within += opens ? 1 : 0;
            if (opens && line.text.find("O_RDONLY") != std::string::npos &&
                line.text.find("O_DIRECTORY") == std::string::npos)
                CHECK(line.text.find("O_NONBLOCK") != std::string::npos);
            continue;
        }
        if (known.contains(line.file)) continue;
        CHECK_FALSE(opens);
        for (const auto* word : {"ifstream", "ofstream", "fopen(", "fsync(", "fdatasync(", "openat(", "::rename(",
                                 "filesystem::rename(", "fs::rename(", "::mkdir("})
            CHECK(line.text.find(word) == std::string::npos);
    }
    CHECK(within >= 5);
}

TEST_CASE("nothing is read or written in the way of the machine's own language") {
    std::size_t looked = 0;
    for (const auto& line : all_lines()) {
        ++looked;
        for (const auto* word : {"setlocale", "std::locale", "strtod", "std::stod", "std::stof", "atof(", "scanf(",
                                 "std::tolower", "std::toupper", "std::isalpha", "std::isdigit", "std::isspace"})
            if (line.text.find(word) != std::string::npos)
                FAIL_CHECK(line.file << ":" << line.number << " " << line.text);
    }
    CHECK(looked > 10'000);
}

TEST_CASE("the checker itself notices a forbidden arrow") {
    CHECK(layer_of("app/exchange/open/batch_open.cpp") == "app/exchange/open");
    CHECK(layer_of("app/kiosk/screens/home.cpp") == "app/kiosk/screens");
    CHECK_FALSE(layers().at("app/kiosk").layers.contains("crypto/open"));
    CHECK_FALSE(layers().at("app/kiosk/screens").layers.contains("crypto/open"));
    CHECK_FALSE(layers().at("crypto").layers.contains("app/store"));
    CHECK_FALSE(layers().at("app/session").layers.contains("app/store"));
    CHECK_FALSE(layers().at("app/kiosk/screens").layers.contains("app/store"));
    CHECK(layers().at("crypto").libraries == std::set<std::string>{"sodium"});
}
