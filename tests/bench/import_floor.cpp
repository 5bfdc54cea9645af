#include "tests/bench/import_floor.hpp"

#define SQLITE_HAS_CODEC  // makes the header declare the key functions
#include <sodium.h>
#include <sqlcipher/sqlite3.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>

#include "app/casebook/sqlcipher/schema.hpp"
#include "app/record/read.hpp"
#include "tests/bench/crypto_floor.hpp"

namespace bench {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t intro = 22;
constexpr std::size_t stanza_size = 98;
constexpr std::size_t stanzas = 5;
constexpr std::size_t maced_size = intro + stanzas * stanza_size + 3;
constexpr std::size_t header_size = maced_size + 1 + 43 + 1;
constexpr std::size_t nonce_size = 16;
constexpr std::size_t chunk = 65'536;
constexpr std::size_t tag = 16;
constexpr std::size_t block = 512;
// As the casebook has them: app/casebook/parts.hpp and app/casebook/sqlcipher/custody.cpp.
constexpr int rows_of_commit = 4096;
constexpr std::size_t index_bytes = 640;
constexpr std::size_t least_cache_kib = 2048;
constexpr std::size_t most_cache_kib = 65'536;

void need(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "the floor failed: %s\n", what);
    std::exit(2);
}

const char* text_at(const unsigned char* bytes) {
    return reinterpret_cast<const char*>(bytes);
}

void decode(const unsigned char* text, unsigned char* out) {
    std::size_t size = 0;
    need(sodium_base642bin(out, 32, text_at(text), 43, nullptr, &size, nullptr,
                           sodium_base64_VARIANT_ORIGINAL_NO_PADDING) == 0 &&
             size == 32,
         "base64");
}

/// The numbers of a file with five stanzas, but for its payload.
void read_header(const unsigned char* file, Bare& out) {
    out.stanzas.resize(stanzas);
    for (std::size_t i = 0; i < stanzas; ++i) {
        const auto* at = file + intro + i * stanza_size + 10;
        decode(at, out.stanzas[i].share.data());
        decode(at + 44, out.stanzas[i].body.data());
    }
    out.maced.assign(file, file + maced_size);
    decode(file + maced_size + 1, out.mac.data());
    std::copy_n(file + header_size, nonce_size, out.nonce.begin());
}

class Store {
  public:
    Store(const std::filesystem::path& file, std::size_t records) {
        for (const auto* const ending : {"", "-journal"}) std::filesystem::remove(file.string() + ending);
        need(sqlite3_open(file.c_str(), &connection_) == SQLITE_OK, "open");
        const std::string key = "x'" + std::string(64, 'a') + "'";
        need(sqlite3_key_v2(connection_, "main", key.data(), static_cast<int>(key.size())) == SQLITE_OK, "key");
        for (const auto* setting :
             {"PRAGMA cipher_page_size = 4096", "PRAGMA journal_mode = DELETE", "PRAGMA synchronous = EXTRA",
              "PRAGMA secure_delete = ON", "PRAGMA temp_store = MEMORY", "PRAGMA mmap_size = 0"})
            run(setting);
        run("PRAGMA cache_size = -" +
            std::to_string(std::clamp(records * index_bytes / 1024, least_cache_kib, most_cache_kib)));
        for (const auto table : app::casebook::sqlcipher::schema::expected) tables_.emplace_back(table);
        std::stable_partition(tables_.begin(), tables_.end(),
                              [](const std::string& one) { return one.starts_with("CREATE TABLE"); });
        for (const auto& one : tables_) run(one);
        run("INSERT INTO batch VALUES(1, '', 1, 1, x'', x'', x'', x'', x'', x'', x'')");
        keep = prepare(
            "INSERT INTO sealed(batch, name, sha256, outcome, detail, device, record, revision, bytes) "
            "VALUES(1, ?1, ?2, NULL, '', '00000000000000000000000000000007', '" +
            std::string(32, ' ') + "', 2, ?3)");
        own = prepare("UPDATE sealed SET record = ?1, revision = ?2, outcome = 0 WHERE id = ?3");
        read = prepare("SELECT bytes FROM sealed WHERE id = ?1");
        list = prepare(
            "INSERT INTO record(device, record, sealed, revision, kind, case_code, json_sha256, urgency, unreadable, "
            "training, day, form, form_version, mode, role, follows, danger, harm, risk, worst, raised, danger_rule, "
            "harm_rule, risk_rule, json) VALUES(?1, ?2, ?3, 1, 1, ?4, randomblob(32), ?5, 0, 0, ?6, 'first-contact', "
            "'1', 0, 0, '', 1, 1, 1, 1, 0, 'r1', 'r1', 'r1', ?7)");
    }
    Store(const Store&) = delete;
    Store& operator=(const Store&) = delete;
    ~Store() {
        for (auto* one : all_) sqlite3_finalize(one);
        sqlite3_close(connection_);
    }
    void run(const std::string& sql) {
        need(sqlite3_exec(connection_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK, sql.c_str());
    }
    void step(sqlite3_stmt* statement, int expected) {
        if (sqlite3_step(statement) != expected) need(false, sqlite3_errmsg(connection_));
    }

    sqlite3_stmt* keep = nullptr;
    sqlite3_stmt* read = nullptr;
    sqlite3_stmt* list = nullptr;
    sqlite3_stmt* own = nullptr;

  private:
    sqlite3_stmt* prepare(const std::string& sql) {
        sqlite3_stmt* statement = nullptr;
        need(sqlite3_prepare_v2(connection_, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK,
             sqlite3_errmsg(connection_));
        all_.push_back(statement);
        return statement;
    }
    sqlite3* connection_ = nullptr;
    std::vector<std::string> tables_;
    std::vector<sqlite3_stmt*> all_;
};

void bind_text(sqlite3_stmt* statement, int at, std::string_view text) {
    sqlite3_bind_text(statement, at, text.data(), static_cast<int>(text.size()), SQLITE_STATIC);
}
void bind_blob(sqlite3_stmt* statement, int at, const void* bytes, std::size_t size) {
    sqlite3_bind_blob(statement, at, bytes, static_cast<int>(size), SQLITE_STATIC);
}

/// The outer file's plaintext, chunk by chunk, cut into the members of the archive.
class Members {
  public:
    explicit Members(Store& store) : store_(store) {}

    void feed(const std::vector<unsigned char>& plain) {
        waiting_.insert(waiting_.end(), plain.begin(), plain.end());
        std::size_t at = 0;
        while (waiting_.size() - at >= block) {
            const auto* header = waiting_.data() + at;
            const std::size_t size = std::strtoull(text_at(header) + 124, nullptr, 8);
            const std::string name(text_at(header));
            if (name == "FILL" || header[0] == 0) {  // nothing more
                at = waiting_.size();
                filling_ = true;
            }
            if (filling_) break;
            const auto whole = block + (size + block - 1) / block * block;
            if (waiting_.size() - at < whole) break;
            if (name.starts_with("records/")) keep(name.substr(8, 32), header + block, size);
            at += whole;
        }
        if (filling_) at = waiting_.size();
        waiting_.erase(waiting_.begin(), waiting_.begin() + static_cast<std::ptrdiff_t>(at));
    }

  private:
    void keep(const std::string& name, const unsigned char* bytes, std::size_t size) {
        unsigned char digest[crypto_hash_sha256_BYTES];
        crypto_hash_sha256(digest, bytes, size);
        bind_text(store_.keep, 1, name);
        bind_blob(store_.keep, 2, digest, sizeof digest);
        bind_blob(store_.keep, 3, bytes, size);
        store_.step(store_.keep, SQLITE_DONE);
        sqlite3_reset(store_.keep);
    }

    Store& store_;
    std::vector<unsigned char> waiting_;
    bool filling_ = false;
};

Key bytes_of(crypto::ByteView secret) {
    Key key;
    need(secret.size() == key.size(), "the identity");
    std::memcpy(key.data(), secret.data(), key.size());
    return key;
}

void store_all(const std::filesystem::path& batch, Store& store, const Key& secret, const Key& own) {
    std::ifstream in(batch, std::ios::binary);
    std::vector<unsigned char> front(header_size + nonce_size);
    in.read(reinterpret_cast<char*>(front.data()), static_cast<std::streamsize>(front.size()));
    Bare outer;
    read_header(front.data(), outer);
    const auto key = bare_payload_key(outer, secret, own);
    need(key.has_value(), "the batch");
    Members members(store);
    std::vector<unsigned char> sealed(chunk + tag);
    std::vector<unsigned char> plain(chunk);
    auto left = std::filesystem::file_size(batch) - front.size();
    crypto_hash_sha256_state whole;
    crypto_hash_sha256_init(&whole);
    crypto_hash_sha256_update(&whole, front.data(), front.size());
    unsigned char nonce[12] = {};
    store.run("BEGIN IMMEDIATE");
    for (std::uint64_t number = 0; left > 0; ++number) {
        const auto size = std::min<std::uint64_t>(left, sealed.size());
        in.read(reinterpret_cast<char*>(sealed.data()), static_cast<std::streamsize>(size));
        left -= size;
        crypto_hash_sha256_update(&whole, sealed.data(), size);
        for (int i = 0; i < 8; ++i) nonce[10 - i] = static_cast<unsigned char>(number >> (8 * i));
        nonce[11] = left == 0 ? 1 : 0;
        plain.resize(size - tag);
        need(crypto_aead_chacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data(), size, nullptr, 0,
                                                       nonce, key->data()) == 0,
             "a chunk");
        members.feed(plain);
    }
    store.run("COMMIT");
}

/// Gives the seconds that opening and parsing took.
double open_all(Store& store, const Key& secret, const Key& own, std::size_t records) {
    double opening = 0;
    Bare sealed;
    std::vector<unsigned char> plain;
    for (std::size_t i = 1; i <= records; ++i) {
        if (i % rows_of_commit == 1) store.run("BEGIN IMMEDIATE");
        sqlite3_bind_int64(store.read, 1, static_cast<sqlite3_int64>(i));
        store.step(store.read, SQLITE_ROW);
        const auto* bytes = static_cast<const unsigned char*>(sqlite3_column_blob(store.read, 0));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(store.read, 0));
        const auto from = Clock::now();
        read_header(bytes, sealed);
        sealed.payload.assign(bytes + header_size + nonce_size, bytes + size);
        need(bare_open(sealed, secret, own, plain), "a record");
        std::string_view json(text_at(plain.data()), plain.size());
        json = json.substr(0, json.find_last_not_of(' ') + 1);
        const auto said = app::record::read(json);
        need(said.has_value(), "a record's JSON");
        opening += std::chrono::duration<double>(Clock::now() - from).count();
        sqlite3_reset(store.read);
        bind_text(store.list, 1, said->device);
        bind_text(store.list, 2, said->record);
        sqlite3_bind_int64(store.list, 3, static_cast<sqlite3_int64>(i));
        bind_text(store.list, 4, said->case_code);
        sqlite3_bind_int64(store.list, 5, static_cast<sqlite3_int64>(i % 27));
        bind_text(store.list, 6, said->day);
        bind_blob(store.list, 7, json.data(), json.size());
        store.step(store.list, SQLITE_DONE);
        sqlite3_reset(store.list);
        bind_text(store.own, 1, said->record);
        sqlite3_bind_int64(store.own, 2, said->revision);
        sqlite3_bind_int64(store.own, 3, static_cast<sqlite3_int64>(i));
        store.step(store.own, SQLITE_DONE);
        sqlite3_reset(store.own);
        if (i % rows_of_commit == 0 || i == records) store.run("COMMIT");
    }
    return opening;
}

}  // namespace

BareTime bare_import(crypto::SodiumReady, const std::filesystem::path& batch, const std::filesystem::path& file,
                     crypto::ByteView secret, std::size_t records) {
    const auto from = Clock::now();
    const auto key = bytes_of(secret);
    Key own;
    need(crypto_scalarmult_base(own.data(), key.data()) == 0, "the identity");
    Store store(file, records);
    store_all(batch, store, key, own);
    BareTime time;
    time.opening = open_all(store, key, own, records);
    time.all = std::chrono::duration<double>(Clock::now() - from).count();
    return time;
}

}  // namespace bench
