// How the device's own time, which nobody sets, is kept.
#include <array>

#include "app/store/inside.hpp"

namespace app::store {
namespace {

using std::chrono::seconds;

constexpr std::string_view clock_value = "clock";

std::uint64_t bits(std::int64_t number) noexcept {
    return static_cast<std::uint64_t>(number);
}

}  // namespace

Result<rules::Clock> Store::clock_at(Now now) {
    AMPARO_TRY(const kept, value(clock_value));
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
    const rules::Clock before{*start, seconds(numbers[0]), DeviceTime(seconds(numbers[1])), seconds(numbers[2])};
    return rules::clock_at(before, now);
}

Result<void> Store::put(const rules::Clock& clock) {
    Bytes bytes;
    crypto::append_u64_le(bytes, clock.start);
    crypto::append_u64_le(bytes, bits(clock.running.count()));
    crypto::append_u64_le(bytes, bits(clock.time.time_since_epoch().count()));
    crypto::append_u64_le(bytes, bits(clock.wall_offset.count()));
    return put(clock_value, ByteView(bytes));
}

Result<seconds> Store::clock_set_by(Now now) {
    AMPARO_TRY(clock, clock_at(now));
    const auto set_by = rules::set_by(clock, now);
    if (set_by != seconds{0}) clock.wall_offset = rules::wall_offset_of(now);
    AMPARO_DO(change_tables([&] { return put(clock); }));
    return set_by;
}

}  // namespace app::store
