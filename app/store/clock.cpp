#include "app/store/clock.hpp"

#include <array>
#include "app/store/tables.hpp"
#include "crypto/try.hpp"

namespace app::store {
namespace {

using std::chrono::seconds;

constexpr std::string_view clock_value = "clock";

std::uint64_t bits(std::int64_t number) noexcept {
    return static_cast<std::uint64_t>(number);
}

}  // namespace

Result<rules::Clock> DeviceClock::at(Now now) {
    AMPARO_TRY(const kept, tables_.value(clock_value));
    if (!kept) return rules::clock_at(std::nullopt, now);
    crypto::Reader reader(*kept);
    std::array<std::int64_t, 3> numbers{};
    const auto start = reader.u64_le();
    for (auto& number : numbers) {
        const auto read = reader.u64_le();
        if (!read) return tl::unexpected(Error::Damaged);
        number = static_cast<std::int64_t>(*read);
    }
    if (!start || !reader.at_end()) return tl::unexpected(Error::Damaged);
    const rules::Clock before{*start, seconds(numbers[0]), rules::DeviceTime(seconds(numbers[1])), seconds(numbers[2])};
    return rules::clock_at(before, now);
}

Result<void> DeviceClock::put(const rules::Clock& clock) {
    Bytes bytes;
    crypto::append_u64_le(bytes, clock.start);
    crypto::append_u64_le(bytes, bits(clock.running.count()));
    crypto::append_u64_le(bytes, bits(clock.time.time_since_epoch().count()));
    crypto::append_u64_le(bytes, bits(clock.wall_offset.count()));
    return tables_.put(clock_value, ByteView(bytes));
}

Result<seconds> DeviceClock::set_by(Now now) {
    AMPARO_TRY(clock, at(now));
    const auto by = rules::set_by(clock, now);
    if (by != seconds{0}) clock.wall_offset = rules::wall_offset_of(now);
    AMPARO_DO(tables_.change([&] { return put(clock); }));
    return by;
}

}  // namespace app::store
