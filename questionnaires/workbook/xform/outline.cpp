#include "questionnaires/workbook/xform/outline.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/survey_parameters.hpp"

namespace questionnaires::workbook::xform {
namespace {

using engine::no_index;

struct NamedType {
    std::string_view name;
    Control control;
    std::string_view bind_type;
    std::string_view preload;
    std::string_view preload_params;
    bool read_only;
};

constexpr std::array types{
    NamedType{"text", Control::Input, "string", "", "", false},
    NamedType{"string", Control::Input, "string", "", "", false},
    NamedType{"integer", Control::Input, "int", "", "", false},
    NamedType{"int", Control::Input, "int", "", "", false},
    NamedType{"decimal", Control::Input, "decimal", "", "", false},
    NamedType{"date", Control::Input, "date", "", "", false},
    NamedType{"time", Control::Input, "time", "", "", false},
    NamedType{"datetime", Control::Input, "dateTime", "", "", false},
    NamedType{"note", Control::Input, "string", "", "", true},
    NamedType{"acknowledge", Control::Trigger, "", "", "", false},
    NamedType{"trigger", Control::Trigger, "", "", "", false},
    NamedType{"calculate", Control::None, "string", "", "", false},
    NamedType{"calculation", Control::None, "string", "", "", false},
    NamedType{"hidden", Control::None, "string", "", "", false},
    NamedType{"range", Control::Range, "int", "", "", false},
    NamedType{"start", Control::None, "dateTime", "timestamp", "start", false},
    NamedType{"end", Control::None, "dateTime", "timestamp", "end", false},
    NamedType{"today", Control::None, "date", "date", "today", false},
    NamedType{"begin group", Control::Group, "", "", "", false},
    NamedType{"begin repeat", Control::Repeat, "", "", "", false},
};

struct NamedSelect {
    std::string_view name;
    Control control;
    bool file;
};

/// Longer names before those they begin with.
constexpr std::array selects{
    NamedSelect{"select all that apply from file", Control::SelectMultiple, true},
    NamedSelect{"select multiple from file", Control::SelectMultiple, true},
    NamedSelect{"select one from file", Control::SelectOne, true},
    NamedSelect{"select all that apply from", Control::SelectMultiple, false},
    NamedSelect{"select multiple from", Control::SelectMultiple, false},
    NamedSelect{"select all that apply", Control::SelectMultiple, false},
    NamedSelect{"select multiple", Control::SelectMultiple, false},
    NamedSelect{"select one from", Control::SelectOne, false},
    NamedSelect{"select one external", Control::SelectOne, false},
    NamedSelect{"select one", Control::SelectOne, false},
    NamedSelect{"rank", Control::Rank, false},
};

/// The words of a cell, underscores within the type counting as spaces: lower case for comparing, and as written.
struct Words {
    std::string lower;
    std::vector<std::string_view> written;
};

Words words_of(std::string_view cell) {
    Words words;
    for (auto word = engine::take_word(cell); !word.empty(); word = engine::take_word(cell)) {
        words.lower += (words.lower.empty() ? "" : " ") + engine::lower(word);
        words.written.push_back(word);
    }
    std::replace(words.lower.begin(), words.lower.end(), '_', ' ');
    return words;
}

bool begins(std::string_view text, std::string_view prefix) noexcept {
    return text.substr(0, prefix.size()) == prefix && (text.size() == prefix.size() || text[prefix.size()] == ' ');
}

/// Takes "or_other", "or other" or "or specify other" off the end.
bool take_or_other(Words& words) {
    auto& written = words.written;
    std::string end;
    for (std::size_t taken = 1; taken <= 3 && taken + 1 < written.size(); ++taken) {
        end = engine::lower(written[written.size() - taken]) + (end.empty() ? "" : " ") + end;
        std::replace(end.begin(), end.end(), '_', ' ');
        if (end != "or other" && end != "or specify other") continue;
        written.resize(written.size() - taken);
        return true;
    }
    return false;
}

std::optional<TypeCell> select_type(Words words) {
    for (const auto& select : selects) {
        if (!begins(words.lower, select.name)) continue;
        TypeCell type;
        type.control = select.control;
        type.bind_type = select.control == Control::Rank ? "odk:rank" : "string";
        type.or_other = take_or_other(words);
        type.list = words.written.back();
        type.answers = type.list.back() == '}';
        if (type.answers) type.list.clear();
        if (select.file) {
            type.file = type.list;
            type.list = type.list.substr(0, type.list.rfind('.'));
        }
        return type;
    }
    return std::nullopt;
}

class OutlineReader {
  public:
    explicit OutlineReader(const engine::Table& table)
        : table_(table),
          type_(table.column("type")),
          name_(table.column("name")),
          count_(table.column("repeat_count")),
          parameters_(table.column("parameters")) {}

    Outline run() {
        outline_.nodes.reserve(table_.rows() + 16);
        for (std::size_t row = 1; row < table_.rows(); ++row)
            if (!table_.is_blank(row)) read(row);
        for (auto& node : outline_.nodes) outline_.by_name.emplace(node.name, index_of(node));
        return std::move(outline_);
    }

  private:
    [[nodiscard]] NodeId index_of(const Node& node) const {
        return NodeId::at(static_cast<std::size_t>(&node - outline_.nodes.data()));
    }

    void read(std::size_t row) {
        auto type = read_type(table_.cell(row, type_));
        const std::string name(table_.cell(row, name_));
        if (type.row == TypeCell::Row::Instance) {
            outline_.files.push_back(name + type.file);
            return;
        }
        if (type.row == TypeCell::Row::End) {
            if (open_.empty()) return;
            outline_.nodes[open_.back()].end = outline_.nodes.end_id();
            open_.pop_back();
            return;
        }
        if (type.control == Control::Range) {
            const auto parameters = engine::parse_parameters(table_.cell(row, parameters_));
            const auto range = parameters ? engine::read_range(*parameters) : engine::RangeCell{};
            if (range && !range->whole) type.bind_type = "decimal";
        }
        const auto control = type.control;
        const bool other = type.or_other;
        const bool counted =
            control == Control::Repeat && !is_reference(table_.cell(row, count_)) && !table_.cell(row, count_).empty();
        // The node of a count stands before its repeat, so that its value is there first.
        if (counted) add(read_type("calculate"), name + std::string(count_suffix), 0);
        const auto index = add(std::move(type), name, row);
        if (counted) outline_.nodes[index - 1].companion = index;
        if (other) outline_.nodes[add(read_type("text"), name + std::string(other_suffix), 0)].companion = index;
        if (control == Control::Group || control == Control::Repeat) open_.push_back(index);
    }

    NodeId add(TypeCell type, std::string name, std::size_t row) {
        const NodeId index = outline_.nodes.end_id();
        Node node;
        node.type = std::move(type);
        node.row = row;
        node.end = index + 1;
        if (!open_.empty()) node.parent = open_.back();
        node.depth = static_cast<std::uint32_t>(open_.size()) + 1;
        node.path = (open_.empty() ? "/data" : outline_.nodes[open_.back()].path) + "/" + name;
        node.name = std::move(name);
        outline_.nodes.push_back(std::move(node));
        return index;
    }

    /// "${name}" and nothing else.
    static bool is_reference(std::string_view cell) noexcept {
        return cell.size() > 3 && cell.substr(0, 2) == "${" && cell.find('}') == cell.size() - 1;
    }

    const engine::Table& table_;
    engine::SheetColumn type_;
    engine::SheetColumn name_;
    engine::SheetColumn count_;
    engine::SheetColumn parameters_;
    std::vector<NodeId> open_;
    Outline outline_;
};

struct Range {
    char32_t first;
    char32_t last;
};

constexpr std::array starts{Range{U'A', U'Z'},     Range{U'_', U'_'},     Range{U'a', U'z'},      Range{0xC0, 0xD6},
                            Range{0xD8, 0xF6},     Range{0xF8, 0x2FF},    Range{0x370, 0x37D},    Range{0x37F, 0x1FFF},
                            Range{0x200C, 0x200D}, Range{0x2070, 0x218F}, Range{0x2C00, 0x2FEF},  Range{0x3001, 0xD7FF},
                            Range{0xF900, 0xFDCF}, Range{0xFDF0, 0xFFFD}, Range{0x10000, 0xEFFFF}};
constexpr std::array further{Range{U'-', U'.'}, Range{U'0', U'9'}, Range{0xB7, 0xB7}, Range{0x300, 0x36F},
                             Range{0x203F, 0x2040}};

template <std::size_t Size>
bool is_in(const std::array<Range, Size>& ranges, char32_t c) noexcept {
    return std::any_of(ranges.begin(), ranges.end(), [c](const Range& r) { return c >= r.first && c <= r.last; });
}

/// Next code point of text that is known to be UTF-8.
char32_t take_code_point(std::string_view& utf8) noexcept {
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(utf8[i]); };
    const std::size_t size = byte(0) < 0x80 ? 1 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : 4;
    char32_t c = size == 1 ? byte(0) : byte(0) & (0xFFU >> (size + 1));
    const std::size_t there = std::min(size, utf8.size());
    for (std::size_t i = 1; i < there; ++i) c = (c << 6U) | (byte(i) & 0x3FU);
    utf8.remove_prefix(there);
    return c;
}

}  // namespace

TypeCell read_type(std::string_view cell) {
    const auto words = words_of(cell);
    TypeCell type;
    if (words.lower == "end group" || words.lower == "end repeat") {
        type.row = TypeCell::Row::End;
        return type;
    }
    if (words.lower == "csv-external" || words.lower == "xml-external") {
        type.row = TypeCell::Row::Instance;
        type.file = words.lower == "csv-external" ? ".csv" : ".xml";
        return type;
    }
    for (const auto& named : types) {
        if (words.lower != named.name) continue;
        type.control = named.control;
        type.bind_type = named.bind_type;
        type.preload = named.preload;
        type.preload_params = named.preload_params;
        type.read_only = named.read_only;
        return type;
    }
    return select_type(words).value_or(type);
}

bool Outline::is_inside(NodeId node, NodeId ancestor) const noexcept {
    return node > ancestor && node < nodes[ancestor].end;
}

NodeId Outline::repeat_around(NodeId node) const noexcept {
    for (node = nodes[node].parent; node != no_index; node = nodes[node].parent)
        if (nodes[node].type.control == Control::Repeat) return node;
    return no_index;
}

Outline read_outline(const engine::Table& survey) {
    return OutlineReader(survey).run();
}

bool is_element_name(std::string_view utf8) noexcept {
    if (utf8.empty()) return false;
    for (bool first = true; !utf8.empty(); first = false) {
        const auto c = take_code_point(utf8);
        if (!is_in(starts, c) && (first || !is_in(further, c))) return false;
    }
    return true;
}

}  // namespace questionnaires::workbook::xform
