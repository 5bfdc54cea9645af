#include "questionnaires/engine/form/table.hpp"

#include <algorithm>
#include <array>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/expression/typing.hpp"

namespace questionnaires::engine {

void Reporter::error(Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column, Sentence message,
                     Sentence suggestion) {
    if (full() || is_spoiled(sheet, row, column)) return;
    diagnostics_.push_back({Severity::Error, fault, std::string(sheet), row, std::string(column), std::move(message),
                            std::move(suggestion)});
}

void Reporter::warning(Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column,
                       Sentence message, Sentence suggestion) {
    // The last places are kept for errors: a form is never accepted because warnings filled the list.
    if (diagnostics_.size() >= most / 2 || is_spoiled(sheet, row, column)) return;
    diagnostics_.push_back({Severity::Warning, fault, std::string(sheet), row, std::string(column), std::move(message),
                            std::move(suggestion)});
}

void Reporter::twice(std::string_view sheet, std::uint32_t at, std::string_view header) {
    if (full()) return;
    diagnostics_.push_back({Severity::Error,
                            Fault::Structure,
                            std::string(sheet),
                            1,
                            std::string(header),
                            "this column is there twice",
                            {},
                            at});
}

void Reporter::spoiled(Fault fault, std::string_view sheet, std::uint32_t row, std::string_view column,
                       Sentence message, Sentence suggestion) {
    error(fault, sheet, row, column, std::move(message), std::move(suggestion));
    if (spoiled_.size() < most) spoiled_.emplace(sheet, row, column);
}

bool Reporter::is_spoiled(std::string_view sheet, std::uint32_t row, std::string_view column) const {
    return !spoiled_.empty() && spoiled_.count({std::string(sheet), row, std::string(column)}) != 0;
}

bool Reporter::is_clean() const noexcept {
    return std::none_of(diagnostics_.begin(), diagnostics_.end(), [](const Diagnostic& found) {
        return found.severity == Severity::Error && found.fault == Fault::Encoding;
    });
}

bool TextColumn::exists() const noexcept {
    return std::any_of(by_language.begin(), by_language.end(), [](SheetColumn c) { return c != no_index; });
}

Language parse_language(std::string_view text) {
    text = trim(text);
    const std::size_t open = text.rfind('(');
    if (open != std::string_view::npos && text.back() == ')' && open > 0) {
        const std::string_view code = trim(text.substr(open + 1, text.size() - open - 2));
        if (!code.empty()) return {std::string(code), std::string(trim(text.substr(0, open)))};
    }
    return {std::string(text), std::string(text)};
}

bool same_language(const Language& a, const Language& b) {
    if (lower(a.code) == lower(b.code)) return true;
    return (a.code == a.name || b.code == b.name) && lower(a.name) == lower(b.name);
}

bool is_spreadsheet_error(std::string_view cell) noexcept {
    constexpr std::array<std::string_view, 15> errors{"#N/A",    "#REF!",  "#VALUE!",   "#NAME?",    "#DIV/0!",
                                                      "#NULL!",  "#NUM!",  no_value,    "#SPILL!",   "#CALC!",
                                                      "#FIELD!", "#BUSY!", "#UNKNOWN!", "#BLOCKED!", "#GETTING_DATA"};
    if (cell.empty() || cell.front() != '#') return false;
    return std::find(errors.begin(), errors.end(), cell) != errors.end();
}

std::vector<std::string_view> placeholders(std::string_view text) {
    std::vector<std::string_view> names;
    for (std::size_t at = text.find("${"); at != std::string_view::npos; at = text.find("${", at + 2)) {
        const std::size_t end = text.find('}', at);
        if (end == std::string_view::npos) {
            names.emplace_back();  // never closed: reported as a name that does not exist
            break;
        }
        names.push_back(trim_spaces(text.substr(at + 2, end - at - 2)));
    }
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

namespace {

/// A header as it is compared: lower case, words joined by underscores, without the prefix under which pyxform keeps
/// XForm attributes ("bind::relevant", "control::appearance").
std::string folded(std::string_view header) {
    std::string result;
    for (std::string_view word = take_word(header); !word.empty(); word = take_word(header)) {
        if (!result.empty()) result += '_';
        result += lower(word);
    }
    for (const std::string_view prefix : {"bind::", "control::", "body::"}) {
        if (result.substr(0, prefix.size()) == prefix) return result.substr(prefix.size());
    }
    return result;
}

const ColumnInfo* column_named(std::span<const ColumnInfo> columns, std::string_view name) noexcept {
    for (const ColumnInfo& info : columns) {
        if (info.name == name || has_word(info.aliases, name)) return &info;
    }
    return nullptr;
}

/// The column of a header and its language: "media::audio::Español (es)" has what follows the last "::". Null when no
/// column is written like that.
std::pair<const ColumnInfo*, std::string> column_of(std::span<const ColumnInfo> columns, const std::string& spelled) {
    if (const ColumnInfo* const info = column_named(columns, folded(spelled))) return {info, {}};
    const std::size_t separator = spelled.rfind("::");
    if (separator == std::string::npos) return {nullptr, {}};
    const ColumnInfo* const info = column_named(columns, folded(std::string_view(spelled).substr(0, separator)));
    if (info == nullptr || !info->translated) return {nullptr, {}};
    return {info, std::string(trim(std::string_view(spelled).substr(separator + 2)))};
}

/// "label:English" as "label::English"; the colon of "jr:count" is part of the name.
std::string with_double_colons(std::string_view header) {
    std::string result;
    for (std::size_t i = 0; i < header.size(); ++i) {
        result += header[i];
        const bool name = i >= 2 && lower(header.substr(i - 2, 2)) == "jr";
        if (header[i] == ':' && !name) result += ':';
    }
    return result;
}

}  // namespace

std::optional<HeaderParts> parts_of_header(std::span<const ColumnInfo> columns, std::string_view header) {
    const std::string_view text = trim(header);
    for (const std::string& spelled : {std::string(text), with_double_colons(text)}) {
        auto [info, language] = column_of(columns, spelled);
        if (info != nullptr) return HeaderParts{info->name, std::move(language), info->translated};
    }
    return std::nullopt;
}

Table::Table(const Sheet& sheet, std::span<const ColumnInfo> columns, bool extra_columns, Reporter& reporter)
    : sheet_(&sheet) {
    plain_headers();
    bool single_colons = true;
    for (std::size_t column = 0; column < sheet_->width(0); ++column) {
        single_colons = single_colons && sheet_->cell(0, column).find("::") == std::string_view::npos;
    }
    for (SheetColumn column; column < SheetColumn::at(sheet_->width(0)); ++column) {
        read_header(column, columns, extra_columns, single_colons, reporter);
    }
    plain_cells(columns, reporter);
    check_unsupported(columns, reporter);
}

void Table::read_header(SheetColumn column, std::span<const ColumnInfo> columns, bool extra_columns, bool single_colons,
                        Reporter& reporter) {
    const std::string_view text = header(column);
    if (text.empty()) return;
    if (find_unsafe(text) != std::string_view::npos) {
        reporter.warning(Fault::UnknownColumn, name(), 1, {},
                         "the name of a column holds an invisible character; the column is ignored");
        return;
    }
    const std::string spelled = single_colons ? with_double_colons(text) : std::string(text);
    const auto [info, language] = column_of(columns, spelled);
    if (info == nullptr) {
        if (extra_columns && spelled.find("::") == std::string::npos) {
            extra_.emplace_back(std::string(text), column);
            return;
        }
        std::vector<std::string_view> names;
        for (const ColumnInfo& known : columns) names.push_back(known.name);
        const std::string base = folded(spelled);
        const std::string_view stem = std::string_view(base).substr(0, base.find("::"));
        reporter.warning(Fault::UnknownColumn, name(), 1, text, "this column is not known and is ignored",
                         did_you_mean(stem, names));
        return;
    }
    for (const Header& header : headers_) {
        if (header.canonical == info->name && header.language == language) {
            return reporter.twice(name(), column.index + 1, text);
        }
    }
    const bool filled = !info->translated || has_text(column);
    headers_.push_back({info->name, language, column, info->translated, filled});
    // A sound or a picture without a language is no reason to have a language of its own.
    if (info->translated && filled && language.empty() && info->name.substr(0, 7) != "media::") bare_text_ = true;
    if (!language.empty() && std::find(languages_.begin(), languages_.end(), language) == languages_.end()) {
        languages_.push_back(language);
    }
}

void Table::check_unsupported(std::span<const ColumnInfo> columns, Reporter& reporter) const {
    for (const Header& header : headers_) {
        const auto info = std::find_if(columns.begin(), columns.end(),
                                       [&](const ColumnInfo& known) { return known.name == header.canonical; });
        if (info == columns.end() || (info->supported && !info->ignored)) continue;
        for (std::size_t row = 1; row < rows(); ++row) {
            if (cell(row, header.column).empty()) continue;
            if (info->ignored) {
                reporter.warning(Fault::UnknownColumn, name(), static_cast<std::uint32_t>(row + 1),
                                 this->header(header.column), "this column is for other programs and is ignored");
                break;
            }
            reporter.error(Fault::UnknownColumn, name(), static_cast<std::uint32_t>(row + 1),
                           this->header(header.column),
                           "this version of the engine does not use this column; leave it empty");
        }
    }
}

bool Table::is_blank(std::size_t row) const noexcept {
    for (std::size_t column = 0; column < sheet_->width(row); ++column) {
        if (!trim(sheet_->cell(row, column)).empty()) return false;
    }
    return true;
}

SheetColumn Table::column(std::string_view canonical) const noexcept {
    for (const Header& header : headers_) {
        if (header.canonical == canonical && header.language.empty()) return header.column;
    }
    return no_index;
}

std::string_view Table::cell(std::size_t row, SheetColumn column) const noexcept {
    return column == no_index ? std::string_view() : trim(sheet_->cell(row, column.index));
}

std::string_view Table::header(SheetColumn column) const noexcept {
    return trim(sheet_->cell(0, column.index));
}

std::size_t Table::language_of(const Header& header, const FormData& form) const {
    if (header.language.empty()) return form.default_language;
    const Language language = parse_language(header.language);
    std::size_t index = 0;
    while (index < form.languages.size() && !same_language(form.languages[index], language)) ++index;
    return index;
}

bool Table::has_text(SheetColumn column) const noexcept {
    for (std::size_t row = 1; row < rows(); ++row) {
        if (!cell(row, column).empty()) return true;
    }
    return false;
}

TextColumn Table::text_column(std::string_view canonical, const FormData& form) const {
    TextColumn result{canonical, std::vector<SheetColumn>(form.languages.size(), no_index)};
    for (const Header& header : headers_) {
        if (header.canonical != canonical || !header.filled) continue;
        const std::size_t index = language_of(header, form);
        if (index < result.by_language.size() && result.by_language[index] == no_index) {
            result.by_language[index] = header.column;
        }
    }
    return result;
}

void Table::check_languages(const FormData& form, Reporter& reporter) const {
    for (std::size_t i = 0; i < headers_.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            const Header& later = headers_[i];
            const Header& earlier = headers_[j];
            if (!later.translated || !later.filled || !earlier.filled || later.canonical != earlier.canonical) continue;
            const std::size_t language = language_of(later, form);
            if (language != language_of(earlier, form) || language >= form.languages.size()) continue;
            reporter.error(Fault::Translation, name(), 1, header(later.column),
                           said("the columns {} and {} are both in {}", quote(header(earlier.column)),
                                quote(header(later.column)), form.languages[language].name),
                           "keep one of them");
        }
    }
}

std::array<TextColumn, 3> Table::media_columns(const FormData& form) const {
    return {text_column("media::audio", form), text_column("media::image", form), text_column("media::video", form)};
}

namespace {

/// The name of a file beside the sheets, and nothing that leads elsewhere.
bool is_file_name(std::string_view text) noexcept {
    return text.size() <= 255 && text.front() != '.' && text.find_first_of("/\\:") == std::string_view::npos;
}

}  // namespace

MediaFiles Table::media(std::size_t row, const std::array<TextColumn, 3>& columns, Reporter& reporter) const {
    MediaFiles files;
    for (std::size_t kind = 0; kind < columns.size(); ++kind) {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < columns[kind].by_language.size(); ++i) {
            const SheetColumn column = columns[kind].by_language[i];
            const std::string_view text = cell(row, column);
            if (text.empty()) continue;
            if (!is_file_name(text)) {
                reporter.error(Fault::Value, name(), static_cast<std::uint32_t>(row + 1), header(column),
                               "not the name of a file in the folder of the form");
            }
            names.resize(columns[kind].by_language.size());
            names[i] = text;
        }
        files[kind] = LocalText(std::move(names));
    }
    return files;
}

std::string Table::header_of(const TextColumn& column, std::size_t language, const FormData& form) const {
    if (column.by_language[language] != no_index) return std::string(header(column.by_language[language]));
    const Language& wanted = form.languages[language];
    for (const Header& own : headers_) {  // the column may be there and hold nothing
        if (own.canonical == column.name && language_of(own, form) == language) return std::string(header(own.column));
    }
    if (wanted.name == "default") return std::string(column.name);
    const std::string code = wanted.code == wanted.name ? std::string() : " (" + wanted.code + ")";
    return std::string(column.name) + "::" + wanted.name + code;
}

Template Table::text(std::size_t row, const TextColumn& column, const FormData& form, Reporter& reporter) const {
    const auto at = static_cast<std::uint32_t>(row + 1);
    std::vector<std::string> texts;
    std::optional<std::size_t> first;
    Template result;
    for (std::size_t i = 0; i < column.by_language.size(); ++i) {
        const std::string_view text = cell(row, column.by_language[i]);
        if (text.empty()) continue;
        if (text.size() > Limits::label_bytes) {
            reporter.error(Fault::Limit, name(), at, header(column.by_language[i]),
                           said("longer than {} bytes", std::to_string(Limits::label_bytes)));
        }
        if (!first) first = i;
        texts.resize(column.by_language.size());
        texts[i] = text;
        result.dynamic = result.dynamic || text.find("${") != std::string_view::npos;
    }
    if (!first) return {};
    for (std::size_t i = 0; i < texts.size(); ++i) {
        if (texts[i].empty()) {
            reporter.error(Fault::Translation, name(), at, header_of(column, i, form),
                           said("the {} is missing in {}", column.name, form.languages[i].name));
        } else if (result.dynamic && placeholders(texts[i]) != placeholders(texts[*first])) {
            reporter.error(Fault::Translation, name(), at, header(column.by_language[i]),
                           said("the {} placeholders differ between languages", "${…}"));
        }
    }
    result.text = LocalText(std::move(texts));
    return result;
}

}  // namespace questionnaires::engine
