#include "app/deployment/files.hpp"

#include <cerrno>
#include <cstring>

#include "app/files/durable_file.hpp"
#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"

namespace app::deployment {

Result<crypto::Bytes> read_plain(const std::filesystem::path& file, std::size_t most) {
    return about(file.string(), files::read_plain(file, most));
}

Result<void> write_new(const std::filesystem::path& file, crypto::ByteView content) {
    return about(file.string(), files::write_new_file(file, content));
}

Result<void> have_folder(const std::filesystem::path& folder) {
    if (const auto made = files::make_folder(folder); !made)
        return failed(exchange::failure_of({made.error(), "mkdir"}), folder.string());
    if (const auto opened = files::open_folder(folder); !opened)
        return failed(exchange::failure_of({opened.error(), "open"}), folder.string());
    return {};
}

Result<void> make_folder(const std::filesystem::path& folder) {
    const auto made = files::make_folder(folder);
    if (!made) return failed(exchange::failure_of({made.error(), "mkdir"}), folder.string());
    if (!*made) return failed(exchange::failure_of({files::Error::Exists, "mkdir"}), folder.string());
    return {};
}

}  // namespace app::deployment
