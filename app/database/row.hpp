#pragma once
// One row that a statement gives: its columns, counted from 0.

#include <cstdint>
#include <string_view>

#include "crypto/bytes.hpp"

struct sqlite3_stmt;

namespace app::database {

/// Texts and bytes live until the statement's next step, so until whoever reads or visits the row returns.
class Row {
  public:
    explicit Row(sqlite3_stmt* statement) noexcept : statement_(statement) {}

    [[nodiscard]] bool is_null(int column) const noexcept;
    /// 0 where the column is null.
    [[nodiscard]] std::int64_t integer(int column) const noexcept;
    /// The same as another type of number, or as an enumerator: what was bound comes back.
    template <class Number = std::uint64_t>
    [[nodiscard]] Number number(int column) const noexcept {
        return static_cast<Number>(integer(column));
    }
    /// Empty where the column is null.
    [[nodiscard]] std::string_view text(int column) const noexcept;
    [[nodiscard]] crypto::ByteView bytes(int column) const noexcept;
    [[nodiscard]] crypto::Bytes copy_of(int column) const;

  private:
    sqlite3_stmt* statement_;
};

}  // namespace app::database
