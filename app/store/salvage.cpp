#include "app/store/salvage.hpp"

#include <array>
#include <string>

namespace app::store::detail {

bool Salvage::open() {
    auto opened = Database::open_damaged(ready_, copy_, key_);
    if (!opened) return false;
    database_.emplace(std::move(*opened));
    return true;
}

void Salvage::again() noexcept {
    database_.reset();
    static_cast<void>(open());
}

std::set<std::int64_t> Salvage::rows_of(std::string_view table) {
    // SQLite names the indexes of UNIQUE columns itself. A way that does not exist is a statement that cannot be
    // prepared.
    const std::string name(table);
    const std::array ways{"SELECT rowid FROM " + name + " NOT INDEXED",
                          "SELECT rowid FROM " + name + " INDEXED BY sqlite_autoindex_" + name + "_1 ORDER BY 1",
                          "SELECT rowid FROM " + name + " INDEXED BY sqlite_autoindex_" + name + "_2 ORDER BY 1"};
    std::set<std::int64_t> rows;
    for (const auto& way : ways) {
        if (!database_) return rows;
        bool broken = false;
        {
            auto statement = database_->prepare(way);
            while (statement) {
                const auto more = statement->step();
                broken = !more;
                if (broken || !*more) break;
                rows.insert(statement->integer(0));
            }
        }
        if (broken) again();
    }
    return rows;
}

bool Salvage::whole(std::string_view table, std::int64_t row) {
    if (!database_) return false;
    {
        auto statement = database_->prepare("SELECT digest, bytes FROM " + std::string(table) + " WHERE rowid = ?1");
        if (!statement) return false;
        const auto there = statement->bind(1, row).step();
        if (there) return *there && crypto::sha256(ready_, statement->bytes(1)) == digest_column(*statement, 0);
    }
    again();
    return false;
}

bool Salvage::copy(std::string_view table, std::int64_t row, Database& to) {
    if (!database_) return false;
    if (database_->copy_row(table, row, to)) return true;
    again();
    return false;
}

bool Salvage::security_holds() {
    if (!database_) return false;
    auto summary = Summary::make(ready_, key_);
    if (!summary) return false;
    const auto holds = summary->security_holds(*database_);
    if (!holds) again();
    return holds && *holds;
}

std::optional<AuditEntry> Salvage::audit(std::uint64_t number) {
    if (!database_) return std::nullopt;
    {
        auto statement = database_->prepare("SELECT id, type, day, sealed, head FROM audit WHERE id = ?1");
        if (!statement) return std::nullopt;
        const auto there = statement->bind(1, static_cast<std::int64_t>(number)).step();
        if (there) {
            if (!*there) return std::nullopt;
            const auto sealed = statement->bytes(3);
            return AuditEntry{{number, static_cast<std::uint8_t>(statement->integer(1)),
                               std::chrono::sys_days(std::chrono::days(statement->integer(2)))},
                              {sealed.begin(), sealed.end()},
                              digest_column(*statement, 4)};
        }
    }
    again();
    return std::nullopt;
}

}  // namespace app::store::detail
