#pragma once
// The statements that make one page durable, bare: SQLCipher's own interface, prepared once, nothing checked but that
// they succeed. The same settings, tables and indexes as the store has.

#include <filesystem>
#include <memory>
#include <string>

#include "crypto/bytes.hpp"

struct sqlite3;

namespace bench {

class BareStore {
  public:
    explicit BareStore(const std::filesystem::path& file);
    ~BareStore();
    BareStore(const BareStore&) = delete;
    BareStore& operator=(const BareStore&) = delete;

    /// Insert, commit, read back, delete the row before, commit.
    void keep(const std::string& record, std::uint32_t revision, const std::string& name, crypto::ByteView sealed);
    /// One row of 32 bytes, committed.
    void one_commit();

  private:
    struct Statements;
    sqlite3* connection_ = nullptr;
    std::unique_ptr<Statements> statements_;
};

}  // namespace bench
