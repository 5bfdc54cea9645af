#include <algorithm>
#include <vector>

#include "app/files/plain_file.hpp"
#include "questionnaires/workbook/reader.hpp"
#include "questionnaires/workbook/sheet_names.hpp"

namespace questionnaires::workbook {
namespace {

namespace fs = std::filesystem;
using engine::Diagnostic;
using engine::Diagnostics;
using engine::Fault;
using engine::Severity;

Diagnostic fault_of(const std::string& sheet, Fault fault, engine::Sentence message, engine::Sentence suggestion = {}) {
    return {Severity::Error, fault, sheet, 0, {}, std::move(message), std::move(suggestion)};
}

struct File {
    std::string name;
    std::vector<std::byte> bytes;
};

/// The files of the folder; one that cannot be read is left to `faults`, or, when it is no sheet of a questionnaire,
/// to `tables`.
struct Entries {
    std::vector<File> files;
    Diagnostics faults;
    Readable tables;
};

Entries read_entries(const fs::path& folder) {
    Entries entries;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".csv") continue;
        const std::string sheet = entry.path().stem().string();
        auto bytes = entry.is_symlink() ? tl::unexpected(fault_of(sheet, Fault::Structure, "not a regular file"))
                                        : read_bytes(entry.path(), sheet);
        const std::string usual = usual_name(sheet);
        if (bytes) {
            entries.files.push_back({entry.path().filename().string(), std::move(*bytes)});
        } else if (std::find(usual_sheets.begin(), usual_sheets.end(), usual) != usual_sheets.end()) {
            entries.faults.push_back(std::move(bytes.error()));
        } else {
            entries.tables.faults.push_back(std::move(bytes.error()));
            entries.tables.workbook.unreadable.push_back(sheet);
        }
    }
    return entries;
}

void append(Diagnostics& all, const Diagnostics& more) {
    all.insert(all.end(), more.begin(), more.end());
}

tl::expected<Readable, Diagnostics> read_all(const fs::path& folder) {
    Entries entries = read_entries(folder);
    Members members;
    for (const File& file : entries.files) members.emplace(file.name, file.bytes);
    auto read = entries.faults.empty() && !members.empty() ? read_memory_to_mend(members) : Readable();
    if (!read) append(entries.faults, read.error());
    if (members.empty() && entries.faults.empty() && entries.tables.faults.empty()) {
        entries.faults.push_back(fault_of({}, Fault::Structure, "the folder has no .csv file"));
    }
    if (!entries.faults.empty()) {
        append(entries.faults, entries.tables.faults);
        return tl::unexpected(std::move(entries.faults));
    }
    append(read->faults, entries.tables.faults);
    auto& unreadable = read->workbook.unreadable;
    for (std::string& name : entries.tables.workbook.unreadable) unreadable.push_back(std::move(name));
    return std::move(*read);
}

}  // namespace

tl::expected<std::vector<std::byte>, Diagnostic> read_bytes(const fs::path& path, const std::string& sheet,
                                                            std::size_t most) {
    auto bytes = app::files::read_plain(path, most);
    if (bytes) return std::move(*bytes);
    switch (bytes.error()) {
        case app::files::Error::Kind:
            return tl::unexpected(fault_of(sheet, Fault::Structure, "not a regular file"));
        case app::files::Error::TooLarge:
            return tl::unexpected(fault_of(sheet, Fault::Limit, larger_than(most)));
        case app::files::Error::Missing:
        case app::files::Error::Short:
        case app::files::Error::Exists:
        case app::files::Error::Denied:
        case app::files::Error::NoSpace:
        case app::files::Error::Memory:
        case app::files::Error::Unsupported:
        case app::files::Error::Interrupted:
        case app::files::Error::Io:
            break;
    }
    return tl::unexpected(fault_of(sheet, Fault::Structure, "the file cannot be read", "check its permissions"));
}

tl::expected<Readable, Diagnostics> read_folder_to_mend(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        return tl::unexpected(Diagnostics{
            fault_of({}, Fault::Structure, "this is not a folder", "give the folder that holds survey.csv")});
    }
    try {
        return read_all(folder);
    } catch (const std::exception&) {
        return tl::unexpected(
            Diagnostics{fault_of({}, Fault::Structure, "the folder cannot be read", "check its permissions")});
    }
}

tl::expected<engine::Workbook, Diagnostics> read_folder(const fs::path& folder) {
    auto read = read_folder_to_mend(folder);
    if (!read) return tl::unexpected(std::move(read.error()));
    if (!read->faults.empty()) return tl::unexpected(std::move(read->faults));
    return std::move(read->workbook);
}

}  // namespace questionnaires::workbook
