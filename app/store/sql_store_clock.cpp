// The device's own time, which nobody sets: it goes on while the machine is running, and stands still while it is off.
#include "app/store/sql_store.hpp"
#include "crypto/try.hpp"

namespace app::store::detail {
namespace {

using std::chrono::seconds;

constexpr std::string_view clock_value = "clock";

std::uint64_t bits(std::int64_t number) noexcept {
    return static_cast<std::uint64_t>(number);
}

}  // namespace

/// It begins with the wall clock, by which stores of earlier programs counted.
Result<SqlStore::Clock> SqlStore::clock_at(Now now) {
    const auto wall_offset = now.wall.time_since_epoch() - now.running;
    AMPARO_TRY(const kept, value(clock_value));
    if (!kept) return Clock{now.start, now.running, now.wall, wall_offset};
    crypto::Reader reader(*kept);
    std::array<std::int64_t, 3> numbers{};
    const auto start = reader.u64_le();
    for (auto& number : numbers) {
        const auto read = reader.u64_le();
        if (!read) return tl::unexpected(Error::Damaged);
        number = static_cast<std::int64_t>(*read);
    }
    if (!start || !reader.at_end()) return tl::unexpected(Error::Damaged);
    Clock clock{*start, seconds(numbers[0]), DeviceTime(seconds(numbers[1])), seconds(numbers[2])};
    if (clock.start == now.start && clock.running <= now.running)
        clock.time += now.running - clock.running;
    else
        clock.wall_offset = wall_offset;
    clock.start = now.start;
    clock.running = now.running;
    return clock;
}

Result<void> SqlStore::put(const Clock& clock) {
    Bytes bytes;
    crypto::append_u64_le(bytes, clock.start);
    crypto::append_u64_le(bytes, bits(clock.running.count()));
    crypto::append_u64_le(bytes, bits(clock.time.time_since_epoch().count()));
    crypto::append_u64_le(bytes, bits(clock.wall_offset.count()));
    return put(clock_value, ByteView(bytes));
}

Result<seconds> SqlStore::clock_set_by(Now now) {
    AMPARO_TRY(clock, clock_at(now));
    const auto wall_offset = now.wall.time_since_epoch() - now.running;
    auto set_by = wall_offset - clock.wall_offset;
    if (std::chrono::abs(set_by) <= clock_tolerance) set_by = seconds{0};
    if (set_by != seconds{0}) clock.wall_offset = wall_offset;
    AMPARO_DO(change_tables([&] { return put(clock); }));
    return set_by;
}

}  // namespace app::store::detail
