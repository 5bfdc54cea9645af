#include "app/files/draft_folder.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/files/folder.hpp"
#include "app/files/random_name.hpp"

namespace app::files {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view unfinished_mark = ".unfinished-";
constexpr std::size_t unfinished_digits = 16;

std::string unfinished_start(const fs::path& destination) {
    return destination.filename().string() + std::string(unfinished_mark);
}

/// Folders with exactly such a name, of this user, that no running program holds.
void remove_leftover_folders(const fs::path& destination) {
    const auto folder = folder_of(destination);
    const auto start = unfinished_start(destination);
    for (const auto& name : names_in(folder).value_or(std::vector<std::string>{})) {
        if (!name.starts_with(start) || !is_random_digits(std::string_view(name).substr(start.size()))) continue;
        const auto left = open_folder(folder / name);
        struct stat status {};
        if (!left || ::fstat(left->get(), &status) != 0 || status.st_uid != ::geteuid()) continue;
        std::error_code ignored;
        if (lock(*left) == true) fs::remove_all(folder / name, ignored);
    }
}

}  // namespace

Detailed<DraftFolder> DraftFolder::create(fs::path destination) {
    remove_leftover_folders(destination);
    const auto digits = random_digits();
    if (!digits) return failure_of("make folder");
    auto path = folder_of(destination) / (unfinished_start(destination) + *digits);
    const auto made = make_folder(path);
    if (!made) return failure_of("make folder");
    if (!*made) return tl::unexpected(Failure{Error::Exists, "make folder"});
    auto held = open_folder(path);
    // Between these steps another program may have taken it for a leftover.
    if (!held || lock(*held) != true) {
        ::rmdir(path.c_str());
        return tl::unexpected(Failure{held ? Error::Io : held.error(), "lock folder"});
    }
    return DraftFolder(std::move(destination), std::move(path), std::move(*held));
}

DraftFolder::DraftFolder(DraftFolder&& other) noexcept
    : destination_(std::move(other.destination_)),
      path_(std::exchange(other.path_, {})),
      held_(std::move(other.held_)) {}

DraftFolder::~DraftFolder() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
}

Detailed<void> DraftFolder::publish() {
    if (const auto named = rename_new(path_, destination_); !named) {
        if (named.error() == Error::Exists)
            return tl::unexpected(Failure{Error::Exists, destination_.filename().string() + " is there already"});
        return failure_of("name folder");
    }
    if (sync_name(destination_)) {
        path_.clear();
        return {};
    }
    const auto failure = failure_of("sync folder");
    static_cast<void>(rename_new(destination_, path_));
    return failure;
}

Detailed<void> DraftFolder::replace() {
    if (const auto done = exchange_names(path_, destination_); !done) {
        if (done.error() == Error::Unsupported) return replace_in_two_steps();
        return failure_of("exchange folders");
    }
    if (sync_name(destination_)) return {};  // what goes away is now the one before
    const auto failure = failure_of("sync folder");
    if (!exchange_names(path_, destination_)) path_.clear();  // the folder before does not go
    return failure;
}

Detailed<void> DraftFolder::replace_in_two_steps() {
    auto before = path_;
    before += ".before";
    if (!rename_new(destination_, before)) return failure_of("rename folder");
    if (!rename_new(path_, destination_)) {
        const auto failure = failure_of("name folder");
        static_cast<void>(rename_new(before, destination_));
        return failure;
    }
    if (sync_name(destination_)) {
        path_ = std::move(before);
        return {};
    }
    const auto failure = failure_of("sync folder");
    if (rename_new(destination_, path_)) static_cast<void>(rename_new(before, destination_));
    return failure;
}

}  // namespace app::files
