#include <vector>

#include "app/files/plain_file.hpp"
#include "questionnaires/workbook/reader.hpp"

namespace questionnaires::workbook {
namespace {

namespace fs = std::filesystem;
using engine::Diagnostic;
using engine::Diagnostics;
using engine::Fault;
using engine::Limits;
using engine::Severity;

Diagnostic fault_of(const std::string& sheet, Fault fault, std::string message, std::string suggestion = {}) {
    return {Severity::Error, fault, sheet, 0, {}, std::move(message), std::move(suggestion)};
}

struct File {
    std::string name;
    std::vector<std::byte> bytes;
};

tl::expected<engine::Workbook, Diagnostics> read_entries(const fs::path& folder) {
    std::vector<File> tables;
    Diagnostics faults;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        if (entry.path().extension() != ".csv") continue;
        const std::string sheet = entry.path().stem().string();
        if (entry.is_symlink()) {
            faults.push_back(fault_of(sheet, Fault::Structure, "not a regular file"));
            continue;
        }
        auto bytes = read_bytes(entry.path(), sheet);
        if (bytes) {
            tables.push_back({entry.path().filename().string(), std::move(*bytes)});
        } else {
            faults.push_back(std::move(bytes.error()));
        }
    }
    if (!faults.empty()) return tl::unexpected(std::move(faults));
    Members members;
    for (const File& file : tables) members.emplace(file.name, file.bytes);
    if (members.empty()) {
        return tl::unexpected(Diagnostics{fault_of({}, Fault::Structure, "the folder has no .csv file")});
    }
    return read_memory(members);
}

}  // namespace

tl::expected<std::vector<std::byte>, Diagnostic> read_bytes(const fs::path& path, const std::string& sheet) {
    auto bytes = app::files::read_plain(path, Limits::file_bytes);
    if (bytes) return std::move(*bytes);
    switch (bytes.error()) {
        case app::files::Fault::Kind:
            return tl::unexpected(fault_of(sheet, Fault::Structure, "not a regular file"));
        case app::files::Fault::TooLarge:
            return tl::unexpected(
                fault_of(sheet, Fault::Limit, "larger than " + std::to_string(Limits::file_bytes) + " bytes"));
        case app::files::Fault::Missing:
        case app::files::Fault::Unreadable:
        case app::files::Fault::Interrupted:
            break;
    }
    return tl::unexpected(fault_of(sheet, Fault::Structure, "the file cannot be read", "check its permissions"));
}

tl::expected<engine::Workbook, Diagnostics> read_folder(const fs::path& folder) {
    std::error_code error;
    if (!fs::is_directory(folder, error)) {
        return tl::unexpected(Diagnostics{
            fault_of({}, Fault::Structure, "this is not a folder", "give the folder that holds survey.csv")});
    }
    try {
        return read_entries(folder);
    } catch (const std::exception&) {
        return tl::unexpected(
            Diagnostics{fault_of({}, Fault::Structure, "the folder cannot be read", "check its permissions")});
    }
}

}  // namespace questionnaires::workbook
