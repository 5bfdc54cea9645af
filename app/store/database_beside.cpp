#include "app/store/database_beside.hpp"

#include <new>

#include "app/files/small_file.hpp"

namespace app::store::detail {

namespace fs = std::filesystem;

fs::path journal_of(const fs::path& database) {
    return database.string() + "-journal";
}

fs::path DatabaseCopy::path() const {
    return folder_.path() / "amparo-damaged-copy.db";
}

fs::path DatabaseCopy::helper() const {
    return folder_.path() / "amparo-first-page.db";
}

void DatabaseCopy::remove() noexcept {
    try {
        std::error_code ignored;
        for (const auto& file : {path(), helper()}) {
            fs::remove(file, ignored);
            fs::remove(journal_of(file), ignored);
        }
    } catch (const std::bad_alloc&) {  // for the names: whoever copies next removes them
    }
}

Result<void> DatabaseCopy::make(bool with_journal) {
    remove();
    if (auto done = database::stored(files::copy_plain_file(folder_.database(), path())); !done || !with_journal)
        return done;
    auto journal = database::stored(files::copy_plain_file(journal_of(folder_.database()), journal_of(path())));
    if (journal || journal.error() == Error::Missing || journal.error() == Error::NotPlain) return {};
    return journal;
}

}  // namespace app::store::detail
