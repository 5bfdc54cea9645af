#include <csv.h>

#include <algorithm>
#include <memory>

#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/sheet_names.hpp"

namespace questionnaires::workbook {
namespace {

using engine::Diagnostic;
using engine::Diagnostics;
using engine::Fault;
using engine::Limits;
using engine::Severity;
using engine::Sheet;

constexpr std::size_t most_faults = 50;

class CsvReader {
  public:
    explicit CsvReader(std::string_view name) : sheet_(std::string(name)) {}

    tl::expected<Sheet, Diagnostics> run(std::string_view text) {
        if (text.size() > Limits::file_bytes) {
            fault(Fault::Limit, 0, {}, larger_than(Limits::file_bytes));
        } else {
            if (text.substr(0, 3) == "\xEF\xBB\xBF") text.remove_prefix(3);
            parse(text);
        }
        if (!faults_.empty()) return tl::unexpected(std::move(faults_));
        return std::move(sheet_);
    }

  private:
    void parse(std::string_view text) {
        csv_parser parser;
        constexpr unsigned char options = CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL;
        if (csv_init(&parser, options) != 0) {
            fault(Fault::Structure, 0, {}, "there is no memory to read it");
            return;
        }
        const std::unique_ptr<csv_parser, void (*)(csv_parser*)> owner(&parser, csv_free);
        const std::size_t done = csv_parse(&parser, text.data(), text.size(), on_cell, on_row, this);
        const bool finished = done == text.size() && csv_fini(&parser, on_cell, on_row, this) == 0;
        if (finished) return;
        const bool memory = csv_error(&parser) == CSV_ENOMEM;
        fault(Fault::Structure, row_, {},
              memory ? engine::Sentence("there is no memory to read it")
                     : "a quotation mark is misplaced or never closed",
              memory ? "" : engine::said("write {} inside a quoted cell as {}", "\"", "\"\""));
    }

    static void on_cell(void* bytes, std::size_t size, void* self) noexcept {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.guard([&] { reader.cell(std::string_view(static_cast<const char*>(bytes), size)); });
    }
    static void on_row(int ending, void* self) noexcept {
        auto& reader = *static_cast<CsvReader*>(self);
        reader.guard([&] { reader.line_end(ending); });
    }

    /// Exceptions must not pass through C.
    template <typename Call>
    void guard(const Call& call) noexcept {
        if (stopped_) return;
        try {
            call();
        } catch (...) {
            stopped_ = true;
        }
    }

    void cell(std::string_view text) {
        if (++column_ > Limits::columns) {
            if (column_ == Limits::columns + 1) {
                fault(Fault::Limit, row_, {}, engine::said("more than {} columns", std::to_string(Limits::columns)));
            }
            return;
        }
        if (engine::find_unsafe(text) == std::string_view::npos) {
            sheet_.add_cell(text);
            return;
        }
        const std::string clean = with_line_feeds(text);
        if (engine::find_unsafe(clean) != std::string_view::npos) {
            fault(Fault::Encoding, row_, row_ == 1 ? std::string_view() : sheet_.cell(0, column_ - 1),
                  "invalid UTF-8, or an invisible control or direction character", "save the file as UTF-8");
            sheet_.add_cell({});  // never quoted in a later fault
            return;
        }
        sheet_.add_cell(clean);
    }

    /// Windows line ends inside a cell become line feeds.
    static std::string with_line_feeds(std::string_view text) {
        std::string result;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n') continue;
            result += text[i];
        }
        return result;
    }

    /// libcsv says CR and LF of a Windows line end one by one (it has to, so that blank lines count as rows).
    void line_end(int ending) {
        const bool second_half = ending == '\n' && last_ending_ == '\r' && column_ == 0;
        last_ending_ = ending;
        if (!second_half) end_row();
    }

    void end_row() {
        sheet_.end_row();
        column_ = 0;
        ++row_;
        if (sheet_.rows() <= Limits::rows + 1) return;  // the header is none of them
        fault(Fault::Limit, 0, {}, engine::said("more than {} rows", std::to_string(Limits::rows)));
        stopped_ = true;
    }

    void fault(Fault kind, std::uint32_t row, std::string_view column, engine::Sentence message,
               engine::Sentence suggestion = {}) {
        if (faults_.size() >= most_faults) return;
        faults_.push_back({Severity::Error, kind, std::string(sheet_.name()), row, std::string(column),
                           std::move(message), std::move(suggestion)});
    }

    Sheet sheet_;
    Diagnostics faults_;
    std::uint32_t row_ = 1;
    std::size_t column_ = 0;
    int last_ending_ = 0;
    bool stopped_ = false;
};

}  // namespace

tl::expected<Sheet, Diagnostics> read_csv(std::string_view name, std::span<const std::byte> bytes) {
    if (engine::find_unsafe(name) != std::string_view::npos) {
        return tl::unexpected(Diagnostics{{Severity::Error,
                                           Fault::Encoding,
                                           {},
                                           0,
                                           {},
                                           "the name of a sheet is not clean UTF-8",
                                           "rename the file"}});
    }
    const void* const data = bytes.data();
    return CsvReader(name).run(std::string_view(static_cast<const char*>(data), bytes.size()));
}

engine::Sentence larger_than(std::size_t bytes) {
    return engine::said("larger than {} MiB", std::to_string(bytes >> 20U));
}

tl::expected<Readable, Diagnostics> read_memory_to_mend(const Members& members) {
    constexpr std::string_view extension = ".csv";
    Readable result;
    Diagnostics faults;
    for (const auto& [name, bytes] : members) {
        const bool csv = name.size() > extension.size() &&
                         name.compare(name.size() - extension.size(), extension.size(), extension) == 0;
        if (!csv) continue;
        const std::string sheet_name = usual_name(std::string_view(name).substr(0, name.size() - extension.size()));
        const bool usual = std::find(usual_sheets.begin(), usual_sheets.end(), sheet_name) != usual_sheets.end();
        auto sheet = read_csv(sheet_name, bytes);
        if (sheet && result.workbook.find(sheet->name()) != nullptr) {
            faults.push_back({Severity::Error,
                              Fault::Structure,
                              sheet_name,
                              0,
                              {},
                              "two files have the name of this sheet",
                              "remove one of them"});
        } else if (sheet) {
            result.workbook.sheets.push_back(std::move(*sheet));
        } else {
            auto& found = usual ? faults : result.faults;
            found.insert(found.end(), sheet.error().begin(), sheet.error().end());
            if (!usual) result.workbook.unreadable.push_back(sheet_name);
        }
    }
    if (faults.empty()) return result;
    faults.insert(faults.end(), result.faults.begin(), result.faults.end());
    return tl::unexpected(std::move(faults));
}

tl::expected<engine::Workbook, Diagnostics> read_memory(const Members& members) {
    auto read = read_memory_to_mend(members);
    if (!read) return tl::unexpected(std::move(read.error()));
    if (!read->faults.empty()) return tl::unexpected(std::move(read->faults));
    return std::move(read->workbook);
}

}  // namespace questionnaires::workbook
