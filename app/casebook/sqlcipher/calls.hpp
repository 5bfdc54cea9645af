#pragma once
// What the parts of a casebook in SQLCipher share: their errors, and what is read of a row.

#include "app/casebook/error.hpp"
#include "app/database/database.hpp"
#include "crypto/hash.hpp"
#include "crypto/try.hpp"

namespace app::casebook::sqlcipher {

using app::database::Row;

[[nodiscard]] Error error_of(app::database::Error error) noexcept;

/// What a call to the database gives, with its error as one of ours.
template <class T>
[[nodiscard]] Result<T> ours(app::database::Result<T> result) {
    return std::move(result).map_error([](app::database::Error error) { return error_of(error); });
}

/// A digest out of a column; zeros when it has another size.
[[nodiscard]] crypto::Digest digest_of(crypto::ByteView bytes) noexcept;

/// A number that is never negative.
[[nodiscard]] inline Result<std::uint64_t> count_of(app::database::Result<std::int64_t> found) {
    return ours(std::move(found)).map([](std::int64_t number) { return static_cast<std::uint64_t>(number); });
}
/// Whether a count found anything.
[[nodiscard]] inline Result<bool> any_of(app::database::Result<std::int64_t> found) {
    return ours(std::move(found)).map([](std::int64_t number) { return number > 0; });
}

/// Shows rows until `visit`, which gives a Result<bool> of ours, says false or fails.
template <class Visit, class... Values>
[[nodiscard]] Result<void> each_until(app::database::Database& database, std::string_view sql, const Visit& visit,
                                      const Values&... values) {
    Result<void> seen;
    const auto see = [&](Row row) -> app::database::Result<bool> {
        const Result<bool> more = visit(row);
        if (!more) seen = tl::unexpected(more.error());
        return more.value_or(false);
    };
    AMPARO_DO(ours(database.each(sql, see, values...)));
    return seen;
}

}  // namespace app::casebook::sqlcipher
