// Every key a source file names exists, and every key is named in a source file.
#include <filesystem>
#include <regex>
#include <set>

#include "tests/locales/files.hpp"

namespace fs = std::filesystem;

namespace {

struct Named {
    std::set<std::string> keys;       ///< literals with the shape of a key
    std::set<std::string> prefixes;   ///< literals that end in a dot: "dimension." is continued at run time
    std::set<std::string> looked_up;  ///< literals handed straight to tr(), text(), say(), fail() and their like
};

/// The literals of every source file of the programs and of the translator itself.
Named named_in_sources() {
    const std::regex key("\"([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)+)\"");
    const std::regex prefix("\"([a-z][a-z0-9_]*(?:\\.[a-z0-9_]+)*\\.)\"");
    const std::regex lookup(
        "\\b(?:tr|text|counted|say|note|fail|fail_counted|stop)\\((?:context, )?\"([a-z][a-z0-9_]*\\.[a-z0-9_.]*)\"");
    Named named;
    for (const auto* const folder : {"app", "locales"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(AMPARO_SOURCE_DIR) / folder)) {
            const auto extension = entry.path().extension();
            if (extension != ".cpp" && extension != ".hpp") continue;
            const auto source = locales_test::read(fs::relative(entry.path(), AMPARO_SOURCE_DIR).string());
            const auto collect = [&source](const std::regex& pattern, std::set<std::string>& into) {
                for (auto i = std::sregex_iterator(source.begin(), source.end(), pattern); i != std::sregex_iterator();
                     ++i)
                    into.insert((*i)[1]);
            };
            // Examples in comments and in ui's documentation speak of keys that are not ours.
            if (entry.path().filename() == "ui.hpp" || entry.path().filename() == "values.hpp") continue;
            collect(key, named.keys);
            collect(prefix, named.prefixes);
            collect(lookup, named.looked_up);
        }
    return named;
}

}  // namespace

TEST_CASE("every key that a source file looks up is in the catalogues", "[long]") {
    const auto texts = locales_test::catalogue("en");
    for (const auto& key : named_in_sources().looked_up) {
        INFO("looked up and missing: " << key);
        CHECK((key.ends_with('.') || texts.find(key) != nullptr));
    }
}

TEST_CASE("no screen says what bundles do not carry") {
    const std::regex of_command_line("\"cli\\.");
    for (const auto& entry : fs::recursive_directory_iterator(fs::path(AMPARO_SOURCE_DIR) / "app")) {
        const auto name = fs::relative(entry.path(), AMPARO_SOURCE_DIR).generic_string();
        // Read before any bundle: the options of a program. Exports are the command line's alone.
        const bool of_commands = name.starts_with("app/cli/") || name.starts_with("app/exports/");
        if (!entry.is_regular_file() || of_commands || name.ends_with("/options.cpp")) continue;
        INFO(name);
        CHECK_FALSE(std::regex_search(locales_test::read(name), of_command_line));
    }
}

TEST_CASE("every key of the catalogues is used by a source file", "[long]") {
    const auto named = named_in_sources();
    REQUIRE(named.keys.size() > 100);
    for (const auto texts = locales_test::catalogue("en"); const auto& [key, entry] : texts.entries()) {
        bool used = named.keys.count(key) == 1;
        for (auto dot = key.rfind('.'); !used && dot != std::string::npos && dot > 0; dot = key.rfind('.', dot - 1))
            used = named.prefixes.count(key.substr(0, dot + 1)) == 1;
        INFO("in the catalogues and used nowhere: " << key);
        CHECK(used);
    }
}
