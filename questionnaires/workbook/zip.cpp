#include "questionnaires/workbook/zip.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <algorithm>
#include <array>
#include <memory>

#include "questionnaires/engine/expression/text.hpp"
#include "questionnaires/engine/form/workbook.hpp"

namespace questionnaires::workbook {
namespace {

using Archive = std::unique_ptr<archive, int (*)(archive*)>;

engine::Sentence damaged() {
    return "it is damaged or cut short";
}

/// Only by the directory at its end: a zip without one is cut, and what comes before it may say something else.
Archive open_archive(std::span<const std::byte> bytes) {
    Archive reader(archive_read_new(), archive_read_free);
    if (!reader) return reader;
    archive_read_support_format_zip_seekable(reader.get());
    if (archive_read_open_memory(reader.get(), bytes.data(), bytes.size()) != ARCHIVE_OK) reader.reset();
    return reader;
}

std::string name_of(archive_entry* entry) {
    const char* name = archive_entry_pathname_utf8(entry);
    if (name == nullptr) name = archive_entry_pathname(entry);
    std::string text = engine::lower(name == nullptr ? "" : name);
    std::replace(text.begin(), text.end(), '\\', '/');
    return text.substr(std::min(text.find_first_not_of('/'), text.size()));
}

/// The name comes from the file, so it is quoted only when it is clean.
engine::Sentence lacks(std::string_view name) {
    const bool clean = engine::find_unsafe(name) == std::string_view::npos;
    if (!clean) return "it has no part of the name it gives";
    return engine::said("it has no part {}", engine::quote(name));
}

/// The next file of the zip; null at the end. Error: the zip is broken.
tl::expected<archive_entry*, engine::Sentence> next_file(archive* reader) {
    for (;;) {
        archive_entry* entry = nullptr;
        const int result = archive_read_next_header(reader, &entry);
        if (result == ARCHIVE_EOF) return nullptr;
        if (result != ARCHIVE_OK && result != ARCHIVE_WARN) return tl::unexpected(damaged());
        if (archive_entry_filetype(entry) == AE_IFREG) return entry;
    }
}

}  // namespace

tl::expected<std::string, engine::Sentence> MemoryParts::read(std::string_view name) {
    const auto found = parts_.find(name);
    if (found == parts_.end()) return tl::unexpected(lacks(name));
    return found->second;
}

tl::expected<ZipParts, engine::Sentence> ZipParts::open(std::span<const std::byte> bytes) {
    ZipParts parts(bytes);
    const Archive reader = open_archive(bytes);
    if (!reader) return tl::unexpected(damaged());
    for (;;) {
        const auto entry = next_file(reader.get());
        if (!entry) return tl::unexpected(entry.error());
        if (*entry == nullptr) return parts;
        if (archive_entry_is_encrypted(*entry) != 0)
            return tl::unexpected(engine::Sentence("it is locked with a password"));
        if (parts.names_.size() == ZipLimits::entries) {
            return tl::unexpected(engine::said("it holds more than {} parts", std::to_string(ZipLimits::entries)));
        }
        std::string name = name_of(*entry);
        if (!parts.names_.insert(std::move(name)).second) {
            return tl::unexpected(engine::Sentence("it holds two parts of the same name"));
        }
    }
}

tl::expected<std::string, engine::Sentence> ZipParts::read(std::string_view name) {
    const Archive reader = open_archive(bytes_);
    if (!reader) return tl::unexpected(damaged());
    for (;;) {
        const auto entry = next_file(reader.get());
        if (!entry) return tl::unexpected(entry.error());
        if (*entry == nullptr) return tl::unexpected(lacks(name));
        if (name_of(*entry) == name) break;
    }
    std::string content;
    std::array<char, 65'536> block{};
    for (;;) {
        const la_ssize_t got = archive_read_data(reader.get(), block.data(), block.size());
        if (got < 0) return tl::unexpected(damaged());
        if (got == 0) return content;
        content.append(block.data(), static_cast<std::size_t>(got));
        unpacked_ += static_cast<std::size_t>(got);
        const bool bomb = unpacked_ > (1U << 20U) && unpacked_ / ZipLimits::ratio > bytes_.size();
        if (content.size() > ZipLimits::part_bytes || unpacked_ > ZipLimits::all_bytes || bomb) {
            return tl::unexpected(engine::Sentence("it unpacks to far more than a questionnaire needs"));
        }
    }
}

}  // namespace questionnaires::workbook
