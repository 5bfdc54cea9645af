#include "app/store/tables.hpp"

#include "app/store/schema.hpp"

namespace app::store::detail {

bool is_record_id(std::string_view text) noexcept {
    constexpr std::size_t digits = 32;
    return text.size() == digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

Result<std::optional<Bytes>> Tables::value(std::string_view name) {
    return database_.one(
        "SELECT digest, bytes FROM value WHERE name = ?1", [this](database::Row row) { return checked_bytes(row); },
        name);
}

Result<std::optional<std::uint64_t>> Tables::number(std::string_view name) {
    AMPARO_TRY(bytes, value(name));
    if (!bytes) return std::optional<std::uint64_t>();
    crypto::Reader reader(*bytes);
    const auto number = reader.u64_le();
    if (!number || !reader.at_end()) return tl::unexpected(Error::Damaged);
    return number;
}

Result<void> Tables::put(std::string_view name, ByteView bytes) {
    const Digest digest = crypto::sha256(ready_, bytes);
    AMPARO_DO(
        database_.run("INSERT INTO value(name, digest, bytes) VALUES(?1, ?2, ?3) "
                      "ON CONFLICT(name) DO UPDATE SET digest = excluded.digest, bytes = excluded.bytes",
                      name, digest, bytes));
    if (!schema::stands_twice(name)) return {};
    return database_.run(
        "INSERT INTO value_copy(name, digest, bytes) VALUES(?1, ?2, ?3) "
        "ON CONFLICT(name) DO UPDATE SET digest = excluded.digest, bytes = excluded.bytes",
        name, digest, bytes);
}

Result<void> Tables::put(std::string_view name, std::uint64_t number) {
    Bytes bytes;
    crypto::append_u64_le(bytes, number);
    return put(name, bytes);
}

Result<Bytes> Tables::checked_bytes(database::Row row) const {
    if (crypto::sha256(ready_, row.bytes(1)) != detail::digest_column(row, 0)) return tl::unexpected(Error::Damaged);
    return row.copy_of(1);
}

}  // namespace app::store::detail
