#include "questionnaires/workbook/beside.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

#include "questionnaires/engine/expression/lexer.hpp"
#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"
#include "questionnaires/engine/form/builder.hpp"
#include "questionnaires/engine/form/survey_types.hpp"
#include "questionnaires/engine/form/table.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/sheet_names.hpp"
#include "questionnaires/workbook/writer.hpp"

namespace questionnaires::workbook {
namespace {

namespace fs = std::filesystem;
using engine::Diagnostics;
using engine::Fault;
using engine::Severity;
using engine::Sheet;

constexpr std::string_view csv_extension = ".csv";
constexpr std::size_t most_files = 64;

/// No column.
constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

std::size_t column_of(const Sheet& sheet, std::initializer_list<std::string_view> names) {
    for (std::size_t column = 0; column < sheet.width(0); ++column) {
        const std::string header = engine::lower(engine::plain_header(sheet, column));
        if (std::find(names.begin(), names.end(), header) != names.end()) return column;
    }
    return nowhere;
}

bool is_plain_name(std::string_view stem) noexcept {
    return !stem.empty() && stem.size() <= 200 && stem.front() != '.' &&
           stem.find_first_of("/\\:") == std::string_view::npos && engine::find_unsafe(stem) == std::string_view::npos;
}

class Wanted {
  public:
    explicit Wanted(const engine::Workbook& workbook) : workbook_(workbook) {}

    std::vector<std::string> run() {
        const Sheet* const survey = workbook_.find("survey");
        if (survey == nullptr) return {};
        const std::size_t type = column_of(*survey, {"type", "command"});
        const std::size_t name = column_of(*survey, {"name", "tag", "value"});
        for (std::size_t row = 1; row < survey->rows(); ++row) {
            if (type != nowhere && engine::find_unsafe(survey->cell(row, type)) == std::string_view::npos) {
                const engine::TypeCell cell = engine::parse_type(survey->cell(row, type));
                if (cell.from_file) add_file(cell.list);
                if (cell.row == engine::TypeCell::Row::File && name != nowhere) {
                    add(engine::trim_spaces(survey->cell(row, name)));
                }
            }
            for (std::size_t column = 0; column < survey->width(row); ++column) add_called(survey->cell(row, column));
        }
        return std::move(names_);
    }

  private:
    void add_file(std::string_view file) {
        if (file.size() <= csv_extension.size()) return;
        const std::string_view stem = file.substr(0, file.size() - csv_extension.size());
        if (engine::lower(file.substr(stem.size())) == csv_extension) add(stem);
    }

    /// pulldata('towns', …) and instance('towns').
    void add_called(std::string_view cell) {
        const bool calls =
            cell.find("pulldata") != std::string_view::npos || cell.find("instance") != std::string_view::npos;
        if (!calls || engine::find_unsafe(cell) != std::string_view::npos) return;
        const auto tokens = engine::tokenize(cell);
        if (!tokens) return;
        for (std::size_t i = 0; i + 2 < tokens->all.size(); ++i) {
            const auto* const at = &tokens->all[i];
            const bool call = at[0].kind == engine::TokenKind::Name && at[1].kind == engine::TokenKind::Open &&
                              at[2].kind == engine::TokenKind::Literal;
            if (call && (at[0].text == "pulldata" || at[0].text == "instance")) add(engine::trim(at[2].text));
        }
    }

    void add(std::string_view stem) {
        const bool known = std::find(names_.begin(), names_.end(), stem) != names_.end();
        if (known || names_.size() >= most_files || !is_plain_name(stem)) return;
        if (is_there(stem) || is_list(stem)) return;
        names_.emplace_back(stem);
    }

    [[nodiscard]] bool is_there(std::string_view stem) const {
        if (workbook_.find(stem) != nullptr) return true;
        return std::any_of(workbook_.files.begin(), workbook_.files.end(), [&](const Sheet& file) {
            return file.name() == std::string(stem) + std::string(csv_extension);
        });
    }

    [[nodiscard]] bool is_list(std::string_view name) const {
        for (const std::string_view sheet : {"choices", "external_choices"}) {
            const Sheet* const choices = workbook_.find(sheet);
            const std::size_t column =
                choices == nullptr ? nowhere : column_of(*choices, {"list_name", "list name", "list"});
            for (std::size_t row = 1; column != nowhere && row < choices->rows(); ++row) {
                if (engine::trim_spaces(choices->cell(row, column)) == name) return true;
            }
        }
        return false;
    }

    const engine::Workbook& workbook_;
    std::vector<std::string> names_;
};

struct Found {
    fs::path path;
    bool other_capitals = false;
};

std::optional<Found> find_in(const fs::path& folder, const std::string& stem) {
    const std::string name = stem + std::string(csv_extension);
    std::error_code error;
    std::optional<Found> like;
    for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
        const std::string here = at->path().filename().string();
        if (here == name) return Found{at->path(), false};
        const bool first = !like || here < like->path.filename().string();
        if (engine::lower(here) == engine::lower(name) && first) like = Found{at->path(), true};
    }
    return like;
}

tl::expected<Sheet, Diagnostics> read_table(const std::string& stem, const fs::path& path) {
    std::error_code error;
    const auto fault = [&](Fault kind, engine::Sentence message, engine::Sentence suggestion) {
        return tl::unexpected(
            Diagnostics{{Severity::Error, kind, stem, 0, {}, std::move(message), std::move(suggestion)}});
    };
    const std::string folded = engine::lower(stem);
    if (std::find(usual_sheets.begin(), usual_sheets.end(), folded) != usual_sheets.end()) {
        return fault(Fault::Name, "a file cannot have the name of a sheet of the questionnaire", "rename the file");
    }
    if (!fs::is_regular_file(fs::symlink_status(path, error))) {  // nothing that leads elsewhere
        return fault(Fault::Structure, "not a regular file", {});
    }
    auto bytes = read_bytes(path, stem);
    if (!bytes) return tl::unexpected(Diagnostics{std::move(bytes.error())});
    return read_csv(stem, *bytes);
}

void take(engine::Workbook& workbook, const std::string& stem, const Found& found, Diagnostics& faults) {
    auto sheet = read_table(stem, found.path);
    if (!sheet) {
        faults.insert(faults.end(), sheet.error().begin(), sheet.error().end());
        workbook.unreadable.push_back(stem);
        return;
    }
    workbook.sheets.push_back(std::move(*sheet));
    if (!found.other_capitals) return;
    faults.push_back(
        {Severity::Warning,
         Fault::Name,
         stem,
         0,
         {},
         engine::said("the file is named {}, with other capitals", engine::quote(found.path.filename().string())),
         "write the name as the survey has it"});
}

}  // namespace

std::vector<std::string> files_wanted(const engine::Workbook& workbook) {
    return Wanted(workbook).run();
}

Diagnostics take_files(engine::Workbook& workbook, std::span<const fs::path> folders) {
    Diagnostics faults;
    for (const std::string& stem : files_wanted(workbook)) {
        for (const fs::path& folder : folders) {
            const auto found = find_in(folder, stem);
            if (!found) continue;
            take(workbook, stem, *found, faults);
            break;
        }
    }
    return faults;
}

Diagnostics weigh_tables(engine::Workbook& workbook, Diagnostics found) {
    constexpr std::string_view left_out = "this sheet is left out: {}";
    const std::vector<std::string> wanted = files_wanted(workbook);
    const auto is_in = [](const std::vector<std::string>& names, const std::string& name) {
        return std::find(names.begin(), names.end(), name) != names.end();
    };
    std::vector<std::string> said;
    Diagnostics result;
    for (engine::Diagnostic& one : found) {
        if (!is_in(workbook.unreadable, one.sheet)) {
            result.push_back(std::move(one));
            continue;
        }
        const bool prefixed = one.message.kind() == left_out;
        if (is_in(wanted, one.sheet)) {
            if (prefixed) one.message = engine::Sentence(one.message.fields().front());
            one.severity = Severity::Error;
        } else {
            if (is_in(said, one.sheet)) continue;
            said.push_back(one.sheet);
            if (!prefixed) one.message = engine::said("this sheet is left out: {}", std::move(one.message));
            one.severity = Severity::Warning;
        }
        result.push_back(std::move(one));
    }
    auto& names = workbook.unreadable;
    names.erase(std::remove_if(names.begin(), names.end(), [&](const auto& name) { return !is_in(wanted, name); }),
                names.end());
    return result;
}

Diagnostics too_large(const engine::Workbook& workbook) {
    Diagnostics faults;
    for (const Sheet& sheet : workbook.sheets) {
        if (engine::usual_columns(sheet.name()).empty() && !engine::is_data_sheet(workbook, sheet)) continue;
        if (write_csv(sheet).size() <= engine::Limits::file_bytes) continue;
        faults.push_back({Severity::Error,
                          Fault::Limit,
                          std::string(sheet.name()),
                          0,
                          {},
                          larger_than(engine::Limits::file_bytes),
                          "take out languages or rows"});
    }
    return faults;
}

}  // namespace questionnaires::workbook
