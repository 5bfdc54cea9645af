#include "questionnaires/engine/form/survey_types.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"

namespace questionnaires::engine {
namespace {

struct NamedKind {
    std::string_view name;
    Kind kind;
};

constexpr std::array kinds{
    NamedKind{"text", Kind::Text},
    NamedKind{"string", Kind::Text},
    NamedKind{"integer", Kind::Integer},
    NamedKind{"int", Kind::Integer},
    NamedKind{"decimal", Kind::Decimal},
    NamedKind{"date", Kind::Date},
    NamedKind{"time", Kind::Time},
    NamedKind{"datetime", Kind::DateTime},
    NamedKind{"note", Kind::Note},
    NamedKind{"acknowledge", Kind::Acknowledge},
    NamedKind{"trigger", Kind::Acknowledge},
    NamedKind{"calculate", Kind::Calculate},
    NamedKind{"calculation", Kind::Calculate},
    NamedKind{"hidden", Kind::Hidden},
};

/// Longest first, so that "select one from" is not read as "select one" with the list "from".
constexpr std::array selects{
    NamedKind{"select multiple from file", Kind::SelectMultiple},
    NamedKind{"select one from file", Kind::SelectOne},
    NamedKind{"select all that apply from", Kind::SelectMultiple},
    NamedKind{"select multiple from", Kind::SelectMultiple},
    NamedKind{"select all that apply", Kind::SelectMultiple},
    NamedKind{"select multiple", Kind::SelectMultiple},
    NamedKind{"select multiple using", Kind::SelectMultiple},
    NamedKind{"select one from", Kind::SelectOne},
    NamedKind{"select one external", Kind::SelectOne},
    NamedKind{"select one using", Kind::SelectOne},
    NamedKind{"select one", Kind::SelectOne},
    NamedKind{"select1", Kind::SelectOne},
    NamedKind{"rank", Kind::Rank},
};

struct Refused {
    std::string_view name;
    std::string_view why;
};

constexpr std::string_view place = "it records where a person is or was";
constexpr std::string_view device = "it identifies the device or its owner";
constexpr std::string_view likeness = "it records a face, a voice or a document";

constexpr std::array refused{
    Refused{"deviceid", device},
    Refused{"phonenumber", device},
    Refused{"username", device},
    Refused{"email", device},
    Refused{"subscriberid", device},
    Refused{"simserial", device},
    Refused{"simid", device},
    Refused{"imei", device},
    Refused{"uri:deviceid", device},
    Refused{"uri:simserial", device},
    Refused{"uri:subscriberid", device},
    Refused{"uri:phonenumber", device},
    Refused{"uri:username", device},
    Refused{"uri:email", device},
    Refused{"geopoint", place},
    Refused{"location", place},
    Refused{"gps", place},
    Refused{"osm", place},
    Refused{"geotrace", place},
    Refused{"geoshape", place},
    Refused{"start-geopoint", place},
    Refused{"background-geopoint", place},
    Refused{"image", likeness},
    Refused{"photo", likeness},
    Refused{"picture", likeness},
    Refused{"audio", likeness},
    Refused{"video", likeness},
    Refused{"file", likeness},
    Refused{"background-audio", likeness},
    Refused{"barcode", "it reads a document or a card"},
    Refused{"audit", "it records every touch and its time"},
};

bool starts_with_word(std::string_view text, std::string_view prefix) noexcept {
    return text.substr(0, prefix.size()) == prefix && (text.size() == prefix.size() || text[prefix.size()] == ' ');
}

TypeCell bad(Sentence message, Sentence suggestion = {}, bool is_refused = false) {
    TypeCell cell;
    cell.message = std::move(message);
    cell.suggestion = std::move(suggestion);
    cell.refused = is_refused;
    return cell;
}

/// Lower case, underscores as spaces, single spaces: for comparing only.
std::string normalized(std::string_view cell) {
    std::string text;
    for (std::string_view word = take_word(cell); !word.empty(); word = take_word(cell)) {
        if (!text.empty()) text += ' ';
        text += lower(word);
    }
    std::replace(text.begin(), text.end(), '_', ' ');
    return text;
}

/// pyxform's old names: "add integer prompt", "get start time", "q string", "add select one prompt using".
std::string plain_name(std::string text) {
    const auto take = [&](std::string_view prefix, std::string_view suffix) {
        if (text.size() <= prefix.size() + suffix.size() || text.substr(0, prefix.size()) != prefix) return;
        if (text.substr(text.size() - suffix.size()) != suffix) return;
        text = text.substr(prefix.size(), text.size() - prefix.size() - suffix.size());
    };
    const std::size_t using_list = text.find(" prompt using ");
    if (text.substr(0, 11) == "add select " && using_list != std::string::npos) {
        return text.substr(4, using_list - 4) + text.substr(using_list + 7);
    }
    take("q ", "");
    take("add ", " prompt");
    take("get ", "");
    if (text == "start time" || text == "end time") text.resize(text.find(' '));
    if (text == "date time") text = "datetime";
    return text;
}

/// Without blanks and hyphens: "phone number" is phonenumber.
std::string joined(std::string_view text) {
    std::string result;
    std::copy_if(text.begin(), text.end(), std::back_inserter(result), [](char c) { return c != ' ' && c != '-'; });
    return result;
}

/// Groups and repeats. One of another kind ("begin loop") still opens and ends something, so that the rest fits.
std::optional<TypeCell> bracket_type(std::string_view cell, const std::string& text) {
    const bool begins = starts_with_word(text, "begin");
    if (!begins && (!starts_with_word(text, "end") || text == "end" || text == "end time")) return std::nullopt;
    const std::string_view what = trim(std::string_view(text).substr(begins ? 5 : 3));
    const bool repeat = what == "repeat" || what == "lgroup" || what == "looped group";
    TypeCell result;
    result.kind = repeat ? Kind::Repeat : Kind::Group;
    if (begins) result.row = TypeCell::Row::Begin;
    if (!begins) result.row = repeat ? TypeCell::Row::EndRepeat : TypeCell::Row::EndGroup;
    if (repeat || what == "group") return result;
    if (!begins && what == "loop") return result;
    const std::array<std::string_view, 4> names{"begin group", "begin repeat", "end group", "end repeat"};
    const bool loop = begins && starts_with_word(what, "loop");
    result = loop ? bad(said("{} is written out by form import when the choices sheet has its list", quote(cell)))
                  : bad(said("there is no type {}", quote(cell)), did_you_mean(text, names));
    if (begins) result.kind = Kind::Group;
    return result;
}

std::optional<TypeCell> select_type(std::string_view cell, const std::string& text) {
    for (const NamedKind& select : selects) {
        if (!starts_with_word(text, select.name)) continue;
        // The list keeps its case and underscores: it is the last word of the cell itself.
        const std::string_view rest = trim(std::string_view(text).substr(select.name.size()));
        if (rest.empty())
            return bad("a select needs the name of its list",
                       said("write {}", select.name == "select one" ? "select_one list" : "select_multiple list"));
        std::string_view original = trim(cell);
        TypeCell result;
        for (const std::string_view other : {" or other", " or specify other"}) {
            if (rest.size() <= other.size() || rest.substr(rest.size() - other.size()) != other) continue;
            result.or_other = true;
            original = trim(original.substr(0, original.size() - other.size()));
            break;
        }
        const std::size_t dollar = original.rfind("${");  // "select_one ${ name }": the answers of a repeat
        if (dollar != std::string_view::npos && original.back() == '}') {
            result.answers = trim(original.substr(dollar + 2, original.size() - dollar - 3));
        }
        const std::size_t space = original.find_last_of(" \t\n");
        if (space == std::string_view::npos) return bad("a select needs the name of its list");
        result.row = TypeCell::Row::Question;
        result.kind = select.kind;
        result.list = original.substr(space + 1);
        const std::string_view words = select.name;
        result.external = words.size() > 9 && words.substr(words.size() - 9) == " external";
        result.from_file = words.size() > 5 && words.substr(words.size() - 5) == " file";
        if (result.or_other && (result.from_file || !result.answers.empty() || select.kind == Kind::Rank)) {
            return bad("or_other goes with select_one and select_multiple of the choices sheet",
                       "add the choice to the list and a text row");
        }
        return result;
    }
    return std::nullopt;
}

}  // namespace

TypeCell parse_type(std::string_view written) {
    const std::string spaced = plain_spaces(written);  // spreadsheets and web pages bring no-break spaces along
    const std::string_view cell = spaced;
    const std::string text = plain_name(normalized(cell));
    TypeCell result;
    if (auto bracket = bracket_type(cell, text)) return *bracket;
    if (text == "csv-external") {
        result.row = TypeCell::Row::File;
        return result;
    }
    for (const NamedKind& kind : kinds) {
        if (text != kind.name) continue;
        result.row = TypeCell::Row::Question;
        result.kind = kind.kind;
        return result;
    }
    if (text == "range") {
        result.row = TypeCell::Row::Question;
        result.kind = Kind::Integer;
        result.range = true;
        return result;
    }
    if (text == "today" || text == "start" || text == "end") {
        result.row = TypeCell::Row::Question;
        result.kind = Kind::Calculate;
        result.calculation = text == "end" ? "now()" : text == "today" ? "once(today())" : "once(now())";
        return result;
    }
    for (const Refused& type : refused) {
        // "osm tags": the word after it names the tags.
        if (joined(text) == joined(type.name) || (type.name == "osm" && starts_with_word(text, "osm"))) {
            return bad(said("the type {} is refused on purpose: {}", quote(cell), Sentence::of(type.why)),
                       "remove the row", true);
        }
    }
    if (starts_with_word(text, "xml-external")) {
        return bad(said("the type {} is not here", quote(cell)), "save the file as .csv and use csv-external");
    }
    if (auto select = select_type(cell, text)) return *select;
    std::vector<std::string_view> names{
        "select one",   "select multiple", "select one from file", "rank",  "begin group", "end group",
        "begin repeat", "end repeat",      "csv-external",         "range", "today",       "start",
        "end"};
    for (const NamedKind& kind : kinds) names.push_back(kind.name);
    Sentence suggestion = did_you_mean(text, names);
    // "selct_one list": what is before the list.
    if (suggestion.empty()) suggestion = did_you_mean(std::string_view(text).substr(0, text.rfind(' ')), names);
    return bad(said("there is no type {}", quote(cell)), std::move(suggestion));
}

}  // namespace questionnaires::engine
