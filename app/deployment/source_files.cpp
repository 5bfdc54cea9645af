#include "app/deployment/source_files.hpp"

#include "app/deployment/files.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "app/files/small_file.hpp"
#include "crypto/try.hpp"

namespace app::deployment {
namespace fs = std::filesystem;

Result<std::optional<files::Descriptor>> open_sources(const fs::path& content) {
    auto opened = files::open_folder(content);
    if (opened) return std::optional(std::move(*opened));
    if (opened.error() == files::Error::Missing) return std::optional<files::Descriptor>();
    return failed(opened.error(), content.string());
}

Result<files::Descriptor> hold_sources(const fs::path& content) {
    AMPARO_TRY(held, open_sources(content));
    if (!held) {
        AMPARO_DO(make_folder(content));
        AMPARO_TRY(made, open_sources(content));
        if (!made) return failed(files::Error::Missing, content.string());
        held.emplace(std::move(*made));
    }
    AMPARO_TRY(const alone, about(content.string(), files::lock(*held).map_error([](files::Error error) {
                   return files::Failure{error, "lock"};
               })));
    if (!alone) return failed(Refusal::Busy, content.string());
    return std::move(*held);
}

Result<std::optional<crypto::Bytes>> read_source(const fs::path& file, std::size_t most) {
    auto bytes = files::read_plain(file, most, files::Links::Refused);
    if (bytes) return std::optional(std::move(*bytes));
    if (bytes.error() == files::Error::Missing) return std::optional<crypto::Bytes>();
    return failed(bytes.error(), file.string());
}

Result<void> replace_source(const fs::path& file, const std::string& text) {
    const auto done = files::replace_small(file, crypto::as_bytes(text));
    if (!done) return failed(exchange::failure_of({done.error(), "replace"}), file.string());
    return {};
}

}  // namespace app::deployment
