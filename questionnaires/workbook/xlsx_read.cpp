#include <algorithm>
#include <array>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/sheet_names.hpp"
#include "questionnaires/workbook/xlsx.hpp"
#include "questionnaires/workbook/xlsx_sheet.hpp"
#include "questionnaires/workbook/zip.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Diagnostics;
using engine::Fault;
using engine::Limits;
using engine::Severity;

constexpr std::size_t most_sheets = 64;
constexpr std::size_t most_strings = 1'000'000;
/// Of one usual sheet: more than a form may have, so that its author can cut it.
constexpr std::size_t most_text = 16U << 20U;

/// A parsed part with the text it was parsed from.
struct Document {
    std::string text;
    pugi::xml_document xml;
};

/// The folder of a part: "xl/" of "xl/workbook.xml".
std::string_view folder_of(std::string_view part) {
    return part.substr(0, part.rfind('/') + 1);
}

bool ends_with(std::string_view text, std::string_view end) noexcept {
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

/// The relationships of a part are beside it, in _rels (ECMA-376 part 2, 9.3).
std::string relationships_of(std::string_view part) {
    const auto folder = folder_of(part);
    return std::string(folder) + "_rels/" + std::string(part.substr(folder.size())) + ".rels";
}

class WorkbookReader {
  public:
    explicit WorkbookReader(Parts& parts) : parts_(parts) {}

    tl::expected<Spreadsheet, Diagnostics> run() {
        read_all();
        if (!faults_.empty()) return tl::unexpected(faults_.take());
        return std::move(result_);
    }

  private:
    void read_all() {
        const std::string main = main_part();
        Document book;
        if (main.empty() || !parts_.has(main) || ends_with(main, ".bin")) return say_other_kind(main);
        if (!read(main, book)) return;
        read_relationships(main);
        const pugi::xml_node workbook = child_of(book.xml, "workbook");
        const std::string_view epoch = attribute_of(child_of(workbook, "workbookPr"), "date1904");
        shared_.from_1904 = epoch == "1" || epoch == "true";
        if (!read_strings() || !read_styles()) return;
        const pugi::xml_node sheets = child_of(workbook, "sheets");
        for (pugi::xml_node sheet = sheets.first_child(); sheet && !faults_.full(); sheet = sheet.next_sibling()) {
            if (local_name(sheet.name()) == "sheet") read_sheet(sheet);
        }
        if (result_.workbook.sheets.empty() && faults_.empty()) fault("the file has no sheets");
    }

    /// By the type of the relationship, not by the usual name (ECMA-376 part 1, 12.3.23).
    std::string main_part() {
        Document document;
        if (!parts_.has("_rels/.rels") || !read("_rels/.rels", document)) return {};
        for (pugi::xml_node node = child_of(document.xml, "Relationships").first_child(); node;
             node = node.next_sibling()) {
            const std::string_view type = attribute_of(node, "Type");
            if (type.substr(std::min(type.rfind('/'), type.size())) == "/officeDocument") {
                return resolve({}, attribute_of(node, "Target"));
            }
        }
        return {};
    }

    void say_other_kind(std::string_view main) {
        if (!faults_.empty()) return;
        if (parts_.has("mimetype") || parts_.has("content.xml")) {
            return fault("this is an OpenDocument file (.ods)", "save it as .xlsx");
        }
        if (ends_with(main, ".bin")) {
            return fault("this is a binary workbook (.xlsb)", "save it as .xlsx");
        }
        fault("this is a zip file, but no .xlsx workbook", "give the file that the spreadsheet program saved");
    }

    /// A target is relative to the folder of the part, or begins at the root.
    static std::string resolve(std::string_view folder, std::string_view target) {
        if (!target.empty() && target.front() == '/') return engine::lower(target.substr(1));
        std::string base = engine::lower(folder);
        while (target.substr(0, 3) == "../" && !base.empty()) {
            target.remove_prefix(3);
            base.resize(folder_of(std::string_view(base).substr(0, base.size() - 1)).size());
        }
        return base + engine::lower(target);
    }

    void read_relationships(const std::string& main) {
        Document document;
        const std::string name = relationships_of(main);
        if (!parts_.has(name) || !read(name, document)) return;
        for (pugi::xml_node node = child_of(document.xml, "Relationships").first_child(); node;
             node = node.next_sibling()) {
            const std::string_view type = attribute_of(node, "Type");
            const std::string kind(type.substr(std::min(type.rfind('/') + 1, type.size())));
            std::string target = resolve(folder_of(main), attribute_of(node, "Target"));
            if (kind == "sharedStrings") strings_ = target;
            if (kind == "styles") styles_ = target;
            targets_[std::string(attribute_of(node, "Id"))] = {kind, std::move(target)};
        }
    }

    bool read_strings() {
        Document document;
        if (strings_.empty()) return true;
        if (!read(strings_, document)) return false;
        for (pugi::xml_node item = child_of(document.xml, "sst").first_child(); item; item = item.next_sibling()) {
            if (local_name(item.name()) != "si") continue;
            if (shared_.strings.size() == most_strings) {
                fault(engine::said("it holds more than {} texts", std::to_string(most_strings)));
                return false;
            }
            shared_.strings.push_back(string_item(item));
        }
        return true;
    }

    bool read_styles() {
        Document document;
        if (styles_.empty()) return true;
        if (!read(styles_, document)) return false;
        const pugi::xml_node sheet = child_of(document.xml, "styleSheet");
        std::map<std::uint32_t, CellFormat> own;
        for (pugi::xml_node node = child_of(sheet, "numFmts").first_child(); node; node = node.next_sibling()) {
            if (const auto id = count_of(attribute_of(node, "numFmtId"))) {
                own[*id] = format_of(attribute_of(node, "formatCode"));
            }
        }
        for (pugi::xml_node node = child_of(sheet, "cellXfs").first_child(); node; node = node.next_sibling()) {
            if (local_name(node.name()) != "xf") continue;
            const auto id = count_of(attribute_of(node, "numFmtId")).value_or(0);
            const auto found = own.find(id);
            shared_.formats.push_back(found == own.end() ? built_in_format(id) : found->second);
        }
        return true;
    }

    void read_sheet(pugi::xml_node node) {
        const std::string name = usual_name(plain_text(attribute_of(node, "name")));
        if (std::find(usual_sheets.begin(), usual_sheets.end(), name) == usual_sheets.end()) {
            return read_other(node, name);
        }
        if (!names_.insert(name).second) {
            return leave_out(name,
                             engine::said("two sheets have the name {}; the second is left out", engine::quote(name)));
        }
        const auto target = target_of(node);
        if (target == targets_.end())
            return fault(engine::said("the sheet {} is not in the file", engine::quote(name)));
        if (target->second.kind != "worksheet") return;  // a chart
        Document document;
        if (auto why = read_part(target->second.part, document))
            return fault(engine::said("the spreadsheet cannot be read: {}", *why));
        auto read = read_worksheet(name, child_of(document.xml, "worksheet"), shared_, most_text, faults_);
        result_.workbook.sheets.push_back(std::move(read.sheet));
        const auto warn = [&](engine::Sentence message, engine::Sentence suggestion) {
            result_.warnings.push_back(
                {Severity::Warning, Fault::Structure, name, 0, {}, std::move(message), std::move(suggestion)});
        };
        if (read.wide) warn("what stands beyond its first 256 columns is left out", {});
        if (read.cut_row != 0) {
            warn(engine::said("what stands from row {} on is left out: {}", std::to_string(read.cut_row),
                              larger_than(most_text)),
                 {});
        }
        const std::string_view state = attribute_of(node, "state");
        if (state.empty() || state == "visible") return;
        warn("this sheet is hidden in the spreadsheet, and is read all the same", "show the sheet, or remove it");
    }

    /// A sheet that may be a table for the survey, or a matter of the author's own: it is there if it can be, and never
    /// in the way of the rest.
    void read_other(pugi::xml_node node, const std::string& name) {
        const auto target = target_of(node);
        if (target != targets_.end() && target->second.kind != "worksheet") return;  // a chart
        if (!is_sheet_name(name)) return leave_out(name, "its name cannot be the name of a file");
        if (names_.size() >= most_sheets) return lose(name, "the file has too many sheets");
        if (!names_.insert(engine::lower(name)).second) return leave_out(name, "another sheet has this name");
        Document document;
        if (target == targets_.end()) return lose(name, "it is not in the file");
        if (auto why = read_part(target->second.part, document)) return lose(name, *why);
        Faults faults;
        auto read = read_worksheet(name, child_of(document.xml, "worksheet"), shared_, Limits::file_bytes, faults);
        if (read.cut_row != 0) return lose(name, larger_than(Limits::file_bytes));
        if (!faults.empty()) return lose(name, faults.take().front().message);
        if (read.wide) return lose(name, engine::said("more than {} columns", std::to_string(Limits::columns)));
        if (read.sheet.rows() > Limits::rows + 1) {
            return lose(name, engine::said("more than {} rows", std::to_string(Limits::rows)));
        }
        result_.workbook.sheets.push_back(std::move(read.sheet));
    }

    /// Of a table that the survey may ask for.
    void lose(const std::string& name, const engine::Sentence& why) {
        result_.workbook.unreadable.push_back(name);
        leave_out(name, why);
    }

    void leave_out(const std::string& name, const engine::Sentence& why) {
        const bool clean = engine::find_unsafe(name) == std::string_view::npos && !name.empty();
        result_.warnings.push_back({Severity::Warning,
                                    Fault::UnknownColumn,
                                    clean ? name : std::string(),
                                    0,
                                    {},
                                    clean ? engine::said("this sheet is left out: {}", why)
                                          : "the name of a sheet holds an invisible character; the sheet is ignored",
                                    {}});
    }

    bool read(std::string_view name, Document& document) {
        const auto why = read_part(name, document);
        if (why) fault(engine::said("the spreadsheet cannot be read: {}", *why));
        return !why;
    }

    /// Why the part cannot be read, if so.
    std::optional<engine::Sentence> read_part(std::string_view name, Document& document) {
        auto text = parts_.read(name);
        if (!text) return text.error();
        document.text = std::move(*text);
        return parse_xml(document.xml, document.text);
    }

    void fault(engine::Sentence message, engine::Sentence suggestion = {}) {
        faults_.add(Fault::Structure, {}, 0, {}, std::move(message), std::move(suggestion));
    }

    struct Target {
        std::string kind;
        std::string part;
    };

    using Targets = std::map<std::string, Target, std::less<>>;
    [[nodiscard]] Targets::const_iterator target_of(pugi::xml_node node) const {
        std::string_view id;
        for (const pugi::xml_attribute& attribute : node.attributes()) {
            const std::string_view key = attribute.name();
            if (key.size() > 3 && key.substr(key.size() - 3) == ":id") id = attribute.value();
        }
        return targets_.find(id);
    }

    Parts& parts_;
    Faults faults_;
    Shared shared_;
    Spreadsheet result_;
    std::string strings_;
    std::string styles_;
    Targets targets_;
    std::set<std::string> names_;
};

Diagnostics one(engine::Sentence message, engine::Sentence suggestion = {}, Fault fault = Fault::Structure) {
    return {{Severity::Error, fault, {}, 0, {}, std::move(message), std::move(suggestion)}};
}

std::string_view view_of(std::span<const std::byte> bytes) {
    const void* const data = bytes.data();
    return {static_cast<const char*>(data), bytes.size()};
}

tl::unexpected<Diagnostics> not_a_zip(std::string_view text) {
    constexpr std::string_view compound{"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8};
    if (text.substr(0, compound.size()) != compound) {
        return tl::unexpected(one("this is neither a folder of CSV files nor an .xlsx spreadsheet",
                                  "give the folder that holds survey.csv, or the .xlsx file"));
    }
    // [MS-OFFCRYPTO] 2.3.4.4: the stream is named EncryptedPackage, in UTF-16.
    std::string locked;
    for (const char c : std::string_view("EncryptedPackage")) locked += {c, '\0'};
    if (text.find(locked) != std::string_view::npos) {
        return tl::unexpected(one("the spreadsheet is locked with a password", "save it without a password"));
    }
    return tl::unexpected(one("this is a spreadsheet of the old kind (.xls)", "save it as .xlsx"));
}

}  // namespace

tl::expected<Spreadsheet, Diagnostics> read_parts(Parts& parts) {
    return WorkbookReader(parts).run();
}

tl::expected<Spreadsheet, Diagnostics> read_xlsx(std::span<const std::byte> bytes) {
    if (bytes.size() > most_spreadsheet_bytes) {
        return tl::unexpected(one(larger_than(most_spreadsheet_bytes), {}, Fault::Limit));
    }
    if (view_of(bytes).substr(0, 2) != "PK") return not_a_zip(view_of(bytes));
    try {
        auto parts = ZipParts::open(bytes);
        if (!parts) return tl::unexpected(one(engine::said("the spreadsheet cannot be read: {}", parts.error())));
        return read_parts(*parts);
    } catch (const std::exception&) {  // the libraries ran out of memory
        return tl::unexpected(one("there is no memory to read it", {}, Fault::Limit));
    }
}

tl::expected<Spreadsheet, Diagnostics> read_spreadsheet(const std::filesystem::path& path) {
    std::error_code error;
    if (std::filesystem::is_directory(path, error)) {
        auto folder = read_folder_to_mend(path);
        if (!folder) return tl::unexpected(std::move(folder.error()));
        return Spreadsheet{std::move(folder->workbook), std::move(folder->faults)};
    }
    const auto bytes = read_bytes(path, {}, most_spreadsheet_bytes);
    if (!bytes) return tl::unexpected(Diagnostics{bytes.error()});
    return read_xlsx(*bytes);
}

std::string cell_of(const engine::Workbook& workbook, const engine::Diagnostic& diagnostic) {
    if (diagnostic.row == 0) return {};
    const std::string row = std::to_string(diagnostic.row);
    if (diagnostic.place != 0) return diagnostic.sheet + "!" + column_letters(diagnostic.place - 1) + row;
    const engine::Sheet* const sheet = workbook.find(diagnostic.sheet);
    if (sheet != nullptr && !diagnostic.column.empty()) {
        for (std::size_t column = 0; column < sheet->width(0); ++column) {
            if (engine::trim(engine::plain_spaces(sheet->cell(0, column))) != diagnostic.column) continue;
            return diagnostic.sheet + "!" + column_letters(column) + row;
        }
    }
    const bool letters =
        !diagnostic.column.empty() && diagnostic.column.size() <= 3 &&
        std::all_of(diagnostic.column.begin(), diagnostic.column.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    return diagnostic.sheet + "!" + (letters ? diagnostic.column : std::string()) + row;
}

}  // namespace questionnaires::workbook
