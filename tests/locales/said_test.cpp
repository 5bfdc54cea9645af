// What the engine says of a form is a sentence of its sources, with fields: the catalogues have every one of them, or a
// Spanish line would hold an English reason.
#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>
#include <sstream>

#include "locales/translator.hpp"
#include "tests/locales/files.hpp"

namespace fs = std::filesystem;

namespace {

const std::string prefix = "cli.form.said.";

struct Literal {
    std::string text;
    std::string before;  ///< the characters in front of it, but for blanks
    std::size_t end;     ///< after its last quotation mark
};

/// String literals that stand in the code, those that follow each other put together. Comments and includes are none.
std::vector<Literal> literals_of(const std::string& source) {
    std::vector<Literal> literals;
    bool adjacent = false;
    for (std::size_t at = 0; at < source.size(); ++at) {
        const char c = source[at];
        if (c == '/' && source.compare(at, 2, "//") == 0) {
            at = std::min(source.find('\n', at), source.size());
        } else if (c == '#' && source.compare(at, 8, "#include") == 0) {
            at = source.find('\n', at);
        } else if (c == '\'' && at > 0 && std::isalnum(static_cast<unsigned char>(source[at - 1])) == 0) {
            for (++at; source[at] != '\''; ++at)
                if (source[at] == '\\') ++at;
            adjacent = false;
        } else if (c == '"') {
            auto stop = at;
            while (stop > 0 && std::isspace(static_cast<unsigned char>(source[stop - 1])) != 0) --stop;
            const auto before = source.substr(stop < 9 ? 0 : stop - 9, std::min<std::size_t>(stop, 9));
            std::string text;
            for (++at; source[at] != '"'; ++at) {
                if (source[at] == '\\') ++at;
                text += source[at];
            }
            if (!adjacent) literals.push_back({{}, before, 0});
            literals.back().text += text;
            literals.back().end = at + 1;
            adjacent = true;
        } else if (std::isspace(static_cast<unsigned char>(c)) == 0) {
            adjacent = false;
        }
    }
    return literals;
}

/// More than a name: words with a blank between them.
bool is_prose(const std::string& text) {
    static const std::regex words("[A-Za-z0-9)}'\",;:…] [a-z{'(]|^[a-z]{2,} .");
    return std::regex_search(text, words);
}

/// What is written in sheets and files: read, or written, and said by nobody but as a field.
bool is_no_sentence(const std::string& text) {
    static const std::set<std::string> texts{"begin group",
                                             "end group",
                                             "begin repeat",
                                             "end repeat",
                                             "looped group",
                                             "list name",
                                             "tag value",
                                             "title set_form_title",
                                             "count jr:count",
                                             "requiredmsg jr:requiredmsg required-message",
                                             "constraining_message jr:constraintmsg constraint-message constraintmsg",
                                             "select one",
                                             "select one external",
                                             "select one from",
                                             "select one from file",
                                             "select one using",
                                             "select multiple",
                                             "select multiple from",
                                             "select multiple from file",
                                             "select multiple using",
                                             "select all that apply",
                                             "select all that apply from",
                                             "select all that apply from file",
                                             "select_one list",
                                             "select_multiple list",
                                             "or other",
                                             " or other",
                                             "or specify other",
                                             " or specify other",
                                             "add select ",
                                             " prompt using ",
                                             "date time",
                                             "start time",
                                             "end time",
                                             "'SHA-1', 'SHA-256', 'SHA-384'",
                                             "Otra respuesta",
                                             "Specify other.",
                                             " and (",
                                             "}, 'other')",
                                             " , 'other')",
                                             "odk-instance-first-load odk-new-repeat",
                                             ", column ",
                                             ": warning: ",
                                             "amparo draft 2n"};
    return texts.count(text) == 1;
}

/// How many arguments follow the literal in its call.
std::size_t arguments_after(const std::string& source, std::size_t at) {
    std::size_t count = 0;
    int depth = 0;
    for (; at < source.size(); ++at) {
        const char c = source[at];
        if (c == '"')
            for (++at; source[at] != '"'; ++at) at += source[at] == '\\' ? 1U : 0U;
        if (c == '(' || c == '{' || c == '[') ++depth;
        if ((c == ')' || c == '}' || c == ']') && --depth < 0) return count;
        if (c == ',' && depth == 0) ++count;
    }
    return count;
}

std::size_t holes_in(const std::string& kind) {
    std::size_t count = 0;
    for (auto at = kind.find("{}"); at != std::string::npos; at = kind.find("{}", at + 2)) ++count;
    return count;
}

/// "the choice {} has no label", as the sources say it, of every text of the catalogues.
std::set<std::string> kinds_known() {
    std::set<std::string> kinds;
    for (const auto texts = locales_test::catalogue("en"); const auto& [key, entry] : texts.entries()) {
        if (!key.starts_with(prefix)) continue;
        std::string kind;
        for (const auto& piece : entry.other) kind += piece.placeholder ? "{}" : piece.text;
        INFO(key);
        CHECK(kinds.insert(kind).second);
    }
    return kinds;
}

}  // namespace

TEST_CASE("every sentence of the engine and of the readers of forms is in the catalogues, and no other") {
    const auto known = kinds_known();
    std::set<std::string> said;
    for (const auto* const folder : {"questionnaires/engine", "questionnaires/workbook"})
        for (const auto& entry : fs::recursive_directory_iterator(fs::path(AMPARO_SOURCE_DIR) / folder)) {
            if (entry.path().extension() != ".cpp" && entry.path().extension() != ".hpp") continue;
            const auto source = locales_test::read(fs::relative(entry.path(), AMPARO_SOURCE_DIR).string());
            for (const auto& literal : literals_of(source)) {
                const bool has_fields = literal.before.ends_with("said(");
                const bool sentence = has_fields || literal.before.ends_with("Sentence(");
                if (known.count(literal.text) == 1) said.insert(literal.text);
                if (!sentence && (!is_prose(literal.text) || is_no_sentence(literal.text))) continue;
                INFO(entry.path().filename() << " says what the catalogues do not have: \"" << literal.text << '"');
                CHECK(known.count(literal.text) == 1);
                if (has_fields) CHECK(arguments_after(source, literal.end) == holes_in(literal.text));
            }
        }
    CHECK(said.size() > 250);
    for (const auto& kind : known) {
        INFO("in the catalogues and said nowhere: " << kind);
        CHECK(said.count(kind) == 1);
    }
}

TEST_CASE("the command line looks at every sentence of the catalogues, and at no other") {
    const auto source = locales_test::read("app/cli/form_words.cpp");
    const auto begin = source.find("patterns_said =");
    REQUIRE(begin != std::string::npos);
    std::istringstream list(literals_of(source.substr(begin, source.find(';', begin) - begin)).front().text);
    std::set<std::string> looked_at;
    for (std::string name; list >> name;) CHECK(looked_at.insert(name).second);
    std::set<std::string> there;
    for (const auto texts = locales_test::catalogue("en"); const auto& [key, entry] : texts.entries())
        if (key.starts_with(prefix)) there.insert(key.substr(prefix.size()));
    CHECK(looked_at == there);
}

TEST_CASE("why an answer is not taken has words for every code of the command line", "[long]") {
    const auto source = locales_test::read("app/cli/form_source.cpp");
    const std::regex code("RefusalKind::\\w+, \"([a-z-]+)\"");
    std::size_t codes = 0;
    for (auto i = std::sregex_iterator(source.begin(), source.end(), code); i != std::sregex_iterator(); ++i, ++codes) {
        auto name = (*i)[1].str();
        std::replace(name.begin(), name.end(), '-', '.');
        for (const auto language : {locales::Language::Es, locales::Language::En})
            CHECK(locales::Translator::built_in(language).has("cli.form.refused." + name));
    }
    CHECK(codes == 13);
}
