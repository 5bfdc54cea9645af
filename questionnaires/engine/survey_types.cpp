#include "questionnaires/engine/survey_types.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "questionnaires/engine/text.hpp"

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
    NamedKind{"note", Kind::Note},
    NamedKind{"acknowledge", Kind::Acknowledge},
    NamedKind{"trigger", Kind::Acknowledge},
    NamedKind{"calculate", Kind::Calculate},
    NamedKind{"calculation", Kind::Calculate},
    NamedKind{"hidden", Kind::Hidden},
};

/// Longest first, so that "select one from" is not read as "select one" with the list "from".
constexpr std::array selects{
    NamedKind{"select all that apply from", Kind::SelectMultiple},
    NamedKind{"select multiple from", Kind::SelectMultiple},
    NamedKind{"select all that apply", Kind::SelectMultiple},
    NamedKind{"select multiple", Kind::SelectMultiple},
    NamedKind{"select one from", Kind::SelectOne},
    NamedKind{"select one", Kind::SelectOne},
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
    Refused{"geopoint", place},
    Refused{"geotrace", place},
    Refused{"geoshape", place},
    Refused{"start-geopoint", place},
    Refused{"image", likeness},
    Refused{"photo", likeness},
    Refused{"audio", likeness},
    Refused{"video", likeness},
    Refused{"file", likeness},
    Refused{"background-audio", likeness},
    Refused{"barcode", "it reads a document or a card"},
    Refused{"audit", "it records every touch and its time"},
};

constexpr std::array<std::string_view, 11> later{"time",
                                                 "datetime",
                                                 "rank",
                                                 "end",
                                                 "csv-external",
                                                 "xml-external",
                                                 "begin repeat",
                                                 "end repeat",
                                                 "select one from file",
                                                 "select multiple from file",
                                                 "select one external"};

bool starts_with_word(std::string_view text, std::string_view prefix) noexcept {
    return text.substr(0, prefix.size()) == prefix && (text.size() == prefix.size() || text[prefix.size()] == ' ');
}

TypeCell bad(std::string message, std::string suggestion = {}, bool is_refused = false) {
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

std::optional<TypeCell> select_type(std::string_view cell, const std::string& text) {
    for (const NamedKind& select : selects) {
        if (!starts_with_word(text, select.name)) continue;
        // The list keeps its case and underscores: it is the last word of the cell itself.
        const std::string_view rest = trim(std::string_view(text).substr(select.name.size()));
        if (rest.empty())
            return bad(
                "a select needs the name of its list",
                "write " + std::string(select.name == "select one" ? "select_one" : "select_multiple") + " list");
        const std::size_t words_after = count_words(rest);
        std::string_view original = trim(cell);
        if (has_word(text, "or") && text.find(" or other") != std::string::npos) {
            return bad("or_other is not in this version of the engine", "add the choice to the list and a text row");
        }
        const std::size_t space = original.find_last_of(" \t\n");
        if (space == std::string_view::npos || words_after == 0) return bad("a select needs the name of its list");
        TypeCell result;
        result.row = TypeCell::Row::Question;
        result.kind = select.kind;
        result.list = original.substr(space + 1);
        return result;
    }
    return std::nullopt;
}

}  // namespace

TypeCell parse_type(std::string_view cell) {
    const std::string text = normalized(cell);
    TypeCell result;
    if (text == "begin group" || text == "end group") {
        result.row = text == "begin group" ? TypeCell::Row::BeginGroup : TypeCell::Row::EndGroup;
        result.kind = Kind::Group;
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
    if (text == "today" || text == "start") {
        result.row = TypeCell::Row::Question;
        result.kind = Kind::Calculate;
        result.calculation = text == "today" ? "once(today())" : "once(now())";
        return result;
    }
    for (const Refused& type : refused) {
        if (text == type.name || text == normalized(type.name)) {
            return bad("the type " + quote(cell) + " is refused on purpose: " + std::string(type.why), "remove the row",
                       true);
        }
    }
    for (const std::string_view type : later) {
        if (starts_with_word(text, type))
            return bad("the type " + quote(cell) + " is not in this version of the engine");
    }
    if (auto select = select_type(cell, text)) return *select;
    std::vector<std::string_view> names{"select_one", "select_multiple", "begin group", "end group",
                                        "range",      "today",           "start"};
    for (const NamedKind& kind : kinds) names.push_back(kind.name);
    return bad("there is no type " + quote(cell), did_you_mean(text, names));
}

}  // namespace questionnaires::engine
