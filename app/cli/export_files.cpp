#include "app/cli/export_files.hpp"

#include "app/cli/failures.hpp"
#include "app/exports/packed.hpp"
#include "app/files/folder.hpp"
#include "crypto/try.hpp"

namespace app::cli {
namespace fs = std::filesystem;

Outcome<ExportFiles> ExportFiles::make(const Context& context, const fs::path& destination, bool folder) {
    const auto place = without_slash(destination);
    if (app::files::is_there(place)) return stop(context, "cli.file.exists", {{"file", shown(place)}});
    AMPARO_TRY(draft, draft_folder(context, place));
    return ExportFiles(context, std::move(draft), folder);
}

bool ExportFiles::keep_failed(const app::files::Failure& failure) {
    return keep(stop_exchange(*context_, exchange::failure_of(failure), shown(draft_.destination())));
}

bool ExportFiles::keep(Outcome<void> done) {
    if (!done) failed_ = done.error();
    return done.has_value();
}

bool ExportFiles::append(std::string_view name, std::string_view bytes) {
    auto at = open_.find(name);
    const auto file = draft_.path() / name;
    if (at == open_.end()) {
        auto made = app::files::DurableFile::create(file);
        if (!made) return keep_failed(made.error());
        at = open_.emplace(std::string(name), std::move(*made)).first;
    }
    if (const auto written = at->second.write(crypto::as_bytes(bytes)); !written) return keep_failed(written.error());
    return true;
}

bool ExportFiles::set_aside(std::string_view piece) {
    if (!aside_) {
        auto made = app::files::DurableFile::create(draft_.path() / "aside");
        if (!made) return keep_failed(made.error());
        aside_.emplace(std::move(*made));
    }
    std::string framed;
    exports::pack(framed, piece);
    if (const auto written = aside_->write(crypto::as_bytes(framed)); !written) return keep_failed(written.error());
    return true;
}

bool ExportFiles::each_aside(const std::function<bool(std::string_view piece)>& use) {
    if (!aside_) return true;
    std::string read;
    const auto take = [&](std::span<const std::byte> bytes) {
        read += crypto::as_text(bytes);
        std::string_view rest(read);
        while (const auto piece = exports::unpack(rest))
            if (!use(*piece)) return false;
        read.erase(0, read.size() - rest.size());
        return true;
    };
    const auto given = aside_->read_back(take);
    aside_.reset();
    return given ? true : keep_failed(given.error());
}

bool ExportFiles::whole(std::string_view name, std::string_view bytes) {
    return keep(write_file(*context_, folder_ ? draft_.path() / name : draft_.destination(), crypto::as_bytes(bytes)));
}

bool ExportFiles::no_room() {
    return keep(stop(*context_, "cli.cases.export.no_room", {{"file", shown(draft_.destination())}}));
}

Outcome<void> ExportFiles::publish() {
    for (auto& [name, file] : open_)
        if (const auto published = file.publish(); !published)
            return stop_exchange(*context_, exchange::failure_of(published.error()), shown(file.destination()));
    open_.clear();
    if (!folder_) return {};
    return cli::publish(*context_, draft_);
}

}  // namespace app::cli
