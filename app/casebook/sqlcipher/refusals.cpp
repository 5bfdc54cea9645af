#include "app/casebook/sqlcipher/refusals.hpp"

#include "app/casebook/sqlcipher/calls.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

Result<void> Refusals::note(const Quarantined& refused) {
    return ours(database_->run(
        "INSERT INTO quarantine(file_sha256, bytes, kept, file, reason, detail) VALUES(?1, ?2, ?3, ?4, ?5, ?6) "
        "ON CONFLICT(file_sha256, bytes) DO UPDATE SET kept = max(kept, excluded.kept)",
        refused.file_sha256, refused.bytes, refused.kept, refused.file, refused.reason, refused.detail));
}

Result<bool> Refusals::forget(std::string_view file_sha256) {
    AMPARO_DO(ours(database_->run("DELETE FROM quarantine WHERE file_sha256 = ?1", file_sha256)));
    return database_->changes() > 0;
}

Result<void> Refusals::note_no_copy(std::string_view file_sha256) {
    return ours(database_->run("UPDATE quarantine SET kept = 0 WHERE file_sha256 = ?1", file_sha256));
}

Result<std::vector<Quarantined>> Refusals::all() {
    return ours(database_->rows("SELECT file_sha256, bytes, kept, file, reason, detail FROM quarantine ORDER BY id",
                                [](const Row& row) {
                                    return Quarantined{std::string(row.text(0)), row.number(1),
                                                       row.integer(2) == 1,      std::string(row.text(3)),
                                                       std::string(row.text(4)), std::string(row.text(5))};
                                }));
}

}  // namespace app::casebook::sqlcipher
