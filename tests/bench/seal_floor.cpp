#include "tests/bench/seal_floor.hpp"

#define SQLITE_HAS_CODEC  // makes the header declare the key functions
#include <sqlcipher/sqlite3.h>

#include <cstdio>
#include <cstdlib>

#include "app/store/schema.hpp"

namespace bench {
namespace {

void need(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "the floor failed: %s\n", what);
    std::exit(2);
}

void run(sqlite3* connection, const std::string& sql) {
    need(sqlite3_exec(connection, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sql.c_str());
}

}  // namespace

struct BareStore::Statements {
    sqlite3* connection_;
    std::vector<sqlite3_stmt*> all_;

    explicit Statements(sqlite3* connection) : connection_(connection) {}
    ~Statements() {
        for (auto* one : all_) sqlite3_finalize(one);
    }
    sqlite3_stmt* prepare(const char* sql) {
        sqlite3_stmt* statement = nullptr;
        need(sqlite3_prepare_v2(connection_, sql, -1, &statement, nullptr) == SQLITE_OK, sql);
        all_.push_back(statement);
        return statement;
    }
    static void step(sqlite3_stmt* statement, int expected) {
        if (sqlite3_step(statement) != expected) need(false, sqlite3_errmsg(sqlite3_db_handle(statement)));
        sqlite3_reset(statement);
    }

    sqlite3_stmt* begin = prepare("BEGIN IMMEDIATE");
    sqlite3_stmt* commit = prepare("COMMIT");
    sqlite3_stmt* insert = prepare(
        "INSERT INTO sealed(name, record, revision, state, epoch, sequence, digest, size, bytes) "
        "VALUES(?1, ?2, ?3, 0, 0, 0, zeroblob(32), ?4, ?5)");
    sqlite3_stmt* summary =
        prepare("UPDATE summary SET mac = randomblob(32), rows = randomblob(32), count = count + ?1");
    sqlite3_stmt* read = prepare("SELECT bytes FROM sealed WHERE name = ?1");
    sqlite3_stmt* drop = prepare("DELETE FROM sealed WHERE record = ?1 AND revision < ?2 AND state = 0");
    sqlite3_stmt* small = prepare("REPLACE INTO wrong_pin(id, at) VALUES(1, abs(random() / 2))");
};

BareStore::BareStore(const std::filesystem::path& file) {
    // In the memory that the device, opened before, gave to SQLite in this process.
    need(sqlite3_open(file.c_str(), &connection_) == SQLITE_OK, "open");
    const std::string key = "x'" + std::string(64, 'a') + "'";
    need(sqlite3_key_v2(connection_, "main", key.data(), static_cast<int>(key.size())) == SQLITE_OK, "key");
    for (const auto* setting :
         {"PRAGMA cipher_page_size = 4096", "PRAGMA journal_mode = DELETE", "PRAGMA synchronous = EXTRA",
          "PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 0"})
        run(connection_, setting);
    for (const auto table : app::store::schema::expected) run(connection_, std::string(table));
    run(connection_, "INSERT INTO summary VALUES(1, randomblob(32), randomblob(32), randomblob(32), 0)");
    statements_ = std::make_unique<Statements>(connection_);
}

BareStore::~BareStore() {
    statements_.reset();
    sqlite3_close(connection_);
}

void BareStore::keep(const std::string& record, std::uint32_t revision, const std::string& name,
                     crypto::ByteView sealed) {
    auto& s = *statements_;
    Statements::step(s.begin, SQLITE_DONE);
    sqlite3_bind_text(s.insert, 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
    sqlite3_bind_text(s.insert, 2, record.data(), static_cast<int>(record.size()), SQLITE_STATIC);
    sqlite3_bind_int64(s.insert, 3, revision);
    sqlite3_bind_int64(s.insert, 4, static_cast<sqlite3_int64>(sealed.size()));
    sqlite3_bind_blob(s.insert, 5, sealed.data(), static_cast<int>(sealed.size()), SQLITE_STATIC);
    Statements::step(s.insert, SQLITE_DONE);
    sqlite3_bind_int(s.summary, 1, 1);
    Statements::step(s.summary, SQLITE_DONE);
    Statements::step(s.commit, SQLITE_DONE);
    sqlite3_db_release_memory(connection_);  // so that what is read comes from the medium
    sqlite3_bind_text(s.read, 1, name.data(), static_cast<int>(name.size()), SQLITE_STATIC);
    Statements::step(s.read, SQLITE_ROW);
    if (revision == 1) return;
    Statements::step(s.begin, SQLITE_DONE);
    sqlite3_bind_text(s.drop, 1, record.data(), static_cast<int>(record.size()), SQLITE_STATIC);
    sqlite3_bind_int64(s.drop, 2, revision);
    Statements::step(s.drop, SQLITE_DONE);
    sqlite3_bind_int(s.summary, 1, -1);
    Statements::step(s.summary, SQLITE_DONE);
    Statements::step(s.commit, SQLITE_DONE);
    sqlite3_db_release_memory(connection_);
}

void BareStore::one_commit() {
    Statements::step(statements_->small, SQLITE_DONE);
}

}  // namespace bench
