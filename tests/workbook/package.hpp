// Makes small .xlsx packages part by part, right or wrong.
#pragma once

#include <archive.h>
#include <archive_entry.h>

#include <map>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace package {

using Files = std::vector<std::pair<std::string, std::string>>;

/// A zip with these files, deflated.
inline std::string zip(const Files& files) {
    std::string out(64U << 20U, '\0');
    std::size_t used = 0;
    const std::unique_ptr<archive, int (*)(archive*)> writer(archive_write_new(), archive_write_free);
    if (archive_write_set_format_zip(writer.get()) != ARCHIVE_OK ||
        archive_write_open_memory(writer.get(), out.data(), out.size(), &used) != ARCHIVE_OK) {
        throw std::runtime_error("zip");
    }
    for (const auto& [name, content] : files) {
        const std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname(entry.get(), name.c_str());
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0600);
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(content.size()));
        if (archive_write_header(writer.get(), entry.get()) != ARCHIVE_OK ||
            archive_write_data(writer.get(), content.data(), content.size()) < 0) {
            throw std::runtime_error("zip");
        }
    }
    if (archive_write_close(writer.get()) != ARCHIVE_OK) throw std::runtime_error("zip");
    out.resize(used);
    return out;
}

/// A workbook of one sheet called survey, with the cells between <sheetData> and </sheetData>.
struct Workbook {
    std::string rows{};
    std::string strings{};                         ///< <si>…</si>
    std::string formats{};                         ///< <numFmts>…</numFmts><cellXfs>…</cellXfs>
    std::string sheets = sheet("survey", "rId1");  ///< <sheet …/>
    std::string properties{};                      ///< <workbookPr …/>
    std::map<std::string, std::string> more{};     ///< further parts, or these instead

    static std::string sheet(const std::string& name, const std::string& id, const std::string& more = {}) {
        return "<sheet name=\"" + name + "\" sheetId=\"1\" r:id=\"" + id + "\"" + more + "/>";
    }
    [[nodiscard]] std::map<std::string, std::string, std::less<>> parts() const {
        const std::string head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
        const std::string type = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
        const auto relation = [&](const std::string& id, const std::string& kind, const std::string& target) {
            return "<Relationship Id=\"" + id + "\" Type=\"" + type + kind + "\" Target=\"" + target + "\"/>";
        };
        std::map<std::string, std::string, std::less<>> parts{
            {"_rels/.rels",
             head + "<Relationships>" + relation("rId1", "officeDocument", "xl/workbook.xml") + "</Relationships>"},
            {"xl/workbook.xml",
             head + "<workbook xmlns:r=\"r\">" + properties + "<sheets>" + sheets + "</sheets></workbook>"},
            {"xl/_rels/workbook.xml.rels", head + "<Relationships>" +
                                               relation("rId1", "worksheet", "worksheets/sheet1.xml") +
                                               relation("rId2", "worksheet", "/xl/worksheets/sheet2.xml") +
                                               relation("rId3", "chartsheet", "chartsheets/sheet1.xml") +
                                               relation("rId4", "sharedStrings", "sharedStrings.xml") +
                                               relation("rId5", "styles", "styles.xml") + "</Relationships>"},
            {"xl/sharedstrings.xml", head + "<sst>" + strings + "</sst>"},
            {"xl/styles.xml", head + "<styleSheet>" + formats + "</styleSheet>"},
            {"xl/worksheets/sheet1.xml",
             head + "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData>" + rows + "</sheetData></worksheet>"},
        };
        for (const auto& [name, content] : more) parts[name] = content;
        return parts;
    }
    [[nodiscard]] std::string bytes() const {
        Files files;
        for (const auto& [name, content] : parts()) files.emplace_back(name, content);
        return zip(files);
    }
};

inline std::span<const std::byte> bytes_of(std::string_view text) {
    return std::as_bytes(std::span(text.data(), text.size()));
}

}  // namespace package
