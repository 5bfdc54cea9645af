#include "app/device/stick_files.hpp"

#include <algorithm>

#include "app/files/folder.hpp"
#include "app/files/plain_file.hpp"
#include "crypto/try.hpp"

namespace app::device {
namespace {

namespace fs = std::filesystem;
using model::NotTaken;

constexpr std::size_t most_entries = 200'000;  // of a folder: names alone cost little
constexpr std::size_t most_wanted = 10'000;
constexpr std::uint64_t most_read = 1U << 30;

NotTaken not_taken_of(files::Error error) noexcept {
    switch (error) {
        case files::Error::Kind:
            return NotTaken::NotPlain;
        case files::Error::TooLarge:
        case files::Error::Short:
            return NotTaken::Damaged;
        case files::Error::Missing:
        case files::Error::Exists:
        case files::Error::Denied:
        case files::Error::NoSpace:
        case files::Error::Memory:
        case files::Error::Unsupported:
        case files::Error::Interrupted:
        case files::Error::Io:
            return NotTaken::Unreadable;
    }
    return NotTaken::Unreadable;
}

}  // namespace

StickFiles files_on_sticks(const std::vector<fs::path>& folders,
                           const std::function<bool(std::string_view name)>& wanted) {
    StickFiles found;
    for (const auto& folder : folders) {
        std::size_t seen = 0;
        std::size_t taken = 0;
        const auto listed = files::each_name(folder, [&](std::string_view name) {
            if (wanted(name)) {
                found.files.push_back(folder / name);
                ++taken;
            }
            return ++seen < most_entries && taken < most_wanted;
        });
        if (listed)
            ++found.folders;
        else if (listed.error() != files::Error::Missing)
            found.unreadable = true;
        found.too_many = found.too_many || seen == most_entries || taken == most_wanted;
    }
    return found;
}

tl::expected<crypto::Bytes, NotTaken> StickReader::head(const fs::path& path, std::size_t most, std::size_t largest) {
    if (read_ > most_read) return tl::unexpected(NotTaken::TooMany);
    const auto file = files::InputFile::open(path, files::Kinds::Plain, files::Links::Refused);
    if (!file) return tl::unexpected(not_taken_of(file.error()));
    if (!file->size() || *file->size() > largest) return tl::unexpected(NotTaken::Damaged);
    crypto::Bytes bytes(static_cast<std::size_t>(std::min<std::uint64_t>(*file->size(), most)));
    const auto got = file->fill(bytes);
    if (!got) return tl::unexpected(not_taken_of(got.error()));
    read_ += *got;
    bytes.resize(*got);
    return bytes;
}

tl::expected<crypto::Bytes, NotTaken> StickReader::whole(const fs::path& file, std::size_t most) {
    return head(file, most, most);
}

}  // namespace app::device
