#include "questionnaires/engine/expression/moment.hpp"

#include <array>
#include <cmath>

namespace questionnaires::engine {
namespace {

/// Two digits up to `most` at the front, taken off; -1 otherwise.
int take_two(std::string_view& text, int most) noexcept {
    if (text.size() < 2) return -1;
    const int tens = text[0] - '0';
    const int ones = text[1] - '0';
    if (tens < 0 || tens > 9 || ones < 0 || ones > 9) return -1;
    const int value = tens * 10 + ones;
    if (value > most) return -1;
    text.remove_prefix(2);
    return value;
}

bool take(std::string_view& text, char wanted) noexcept {
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

/// Digits after the point; only the first three count. -1 when there is none.
int take_fraction(std::string_view& text) noexcept {
    int value = 0;
    int places = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; text.remove_prefix(1)) {
        if (++places <= 3) value = value * 10 + (text.front() - '0');
    }
    for (int i = places; i > 0 && i < 3; ++i) value *= 10;
    return places == 0 ? -1 : value;
}

/// The rest of the text: nothing, Z, or an offset.
bool read_zone(std::string_view text, std::optional<std::int32_t>& zone) noexcept {
    if (text.empty()) return true;
    if (text == "Z") {
        zone = 0;
        return true;
    }
    const bool west = text.front() == '-';
    if (!take(text, '+') && !take(text, '-')) return false;
    const int hours = take_two(text, 14);
    if (hours < 0 || !take(text, ':')) return false;
    const int minutes = take_two(text, 59);
    if (minutes < 0 || !text.empty()) return false;
    zone = (hours * 60 + minutes) * (west ? -1 : 1);
    return true;
}

std::size_t put(char* out, std::int32_t value, std::size_t width) noexcept {
    for (std::size_t i = width; i > 0; --i, value /= 10) out[i - 1] = static_cast<char>('0' + value % 10);
    return width;
}

std::size_t put_plain(char* out, std::int32_t value) noexcept {
    return put(out, value, value < 10 ? 1 : 2);
}

std::size_t put_text(char* out, std::string_view text) noexcept {
    text.copy(out, text.size());
    return text.size();
}

using Months = std::array<std::string_view, 12>;
using Days = std::array<std::string_view, 7>;
constexpr Months months_en{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr Months months_es{"ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"};
constexpr Days days_en{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr Days days_es{"dom", "lun", "mar", "mié", "jue", "vie", "sáb"};

/// 0 is Sunday; 1970-01-01 was a Thursday.
std::size_t weekday(const Date& date) noexcept {
    return static_cast<std::size_t>(((to_days(date) + 4) % 7 + 7) % 7);
}

}  // namespace

std::optional<TimeOfDay> parse_time(std::string_view text) noexcept {
    const int hour = take_two(text, 23);
    if (hour < 0 || !take(text, ':')) return std::nullopt;
    const int minute = take_two(text, 59);
    if (minute < 0) return std::nullopt;
    int second = 0;
    int fraction = 0;
    if (take(text, ':')) {
        second = take_two(text, 59);
        if (second < 0) return std::nullopt;
        if (take(text, '.')) fraction = take_fraction(text);
        if (fraction < 0) return std::nullopt;
    }
    TimeOfDay time;
    time.milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + fraction;
    if (!read_zone(text, time.zone)) return std::nullopt;
    return time;
}

std::optional<double> parse_days(std::string_view text, std::int32_t zone) noexcept {
    const std::optional<Date> date = parse_date(text.substr(0, 10));
    if (!date) return std::nullopt;
    const auto days = static_cast<double>(to_days(*date));
    if (text.size() == 10) return days;
    if (text[10] != 'T') return std::nullopt;
    const std::optional<TimeOfDay> time = parse_time(text.substr(11));
    if (!time) return std::nullopt;
    const std::int32_t minutes = zone - time->zone.value_or(zone);
    return days + static_cast<double>(time->milliseconds + minutes * 60'000) / day_milliseconds;
}

std::optional<Moment> moment_of(double days) noexcept {
    if (!(std::abs(days) < 1e7)) return std::nullopt;
    auto whole = static_cast<std::int64_t>(std::floor(days));
    auto milliseconds = static_cast<std::int32_t>(std::lround((days - std::floor(days)) * day_milliseconds));
    if (milliseconds == day_milliseconds) {
        ++whole;
        milliseconds = 0;
    }
    const std::optional<Date> date = from_days(whole);
    if (!date) return std::nullopt;
    return Moment{*date, milliseconds};
}

std::size_t write_moment(const Moment& moment, std::int32_t zone, char* out) noexcept {
    write_date(moment.date, out);
    std::size_t size = 10;
    for (const char letter : {'H', 'M', 'S', '3'}) {
        out[size] = letter == 'H' ? 'T' : ':';
        if (letter == '3') out[size] = '.';
        ++size;
        size += write_identifier(letter, moment, {}, out + size);
    }
    if (zone == 0) {
        out[size++] = 'Z';
        return size;
    }
    out[size++] = zone < 0 ? '-' : '+';
    const std::int32_t minutes = zone < 0 ? -zone : zone;
    size += put(out + size, minutes / 60, 2);
    out[size++] = ':';
    return size + put(out + size, minutes % 60, 2);
}

bool is_format_identifier(char letter) noexcept {
    return std::string_view("YymnbdeaHhMS3%").find(letter) != std::string_view::npos;
}

std::size_t write_identifier(char letter, const Moment& moment, std::string_view language, char* out) noexcept {
    const bool spanish = language.substr(0, 2) == "es";
    const std::int32_t minutes = moment.milliseconds / 60'000;
    switch (letter) {
        case 'Y':
            return put(out, moment.date.year, 4);
        case 'y':
            return put(out, moment.date.year % 100, 2);
        case 'm':
            return put(out, moment.date.month, 2);
        case 'n':
            return put_plain(out, moment.date.month);
        case 'b':
            return put_text(out, (spanish ? months_es : months_en)[moment.date.month - 1U]);
        case 'd':
            return put(out, moment.date.day, 2);
        case 'e':
            return put_plain(out, moment.date.day);
        case 'a':
            return put_text(out, (spanish ? days_es : days_en)[weekday(moment.date)]);
        case 'H':
            return put(out, minutes / 60, 2);
        case 'h':
            return put_plain(out, minutes / 60);
        case 'M':
            return put(out, minutes % 60, 2);
        case 'S':
            return put(out, moment.milliseconds / 1000 % 60, 2);
        case '3':
            return put(out, moment.milliseconds % 1000, 3);
        default:
            out[0] = letter;
            return 1;
    }
}

}  // namespace questionnaires::engine
